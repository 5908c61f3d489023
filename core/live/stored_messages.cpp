#include "core/live/stored_messages.h"

#include "core/services/event_view.h"
#include "core/utf8.h"

#include <cassert>
#include <utility>

namespace weir {
namespace {

std::string textOf(const Value& event, std::string_view name) {
    const Value* const member = event.member(name);
    if (!member)
        return {};
    return member->text() ? *member->text() : member->canonical();
}

} // namespace

StoredMessages::StoredMessages(std::shared_ptr<const Catalogue> catalogue, Options options)
    : m_catalogue(std::move(catalogue)), m_options(options) {}

void StoredMessages::add(StoredMessage message) {
    const std::size_t bytes = message.content->payload.size();
    const std::lock_guard lock(m_mutex);
    while (!m_messages.empty() &&
           (m_messages.size() >= m_options.messagesMax || m_bytes + bytes > m_options.bytesMax)) {
        m_bytes -= m_messages.popFront().content->payload.size();
        ++m_first;
        ++m_evicted;
    }
    if (m_messages.empty())
        m_first = message.ordinal;
    assert(message.ordinal == m_first + m_messages.size());
    m_bytes += bytes;
    m_messages.pushBack(std::move(message));
}

std::uint64_t StoredMessages::evicted() const {
    const std::lock_guard lock(m_mutex);
    return m_evicted;
}

std::optional<StoredMessage> StoredMessages::find(Ordinal ordinal) const {
    const std::lock_guard lock(m_mutex);
    if (ordinal < m_first || ordinal >= m_first + m_messages.size())
        return std::nullopt;
    return m_messages[ordinal - m_first];
}

std::string StoredMessages::idOf(Ordinal ordinal) const {
    if (ordinal == 0)
        return {};
    const std::optional<StoredMessage> stored = find(ordinal);
    return stored && !stored->content->id.empty() ? stored->content->id : eventId(ordinal);
}

std::optional<MessageView> StoredMessages::message(Ordinal ordinal) const {
    const std::optional<StoredMessage> stored = find(ordinal);
    if (!stored)
        return std::nullopt;
    const LiveContent& content = *stored->content;
    MessageView view;
    view.ordinal = ordinal;
    view.id = content.id.empty() ? eventId(ordinal) : content.id;
    view.time = stored->at;
    view.cause = stored->cause;
    view.correlation = stored->correlation == 0 ? ordinal : stored->correlation;
    view.subject = content.subject;
    view.partitionKey = content.partitionKey;
    if (stored->source.valid())
        view.source = m_catalogue->services()[stored->source.index()].name;
    if (stored->type.valid()) {
        const EventTypeRow& type = m_catalogue->eventTypes()[stored->type.index()];
        view.type = type.name;
        view.version = type.version;
    }
    view.routingKey = content.routingKey.empty() ? view.type : content.routingKey;
    Result<Value> parsed = Value::parse(content.payload);
    if (content.form == LiveContent::Form::event && parsed && parsed->table()) {
        view.causationId = textOf(*parsed, "causationid");
        view.correlationId = textOf(*parsed, "correlationid");
        if (const Value* const data = parsed->member("data"))
            view.data = *data;
        view.original = std::move(parsed).value();
        return view;
    }
    view.causationId = idOf(stored->cause);
    view.correlationId = idOf(view.correlation);
    if (parsed)
        view.data = std::move(parsed).value();
    else if (!content.payload.empty())
        view.data = Value(isUtf8(content.payload) ? content.payload
                                                  : std::to_string(content.payload.size()) + " bytes, no text");
    return view;
}

} // namespace weir
