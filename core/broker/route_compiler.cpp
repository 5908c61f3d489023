#include "core/broker/route_compiler.h"

#include "core/broker/listener_order.h"
#include "core/scenario/by_name.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace weir {
namespace {

constexpr std::size_t routesWithoutIndex = 16; // so many are compared one by one faster than they are walked

class RouteCompiler {
  public:
    RouteCompiler(std::span<const ChannelSpec* const> specs, const Catalogue& catalogue,
                  std::vector<ChannelPlan>& channels, Errors& errors)
        : m_specs(specs), m_catalogue(catalogue), m_channels(channels), m_errors(errors) {}

    void compile() {
        for (std::size_t i = 0; i < m_specs.size(); ++i)
            for (std::size_t b = 0; b < m_specs[i]->bindings.size(); ++b)
                addRoute(ChannelId{static_cast<std::uint16_t>(i)}, m_specs[i]->bindings[b],
                         elementPointer("/channels", m_specs[i]->name) + "/bind/" + std::to_string(b));
        for (ChannelPlan& channel : m_channels) {
            if (channel.spec.copyOrder == CopyOrder::specific)
                sortAsListeners(channel.routes);
            numberShared(channel);
            addArchive(channel);
            readHashedPart(channel);
            if (channel.spec.exchangeType == ExchangeType::consistentHash)
                addRing(channel);
            addIndex(channel);
            channel.perMessage = asksMessage(channel);
        }
        spreadPerMessage();
    }

  private:
    void addRoute(ChannelId to, const BindingSpec& binding, const std::string& where) {
        const ChannelId from = m_catalogue.channel(binding.to);
        if (!from.valid()) {
            m_errors.push_back({where + "/to", "needs the name of an exchange or topic", '"' + binding.to + '"'});
            return;
        }
        ChannelPlan& exchange = m_channels[from.index()];
        Route route{.to = to,
                    .pattern = {},
                    .condition = {},
                    .weight = binding.weight,
                    .retained = binding.retained,
                    .prepended = binding.prepend};
        const auto keep = [&](Result<Pattern> pattern, const char* member) -> std::optional<Pattern> {
            if (pattern)
                return std::move(pattern).value();
            const Error& error = pattern.error();
            m_errors.push_back({where + member + error.where, error.what, error.given});
            return std::nullopt;
        };
        if (const auto dialect = patternDialect(exchange.spec))
            route.pattern = keep(Pattern::compile(*dialect, std::string_view(binding.pattern)), "/pattern");
        RouteCondition condition;
        if (exchange.spec.exchangeType == ExchangeType::headers)
            condition.headers =
                keep(Pattern::compile({DialectKind::rabbitmqHeaders, {}},
                                      binding.headers.isNull() ? Value(Value::Table{}) : binding.headers),
                     "/headers");
        if (!binding.event.isNull())
            condition.event = keep(Pattern::compile({DialectKind::eventbridge, {}}, binding.event), "/event");
        if (!binding.where.empty()) {
            Result<Expression> expression = Expression::parse(binding.where);
            if (expression)
                condition.where = std::move(expression).value();
            else
                m_errors.push_back({where + "/where", expression.error().what, expression.error().given});
        }
        condition.noLocal = binding.noLocal;
        if (condition.headers || condition.event || condition.where || condition.noLocal)
            route.condition = std::move(condition);
        // AMQP: a binding is a fact, not a counter; made twice it is there once. Where each of them is a subscription
        // of its own, it is there twice.
        const auto same = [&](const BindingSpec& earlier) { return earlier == binding; };
        const auto& bindings = m_specs[to.index()]->bindings;
        if (exchange.spec.overlap == Overlap::queue &&
            &*std::find_if(bindings.begin(), bindings.end(), same) != &binding)
            return;
        exchange.routes.push_back(std::move(route));
    }

    // MQTT 5, 4.8.2: members share a subscription where both the group and the filter are the same.
    static void numberShared(ChannelPlan& channel) {
        std::vector<std::pair<std::string, std::vector<PatternWord>>> known;
        for (Route& route : channel.routes) {
            if (!route.pattern || route.pattern->sharedGroup().empty())
                continue;
            const auto words = route.pattern->words();
            if (!words)
                continue; // no key reaches it
            const std::pair shared(std::string(route.pattern->sharedGroup()), *words);
            const auto at = std::find(known.begin(), known.end(), shared);
            route.shared = static_cast<std::uint32_t>(at - known.begin());
            if (at == known.end())
                known.push_back(shared);
        }
    }

