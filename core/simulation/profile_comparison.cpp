#include "core/simulation/profile_comparison.h"

#include "core/json_pointer.h"
#include "core/record/fingerprint.h"
#include "core/record/flat_map.h"
#include "core/record/metrics.h"
#include "core/scenario/load.h"
#include "core/scenario/ties.h"
#include "core/simulation/whole_run.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <utility>

namespace weir {
namespace {

// Handlings of one message on one subscription beyond the first that finished. Bounded: beyond keysMax pairs none is
// told apart any more.
class RepeatedWork {
  public:
    static constexpr std::size_t keysMax = 4'000'000;

    void see(const Record& record, const Catalogue& catalogue) {
        if (record.kind != RecordKind::finished)
            return;
        const SubscriptionId subscription = catalogue.places()[record.place.index()].place.subscription;
        const std::uint64_t key = record.ordinal << 16U | subscription.value;
        if (m_seen.find(key))
            ++m_count;
        else if (m_seen.size() < keysMax)
            m_seen.set(key, true);
    }
    std::uint64_t count() const { return m_count; }

  private:
    FlatMap<bool> m_seen;
    std::uint64_t m_count = 0;
};

// The subscriptions that somebody handles, by the names that expectations of order give them.
std::set<std::string> handledSubscriptions(const Scenario& scenario) {
    std::set<std::string> names;
    for (const ServiceSpec& service : scenario.services)
        for (const HandlerSpec& handler : service.handlers)
            if (const ChannelSpec* channel = channelOf(scenario, handler.on))
                names.insert(channel->kind == ChannelKind::stream ? service.name : channel->name);
    return names;
}

double throughputOf(const Picture& picture, const Catalogue& catalogue) {
    double sum = 0;
    for (std::size_t i = 0; i < catalogue.services().size(); ++i)
        sum += serviceMetric(picture, catalogue, ServiceId{static_cast<std::uint16_t>(i)}, "throughput").value_or(0);
    return sum;
}

std::uint64_t redeliveredIn(const Picture& picture, const Catalogue& catalogue) {
    double sum = 0;
    for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i)
        sum += subscriptionMetric(picture, catalogue, SubscriptionId{static_cast<std::uint16_t>(i)}, "redelivered")
                   .value_or(0);
    return static_cast<std::uint64_t>(sum);
}

std::string profileText(const ProfileOutcome& outcome) {
    return outcome.profile.empty() ? "(as it is)" : outcome.profile;
}

std::string secondsOrDash(std::optional<double> number) {
    if (!number)
        return "-";
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), *number < 1 ? "%.1f ms" : "%.3g s", *number < 1 ? *number * 1000 : *number);
    return text.data();
}

std::string rateText(double number) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.1f/s", number);
    return text.data();
}

// A line for each reason: which fields, and where.
std::string leftOutText(const std::vector<LeftOut>& leftOut) {
    struct Line {
        std::vector<std::string> fields, places;
    };
    std::vector<std::pair<std::string, Line>> lines;
    const auto addOnce = [](std::vector<std::string>& words, const std::string& word) {
        if (std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(word);
    };
    for (const LeftOut& left : leftOut) {
        auto line =
            std::find_if(lines.begin(), lines.end(), [&](const auto& known) { return known.first == left.why.en; });
        if (line == lines.end())
            line = lines.insert(line, {left.why.en, {}});
        addOnce(line->second.fields, left.field);
        const std::vector<std::string> steps =
            pointerSteps(left.where).value(); // "/channels/orders/...", "/faults/0/seek"
        addOnce(line->second.places, steps.front() == "faults" ? "fault " + steps.at(1) : steps.at(1));
    }
    const auto joined = [](const std::vector<std::string>& words) {
        std::string all;
        for (const std::string& word : words)
            all += (all.empty() ? "" : ", ") + word;
        return all;
    };
    std::string text;
    for (const auto& [why, line] : lines)
        text += "  " + joined(line.fields) + " (" + joined(line.places) + "): " + why + '\n';
    return text;
}

} // namespace

