#include "core/simulation/active_faults.h"

#include "core/scenario/link_reader.h"

#include <algorithm>

namespace weir {
namespace {

CommandKind lastingKind(CommandKind kind) {
    return kind == CommandKind::restart  ? CommandKind::crash
           : kind == CommandKind::resume ? CommandKind::pause
           : kind == CommandKind::heal   ? CommandKind::partition
           : kind == CommandKind::nodeUp ? CommandKind::nodeDown
           : kind == CommandKind::diskFree ? CommandKind::diskFull
                                         : kind;
}

bool isNodes(CommandKind kind) {
    return kind == CommandKind::nodeDown || kind == CommandKind::powerOff;
}

bool lasts(CommandKind kind) {
    const CommandKind lasting = lastingKind(kind);
    return lasting == CommandKind::crash || lasting == CommandKind::pause || lasting == CommandKind::slow ||
           lasting == CommandKind::rate || lasting == CommandKind::drop || lasting == CommandKind::duplicate ||
           (lasting >= CommandKind::partition && lasting <= CommandKind::clockSkew) || isNodes(lasting) ||
           lasting == CommandKind::diskFull || lasting == CommandKind::slowDisk;
}

bool isShare(CommandKind kind) {
    return kind == CommandKind::drop || kind == CommandKind::duplicate || kind == CommandKind::reorder ||
           kind == CommandKind::lose;
}

ActiveFault begun(const Command& command, SimTime at) {
    return {.kind = command.kind,
            .target = command.target,
            .sides = command.sides,
            .instance = command.instance,
            .amount = isShare(command.kind) ? command.probability : command.factor,
            .by = command.by,
            .since = at,
            .until = command.lasts ? std::optional(at + *command.lasts) : std::nullopt,
            .byCommand = true};
}

ActiveFault begun(const FaultSpec& fault, const Scenario& scenario) {
    constexpr CommandKind kinds[] = {CommandKind::crash, CommandKind::pause,     CommandKind::slow,  CommandKind::rate,
                                     CommandKind::drop,  CommandKind::duplicate, CommandKind::poison,
                                     CommandKind::redrive, CommandKind::discard, CommandKind::seek,
                                     CommandKind::partition, CommandKind::delay, CommandKind::reorder,
                                     CommandKind::lose, CommandKind::clockSkew, CommandKind::replay,
                                     CommandKind::nodeDown, CommandKind::powerOff, CommandKind::diskFull,
                                     CommandKind::slowDisk, CommandKind::rollingRestart};
    const CommandKind kind = kinds[static_cast<std::size_t>(fault.kind)];
    std::optional<Duration> lasting = fault.lasts;
    if (!lasting && fault.kind == FaultKind::crash)
        for (const ServiceSpec& service : scenario.services)
            if (service.name == fault.service)
                lasting = service.restartAfter;
    return {.kind = kind,
            .target = fault.sides.empty() ? fault.target() : std::string(),
            .sides = fault.sides,
            .instance = fault.instance,
            .amount = isShare(kind) ? fault.probability : fault.factor,
            .by = fault.by,
            .since = SimTime{fault.at},
            .until = lasting ? std::optional(SimTime{fault.at} + *lasting) : std::nullopt,
            .byCommand = false};
}

// Others are spent by messages, or over at once.
bool takesTime(FaultKind kind) {
    return kind != FaultKind::poison && kind != FaultKind::redrive && kind != FaultKind::purge &&
           kind != FaultKind::seek && kind != FaultKind::replay && kind != FaultKind::rollingRestart;
}

// One that is about the same thing: of all instances it is about each of them.
bool covers(const ActiveFault& later, const ActiveFault& earlier) {
    const bool sameKind = later.kind == earlier.kind || (isNodes(later.kind) && isNodes(earlier.kind));
    return sameKind && later.target == earlier.target && later.sides == earlier.sides &&
           (!later.instance || later.instance == earlier.instance);
}

bool addsUp(CommandKind kind) {
    return kind == CommandKind::crash || kind == CommandKind::pause;
}

// Of those about the same thing one holds. Crashes and pauses add up: from the first to the end of the last. Of the
// others the one that began last holds alone.
std::vector<ActiveFault> eachOnce(const std::vector<ActiveFault>& active) {
    std::vector<ActiveFault> once;
    for (const ActiveFault& fault : active) {
        const auto same = std::find_if(once.begin(), once.end(), [&fault](const ActiveFault& other) {
            return other.kind == fault.kind && other.target == fault.target && other.sides == fault.sides &&
                   other.instance == fault.instance;
        });
        if (same == once.end()) {
            once.push_back(fault);
        } else if (!addsUp(fault.kind)) {
            *same = fault;
        } else if (same->until && (!fault.until || *fault.until > *same->until)) {
            same->until = fault.until;
            same->byCommand = fault.byCommand;
        }
    }
    return once;
}

} // namespace

bool ActiveFault::strikes(std::string_view node) const {
    return target == node || std::any_of(sides.begin(), sides.end(), [node](const std::vector<std::string>& side) {
               return std::find(side.begin(), side.end(), node) != side.end();
           });
}

std::vector<ActiveFault> activeFaults(const Scenario& scenario, const Journal& journal, SimTime now) {
    struct Step {
        ActiveFault fault;
        bool ends = false;
    };
    std::vector<Step> steps;
    for (const FaultSpec& fault : scenario.faults)
        if (SimTime{fault.at} <= now && takesTime(fault.kind))
            steps.push_back({begun(fault, scenario)});
    for (const JournalEntry& entry : journal)
        if (entry.at <= now && lasts(entry.command.kind)) {
            ActiveFault fault = begun(entry.command, entry.at);
            fault.kind = lastingKind(fault.kind);
            steps.push_back({fault, endsFault(entry.command)});
        }
    std::stable_sort(steps.begin(), steps.end(),
                     [](const Step& left, const Step& right) { return left.fault.since < right.fault.since; });
    std::vector<ActiveFault> active;
    for (const Step& step : steps) {
        std::erase_if(active, [&step](const ActiveFault& fault) { // the scenario's own go on beside each other
            return (step.fault.byCommand && covers(step.fault, fault)) || (fault.until && *fault.until <= step.fault.since);
        });
        if (!step.ends)
            active.push_back(step.fault);
    }
    std::erase_if(active, [now](const ActiveFault& fault) { return fault.until && *fault.until <= now; });
    return eachOnce(active);
}

Command ending(const ActiveFault& fault) {
    Command command;
    command.kind = fault.kind == CommandKind::crash       ? CommandKind::restart
                   : fault.kind == CommandKind::pause     ? CommandKind::resume
                   : fault.kind == CommandKind::partition ? CommandKind::heal
                   : isNodes(fault.kind)                  ? CommandKind::nodeUp
                   : fault.kind == CommandKind::diskFull  ? CommandKind::diskFree
                                                          : fault.kind;
    command.target = fault.target;
    command.sides = fault.sides;
    command.instance = fault.instance;
    if (isShare(fault.kind))
        command.probability = 0;
    return command;
}

// What ends a kind is a kind of its own, or an amount that does nothing.
bool endsFault(const Command& command) {
    switch (command.kind) {
    case CommandKind::restart:
    case CommandKind::resume:
    case CommandKind::heal:
    case CommandKind::nodeUp:
    case CommandKind::diskFree:
        return true;
    case CommandKind::slow:
    case CommandKind::rate:
        return command.factor == 1;
    case CommandKind::drop:
    case CommandKind::duplicate:
    case CommandKind::reorder:
    case CommandKind::lose:
        return command.probability == 0;
    case CommandKind::delay:
    case CommandKind::clockSkew:
    case CommandKind::slowDisk:
        return command.by == Duration::zero();
    default:
        return false;
    }
}

std::optional<Value> asScenarioFault(const ActiveFault& fault) {
    const char* const key = fault.kind == CommandKind::crash   ? "crash"
                            : fault.kind == CommandKind::pause ? "pause"
                            : fault.kind == CommandKind::slow  ? "slow"
                            : fault.kind == CommandKind::rate  ? "rate"
                            : fault.kind == CommandKind::drop  ? "drop"
                            : fault.kind == CommandKind::duplicate ? "duplicate"
                            : fault.kind == CommandKind::partition ? "partition"
                            : fault.kind == CommandKind::delay     ? "delay"
                            : fault.kind == CommandKind::reorder   ? "reorder"
                            : fault.kind == CommandKind::lose      ? "lose"
                            : fault.kind == CommandKind::clockSkew ? "clockSkew"
                            : fault.kind == CommandKind::nodeDown  ? "nodeDown"
                            : fault.kind == CommandKind::powerOff  ? "powerOff"
                            : fault.kind == CommandKind::diskFull  ? "diskFull"
                            : fault.kind == CommandKind::slowDisk  ? "slowDisk"
                                                                   : nullptr;
    if (!key)
        return std::nullopt;
    const Value struck = fault.sides.empty() ? Value(fault.target)
                                             : valueOf(fault.sides, fault.kind != CommandKind::partition);
    Value::Table table{{"at", toText(fault.since.time_since_epoch())}, {key, struck}};
    if (fault.kind == CommandKind::delay || fault.kind == CommandKind::clockSkew || fault.kind == CommandKind::slowDisk)
        table.emplace_back("by", signedText(fault.by));
    if (fault.instance)
        table.emplace_back("instance", static_cast<std::int64_t>(*fault.instance));
    if (fault.kind == CommandKind::slow || fault.kind == CommandKind::rate)
        table.emplace_back("factor", Decimal::fromDouble(fault.amount));
    if (isShare(fault.kind))
        table.emplace_back("probability", Decimal::fromDouble(fault.amount));
    if (fault.until)
        table.emplace_back("for", toText(*fault.until - fault.since));
    return table;
}

} // namespace weir
