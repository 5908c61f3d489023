#include "brokers/mqtt_wire.h"

#include "brokers/patience.h"

#include <QtGlobal>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace weir {
namespace {

constexpr int connectKind = 1, connackKind = 2, publishKind = 3, subscribeKind = 8, subackKind = 9;

std::string number(std::uint16_t value) {
    return {static_cast<char>(value >> 8), static_cast<char>(value & 0xFF)};
}

std::string sized(const std::string& text) {
    return number(static_cast<std::uint16_t>(text.size())) + text;
}

std::uint16_t numberAt(const std::string& bytes, std::size_t at) {
    return static_cast<std::uint16_t>(static_cast<std::uint8_t>(bytes[at]) << 8 |
                                      static_cast<std::uint8_t>(bytes[at + 1]));
}

} // namespace

MqttWire::MqttWire(std::uint16_t port, const std::string& name, bool lasting)
    : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int soon = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &soon, sizeof soon);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        qFatal("no connection to mosquitto");
    send(connectKind << 4, sized("MQTT") + '\4' + (lasting ? '\0' : '\2') + number(600) + sized(name));
    awaitKind(connackKind);
}

MqttWire::~MqttWire() {
    ::close(m_socket);
}

void MqttWire::send(std::uint8_t kind, const std::string& body) {
    std::string packet(1, static_cast<char>(kind));
    std::size_t rest = body.size();
    do {
        packet += static_cast<char>(rest % 128 | (rest >= 128 ? 128 : 0));
        rest /= 128;
    } while (rest > 0);
    packet += body;
    if (::send(m_socket, packet.data(), packet.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(packet.size()))
        qFatal("mosquitto takes no packet");
}

void MqttWire::subscribe(const std::string& filter, int qos) {
    send(subscribeKind << 4 | 2, number(1) + sized(filter) + static_cast<char>(qos));
    awaitKind(subackKind);
}

void MqttWire::publish(const Publish& what) {
    const auto kind = static_cast<std::uint8_t>(publishKind << 4 | (what.repeat ? 8 : 0) | what.qos << 1);
    send(kind, sized(what.topic) + (what.qos > 0 ? number(what.id) : std::string()) + what.text);
}

void MqttWire::say(Word word, std::uint16_t id) {
    send(static_cast<std::uint8_t>(static_cast<int>(word) << 4 | (word == Word::pubrel ? 2 : 0)), number(id));
}

// A whole packet out of what has come; false where there is none in that time.
bool MqttWire::readOne(int milliseconds) {
    for (;;) {
        std::size_t length = 0, at = 1;
        bool whole = m_bytes.size() > 1;
        for (std::size_t factor = 1; whole; factor *= 128) {
            const auto digit = static_cast<std::uint8_t>(m_bytes[at++]);
            length += (digit & 127U) * factor;
            if ((digit & 128U) == 0)
                break;
            whole = at < m_bytes.size();
        }
        if (whole && m_bytes.size() >= at + length) {
            const auto first = static_cast<std::uint8_t>(m_bytes.front());
            const std::string body = m_bytes.substr(at, length);
            m_bytes.erase(0, at + length);
            const int kind = first >> 4;
            constexpr std::array names{"PUBACK", "PUBREC", "PUBREL", "PUBCOMP"};
            if (kind == publishKind) {
                const std::size_t topic = numberAt(body, 0);
                const bool numbered = (first & 6U) != 0;
                m_packets.push_back((first & 8U) != 0 ? "PUBLISH again" : "PUBLISH");
                if (numbered)
                    m_packets.back() += ' ' + std::to_string(numberAt(body, 2 + topic));
                m_packets.back() += ' ' + body.substr(2 + topic + (numbered ? 2 : 0));
            } else if (kind >= 4 && kind <= 7) {
                m_packets.push_back(std::string(names[static_cast<std::size_t>(kind - 4)]) + ' ' +
                                    std::to_string(numberAt(body, 0)));
            } else {
                m_answers.push_back(kind);
            }
            return true;
        }
        pollfd readable{.fd = m_socket, .events = POLLIN, .revents = 0};
        if (::poll(&readable, 1, milliseconds) <= 0)
            return false;
        std::array<char, 4096> buffer{};
        const ssize_t count = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (count <= 0)
            qFatal("mosquitto closes the connection");
        m_bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

void MqttWire::awaitKind(int kind) {
    const bool came = eventually([&] {
        readOne(10);
        return std::find(m_answers.begin(), m_answers.end(), kind) != m_answers.end();
    });
    if (!came)
        qFatal("mosquitto does not answer");
    m_answers.clear();
}

std::vector<std::string> MqttWire::received(std::size_t count) {
    eventually([&] { return m_packets.size() >= count || (readOne(10) && m_packets.size() >= count); });
    while (readOne(static_cast<int>(moment.count()))) {
    }
    return std::exchange(m_packets, {});
}

} // namespace weir