    void addArchive(ChannelPlan& channel) {
        if (!channel.spec.archive)
            return;
        channel.archive = ArchivePlan{.pattern = {}, .keep = channel.spec.archive->keep};
        if (channel.spec.archive->pattern.isNull())
            return;
        Result<Pattern> pattern = Pattern::compile({DialectKind::eventbridge, {}}, channel.spec.archive->pattern);
        if (pattern)
            channel.archive->pattern = std::move(pattern).value();
        else
            m_errors.push_back({elementPointer("/channels", channel.name) + "/archive/pattern" + pattern.error().where,
                                pattern.error().what, pattern.error().given});
    }

    void readHashedPart(ChannelPlan& channel) {
        const std::string& part = channel.spec.hashOn;
        if (constexpr std::string_view headers = "headers."; part.starts_with(headers)) {
            channel.hashed.header = part.substr(headers.size());
        } else if (!part.empty()) {
            Result<EventPath> path = EventPath::compile(part);
            if (path)
                channel.hashed.path = std::move(path).value();
            else
                m_errors.push_back({elementPointer("/channels", channel.name) + "/hashOn", path.error().what, part});
        }
    }

    // A binding's points hang on the name of what it leads to, so that no other binding moves them.
    void addRing(ChannelPlan& channel) {
        for (std::size_t i = 0; i < channel.routes.size(); ++i)
            channel.ring.add(channel.spec.hash, m_channels[channel.routes[i].to.index()].name, channel.routes[i].weight,
                             static_cast<std::uint32_t>(i));
        channel.ring.close();
    }

    static void addIndex(ChannelPlan& channel) {
        const auto dialect = patternDialect(channel.spec);
        if (!dialect || !SubscriptionIndex::serves(dialect->kind) || channel.routes.size() <= routesWithoutIndex)
            return;
        channel.index.emplace(dialect->kind);
        for (std::size_t i = 0; i < channel.routes.size(); ++i)
            if (const auto words = channel.routes[i].pattern ? channel.routes[i].pattern->words() : std::nullopt)
                channel.index->add(*words, static_cast<std::uint32_t>(i));
    }

    static bool asksMessage(const ChannelPlan& channel) {
        const RoutingSpec& spec = channel.spec;
        if (channel.kind != ChannelKind::exchange && channel.kind != ChannelKind::topic)
            return false;
        return picksOne(spec.exchangeType) || spec.senderSelected ||
               std::any_of(channel.routes.begin(), channel.routes.end(),
                           [](const Route& route) { return route.condition || route.shared != Route::notShared; });
    }

    // Whoever leads to an exchange that asks the message has to ask it too.
    void spreadPerMessage() {
        for (bool spread = true; spread;) {
            spread = false;
            for (ChannelPlan& channel : m_channels) {
                const auto asks = [this](ChannelId id) { return id.valid() && m_channels[id.index()].perMessage; };
                if (channel.perMessage ||
                    !(asks(channel.alternate) || std::any_of(channel.routes.begin(), channel.routes.end(),
                                                             [&](const Route& route) { return asks(route.to); })))
                    continue;
                channel.perMessage = spread = true;
            }
        }
    }

    std::span<const ChannelSpec* const> m_specs;
    const Catalogue& m_catalogue;
    std::vector<ChannelPlan>& m_channels;
    Errors& m_errors;
};

} // namespace

void compileRoutes(std::span<const ChannelSpec* const> specs, const Catalogue& catalogue,
                   std::vector<ChannelPlan>& channels, Errors& errors) {
    RouteCompiler(specs, catalogue, channels, errors).compile();
}

std::optional<Dialect> patternDialect(const RoutingSpec& exchange) {
    if (exchange.exchangeType == ExchangeType::topic)
        return Dialect{exchange.dialect, {}};
    if (exchange.exchangeType == ExchangeType::direct)
        return Dialect{DialectKind::rabbitmqDirect, {}};
    return std::nullopt;
}

} // namespace weir
