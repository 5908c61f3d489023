// Tap: watches running ZeroMQ systems without being part of them: SUB sockets to PUB and XPUB endpoints that carry
// CloudEvents as JSON, in one frame or behind a topic frame. What can be inferred becomes records (flow_inference.h
// says what), so every view works on it. Threads: one reader for each endpoint puts what it reads into one bounded
// inbox, which counts what it had to drop; one thread empties it and is the only one that touches Recorder and
// Catalogue. Sockets reconnect by themselves. What a publisher drops at its own high water mark cannot be known here.
#pragma once

#include "core/live/flow_inference.h"
#include "core/live/stored_messages.h"
#include "core/record/recorder.h"
#include "core/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace weir {

class Tap {
  public:
    struct Options {
        std::uint64_t recordsMax = 10'000'000;
        StoredMessages::Options stored;
        FlowInference::Options inference;
        std::size_t inboxMax = 65'536; // messages
        std::size_t inboxBytesMax = std::size_t{64} << 20;
    };
    struct EndpointStatus {
        std::string endpoint;
        bool connected = false;
        std::uint64_t connections = 0; // made so far: the second is a reconnection
        std::uint64_t received = 0;
        std::uint64_t dropped = 0; // because the inbox was full
    };
    // Errors: an endpoint that ZeroMQ does not understand, all of them. One where nobody listens yet is waited for.
    static Result<std::unique_ptr<Tap>, Errors> open(const std::vector<std::string>& endpoints, Options options);
    static Result<std::unique_ptr<Tap>, Errors> open(const std::vector<std::string>& endpoints);
    ~Tap();

    // Any thread.
    std::shared_ptr<const RecordStore> store() const;
    std::shared_ptr<const Catalogue> catalogue() const;
    std::shared_ptr<const MessageSource> messages() const;
    std::vector<EndpointStatus> status() const; // in the order given
    std::uint64_t observed() const;             // events that became records
    std::uint64_t refused() const;              // of these, what was no CloudEvent
    std::uint64_t dropped() const;              // at all endpoints
    SimTime now() const;                        // the time since it was opened
    // Waits until so many were observed, or dropped; false when they were not in time.
    bool waitFor(std::uint64_t observedOrDropped, Duration timeout) const;
    // Waits until all endpoints are connected; false when they were not in time.
    bool waitForConnections(Duration timeout) const;

  private:
    class Watch;
    explicit Tap(std::unique_ptr<Watch> watch);
    std::unique_ptr<Watch> m_watch;
};

} // namespace weir
