#include "core/scenario/publish_reader.h"

#include "core/scenario/distribution_reader.h"

namespace weir {
namespace {

constexpr std::uint32_t windowMax = 1'000'000;
constexpr std::int64_t repeatsMax = 100;
constexpr int levelsMax = 1000;

constexpr Word<Acks> acksWords[] = {{"none", Acks::none}, {"leader", Acks::leader}, {"all", Acks::all}};

// True: with the defaults. False: not at all.
std::optional<std::optional<ConfirmSpec>> readConfirm(const Given& given) {
    if (const bool* truth = given.value().truth())
        return *truth ? std::optional(ConfirmSpec()) : std::nullopt;
    if (!given.value().table()) {
        given.refuse("needs true, false or {\"acks\", \"timeout\", \"retries\", \"backoff\", \"ceiling\", \"lost\", "
                     "\"idempotent\", \"steps\", \"window\", \"awaited\"}");
        return std::nullopt;
    }
    if (!given.isTable(fields::confirm))
        return std::nullopt;
    ConfirmSpec confirm;
    given.take("acks", confirm.acks, oneOf(acksWords));
    given.take("timeout", confirm.timeout, readPositiveDuration);
    given.take("retries", confirm.retries, wholeBetween(0, repeatsMax));
    given.take("backoff", confirm.backoff, readDuration);
    given.take("ceiling", confirm.ceiling, readDuration);
    given.take("lost", confirm.lost, numberBetween(0, 1));
    given.take("idempotent", confirm.idempotent, readTruth);
    given.take("steps", confirm.steps, wholeBetween<std::uint32_t>(1, 2));
    given.take("window", confirm.window, wholeBetween<std::uint32_t>(1, windowMax));
    given.take("awaited", confirm.awaited, readTruth);
    return std::optional(confirm);
}

std::optional<HalfSpec> readHalf(const Given& given) {
    if (!given.isTable(fields::half))
        return std::nullopt;
    HalfSpec half;
    given.take("takes", half.takes, readDistribution);
    given.take("commits", half.commits, numberBetween(0, 1));
    given.take("unknown", half.unknown, numberBetween(0, 1));
    return half;
}

} // namespace

void readPublish(const Given& given, PublishSpec& publish) {
    given.take("priority", publish.priority, wholeBetween<int>(0, 255));
    given.take("ttl", publish.ttl, readDuration);
    given.take("delay", publish.delay, readDuration);
    given.take("deliverAt", publish.deliverAt, readDuration);
    given.take("delayLevel", publish.delayLevel, wholeBetween<int>(1, levelsMax));
    given.take("timeout", publish.timeout, readDuration);
    given.take("version", publish.version, readText);
    given.take("confirm", publish.confirm, readConfirm);
    given.take("half", publish.half, readHalf);
    const bool delayed = given.has("delay");
    for (const std::string_view key : {"deliverAt", "delayLevel"})
        if (const auto there = given.member(key); there && (delayed || (key == "delayLevel" && given.has("deliverAt"))))
            there->refuse("needs to stand alone: only one of delay, deliverAt and delayLevel says when it is due");
    if (const auto half = given.member("half"); half && given.has("confirm"))
        half->refuse("needs no \"confirm\" beside it: its producer learns from the broker what becomes of it");
}

} // namespace weir
