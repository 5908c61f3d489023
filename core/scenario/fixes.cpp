#include "core/scenario/fixes.h"

#include "core/json_pointer.h"
#include "core/scenario/check.h"
#include "core/scenario/given.h"
#include "core/scenario/load.h"
#include "core/scenario/new_nodes.h"
#include "core/scenario/removal.h"

#include <algorithm>
#include <charconv>
#include <cmath> // ceil and pow, for proposals only

namespace weir {
namespace {

constexpr double comfortableLoad = 0.75; // that a proposal of workers aims at
constexpr std::int64_t retriesProposed = 3;

std::string argument(const Finding& finding, std::size_t place) {
    return place < finding.arguments.size() ? finding.arguments[place] : std::string();
}

std::optional<double> number(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end != text.data() && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

class Fixer {
  public:
    Fixer(const Finding& finding, const Document& document, const Scenario& scenario)
        : m_finding(finding), m_file(document), m_document(document.value()), m_scenario(scenario) {}

    std::vector<Fix> propose() {
        const std::string& code = m_finding.code;
        if (code == "unboundedRetry")
            boundRetries();
        else if (code == "noDeadLetter")
            keepDeadLetters();
        else if (code == "notIdempotent")
            offer("makeIdempotent", {argument(m_finding, 0)}, "Make " + argument(m_finding, 0) + " idempotent",
                  {{m_finding.where + "/idempotent", Value(true), ""}});
        else if (code == "lossyAck")
            offer("ackWhenDone", {argument(m_finding, 0)}, "Let " + argument(m_finding, 0) + " ack when it is done",
                  {{m_finding.where, Value("manual"), ""}});
        else if (code == "ackTimeoutShort")
            lengthenAckTimeout();
        else if (code == "overload" || code == "highLoad" || code == "peakLoad")
            addWorkers();
        else if (code == "deadLoop")
            breakLoop();
        else if (code == "silentSource")
            giveRate();
        else if (code == "unroutable")
            addQueueFor(argument(m_finding, 1), argument(m_finding, 2));
        else if (code == "unreadQueue")
            addConsumer();
        else if (code == "idleConsumers")
            addPartitions();
        else
            leaveOut();
        return std::move(m_fixes);
    }

  private:
    void offer(std::string code, std::vector<std::string> arguments, std::string text, std::vector<Edit> edits) {
        m_fixes.push_back({std::move(code), std::move(arguments), std::move(text), std::move(edits)});
    }

    void boundRetries() {
        const std::string& name = argument(m_finding, 0);
        offer("boundRetries", {name, std::to_string(retriesProposed)},
              "Let " + name + " retry " + std::to_string(retriesProposed) + " times at most",
              {{m_finding.where, Value(retriesProposed), ""}});
    }

    // To where others of the scenario send theirs, or to a queue of its own.
    void keepDeadLetters() {
        const std::string name = argument(m_finding, 0);
        std::vector<std::string> known;
        for (const ChannelSpec& channel : m_scenario.channels)
            if (!channel.deadLetter.empty() && channel.deadLetter != name &&
                std::find(known.begin(), known.end(), channel.deadLetter) == known.end())
                known.push_back(channel.deadLetter);
        const std::string own = freeName(deadLetterNameOf(name), takenNames(m_scenario));
        std::vector<Edit> edits =
            newNodeEdits(NodeTemplate::deadLetterQueue, own, placeBelow(m_scenario, name));
        for (Edit& edit : tieEdits(m_document, m_scenario, TieKind::deadLetter, name, own, {}))
            edits.push_back(std::move(edit));
        offer("addDeadLetter", {name, own}, "Give " + name + " a dead-letter queue, " + own, std::move(edits));
        for (const std::string& target : known)
            offer("sendDeadLetters", {name, target}, "Send the dead letters of " + name + " to " + target,
                  tieEdits(m_document, m_scenario, TieKind::deadLetter, name, target, {}));
    }

    void lengthenAckTimeout() {
        const auto needed = number(argument(m_finding, 3));
        if (!needed)
            return;
        const std::string timeout = std::to_string(static_cast<std::int64_t>(std::ceil(std::max(1.0, *needed * 3)))) + "s";
        offer("lengthenAckTimeout", {argument(m_finding, 0), timeout},
              "Let " + argument(m_finding, 0) + " wait " + timeout + " for acks",
              {{m_finding.where, Value(timeout), ""}});
    }

    // The service of the handler that the finding points at.
    const ServiceSpec* service() const {
        const auto steps = pointerSteps(m_finding.where);
        return steps && steps->size() >= 2 && steps->front() == "services" ? serviceOf(m_scenario, (*steps)[1])
                                                                           : nullptr;
    }

    void addWorkers() {
        const ServiceSpec* spec = service();
        const ChannelSpec* channel = channelOf(m_scenario, argument(m_finding, 1));
        if (!spec || !channel)
            return;
        std::optional<double> share; // of the workers that there are
        if (m_finding.code == "overload") {
            const auto need = number(argument(m_finding, 3));
            const auto have = number(argument(m_finding, 4));
            if (need && have && *have > 0)
                share = *need / *have;
        } else if (const auto percent = number(argument(m_finding, 2))) {
            share = *percent / 100;
        }
        if (!share)
            return;
        constexpr double instancesMax = 10'000;
        const double wanted = std::ceil(spec->instances * *share / comfortableLoad - 1e-9);
        if (!(wanted > spec->instances) || wanted > instancesMax)
            return;
        const auto instances = static_cast<std::int64_t>(wanted);
        std::vector<Edit> edits{{pointerOf({"services", spec->name, "instances"}), Value(instances), ""}};
        // A partition is read by one consumer.
        if (channel->isReadByPartition() && !channel->implicit && channel->partitions < instances)
            edits.push_back({pointerOf({"channels", channel->name, "partitions"}), Value(instances), ""});
        offer("raiseInstances", {spec->name, std::to_string(instances)},
              "Run " + std::to_string(instances) + " instances of " + spec->name, std::move(edits));
    }

    // What a service on the loop emits into it can be left out, or made to happen less often.
    void breakLoop() {
        const auto radius = number(argument(m_finding, 1));
        for (const ServiceSpec& emitter : m_scenario.services) {
            if (!onLoop(emitter.name))
                continue;
            for (const ChannelSpec& channel : m_scenario.channels) {
                if (!onLoop(channel.name) || channel.implicit)
                    continue;
                if (radius)
                    emitLessOften(emitter, channel.name, *radius);
                Removal removal =
                    removalOf(m_file, m_scenario, {}, {{TieKind::emit, emitter.name, channel.name}});
                if (removal.emits > 0)
                    m_severing.push_back({"stopEmitting",
                                          {emitter.name, channel.name},
                                          "Let " + emitter.name + " emit nothing to " + channel.name,
                                          std::move(removal.edits)});
            }
        }
        for (const ChannelSpec& channel : m_scenario.channels) // dead letters alone may go round
            if (onLoop(channel.name) && !channel.deadLetter.empty() && onLoop(channel.deadLetter))
                m_severing.push_back(
                    {"stopDeadLetters",
                     {channel.name, channel.deadLetter},
                     "Let " + channel.name + " send no dead letters to " + channel.deadLetter,
                     removalOf(m_file, m_scenario, {}, {{TieKind::deadLetter, channel.name, channel.deadLetter}})
                         .edits});
        std::move(m_severing.begin(), m_severing.end(), std::back_inserter(m_fixes));
    }

    bool onLoop(const std::string& node) const {
        return std::find(m_finding.names.begin(), m_finding.names.end(), node) != m_finding.names.end();
    }

    // Each emit of its handlers that stands at the top of the actions becomes one branch of a choice.
    void emitLessOften(const ServiceSpec& emitter, const std::string& channel, double radius) {
        // One of several on the way is scaled: the mean of the whole way shrinks by a root of it.
        const double hops = static_cast<double>(std::count_if(
            m_finding.names.begin(), m_finding.names.end(),
            [&](const std::string& name) { return serviceOf(m_scenario, name) != nullptr; }));
        const double share = std::pow(comfortableLoad / std::max(radius, 1.0), std::max(hops, 1.0));
        const auto percent = static_cast<std::int64_t>(std::floor(share * 100));
        if (percent < 1)
            return;
        std::vector<Edit> edits;
        for (std::size_t i = 0; i < emitter.handlers.size(); ++i) {
            const std::string handler = std::to_string(i);
            const Value* then = within(m_document, {"services", emitter.name, "handlers", handler, "then"});
            const std::string pointer = pointerOf({"services", emitter.name, "handlers", handler, "then"});
            if (!then)
                continue;
            if (emitsTo(*then, channel))
                edits.push_back({pointer, chosen(*then, percent), ""});
            else if (const Value::List* list = then->list())
                for (std::size_t j = 0; j < list->size(); ++j)
                    if (emitsTo((*list)[j], channel))
                        edits.push_back({pointer + '/' + std::to_string(j), chosen((*list)[j], percent), ""});
        }
        if (!edits.empty())
            offer("emitLessOften", {emitter.name, channel, std::to_string(percent)},
                  "Let " + emitter.name + " emit to " + channel + " " + std::to_string(percent) + " times in 100",
                  std::move(edits));
    }
    static bool emitsTo(const Value& action, const std::string& channel) {
        const Value* to = action.member("emit") ? action.member("to") : nullptr;
        return to && to->text() && *to->text() == channel;
    }
    static Value chosen(const Value& emit, std::int64_t percent) {
        return Value::Table{{"choose", Value::List{Value::Table{{"weight", percent}, {"then", emit}},
                                                   Value::Table{{"weight", 100 - percent}}}}};
    }

    void giveRate() {
        if (argument(m_finding, 1) == "never")
            offer("giveRate", {argument(m_finding, 0), "10/s"}, "Let " + argument(m_finding, 0) + " emit 10/s",
                  {{m_finding.where + "/arrivals", Value(Value::Table{{"poisson", "10/s"}}), ""}});
    }

    void addQueueFor(const std::string& exchange, const std::string& key) {
        if (key.empty() || key.find('{') != std::string::npos || !channelOf(m_scenario, exchange))
            return;
        const std::string queue = freeName(key, takenNames(m_scenario));
        Value::Table binding{{"to", exchange}};
        if (takesPattern(m_scenario, exchange))
            binding.emplace_back("pattern", key);
        std::vector<Edit> edits{
            {pointerOf({"channels", queue}),
             Value(Value::Table{{"kind", "queue"}, {"bind", Value::List{Value(std::move(binding))}}}), ""}};
        if (const auto at = placeBeside(m_scenario, exchange))
            edits.push_back(positionEdit(queue, *at));
        offer("addQueue", {queue, exchange}, "Add a queue " + queue + " bound to " + exchange, std::move(edits));
    }

    void addConsumer() {
        const std::string channel = argument(m_finding, 0);
        const std::string name = freeName(NodeTemplate::service, takenNames(m_scenario));
        std::vector<Edit> edits{
            {pointerOf({"services", name}),
             Value(Value::Table{{"handlers", Value::List{Value::Table{{"on", channel}, {"takes", "50ms"}}}}}), ""}};
        if (const auto at = placeBeside(m_scenario, channel))
            edits.push_back(positionEdit(name, *at));
        offer("addConsumer", {name, channel}, "Add a service " + name + " that reads " + channel, std::move(edits));
    }

    void addPartitions() {
        const std::string stream = argument(m_finding, 1);
        const auto consumers = number(argument(m_finding, 2));
        if (consumers)
            offer("addPartitions", {stream, argument(m_finding, 2)},
                  "Give " + stream + " " + argument(m_finding, 2) + " partitions",
                  {{m_finding.where, Value(static_cast<std::int64_t>(*consumers)), ""}});
    }

    // Without what has no effect.
    void leaveOut() {
        const std::string& code = m_finding.code;
        const bool own = m_finding.where.ends_with("/pattern"); // of a handler: another pattern is the author's choice
        if (code == "idleService")
            offer("remove", {argument(m_finding, 0)}, "Remove " + argument(m_finding, 0),
                  removalOf(m_file, m_scenario, {argument(m_finding, 0)}).edits);
        else if (code == "deadBinding" && !own)
            offer("removeBinding", {argument(m_finding, 0), argument(m_finding, 1)},
                  "Remove this binding of " + argument(m_finding, 0) + " to " + argument(m_finding, 1),
                  {{m_finding.where, std::nullopt, ""}});
        else if (code == "unusedEvent")
            offer("remove", {argument(m_finding, 0)}, "Remove " + argument(m_finding, 0),
                  {{m_finding.where, std::nullopt, ""}});
        else if (code == "lateFault")
            offer("removeFault", {argument(m_finding, 0)}, "Remove this fault of " + argument(m_finding, 0),
                  {{m_finding.where, std::nullopt, ""}});
    }

    const Finding& m_finding;
    const Document& m_file;
    const Value& m_document; // its content
    const Scenario& m_scenario;
    std::vector<Fix> m_fixes;
    std::vector<Fix> m_severing; // after those that keep more
};

// Whether after it the scenario loads and the finding is gone.
bool helps(const Fix& fix, const Finding& finding, const Document& document) {
    const Result<Document> fixed = document.with(fix.edits);
    if (!fixed)
        return false;
    const Result<Scenario, Errors> scenario = readScenario(fixed->value());
    if (!scenario)
        return false;
    const std::vector<Finding> left = check(*scenario);
    return std::none_of(left.begin(), left.end(), [&](const Finding& other) {
        return other.code == finding.code && other.names == finding.names && other.where == finding.where;
    });
}

} // namespace

bool mayHaveFix(const Finding& finding) {
    constexpr std::string_view codes[] = {
        "unboundedRetry", "noDeadLetter", "notIdempotent", "lossyAck",      "ackTimeoutShort", "overload",
        "highLoad",       "peakLoad",     "deadLoop",      "silentSource",  "unroutable",      "unreadQueue",
        "idleConsumers",  "idleService",  "deadBinding",   "unusedEvent",   "lateFault"};
    return std::find(std::begin(codes), std::end(codes), finding.code) != std::end(codes);
}

std::vector<Fix> fixesOf(const Finding& finding, const Document& document, const Scenario& scenario) {
    std::vector<Fix> fixes = Fixer(finding, document, scenario).propose();
    std::erase_if(fixes, [&](const Fix& fix) { return !helps(fix, finding, document); });
    return fixes;
}

} // namespace weir
