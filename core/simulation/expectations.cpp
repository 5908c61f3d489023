#include "core/simulation/expectations.h"

#include "core/kernel/hash.h"

#include <algorithm>
#include <cassert>

namespace weir {
namespace {

// A copy's end: no delivery of it follows.
bool ends(RecordKind kind) {
    switch (kind) {
    case RecordKind::acked:
    case RecordKind::deadLettered:
    case RecordKind::expired:
    case RecordKind::dropped:
    case RecordKind::purged:
    case RecordKind::lost:
        return true;
    default:
        return false;
    }
}

bool isAutomatic(const Model& model, SubscriptionId subscription) {
    return std::any_of(model.handlers.begin(), model.handlers.end(), [subscription](const HandlerPlan& handler) {
        return handler.subscription == subscription && handler.automatic;
    });
}

std::string ledgerText(const Ledger& ledger) {
    const MessageCounts& messages = ledger.messages;
    const CopyCounts& copies = ledger.copies;
    std::string text = "the ledger is not closed: ";
    if (!messages.closed())
        return text + "published " + std::to_string(messages.published) + ", accounted for " +
               std::to_string(messages.refused + messages.deduplicated + messages.unroutable + messages.held +
                              messages.routed);
    return text + "copies " + std::to_string(copies.born) + ", accounted for " + std::to_string(copies.outcomes());
}

} // namespace

std::string expectationText(const Expectation& expectation) {
    switch (expectation.kind) {
    case Expectation::Kind::ledgerClosed:
        return "ledger closed";
    case Expectation::Kind::atEnd:
        return expectation.expression;
    case Expectation::Kind::always:
        return "always " + expectation.expression;
    case Expectation::Kind::orderPerKey:
        return "ordered per key: " + expectation.expression;
    }
    return {};
}

Result<Expectations, Errors> Expectations::compile(const Scenario& scenario, std::shared_ptr<const Model> model) {
    Expectations made;
    made.m_model = std::move(model);
    Errors errors;
    for (std::size_t i = 0; i < scenario.expect.size(); ++i) {
        const Expectation& expectation = scenario.expect[i];
        const std::string where = "/expect/" + std::to_string(i);
        Check check;
        Pace pace = Pace::atTheEnd;
        switch (expectation.kind) {
        case Expectation::Kind::ledgerClosed:
            pace = Pace::now;
            break;
        case Expectation::Kind::orderPerKey:
            pace = Pace::now;
            check.subscription = made.m_model->catalogue->subscription(expectation.expression);
            if (check.subscription.valid())
                check.settledFirst = isAutomatic(*made.m_model, check.subscription);
            else
                errors.push_back(
                    {where + "/ordered", "needs the name of a subscription", '"' + expectation.expression + '"'});
            break;
        case Expectation::Kind::always:
            pace = Pace::everyDue;
            [[fallthrough]];
        case Expectation::Kind::atEnd: {
            const std::string place = where + (expectation.kind == Expectation::Kind::always ? "/always" : "/that");
            Result<Expression> expression = Expression::parse(expectation.expression);
            if (!expression)
                errors.push_back({place, expression.error().text(), '"' + expectation.expression + '"'});
            else if (const auto certain = expression->certainError())
                errors.push_back({place, certain->text(), '"' + expectation.expression + '"'});
            else
                check.expression = std::move(*expression);
            break;
        }
        }
        made.m_pace = std::max(made.m_pace, pace);
        made.m_checks.push_back(std::move(check));
        made.m_outcomes.push_back({.expectation = expectation, .violation = std::nullopt});
    }
    if (!errors.empty())
        return errors;
    return made;
}

void Expectations::begin(const Simulation& simulation, const Picture& picture) {
    for (std::size_t i = 0; i < m_checks.size(); ++i)
        if (m_outcomes[i].expectation.kind == Expectation::Kind::always)
            evaluate(i, simulation, picture, nullptr);
}

void Expectations::see(std::uint64_t first, std::span<const Record> records, const MessageSource& messages) {
    for (std::size_t i = 0; i < m_checks.size(); ++i) {
        if (m_outcomes[i].violation)
            continue;
        switch (m_outcomes[i].expectation.kind) {
        case Expectation::Kind::ledgerClosed:
            for (std::size_t at = 0; at < records.size(); ++at)
                seeLedger(i, {records[at], first + at}, messages);
            break;
        case Expectation::Kind::orderPerKey:
            for (std::size_t at = 0; at < records.size(); ++at)
                seeOrder(i, {records[at], first + at}, messages);
            break;
        case Expectation::Kind::always: {
            Check& check = m_checks[i];
            for (std::size_t at = 0; at < records.size(); ++at)
                if (std::any_of(check.reads.begin(), check.reads.end(),
                                [&](const RunSubject::Read& read) { return touches(read, records[at]); }))
                    check.touched = Seen{records[at], first + at};
            break;
        }
        case Expectation::Kind::atEnd:
            break;
        }
    }
}

void Expectations::miss(std::uint64_t records) {
    for (ExpectationOutcome& outcome : m_outcomes)
        if (outcome.expectation.kind == Expectation::Kind::orderPerKey)
            outcome.unchecked += records;
}

void Expectations::look(const Simulation& simulation, const Picture& picture, const MessageSource& messages) {
    for (std::size_t i = 0; i < m_checks.size(); ++i)
        if (m_checks[i].touched && !m_outcomes[i].violation)
            evaluate(i, simulation, picture, &messages);
}

void Expectations::end(const Simulation& simulation, const Picture& picture, const MessageSource& messages) {
    Seen stopped; // the last one, made again: where nobody asked for records there are none
    stopped.record.at = simulation.now();
    stopped.record.kind = RecordKind::stopped;
    stopped.record.reason = picture.stopReason();
    stopped.index = picture.index() - std::min<std::uint64_t>(picture.index(), 1);
    for (std::size_t i = 0; i < m_checks.size(); ++i) {
        const Expectation::Kind kind = m_outcomes[i].expectation.kind;
        Check& check = m_checks[i];
        if (m_outcomes[i].violation)
            continue;
        if (kind == Expectation::Kind::always || kind == Expectation::Kind::atEnd) {
            check.touched = stopped;
            evaluate(i, simulation, picture, &messages);
            if (!m_outcomes[i].violation && !check.evaluated)
                violate(i, "it could never be evaluated: " + check.lastError, stopped.record.at, &stopped, &messages);
        } else if (kind == Expectation::Kind::ledgerClosed && !picture.ledger().closed()) {
            // The last word is the Picture's, which saw every record.
            violate(i, ledgerText(picture.ledger()), stopped.record.at, &stopped, &messages);
        }
    }
}

void Expectations::seeLedger(std::size_t index, const Seen& seen, const MessageSource& messages) {
    const Record& record = seen.record;
    if (m_outcomes[index].violation)
        return;
    Ledger& ledger = m_checks[index].ledger;
    ledger.apply(record);
    ++m_outcomes[index].checks;
    if (!ledger.closed())
        violate(index, ledgerText(ledger), record.at, &seen, &messages);
}

void Expectations::seeOrder(std::size_t index, const Seen& seen, const MessageSource& messages) {
    const Record& record = seen.record;
    Check& check = m_checks[index];
    if (record.ordinal == 0 || !record.place.valid() || m_outcomes[index].violation ||
        m_model->catalogue->place(record.place).subscription != check.subscription)
        return;
    if (ends(record.kind)) {
        check.unsettled.take(record.ordinal);
        return;
    }
    if (record.kind != RecordKind::finished || check.unsettled.find(record.ordinal))
        return; // not handled, or handled before
    if (!check.settledFirst)
        check.unsettled.set(record.ordinal, true);
    const std::optional<MessageView> message = messages.message(record.ordinal);
    if (!message) {
        ++m_outcomes[index].unchecked;
        return;
    }
    if (message->partitionKey.empty())
        return;
    ++m_outcomes[index].checks;
    const std::uint64_t key = hash64(message->partitionKey);
    const Ordinal* newest = check.newest.find(key);
    if (newest && record.ordinal < *newest) {
        violate(index,
                "a message with the key \"" + message->partitionKey + "\" finished after " + std::to_string(*newest) +
                    ", which was published later",
                record.at, &seen, &messages);
        return;
    }
    if (!newest && check.newest.size() == keysMax)
        ++m_outcomes[index].unchecked;
    else
        check.newest.set(key, record.ordinal);
}

bool Expectations::touches(const RunSubject::Read& read, const Record& record) const {
    if (read.state)
        return record.kind == RecordKind::stateChanged &&
               m_model->catalogue->place(record.place).service.index() == read.index;
    if (read.scope == MetricScope::run || record.kind == RecordKind::warmedUp)
        return true;
    if (!record.place.valid())
        return false;
    const Place& place = m_model->catalogue->place(record.place);
    switch (read.scope) {
    case MetricScope::channel:
        return place.channel.index() == read.index;
    case MetricScope::subscription:
        return place.subscription.index() == read.index;
    case MetricScope::service:
        return place.service.index() == read.index;
    case MetricScope::run:
        break;
    }
    return true;
}

void Expectations::evaluate(std::size_t index, const Simulation& simulation, const Picture& picture,
                            const MessageSource* messages) {
    Check& check = m_checks[index];
    ExpectationOutcome& outcome = m_outcomes[index];
    const std::optional<Seen> cause = std::exchange(check.touched, std::nullopt);
    check.reads.clear();
    ++outcome.checks;
    const RunSubject subject(simulation, picture, &check.reads);
    const Outcome found = check.expression->evaluate(subject);
    if (found.error) {
        check.lastError = found.error->message;
        if (!subject.missed() && found.error->kind != ErrorKind::missingAttribute)
            violate(index, "it could not be evaluated: " + check.lastError, simulation.now(), cause ? &*cause : nullptr,
                    messages);
        return;
    }
    check.evaluated = true;
    const bool* truth = found.value.truth();
    if (!truth)
        violate(index, "it is no condition: its value is " + found.value.canonical(), simulation.now(),
                cause ? &*cause : nullptr, messages);
    else if (!*truth)
        violate(index, "it does not hold", simulation.now(), cause ? &*cause : nullptr, messages);
}

void Expectations::violate(std::size_t index, std::string why, SimTime at, const Seen* seen,
                           const MessageSource* messages) {
    Violation violation{.at = at, .why = std::move(why), .record = std::nullopt, .recordLine = {}};
    if (seen) {
        violation.at = seen->record.at;
        violation.record = seen->record;
        violation.index = seen->index;
        RecordJson(*m_model->catalogue, messages).append(violation.recordLine, seen->record);
    }
    m_outcomes[index].violation = std::move(violation);
}

std::size_t Expectations::memoryBytes() const {
    std::size_t bytes = sizeof(Expectations) + m_outcomes.size() * sizeof(ExpectationOutcome);
    for (const Check& check : m_checks)
        bytes += sizeof check + check.newest.memoryBytes() + check.unsettled.memoryBytes();
    return bytes;
}

} // namespace weir
