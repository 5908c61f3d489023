#include "core/record/record_json.h"

namespace weir {
namespace {

constexpr std::size_t recentMax = 1024;

void appendKey(std::string& out, std::string_view key) {
    out += ",\"";
    out += key;
    out += "\":";
}

void appendText(std::string& out, std::string_view key, const std::string& text) {
    if (text.empty())
        return;
    appendKey(out, key);
    Value(text).appendCanonical(out);
}

void appendNumber(std::string& out, std::string_view key, std::uint64_t number) {
    appendKey(out, key);
    out += std::to_string(number);
}

} // namespace

std::optional<std::int64_t> latencyOf(const Record& record) {
    switch (record.kind) {
    case RecordKind::unblocked:
    case RecordKind::throttled:
    case RecordKind::completed:
    case RecordKind::delivered:
    case RecordKind::started:
    case RecordKind::finished:
    case RecordKind::failed:
    case RecordKind::acked:
    case RecordKind::relayed:
        return record.value;
    case RecordKind::retryScheduled:
        return record.value < 0 ? std::nullopt : std::optional(record.value);
    default:
        return std::nullopt;
    }
}

std::optional<std::uint32_t> offsetOf(const Record& record, const Catalogue& catalogue) {
    switch (record.kind) {
    case RecordKind::appended:
    case RecordKind::committed:
    case RecordKind::transactionCommitted:
    case RecordKind::transactionAborted:
        return record.extra;
    case RecordKind::enqueued: {
        const ChannelId channel = record.place.valid() ? catalogue.place(record.place).channel : ChannelId::none();
        const bool inStream = channel.valid() && catalogue.channels()[channel.index()].kind == ChannelKind::stream;
        return inStream && record.extra != Record::noOffset ? std::optional(record.extra) : std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

RecordJson::RecordJson(const Catalogue& catalogue, const MessageSource* messages, Options options)
    : m_catalogue(catalogue), m_messages(messages), m_options(options), m_recent(recentMax) {}

const RecordJson::Attributes& RecordJson::attributes(Ordinal ordinal) {
    Attributes& slot = m_recent[ordinal % recentMax];
    if (slot.ordinal == ordinal)
        return slot;
    Attributes fresh;
    if (const std::optional<MessageView> message = m_messages ? m_messages->message(ordinal) : std::nullopt) {
        fresh.ordinal = ordinal; // what is not known yet is asked for again
        appendText(fresh.id, "id", message->id);
        appendText(fresh.type, "type", message->type);
        appendText(fresh.head, "source", message->source);
        appendText(fresh.head, "subject", message->subject);
        appendText(fresh.head, "routingkey", message->routingKey);
        appendText(fresh.tail, "correlationid", message->correlationId);
        appendText(fresh.tail, "causationid", message->causationId);
        if (!message->data.isNull()) {
            appendKey(fresh.data, "data");
            message->data.appendCanonical(fresh.data);
        }
    }
    slot = std::move(fresh);
    return slot;
}

void RecordJson::append(std::string& out, const Record& record) {
    out += "{\"at\":";
    out += secondsText(record.at);
    out += ",\"kind\":\"";
    out += name(record.kind);
    out += '"';
    static const Attributes none;
    const Attributes& message = record.ordinal > 0 ? attributes(record.ordinal) : none;
    if (record.ordinal > 0)
        appendNumber(out, "ordinal", record.ordinal);
    out += message.id;
    if (!message.type.empty())
        out += message.type;
    else if (record.type.valid())
        appendText(out, "type", m_catalogue.eventTypes()[record.type.index()].name);
    out += message.head;
    const Place place = record.place.valid() ? m_catalogue.place(record.place) : Place{};
    if (place.channel.valid())
        appendText(out, "channel", m_catalogue.channels()[place.channel.index()].name);
    if (place.subscription.valid())
        appendText(out, "subscription", m_catalogue.subscriptions()[place.subscription.index()].name);
    if (place.service.valid())
        appendText(out, "service", m_catalogue.services()[place.service.index()].name);
    if (place.instance != Place::noIndex)
        appendNumber(out, "instance", std::uint64_t{place.instance} + 1);
    if (place.partition != Place::noIndex)
        appendNumber(out, "partition", place.partition);
    if (place.node.valid())
        appendText(out, "node", m_catalogue.nodes()[place.node.index()].name);
    if (const std::optional<std::uint32_t> offset = offsetOf(record, m_catalogue))
        appendNumber(out, "offset", *offset);
    if (record.attempt > 0 && record.kind != RecordKind::published) // there it is the emit site
        appendNumber(out, "attempt", record.attempt);
    if (record.reason.valid() && record.kind != RecordKind::stateChanged)
        appendText(out, "reason", m_catalogue.reasons()[record.reason.index()].name);
    out += message.tail;
    if (const std::optional<std::int64_t> latency = latencyOf(record)) {
        appendKey(out, "latency");
        out += Decimal(*latency, 9).text();
    }
    if (record.kind == RecordKind::stateChanged) {
        const StateSlotRow& slot = m_catalogue.stateSlots()[record.extra];
        const Value value =
            record.reason.valid() ? Value(m_catalogue.reasons()[record.reason.index()].name) : Value(record.value);
        appendKey(out, "data");
        Value(Value::Table{{"table", slot.table}, {"key", slot.key}, {"value", value}}).appendCanonical(out);
    } else if (m_options.dataOnEvery || record.kind == RecordKind::published) {
        out += message.data;
    }
    out += '}';
}

} // namespace weir
