#include "ui/details/biography.h"

#include "ui/format.h"
#include "ui/trace/record_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::Biography)
};

bool isOfCopy(RecordKind kind) {
    return kind >= RecordKind::sent && kind <= RecordKind::lost && kind != RecordKind::ackRefused;
}

class LifeTeller {
  public:
    LifeTeller(const Catalogue& catalogue, SimTime now)
        : m_catalogue(catalogue), m_now(now), m_text(catalogue, nullptr) {}

    LifeLine ofCopy(const Record& last) const {
        const Place place = m_catalogue.place(last.place);
        const QString where = m_text.channel(place);
        const QString who = m_text.service(place);
        const QString since = durationText(m_now - last.at);
        switch (last.kind) {
        case RecordKind::sent:
            return {Tone::Neutral, Words::tr("%1: on its way").arg(where)};
        case RecordKind::enqueued:
            if (last.bornDelayed())
                return {Tone::Neutral, Words::tr("%1: held back for %2 so far").arg(where, since)};
            return {Tone::Neutral, Words::tr("%1: has been waiting for %2").arg(where, since)};
        case RecordKind::released:
        case RecordKind::requeued:
            return {Tone::Neutral, Words::tr("%1: waits again, for %2 so far").arg(where, since)};
        case RecordKind::delivered:
            return {Tone::Neutral, Words::tr("%1: delivered to %2, not begun yet").arg(where, who)};
        case RecordKind::started:
            return {Tone::Accent, Words::tr("%1: in the hands of %2 for %3").arg(where, who, since) + attempt(last)};
        case RecordKind::finished:
            return {Tone::Accent, Words::tr("%1: %2 is done, its ack is on the way").arg(where, who)};
        case RecordKind::failed:
        case RecordKind::nacked:
            return {Tone::Warn, Words::tr("%1: %2 failed").arg(where, who) + reason(last) + attempt(last)};
        case RecordKind::timedOut:
            return {Tone::Warn, Words::tr("%1: taken back from %2, its ack did not come in time").arg(where, who)};
        case RecordKind::retryScheduled:
            return {Tone::Warn,
                    Words::tr("%1: failed, comes again %2 after that").arg(where, durationText(Duration(last.value))) +
                        attempt(last)};
        case RecordKind::acked:
            return {Tone::Ok, Words::tr("%1: acked by %2, %3 after it was published")
                                      .arg(where, who, durationText(Duration(last.value))) +
                                  attempt(last)};
        case RecordKind::deadLettered:
            return {Tone::Danger,
                    Words::tr("%1: given up and put aside as a dead letter").arg(where) + reason(last) + attempt(last)};
        case RecordKind::expired:
            return {Tone::Danger, Words::tr("%1: expired").arg(where) + reason(last)};
        case RecordKind::dropped:
            return {Tone::Danger, Words::tr("%1: dropped").arg(where) + reason(last)};
        case RecordKind::purged:
            return {Tone::Danger, Words::tr("%1: purged").arg(where)};
        case RecordKind::lost:
            return {Tone::Danger, Words::tr("%1: lost").arg(where) + reason(last)};
        default:
            return {Tone::Neutral, where};
        }
    }

    // A message of which there is no copy.
    LifeLine ofMessage(const Record& last) const {
        switch (last.kind) {
        case RecordKind::refused:
            return {Tone::Danger, Words::tr("Refused by the broker") + reason(last)};
        case RecordKind::deduplicated:
            return {Tone::Warn, Words::tr("Passed over: its id had been seen before")};
        case RecordKind::unroutable:
            return {Tone::Danger, Words::tr("Reached nobody: no binding took it")};
        case RecordKind::blocked:
            return {Tone::Warn, Words::tr("Held: its producer waits for room")};
        case RecordKind::throttled:
            return {Tone::Warn, Words::tr("Held: a rate limit delays it")};
        default:
            return {Tone::Neutral, Words::tr("Published, on its way to the broker")};
        }
    }

  private:
    QString reason(const Record& record) const {
        return record.reason.valid()
                   ? QStringLiteral(" (") + toQt(m_catalogue.reasons()[record.reason.index()].name) + QLatin1Char(')')
                   : QString();
    }
    QString attempt(const Record& record) const {
        return record.attempt > 1 ? Words::tr(", attempt %1").arg(record.attempt) : QString();
    }

    const Catalogue& m_catalogue;
    SimTime m_now;
    RecordText m_text;
};

Tone toneOf(const Span& span, bool open) {
    switch (span.kind) {
    case SpanKind::backoff:
        return Tone::Warn;
    case SpanKind::handling:
        return !open && span.ending != RecordKind::finished && span.ending != RecordKind::acked ? Tone::Danger
                                                                                                : Tone::Accent;
    case SpanKind::message:
    case SpanKind::delayed:
    case SpanKind::queued:
        break;
    }
    return Tone::Neutral;
}

} // namespace

std::vector<LifeLine> lifeOf(std::span<const Record> records, const Catalogue& catalogue, SimTime now) {
    // A copy is one per subscription; before it is known to one, per channel.
    std::vector<std::pair<std::pair<ChannelId, SubscriptionId>, Record>> copies;
    std::optional<Record> last;
    for (const Record& record : records) {
        if (!isOfCopy(record.kind) || !record.place.valid()) {
            last = record;
            continue;
        }
        const Place& place = catalogue.place(record.place);
        const auto key = std::pair(place.channel, place.subscription);
        const auto found = std::find_if(copies.begin(), copies.end(), [&](const auto& copy) {
            return copy.first.first == key.first &&
                   (copy.first.second == key.second || !copy.first.second.valid() || !key.second.valid());
        });
        if (found == copies.end())
            copies.emplace_back(key, record);
        else
            found->second = record;
    }
    const LifeTeller teller(catalogue, now);
    std::vector<LifeLine> lines;
    for (const auto& [key, record] : copies)
        lines.push_back(teller.ofCopy(record));
    if (lines.empty() && last)
        lines.push_back(teller.ofMessage(*last));
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
        QString label;
        switch (span.kind) {
        case SpanKind::handling:
            label = text.service(span.place);
            break;
        case SpanKind::backoff:
            label = Words::tr("%1, backing off").arg(text.channel(span.place));
            break;
        case SpanKind::delayed:
            label = Words::tr("%1, delayed").arg(text.channel(span.place));
            break;
        case SpanKind::queued:
        case SpanKind::message:
            label = text.channel(span.place);
            break;
        }
        segments.push_back({.label = label,
                            .kind = span.kind,
                            .tone = toneOf(span, open),
                            .begin = span.begin,
                            .end = open ? now : span.end,
                            .open = open});
    }
    return segments;
}

} // namespace weir
