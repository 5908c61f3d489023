#include "core/scenario/load.h"

#include "core/scenario/channel_reader.h"
#include "core/scenario/comments.h"
#include "core/scenario/distribution_reader.h"
#include "core/scenario/event_schema_reader.h"
#include "core/scenario/left_out_faults.h"
#include "core/scenario/link_reader.h"
#include "core/scenario/names.h"
#include "core/scenario/node_reader.h"
#include "core/scenario/service_reader.h"
#include "core/scenario/stream_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace weir {
namespace {

constexpr std::int64_t messagesMost = 1'000'000'000'000;
constexpr std::int64_t copiesMost = 100'000'000;
constexpr std::size_t declaredMax = 10'000;
constexpr std::size_t placesMax = 1'000'000;
constexpr double coordinateMax = 1e6;

std::optional<EventTypeSpec> readEvent(const std::string& name, const Given& given, const std::string& folder) {
    if (!given.isTable(fields::event))
        return std::nullopt;
    EventTypeSpec event;
    event.name = name;
    given.take("title", event.title, readTitle);
    given.take("version", event.version, readText);
    given.take("key", event.key, readEventPath);
    given.take("subject", event.subject, readTextTemplate);
    given.take("dataSchema", event.dataSchema, readText);
    given.take("size", event.size, readBytes);
    given.take("data", event.data, readTemplate);
    readEventSchemas(given, folder, event);
    return event;
}

// Nothing inside: until nothing is left to do.
std::optional<std::optional<Duration>> readRunLength(const Given& given) {
    if (const std::string* text = given.value().text(); text && *text == "end")
        return std::optional<Duration>();
    const std::string* text = given.value().text();
    const auto duration = parseDuration(text ? *text : "");
    if (duration && *duration > Duration::zero() && *duration <= Distribution::durationMax)
        return std::optional(*duration);
    given.refuse("needs a duration above 0 such as \"10min\", or \"end\" to run until nothing is left to do");
    return std::nullopt;
}

RunSpec readRun(const Given& given) {
    RunSpec run;
    if (!given.isTable(fields::run))
        return run;
    given.take("seed", run.seed, wholeBetween<std::uint64_t>(0, std::numeric_limits<std::int64_t>::max()));
    given.take("for", run.lasts, readRunLength);
    given.take("warmup", run.warmup, readDuration);
    given.take("latency", run.latency, readDistribution);
    if (const auto limits = given.member("limits"); limits && limits->isTable(fields::limits)) {
        limits->take("messages", run.messagesMax, wholeBetween(1, messagesMost));
        limits->take("copies", run.copiesMax, wholeBetween(1, copiesMost));
    }
    if (run.lasts && run.warmup >= *run.lasts && given.has("warmup"))
        given.member("warmup")->refuse("needs a duration shorter than the run");
    return run;
}

// Which of a fault's kinds it is; the first key that names one.
struct FaultKey {
    std::string_view key;
    FaultKind kind;
    const FieldTable& fields;
};
constexpr FaultKey faultKeys[] = {{"crash", FaultKind::crash, fields::crash},
                                  {"pause", FaultKind::pause, fields::pause},
                                  {"slow", FaultKind::slow, fields::slow},
                                  {"rate", FaultKind::rate, fields::rateChange},
                                  {"drop", FaultKind::drop, fields::drop},
                                  {"duplicate", FaultKind::duplicate, fields::duplicate},
                                  {"poison", FaultKind::poison, fields::poison},
                                  {"redrive", FaultKind::redrive, fields::redrive},
                                  {"purge", FaultKind::purge, fields::purge},
                                  {"seek", FaultKind::seek, fields::seek},
                                  {"replay", FaultKind::replay, fields::replay},
                                  {"partition", FaultKind::partition, fields::partition},
                                  {"delay", FaultKind::delay, fields::delay},
                                  {"reorder", FaultKind::reorder, fields::reorder},
                                  {"lose", FaultKind::lose, fields::lose},
                                  {"clockSkew", FaultKind::clockSkew, fields::clockSkew},
                                  {"nodeDown", FaultKind::nodeDown, fields::nodeDown},
                                  {"powerOff", FaultKind::powerOff, fields::powerOff},
                                  {"diskFull", FaultKind::diskFull, fields::diskFull},
                                  {"slowDisk", FaultKind::slowDisk, fields::slowDisk},
                                  {"rollingRestart", FaultKind::rollingRestart, fields::rollingRestart}};

// Names are unique over channels and services; an event type that is named like a service gives way to it.
void readFaultTarget(const Given& given, const Names& names, FaultSpec& fault) {
    const std::string* const name = given.value().text();
    const auto channel = name ? names.channels.find(*name) : names.channels.end();
    const bool isChannel = channel != names.channels.end();
    const bool isService = name && names.services.contains(*name);
    if (fault.kind == FaultKind::nodeDown || fault.kind == FaultKind::powerOff || fault.kind == FaultKind::diskFull) {
        if (auto node = names.readNode(given))
            fault.node = std::move(*node);
    } else if (fault.kind == FaultKind::redrive || fault.kind == FaultKind::purge) {
        if (isChannel && (!channel->second.kind || *channel->second.kind == ChannelKind::queue))
            fault.channel = *name;
        else
            given.refuse("needs the name of a queue");
    } else if (fault.kind == FaultKind::duplicate) {
        if (auto read = names.readChannel(given))
            fault.channel = std::move(*read);
    } else if (fault.kind == FaultKind::drop) {
        const bool holds = isChannel && (!channel->second.kind || *channel->second.kind == ChannelKind::queue ||
                                         *channel->second.kind == ChannelKind::stream);
        if (holds)
            fault.channel = *name;
        else if (isService)
            fault.service = *name;
        else
            given.refuse("needs the name of a service, queue or stream");
    } else if (fault.kind == FaultKind::poison) {
        if (isService)
            fault.service = *name;
        else if (name && names.events.contains(*name))
            fault.type = *name;
        else
            given.refuse("needs the name of a service or event type");
    } else if (auto read = names.readService(given)) {
        fault.service = std::move(*read);
    }
}

FaultSpec readFault(const Given& given, const Names& names, const Scenario& scenario) {
    const std::vector<ServiceSpec>& services = scenario.services;
    FaultSpec fault;
    const auto* const found = std::find_if(std::begin(faultKeys), std::end(faultKeys),
                                           [&](const FaultKey& key) { return given.has(key.key); });
    if (!given.value().table() || found == std::end(faultKeys)) {
        given.refuse(
            "needs a fault: a table with \"at\" and one of crash, pause, slow, rate, drop, duplicate, poison, "
            "redrive, purge, seek, replay, partition, delay, reorder, lose, clockSkew, nodeDown, powerOff, diskFull, "
            "slowDisk, rollingRestart");
        return fault;
    }
    given.isTable(found->fields);
    fault.kind = found->kind;
    if (fault.kind == FaultKind::seek)
        readSeek(given, names, services, fault);
    else if (fault.kind == FaultKind::replay)
        readReplay(given, scenario.channels, fault);
    else if (fault.kind == FaultKind::clockSkew)
        readClockSkew(given, names, fault);
    else if (fault.kind == FaultKind::slowDisk)
        readSlowDisk(given, names, fault);
    else if (fault.kind == FaultKind::rollingRestart)
        readRollingRestart(given, names, fault);
    else if (fault.kind >= FaultKind::partition && fault.kind <= FaultKind::lose)
        readLinkFault(given, names, fault);
    else
        readFaultTarget(*given.member(found->key), names, fault);
    if (!given.has("at"))
        given.missing("at", "the time at which it begins");
    given.take("at", fault.at, readDuration);
    if (fault.kind == FaultKind::redrive)
        given.take("to", fault.to, [&](const Given& to) { return names.readChannel(to); });
    given.take("for", fault.lasts, readPositiveDuration);
    const bool scales = fault.kind == FaultKind::slow || fault.kind == FaultKind::rate;
    if (scales && !given.has("factor"))
        given.missing("factor", "a number");
    given.take("factor", fault.factor, numberBetween(fault.kind == FaultKind::slow ? 0.001 : 0, 1e6));
    given.take("probability", fault.probability, numberBetween(0, 1));
    given.take("count", fault.count, wholeBetween<std::uint64_t>(1, messagesMost));
    const auto service = std::find_if(services.begin(), services.end(),
                                      [&](const ServiceSpec& spec) { return spec.name == fault.service; });
    if (fault.kind == FaultKind::crash && service != services.end())
        given.take("instance", fault.instance, wholeBetween<std::uint32_t>(0, service->instances - 1));
    return fault;
}

bool isSubscription(const std::string& name, const Scenario& scenario) {
    const auto channel = std::find_if(scenario.channels.begin(), scenario.channels.end(),
                                      [&](const ChannelSpec& spec) { return spec.name == name; });
    if (channel != scenario.channels.end())
        return channel->kind == ChannelKind::queue;
    for (const ServiceSpec& service : scenario.services)
        for (const HandlerSpec& handler : service.handlers)
            for (const ChannelSpec& stream : scenario.channels)
                if (service.name == name && stream.name == handler.on && stream.kind == ChannelKind::stream)
                    return true;
    return false;
}

Expectation readExpectation(const Given& given, const Scenario& scenario) {
    Expectation expectation;
    if (const auto ledger = given.member("ledger")) {
        given.isTable(fields::ledgerClosed);
        const std::string* text = ledger->value().text();
        if (!text || *text != "closed")
            ledger->refuse("needs \"closed\"");
    } else if (given.has("that")) {
        expectation.kind = Expectation::Kind::atEnd;
        given.isTable(fields::atEnd);
        given.take("that", expectation.expression, readExpression);
    } else if (given.has("always")) {
        expectation.kind = Expectation::Kind::always;
        given.isTable(fields::always);
        given.take("always", expectation.expression, readExpression);
    } else if (const auto ordered = given.member("ordered")) {
        expectation.kind = Expectation::Kind::orderPerKey;
        given.isTable(fields::ordered);
        given.take("ordered", expectation.expression, readText);
        if (ordered->value().text() && !isSubscription(expectation.expression, scenario))
            ordered->refuse("needs a subscription: the name of a queue, or of a service that reads a stream");
    } else {
        given.refuse("needs an expectation: a table with ledger, that, always or ordered");
    }
    given.take("title", expectation.title, readTitle);
    return expectation;
}

BreakpointSpec readBreakpoint(const Given& given, const Names& names) {
    BreakpointSpec breakpoint;
    if (!given.isTable(fields::breakpoint))
        return breakpoint;
    using Kind = BreakpointSpec::Kind;
    int kinds = 0;
    const auto is = [&](std::string_view key, Kind kind) {
        if (!given.has(key))
            return false;
        breakpoint.kind = kind;
        ++kinds;
        return true;
    };
    if (is("when", Kind::when))
        given.take("when", breakpoint.text, readExpression);
    if (is("type", Kind::type))
        given.take("type", breakpoint.text, [&](const Given& type) { return names.readEvent(type); });
    if (is("metric", Kind::metric))
        given.take("metric", breakpoint.text, readExpression);
    if (is("broken", Kind::broken) && given.member("broken")->value() != Value("any"))
        given.member("broken")->refuse("needs \"any\"");
    if (is("at", Kind::at))
        given.take("at", breakpoint.at, readDuration);
    if (kinds != 1)
        given.refuse("needs one of when, type, metric, broken, at");
    given.take("enabled", breakpoint.enabled, readTruth);
    return breakpoint;
}

std::optional<Point> readPoint(const Given& given) {
    const Value::List* list = given.value().list();
    if (!list || list->size() != 2) {
        given.refuse("needs a position [x, y]");
        return std::nullopt;
    }
    const std::vector<Given> items = given.items();
    const auto x = readNumber(items[0], -coordinateMax, coordinateMax);
    const auto y = readNumber(items[1], -coordinateMax, coordinateMax);
    return x && y ? std::optional(Point{*x, *y}) : std::nullopt;
}

std::vector<std::string> nodeNames(const Scenario& scenario) {
    std::vector<std::string> nodes;
    for (const ChannelSpec& channel : scenario.channels)
        nodes.push_back(channel.name);
    for (const ServiceSpec& service : scenario.services)
        nodes.push_back(service.name);
    std::sort(nodes.begin(), nodes.end());
    return nodes;
}

std::vector<GroupSpec> readGroups(const Given& given, const std::vector<std::string>& nodes) {
    std::vector<GroupSpec> groups;
    if (!given.isTable("of groups by name"))
        return groups;
    std::map<std::string, std::string> taken; // by whom
    for (const auto& [name, inside] : given.members()) {
        GroupSpec& group = groups.emplace_back();
        group.name = name;
        if (!isName(name))
            given.complaints().add(
                {inside.pointer(), "needs a name of 1 to 200 bytes without control characters", quotedText(name)});
        else if (std::binary_search(nodes.begin(), nodes.end(), name))
            given.complaints().add({inside.pointer(), "needs a name that no channel or service has", quotedText(name)});
        if (!inside.isList("names of channels and services"))
            continue;
        for (const Given& item : inside.items()) {
            const std::optional<std::string> node = readText(item);
            if (!node)
                continue;
            if (!std::binary_search(nodes.begin(), nodes.end(), *node))
                item.refuse("needs the name of a channel or service" + suggestionOf(*node, nodes));
            else if (const auto [place, fresh] = taken.try_emplace(*node, name); !fresh)
                item.refuse("needs a node that is in no other group (it is in " + quotedText(place->second) + ")");
            else
                group.nodes.push_back(*node);
        }
    }
    return groups;
}

// Positions of nodes by name, and which groups are folded.
void readLayout(const Given& given, const std::vector<std::string>& nodes, Scenario& scenario) {
    if (!given.isTable("of positions by name"))
        return;
    for (const auto& [name, position] : given.members()) {
        const auto group = std::find_if(scenario.groups.begin(), scenario.groups.end(),
                                        [&name](const GroupSpec& known) { return known.name == name; });
        if (group != scenario.groups.end()) {
            const std::string* word = position.value().text();
            if (!word || *word != "folded")
                position.refuse("needs \"folded\": where a group stands follows from its nodes");
            else
                group->folded = true;
        } else if (!std::binary_search(nodes.begin(), nodes.end(), name)) {
            given.complaints().add({position.pointer(),
                                    "needs the name of a channel or service" + suggestionOf(name, nodes),
                                    quotedText(name)});
        } else if (const auto point = readPoint(position)) {
            scenario.layout[name] = *point;
        }
    }
}

// What a scenario declares by name.
constexpr std::pair<std::string_view, std::string_view> declarations[] = {{"events", "of event types by name"},
                                                                          {"channels", "of channels by name"},
                                                                          {"services", "of services by name"},
                                                                          {"nodes", "of nodes by name"}};

// Where one is broken, each reference to what it should declare would be one more error about the same thing.
bool declaresTables(const Given& document) {
    bool all = true;
    for (const auto& [key, what] : declarations)
        if (const auto declared = document.member(key))
            all = declared->isTable(what) && all;
    return all;
}

// Names are unique over channels and services together: a selection, a metric, a node is one of them.
void checkNames(const Given& document, const Names& names) {
    for (const auto& [key, what] : declarations) {
        const auto declared = document.member(key);
        if (!declared)
            continue;
        const auto members = declared->members();
        if (members.size() > declaredMax)
            document.complaints().add({declared->pointer(), "needs at most " + std::to_string(declaredMax) + " entries",
                                       std::to_string(members.size())});
        for (const auto& [name, inside] : members) {
            if (!isName(name))
                document.complaints().add(
                    {inside.pointer(), "needs a name of 1 to 200 bytes without control characters", quotedText(name)});
            if (key == "services" && names.channels.contains(name))
                document.complaints().add({inside.pointer(), "needs a name that no channel has", quotedText(name)});
            if (key == "nodes" && (names.channels.contains(name) || names.services.contains(name)))
                document.complaints().add(
                    {inside.pointer(), "needs a name that no channel or service has", quotedText(name)});
        }
    }
}

// What a run tells apart: channels, partitions, subscriptions, instances, and who reads which partition.
std::size_t placesOf(const Scenario& scenario) {
    std::map<std::string_view, std::size_t> partitions;
    std::size_t places = 0;
    for (const ChannelSpec& channel : scenario.channels) {
        partitions[channel.name] = channel.kind == ChannelKind::stream ? channel.partitions : 0;
        const std::size_t replicas = scenario.nodes.empty() ? 0 : channel.replicas;
        places += 2 + partitions[channel.name] * (1 + replicas) + replicas;
    }
    for (const ServiceSpec& service : scenario.services) {
        places += 1 + service.instances;
        for (const HandlerSpec& handler : service.handlers)
            places += (1 + service.instances) * (1 + partitions[handler.on]);
    }
    return places;
}

} // namespace

