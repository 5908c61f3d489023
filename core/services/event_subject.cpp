#include "core/services/event_subject.h"

namespace weir {

namespace {

Datum textOrAbsent(std::string_view text) {
    return text.empty() ? Datum() : Datum::text(text);
}

Datum idOrAbsent(std::string& store, Ordinal ordinal) {
    if (ordinal == 0)
        return {};
    store = eventId(ordinal);
    return Datum::text(store);
}

Datum whole(std::uint64_t number) {
    return Datum::decimal(Decimal(static_cast<std::int64_t>(number)));
}

Datum inSeconds(Duration duration) {
    return Datum::decimal(Decimal(duration.count(), 9));
}

} // namespace

Datum EventSubject::field(Field field) const {
    switch (field) {
    case Field::id:
        return idOrAbsent(m_id, m_event.ordinal);
    case Field::source:
        return textOrAbsent(m_event.source);
    case Field::specversion:
        return Datum::text("1.0");
    case Field::type:
        return textOrAbsent(m_event.type);
    case Field::subject:
        return textOrAbsent(m_event.subject);
    case Field::time:
        m_time = timeText(m_event.time);
        return Datum::text(m_time);
    case Field::datacontenttype:
        return m_event.data && !m_event.data->isNull() ? Datum::text("application/json") : Datum();
    case Field::correlationid:
        return idOrAbsent(m_correlation, m_event.correlation);
    case Field::causationid:
        return idOrAbsent(m_cause, m_event.cause);
    case Field::partitionkey:
        return textOrAbsent(m_event.key);
    case Field::routingkey:
        return textOrAbsent(m_event.routingKey);
    case Field::at:
        return inSeconds(m_handler.now.time_since_epoch());
    case Field::ordinal:
        return m_event.ordinal == 0 ? Datum() : whole(m_event.ordinal);
    case Field::channel:
        return textOrAbsent(m_event.channel);
    case Field::service:
        return textOrAbsent(m_handler.service);
    case Field::offset:
        return m_event.offset < 0 ? Datum() : whole(static_cast<std::uint64_t>(m_event.offset));
    case Field::attempt:
        return m_event.attempt == 0 ? Datum() : whole(m_event.attempt);
    case Field::latency:
        return inSeconds(m_handler.now - m_event.time);
    case Field::dataschema:
    case Field::traceparent:
    case Field::sequence:
    case Field::kind:
    case Field::subscription:
    case Field::instance:
    case Field::partition:
    case Field::reason:
        break; // of records, or not carried by simulated events
    }
    return {};
}

Datum EventSubject::attribute(std::string_view name) const {
    if (name == "version")
        return textOrAbsent(m_event.version);
    if (name == "priority")
        return Datum::integer(m_event.priority);
    if (const Value* header = m_event.headers ? m_event.headers->member(name) : nullptr)
        return Datum::data(*header);
    return {};
}

Datum EventSubject::state(const StateName& name) const {
    if (!m_handler.state || name.service != m_handler.service)
        return {};
    return stateDatum(*m_handler.state, name.name, name.key);
}

Datum stateDatum(const State& state, std::string_view name, std::string_view key) {
    const std::size_t point = key.empty() ? name.find('.') : std::string_view::npos;
    const TableId table = state.table(name.substr(0, point));
    if (!table.valid())
        return {};
    if (point != std::string_view::npos)
        return whole(state.count(table, state.status(table, name.substr(point + 1))));
    if (key.empty())
        return whole(state.count(table));
    const Cell* cell = state.find(table, key);
    if (!cell)
        return {};
    return cell->isStatus() ? Datum::text(state.statusName(table, cell->status)) : Datum::decimal(cell->quantity);
}

} // namespace weir
