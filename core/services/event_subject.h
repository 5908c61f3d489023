// EventSubject: what the filter or condition of a handler is asked about: the triggering event, the handling's own
// facts (at, ordinal, channel, service, attempt, offset, latency) and the business state of the service that handles.
// Made for one evaluation on one thread.
#pragma once

#include "core/expression/subject.h"
#include "core/services/event_view.h"
#include "core/services/state.h"

#include <string>

namespace weir {

class EventSubject final : public Subject {
  public:
    struct Handler {
        std::string_view service = {};
        SimTime now = {};
        const State* state = nullptr; // null: none to ask
    };
    // Borrows the event, and what the handler refers to.
    EventSubject(const EventView& event, const Handler& handler) : m_event(event), m_handler(handler) {}

    Datum field(Field field) const override;
    // version, priority, and the event's headers
    Datum attribute(std::string_view name) const override;
    const Value* data() const override { return m_event.data; }
    // Of the handling service only. With a key: the quantity or status. Without: how many entries the table has, or
    // with "orders.paid" how many of one status.
    Datum state(const StateName& name) const override;

  private:
    const EventView& m_event;
    Handler m_handler;
    mutable std::string m_id, m_time, m_cause, m_correlation; // made when they are asked for
};

// What state(service, name, key) is, given the state of that service; an absent datum where there is no such thing.
Datum stateDatum(const State& state, std::string_view name, std::string_view key);

} // namespace weir
