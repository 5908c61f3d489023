// Template: how an event's data (or a text such as a routing key) is made, compiled once from the JSON that a scenario
// holds. Immutable, so threads share it. What it makes depends on its context alone: every random choice is drawn from
// the context's Draw, in document order. It keeps no counters and knows no event types.
//
// In texts: {count} {ordinal} {id} {now} {uuid} {reason} {event.<attribute>} {event.data.<path>} {data.<path>}; "{{" is
// a brace. A text that is one placeholder keeps the value's type. What is not there is null, in texts nothing.
// Tables with a name that begins with "$" are generators:
//   {"$pick": [templates], "weights": [numbers]}          one of them; without weights each as likely
//   {"$integer": [low, high]}                             both included
//   {"$number": [low, high], "decimals": 2}               both included, in steps of the last decimal
//   {"$repeat": {"count": template or [low, high], "of": template}}
//   {"$merge": [templates of tables]}                     later members replace earlier ones of the same name
//   {"$sum": {"of": path, "times": [member, ...]}}        over a list: the sum of the products of these members, exact
// The path of $sum starts at a table that is being made around it, the innermost first, or at "event.data".
#pragma once

#include "core/kernel/random.h"
#include "core/services/event_view.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace weir {

struct TemplateContext {
    Ordinal ordinal = 0;     // of the event that is being made; elsewhere of the one being handled
    std::uint64_t count = 0; // how many this emit site has made with this one, from 1
    SimTime now = {};
    std::string_view reason = {};     // why an orElse branch runs; empty: it does not
    const EventView* event = nullptr; // the trigger; null: none
    Draw& draw;
    const Value* data = nullptr; // finished data of the event that is being made, for keys and subjects
};

class Template {
  public:
    static constexpr std::int64_t repeatMax = 10'000; // items of one $repeat; a count beyond it is cut to it

    Template() = default; // makes null
    // The error's `where` is a JSON pointer into the source.
    static Result<Template> compile(const Value& source);

    Value generate(TemplateContext& context) const;
    // What generate() makes, as text: null is nothing, what is no text is its canonical JSON.
    std::string text(TemplateContext& context) const;

    bool isConstant() const { return !m_root; }                    // makes the same whatever the context is
    bool isNull() const { return !m_root && m_constant.isNull(); } // makes null, always
    const Value& constant() const { return m_constant; }           // isConstant() only
    // What must be known of the trigger to make it.
    bool needsEvent() const { return m_needsEvent; }
    bool needsCorrelation() const { return m_needsCorrelation; }

    struct Node; // template_nodes.h

  private:
    std::shared_ptr<const Node> m_root; // null: constant
    Value m_constant;
    bool m_needsEvent = false;
    bool m_needsCorrelation = false;
};

} // namespace weir
