#include "core/simulation/structure.h"

#include "core/scenario/by_name.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

namespace weir {
namespace {

constexpr std::string_view stays = "stays as it is while a run goes on; change the scenario and run it again";

Error fixed(std::string where) {
    return {std::move(where), std::string(stays), ""};
}

// In document order, as their sites are numbered.
void collectEmits(const Actions& actions, std::vector<const EmitAction*>& emits) {
    const auto inside = [&](const std::shared_ptr<Actions>& branch) {
        if (branch)
            collectEmits(*branch, emits);
    };
    for (const Action& action : actions) {
        if (const auto* emit = std::get_if<EmitAction>(&action.what))
            emits.push_back(emit);
        else if (const auto* reserve = std::get_if<ReserveAction>(&action.what))
            inside(reserve->orElse);
        else if (const auto* choose = std::get_if<ChooseAction>(&action.what))
            for (const ChooseAction::Branch& branch : choose->branches)
                inside(branch.then);
        else if (const auto* condition = std::get_if<IfAction>(&action.what)) {
            inside(condition->then);
            inside(condition->orElse);
        }
    }
}

bool sameEmits(const Actions& before, const Actions& after) {
    std::vector<const EmitAction*> left, right;
    collectEmits(before, left);
    collectEmits(after, right);
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](const auto* a, const auto* b) {
        return a->type == b->type && a->to == b->to && a->routingKey == b->routingKey && a->data == b->data &&
               a->headers == b->headers && a->mandatory == b->mandatory && a->retain == b->retain;
    });
}

std::optional<Error> changeOf(const ChannelSpec& before, const ChannelSpec& after) {
    const std::string where = elementPointer("/channels", before.name);
    if (before.kind != after.kind || before.exchangeType != after.exchangeType)
        return fixed(where + "/kind");
    if (before.alternate != after.alternate)
        return fixed(where + "/alternate");
    const auto way = [](const RoutingSpec& spec) {
        return std::tuple(spec.dialect, spec.overlap, spec.copyOrder, spec.senderSelected, spec.hash, spec.hashOn);
    };
    if (way(before) != way(after))
        return fixed(where + "/type");
    if (before.bindings != after.bindings)
        return fixed(where + "/bind");
    if (before.partitions != after.partitions)
        return fixed(where + "/partitions");
    if (!(before.group == after.group))
        return fixed(where + "/group");
    if (before.retainUntil != after.retainUntil || before.compaction.has_value() != after.compaction.has_value() ||
        before.retainPerSubject.has_value() != after.retainPerSubject.has_value())
        return fixed(where + "/retain");
    if ((before.dispatch == DispatchMode::broadcast) != (after.dispatch == DispatchMode::broadcast))
        return fixed(where + "/dispatch");
    const auto kept = [](const ReplicationSpec& spec) {
        return std::tuple(spec.replicas, spec.commitRule, spec.leader);
    };
    if (kept(before) != kept(after))
        return fixed(where + "/replicas");
    if (before.whenDiskFull != after.whenDiskFull)
        return fixed(where + "/whenDiskFull");
    if (before.priorities != after.priorities)
        return fixed(where + "/priorities");
    if (before.deadLetter != after.deadLetter)
        return fixed(where + "/deadLetter");
    if ((before.retry ? before.retry->through : "") != (after.retry ? after.retry->through : ""))
        return fixed(where + "/retry/through");
    return std::nullopt;
}

std::optional<Error> changeOf(const ServiceSpec& before, const ServiceSpec& after) {
    const std::string where = elementPointer("/services", before.name);
    if (before.state != after.state)
        return Error{where + "/state", "is read when a run begins; change the scenario and run it again", ""};
    if ((before.prefetch == 0) != (after.prefetch == 0))
        return fixed(where + "/prefetch");
    if (before.sources.size() != after.sources.size())
        return fixed(where + "/sources");
    for (std::size_t i = 0; i < before.sources.size(); ++i) {
        const std::string source = where + "/sources/" + std::to_string(i);
        if (before.sources[i].arrivals.isClosedLoop() != after.sources[i].arrivals.isClosedLoop())
            return Error{source + "/arrivals", "needs users where there are users, and a rate where there is a rate", ""};
        if (!sameEmits(before.sources[i].then, after.sources[i].then))
            return fixed(source);
    }
    if (before.outbox.has_value() != after.outbox.has_value())
        return fixed(where + "/outbox");
    if (!sameEmits(before.will, after.will))
        return fixed(where + "/will");
    if (before.handlers.size() != after.handlers.size())
        return fixed(where + "/handlers");
    for (std::size_t i = 0; i < before.handlers.size(); ++i) {
        const HandlerSpec& left = before.handlers[i];
        const HandlerSpec& right = after.handlers[i];
        const std::string handler = where + "/handlers/" + std::to_string(i);
        if (left.on != right.on || left.pattern != right.pattern)
            return fixed(handler + "/on");
        if (left.isolation != right.isolation)
            return fixed(handler + "/isolation");
        if (!sameEmits(left.then, right.then))
            return fixed(handler + "/then");
    }
    return std::nullopt;
}

// Elements in the order of names; `kind` is the table they stand in.
template <class Spec>
std::optional<Error> changeAmong(const std::vector<Spec>& before, const std::vector<Spec>& after, const char* kind) {
    const auto left = byName(before);
    const auto right = byName(after);
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        if (i == left.size() || i == right.size() || left[i]->name != right[i]->name)
            return fixed(kind);
        if (auto change = changeOf(*left[i], *right[i]))
            return change;
    }
    return std::nullopt;
}

} // namespace

std::optional<Error> structureChange(const Scenario& before, const Scenario& after) {
    if (auto change = changeAmong(before.channels, after.channels, "/channels"))
        return change;
    return changeAmong(before.services, after.services, "/services");
}

} // namespace weir
