#include "brokers/server_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cassert>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace weir {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

bool connects(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const bool connected = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

// In the guard: the server in a session of its own, so that all it starts can be ended with it.
[[noreturn]] void guard(int lifeline, const char* folder, const char* log, char* const* arguments,
                        char* const* environment) {
    ::signal(SIGINT, SIG_IGN);          // of the terminal: the test ends, and the guard sees that
    ::prctl(PR_SET_CHILD_SUBREAPER, 1); // what the server leaves behind is ours
    const pid_t server = ::fork();
    if (server == 0) {
        ::signal(SIGINT, SIG_DFL);
        ::setsid();
        const int out = ::open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        const int in = ::open("/dev/null", O_RDONLY);
        ::dup2(in, 0);
        ::dup2(out, 1);
        ::dup2(out, 2);
        if (::chdir(folder) == 0)
            ::execve(arguments[0], arguments, environment);
        ::_exit(127);
    }
    pollfd watched{.fd = lifeline, .events = POLLIN, .revents = 0};
    bool ended = false;
    while (!ended && ::poll(&watched, 1, 100) <= 0)
        ended = ::waitpid(server, nullptr, WNOHANG) == server;
    ::kill(-server, SIGKILL);
    if (ended)
        ::_exit(1); // the folder has its log
    for (int i = 0; i < 200 && ::waitpid(-1, nullptr, WNOHANG) >= 0; ++i)
        ::poll(nullptr, 0, 10);
    ::execl("/bin/rm", "rm", "-rf", "--", folder, nullptr);
    ::_exit(127);
}

} // namespace

std::uint16_t freePort() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    const bool bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    assert(bound);
    ::close(socket);
    return bound ? ntohs(address.sin_port) : 0;
}

std::optional<std::string> programNamed(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(std::string(path ? path : "") + ":/usr/sbin:/usr/local/sbin");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (const std::string program = folder + '/' + name; ::access(program.c_str(), X_OK) == 0)
            return program;
    return std::nullopt;
}

ServerProcess::ServerProcess() {
    m_folder = "/tmp/weir-broker-XXXXXX";
    const char* made = ::mkdtemp(m_folder.data());
    assert(made);
    if (!made)
        std::abort();
}

ServerProcess::~ServerProcess() {
    int status = 1;
    if (m_guard > 0) {
        ::close(m_lifeline);
        ::waitpid(m_guard, &status, 0);
    }
    if (status != 0) { // it ended by itself, or was never started
        std::vector<std::string> words{"/bin/rm", "-rf", "--", m_folder};
        const std::vector<char*> arguments = pointersTo(words);
        const pid_t remover = ::fork();
        if (remover == 0) {
            ::execv(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::waitpid(remover, nullptr, 0);
    }
}

void ServerProcess::write(const std::string& name, const std::string& text) const {
    std::ofstream(m_folder + '/' + name) << text;
}

void ServerProcess::start(const Command& command) {
    assert(m_guard < 0);
    std::vector<std::string> words{command.program};
    words.insert(words.end(), command.arguments.begin(), command.arguments.end());
    std::vector<std::string> settings;
    for (char* const* each = environ; *each; ++each)
        if (const std::string setting = *each; !command.environment.contains(setting.substr(0, setting.find('='))))
            settings.push_back(setting);
    for (const auto& [name, value] : command.environment)
        settings.push_back(name + '=' + value);
    const std::vector<char*> arguments = pointersTo(words), environment = pointersTo(settings);
    const std::string log = m_folder + "/log";
    int ends[2] = {-1, -1};
    const bool piped = ::pipe2(ends, O_CLOEXEC) == 0;
    assert(piped);
    if (!piped)
        std::abort();
    m_guard = ::fork();
    if (m_guard == 0) {
        ::close(ends[1]);
        guard(ends[0], m_folder.c_str(), log.c_str(), arguments.data(), environment.data());
    }
    ::close(ends[0]);
    m_lifeline = ends[1];
}

bool ServerProcess::listens(std::uint16_t port, Duration within) const {
    const auto until = std::chrono::steady_clock::now() + within;
    while (std::chrono::steady_clock::now() < until) {
        if (connects(port))
            return true;
        siginfo_t state{};
        if (::waitid(P_PID, static_cast<id_t>(m_guard), &state, WEXITED | WNOHANG | WNOWAIT) == 0 && state.si_pid != 0)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

std::string ServerProcess::log() const {
    std::ifstream file(m_folder + "/log");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace weir
