#include "support/random_command.h"

#include <iterator>
#include <string>
#include <utility>

namespace weir {

Command randomCommand(const Model& model, std::uint64_t messages, Draw& draw) {
    const auto service = [&] { return model.services[draw.below(model.services.size())].name; };
    const auto channel = [&] { return model.broker->channels[draw.below(model.broker->channels.size())].name; };
    const auto type = [&] {
        return model.catalogue->eventTypes()[draw.below(model.catalogue->eventTypes().size())].name;
    };
    const auto node = [&] {
        const auto& nodes = model.catalogue->nodes();
        return nodes.size() == 0 ? std::string("none") : nodes[draw.below(nodes.size())].name;
    };
    constexpr std::pair<const char*, const char*> settings[] = {
        {"/sources/0/arrivals", R"({"every":"7ms","until":"600ms"})"}, // the producer's
        {"/handlers/0/takes", R"({"exponential":"3ms"})"},
        {"/handlers/0/takes", R"("25ms")"},
        {"/handlers/0/fails/0/probability", "0.05"}};
    constexpr const char* places[] = {"earliest", "latest", "3", "200ms"};
    constexpr CommandKind kinds[] = {
        CommandKind::crash,     CommandKind::restart,       CommandKind::pause,    CommandKind::resume,
        CommandKind::slow,      CommandKind::rate,          CommandKind::drop,     CommandKind::duplicate,
        CommandKind::poison,    CommandKind::redrive,       CommandKind::redrive,  CommandKind::discard,
        CommandKind::publish,   CommandKind::partition,     CommandKind::heal,     CommandKind::delay,
        CommandKind::partition, CommandKind::heal,          CommandKind::reorder,  CommandKind::lose,
        CommandKind::clockSkew, CommandKind::set,           CommandKind::set,      CommandKind::set,
        CommandKind::set,       CommandKind::seek,          CommandKind::replay,   CommandKind::nodeDown,
        CommandKind::powerOff,  CommandKind::nodeUp,        CommandKind::diskFull, CommandKind::diskFree,
        CommandKind::slowDisk,  CommandKind::rollingRestart};
    Command command{.kind = kinds[draw.below(std::size(kinds))]};
    const bool some = draw.happens(0.5);
    switch (command.kind) {
    case CommandKind::drop:
        command.target = some ? service() : channel();
        break;
    case CommandKind::duplicate:
    case CommandKind::redrive:
    case CommandKind::discard:
    case CommandKind::publish:
        command.target = channel();
        break;
    case CommandKind::poison:
        command.target = some ? service() : type();
        break;
    case CommandKind::partition:
    case CommandKind::heal:
        command.sides = {{service(), "broker"}, {"*"}};
        if (some)
            std::swap(command.sides[0][1], command.sides[1][0]);
        break;
    case CommandKind::delay:
    case CommandKind::reorder:
    case CommandKind::lose:
        command.sides = {{some ? service() : "*"}, {"broker"}};
        break;
    case CommandKind::set: {
        // What no rule of the checkers asks: how long work takes, how often it fails, when events come.
        const std::string whom = service();
        const bool produces = whom == "producer";
        const auto [pointer, value] = settings[produces ? 0 : 1 + draw.below(std::size(settings) - 1)];
        command.pointer = "/services/" + whom + pointer;
        command.value = Value::parse(value).value();
        break;
    }
    case CommandKind::seek:
    case CommandKind::replay:
        command.target = channel();
        command.to = places[draw.below(std::size(places))];
        command.name = "replay by hand " + std::to_string(messages);
        break;
    case CommandKind::nodeDown:
    case CommandKind::powerOff:
    case CommandKind::nodeUp:
    case CommandKind::diskFull:
    case CommandKind::diskFree:
    case CommandKind::slowDisk:
    case CommandKind::rollingRestart:
        command.target = node();
        break;
    case CommandKind::clockSkew:
        command.target = some && model.catalogue->nodes().size() > 0 ? node() : service();
        break;
    default:
        command.target = service();
    }
    command.by = Duration{static_cast<std::int64_t>(draw.below(50'000'000))};
    command.factor = draw.uniform() * 3;
    command.probability = draw.uniform();
    command.count = draw.below(20);
    command.type = type();
    if (draw.happens(0.5))
        command.lasts = Duration{static_cast<std::int64_t>(1 + draw.below(500'000'000))};
    if (command.kind == CommandKind::redrive && draw.happens(0.3))
        command.to = channel();
    if (draw.happens(0.3))
        command.ordinal = 1 + draw.below(messages + 1);
    if (draw.happens(0.5)) {
        command.value = Value(Value::Table{{"key", Value(1)}, {"n", Value("by hand")}});
        command.key = "1";
    }
    return command;
}

} // namespace weir
