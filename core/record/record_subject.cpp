#include "core/record/record_subject.h"

#include "core/record/metrics.h"
#include "core/record/record_json.h"

namespace weir {
namespace {

Datum textOrAbsent(std::string_view text) {
    return text.empty() ? Datum() : Datum::text(text);
}

// Facts are exact decimals, as they are when they are read from a file.
Datum number(std::uint64_t count) {
    return Datum::decimal(Decimal(static_cast<std::int64_t>(count)));
}

Datum inSeconds(std::int64_t nanoseconds) {
    return Datum::decimal(Decimal(nanoseconds, 9));
}

std::string slotKey(std::string_view service, std::string_view table, std::string_view key) {
    std::string joined(service);
    joined += '\0';
    joined += table;
    joined += '\0';
    joined += key;
    return joined;
}

} // namespace

void RecordSubject::set(const Record& record, const Picture* picture) {
    m_record = record;
    m_place = record.place.valid() ? m_catalogue.place(record.place) : Place{};
    m_picture = picture;
    m_fetched = false;
}

const MessageView* RecordSubject::message() const {
    if (!m_fetched) {
        m_message = m_messages && m_record.ordinal > 0 ? m_messages->message(m_record.ordinal) : std::nullopt;
        m_fetched = true;
    }
    return m_message ? &*m_message : nullptr;
}

Datum RecordSubject::field(Field field) const {
    switch (field) {
    case Field::type: // needs no message
        return m_record.type.valid() ? Datum::text(m_catalogue.eventTypes()[m_record.type.index()].name) : Datum();
    case Field::at:
        return inSeconds(m_record.at.time_since_epoch().count());
    case Field::kind:
        return Datum::text(name(m_record.kind));
    case Field::ordinal:
        return m_record.ordinal > 0 ? number(m_record.ordinal) : Datum();
    case Field::channel:
        return m_place.channel.valid() ? Datum::text(m_catalogue.channels()[m_place.channel.index()].name) : Datum();
    case Field::subscription:
        return m_place.subscription.valid()
                   ? Datum::text(m_catalogue.subscriptions()[m_place.subscription.index()].name)
                   : Datum();
    case Field::service:
        return m_place.service.valid() ? Datum::text(m_catalogue.services()[m_place.service.index()].name) : Datum();
    case Field::instance:
        return m_place.instance != Place::noIndex ? number(m_place.instance + 1U) : Datum();
    case Field::partition:
        return m_place.partition != Place::noIndex ? number(m_place.partition) : Datum();
    case Field::offset: {
        const std::optional<std::uint32_t> offset = offsetOf(m_record, m_catalogue);
        return offset ? number(*offset) : Datum();
    }
    case Field::attempt:
        return m_record.attempt > 0 && m_record.kind != RecordKind::published ? number(m_record.attempt) : Datum();
    case Field::reason:
        return m_record.reason.valid() && m_record.kind != RecordKind::stateChanged
                   ? Datum::text(m_catalogue.reasons()[m_record.reason.index()].name)
                   : Datum();
    case Field::latency: {
        const std::optional<std::int64_t> latency = latencyOf(m_record);
        return latency ? inSeconds(*latency) : Datum();
    }
    default:
        return messageField(field);
    }
}

Datum RecordSubject::messageField(Field field) const {
    const MessageView* const view = message();
    if (!view)
        return {};
    switch (field) {
    case Field::id:
        return textOrAbsent(view->id);
    case Field::source:
        return textOrAbsent(view->source);
    case Field::specversion:
        return Datum::text("1.0");
    case Field::subject:
        return textOrAbsent(view->subject);
    case Field::time:
        m_time = view->timeText();
        return Datum::text(m_time);
    case Field::datacontenttype:
        return view->data.isNull() ? Datum() : Datum::text("application/json");
    case Field::correlationid:
        return textOrAbsent(view->correlationId);
    case Field::causationid:
        return textOrAbsent(view->causationId);
    case Field::partitionkey:
        return textOrAbsent(view->partitionKey);
    case Field::routingkey:
        return textOrAbsent(view->routingKey);
    default:
        return {};
    }
}

Datum RecordSubject::attribute(std::string_view name) const {
    const MessageView* const view = name == "version" ? message() : nullptr;
    return view ? textOrAbsent(view->version) : Datum();
}

const Value* RecordSubject::data() const {
    const MessageView* const view = message();
    return view && !view->data.isNull() ? &view->data : nullptr;
}

Datum RecordSubject::metric(const MetricName& name) const {
    const std::optional<MetricScope> scope = metricScope(name.scope);
    if (!m_picture || !scope)
        return {};
    const std::optional<double> figure = weir::metric(*m_picture, m_catalogue, *scope, name.name, name.figure);
    return figure ? Datum::decimal(Decimal::fromDouble(*figure)) : Datum();
}

Datum RecordSubject::state(const StateName& name) const {
    const std::optional<std::uint32_t> found = m_picture ? slot(name) : std::nullopt;
    const StateValue value = found ? m_picture->state(*found) : StateValue{};
    if (!value.known)
        return {};
    if (value.status.valid())
        return Datum::text(m_catalogue.reasons()[value.status.index()].name);
    return Datum::decimal(Decimal(value.quantity));
}

std::optional<std::uint32_t> RecordSubject::slot(const StateName& name) const {
    for (const std::size_t size = m_catalogue.stateSlots().size(); m_slotsRead < size; ++m_slotsRead) {
        const StateSlotRow& row = m_catalogue.stateSlots()[m_slotsRead];
        if (row.service.valid())
            m_slots.emplace(slotKey(m_catalogue.services()[row.service.index()].name, row.table, row.key),
                            static_cast<std::uint32_t>(m_slotsRead));
    }
    const auto found = m_slots.find(slotKey(name.service, name.name, name.key));
    return found == m_slots.end() ? std::nullopt : std::optional(found->second);
}

} // namespace weir
