#include "core/scenario/ties.h"

#include "core/broker/pattern.h"
#include "core/scenario/given.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace weir {
namespace {

bool routes(const ChannelSpec& channel) {
    return channel.kind == ChannelKind::exchange || channel.kind == ChannelKind::topic;
}

bool isDirect(const ChannelSpec& channel) {
    return channel.kind == ChannelKind::exchange && channel.exchangeType == ExchangeType::direct;
}

bool isFanout(const ChannelSpec& channel) {
    return channel.kind == ChannelKind::exchange && channel.exchangeType == ExchangeType::fanout;
}

// Whether what is published to `from` may come to `to` over bindings.
bool leadsTo(const Scenario& scenario, std::string_view from, std::string_view to, std::set<std::string>& seen) {
    for (const ChannelSpec& channel : scenario.channels)
        for (const BindingSpec& binding : channel.bindings)
            if (binding.to == from && seen.insert(channel.name).second &&
                (channel.name == to || leadsTo(scenario, channel.name, to, seen)))
                return true;
    return false;
}

// Whether a binding to the exchange passes everything, so that a second one would change nothing.
bool takesAll(const ChannelSpec& channel, const ChannelSpec& exchange) {
    return std::any_of(channel.bindings.begin(), channel.bindings.end(), [&](const BindingSpec& binding) {
        return binding.to == exchange.name && !isDirect(exchange) &&
               binding.pattern == patternOfEverything(exchange.dialect);
    });
}

TieOffer refused(NoTie why) {
    return {std::nullopt, why};
}

TieOffer fromExchange(const Scenario& scenario, const ChannelSpec& exchange, const ChannelSpec& to) {
    if (to.implicit)
        return refused(NoTie::ownQueue);
    std::set<std::string> seen;
    if (leadsTo(scenario, to.name, exchange.name, seen))
        return refused(NoTie::circle);
    return takesAll(to, exchange) ? refused(NoTie::alreadyTied) : TieOffer{TieKind::bind, {}};
}

TieOffer toService(const Scenario& scenario, const ServiceSpec& service, const ChannelSpec& from) {
    if (from.implicit)
        return refused(NoTie::ownQueue);
    const bool handles = std::any_of(service.handlers.begin(), service.handlers.end(), [&](const HandlerSpec& handler) {
        const ChannelSpec* own = channelOf(scenario, handler.on);
        return handler.on == from.name || (own && own->implicit && takesAll(*own, from));
    });
    return handles ? refused(NoTie::alreadyTied) : TieOffer{TieKind::handle, {}};
}

template <class Visit> void forEachEmit(const Actions& actions, const Visit& visit);
template <class Visit> void forEachEmit(const std::shared_ptr<Actions>& actions, const Visit& visit) {
    if (actions)
        forEachEmit(*actions, visit);
}
template <class Visit> void forEachEmit(const Actions& actions, const Visit& visit) {
    for (const Action& action : actions) {
        if (const auto* emit = std::get_if<EmitAction>(&action.what)) {
            visit(*emit);
        } else if (const auto* reserve = std::get_if<ReserveAction>(&action.what)) {
            forEachEmit(reserve->orElse, visit);
        } else if (const auto* choose = std::get_if<ChooseAction>(&action.what)) {
            for (const ChooseAction::Branch& branch : choose->branches)
                forEachEmit(branch.then, visit);
        } else if (const auto* condition = std::get_if<IfAction>(&action.what)) {
            forEachEmit(condition->then, visit);
            forEachEmit(condition->orElse, visit);
        }
    }
}

// The routing key of the first event that some service publishes there; the first event of all where nobody does.
std::string likelyKey(const Scenario& scenario, std::string_view exchange) {
    std::string key;
    const auto look = [&](const EmitAction& emit) {
        if (key.empty() && emit.to == exchange && emit.routingKey.find('{') == std::string::npos)
            key = emit.routingKey.empty() ? emit.type : emit.routingKey;
    };
    for (const ServiceSpec& service : scenario.services) {
        for (const SourceSpec& source : service.sources)
            forEachEmit(source.then, look);
        for (const HandlerSpec& handler : service.handlers)
            forEachEmit(handler.then, look);
    }
    if (key.empty())
        key = scenario.events.empty() ? "key" : scenario.events.front().name;
    return key;
}

// The first source that does nothing yet.
std::optional<std::size_t> idleSource(const ServiceSpec& service) {
    const auto found = std::find_if(service.sources.begin(), service.sources.end(),
                                    [](const SourceSpec& source) { return source.then.empty(); });
    if (found == service.sources.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - service.sources.begin());
}

Edit emitFromSource(const Value& document, const ServiceSpec& service, Value::Table emit) {
    if (const auto idle = idleSource(service)) { // one that waits for its target
        const std::string number = std::to_string(*idle);
        const Value* sources = within(document, {"services", service.name, "sources"});
        const Value& source = (*sources->list())[*idle];
        for (const Value::Member& member : *source.table())
            if (member.first != "then")
                emit.push_back(member);
        return {pointerOf({"services", service.name, "sources", number}), Value(std::move(emit)), ""};
    }
    emit.emplace_back("arrivals", Value::Table{{"poisson", "10/s"}});
    return appended({"services", service.name, "sources"}, Value(std::move(emit)));
}

Edit emitFromHandler(const Value& document, const ServiceSpec& service, std::size_t handler, Value::Table emit) {
    const std::string number = std::to_string(handler);
    const Value& given = (*within(document, {"services", service.name, "handlers"})->list())[handler];
    const Value* then = given.member("then");
    const std::string pointer = pointerOf({"services", service.name, "handlers", number, "then"});
    if (!then || (then->list() && then->list()->empty()))
        return {pointer, Value(std::move(emit)), ""};
    if (then->list())
        return {pointer + "/-", Value(std::move(emit)), ""};
    return {pointer, Value(Value::List{*then, Value(std::move(emit))}), ""};
}

std::vector<Edit> emitEdits(const Value& document, const Scenario& scenario, const ServiceSpec& service,
                            std::string_view channel, const TieDetail& detail) {
    std::vector<Edit> edits;
    const bool known = std::any_of(scenario.events.begin(), scenario.events.end(),
                                   [&](const EventTypeSpec& event) { return event.name == detail.eventType; });
    if (!known)
        edits.push_back({pointerOf({"events", detail.eventType}), Value(Value::Table{}), ""});
    Value::Table emit{{"emit", detail.eventType}, {"to", channel}};
    edits.push_back(detail.place.handler ? emitFromHandler(document, service, *detail.place.handler, std::move(emit))
                                         : emitFromSource(document, service, std::move(emit)));
    return edits;
}

std::optional<std::size_t> handlerOn(const ServiceSpec& service, std::string_view channel) {
    for (std::size_t i = 0; i < service.handlers.size(); ++i)
        if (service.handlers[i].on == channel)
            return i;
    return std::nullopt;
}

Edit deadLetterEdit(const Scenario& scenario, std::string_view from, std::string_view to) {
    if (const std::optional<QueueOwner> owner = ownerOf(scenario, from))
        return {
            pointerOf({"services", owner->service, "handlers", std::to_string(owner->handler), "queue", "deadLetter"}),
            Value(to), ""};
    return {pointerOf({"channels", from, "deadLetter"}), Value(to), ""};
}

} // namespace

