#include "core/record/verdict.h"

#include <algorithm>

namespace weir {
namespace {

using State = Verdict::State;
using Trouble = Verdict::Trouble;

bool isOfCopy(const Record& record) {
    if (record.kind == RecordKind::crashed) // one handling, not the instance
        return record.attempt > 0;
    return record.kind >= RecordKind::sent && record.kind <= RecordKind::effectLost &&
           record.kind != RecordKind::ackRefused;
}

class VerdictFold {
  public:
    explicit VerdictFold(const Catalogue& catalogue) : m_catalogue(catalogue) {}

    void apply(const Record& record) {
        if (isOfCopy(record) && record.place.valid())
            applyCopy(record, m_catalogue.place(record.place));
        else
            applyMessage(record);
    }
    std::vector<Verdict> take() && {
        if (m_copies.empty() && m_known)
            return {m_message};
        return std::move(m_copies);
    }

  private:
    void applyMessage(const Record& record) {
        const auto enter = [&](State state) {
            m_message.state = state;
            m_message.since = record.at;
            m_message.reason = record.reason;
            if (record.place.valid())
                m_message.place = m_catalogue.place(record.place);
            m_known = true;
        };
        switch (record.kind) {
        case RecordKind::published:
        case RecordKind::unblocked:
            enter(State::published);
            return;
        case RecordKind::blocked:
            enter(State::blocked);
            return;
        case RecordKind::throttled:
            enter(State::throttled);
            m_message.due = record.at + Duration(record.value);
            return;
        case RecordKind::refused:
            enter(State::refused);
            return;
        case RecordKind::deduplicated:
            enter(State::deduplicated);
            return;
        case RecordKind::unroutable:
            enter(State::unroutable);
            return;
        default:
            return;
        }
    }

