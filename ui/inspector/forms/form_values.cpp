#include "ui/inspector/forms/form_values.h"

#include "core/scenario/given.h"

#include <algorithm>
#include <iterator>

namespace weir {
namespace {

std::string unescaped(std::string_view part) {
    std::string name;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const bool escape = part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
        name += !escape ? part[i] : part[i + 1] == '0' ? '~' : '/';
        i += escape ? 1 : 0;
    }
    return name;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Fields that have a short form, by what it is short for.
std::string shortFormKey(const std::string& definition) {
    return definition == "failure"         ? "probability"
           : definition == "binding"       ? "to"
           : definition == "distribution"  ? "constant"
           : definition == "weightedValue" ? "value"
           : definition == "text"          ? "en"
                                           : std::string();
}

std::string firstOr(const std::vector<std::string>& names, const char* otherwise) {
    return names.empty() ? otherwise : names.front();
}

} // namespace

std::string parentOf(std::string_view pointer) {
    const std::size_t slash = pointer.rfind('/');
    return std::string(slash == std::string_view::npos ? std::string_view() : pointer.substr(0, slash));
}

std::string keyOf(std::string_view pointer) {
    const std::size_t slash = pointer.rfind('/');
    return unescaped(slash == std::string_view::npos ? pointer : pointer.substr(slash + 1));
}

Value withMember(const Value& table, const std::string& key, const std::optional<Value>& value) {
    Value::Table members;
    bool found = false;
    if (table.table())
        for (const auto& [name, member] : *table.table()) {
            if (name != key)
                members.emplace_back(name, member);
            else if (value)
                members.emplace_back(name, *value);
            found |= name == key;
        }
    if (!found && value)
        members.emplace_back(key, *value);
    return members;
}

Value unfolded(const Value& value, const std::string& definition) {
    if (value.table())
        return value;
    const std::string key = shortFormKey(definition);
    if (key.empty() || value.truth() || value.isNull())
        return Value(Value::Table{});
    return Value(Value::Table{{key, value}});
}

const std::vector<std::string>& keysOfKind(const std::string& definition) {
    static const std::vector<std::pair<std::string, std::vector<std::string>>> keys{
        {"crash", {"crash"}},
        {"pause", {"pause"}},
        {"slow", {"slow"}},
        {"rateChange", {"rate"}},
        {"drop", {"drop"}},
        {"duplicate", {"duplicate"}},
        {"poison", {"poison"}},
        {"redrive", {"redrive"}},
        {"purge", {"purge"}},
        {"nodeDown", {"nodeDown"}},
        {"powerOff", {"powerOff"}},
        {"diskFull", {"diskFull"}},
        {"slowDisk", {"slowDisk"}},
        {"rollingRestart", {"rollingRestart"}},
        {"seek", {"seek"}},
        {"ledgerClosed", {"ledger"}},
        {"partition", {"partition"}},
        {"delay", {"delay"}},
        {"reorder", {"reorder"}},
        {"lose", {"lose"}},
        {"clockSkew", {"clockSkew"}},
        {"atEnd", {"that"}},
        {"always", {"always"}},
        {"ordered", {"ordered"}},
        {"emit", {"emit"}},
        {"reserve", {"reserve"}},
        {"release", {"release"}},
        {"add", {"add"}},
        {"fill", {"fill"}},
        {"set", {"set"}},
        {"choose", {"choose"}},
        {"condition", {"if"}},
    };
    static const std::vector<std::string> none;
    for (const auto& [kind, words] : keys)
        if (kind == definition)
            return words;
    return none;
}

std::string definitionOf(const Value& value, const std::vector<std::string>& definitions) {
    if (definitions.empty())
        return {};
    for (const std::string& definition : definitions)
        for (const std::string& key : keysOfKind(definition))
            if (value.member(key))
                return definition;
    return definitions.front();
}

const std::vector<std::string>& actionDefinitions() {
    static const std::vector<std::string> kinds{"emit", "reserve", "release", "add",
                                                "fill", "set",     "choose",  "condition"};
    return kinds;
}

std::string actionDefinition(const Value& value) {
    for (const std::string& kind : actionDefinitions())
        if (value.member(keysOfKind(kind).front()))
            return kind;
    return {};
}

std::vector<Edit> editsFor(const Value& document, const std::string& container, const std::string& definition,
                           const std::string& key, const std::optional<Value>& value) {
    const Value* const there = valueAt(document, container);
    if (there && !there->table())
        return {
            Edit{.pointer = container, .value = withMember(unfolded(*there, definition), key, value), .newName = {}}};
    const std::string pointer = pointerTo(container, key);
    if (!value && !valueAt(document, pointer))
        return {};
    return {Edit{.pointer = pointer, .value = value, .newName = {}}};
}

std::vector<Edit> differences(const Value& before, const Value& after, const std::string& pointer) {
    std::vector<Edit> edits;
    const auto append = [&edits](std::vector<Edit> more) {
        edits.insert(edits.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    };
    if (before == after)
        return edits;
    if (before.table() && after.table()) {
        for (const auto& [name, value] : *before.table())
            if (!after.member(name))
                edits.push_back({.pointer = pointerTo(pointer, name), .value = std::nullopt, .newName = {}});
        for (const auto& [name, value] : *after.table())
            if (const Value* const there = before.member(name))
                append(differences(*there, value, pointerTo(pointer, name)));
            else
                edits.push_back({.pointer = pointerTo(pointer, name), .value = value, .newName = {}});
        return edits;
    }
    if (before.list() && after.list() && before.list()->size() == after.list()->size()) {
        for (std::size_t i = 0; i < before.list()->size(); ++i)
            append(differences((*before.list())[i], (*after.list())[i], pointer + '/' + std::to_string(i)));
        return edits;
    }
    return {Edit{.pointer = pointer, .value = after, .newName = {}}};
}

const std::vector<Variant>& variantsOf(const std::string& definition) {
    static const std::vector<Variant> none;
    static const std::vector<Variant> arrivals{
        {"poisson", {"poisson"}}, {"rate", {"rate"}},         {"every", {"every"}},
        {"bursts", {"bursts"}},   {"schedule", {"schedule"}}, {"users", {"users"}},
        {"times", {"times"}},     {"gaps", {"gaps"}},         {"saturated", {"saturated"}}};
    static const std::vector<Variant> distribution{{"constant", {"constant"}},
                                                   {"uniform", {"uniform"}},
                                                   {"exponential", {"exponential"}},
                                                   {"normal", {"normal"}},
                                                   {"lognormalShape", {"lognormal"}},
                                                   {"erlang", {"erlang"}},
                                                   {"gamma", {"gamma"}},
                                                   {"weibullShape", {"weibull"}},
                                                   {"paretoShape", {"pareto"}},
                                                   {"hyperexponential", {"hyperexponential"}},
                                                   {"empirical", {"empirical"}},
                                                   {"quantiles", {"quantiles"}}};
    static const std::vector<Variant> lognormal{
        {"", {"mean", "p99"}},   {"", {"mean", "p90"}},   {"", {"mean", "p95"}},
        {"", {"mean", "p999"}},  {"", {"mean", "sd"}},    {"", {"median", "p99"}},
        {"", {"median", "p90"}}, {"", {"median", "p95"}}, {"", {"median", "p999"}}};
    static const std::vector<Variant> weibull{{"", {"mean"}}, {"", {"scale"}}};
    static const std::vector<Variant> pareto{{"", {"mean"}}, {"", {"min"}}};
    return definition == "arrivals"       ? arrivals
           : definition == "distribution" ? distribution
           : definition == "lognormal"    ? lognormal
           : definition == "weibull"      ? weibull
           : definition == "pareto"       ? pareto
                                          : none;
}

std::size_t variantIn(const Value& value, const std::string& definition) {
    const std::vector<Variant>& all = variantsOf(definition);
    const Value table = unfolded(value, definition);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (std::all_of(all[i].keys.begin(), all[i].keys.end(),
                        [&table](const std::string& key) { return table.member(key); }))
            return i;
    return 0;
}

NamesAtHand namesAtHand(const Value& document, const std::string& pointer) {
    NamesAtHand names;
    const auto all = [&document](const char* group, std::vector<std::string>& into) {
        if (const Value* const table = document.member(group); table && table->table())
            for (const auto& [name, value] : *table->table())
                into.push_back(name);
    };
    all("events", names.eventTypes);
    all("services", names.services);
    names.consumers = names.services;
    all("nodes", names.nodes);
    all("channels", names.channels);
    for (const std::string& channel : names.channels) {
        const Value* const kind = document.member("channels")->member(channel)->member("kind");
        const std::string word = kind && kind->text() ? *kind->text() : std::string();
        if (word == "topic" || word == "exchange")
            names.exchanges.push_back(channel);
        else
            names.consumers.push_back(channel);
        if (word == "queue")
            names.subscriptions.push_back(channel);
    }
    // Who reads a topic or a stream is a subscription of its own.
    for (const std::string& service : names.services) {
        const Value* const handlers = document.member("services")->member(service)->member("handlers");
        if (!handlers || !handlers->list())
            continue;
        for (const Value& handler : *handlers->list()) {
            const Value* const on = handler.member("on");
            if (!on || !on->text())
                continue;
            const std::string subscription = *on->text() + '/' + service;
            if (!has(names.subscriptions, *on->text()) && has(names.channels, *on->text()) &&
                !has(names.subscriptions, subscription))
                names.subscriptions.push_back(subscription);
        }
    }
    // The tables of the service that the place belongs to.
    std::string place = pointer;
    while (!place.empty() && parentOf(place) != "/services")
        place = parentOf(place);
    if (const Value* const service = place.empty() ? nullptr : valueAt(document, place))
        if (const Value* const state = service->member("state"); state && state->table())
            for (const auto& [name, value] : *state->table())
                names.stateTables.push_back(name);
    return names;
}

Value newValue(const std::string& definition, const NamesAtHand& names) {
    using Table = Value::Table;
    const std::string type = firstOr(names.eventTypes, "event");
    const std::string channel = firstOr(names.channels, "channel");
    const std::string service = firstOr(names.services, "service");
    const std::string state = firstOr(names.stateTables, "table");
    const Value emit(Table{{"emit", type}, {"to", channel}});
    if (definition == "binding")
        return Table{{"to", firstOr(names.exchanges, "topic")}};
    if (definition == "source")
        return Table{{"emit", type}, {"to", channel}, {"arrivals", Table{{"poisson", "1/s"}}}};
    if (definition == "handler")
        return Table{{"on", channel}, {"takes", "10ms"}};
    if (definition == "failure")
        return Table{{"probability", *Decimal::parse("0.01")}};
    if (definition == "arrivals")
        return Table{{"poisson", "1/s"}};
    if (definition == "emit")
        return emit;
    if (definition == "reserve" || definition == "release")
        return Table{{definition, state}};
    if (definition == "add")
        return Table{{"add", state}, {"key", "{event.type}"}};
    if (definition == "fill")
        return Table{{"fill", state}, {"to", Table{}}};
    if (definition == "set")
        return Table{{"set", state}, {"key", "{event.id}"}, {"to", "DONE"}};
    if (definition == "choose")
        return Table{{"choose", Value::List{Table{{"weight", 1}, {"then", Value::List{}}}}}};
    if (definition == "branch")
        return Table{{"weight", 1}, {"then", Value::List{}}};
    if (definition == "condition")
        return Table{{"if", "type = '" + type + "'"}, {"then", Value::List{}}};
    if (definition == "crash")
        return Table{{"at", "1min"}, {"crash", service}, {"for", "10s"}};
    if (definition == "pause")
        return Table{{"at", "1min"}, {"pause", service}, {"for", "10s"}};
    if (definition == "slow" || definition == "rateChange")
        return Table{{"at", "1min"}, {definition == "slow" ? "slow" : "rate", service}, {"factor", 2}, {"for", "10s"}};
    if (definition == "drop" || definition == "duplicate")
        return Table{{"at", "1min"},
                     {definition, definition == "drop" ? service : channel},
                     {"probability", *Decimal::parse("0.1")},
                     {"for", "10s"}};
    if (definition == "poison")
        return Table{{"at", "1min"}, {"poison", service}, {"count", 1}};
    if (definition == "redrive" || definition == "purge")
        return Table{{"at", "1min"}, {definition, channel}};
    if (definition == "slowDisk")
        return Table{{"at", "1min"}, {"slowDisk", firstOr(names.nodes, "node")}, {"by", "200ms"}, {"for", "30s"}};
    if (definition == "rollingRestart")
        return Table{{"at", "1min"}, {"rollingRestart", firstOr(names.nodes, "node")}, {"for", "10s"}, {"wait", "5s"}};
    if (definition == "nodeDown" || definition == "powerOff" || definition == "diskFull")
        return Table{{"at", "1min"}, {definition, firstOr(names.nodes, "node")}, {"for", "30s"}};
    if (definition == "batch")
        return Table{{"max", 10}};
    if (definition == "seek")
        return Table{{"at", "1min"}, {"seek", channel}, {"to", "earliest"}};
    const Value ends(Value::List{service, "broker"});
    if (definition == "link")
        return Table{{"between", ends}, {"latency", "5ms"}};
    if (definition == "partition")
        return Table{
            {"at", "1min"}, {"partition", Value::List{Value::List{service}, Value::List{"broker"}}}, {"for", "10s"}};
    if (definition == "delay")
        return Table{{"at", "1min"}, {"delay", ends}, {"by", "200ms"}, {"for", "10s"}};
    if (definition == "reorder" || definition == "lose")
        return Table{{"at", "1min"}, {definition, ends}, {"probability", *Decimal::parse("0.1")}, {"for", "10s"}};
    if (definition == "clockSkew")
        return Table{{"at", "1min"}, {"clockSkew", service}, {"by", "5s"}, {"for", "10s"}};
    if (definition == "ledgerClosed")
        return Table{{"ledger", "closed"}};
    if (definition == "atEnd" || definition == "always")
        return Table{
            {definition == "atEnd" ? "that" : "always", "metric('channel', '" + channel + "', 'waitP99') < 1s"}};
    if (definition == "ordered")
        return Table{{"ordered", firstOr(names.subscriptions, "queue")}};
    return Table{}; // limits, retention, retry, own queue, text: what is left out has a default
}

} // namespace weir
