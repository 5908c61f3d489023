#include "ui/inspector/behaviour.h"

#include "ui/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::Behaviour)
};

const QString separator = QStringLiteral(" · ");

QString named(const std::string& name) {
    return QString::fromStdString(name);
}

QString inSeconds(double seconds) {
    return durationText(Distribution::durationOf(seconds));
}

// Event types that these actions emit, in their order, each once.
void collectEmits(const Actions& actions, QStringList& types);

void collectEmits(const std::shared_ptr<Actions>& actions, QStringList& types) {
    if (actions)
        collectEmits(*actions, types);
}

void collectEmits(const Actions& actions, QStringList& types) {
    for (const Action& action : actions) {
        if (const auto* emit = std::get_if<EmitAction>(&action.what)) {
            if (const QString type = named(emit->type); !types.contains(type))
                types << type;
        } else if (const auto* reserve = std::get_if<ReserveAction>(&action.what)) {
            collectEmits(reserve->orElse, types);
        } else if (const auto* choose = std::get_if<ChooseAction>(&action.what)) {
            for (const ChooseAction::Branch& branch : choose->branches)
                collectEmits(branch.then, types);
        } else if (const auto* branch = std::get_if<IfAction>(&action.what)) {
            collectEmits(branch->then, types);
            collectEmits(branch->orElse, types);
        }
    }
}

QString sourceText(const SourceSpec& source) {
    QStringList parts;
    QStringList types;
    collectEmits(source.then, types);
    if (!types.isEmpty())
        parts << types.join(QStringLiteral(", "));
    if (source.arrivals.isClosedLoop())
        parts << Words::tr("%1 users").arg(countText(source.arrivals.users()));
    else if (const auto rate = source.arrivals.meanRate())
        parts << rateText({*rate});
    else
        parts << Words::tr("at given times");
    return parts.join(separator);
}

QString failureName(FailureKind how) {
    switch (how) {
    case FailureKind::nack:
        return Words::tr("fail");
    case FailureKind::crash:
        return Words::tr("crash");
    case FailureKind::crashAfterEffect:
        return Words::tr("crash after the work");
    case FailureKind::reject:
        return Words::tr("reject");
    }
    Q_UNREACHABLE();
}

QString failureText(const FailureSpec& failure) {
    QStringList parts;
    if (failure.every > 0)
        parts << Words::tr("1 in %1").arg(failure.every);
    if (failure.probability < 1 || (failure.every == 0 && failure.when.empty()))
        parts << percentText(failure.probability);
    parts << failureName(failure.how);
    if (!failure.when.empty())
        parts << Words::tr("when %1").arg(named(failure.when));
    if (failure.attemptsMax > 0)
        parts << Words::tr("in the first %1 attempts").arg(failure.attemptsMax);
    return parts.join(QLatin1Char(' '));
}

QString idempotencyText(const IdempotencySpec& spec) {
    return Words::tr("by %1").arg(named(spec.key)) + separator + durationText(spec.ttl);
}

const ChannelSpec* channelNamed(const Scenario& scenario, const std::string& name) {
    const auto found = std::find_if(scenario.channels.begin(), scenario.channels.end(),
                                    [&](const ChannelSpec& channel) { return channel.name == name; });
    return found == scenario.channels.end() ? nullptr : &*found;
}

void addHandler(std::vector<Fact>& facts, const HandlerSpec& handler, const Scenario& scenario) {
    facts.push_back({Words::tr("Takes"), distributionText(handler.takes)});
    facts.push_back({Words::tr("Workers each"), countText(handler.concurrency)});
    if (handler.prefetch > 0)
        facts.push_back({Words::tr("Prefetch"), countText(handler.prefetch)});
    if (!handler.filter.empty())
        facts.push_back({Words::tr("Only where"), named(handler.filter)});
    if (handler.ack == AckMode::automatic)
        facts.push_back({Words::tr("Acks"), Words::tr("on delivery")});
    QStringList failures;
    for (const FailureSpec& failure : handler.fails)
        failures << failureText(failure);
    facts.push_back({Words::tr("Fails"), failures.isEmpty() ? Words::tr("never") : failures.join(separator)});
    if (const ChannelSpec* const channel = channelNamed(scenario, handler.on))
        facts.push_back({Words::tr("Retry"), channel->retry ? retryText(*channel->retry) : Words::tr("none")});
    facts.push_back(
        {Words::tr("Idempotent"), handler.idempotent ? idempotencyText(*handler.idempotent) : Words::tr("no")});
    QStringList emits;
    collectEmits(handler.then, emits);
    if (!emits.isEmpty())
        facts.push_back({Words::tr("Emits"), emits.join(QStringLiteral(", "))});
}

QString overflowText(Overflow overflow) {
    switch (overflow) {
    case Overflow::reject:
        return Words::tr("then reject");
    case Overflow::dropOldest:
        return Words::tr("then drop the oldest");
    case Overflow::dropNewest:
        return Words::tr("then drop the newest");
    case Overflow::block:
        return Words::tr("then block the producer");
    }
    Q_UNREACHABLE();
}