    // A copy is one per subscription; before it is known to one, per channel.
    Verdict& copyAt(const Place& place) {
        const auto found = std::find_if(m_copies.begin(), m_copies.end(), [&](const Verdict& copy) {
            return copy.place.channel == place.channel &&
                   (copy.place.subscription == place.subscription || !copy.place.subscription.valid() ||
                    !place.subscription.valid());
        });
        return found != m_copies.end() ? *found : m_copies.emplace_back(Verdict{.since = {}, .place = place});
    }
    void applyCopy(const Record& record, const Place& place) {
        Verdict& copy = copyAt(place);
        copy.place = place;
        if (record.attempt > 0)
            copy.attempt = record.attempt;
        const auto enter = [&](State state) {
            copy.state = state;
            copy.since = record.at;
            copy.due.reset();
        };
        const auto befell = [&](Trouble trouble) {
            copy.trouble = trouble;
            copy.troubleAttempt = copy.attempt;
            copy.reason = record.reason;
        };
        switch (record.kind) {
        case RecordKind::sent:
            enter(State::inTransit);
            break;
        case RecordKind::enqueued:
            enter(record.bornDelayed() ? State::delayed : State::waiting);
            bear(copy, record);
            break;
        case RecordKind::released:
            enter(copy.trouble == Trouble::none ? State::waiting : State::waitingAgain);
            break;
        case RecordKind::requeued:
            enter(State::waitingAgain);
            if (copy.trouble == Trouble::none || copy.troubleAttempt != copy.attempt)
                befell(Trouble::givenBack);
            break;
        case RecordKind::delivered:
            enter(State::delivered);
            break;
        case RecordKind::started:
            enter(State::handling);
            break;
        case RecordKind::finished:
            enter(State::finished);
            break;
        case RecordKind::failed:
            enter(State::failing);
            befell(Trouble::failed);
            break;
        case RecordKind::crashed:
            enter(State::failing);
            befell(Trouble::crashed);
            break;
        case RecordKind::nacked:
            if (copy.state != State::failing) { // else it says no more than the failure did
                enter(State::failing);
                if (copy.trouble == Trouble::none || copy.troubleAttempt != copy.attempt)
                    befell(Trouble::failed);
            }
            break;
        case RecordKind::timedOut:
            enter(State::takenBack);
            befell(Trouble::timedOut);
            break;
        case RecordKind::retryScheduled:
            enter(State::backoff);
            if (record.value >= 0)
                copy.due = record.at + Duration(record.value);
            break;
        case RecordKind::acked:
            if (copy.state != State::passedOver)
                enter(State::acked);
            copy.since = record.at;
            copy.lasted = Duration(record.value);
            break;
        case RecordKind::skipped:
            enter(State::passedOver);
            copy.reason = record.reason;
            break;
        case RecordKind::deadLettered:
            end(copy, record, State::deadLettered);
            break;
        case RecordKind::expired:
            end(copy, record, State::expired);
            break;
        case RecordKind::dropped:
            end(copy, record, State::dropped);
            break;
        case RecordKind::purged:
            end(copy, record, State::purged);
            break;
        case RecordKind::lost:
            end(copy, record, State::lost);
            break;
        case RecordKind::effectLost:
            end(copy, record, State::effectLost);
            break;
        default:
            break;
        }
        if (record.kind == RecordKind::enqueued && copy.state == State::waiting && isDeadLetter(place.channel))
            copy.state = State::resting;
    }
    // A copy that was put aside brings with it why: from where it was given up.
    void bear(Verdict& copy, const Record& record) {
        copy.attempt = 0;
        copy.trouble = Trouble::none;
        copy.reason = {};
        copy.from = {};
        if (!isDeadLetter(copy.place.channel) || record.value < 0)
            return;
        const ChannelId from{static_cast<std::uint16_t>(record.value)};
        for (const Verdict& earlier : m_copies)
            if (earlier.place.channel == from && earlier.state == State::deadLettered) {
                copy.from = from;
                copy.attempt = earlier.attempt;
                copy.trouble = earlier.trouble;
                copy.troubleAttempt = earlier.troubleAttempt;
                copy.reason = earlier.reason;
            }
    }
    static void end(Verdict& copy, const Record& record, State state) {
        copy.state = state;
        copy.since = record.at;
        copy.due.reset();
        // Why the last attempt went wrong says more than that there were too many of them.
        if (copy.trouble == Trouble::none || !copy.reason.valid())
            copy.reason = record.reason;
    }
    bool isDeadLetter(ChannelId channel) const {
        return channel.valid() && m_catalogue.channels()[channel.index()].deadLetter;
    }

    const Catalogue& m_catalogue;
    Verdict m_message;
    bool m_known = false;
    std::vector<Verdict> m_copies;
};

} // namespace

std::vector<Verdict> verdictsOf(std::span<const Record> records, const Catalogue& catalogue) {
    VerdictFold fold(catalogue);
    for (const Record& record : records)
        fold.apply(record);
    return std::move(fold).take();
}

Standing standingOf(const Verdict& verdict) {
    switch (verdict.state) {
    case State::acked:
    case State::passedOver:
        return Standing::done;
    case State::deadLettered: // its successor tells
        return Standing::succeeded;
    case State::refused:
    case State::deduplicated:
    case State::unroutable:
    case State::effectLost:
    case State::resting:
    case State::expired:
    case State::dropped:
    case State::purged:
    case State::lost:
        return Standing::ended;
    default:
        return verdict.trouble == Trouble::none ? Standing::open : Standing::troubled;
    }
}

std::optional<std::size_t> tellingOf(std::span<const Verdict> verdicts) {
    const auto found = std::max_element(verdicts.begin(), verdicts.end(), [](const Verdict& a, const Verdict& b) {
        const Standing first = standingOf(a);
        const Standing second = standingOf(b);
        // Of those that are done, the last one to be; of the others the one that has stood longest.
        if (first != second)
            return first < second;
        return first <= Standing::done ? a.since < b.since : b.since < a.since;
    });
    return found == verdicts.end() ? std::nullopt
                                   : std::optional(static_cast<std::size_t>(found - verdicts.begin()));
}

} // namespace weir
