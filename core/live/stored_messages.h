// StoredMessages: the last messages of a live system, so that views can show what a record is about. Bounded in number
// and bytes: the oldest are forgotten, counted, and from then on answered with nothing. Payloads are shared, and parsed
// only when somebody asks.
#pragma once

#include "core/broker/slab.h"
#include "core/live/live_content.h"
#include "core/record/catalogue.h"
#include "core/record/message_source.h"

#include <cstdint>
#include <memory>
#include <mutex>

namespace weir {

struct StoredMessage {
    Ordinal ordinal = 0;
    Ordinal cause = 0;       // 0: a root, or not known
    Ordinal correlation = 0; // the root's ordinal
    SimTime at;
    std::shared_ptr<const LiveContent> content;
    EventTypeId type;
    ServiceId source;
};

class StoredMessages final : public MessageSource {
  public:
    struct Options {
        std::size_t messagesMax = 262'144;
        std::size_t bytesMax = std::size_t{64} << 20; // of payloads
    };
    StoredMessages(std::shared_ptr<const Catalogue> catalogue, Options options);

    // One thread at a time. Ordinals follow each other without gaps.
    void add(StoredMessage message);

    std::optional<MessageView> message(Ordinal ordinal) const override;
    // Messages that were forgotten.
    std::uint64_t evicted() const;

  private:
    std::optional<StoredMessage> find(Ordinal ordinal) const;
    std::string idOf(Ordinal ordinal) const;

    std::shared_ptr<const Catalogue> m_catalogue;
    Options m_options;
    mutable std::mutex m_mutex;
    Ring<StoredMessage> m_messages;
    Ordinal m_first = 0; // of m_messages' front
    std::size_t m_bytes = 0;
    std::uint64_t m_evicted = 0;
};

} // namespace weir
