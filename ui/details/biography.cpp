#include "ui/details/biography.h"

#include "core/record/verdict.h"
#include "ui/biography/segment_look.h"
#include "ui/format.h"
#include "ui/trace/record_text.h"

#include <QCoreApplication>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::Biography)
};

class LifeTeller {
  public:
    LifeTeller(const Catalogue& catalogue, SimTime now)
        : m_catalogue(catalogue), m_now(now), m_text(catalogue, nullptr) {}

    LifeLine lineOf(const Verdict& verdict) const {
        using State = Verdict::State;
        const QString where = m_text.channel(verdict.place);
        const QString who = m_text.service(verdict.place);
        const QString since = durationText(m_now - verdict.since);
        switch (verdict.state) {
        case State::published:
            return {Tone::Neutral, Words::tr("Published, on its way to the broker")};
        case State::blocked:
            return {Tone::Warn, Words::tr("Held: its producer waits for room")};
        case State::throttled:
            return {Tone::Warn, Words::tr("Held: a rate limit delays it")};
        case State::refused:
            return {Tone::Danger, Words::tr("Refused by the broker") + reason(verdict)};
        case State::deduplicated:
            return {Tone::Warn, Words::tr("Passed over: its id had been seen before")};
        case State::unroutable:
            return {Tone::Danger, Words::tr("Reached nobody: no binding took it")};
        case State::inTransit:
            return {Tone::Neutral, Words::tr("%1: on its way").arg(where)};
        case State::delayed:
            return {Tone::Neutral, Words::tr("%1: held back for %2 so far").arg(where, since)};
        case State::waiting:
            return {Tone::Neutral, Words::tr("%1: has been waiting for %2").arg(where, since)};
        case State::waitingAgain:
            return {Tone::Neutral, Words::tr("%1: waits again, for %2 so far").arg(where, since)};
        case State::delivered:
            return {Tone::Neutral, Words::tr("%1: delivered to %2, not begun yet").arg(where, who)};
        case State::handling:
            return {Tone::Accent, Words::tr("%1: in the hands of %2 for %3").arg(where, who, since) + attempt(verdict)};
        case State::finished:
            return {Tone::Accent, Words::tr("%1: %2 is done, its ack is on the way").arg(where, who)};
        case State::failing:
            return {Tone::Warn, Words::tr("%1: %2 failed").arg(where, who) + reason(verdict) + attempt(verdict)};
        case State::takenBack:
            return {Tone::Warn, Words::tr("%1: taken back from %2, its ack did not come in time").arg(where, who)};
        case State::backoff:
            return {Tone::Warn, Words::tr("%1: failed, comes again %2 after that")
                                        .arg(where, durationText(verdict.due.value_or(verdict.since) - verdict.since)) +
                                    attempt(verdict)};
        case State::acked:
            return {Tone::Ok, Words::tr("%1: acked by %2, %3 after it was published")
                                      .arg(where, who, durationText(verdict.lasted)) +
                                  attempt(verdict)};
        case State::passedOver:
            return {Tone::Warn, Words::tr("%1: passed over by %2").arg(where, who) + reason(verdict)};
        case State::effectLost:
            return {Tone::Danger, Words::tr("%1: acked, but its work was not done").arg(where) + reason(verdict)};
        case State::resting:
            return {Tone::Danger, Words::tr("%1: lies among the dead letters, for %2 so far").arg(where, since), true};
        case State::deadLettered:
            return {Tone::Danger, Words::tr("%1: given up and put aside as a dead letter").arg(where) +
                                      reason(verdict) + attempt(verdict)};
        case State::expired:
            return {Tone::Danger, Words::tr("%1: expired").arg(where) + reason(verdict)};
        case State::dropped:
            return {Tone::Danger, Words::tr("%1: dropped").arg(where) + reason(verdict)};
        case State::purged:
            return {Tone::Danger, Words::tr("%1: purged").arg(where)};
        case State::lost:
            return {Tone::Danger, Words::tr("%1: lost").arg(where) + reason(verdict)};
        }
        Q_UNREACHABLE();
    }

  private:
    QString reason(const Verdict& verdict) const {
        return verdict.reason.valid()
                   ? QStringLiteral(" (") + toQt(m_catalogue.reasons()[verdict.reason.index()].name) + QLatin1Char(')')
                   : QString();
    }
    QString attempt(const Verdict& verdict) const {
        return verdict.attempt > 1 ? Words::tr(", attempt %1").arg(verdict.attempt) : QString();
    }

    const Catalogue& m_catalogue;
    SimTime m_now;
    RecordText m_text;
};

} // namespace

std::vector<LifeLine> lifeOf(std::span<const Record> records, const Catalogue& catalogue, SimTime now) {
    const LifeTeller teller(catalogue, now);
    std::vector<LifeLine> lines;
    for (const Verdict& verdict : verdictsOf(records, catalogue))
        lines.push_back(teller.lineOf(verdict));
    return lines;
}

std::vector<LifeSegment> segmentsOf(Ordinal message, std::span<const Span> spans, const Catalogue& catalogue,
                                    SimTime now) {
    const RecordText text(catalogue, nullptr);
    std::vector<LifeSegment> segments;
    for (const Span& span : spans) {
        if (span.ordinal != message || span.kind == SpanKind::message || span.begin > now)
            continue;
        const bool open = span.open || span.end > now;
        if (!open && span.end == span.begin)
            continue;
        QString label = isWork(span.kind) ? text.service(span.place) : text.channel(span.place);
        switch (span.kind) {
        case SpanKind::backoff:
            label = Words::tr("%1, backing off").arg(label);
            break;
        case SpanKind::delayed:
            label = Words::tr("%1, delayed").arg(label);
            break;
        case SpanKind::redelivery:
        case SpanKind::replay:
            label = Words::tr("%1, again").arg(label);
            break;
        case SpanKind::duplicate:
            label = Words::tr("%1, a second time").arg(label);
            break;
        default:
            break;
        }
        segments.push_back({.label = label,
                            .kind = span.kind,
                            .tone = segmentTone(span, open),
                            .begin = span.begin,
                            .end = open ? now : span.end,
                            .open = open});
    }
    return segments;
}

} // namespace weir
