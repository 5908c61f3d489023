#include "core/scenario/delivery_reader.h"

#include <string>
#include <utility>
#include <vector>

namespace weir {
namespace {

constexpr std::int64_t retriesMax = 10'000;
constexpr std::int64_t batchMax = 10'000;
constexpr std::int64_t priorityMax = 1'000'000;
constexpr std::int64_t unackedMost = 1'000'000;

constexpr Word<Backoff> backoffs[] = {{"none", Backoff::none},     {"fixed", Backoff::fixed},
                                      {"linear", Backoff::linear}, {"exponential", Backoff::exponential},
                                      {"summed", Backoff::summed}, {"explicit", Backoff::explicitSteps}};
constexpr Word<JitterKind> jitterKinds[] = {{"proportional", JitterKind::proportional},
                                            {"full", JitterKind::full},
                                            {"equal", JitterKind::equal},
                                            {"below", JitterKind::below}};
constexpr Word<Paces> paces[] = {
    {"failures", Paces::failures}, {"nacks", Paces::nacks}, {"ackTimeout", Paces::ackTimeout}};
constexpr Word<AfterLast> afterLasts[] = {
    {"deadLetter", AfterLast::deadLetter}, {"drop", AfterLast::drop}, {"stay", AfterLast::stay}};
constexpr Word<AfterLast> afterRejects[] = {{"deadLetter", AfterLast::deadLetter}, {"stay", AfterLast::stay}};
constexpr Word<RequeueTo> places[] = {{"oldPlace", RequeueTo::oldPlace},
                                      {"tail", RequeueTo::tail},
                                      {"returned", RequeueTo::returned},
                                      {"returnedIfLimited", RequeueTo::returnedIfLimited}};
constexpr Word<CapacityCounts> countings[] = {{"ready", CapacityCounts::ready},
                                              {"unsettled", CapacityCounts::unsettled}};
constexpr Word<TtlActs> ttlPlaces[] = {{"head", TtlActs::head}, {"anywhere", TtlActs::anywhere}};
constexpr Word<Line> lines[] = {{"fifo", Line::fifo}, {"lifo", Line::lifo}};
constexpr Word<LateAcks> lateAcks[] = {{"refused", LateAcks::refused}, {"accepted", LateAcks::accepted}};
constexpr Word<DispatchMode> modes[] = {{"shared", DispatchMode::shared},
                                        {"exclusive", DispatchMode::exclusive},
                                        {"singleActive", DispatchMode::singleActive},
                                        {"failover", DispatchMode::failover},
                                        {"keyShared", DispatchMode::keyShared},
                                        {"broadcast", DispatchMode::broadcast}};
constexpr Word<ConsumerOrder> orders[] = {{"roundRobin", ConsumerOrder::roundRobin},
                                          {"random", ConsumerOrder::random},
                                          {"leastInFlight", ConsumerOrder::leastInFlight},
                                          {"longestWaiting", ConsumerOrder::longestWaiting}};
constexpr Word<AckMode> ackModes[] = {{"manual", AckMode::manual},
                                      {"automatic", AckMode::automatic},
                                      {"onReceipt", AckMode::onReceipt},
                                      {"batch", AckMode::batch},
                                      {"cumulative", AckMode::cumulative}};

std::optional<std::vector<Duration>> readSteps(const Given& given) {
    if (!given.isList("durations"))
        return std::nullopt;
    std::vector<Duration> steps;
    for (const Given& item : given.items())
        steps.push_back(readDuration(item).value_or(Duration::zero()));
    if (!steps.empty() && steps.size() <= static_cast<std::size_t>(retriesMax))
        return steps;
    given.refuse("needs 1 to " + std::to_string(retriesMax) + " durations");
    return std::nullopt;
}

// Nothing inside: without end.
std::optional<std::optional<std::int64_t>> readRetriesMax(const Given& given) {
    if (const std::string* text = given.value().text(); text && *text == "unbounded")
        return std::optional<std::int64_t>();
    const Decimal* number = given.value().number();
    const auto whole = number ? number->whole() : std::nullopt;
    if (whole && *whole >= 0 && *whole <= retriesMax)
        return std::optional<std::int64_t>(*whole);
    given.refuse("needs a whole number from 0 to " + std::to_string(retriesMax) + ", or \"unbounded\"");
    return std::nullopt;
}

// Keys that say something about some backoffs only.
void refuseIdleKeys(const Given& given, Backoff backoff) {
    const auto only = [&](std::string_view key, bool fits, const char* need) {
        if (const auto there = given.member(key); there && !fits)
            there->refuse(need);
    };
    only("factor", backoff == Backoff::exponential || backoff == Backoff::summed,
         "needs \"backoff\": \"exponential\", whose factor it is");
    only("steps", backoff == Backoff::explicitSteps, "needs \"backoff\": \"explicit\", whose steps they are");
    only("first", backoff != Backoff::none && backoff != Backoff::explicitSteps,
         "needs a backoff that grows from it: fixed, linear or exponential");
}

} // namespace

std::optional<RetrySpec> readRetry(const Given& given, const Names& names) {
    if (!given.isTable(fields::retry))
        return std::nullopt;
    RetrySpec retry;
    given.take("max", retry.max, readRetriesMax);
    given.take("backoff", retry.backoff, oneOf(backoffs));
    given.take("first", retry.first, readDuration);
    given.take("factor", retry.factor, numberBetween(1, 1000));
    if (retry.backoff == Backoff::explicitSteps) // whoever names the steps means them: bounded where the file says so
        retry.ceiling = Duration::max();
    given.take("ceiling", retry.ceiling, readDuration);
    given.take("jitter", retry.jitter, numberBetween(0, 1));
    given.take("jitterKind", retry.jitterKind, oneOf(jitterKinds));
    given.take("steps", retry.steps, readSteps);
    given.take("paces", retry.paces, oneOf(paces));
    given.take("afterTimeout", retry.afterTimeout, readDuration);
    if (const auto after = given.member("afterTimeout");
        after && (retry.paces != Paces::failures || given.has("timeouts")))
        after->refuse("needs neither \"paces\" nor \"timeouts\" beside it, by which what timed out comes back at once");
    given.take("afterLast", retry.afterLast, oneOf(afterLasts));
    given.take("afterReject", retry.afterReject, oneOf(afterRejects));
    given.take("returnTo", retry.returnTo, oneOf(places));
    given.take("timeouts", retry.timeouts, wholeBetween<std::int64_t>(0, retriesMax));
    if (const auto through = given.member("through"))
        if (const auto channel = names.readChannel(*through)) {
            retry.through = *channel;
            if (const auto kind = names.channels.find(*channel)->second.kind; kind && kind != ChannelKind::queue)
                through->refuse("needs a queue, in which retries wait");
        }
    const bool share = retry.jitterKind == JitterKind::proportional || retry.jitterKind == JitterKind::below;
    if (const auto jitter = given.member("jitter"); jitter && !share)
        jitter->refuse("needs \"jitterKind\": \"proportional\" or \"below\", whose share it is");
    refuseIdleKeys(given, retry.backoff);
    if (retry.backoff == Backoff::explicitSteps && !given.has("steps"))
        given.missing("steps", "a list of durations");
    return retry;
}

void readUnackedMax(const Given& given, ChannelSpec& channel) {
    given.take("unackedMax", channel.unackedMax, wholeBetween<std::int64_t>(1, unackedMost));
    const bool owned = channel.kind == ChannelKind::stream && channel.group.delivery == GroupDelivery::partitions;
    if (const auto most = given.member("unackedMax"); most && owned)
        most->refuse(
            "needs a \"group\" with \"delivery\": \"shared\": the owner of a partition has one record at a time");
    else if (most && channel.dispatch == DispatchMode::broadcast)
        most->refuse("needs another \"dispatch\": what is broadcast is not delivered again");
}

void readDelivery(const Given& given, ChannelSpec& queue) {
    given.take("capacityBytes", queue.capacityBytes, readBytes);
    given.take("capacityCounts", queue.capacityCounts, oneOf(countings));
    given.take("ttlActs", queue.ttlActs, oneOf(ttlPlaces));
    given.take("idleExpiry", queue.idleExpiry, readPositiveDuration);
    given.take("dispatch", queue.dispatch, oneOf(modes));
    given.take("order", queue.order, oneOf(orders));
    given.take("requeueTo", queue.requeueTo, oneOf(places));
    given.take("lateAcks", queue.lateAcks, oneOf(lateAcks));
    given.take("whenGone", queue.group.whenGone, oneOf(whenGones));
    given.take("line", queue.line, oneOf(lines));
    readUnackedMax(given, queue);
    if (const auto line = given.member("line");
        line && queue.line == Line::lifo && queue.overflow == Overflow::dropOldest)
        line->refuse("needs another \"overflow\": what is first in the line is the newest, not the oldest");
    given.take("deadLetterKey", queue.deadLetterKey, readText);
    if (const auto key = given.member("deadLetterKey"); key && !given.has("deadLetter"))
        key->refuse("needs \"deadLetter\" beside it, whose routing key it is");
    if (const auto counts = given.member("capacityCounts");
        counts && !given.has("capacity") && !given.has("capacityBytes"))
        counts->refuse("needs \"capacity\" or \"capacityBytes\" beside it, since it says what they count");
    const bool turns = queue.dispatch == DispatchMode::shared || queue.dispatch == DispatchMode::keyShared ||
                       queue.dispatch == DispatchMode::singleActive;
    if (const auto order = given.member("order"); order && !turns)
        order->refuse("needs \"dispatch\": \"shared\", \"keyShared\" or \"singleActive\": else one consumer gets all");
}

namespace {

std::optional<AckEverySpec> readAckEvery(const Given& given) {
    if (!given.isTable(fields::ackEvery))
        return std::nullopt;
    AckEverySpec every;
    given.take("count", every.count, wholeBetween<std::uint32_t>(1, batchMax));
    given.take("interval", every.interval, readPositiveDuration);
    if (!given.has("count") && given.has("interval"))
        every.count = std::numeric_limits<std::uint32_t>::max();
    return every;
}

std::optional<BatchSpec> readBatch(const Given& given) {
    if (!given.isTable(fields::batch))
        return std::nullopt;
    BatchSpec batch;
    if (!given.has("max"))
        given.missing("max", "the number of events that one handling takes at most");
    given.take("max", batch.max, wholeBetween<std::uint32_t>(1, batchMax));
    given.take("min", batch.min, wholeBetween<std::uint32_t>(1, batchMax));
    given.take("linger", batch.linger, readDuration);
    if (const auto min = given.member("min"); min && batch.min > batch.max)
        min->refuse("must not be more than \"max\"");
    if (!given.has("linger"))
        batch.linger = Duration::max(); // however long it takes until there are as many as `min`
    else if (!given.has("min"))
        batch.min = batch.max;
    return batch;
}

} // namespace

void readHandlerDelivery(const Given& given, HandlerSpec& handler) {
    given.take("ack", handler.ack, oneOf(ackModes));
    given.take("ackEvery", handler.ackEvery, readAckEvery);
    given.take("ackLoss", handler.ackLoss, numberBetween(0, 1));
    given.take("ackSteps", handler.ackSteps, wholeBetween<std::uint32_t>(1, 2));
    given.take("extend", handler.extend, readPositiveDuration);
    given.take("batch", handler.batch, readBatch);
    given.take("priority", handler.priority, wholeBetween<int>(-priorityMax, priorityMax));
    const bool gathers = handler.ack == AckMode::batch || handler.ack == AckMode::cumulative;
    if (const auto every = given.member("ackEvery"); every && !gathers)
        every->refuse("needs \"ack\": \"batch\" or \"cumulative\", whose acks it gathers");
    if (!given.has("ackEvery") && handler.ack == AckMode::batch)
        given.missing("ackEvery", "how many acks it gathers");
    if (const auto batch = given.member("batch"); batch && handler.batch && handler.prefetch != 0 &&
                                                  handler.prefetch < handler.batch->min &&
                                                  handler.batch->linger == Duration::max())
        batch->refuse("needs a \"prefetch\" of at least \"min\", or \"linger\": else a worker waits for ever");
    if (const auto batch = given.member("batch"); batch && handler.ack == AckMode::automatic)
        batch->refuse("needs acks: what is settled on delivery cannot wait for others");
    if (const auto steps = given.member("ackSteps");
        steps && handler.ackSteps > 1 && (handler.ack == AckMode::automatic || handler.ack == AckMode::cumulative))
        steps->refuse("needs an \"ack\" of its own for each delivery");
}

} // namespace weir
