#include "core/services/emit_sites.h"

#include <algorithm>
#include <span>

namespace weir {

namespace {

// Calls visit(emit, where) for every emit in document order: the order in which sites are numbered.
template <class Visit> void forEachEmit(const Actions& actions, const std::string& where, Visit& visit);

template <class Visit>
void forEachEmit(const std::shared_ptr<Actions>& actions, const std::string& where, Visit& visit) {
    if (actions)
        forEachEmit(*actions, where, visit);
}

template <class Visit> void forEachEmit(const Actions& actions, const std::string& where, Visit& visit) {
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const std::string inside = where + '/' + std::to_string(i);
        if (const auto* emit = std::get_if<EmitAction>(&actions[i].what)) {
            visit(*emit, inside);
        } else if (const auto* reserve = std::get_if<ReserveAction>(&actions[i].what)) {
            forEachEmit(reserve->orElse, inside + "/else", visit);
        } else if (const auto* choose = std::get_if<ChooseAction>(&actions[i].what)) {
            for (std::size_t k = 0; k < choose->branches.size(); ++k)
                forEachEmit(choose->branches[k].then, inside + "/choose/" + std::to_string(k) + "/then", visit);
        } else if (const auto* condition = std::get_if<IfAction>(&actions[i].what)) {
            forEachEmit(condition->then, inside + "/then", visit);
            forEachEmit(condition->orElse, inside + "/else", visit);
        }
    }
}

// An error inside a text or template, moved to where that stands.
Error movedTo(const std::string& where, const Error& error) {
    return {where + error.where, error.what, error.given};
}

class SiteCompiler {
  public:
    explicit SiteCompiler(const Scenario& scenario) : m_scenario(scenario) {}

    std::vector<EmitSite> sites;
    Errors errors;

    // All of one source or handler. `prefix` begins the sites' names.
    SiteId compile(const Actions& actions, const ServiceSpec& service, const std::string& prefix,
                   const std::string& where) {
        const SiteId first{static_cast<std::uint16_t>(sites.size())};
        std::map<std::string, int> madeOfType;
        auto visit = [&](const EmitAction& emit, const std::string& inside) {
            if (sites.size() >= SiteId::none().index()) {
                if (sites.size() == SiteId::none().index() && errors.empty())
                    errors.push_back({inside, "a scenario has at most 65535 places that emit", ""});
                return;
            }
            EmitSite site = compile(emit, inside);
            site.id = SiteId{static_cast<std::uint16_t>(sites.size())};
            site.name = prefix + '/' + emit.type + '/' + std::to_string(madeOfType[emit.type]++);
            site.service = service.name;
            sites.push_back(std::move(site));
        };
        forEachEmit(actions, where + "/then", visit);
        return first;
    }

  private:
    EmitSite compile(const EmitAction& emit, const std::string& where) {
        EmitSite site;
        site.type = emit.type;
        site.channel = emit.to;
        site.ttl = emit.ttl.value_or(Duration::max());
        site.delay = emit.delay.value_or(Duration::zero());
        site.timeout = emit.timeout.value_or(Duration::max());
        site.deliverAt = emit.deliverAt;
        site.confirm = emit.confirm;
        site.half = emit.half;
        site.simple = !emit.deliverAt && !emit.confirm && !emit.half;
        if (emit.delayLevel > 0)
            site.delay = delayOf(emit.delayLevel, emit.to);
        site.priority = emit.priority;
        site.mandatory = emit.mandatory;
        site.retain = emit.retain;
        if (emit.headers)
            site.headers = compile(*emit.headers, where + "/headers");
        site.routingKey = compile(Value(emit.routingKey.empty() ? emit.type : emit.routingKey), where + "/routingKey");
        const auto type = std::find_if(m_scenario.events.begin(), m_scenario.events.end(),
                                       [&](const EventTypeSpec& spec) { return spec.name == emit.type; });
        if (type == m_scenario.events.end()) {
            errors.push_back({where + "/emit", "needs an event type that is declared", '"' + emit.type + '"'});
            return site;
        }
        const std::string typeWhere = "/events/" + emit.type;
        site.version = emit.version.empty() ? type->version : emit.version;
        if (!type->schemas.empty() &&
            std::none_of(type->schemas.begin(), type->schemas.end(),
                         [&](const EventSchemaSpec& known) { return known.version == site.version; }))
            errors.push_back({where + "/version", "needs a version that the event type has", '"' + site.version + '"'});
        site.size = type->size;
        site.data = emit.data ? compile(*emit.data, where + "/data") : compile(type->data, typeWhere + "/data");
        if (!type->subject.empty())
            site.subject = compile(Value(type->subject), typeWhere + "/subject");
        if (!type->key.empty()) {
            Result<EventPath> key = EventPath::compile(type->key);
            if (key)
                site.key = std::move(*key);
            else
                errors.push_back(movedTo(typeWhere + "/key", key.error()));
        }
        if (site.routingKey.isConstant())
            appendPlainText(site.constantRoutingKey, site.routingKey.constant());
        site.plain = site.data.isNull() && !site.key && site.subject.isNull() && site.headers.isNull() &&
                     site.routingKey.isConstant();
        return site;
    }

