#include "core/scenario/admission_reader.h"

#include "core/decimal.h"
#include "core/scenario/action_reader.h"

#include <numeric>

namespace weir {
namespace {

constexpr std::int64_t burstMax = 1'000'000'000'000;
constexpr std::int64_t waitingMost = 10'000'000;

constexpr std::int64_t keysMost = 100'000'000;

constexpr Word<SchemaCheck> schemaChecks[] = {{"off", SchemaCheck::none},
                                              {"reject", SchemaCheck::reject},
                                              {"deadLetter", SchemaCheck::deadLetter},
                                              {"warn", SchemaCheck::warn}};
constexpr Word<TtlRule> ttlRules[] = {
    {"least", TtlRule::least}, {"message", TtlRule::message}, {"channel", TtlRule::channel}};
constexpr Word<TtlFrom> ttlStarts[] = {{"ready", TtlFrom::ready}, {"published", TtlFrom::published}};
constexpr Word<RateAction> rateActions[] = {
    {"shape", RateAction::shape}, {"drop", RateAction::drop}, {"block", RateAction::block}};
constexpr Word<Refill> refills[] = {{"steady", Refill::steady}, {"atOnce", Refill::atOnce}};
constexpr Word<RateAction> deliveryActions[] = {{"shape", RateAction::shape}, {"drop", RateAction::drop}};

// "5/s", "0.7/min", "1MiB/s" as the exact ratio that the text says: no binary fraction in between.
bool readLimit(const Given& given, RateLimitSpec& rate) {
    const auto refuse = [&given] {
        given.refuse("needs a rate above 0 such as \"20/s\", \"90/min\" or \"1MiB/s\"");
        return false;
    };
    const std::string* text = given.value().text();
    const std::size_t slash = text ? text->find('/') : std::string::npos;
    if (slash == std::string::npos)
        return refuse();
    const std::string amount = text->substr(0, slash);
    const auto unit = parseDuration('1' + text->substr(slash + 1));
    if (!unit || *unit == Duration::zero())
        return refuse();
    rate.per = *unit;
    if (const auto bytes = parseBytes(amount); bytes && amount.find_last_of("B") != std::string::npos) {
        rate.bytes = true;
        rate.tokens = bytes->count;
    } else {
        const std::size_t end = amount.find_last_not_of(' ');
        const auto number = end == std::string::npos ? std::nullopt : Decimal::parse(amount.substr(0, end + 1));
        if (!number || number->scale() < 0 || number->scale() > 9)
            return refuse();
        rate.tokens = number->digits();
        for (int i = 0; i < number->scale(); ++i) {
            if (rate.per.count() > std::numeric_limits<std::int64_t>::max() / 10)
                return refuse();
            rate.per *= 10;
        }
    }
    if (rate.tokens <= 0)
        return refuse();
    const std::int64_t common = std::gcd(rate.tokens, rate.per.count());
    rate.tokens /= common;
    rate.per /= common;
    return true;
}

// A number of messages; of bytes, where the limit counts those.
std::optional<std::int64_t> readBurst(const Given& given, bool bytes) {
    if (!bytes)
        return readWhole(given, 1, burstMax);
    const auto size = readBytes(given);
    if (size && size->count > 0 && size->count <= burstMax)
        return size->count;
    if (size)
        given.refuse("needs a size above 0");
    return std::nullopt;
}

template <std::size_t count>
std::optional<RateLimitSpec> readRateLimit(const Given& given, const FieldTable& table,
                                           const Word<RateAction> (&actions)[count]) {
    RateLimitSpec rate;
    const bool brief = given.value().text() != nullptr;
    if (!brief && !given.isTable(table))
        return std::nullopt;
    if (!brief && !given.has("limit")) {
        given.missing("limit", "a rate such as \"20/s\"");
        return std::nullopt;
    }
    if (!readLimit(brief ? given : *given.member("limit"), rate))
        return std::nullopt;
    if (rate.bytes && (brief || !given.has("burst"))) {
        if (brief)
            given.refuse("needs {\"limit\", \"burst\"}, since a limit in bytes passes nothing larger than its burst");
        else
            given.missing("burst", "a size: nothing larger than it passes");
        return std::nullopt;
    }
    if (brief)
        return rate;
    given.take("burst", rate.burst, [&rate](const Given& burst) { return readBurst(burst, rate.bytes); });
    given.take("refill", rate.refill, oneOf(refills));
    given.take("action", rate.action, oneOf(actions));
    if (const auto waiting = given.member("waiting")) {
        given.take("waiting", rate.waitingMax, wholeBetween(0, waitingMost));
        if (rate.action == RateAction::drop)
            waiting->refuse("needs \"action\": \"shape\" or \"block\": what is dropped does not wait");
    }
    return rate;
}

std::optional<DedupSpec> readDedup(const Given& given) {
    if (!given.isTable(fields::dedup))
        return std::nullopt;
    DedupSpec dedup;
    given.take("key", dedup.key, readEventPath);
    given.take("window", dedup.window, readPositiveDuration);
    given.take("sliding", dedup.sliding, readTruth);
    given.take("keys", dedup.keysMax, wholeBetween(1, keysMost));
    return dedup;
}

std::optional<std::vector<Duration>> readLevels(const Given& given) {
    constexpr std::size_t levelsMax = 1000;
    if (!given.isList("durations"))
        return std::nullopt;
    std::vector<Duration> levels;
    for (const Given& item : given.items())
        levels.push_back(readDuration(item).value_or(Duration::zero()));
    if (!levels.empty() && levels.size() <= levelsMax)
        return levels;
    given.refuse("needs 1 to " + std::to_string(levelsMax) + " durations");
    return std::nullopt;
}

std::optional<CheckBackSpec> readCheckBack(const Given& given) {
    if (!given.isTable(fields::checkBack))
        return std::nullopt;
    CheckBackSpec check;
    given.take("scan", check.scans, readTruth);
    given.take("after", check.after, readPositiveDuration);
    given.take("every", check.every, readPositiveDuration);
    given.take("max", check.max, wholeBetween(0, 1000));
    return check;
}

// What a schema's verdict leads to, and where that goes.
void readSchemaCheck(const Given& given, ChannelSpec& channel) {
    const auto check = given.member("schemaCheck");
    if (!check)
        return;
    given.take("schemaCheck", channel.schemaCheck, oneOf(schemaChecks));
    if (channel.schemaCheck == SchemaCheck::deadLetter && !given.has("deadLetter"))
        check->refuse("needs a \"deadLetter\" channel beside it");
}

} // namespace

void readAdmission(const Given& given, ChannelSpec& channel) {
    given.take("messageSizeMax", channel.messageSizeMax, readBytes);
    given.take("dedup", channel.dedup, readDedup);
    readSchemaCheck(given, channel);
    given.take("delayLevels", channel.delayLevels, readLevels);
    given.take("checkBack", channel.checkBack, readCheckBack);
    given.take("rate", channel.rate,
               [](const Given& rate) { return readRateLimit(rate, fields::rateLimit, rateActions); });
}

void readTimes(const Given& given, ChannelSpec& channel) {
    given.take("ttlRule", channel.ttlRule, oneOf(ttlRules));
    given.take("ttlFrom", channel.ttlFrom, oneOf(ttlStarts));
}

void readDeliveryRate(const Given& given, ChannelSpec& channel) {
    given.take("deliveryRate", channel.deliveryRate,
               [](const Given& rate) { return readRateLimit(rate, fields::deliveryLimit, deliveryActions); });
}

} // namespace weir