TieOffer tieBetween(const Scenario& scenario, std::string_view from, std::string_view to) {
    if (from == to)
        return refused(NoTie::itself);
    const ServiceSpec* fromService = serviceOf(scenario, from);
    const ServiceSpec* toService = serviceOf(scenario, to);
    const ChannelSpec* fromChannel = channelOf(scenario, from);
    const ChannelSpec* toChannel = channelOf(scenario, to);
    if ((!fromService && !fromChannel) || (!toService && !toChannel))
        return refused(NoTie::unknown);
    if (fromService && toService)
        return refused(NoTie::betweenServices);
    if (fromService)
        return toChannel->implicit ? refused(NoTie::ownQueue) : TieOffer{TieKind::emit, {}};
    if (toService)
        return weir::toService(scenario, *toService, *fromChannel);
    if (routes(*fromChannel))
        return fromExchange(scenario, *fromChannel, *toChannel);
    if (toChannel->implicit)
        return refused(NoTie::ownQueue);
    return fromChannel->deadLetter == to ? refused(NoTie::alreadyTied) : TieOffer{TieKind::deadLetter, {}};
}

TieDetail likelyDetail(const Scenario& scenario, TieKind kind, std::string_view from) {
    TieDetail detail;
    if (kind == TieKind::emit) {
        const ServiceSpec* service = serviceOf(scenario, from);
        if (service && !service->handlers.empty() && !idleSource(*service))
            detail.place.handler = 0;
        if (!scenario.events.empty())
            detail.eventType = scenario.events.front().name;
    } else if (const ChannelSpec* exchange = channelOf(scenario, from); exchange && kind != TieKind::deadLetter) {
        detail.pattern = isDirect(*exchange) ? likelyKey(scenario, from)
                         : routes(*exchange) ? std::string(patternOfEverything(exchange->dialect))
                                             : "";
    }
    return detail;
}

