#include "core/services/generated_messages.h"

#include <cassert>
#include <utility>
#include <vector>

namespace weir {

GeneratedMessages::GeneratedMessages(std::shared_ptr<const DataGenerator> generator,
                                     std::shared_ptr<const Catalogue> catalogue, Published published, Limits limits)
    : m_generator(std::move(generator)), m_catalogue(std::move(catalogue)), m_published(std::move(published)),
      m_limits(limits) {}

std::optional<MessageView> GeneratedMessages::message(Ordinal ordinal) const {
    // Back along the causes, to one that is at hand, to the root, or to where nothing is known any more ...
    std::vector<Record> chain;
    std::optional<MessageView> cause;
    for (Ordinal at = ordinal; at != 0 && !cause && chain.size() <= m_limits.depthMax;) {
        cause = fromCache(at);
        if (cause)
            break;
        const std::optional<Record> record = m_published(at);
        if (!record)
            break;
        assert(record->ordinal == at && record->kind == RecordKind::published);
        chain.push_back(*record);
        at = static_cast<Ordinal>(record->value);
    }
    if (chain.empty())
        return cause;
    // ... and forward again, making one after the other.
    std::optional<MessageView> made;
    for (auto record = chain.rbegin(); record != chain.rend(); ++record) {
        made = make(*record, cause ? &*cause : nullptr);
        if (made)
            cache(*made);
        cause = made;
    }
    return made;
}

std::optional<MessageView> GeneratedMessages::make(const Record& record, const MessageView* cause) const {
    if (record.attempt == Record::byHand)
        return given(record);
    if (record.isRepeat()) { // the same message once more, with the id of its first publish
        if (!cause)
            return std::nullopt;
        MessageView view = *cause;
        view.ordinal = record.ordinal;
        view.time = record.at;
        if (record.reason.valid()) { // out of an archive
            Value::Table headers = view.headers.table() ? *view.headers.table() : Value::Table();
            std::erase_if(headers, [](const Value::Member& member) { return member.first == replayHeader; });
            headers.emplace_back(replayHeader, Value(m_catalogue->reasons()[record.reason.index()].name));
            view.headers = Value(std::move(headers));
        }
        return view;
    }
    const SiteId id{record.attempt};
    const EmitSite& site = m_generator->sites()[id];
    const bool isRoot = record.value == 0;
    const auto needs = [&](auto need) {
        return (site.data.*need)() || (site.routingKey.*need)() || (site.subject.*need)();
    };
    if (!isRoot && !cause && needs(&Template::needsEvent))
        return std::nullopt;
    if (!isRoot && cause && cause->correlation == 0 && needs(&Template::needsCorrelation))
        return std::nullopt;

    EventView event;
    if (cause)
        event = {.ordinal = cause->ordinal,
                 .type = cause->type,
                 .source = cause->source,
                 .subject = cause->subject,
                 .version = cause->version,
                 .key = cause->partitionKey,
                 .routingKey = cause->routingKey,
                 .channel = {},
                 .time = cause->time,
                 .cause = cause->cause,
                 .correlation = cause->correlation,
                 .data = &cause->data,
                 .headers = cause->headers.isNull() ? nullptr : &cause->headers};
    const Emission emission{.site = id,
                            .ordinal = record.ordinal,
                            .count = record.extra + std::uint64_t{1},
                            .now = record.at,
                            .reason = record.reason.valid()
                                          ? std::string_view(m_catalogue->reasons()[record.reason.index()].name)
                                          : std::string_view(),
                            .event = cause ? &event : nullptr};

    MessageView view;
    view.ordinal = record.ordinal;
    view.id = eventId(record.ordinal);
    view.source = site.service;
    view.type = site.type;
    view.version = site.version;
    view.data = m_generator->generateData(emission);
    view.partitionKey = m_generator->partitionKey(emission, view.data);
    view.subject = m_generator->subject(emission, view.data);
    view.routingKey = m_generator->routingKey(emission, view.data);
    view.headers = m_generator->headers(emission, view.data);
    view.time = record.at;
    view.cause = static_cast<Ordinal>(record.value);
    view.correlation = isRoot ? record.ordinal : cause ? cause->correlation : 0;
    if (!isRoot)
        view.causationId = eventId(view.cause);
    if (view.correlation != 0)
        view.correlationId = eventId(view.correlation);
    return view;
}

std::optional<MessageView> GeneratedMessages::given(const Record& record) const {
    if (record.extra >= m_catalogue->givenEvents().size())
        return std::nullopt;
    const GivenEventRow& row = m_catalogue->givenEvents()[record.extra];
    const EventTypeRow& type = m_catalogue->eventTypes()[record.type.index()];
    MessageView view;
    view.ordinal = view.correlation = record.ordinal;
    view.id = view.correlationId = eventId(record.ordinal);
    view.source = handSource;
    view.type = type.name;
    view.version = type.version;
    view.data = row.data;
    view.partitionKey = row.key;
    view.subject = row.subject;
    view.routingKey = row.routingKey;
    view.time = record.at;
    return view;
}

std::optional<MessageView> GeneratedMessages::fromCache(Ordinal ordinal) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_index.find(ordinal);
    if (found == m_index.end())
        return std::nullopt;
    m_recent.splice(m_recent.begin(), m_recent, found->second);
    return found->second->view;
}

void GeneratedMessages::cache(const MessageView& view) const {
    // What lacks its root is not kept: the records that are missing may come back.
    if (m_limits.cached == 0 || view.correlation == 0)
        return;
    const std::lock_guard lock(m_mutex);
    if (m_index.contains(view.ordinal))
        return; // another thread was faster
    if (m_recent.size() == m_limits.cached) {
        m_index.erase(m_recent.back().ordinal);
        m_recent.pop_back();
    }
    m_recent.push_front({view.ordinal, view});
    m_index[view.ordinal] = m_recent.begin();
}

} // namespace weir
