// Commands: what a person does to the run between two dues. Each is checked whole before anything happens, noted by a
// `commanded` record, and then does what faults do, or swaps the model.
#include "core/broker/murmur2.h"
#include "core/json_pointer.h"
#include "core/kernel/hash.h"
#include "core/scenario/link_reader.h"
#include "core/scenario/node_reader.h"
#include "core/scenario/stream_reader.h"
#include "core/simulation/simulation.h"

#include <algorithm>
#include <set>
#include <utility>

namespace weir {
namespace {

constexpr double factorMax = 1e6;

Error refused(std::string what, std::string given) {
    return {"command", std::move(what), std::move(given)};
}

} // namespace

PlaceId Simulation::placeAt(std::string_view pointer) const {
    const auto steps = pointerSteps(pointer);
    if (!steps || steps->size() < 2)
        return PlaceId::none();
    const Catalogue& catalogue = *m_model->catalogue;
    if (const ServiceId service = catalogue.service((*steps)[1]); steps->front() == "services" && service.valid())
        return m_model->services[service.index()].place;
    if (const ChannelId channel = catalogue.channel((*steps)[1]); steps->front() == "channels" && channel.valid())
        return m_model->broker->channels[channel.index()].place;
    return PlaceId::none();
}

Result<JournalEntry> Simulation::apply(const Command& command, Recorder& recorder) {
    if (m_stopped)
        return refused("needs a run that goes on", "one that has stopped");
    switch (command.kind) {
    case CommandKind::set:
        return applySet(command, recorder);
    case CommandKind::redrive:
    case CommandKind::discard:
        return applyToQueue(command, recorder);
    case CommandKind::publish:
        return applyPublish(command, recorder);
    default:
        break;
    }
    const Result<FaultPlan> fault = faultOf(command);
    if (!fault)
        return fault.error();
    BrokerDoor door = commandDoor(recorder);
    const bool ends = command.kind == CommandKind::restart || command.kind == CommandKind::resume ||
                      command.kind == CommandKind::heal || command.kind == CommandKind::nodeUp ||
                      command.kind == CommandKind::diskFree;
    noteCommand(reasonOf(fault->spec.kind, ends), placeOf(*fault), door);
    supersede(*fault);
    if (command.kind == CommandKind::nodeUp) { // whatever had taken it down
        FaultPlan power = *fault;
        power.spec.kind = FaultKind::powerOff;
        supersede(power);
        lift(power, door);
        m_broker.setNode(fault->node, NodeTrouble::restart, false, door);
    }
    if (ends) {
        lift(*fault, door);
        return JournalEntry{m_now, m_dues, command};
    }
    strike(*fault, door);
    const bool isOverAtOnce = command.kind == CommandKind::seek || command.kind == CommandKind::replay ||
                              command.kind == CommandKind::rollingRestart; // which ends each node by itself
    if (command.lasts && !isOverAtOnce) {
        later(door.now + *command.lasts, Priority::command, Kind::commandEnds,
              static_cast<std::uint32_t>(m_commandEnds.size()));
        m_commandEnds.push_back({*fault, true});
    }
    return JournalEntry{m_now, m_dues, command};
}

// The fault that a command is; of restart and resume the one they end.
Result<FaultPlan> Simulation::faultOf(const Command& command) const {
    constexpr std::pair<CommandKind, FaultKind> kinds[] = {
        {CommandKind::crash, FaultKind::crash},         {CommandKind::restart, FaultKind::crash},
        {CommandKind::pause, FaultKind::pause},         {CommandKind::resume, FaultKind::pause},
        {CommandKind::slow, FaultKind::slow},           {CommandKind::rate, FaultKind::rate},
        {CommandKind::drop, FaultKind::drop},           {CommandKind::duplicate, FaultKind::duplicate},
        {CommandKind::poison, FaultKind::poison},       {CommandKind::seek, FaultKind::seek},
        {CommandKind::partition, FaultKind::partition}, {CommandKind::heal, FaultKind::partition},
        {CommandKind::delay, FaultKind::delay},         {CommandKind::reorder, FaultKind::reorder},
        {CommandKind::lose, FaultKind::lose},           {CommandKind::clockSkew, FaultKind::clockSkew},
        {CommandKind::nodeDown, FaultKind::nodeDown},   {CommandKind::nodeUp, FaultKind::nodeDown},
        {CommandKind::powerOff, FaultKind::powerOff},   {CommandKind::replay, FaultKind::replay},
        {CommandKind::diskFull, FaultKind::diskFull},   {CommandKind::diskFree, FaultKind::diskFull},
        {CommandKind::slowDisk, FaultKind::slowDisk},   {CommandKind::rollingRestart, FaultKind::rollingRestart}};
    FaultPlan plan;
    for (const auto& [name, kind] : kinds)
        if (name == command.kind)
            plan.spec.kind = kind;
    if (command.kind == CommandKind::seek)
        return seekOf(command);
    if (command.kind == CommandKind::replay)
        return replayOf(command);
    if (plan.spec.kind >= FaultKind::partition && plan.spec.kind <= FaultKind::lose)
        return linkFaultOf(command, std::move(plan));
    const Catalogue& catalogue = *m_model->catalogue;
    if (plan.spec.kind >= FaultKind::nodeDown ||
        (plan.spec.kind == FaultKind::clockSkew && catalogue.node(command.target).valid()))
        return nodeFaultOf(command, plan);
    const bool strikesChannels = plan.spec.kind == FaultKind::drop || plan.spec.kind == FaultKind::duplicate;
    plan.service = plan.spec.kind == FaultKind::duplicate ? ServiceId::none() : catalogue.service(command.target);
    if (strikesChannels && !plan.service.valid())
        plan.channel = catalogue.channel(command.target);
    if (plan.spec.kind == FaultKind::poison && !plan.service.valid())
        plan.type = catalogue.eventType(command.target);
    const std::string given = '"' + command.target + '"';
    if (plan.spec.kind == FaultKind::drop &&
        (plan.channel.valid() ? m_model->broker->channels[plan.channel.index()].subscriptions.empty() : !plan.service.valid()))
        return refused("needs the name of a service, or of a queue or stream that is read", given);
    if (plan.spec.kind == FaultKind::duplicate && !plan.channel.valid())
        return refused("needs the name of a channel", given);
    if (plan.spec.kind == FaultKind::poison && !plan.service.valid() && !plan.type.valid())
        return refused("needs the name of a service or event type", given);
    if (!strikesChannels && plan.spec.kind != FaultKind::poison && !plan.service.valid())
        return refused(plan.spec.kind == FaultKind::clockSkew ? "needs the name of a service or node"
                                                              : "needs the name of a service",
                       given);
    if (command.instance && *command.instance >= m_model->services[plan.service.index()].instances)
        return refused("needs an instance below " + std::to_string(m_model->services[plan.service.index()].instances),
                       std::to_string(*command.instance));
    if (!(command.factor >= 0) || command.factor > factorMax)
        return refused("needs a factor from 0 to 1000000", std::to_string(command.factor));
    if (!(command.probability >= 0) || command.probability > 1)
        return refused("needs a probability from 0 to 1", std::to_string(command.probability));
    if (command.lasts && *command.lasts <= Duration::zero())
        return refused("needs a duration above 0", toText(*command.lasts));
    if (plan.spec.kind == FaultKind::clockSkew && (command.by > skewMost || command.by < -skewMost))
        return refused("needs a clock that is off by 24h at most", signedText(command.by));
    plan.spec.by = command.by;
    plan.spec.instance = command.instance;
    plan.spec.factor = command.factor;
    plan.spec.probability = command.probability;
    plan.spec.count = command.count;
    return plan;
}

Result<FaultPlan> Simulation::linkFaultOf(const Command& command, FaultPlan plan) const {
    const bool one = plan.spec.kind != FaultKind::partition; // a link
    std::set<std::string_view> seen;
    std::size_t services = 0, brokers = 0; // ends that are named
    for (const std::vector<std::string>& side : command.sides) {
        for (const std::string& end : side) {
            const ServiceId service = m_model->catalogue->service(end);
            const NodeId node = m_model->catalogue->node(end);
            if (!service.valid() && !node.valid() && end != brokerEnd && end != anyEnd)
                return refused("needs the name of a service or node, \"broker\" or \"*\"", '"' + end + '"');
            services += service.valid() ? 1 : 0;
            brokers += node.valid() || end == brokerEnd ? 1 : 0;
            if (!plan.node.valid())
                plan.node = node;
            if (!seen.insert(end).second)
                return refused("needs an end that stands on no other side", '"' + end + '"');
            if (!plan.service.valid())
                plan.service = service;
        }
        if (side.empty() || (one && side.size() > 1))
            return refused(one ? "needs one end on each side" : "needs an end on each side", "");
    }
    if (plan.service.valid())
        plan.node = NodeId::none(); // where its records are
    if (one && services == 2)
        return refused("needs a service and \"broker\": services reach each other through the broker", "");
    if ((plan.spec.kind == FaultKind::lose || plan.spec.kind == FaultKind::reorder) && brokers == 2)
        return refused("needs a service at one end: nodes send again what is lost between them", "");
    if (command.sides.size() < 2 || (one && command.sides.size() > 2))
        return refused(one ? "needs two ends" : "needs two sides at least", std::to_string(command.sides.size()));
    if (!(command.probability >= 0) || command.probability > 1)
        return refused("needs a probability from 0 to 1", std::to_string(command.probability));
    if (command.by < Duration::zero() || command.by > delayMost)
        return refused("needs a delay from 0 to 24h", signedText(command.by));
    if (command.lasts && *command.lasts <= Duration::zero())
        return refused("needs a duration above 0", toText(*command.lasts));
    plan.spec.sides = command.sides;
    plan.spec.probability = command.probability;
    plan.spec.by = command.by;
    return plan;
}

Result<FaultPlan> Simulation::nodeFaultOf(const Command& command, FaultPlan plan) const {
    plan.node = m_model->catalogue->node(command.target);
    if (!plan.node.valid())
        return refused("needs the name of a node of the broker", '"' + command.target + '"');
    if (command.lasts && *command.lasts <= Duration::zero())
        return refused("needs a duration above 0", toText(*command.lasts));
    if (plan.spec.kind == FaultKind::clockSkew && (command.by > skewMost || command.by < -skewMost))
        return refused("needs a clock that is off by 24h at most", signedText(command.by));
    if (plan.spec.kind == FaultKind::slowDisk && (command.by < Duration::zero() || command.by > slowDiskMost))
        return refused("needs a time from 0 to 24h", signedText(command.by));
    if (command.pause < Duration::zero())
        return refused("needs a pause of 0 at least", signedText(command.pause));
    plan.spec.lasts = command.lasts;
    plan.spec.by = command.by;
    plan.spec.pause = command.pause;
    plan.spec.whenInSync = command.whenInSync;
    return plan;
}

Result<FaultPlan> Simulation::seekOf(const Command& command) const {
    FaultPlan plan;
    plan.spec.kind = FaultKind::seek;
    plan.channel = m_model->catalogue->channel(command.target);
    if (!plan.channel.valid() || m_model->broker->channels[plan.channel.index()].kind != ChannelKind::stream)
        return refused("needs the name of a stream", '"' + command.target + '"');
    if (!command.group.empty()) {
        for (const SubscriptionId id : m_model->broker->channels[plan.channel.index()].subscriptions)
            if (m_model->broker->subscriptions[id.index()].name == command.group)
                plan.service = m_model->catalogue->subscriptions()[id.index()].service;
        if (!plan.service.valid())
            return refused("needs the name of a service that reads the stream", '"' + command.group + '"');
    }
    const std::optional<ReadFromSpec> to = readFromText(command.to);
    if (!to)
        return refused("needs \"earliest\", \"latest\", an offset or a time of the run", '"' + command.to + '"');
    plan.spec.seek = *to;
    return plan;
}

Result<FaultPlan> Simulation::replayOf(const Command& command) const {
    FaultPlan plan;
    plan.spec.kind = FaultKind::replay;
    plan.channel = m_model->catalogue->channel(command.target);
    if (!plan.channel.valid() || !m_model->broker->channels[plan.channel.index()].archive)
        return refused("needs the name of an exchange with an archive", '"' + command.target + '"');
    if (command.name.empty())
        return refused("needs a name for the replay", "");
    if (command.until && *command.until < command.from)
        return refused("needs an end that is not before the beginning", toText(*command.until));
    const auto& routes = m_model->broker->channels[plan.channel.index()].routes;
    for (const std::string& rule : command.rules) {
        const ChannelId channel = m_model->catalogue->channel(rule);
        if (std::none_of(routes.begin(), routes.end(), [channel](const Route& route) { return route.to == channel; }))
            return refused("needs the name of a channel that is bound to " + command.target, '"' + rule + '"');
    }
    plan.spec.name = command.name;
    plan.spec.from = command.from;
    plan.spec.until = command.until;
    plan.spec.rules = command.rules;
    return plan;
}

// A command takes the place of one of its kind that is still to end by itself.
void Simulation::supersede(const FaultPlan& fault) {
    for (CommandEnd& end : m_commandEnds)
        if (sameTarget(end.fault, fault) &&
            (!fault.spec.instance || end.fault.spec.instance == fault.spec.instance))
            end.active = false;
    std::erase_if(m_faultsOn, [&](std::uint32_t index) {
        const FaultPlan& on = m_model->faults[index];
        return sameTarget(on, fault) && (!fault.spec.instance || on.spec.instance == fault.spec.instance);
    });
}

Result<JournalEntry> Simulation::applyToQueue(const Command& command, Recorder& recorder) {
    const Catalogue& catalogue = *m_model->catalogue;
    const ChannelId channel = catalogue.channel(command.target);
    if (!channel.valid() || m_model->broker->channels[channel.index()].kind != ChannelKind::queue)
        return refused("needs the name of a queue", '"' + command.target + '"');
    const SubscriptionId queue = m_model->broker->channels[channel.index()].subscriptions.front();
    const bool redrives = command.kind == CommandKind::redrive;
    const ChannelId to = redrives && !command.to.empty() ? catalogue.channel(command.to) : ChannelId::none();
    if (redrives && !command.to.empty() && !to.valid())
        return refused("needs the name of a channel to redrive to", '"' + command.to + '"');
    const std::string which = command.ordinal == 0 ? "all" : "message " + std::to_string(command.ordinal);
    if (m_broker.waiting(queue, command.ordinal) == 0)
        return refused("needs a message that waits in " + command.target, which);
    BrokerDoor asking{m_now, recorder, *this};
    if (redrives && m_broker.redrivable(queue, command.ordinal, to, asking) == 0)
        return refused(to.valid() ? "needs a binding of " + command.to + " that takes it"
                                  : "needs a channel to redrive to, since it did not die elsewhere before it came here",
                       which);
    BrokerDoor door = commandDoor(recorder);
    const BrokerReasons& reasons = m_model->broker->reasons;
    noteCommand(redrives ? reasons.redrive : reasons.discard, m_model->broker->channels[channel.index()].place, door);
    if (redrives)
        m_broker.redrive(queue, command.ordinal, to, door);
    else
        m_broker.discard(queue, command.ordinal, door);
    return JournalEntry{m_now, m_dues, command};
}

Result<JournalEntry> Simulation::applyPublish(const Command& command, Recorder& recorder) {
    Catalogue& catalogue = *m_model->catalogue;
    const ChannelId channel = catalogue.channel(command.target);
    const EventTypeId type = catalogue.eventType(command.type);
    if (!channel.valid())
        return refused("needs the name of a channel", '"' + command.target + '"');
    if (!type.valid())
        return refused("needs the name of an event type", '"' + command.type + '"');
    const std::string& routingKey = command.routingKey.empty() ? command.type : command.routingKey;
    const std::uint32_t row = catalogue.addGivenEvent(
        {.data = command.value, .key = command.key, .subject = command.subject, .routingKey = routingKey});
    if (row == Catalogue::noSlot)
        return refused("has room for no more events made by hand", "");
    BrokerDoor door = commandDoor(recorder);
    const PlaceId place = m_model->broker->channels[channel.index()].place;
    noteCommand(m_model->reasons.publish, place, door);

    Message message;
    message.ordinal = message.correlation = ++m_ordinals;
    message.published = door.now;
    message.type = type;
    message.from = place;
    message.size = command.value.isNull() ? 0 : static_cast<std::int64_t>(command.value.canonical().size());
    message.routingKey = m_broker.routes().intern(routingKey);
    if (!command.key.empty()) {
        message.keyed = true;
        message.keyHash = static_cast<std::uint32_t>(murmur2(command.key));
    }
    message.content = std::make_shared<const Content>(
        Content{.data = command.value, .partitionKey = command.key, .subject = command.subject});
    Record record;
    record.at = door.now;
    record.ordinal = message.ordinal;
    record.place = place;
    record.type = type;
    record.extra = row;
    record.attempt = Record::byHand;
    record.kind = RecordKind::published;
    door.recorder.append(record, hash64(Value(Value::List{command.value, command.key, command.subject}).canonical()));

    Broker::Publish publish;
    publish.message = m_broker.add(std::move(message));
    publish.channel = channel;
    publish.token = noHandle; // nobody waits for it
    m_broker.publish(publish, door);
    return JournalEntry{m_now, m_dues, command};
}

BrokerDoor Simulation::commandDoor(Recorder& recorder) {
    BrokerDoor door{m_now, recorder, *this};
    if (!m_begun)
        begin(door);
    return door;
}

void Simulation::noteCommand(ReasonId reason, PlaceId place, BrokerDoor& door) {
    note(RecordKind::commanded, place, reason, static_cast<std::int64_t>(++m_commands), door);
}

Result<JournalEntry> Simulation::applySet(const Command& command, Recorder& recorder) {
    Result<std::shared_ptr<const Model>> model = m_model->with(command.pointer, command.value);
    if (!model)
        return model.error();
    BrokerDoor door = commandDoor(recorder);
    noteCommand(m_model->reasons.set, placeAt(command.pointer), door);
    adopt(std::move(*model), door);
    return JournalEntry{m_now, m_dues, command};
}

// A key that was not there is taken away again, with what came along with it.
std::optional<Command> Simulation::inverseOfSet(const Command& command) const {
    const Value& document = m_model->scenario->document;
    Command inverse = command;
    inverse.value = Value();
    for (std::size_t end = command.pointer.find('/', 1);; end = command.pointer.find('/', end + 1)) {
        inverse.pointer = command.pointer.substr(0, end);
        const Value* const there = valueAt(document, inverse.pointer);
        if (!there || end == std::string::npos) {
            if (there)
                inverse.value = *there;
            return inverse;
        }
    }
}

std::optional<Command> Simulation::inverse(const Command& command) const {
    if (command.kind == CommandKind::set)
        return inverseOfSet(command);
    if (command.kind == CommandKind::redrive || command.kind == CommandKind::discard ||
        command.kind == CommandKind::publish || command.kind == CommandKind::seek ||
        command.kind == CommandKind::replay)
        return std::nullopt;
    const Result<FaultPlan> fault = faultOf(command);
    return fault ? inverseOfFault(command, *fault) : std::nullopt;
}

// As it was before: another value of the same, or the other one of a pair.
std::optional<Command> Simulation::inverseOfFault(const Command& command, const FaultPlan& fault) const {
    Command inverse{.kind = command.kind, .target = command.target, .instance = command.instance, .sides = command.sides};
    const ServiceState* const service = fault.service.valid() ? &m_services[fault.service.index()] : nullptr;
    switch (fault.spec.kind) {
    case FaultKind::crash:
        inverse.kind = command.kind == CommandKind::crash ? CommandKind::restart : CommandKind::crash;
        return inverse;
    case FaultKind::pause:
        inverse.kind = service->paused ? CommandKind::pause : CommandKind::resume;
        return inverse;
    case FaultKind::slow:
        inverse.factor = service->slow;
        return inverse;
    case FaultKind::rate: {
        const auto source = std::find_if(m_sources.begin(), m_sources.end(),
                                         [&](const SourceState& state) { return state.service == fault.service; });
        if (source != m_sources.end())
            inverse.factor = source->arrivals.factor();
        return inverse;
    }
    case FaultKind::drop:
        inverse.probability =
            service ? service->loss
                    : m_broker.loss(m_model->broker->channels[fault.channel.index()].subscriptions.front());
        return inverse;
    case FaultKind::duplicate:
        inverse.probability = m_broker.duplicates(fault.channel);
        return inverse;
    case FaultKind::nodeDown:
    case FaultKind::powerOff:
        inverse.kind = m_broker.isUp(fault.node) ? CommandKind::nodeUp : CommandKind::nodeDown;
        return inverse;
    case FaultKind::diskFull:
        inverse.kind = m_broker.isDiskStruck(fault.node) ? CommandKind::diskFull : CommandKind::diskFree;
        return inverse;
    case FaultKind::slowDisk:
        inverse.by = m_broker.slowDisk(fault.node);
        return inverse;
    case FaultKind::seek:
    case FaultKind::replay:
    case FaultKind::rollingRestart:
        return std::nullopt;
    case FaultKind::partition:
        inverse.kind = linkFault(fault.spec) ? CommandKind::partition : CommandKind::heal;
        return inverse;
    case FaultKind::delay:
    case FaultKind::reorder:
    case FaultKind::lose: {
        const FaultSpec* const before = linkFault(fault.spec);
        inverse.by = before ? before->by : Duration::zero();
        inverse.probability = before ? before->probability : 0;
        return inverse;
    }
    case FaultKind::clockSkew:
        inverse.by = service ? service->clockAhead : m_broker.clockAhead(fault.node);
        return inverse;
    case FaultKind::poison:
        inverse.count = 0;
        for (const Poison& poison : m_poisons)
            if (poison.service == fault.service && poison.type == fault.type)
                inverse.count = poison.remaining;
        return inverse;
    case FaultKind::redrive:
    case FaultKind::purge:
        break;
    }
    return std::nullopt;
}

} // namespace weir
