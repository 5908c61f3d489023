#include "ui/biography/verdict_words.h"

#include "ui/format.h"
#include "ui/trace/record_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::VerdictWords)
};

class Teller {
  public:
    Teller(QString event, const Catalogue& catalogue, SimTime now)
        : m_event(std::move(event)), m_catalogue(catalogue), m_now(now), m_text(catalogue, nullptr) {}

    QString sentence(const Verdict& v, const std::optional<Crowd>& crowd) const {
        using State = Verdict::State;
        const QString where = m_text.channel(v.place);
        const QString who = m_text.service(v.place);
        const QString since = shortClockText(v.since);
        switch (v.state) {
        case State::published:
            return Words::tr("%1 was published at %2 and is on its way to the broker.").arg(m_event, since);
        case State::blocked:
            return Words::tr("%1 is held since %2: there is no room in %3, so its producer waits.")
                .arg(m_event, since, where);
        case State::throttled:
            return Words::tr("%1 is held since %2: a rate limit lets it pass in %3.")
                .arg(m_event, since, untilDue(v));
        case State::refused:
            return Words::tr("%1 was refused by the broker at %2%3.").arg(m_event, since, reason(v));
        case State::deduplicated:
            return Words::tr("%1 was passed over at %2: its id had been seen before.").arg(m_event, since);
        case State::unroutable:
            return Words::tr("%1 reached nobody: at %2 no binding took it.").arg(m_event, since);
        case State::inTransit:
            return Words::tr("%1 is on its way to %2 since %3.").arg(m_event, where, since);
        case State::delayed:
            return Words::tr("%1 is held back in %2 since %3, as was asked for.").arg(m_event, where, since);
        case State::waiting:
            return waiting(v, where, since, crowd);
        case State::waitingAgain:
            return Words::tr("%1 waits in %2 again since %3: %4.").arg(m_event, where, since, trouble(v));
        case State::delivered:
            return Words::tr("%1 is with %2 since %3, which has not begun it yet.").arg(m_event, who, since);
        case State::handling:
            return v.trouble == Verdict::Trouble::none
                       ? Words::tr("%1 is in the hands of %2 since %3.").arg(m_event, who, since)
                       : Words::tr("%1 is in the hands of %2 since %3, as attempt %4: %5.")
                             .arg(m_event, who, since)
                             .arg(v.attempt)
                             .arg(trouble(v));
        case State::finished:
            return Words::tr("%1 was handled by %2 at %3; the ack is on its way.").arg(m_event, who, since);
        case State::failing:
            return Words::tr("%1 has just gone wrong at %2: %3.").arg(m_event, who, trouble(v));
        case State::takenBack:
            return Words::tr("%1 has just been taken back from %2: %3.").arg(m_event, who, trouble(v));
        case State::backoff:
            return Words::tr("%1 waits in %2 since %3: %4, attempt %5 is due in %6.")
                .arg(m_event, where, since, trouble(v))
                .arg(v.attempt + 1)
                .arg(untilDue(v));
        case State::acked:
            return v.attempt > 1 ? Words::tr("%1 is done: %2 acked it at %3 at attempt %4, %5 after it was published.")
                                       .arg(m_event, who, since)
                                       .arg(v.attempt)
                                       .arg(durationText(v.lasted))
                                 : Words::tr("%1 is done: %2 acked it at %3, %4 after it was published.")
                                       .arg(m_event, who, since, durationText(v.lasted));
        case State::passedOver:
            return Words::tr("%1 is done: %2 passed over it at %3%4.").arg(m_event, who, since, reason(v));
        case State::effectLost:
            return Words::tr("%1 was acked by %2, but its work was not done%3.").arg(m_event, who, reason(v));
        case State::resting:
            return resting(v, where, since);
        case State::deadLettered:
            return Words::tr("%1 was given up by %2 at %3%4.").arg(m_event, where, since, reason(v));
        case State::expired:
            return Words::tr("%1 expired in %2 at %3.").arg(m_event, where, since);
        case State::dropped:
            return Words::tr("%1 was thrown away by %2 at %3%4.").arg(m_event, where, since, reason(v));
        case State::purged:
            return Words::tr("%1 was thrown away at %3, when %2 was emptied.").arg(m_event, where, since);
        case State::lost:
            return Words::tr("%1 was lost in %2 at %3%4.").arg(m_event, where, since, reason(v));
        }
        Q_UNREACHABLE();
    }