    // RocketMQ: a level beyond the last counts as the last.
    Duration delayOf(int level, const std::string& channel) const {
        static constexpr Duration rocketmq[] = {1s,   5s,   10s,  30s,  1min, 2min, 3min,  4min,  5min,
                                                6min, 7min, 8min, 9min, 10min, 20min, 30min, 1h,  2h};
        const auto spec = std::find_if(m_scenario.channels.begin(), m_scenario.channels.end(),
                                       [&](const ChannelSpec& known) { return known.name == channel; });
        const bool own = spec != m_scenario.channels.end() && !spec->delayLevels.empty();
        const std::span<const Duration> levels = own ? std::span<const Duration>(spec->delayLevels) : rocketmq;
        return levels[std::min(static_cast<std::size_t>(level), levels.size()) - 1];
    }

    Template compile(const Value& source, const std::string& where) {
        Result<Template> compiled = Template::compile(source);
        if (compiled)
            return std::move(*compiled);
        Error error = movedTo(where, compiled.error());
        if (std::find(errors.begin(), errors.end(), error) == errors.end()) // an event type has many sites
            errors.push_back(std::move(error));
        return {};
    }

    const Scenario& m_scenario;
};

} // namespace

Result<EmitSites, Errors> EmitSites::compile(const Scenario& scenario) {
    std::vector<const ServiceSpec*> services;
    for (const ServiceSpec& service : scenario.services)
        services.push_back(&service);
    std::sort(services.begin(), services.end(),
              [](const ServiceSpec* left, const ServiceSpec* right) { return left->name < right->name; });

    SiteCompiler compiler(scenario);
    EmitSites made;
    for (const ServiceSpec* service : services) {
        const std::string where = "/services/" + service->name;
        Group& group = made.m_groups[service->name];
        for (std::size_t i = 0; i < service->sources.size(); ++i)
            group.sources.push_back(compiler.compile(service->sources[i].then, *service,
                                                     service->name + "/source/" + std::to_string(i),
                                                     where + "/sources/" + std::to_string(i)));
        std::map<std::string, int> handlersOn;
        for (std::size_t i = 0; i < service->handlers.size(); ++i) {
            const HandlerSpec& handler = service->handlers[i];
            const std::string prefix =
                service->name + "/handler/" + handler.on + '/' + std::to_string(handlersOn[handler.on]++);
            group.handlers.push_back(
                compiler.compile(handler.then, *service, prefix, where + "/handlers/" + std::to_string(i)));
        }
        if (!service->will.empty())
            group.will = compiler.compile(service->will, *service, service->name + "/will", where + "/will");
    }
    if (!compiler.errors.empty())
        return std::move(compiler.errors);
    made.m_sites = std::move(compiler.sites);
    return made;
}

void EmitSites::bind(const Catalogue& catalogue) {
    for (EmitSite& site : m_sites) {
        site.typeId = catalogue.eventType(site.type, site.version);
        site.channelId = catalogue.channel(site.channel);
        site.serviceId = catalogue.service(site.service);
    }
}

SiteId EmitSites::firstOfSource(std::string_view service, std::size_t index) const {
    const auto group = m_groups.find(service);
    return group == m_groups.end() ? SiteId::none() : group->second.sources[index];
}

SiteId EmitSites::firstOfHandler(std::string_view service, std::size_t index) const {
    const auto group = m_groups.find(service);
    return group == m_groups.end() ? SiteId::none() : group->second.handlers[index];
}

SiteId EmitSites::will(std::string_view service) const {
    const auto group = m_groups.find(service);
    return group == m_groups.end() ? SiteId::none() : group->second.will;
}

} // namespace weir