std::vector<Edit> tieEdits(const Value& document, const Scenario& scenario, TieKind kind, std::string_view from,
                           std::string_view to, const TieDetail& detail) {
    switch (kind) {
    case TieKind::emit:
        return emitEdits(document, scenario, *serviceOf(scenario, from), to, detail);
    case TieKind::bind: {
        Value::Table binding{{"to", from}};
        if (takesPattern(scenario, from))
            binding.emplace_back("pattern", detail.pattern);
        return {appended({"channels", to, "bind"}, Value(std::move(binding)))};
    }
    case TieKind::handle: {
        Value::Table handler{{"on", from}};
        if (const ChannelSpec* channel = channelOf(scenario, from);
            channel && routes(*channel) && takesPattern(scenario, from) &&
            detail.pattern != patternOfEverything(channel->dialect))
            handler.emplace_back("pattern", detail.pattern);
        handler.emplace_back("takes", "50ms");
        return {appended({"services", to, "handlers"}, Value(std::move(handler)))};
    }
    case TieKind::deadLetter:
        break;
    }
    return {deadLetterEdit(scenario, from, to)};
}

std::vector<BindingPlace> bindingsBetween(const Scenario& scenario, std::string_view exchange,
                                          std::string_view channel) {
    std::vector<BindingPlace> places;
    const ChannelSpec* spec = channelOf(scenario, channel);
    const auto owner = ownerOf(scenario, channel);
    for (std::size_t i = 0; spec && i < spec->bindings.size(); ++i)
        if (spec->bindings[i].to == exchange)
            places.push_back(
                {.channel = std::string(channel), .index = i, .pattern = spec->bindings[i].pattern, .owner = owner});
    return places;
}

Edit patternEdit(const Value& document, const BindingPlace& binding, const std::string& pattern) {
    if (binding.owner)
        return {pointerOf({"services", binding.owner->service, "handlers", std::to_string(binding.owner->handler),
                           "pattern"}),
                Value(pattern), ""};
    const std::string index = std::to_string(binding.index);
    const std::string pointer = pointerOf({"channels", binding.channel, "bind", index});
    const Value* given = within(document, {"channels", binding.channel, "bind", index});
    if (given && given->text()) // short for a table
        return {pointer, Value(Value::Table{{"to", *given}, {"pattern", Value(pattern)}}), ""};
    return {pointer + "/pattern", Value(pattern), ""};
}

bool takesPattern(const Scenario& scenario, std::string_view exchange) {
    const ChannelSpec* channel = channelOf(scenario, exchange);
    return channel && routes(*channel) && !isFanout(*channel);
}

std::optional<QueueOwner> ownerOf(const Scenario& scenario, std::string_view channel) {
    const ChannelSpec* spec = channelOf(scenario, channel);
    if (!spec || !spec->implicit)
        return std::nullopt;
    for (const ServiceSpec& service : scenario.services)
        if (const auto handler = handlerOn(service, channel))
            return QueueOwner{service.name, *handler};
    return std::nullopt;
}

const ChannelSpec* channelOf(const Scenario& scenario, std::string_view name) {
    const auto found = std::find_if(scenario.channels.begin(), scenario.channels.end(),
                                    [&](const ChannelSpec& channel) { return channel.name == name; });
    return found == scenario.channels.end() ? nullptr : &*found;
}

const ServiceSpec* serviceOf(const Scenario& scenario, std::string_view name) {
    const auto found = std::find_if(scenario.services.begin(), scenario.services.end(),
                                    [&](const ServiceSpec& service) { return service.name == name; });
    return found == scenario.services.end() ? nullptr : &*found;
}

const Value* within(const Value& document, std::initializer_list<std::string_view> names) {
    const Value* value = &document;
    for (const std::string_view name : names) {
        if (!value)
            return nullptr;
        const Value::List* list = value->list();
        if (!list) {
            value = value->member(name);
            continue;
        }
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
        value = error == std::errc{} && end == name.data() + name.size() && index < list->size() ? &(*list)[index]
                                                                                                 : nullptr;
    }
    return value;
}

std::string pointerOf(std::initializer_list<std::string_view> names) {
    std::string pointer;
    for (const std::string_view name : names)
        pointer = pointerTo(pointer, name);
    return pointer;
}

Edit appended(std::initializer_list<std::string_view> list, Value item) {
    return {pointerOf(list) + "/-", std::move(item), ""};
}

} // namespace weir