    // What became of the copies of which the sentence does not speak.
    static QString others(std::span<const Verdict> verdicts, std::size_t told) {
        std::array<int, 3> counts{}; // done, under way, ended otherwise
        for (std::size_t i = 0; i < verdicts.size(); ++i) {
            const Standing standing = standingOf(verdicts[i]);
            if (i != told && standing != Standing::succeeded)
                ++counts[standing == Standing::done ? 0U : standing == Standing::ended ? 2U : 1U];
        }
        QStringList parts;
        if (counts[0] > 0)
            parts << Words::tr("%1 done").arg(counts[0]);
        if (counts[1] > 0)
            parts << Words::tr("%1 under way").arg(counts[1]);
        if (counts[2] > 0)
            parts << Words::tr("%1 not delivered").arg(counts[2]);
        return parts.isEmpty() ? QString()
                               : QLatin1Char(' ') + Words::tr("Other copies: %1.").arg(parts.join(Words::tr(", ")));
    }

  private:
    QString waiting(const Verdict& v, const QString& where, const QString& since,
                    const std::optional<Crowd>& crowd) const {
        const ServiceId reader = v.place.subscription.valid()
                                     ? m_catalogue.subscriptions()[v.place.subscription.index()].service
                                     : ServiceId::none();
        if (!reader.valid())
            return Words::tr("%1 waits in %2 since %3: nobody reads there.").arg(m_event, where, since);
        const QString readerName = toQt(m_catalogue.services()[reader.index()].name);
        if (crowd && crowd->workers == 0)
            return Words::tr("%1 waits in %2 since %3: %4 is down.").arg(m_event, where, since, readerName);
        if (crowd && crowd->busy >= crowd->workers)
            return Words::tr("%1 waits in %2 since %3: all %4 workers of %5 are busy, %6 wait there.")
                .arg(m_event, where, since, countText(crowd->workers), readerName, countText(crowd->waiting));
        return Words::tr("%1 waits in %2 since %3 for %4.").arg(m_event, where, since, readerName);
    }
    QString resting(const Verdict& v, const QString& where, const QString& since) const {
        if (!v.from.valid())
            return Words::tr("%1 lies among the dead letters in %2 since %3.").arg(m_event, where, since);
        const QString from = toQt(m_catalogue.channels()[v.from.index()].name);
        if (v.trouble == Verdict::Trouble::none)
            return Words::tr("%1 lies in %2 since %3: %4 gave it up%5.").arg(m_event, where, since, from, reason(v));
        return Words::tr("%1 lies in %2 since %3: %4 gave it up after attempt %5: %6.")
            .arg(m_event, where, since, from)
            .arg(v.attempt)
            .arg(trouble(v));
    }
    QString trouble(const Verdict& v) const {
        switch (v.trouble) {
        case Verdict::Trouble::none:
            return Words::tr("nothing is known to have gone wrong");
        case Verdict::Trouble::failed:
            return Words::tr("attempt %1 failed%2").arg(v.troubleAttempt).arg(reason(v));
        case Verdict::Trouble::crashed:
            return Words::tr("the worker died during attempt %1").arg(v.troubleAttempt);
        case Verdict::Trouble::timedOut:
            return Words::tr("attempt %1 timed out").arg(v.troubleAttempt);
        case Verdict::Trouble::givenBack:
            return v.troubleAttempt > 0 ? Words::tr("attempt %1 was given back%2").arg(v.troubleAttempt).arg(reason(v))
                                        : Words::tr("it was given back%1").arg(reason(v));
        }
        Q_UNREACHABLE();
    }
    QString reason(const Verdict& v) const {
        return v.reason.valid()
                   ? QStringLiteral(" (") + toQt(m_catalogue.reasons()[v.reason.index()].name) + QLatin1Char(')')
                   : QString();
    }
    QString untilDue(const Verdict& v) const {
        return durationText(std::max(Duration::zero(), v.due.value_or(m_now) - m_now));
    }

    QString m_event;
    const Catalogue& m_catalogue;
    SimTime m_now;
    RecordText m_text;
};

} // namespace

QString verdictSentence(const QString& event, std::span<const Verdict> verdicts, const Catalogue& catalogue,
                        SimTime now, const std::optional<Crowd>& crowd) {
    const auto telling = tellingOf(verdicts);
    if (!telling)
        return {};
    return Teller(event, catalogue, now).sentence(verdicts[*telling], crowd) + Teller::others(verdicts, *telling);
}

} // namespace weir
