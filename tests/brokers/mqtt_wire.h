// MqttWire: an MQTT 3.1.1 client that says each packet by itself, so that a test can stop between the four words of a
// message in two steps; libraries say them on their own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace weir {

class MqttWire {
  public:
    enum class Word : std::uint8_t { puback = 4, pubrec = 5, pubrel = 6, pubcomp = 7 };
    struct Publish {
        std::string topic, text;
        std::uint16_t id = 0;
        bool repeat = false; // DUP
        int qos = 2;
    };

    // A lasting one has a session that the broker keeps while it is away.
    MqttWire(std::uint16_t port, const std::string& name, bool lasting);
    ~MqttWire(); // the connection is lost
    MqttWire(const MqttWire&) = delete;
    MqttWire& operator=(const MqttWire&) = delete;

    void subscribe(const std::string& filter, int qos);
    void publish(const Publish& what);
    void say(Word word, std::uint16_t id);
    // So many packets, and what else comes in a moment: "PUBLISH 1 text", "PUBLISH again 1 text", "PUBREC 1".
    std::vector<std::string> received(std::size_t count);

  private:
    void send(std::uint8_t kind, const std::string& body);
    bool readOne(int milliseconds);
    void awaitKind(int kind); // of an answer that is none of the words

    int m_socket = -1;
    std::string m_bytes;                // that are no whole packet yet
    std::vector<std::string> m_packets; // not asked for yet
    std::vector<int> m_answers;         // kinds of the others
};

} // namespace weir