Result<Value> readDocument(std::string_view text) {
    if (text.size() > scenarioBytesMax)
        return Error{"", "needs at most 64 MiB", std::to_string(text.size()) + " bytes"};
    Result<std::string> plain = withoutComments(text);
    if (!plain)
        return plain.error();
    return Value::parse(*plain);
}

Result<Scenario, Errors> readScenario(const Value& document, const std::string& folder) {
    ProfiledDocument profiled = withProfiles(document);
    Complaints complaints;
    const Given given(profiled.document, "", complaints);
    Scenario scenario;
    scenario.leftOut = std::move(profiled.leftOut);
    if (!given.isTable(fields::scenario))
        return complaints.all();
    if (const auto version = given.member("weir"); !version)
        given.missing("weir", "the version of the format: \"1\"");
    else if (const std::string* text = version->value().text(); !text || *text != "1")
        version->refuse("needs \"1\", the version of the format");
    if (const auto schema = given.member("$schema")) // for editors alone
        readText(*schema);
    given.take("title", scenario.title, readTitle);
    given.take("notes", scenario.notes, readTitle);
    given.take("profile", scenario.profile, readProfile);
    if (const auto run = given.member("run"))
        scenario.run = readRun(*run);

    if (!declaresTables(given))
        return complaints.all();
    const Names names = Names::in(profiled.document);
    checkNames(given, names);
    if (const auto events = given.member("events"))
        for (const auto& [name, inside] : events->members())
            if (auto event = readEvent(name, inside, folder))
                scenario.events.push_back(std::move(*event));
    if (const auto nodes = given.member("nodes"))
        scenario.nodes = readNodes(*nodes);
    if (const auto channels = given.member("channels"))
        scenario.channels = readChannels(*channels, names);
    ServiceReader serviceReader(names);
    if (const auto services = given.member("services"))
        scenario.services = serviceReader.readServices(*services);
    for (ChannelSpec& queue : serviceReader.takeImplicitQueues())
        scenario.channels.push_back(std::move(queue));
    if (const auto links = given.member("links"))
        scenario.links = readLinks(*links, names);
    if (const auto faults = given.member("faults"); faults && faults->isList("faults")) {
        const std::vector<Given> items = faults->items();
        for (const std::size_t number : faultsKept(scenario.leftOut, items.size()))
            scenario.faults.push_back(readFault(items[number], names, scenario));
    }
    if (const auto expect = given.member("expect"); expect && expect->isList("expectations"))
        for (const Given& item : expect->items())
            scenario.expect.push_back(readExpectation(item, scenario));
    if (const auto breakpoints = given.member("breakpoints"); breakpoints && breakpoints->isList("breakpoints"))
        for (const Given& item : breakpoints->items())
            scenario.breakpoints.push_back(readBreakpoint(item, names));
    const std::vector<std::string> nodes = nodeNames(scenario);
    if (const auto groups = given.member("groups"))
        scenario.groups = readGroups(*groups, nodes);
    if (const auto layout = given.member("layout"))
        readLayout(*layout, nodes, scenario);
    if (const std::size_t places = placesOf(scenario); places > placesMax)
        complaints.add(
            {"", "needs at most 1000000 places (instances and partitions, over all handlers)", std::to_string(places)});
    if (complaints.count() > 0)
        return complaints.all();
    scenario.document = document;
    scenario.folder = folder;
    return scenario;
}

std::string folderOf(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

Result<Scenario, Errors> loadScenario(std::string_view text, const std::string& folder) {
    const Result<Value> document = readDocument(text);
    if (!document)
        return Errors{document.error()};
    return readScenario(*document, folder);
}

Result<Scenario, Errors> loadScenarioFile(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return Errors{{"", "needs a file", "a folder"}};
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (file.is_open())
        content << file.rdbuf();
    if (!file.is_open() || file.bad() || content.bad())
        return Errors{{"", "needs a file that can be read", std::strerror(errno)}};
    return loadScenario(content.view(), folderOf(path));
}

} // namespace weir
