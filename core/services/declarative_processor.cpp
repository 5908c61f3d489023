#include "core/services/declarative_processor.h"

#include "core/services/declarative_steps.h"
#include "core/services/event_subject.h"

#include <algorithm>
#include <optional>

namespace weir {

namespace {

using Step = DeclarativeProcessor::Step;

struct Item {
    std::string key;
    Decimal quantity;
};

// Nothing where it names no key, or no quantity of 0 or more; a missing quantity is 1.
std::optional<Item> itemOf(const Step::Items& items, const Value& value) {
    Item item{{}, 1};
    if (const Value* key = items.key.in(value))
        appendPlainText(item.key, *key);
    if (const Value* quantity = items.quantity.in(value)) {
        if (!quantity->number())
            return std::nullopt;
        item.quantity = *quantity->number();
    }
    if (item.key.empty() || item.quantity < Decimal(0))
        return std::nullopt;
    return item;
}

// One handling: runs the steps, notes the effects. The reasons it returns are empty where all went well.
class Execution {
  public:
    Execution(const Handling& handling, State& state, ProcessorOutput& output, Draw& draw)
        : m_handling(handling), m_state(state), m_output(output), m_draw(draw) {}

    std::string_view run(const Step::Steps& steps, std::string_view reason) {
        for (const Step& step : steps) {
            if (const auto* reserve = std::get_if<Step::Reserve>(&step.what)) {
                const std::size_t mark = m_output.mark();
                const std::string_view refusal = take(*reserve);
                if (refusal.empty())
                    continue;
                m_output.undo(m_state, mark);
                return reserve->hasElse ? run(reserve->orElse, refusal) : refusal;
            }
            const std::string_view failure = std::visit([&](const auto& what) { return run(what, reason); }, step.what);
            if (!failure.empty())
                return failure;
        }
        return {};
    }

  private:
    std::string_view run(const Step::Emit& emit, std::string_view reason) {
        m_output.emit(emit.site, reason);
        return {};
    }

    std::string_view run(const Step::Reserve& reserve, std::string_view) { return take(reserve); }

    std::string_view take(const Step::Reserve& reserve) {
        return forEachItem(reserve.items, [&](const Item& item) -> std::string_view {
            const Cell* present = m_state.find(reserve.table, item.key);
            if (!present || present->isStatus())
                return DeclarativeProcessor::productNotFound;
            if (present->quantity < item.quantity)
                return DeclarativeProcessor::insufficientStock;
            return put(reserve.table, item.key, Cell::ofQuantity(present->quantity - item.quantity));
        });
    }

    std::string_view run(const Step::Release& release, std::string_view) {
        return forEachItem(release.items, [&](const Item& item) -> std::string_view {
            const Cell* present = m_state.find(release.table, item.key);
            if (!present || present->isStatus())
                return {}; // nothing was taken there
            return put(release.table, item.key, Cell::ofQuantity(present->quantity + item.quantity));
        });
    }

    std::string_view run(const Step::Add& add, std::string_view reason) {
        const std::string key = text(add.key, reason);
        TemplateContext context = templateContext(reason);
        const Value by = add.by.generate(context);
        if (key.empty() || !by.number())
            return DeclarativeProcessor::invalidItem;
        const Cell* present = m_state.find(add.table, key);
        const Decimal before = present && !present->isStatus() ? present->quantity : Decimal();
        return put(add.table, key, Cell::ofQuantity(before + *by.number()));
    }

    std::string_view run(const Step::Fill& fill, std::string_view) {
        for (const auto& [key, least] : fill.to) {
            const Cell* present = m_state.find(fill.table, key);
            if (present && !present->isStatus() && present->quantity >= least)
                continue;
            const std::string_view failure = put(fill.table, key, Cell::ofQuantity(least));
            if (!failure.empty())
                return failure;
        }
        return {};
    }

    std::string_view run(const Step::Set& set, std::string_view reason) {
        const std::string key = text(set.key, reason);
        if (key.empty())
            return DeclarativeProcessor::invalidItem;
        const Cell* present = m_state.find(set.table, key);
        const StatusId before = present ? present->status : StatusId::none();
        const bool allowed = std::find(set.from.begin(), set.from.end(), before) != set.from.end();
        if (!set.from.empty() && !(before.valid() && allowed))
            return DeclarativeProcessor::transitionRefused;
        return put(set.table, key, Cell{.quantity = {}, .status = set.to, .previous = before});
    }

    std::string_view run(const Step::Choose& choose, std::string_view reason) {
        const double point = m_draw.uniform() * choose.upTo.back();
        const auto chosen = std::lower_bound(choose.upTo.begin(), choose.upTo.end(), point);
        return run(choose.branches[static_cast<std::size_t>(chosen - choose.upTo.begin())], reason);
    }

    std::string_view run(const Step::If& condition, std::string_view reason) {
        const EventView none;
        const EventSubject::Handler handler{.service = m_handling.service, .now = m_handling.now, .state = &m_state};
        const EventSubject subject(m_handling.event ? *m_handling.event : none, handler);
        return run(condition.condition.holds(subject) ? condition.then : condition.orElse, reason);
    }

    template <class Act> std::string_view forEachItem(const Step::Items& items, Act act) {
        const Value* list = m_handling.event ? items.list.data(*m_handling.event) : nullptr;
        if (!list || !list->list())
            return DeclarativeProcessor::invalidItem;
        for (const Value& value : *list->list()) {
            const std::optional<Item> item = itemOf(items, value);
            const std::string_view failure = item ? act(*item) : DeclarativeProcessor::invalidItem;
            if (!failure.empty())
                return failure;
        }
        return {};
    }

    std::string_view put(TableId table, std::string_view key, const Cell& cell) {
        return m_output.set(m_state, table, key, cell) ? std::string_view() : DeclarativeProcessor::stateFull;
    }

    TemplateContext templateContext(std::string_view reason) {
        return {.ordinal = m_handling.event ? m_handling.event->ordinal : 0,
                .count = m_handling.count,
                .now = m_handling.now,
                .reason = reason,
                .event = m_handling.event,
                .draw = m_draw};
    }

    std::string text(const Template& source, std::string_view reason) {
        TemplateContext context = templateContext(reason);
        return source.text(context);
    }

    const Handling& m_handling;
    State& m_state;
    ProcessorOutput& m_output;
    Draw& m_draw;
};

} // namespace

HandleOutcome DeclarativeProcessor::handle(const Handling& handling, State& state, ProcessorOutput& output,
                                           Draw& draw) const {
    const std::string_view failure = Execution(handling, state, output, draw).run(*m_steps, {});
    if (failure.empty())
        return {};
    output.undo(state);
    return {.done = false, .reason = failure};
}

} // namespace weir
