#include "ui/presenter/narration.h"

#include "ui/format.h"
#include "ui/trace/record_text.h"

namespace weir {

int Narration::weight(RecordKind kind) {
    switch (kind) {
    case RecordKind::crashed:
    case RecordKind::deadLettered:
    case RecordKind::commanded:
    case RecordKind::stopped:
    case RecordKind::lost:
    case RecordKind::effectLost:
        return 3;
    case RecordKind::restarted:
    case RecordKind::retryScheduled:
    case RecordKind::failed:
    case RecordKind::timedOut:
    case RecordKind::refused:
    case RecordKind::unroutable:
    case RecordKind::expired:
    case RecordKind::dropped:
    case RecordKind::purged:
    case RecordKind::blocked:
    case RecordKind::rebalanced:
    case RecordKind::compensated:
        return 2;
    case RecordKind::published:
    case RecordKind::started:
    case RecordKind::acked:
    case RecordKind::completed:
        return 1;
    default:
        return 0;
    }
}

QString Narration::sentence(const Record& record) const {
    const RecordText text(m_catalogue, nullptr);
    const Place place = record.place.valid() ? m_catalogue.place(record.place) : Place{};
    const QString service = text.service(place);
    const QString channel = text.channel(place);
    const QString type = record.type.valid() ? toQt(m_catalogue.eventTypes()[record.type.index()].name) : tr("an event");
    const QString reason =
        record.reason.valid() ? toQt(m_catalogue.reasons()[record.reason.index()].name) : QString();
    const auto because = [&reason](const QString& sentence) {
        return reason.isEmpty() ? sentence : tr("%1 (%2)").arg(sentence, reason);
    };
    switch (record.kind) {
    case RecordKind::published:
        return service.isEmpty() ? tr("%1 is published to %2").arg(type, channel)
                                 : tr("%1 publishes %2 to %3").arg(service, type, channel);
    case RecordKind::routed:
        return record.value == 1 ? tr("%1 passes %2 on to one queue").arg(channel, type)
                                 : tr("%1 passes %2 on to %3 queues").arg(channel, type, countText(record.value));
    case RecordKind::refused:
        return because(tr("%1 refuses %2").arg(channel, type));
    case RecordKind::unroutable:
        return tr("Nobody wants %1: no binding of %2 takes it").arg(type, channel);
    case RecordKind::blocked:
        return tr("%1 is full: %2 waits before it may publish").arg(channel, service);
    case RecordKind::appended:
        return tr("%1 appends %2").arg(channel, type);
    case RecordKind::enqueued:
        return tr("%1 waits in %2").arg(type, channel);
    case RecordKind::delivered:
        return tr("%1 delivers %2 to %3").arg(channel, type, service);
    case RecordKind::started:
        return record.attempt > 1 ? tr("%1 tries %2 for the %3. time").arg(service, type).arg(record.attempt)
                                  : tr("%1 starts to handle %2").arg(service, type);
    case RecordKind::finished:
        return tr("%1 has handled %2 in %3").arg(service, type, durationText(Duration{record.value}));
    case RecordKind::failed:
        return because(tr("%1 fails to handle %2").arg(service, type));
    case RecordKind::acked:
        return tr("%1 confirms %2: it is settled").arg(service.isEmpty() ? channel : service, type);
    case RecordKind::timedOut:
        return tr("%1 did not confirm %2 in time").arg(service, type);
    case RecordKind::requeued:
        return tr("%1 is back in %2").arg(type, channel);
    case RecordKind::retryScheduled:
        if (record.value < 0)
            return tr("%1 stays in %2 and is not delivered any more").arg(type, channel);
        return tr("%1 is tried again in %2").arg(type, durationText(Duration{record.value}));
    case RecordKind::deadLettered: {
        const bool known = record.value >= 0 && static_cast<std::size_t>(record.value) < m_catalogue.channels().size();
        return because(known ? tr("%1 is given up and put into %2")
                                   .arg(type, toQt(m_catalogue.channels()[static_cast<std::size_t>(record.value)].name))
                             : tr("%1 is given up").arg(type));
    }
    case RecordKind::expired:
        return tr("%1 is too old and leaves %2").arg(type, channel);
    case RecordKind::dropped:
        return because(tr("%1 throws %2 away").arg(channel, type));
    case RecordKind::crashed:
        return record.attempt > 0 ? tr("%1 dies while it handles %2").arg(service, type) : tr("%1 crashes").arg(service);
    case RecordKind::restarted:
        return tr("%1 is up again").arg(service);
    case RecordKind::stateChanged: {
        const QString detail = text.detail(record);
        return detail.isEmpty() ? RecordText::kindMeaning(record.kind) : tr("%1: %2").arg(service, detail);
    }
    case RecordKind::completed:
        return tr("Everything that %1 led to is settled, after %2").arg(type, durationText(Duration{record.value}));
    case RecordKind::commanded:
        return because(service.isEmpty() ? tr("Somebody gave a command") : tr("Somebody gave %1 a command").arg(service));
    default:
        return RecordText::kindMeaning(record.kind);
    }
}

} // namespace weir
