#include "core/scenario/topology.h"

#include "core/broker/listener_order.h"
#include "core/broker/route_compiler.h"
#include "core/expression/expression.h"
#include "core/scenario/by_name.h"
#include "core/scenario/given.h"
#include "core/services/event_path.h"
#include "core/services/template.h"

#include <algorithm>

namespace weir {
namespace {

// Knows the type of an event and notices when anything else is asked.
class TypeSubject final : public Subject {
  public:
    explicit TypeSubject(std::string_view type) : m_type(type) {}

    Datum field(Field field) const override {
        if (field == Field::type)
            return Datum::text(m_type);
        return unknown();
    }
    Datum attribute(std::string_view) const override { return unknown(); }
    const Value* data() const override {
        unknown();
        return nullptr;
    }
    Datum metric(const MetricName&) const override { return unknown(); }
    Datum state(const StateName&) const override { return unknown(); }

    bool askedMore() const { return m_askedMore; }

  private:
    Datum unknown() const {
        m_askedMore = true;
        return {};
    }
    std::string_view m_type;
    mutable bool m_askedMore = false;
};

Amount otherwise(const Amount& chance) {
    return {1 - chance.most, 1 - chance.likely, 1 - chance.sure};
}

// Chances that actions change the state of their service.
class ChangeChance {
  public:
    explicit ChangeChance(const std::string& type) : m_type(type) {}

    Amount of(const std::shared_ptr<Actions>& actions) const { return actions ? of(*actions) : Amount{}; }
    Amount of(const Actions& actions) const {
        Amount unchanged{1, 1, 1};
        for (const Action& action : actions)
            unchanged = unchanged * otherwise(of(action));
        return otherwise(unchanged);
    }
    Amount of(const Action& action) const {
        return std::visit([this](const auto& what) { return visit(what); }, action.what);
    }

  private:
    static Amount visit(const EmitAction&) { return {}; }
    static Amount visit(const AddAction&) { return {1, 1, 1}; }
    template <class Change> static Amount visit(const Change&) { return {0, 1, 1}; } // as a rule
    Amount visit(const ChooseAction& choose) const {
        double sum = 0;
        for (const ChooseAction::Branch& branch : choose.branches)
            sum += branch.weight;
        Amount all;
        for (const ChooseAction::Branch& branch : choose.branches)
            all += of(branch.then) * (branch.weight / sum);
        return all;
    }
    Amount visit(const IfAction& condition) const {
        const Amount chance = Topology::chance(condition.condition, m_type);
        Amount all = of(condition.then) * chance;
        all += of(condition.orElse) * otherwise(chance);
        return all;
    }

    const std::string& m_type;
};

class EmissionCollector {
  public:
    explicit EmissionCollector(const std::string& type) : m_type(type), m_changes(type) {}

    std::vector<Topology::Emission> emissions;

    void collect(const Actions& actions) { collect(actions, {1, 1, 1}, {}); }

  private:
    // The chances that nothing changed the state before, and that something does afterwards.
    struct Around {
        Amount unchanged{1, 1, 1};
        Amount changes;
    };

    void collect(const std::shared_ptr<Actions>& actions, Amount times, const Around& around) {
        if (actions)
            collect(*actions, times, around);
    }
    void collect(const Actions& actions, Amount times, const Around& around) {
        Amount unchanged = around.unchanged;
        for (std::size_t i = 0; i < actions.size(); ++i) {
            Amount stays = otherwise(around.changes);
            for (std::size_t later = i + 1; later < actions.size(); ++later)
                stays = stays * otherwise(m_changes.of(actions[later]));
            const Around here{unchanged, otherwise(stays)};
            std::visit([&](const auto& what) { visit(what, times, here); }, actions[i].what);
            unchanged = unchanged * otherwise(m_changes.of(actions[i]));
        }
    }

