// ServerProcess: a real broker's server as a child process on this machine's loopback, with a folder of its own. Its
// end is sure: a guard process stands between, which ends the server and removes the folder when the test lets go,
// however the test ends. No service of the system is touched, and no well-known port used.
#pragma once

#include "core/units.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace weir {

// One that nobody listens on now.
std::uint16_t freePort();
// Where a program stands, also where those of the system stand that are not in everybody's PATH; nothing: not here.
std::optional<std::string> programNamed(const std::string& name);

class ServerProcess {
  public:
    struct Command {
        std::string program; // full path
        std::vector<std::string> arguments;
        std::map<std::string, std::string> environment; // beside this process's own
    };

    ServerProcess();
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    // Its own, there from the beginning; what the server says is in "log" there.
    const std::string& folder() const { return m_folder; }
    void write(const std::string& name, const std::string& text) const;
    void start(const Command& command);
    // Whether it took connections within that time; false also where it ended.
    bool listens(std::uint16_t port, Duration within) const;
    std::string log() const;

  private:
    std::string m_folder;
    int m_lifeline = -1; // the guard acts when this end is closed
    int m_guard = -1;
};

} // namespace weir