QString kindText(const ChannelSpec& channel) {
    switch (channel.kind) {
    case ChannelKind::topic:
        return Words::tr("topic");
    case ChannelKind::queue:
        return Words::tr("queue");
    case ChannelKind::stream:
        return Words::tr("stream") + separator + partitionsText(channel.partitions);
    case ChannelKind::exchange:
        break;
    }
    switch (channel.exchangeType) {
    case ExchangeType::direct:
        return Words::tr("exchange, direct");
    case ExchangeType::fanout:
        return Words::tr("exchange, fan-out");
    case ExchangeType::topic:
        return Words::tr("exchange, topic");
    }
    Q_UNREACHABLE();
}

} // namespace

QString textOf(const Text& text) {
    const bool chinese = QLocale().language() == QLocale::Chinese;
    return QString::fromStdString(chinese && !text.zh.empty() ? text.zh : text.en);
}

QString instancesText(std::int64_t count) {
    return count == 1 ? Words::tr("1 instance") : Words::tr("%1 instances").arg(countText(count));
}

QString workersText(std::int64_t count) {
    return count == 1 ? Words::tr("1 worker") : Words::tr("%1 workers").arg(countText(count));
}

QString partitionsText(std::int64_t count) {
    return count == 1 ? Words::tr("1 partition") : Words::tr("%1 partitions").arg(countText(count));
}

QString distributionText(const Distribution& distribution) {
    const double mean = distribution.mean();
    if (distribution.shapeName() == "constant")
        return inSeconds(mean);
    const std::string_view shape = distribution.shapeName();
    QStringList parts{QString::fromUtf8(shape.data(), static_cast<qsizetype>(shape.size()))};
    parts << (std::isfinite(mean) ? Words::tr("mean %1").arg(inSeconds(mean)) : Words::tr("mean without end"));
    if (const auto p99 = distribution.quantile(0.99))
        parts << QStringLiteral("p99 ") + inSeconds(*p99);
    return parts.join(separator);
}

QString retryText(const RetrySpec& retry) {
    QStringList parts;
    const QString count = retry.max ? countText(*retry.max) + QStringLiteral(" ×") : Words::tr("without end");
    switch (retry.backoff) {
    case Backoff::none:
        return count + separator + Words::tr("at once");
    case Backoff::fixed:
        return count + separator + Words::tr("each after %1").arg(durationText(retry.first));
    case Backoff::linear:
        return count + QLatin1Char(' ') + Words::tr("linear") + separator +
               Words::tr("%1 first").arg(durationText(retry.first));
    case Backoff::exponential:
        return count + QLatin1Char(' ') + Words::tr("exponential") + separator +
               Words::tr("%1 first").arg(durationText(retry.first));
    case Backoff::explicitSteps:
        for (const Duration step : retry.steps)
            parts << durationText(step);
        return count + separator + parts.join(QStringLiteral(", "));
    }
    Q_UNREACHABLE();
}

std::vector<Fact> behaviourOf(const ServiceSpec& service, const Scenario& scenario) {
    std::vector<Fact> facts;
    for (const SourceSpec& source : service.sources)
        facts.push_back({Words::tr("Source"), sourceText(source)});
    if (!service.handlers.empty())
        facts.push_back({Words::tr("Instances"), countText(service.instances)});
    const bool several = service.handlers.size() > 1;
    for (const HandlerSpec& handler : service.handlers) {
        if (several)
            facts.push_back({QString(), Words::tr("On %1").arg(named(handler.on))});
        else
            facts.push_back({Words::tr("On"), named(handler.on)});
        addHandler(facts, handler, scenario);
    }
    return facts;
}

std::vector<Fact> behaviourOf(const ChannelSpec& channel) {
    std::vector<Fact> facts{{Words::tr("Kind"), kindText(channel)}};
    for (const BindingSpec& binding : channel.bindings)
        facts.push_back({Words::tr("Bound to"), named(binding.to) + separator + named(binding.pattern)});
    const bool routes = channel.kind == ChannelKind::topic || channel.kind == ChannelKind::exchange;
    if (routes)
        return facts;
    if (channel.kind == ChannelKind::queue)
        facts.push_back({Words::tr("Capacity"),
                         channel.capacity ? countText(*channel.capacity) + separator + overflowText(channel.overflow)
                                          : Words::tr("unbounded")});
    if (channel.ttl)
        facts.push_back({Words::tr("Expires after"), durationText(*channel.ttl)});
    if (channel.delay)
        facts.push_back({Words::tr("Delay"), durationText(*channel.delay)});
    if (channel.priorities > 0)
        facts.push_back({Words::tr("Priorities"), countText(channel.priorities)});
    if (channel.retainFor)
        facts.push_back({Words::tr("Retains"), durationText(*channel.retainFor)});
    if (channel.retainCount)
        facts.push_back({Words::tr("Retains"), Words::tr("%1 per partition").arg(countText(*channel.retainCount))});
    facts.push_back(
        {Words::tr("Ack timeout"), channel.ackTimeout ? durationText(*channel.ackTimeout) : Words::tr("none")});
    facts.push_back({Words::tr("Retry"), channel.retry ? retryText(*channel.retry) : Words::tr("none")});
    facts.push_back(
        {Words::tr("Dead letters"), channel.deadLetter.empty() ? Words::tr("are dropped") : named(channel.deadLetter)});
    return facts;
}

} // namespace weir
