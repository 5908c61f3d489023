// Endpoint: the live broker's door for other processes: one ROUTER socket that speaks the words of wire.h, served by
// one thread. It binds to this machine alone unless it is told otherwise: there is no authentication. Bounded:
// participants, frames, sizes, and what waits to be sent to each; answers that find no room are dropped and counted,
// deliveries wait at the broker (they are bounded by the prefetch). A participant that cannot be reached any more is
// forgotten, and what it had not acked goes back.
#pragma once

#include "core/live/live_broker.h"
#include "core/result.h"

#include <cstdint>
#include <memory>
#include <string>

namespace weir {

class Endpoint {
  public:
    struct Options {
        std::string address = "tcp://127.0.0.1:*";     // ZeroMQ's form; *: any free port
        bool beyondThisMachine = false;                // allows other addresses than loopback
        std::size_t messageMax = std::size_t{1} << 20; // bytes of a frame; a participant that sends more is cut off
        std::size_t participantsMax = 256;
        std::size_t outboxMax = 1024; // messages for one participant that the socket does not take
    };
    struct Status {
        std::uint64_t participants = 0;
        std::uint64_t published = 0;
        std::uint64_t delivered = 0;
        std::uint64_t errors = 0;  // answered with `error`
        std::uint64_t dropped = 0; // answers for which there was no room, and requests of participants beyond the limit
    };
    // The broker must outlive it. Errors: an address that cannot be bound, or is not this machine's alone.
    static Result<std::unique_ptr<Endpoint>> open(LiveBroker& broker, Options options);
    ~Endpoint();

    std::string address() const; // with the port it got
    Status status() const;       // any thread

  private:
    class Server;
    explicit Endpoint(std::unique_ptr<Server> server);
    std::unique_ptr<Server> m_server;
};

} // namespace weir