    void visit(const EmitAction& emit, Amount times, const Around& around) {
        emissions.push_back({&emit, times, times * around.unchanged * around.changes});
    }
    // It succeeds as a rule: what follows is sure, the other way only possible.
    void visit(const ReserveAction& reserve, Amount times, const Around& around) {
        collect(reserve.orElse, {0, 0, times.most}, around);
    }
    template <class Change> void visit(const Change&, Amount, const Around&) {}
    void visit(const ChooseAction& choose, Amount times, const Around& around) {
        double sum = 0;
        for (const ChooseAction::Branch& branch : choose.branches)
            sum += branch.weight;
        for (const ChooseAction::Branch& branch : choose.branches)
            collect(branch.then, times * (branch.weight / sum), around);
    }
    void visit(const IfAction& condition, Amount times, const Around& around) {
        const Amount chance = Topology::chance(condition.condition, m_type);
        collect(condition.then, times * chance, around);
        collect(condition.orElse, times * otherwise(chance), around);
    }

    const std::string& m_type;
    ChangeChance m_changes;
};

} // namespace

Topology::Topology(const Scenario& scenario)
    : m_scenario(scenario), m_ofChannel(scenario.channels.size()), m_routes(scenario.channels.size()),
      m_deadLetterTarget(scenario.channels.size()), m_passed(scenario.channels.size()),
      m_reached(scenario.channels.size()) {
    for (std::size_t i = 0; i < scenario.channels.size(); ++i)
        m_channels.emplace(scenario.channels[i].name, i);
    std::vector<std::vector<HandlerAt>> handlersOn(scenario.channels.size());
    for (std::size_t s = 0; s < scenario.services.size(); ++s)
        for (std::size_t h = 0; h < scenario.services[s].handlers.size(); ++h)
            if (const auto on = channel(scenario.services[s].handlers[h].on))
                handlersOn[*on].push_back({s, h});
    for (std::size_t i = 0; i < scenario.channels.size(); ++i) {
        const ChannelSpec& spec = scenario.channels[i];
        if (const auto target = channel(spec.deadLetter))
            m_deadLetterTarget[*target] = 1;
        if (const auto target = spec.retry ? channel(spec.retry->through) : std::nullopt)
            m_deadLetterTarget[*target] = 1;
        const auto add = [&](std::string name, std::vector<HandlerAt> handlers) {
            m_ofChannel[i].push_back(m_subscriptions.size());
            m_subscriptions.push_back({std::move(name), i, std::move(handlers)});
        };
        if (spec.kind == ChannelKind::queue)
            add(spec.name, handlersOn[i]);
        for (std::size_t from = 0; spec.kind == ChannelKind::stream && from < handlersOn[i].size();) {
            std::size_t to = from;
            while (to < handlersOn[i].size() && handlersOn[i][to].service == handlersOn[i][from].service)
                ++to;
            add(scenario.services[handlersOn[i][from].service].name,
                {handlersOn[i].begin() + static_cast<std::ptrdiff_t>(from),
                 handlersOn[i].begin() + static_cast<std::ptrdiff_t>(to)});
            from = to;
        }
        m_passed[i].resize(spec.bindings.size());
    }
    addRoutes();
}

// In the order in which a broker follows them: whether a queue gets another copy may hang on who led to it before.
void Topology::addRoutes() {
    for (const ChannelSpec* const to : byName(m_scenario.channels))
        for (std::size_t b = 0; b < to->bindings.size(); ++b) {
            const BindingSpec& binding = to->bindings[b];
            const auto from = channel(binding.to);
            if (!from)
                continue;
            const ChannelSpec& exchange = m_scenario.channels[*from];
            Route route{.to = static_cast<std::size_t>(to - m_scenario.channels.data()),
                        .binding = b,
                        .pattern = std::nullopt,
                        .takesAll = true,
                        .asksMore = false,
                        .prepended = binding.prepend};
            if (const auto dialect = patternDialect(exchange)) {
                route.takesAll = dialect->kind != DialectKind::rabbitmqDirect &&
                                 binding.pattern == patternOfEverything(dialect->kind);
                Result<Pattern> pattern = Pattern::compile(*dialect, std::string_view(binding.pattern));
                if (!pattern)
                    continue; // cannot be in what was loaded
                route.pattern = std::move(*pattern);
            }
            route.asksMore = picksOne(exchange.exchangeType) || !binding.where.empty() || !binding.event.isNull() ||
                             (binding.headers.table() && !binding.headers.table()->empty()) ||
                             exchange.senderSelected || binding.noLocal ||
                             (route.pattern && !route.pattern->sharedGroup().empty());
            m_routes[*from].push_back(std::move(route));
        }
    for (std::size_t i = 0; i < m_routes.size(); ++i)
        if (m_scenario.channels[i].copyOrder == CopyOrder::specific)
            sortAsListeners(m_routes[i]);
}

std::optional<std::size_t> Topology::channel(std::string_view name) const {
    const auto found = m_channels.find(name);
    return found == m_channels.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Topology::Target> Topology::route(std::size_t channel, const std::optional<std::string>& key) {
    std::vector<Target> targets;
    std::vector<char> seen(m_scenario.channels.size());
    follow(channel, key, {.sure = true, .again = false}, seen, targets);
    const auto doubtful = static_cast<double>(
        std::count_if(targets.begin(), targets.end(), [](const Target& target) { return target.share.sure == 0; }));
    for (Target& target : targets)
        if (target.share.sure == 0)
            target.share.likely = 1 / doubtful;
    return targets;
}

void Topology::follow(std::size_t channel, const std::optional<std::string>& key, Way way, std::vector<char>& seen,
                      std::vector<Target>& targets) {
    const ChannelSpec& spec = m_scenario.channels[channel];
    const bool keeps = spec.kind == ChannelKind::queue || spec.kind == ChannelKind::stream;
    if (seen[channel] && !(keeps && way.again))
        return;
    seen[channel] = 1;
    m_reached[channel] = 1;
    if (keeps) {
        targets.push_back({channel, way.sure ? Amount{1, 1, 1} : Amount{0, 0, 1}});
        return;
    }
    bool certain = false; // somebody takes it in any case, so that nothing is left for the alternate
    for (const Route& route : m_routes[channel]) {
        if (key && route.pattern && !spec.senderSelected && !route.pattern->matches(std::string_view(*key)))
            continue;
        m_passed[route.to][route.binding] = 1;
        const bool takes = (key || route.takesAll) && !route.asksMore;
        certain = certain || takes || picksOne(spec.exchangeType);
        follow(route.to, key, {way.sure && takes, spec.overlap == Overlap::subscription}, seen, targets);
    }
    if (const auto alternate = this->channel(spec.alternate); alternate && !certain)
        follow(*alternate, key, {way.sure && m_routes[channel].empty(), false}, seen, targets);
}

double Topology::laterThan(double limit, double mean, double variance) {
    const double beyond = limit - mean;
    return beyond > 0 ? variance / (variance + beyond * beyond) : 1;
}

const LinkSpec* Topology::linkOf(std::size_t service) const {
    const auto link = std::find_if(m_scenario.links.begin(), m_scenario.links.end(), [&](const LinkSpec& spec) {
        return spec.isBetween(m_scenario.services[service].name, brokerEnd);
    });
    return link == m_scenario.links.end() ? nullptr : &*link;
}

std::optional<Distribution> Topology::hopOf(std::size_t service) const {
    const LinkSpec* const link = linkOf(service);
    return link && link->latency ? link->latency : m_scenario.run.latency;
}

std::optional<Distribution> Topology::slowestNodeHop() const {
    std::optional<Distribution> slowest;
    for (const NodeSpec& one : m_scenario.nodes)
        for (const NodeSpec& other : m_scenario.nodes) {
            const auto link = std::find_if(m_scenario.links.begin(), m_scenario.links.end(), [&](const LinkSpec& spec) {
                return spec.latency && spec.isBetweenNodes(one.name, other.name);
            });
            const std::optional<Distribution>& hop =
                link == m_scenario.links.end() ? m_scenario.run.latency : link->latency;
            if (one.name != other.name && hop && (!slowest || hop->mean() > slowest->mean()))
                slowest = hop;
        }
    return slowest;
}

bool Topology::isReplicated(const EmitAction& emit) {
    const auto to = channel(emit.to);
    if (!to || m_scenario.nodes.empty())
        return false;
    const std::vector<Target> targets = route(*to, routingKey(emit));
    return std::any_of(targets.begin(), targets.end(),
                       [this](const Target& target) { return m_scenario.channels[target.channel].replicas > 1; });
}

std::int64_t Topology::bytesOf(const EmitAction& emit) const {
    const auto type = std::find_if(m_scenario.events.begin(), m_scenario.events.end(),
                                   [&](const EventTypeSpec& event) { return event.name == emit.type; });
    const bool known = type != m_scenario.events.end();
    if (known && type->size)
        return type->size->count;
    const Value& data = emit.data || !known ? emit.data.value_or(Value()) : type->data;
    return data.isNull() ? 0 : static_cast<std::int64_t>(data.canonical().size());
}

double Topology::answersWithin(double limit, std::size_t service, const EmitAction& emit) {
    const ConfirmSpec confirm = emit.confirm.value_or(ConfirmSpec());
    double mean = 0, variance = 0;
    const auto take = [&](const std::optional<Distribution>& time, double times) {
        mean += time ? times * time->mean() : 0;
        variance += time ? times * time->variance() : 0;
    };
    const LinkSpec* const link = linkOf(service);
    take(hopOf(service), link ? 2 + 2 * link->access.roundTrips : 2);
    if (link) {
        take(link->access.publish, 1);
        take(link->access.ack, 1);
        if (link->bandwidth)
            mean += static_cast<double>(bytesOf(emit) + 2 * link->access.overhead.count) /
                    static_cast<double>(link->bandwidth->count);
    }
    if (confirm.acks == Acks::all && isReplicated(emit))
        take(slowestNodeHop(), 2);
    const double late = mean > 0 ? laterThan(limit, mean, variance) : 0;
    const double arrives = link ? (1 - link->loss) * (1 - link->loss) : 1;
    return (1 - late) * (1 - confirm.lost) * arrives;
}

std::vector<Topology::Emission> Topology::emissions(const Actions& actions, const std::string& type) const {
    EmissionCollector collector(type);
    collector.collect(actions);
    return std::move(collector.emissions);
}

std::optional<std::string> Topology::routingKey(const EmitAction& emit) {
    const auto compiled = Template::compile(Value(emit.routingKey.empty() ? emit.type : emit.routingKey));
    if (!compiled || !compiled->isConstant())
        return std::nullopt;
    std::string key;
    appendPlainText(key, compiled->constant());
    return key;
}

Amount Topology::chance(const std::string& expression, const std::string& type) {
    if (expression.empty())
        return {1, 1, 1};
    const auto parsed = Expression::parse(expression);
    if (!parsed)
        return {0, 0.5, 1};
    const TypeSubject subject(type);
    const bool holds = parsed->holds(subject);
    if (subject.askedMore())
        return {0, 0.5, 1};
    return holds ? Amount{1, 1, 1} : Amount{};
}

std::string Topology::pointer(HandlerAt at) const {
    return pointerTo("/services", m_scenario.services[at.service].name) + "/handlers/" + std::to_string(at.handler);
}

std::string Topology::sourcePointer(std::size_t service, std::size_t source) const {
    return pointerTo("/services", m_scenario.services[service].name) + "/sources/" + std::to_string(source);
}

std::string Topology::channelPointer(std::size_t channel) const {
    const ChannelSpec& spec = m_scenario.channels[channel];
    if (!spec.implicit)
        return pointerTo("/channels", spec.name);
    for (const std::size_t subscription : m_ofChannel[channel])
        if (!m_subscriptions[subscription].handlers.empty())
            return pointer(m_subscriptions[subscription].handlers.front());
    return "/channels";
}

} // namespace weir