Result<ProfileOutcome, Errors> runOnProfile(const Value& document, const ProfileRun& run) {
    Result<Scenario, Errors> scenario =
        readScenario(run.profile.empty() ? document : onProfile(document, run.profile), run.folder);
    if (!scenario)
        return scenario.error();
    if (run.seed)
        scenario->run.seed = *run.seed;
    if (run.lasts)
        scenario->run.lasts = *run.lasts;
    const std::size_t own = scenario->expect.size();
    for (const std::string& subscription : handledSubscriptions(*scenario))
        scenario->expect.push_back({Expectation::Kind::orderPerKey, subscription, {}});

    RepeatedWork repeated;
    RunWatch watch;
    watch.records = [&repeated](std::span<const Record> records, const MessageSource&, const Catalogue& catalogue) {
        for (const Record& record : records)
            repeated.see(record, catalogue);
        return true;
    };
    const Result<FinishedRun, Errors> finished = runWhole(*scenario, {.seed = scenario->run.seed}, watch);
    if (!finished)
        return finished.error();

    const Picture& picture = finished->picture;
    const Catalogue& catalogue = *finished->simulation.model().catalogue;
    const Ledger& ledger = picture.ledger();
    ProfileOutcome outcome{.profile = run.profile,
                           .fingerprint = finished->fingerprint,
                           .throughput = throughputOf(picture, catalogue),
                           .latencyP50 = runMetric(picture, "latencyP50"),
                           .latencyP99 = runMetric(picture, "latencyP99"),
                           .published = ledger.messages.published,
                           .refused = ledger.messages.refused,
                           .lost =
                               ledger.copies.expired + ledger.copies.dropped + ledger.copies.lost + ledger.effectsLost,
                           .deadLettered = ledger.copies.deadLettered,
                           .redelivered = redeliveredIn(picture, catalogue),
                           .repeated = repeated.count(),
                           .outOfOrder = {},
                           .leftOut = scenario->leftOut,
                           .asExpected = true,
                           .bounded = finished->boundReached()};
    for (std::size_t i = 0; i < finished->expectations.size(); ++i) {
        const ExpectationOutcome& expectation = finished->expectations[i];
        if (expectation.ok())
            continue;
        if (i < own)
            outcome.asExpected = false;
        else
            outcome.outOfOrder.push_back(expectation.expectation.expression);
    }
    return outcome;
}

Value comparisonReport(const std::vector<ProfileOutcome>& outcomes) {
    const auto number = [](std::optional<double> value) {
        return value ? Value(Decimal::fromDouble(*value)) : Value();
    };
    Value::List rows;
    for (const ProfileOutcome& outcome : outcomes) {
        Value::List outOfOrder, leftOut;
        for (const std::string& subscription : outcome.outOfOrder)
            outOfOrder.emplace_back(subscription);
        for (const LeftOut& left : outcome.leftOut)
            leftOut.emplace_back(Value::Table{{"where", left.where}, {"field", left.field}, {"why", left.why.en}});
        rows.emplace_back(Value::Table{{"profile", outcome.profile.empty() ? Value() : Value(outcome.profile)},
                                       {"fingerprint", fingerprintText(outcome.fingerprint)},
                                       {"throughput", number(outcome.throughput)},
                                       {"latencyP50", number(outcome.latencyP50)},
                                       {"latencyP99", number(outcome.latencyP99)},
                                       {"published", outcome.published},
                                       {"refused", outcome.refused},
                                       {"lost", outcome.lost},
                                       {"deadLettered", outcome.deadLettered},
                                       {"redelivered", static_cast<std::int64_t>(outcome.redelivered)},
                                       {"repeated", static_cast<std::int64_t>(outcome.repeated)},
                                       {"orderKept", outcome.outOfOrder.empty()},
                                       {"outOfOrder", Value(std::move(outOfOrder))},
                                       {"leftOut", Value(std::move(leftOut))},
                                       {"asExpected", outcome.asExpected},
                                       {"bounded", outcome.bounded}});
    }
    return Value(std::move(rows));
}

std::string comparisonText(const std::vector<ProfileOutcome>& outcomes) {
    using Row = std::vector<std::string>;
    std::vector<Row> rows{{"profile", "throughput", "p50", "p99", "refused", "lost", "dead", "redelivered", "repeated",
                           "order", "expected"}};
    for (const ProfileOutcome& outcome : outcomes)
        rows.push_back({profileText(outcome), rateText(outcome.throughput), secondsOrDash(outcome.latencyP50),
                        secondsOrDash(outcome.latencyP99), std::to_string(outcome.refused),
                        std::to_string(outcome.lost), std::to_string(outcome.deadLettered),
                        std::to_string(outcome.redelivered), std::to_string(outcome.repeated),
                        outcome.outOfOrder.empty() ? "kept" : "broken",
                        outcome.bounded      ? "stopped"
                        : outcome.asExpected ? "yes"
                                             : "no"});
    std::vector<std::size_t> widths(rows.front().size());
    for (const Row& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    std::string text;
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string room(widths[i] - row[i].size(), ' ');
            text += (i == 0 ? "" : "  ") +
                    (i == 0 ? row[i] + room : room + row[i]); // names to the left, figures to the right
        }
        text += '\n';
    }
    for (const ProfileOutcome& outcome : outcomes) {
        if (outcome.leftOut.empty())
            continue;
        text += '\n' + profileText(outcome) + " leaves out:\n" + leftOutText(outcome.leftOut);
    }
    return text;
}

} // namespace weir
