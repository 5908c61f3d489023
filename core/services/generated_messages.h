// GeneratedMessages: the simulation's MessageSource. Nothing of a message is stored: it is made again from its
// `published` record, the site that emitted it, and its cause, which is made the same way. Equal byte for byte to what
// the simulation made when it published. Any thread; a small cache keeps what was read last.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/message_source.h"
#include "core/record/record.h"
#include "core/services/data_generator.h"

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace weir {

class GeneratedMessages final : public MessageSource {
  public:
    // The `published` record of a message, or nothing where it is not (or no longer) held. Called from any thread.
    // Its fields: attempt = site, extra = emissions of that site before, value = cause, reason, at.
    using Published = std::function<std::optional<Record>(Ordinal)>;
    struct Limits {
        std::size_t cached = 4096;
        std::size_t depthMax = 100'000; // causes that are followed back from one message
    };
    GeneratedMessages(std::shared_ptr<const DataGenerator> generator, std::shared_ptr<const Catalogue> catalogue,
                      Published published, Limits limits);
    GeneratedMessages(std::shared_ptr<const DataGenerator> generator, std::shared_ptr<const Catalogue> catalogue,
                      Published published)
        : GeneratedMessages(std::move(generator), std::move(catalogue), std::move(published), Limits{}) {}

    // Nothing where its record is gone, or where its data needs a cause that is gone. Where the way to the root is gone
    // but the data can be made, `correlation` is 0.
    std::optional<MessageView> message(Ordinal ordinal) const override;

  private:
    struct Cached {
        Ordinal ordinal;
        MessageView view;
    };
    std::optional<MessageView> fromCache(Ordinal ordinal) const;
    void cache(const MessageView& view) const;
    // `cause` is null for a root, and where it is not known.
    std::optional<MessageView> given(const Record& record) const; // by hand
    std::optional<MessageView> make(const Record& record, const MessageView* cause) const;

    std::shared_ptr<const DataGenerator> m_generator;
    std::shared_ptr<const Catalogue> m_catalogue;
    Published m_published;
    Limits m_limits;
    mutable std::mutex m_mutex;         // guards what follows
    mutable std::list<Cached> m_recent; // most recently read first
    mutable std::unordered_map<Ordinal, std::list<Cached>::iterator> m_index;
};

} // namespace weir
