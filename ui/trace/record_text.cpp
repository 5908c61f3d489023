#include "ui/trace/record_text.h"

#include "core/record/record_json.h"
#include "ui/format.h"
#include "ui/trace/kind_words.h"

namespace weir {

QString quotedTerm(const QString& text) {
    QString inside = text;
    inside.replace(QLatin1Char('\''), QLatin1String("\\'"));
    return QLatin1Char('\'') + inside + QLatin1Char('\'');
}

QString RecordText::time(SimTime at) {
    const std::int64_t micro = at.time_since_epoch().count() / 1000;
    return QStringLiteral("%1.%2").arg(micro / 1'000'000).arg(sixDecimals(micro));
}

QString RecordText::sixDecimals(std::int64_t micro) {
    constexpr QChar narrowSpace(0x202F); // a line never breaks there
    return QStringLiteral("%1%2%3")
        .arg(micro / 1000 % 1000, 3, 10, QLatin1Char('0'))
        .arg(narrowSpace)
        .arg(micro % 1000, 3, 10, QLatin1Char('0'));
}

QString RecordText::exactTime(SimTime at) {
    return toQt(secondsText(at)) + QStringLiteral("\u00A0s");
}

QString RecordText::kind(RecordKind kind) {
    return kindWord(kind);
}

TraceRow RecordText::row(std::uint64_t index, const Record& record) const {
    TraceRow row{.index = index, .record = record, .texts = {}, .further = {}};
    const auto set = [&row](TraceColumn column, QString text) {
        row.texts[static_cast<std::size_t>(column)] = std::move(text);
    };
    const Place place = record.place.valid() ? m_catalogue.place(record.place) : Place{};
    set(TraceColumn::time, time(record.at));
    set(TraceColumn::kind, kind(record.kind));
    if (record.type.valid())
        set(TraceColumn::eventType, toQt(m_catalogue.eventTypes()[record.type.index()].name));
    if (record.ordinal > 0) {
        const auto message = m_messages ? m_messages->message(record.ordinal) : std::nullopt;
        set(TraceColumn::event,
            message && !message->id.empty() ? toQt(message->id) : QStringLiteral("#%1").arg(record.ordinal));
    }
    set(TraceColumn::channel, channel(place));
    set(TraceColumn::service, service(place));
    if (record.attempt > 0 && record.kind != RecordKind::published)
        set(TraceColumn::attempt, QString::number(record.attempt));
    if (const auto latency = latencyOf(record))
        set(TraceColumn::latency, durationText(Duration(*latency)));
    set(TraceColumn::detail, detail(record));
    return row;
}

QString RecordText::service(const Place& place) const {
    if (!place.service.valid())
        return {};
    const QString name = toQt(m_catalogue.services()[place.service.index()].name);
    return place.instance == Place::noIndex ? name : QStringLiteral("%1 #%2").arg(name).arg(place.instance + 1);
}

QString RecordText::channel(const Place& place) const {
    return place.channel.valid() ? toQt(m_catalogue.channels()[place.channel.index()].name) : QString();
}

QString RecordText::reason(const Record& record) const {
    return record.reason.valid() ? toQt(m_catalogue.reasons()[record.reason.index()].name) : QString();
}

QString RecordText::detail(const Record& record) const {
    const Place place = record.place.valid() ? m_catalogue.place(record.place) : Place{};
    const auto channelName = [this](std::int64_t index) {
        return index >= 0 && static_cast<std::size_t>(index) < m_catalogue.channels().size()
                   ? toQt(m_catalogue.channels()[static_cast<std::size_t>(index)].name)
                   : QString();
    };
    QStringList parts;
    switch (record.kind) {
    case RecordKind::routed:
        parts << (record.value == 1 ? tr("1 copy") : tr("%1 copies").arg(countText(record.value)));
        break;
    case RecordKind::retryScheduled:
        if (record.value < 0) {
            parts << tr("not delivered any more");
            break;
        }
        [[fallthrough]];
    case RecordKind::throttled:
        parts << tr("again in %1").arg(durationText(Duration(record.value)));
        break;
    case RecordKind::sent:
    case RecordKind::enqueued:
        if (const QString from = channelName(record.value); !from.isEmpty() && record.value != place.channel.value)
            parts << tr("from %1").arg(from);
        break;
    case RecordKind::deadLettered:
        if (const QString to = channelName(record.value); !to.isEmpty())
            parts << tr("to %1").arg(to);
        break;
    case RecordKind::stateChanged:
        if (record.extra < m_catalogue.stateSlots().size()) {
            const StateSlotRow& slot = m_catalogue.stateSlots()[record.extra];
            return QStringLiteral("%1 %2 = %3")
                .arg(toQt(slot.table), toQt(slot.key),
                     record.reason.valid() ? reason(record) : countText(record.value));
        }
        break;
    case RecordKind::rebalanced:
        parts << tr("generation %1").arg(record.value);
        break;
    case RecordKind::leaderElected:
    case RecordKind::leaderLost:
        parts << tr("term %1").arg(record.value);
        break;
    case RecordKind::replicaBehind:
    case RecordKind::replicaCaughtUp:
        parts << tr("%1 in sync").arg(record.value);
        break;
    case RecordKind::appended:
        if (record.isOpen())
            parts << tr("within a transaction");
        break;
    case RecordKind::transactionCommitted:
    case RecordKind::transactionAborted:
        parts << tr("stable up to offset %1").arg(record.value);
        break;
    case RecordKind::published:
        if (record.isRepeat() && record.reason.valid())
            parts << tr("replayed: %1").arg(reason(record));
        break;
    case RecordKind::diskFull:
    case RecordKind::diskFree:
        if (record.value > 0)
            parts << bytesText({record.value});
        break;
    case RecordKind::lost:
        if (record.wasPromised())
            parts << tr("its producer had been told that it is safe");
        break;
    default:
        break;
    }
    if (const QString why = reason(record); !why.isEmpty() && record.kind != RecordKind::published)
        parts << why;
    if (place.node.valid())
        parts << toQt(m_catalogue.nodes()[place.node.index()].name);
    if (place.partition != Place::noIndex)
        parts << tr("partition %1").arg(place.partition);
    if (const auto offset = offsetOf(record, m_catalogue))
        parts << tr("offset %1").arg(*offset);
    return parts.join(QStringLiteral(" · "));
}

QString RecordText::filterTerm(const TraceRow& row, TraceColumn column) const {
    const QString& text = row.text(column);
    if (text.isEmpty() && column != TraceColumn::detail)
        return {};
    switch (column) {
    case TraceColumn::time:
        return QStringLiteral("at >= ") + toQt(secondsText(row.record.at));
    case TraceColumn::kind:
        return QStringLiteral("kind = ") + quotedTerm(toQt(name(row.record.kind)));
    case TraceColumn::eventType:
        return QStringLiteral("type = ") + quotedTerm(text);
    case TraceColumn::event:
        return QStringLiteral("ordinal = %1").arg(row.record.ordinal);
    case TraceColumn::channel:
        return QStringLiteral("channel = ") + quotedTerm(text);
    case TraceColumn::service: {
        const Place place = m_catalogue.place(row.record.place);
        const QString whole =
            QStringLiteral("service = ") + quotedTerm(toQt(m_catalogue.services()[place.service.index()].name));
        return place.instance == Place::noIndex ? whole
                                                : whole + QStringLiteral(" AND instance = %1").arg(place.instance + 1);
    }
    case TraceColumn::attempt:
        return QStringLiteral("attempt = ") + text;
    case TraceColumn::latency:
        return QStringLiteral("latency >= ") + toQt(toText(Duration(*latencyOf(row.record))));
    case TraceColumn::detail:
        return row.record.reason.valid() && row.record.kind != RecordKind::stateChanged
                   ? QStringLiteral("reason = ") + quotedTerm(reason(row.record))
                   : QString();
    }
    Q_UNREACHABLE();
}

QString RecordText::columnTitle(TraceColumn column) {
    switch (column) {
    case TraceColumn::time:
        return tr("Time");
    case TraceColumn::kind:
        return tr("Kind");
    case TraceColumn::eventType:
        return tr("Event type");
    case TraceColumn::event:
        return tr("Event");
    case TraceColumn::channel:
        return tr("Channel");
    case TraceColumn::service:
        return tr("Service");
    case TraceColumn::attempt:
        return tr("Attempt");
    case TraceColumn::latency:
        return tr("Latency");
    case TraceColumn::detail:
        return tr("Detail");
    }
    Q_UNREACHABLE();
}

QString RecordText::deltaTitle() {
    return tr("Since row above");
}

Tone RecordText::kindTone(RecordKind kind) {
    switch (kind) {
    case RecordKind::acked:
    case RecordKind::completed:
    case RecordKind::restarted:
    case RecordKind::leaderElected:
    case RecordKind::replicaCaughtUp:
    case RecordKind::nodeUp:
    case RecordKind::transactionCommitted:
    case RecordKind::diskFree:
        return Tone::Ok;
    case RecordKind::retryScheduled:
    case RecordKind::requeued:
    case RecordKind::nacked:
    case RecordKind::timedOut:
    case RecordKind::throttled:
    case RecordKind::blocked:
    case RecordKind::ackRefused:
    case RecordKind::skipped:
    case RecordKind::deduplicated:
    case RecordKind::unconfirmed:
    case RecordKind::checkedBack:
    case RecordKind::strayed:
    case RecordKind::replicaBehind:
    case RecordKind::transactionAborted:
    case RecordKind::diskFull:
        return Tone::Warn;
    case RecordKind::crashed:
    case RecordKind::failed:
    case RecordKind::deadLettered:
    case RecordKind::refused:
    case RecordKind::unroutable:
    case RecordKind::expired:
    case RecordKind::dropped:
    case RecordKind::purged:
    case RecordKind::lost:
    case RecordKind::effectLost:
    case RecordKind::leaderLost:
    case RecordKind::nodeDown:
        return Tone::Danger;
    case RecordKind::commanded:
    case RecordKind::warmedUp:
    case RecordKind::scaled:
    case RecordKind::stopped:
        return Tone::Accent;
    default:
        return Tone::Neutral;
    }
}

QString RecordText::kindMeaning(RecordKind kind) {
    switch (kind) {
    case RecordKind::published:
        return tr("A producer handed the event over to the broker.");
    case RecordKind::refused:
        return tr("The broker refused the event.");
    case RecordKind::deduplicated:
        return tr("The broker had seen this event's id before and passed over it.");
    case RecordKind::unroutable:
        return tr("No binding took the event.");
    case RecordKind::routed:
        return tr("The broker made one copy for each queue that wants the event.");
    case RecordKind::blocked:
        return tr("The producer waits until there is room.");
    case RecordKind::unblocked:
        return tr("The producer waits no longer.");
    case RecordKind::throttled:
        return tr("A rate limit delays the event.");
    case RecordKind::completed:
        return tr("Everything that this event led to is settled.");
    case RecordKind::appended:
        return tr("The stream appended the event to a partition.");
    case RecordKind::sent:
        return tr("A copy is on its way to its channel.");
    case RecordKind::enqueued:
        return tr("A copy is in the queue.");
    case RecordKind::released:
        return tr("The delay is over: the copy can be delivered.");
    case RecordKind::delivered:
        return tr("A consumer received the copy.");
    case RecordKind::started:
        return tr("A worker began to handle the copy.");
    case RecordKind::finished:
        return tr("The worker is done.");
    case RecordKind::failed:
        return tr("The handling failed.");
    case RecordKind::acked:
        return tr("The consumer confirmed the copy: it is settled.");
    case RecordKind::ackRefused:
        return tr("The confirmation came too late: the copy had been taken back.");
    case RecordKind::nacked:
        return tr("The consumer gave the copy back.");
    case RecordKind::timedOut:
        return tr("No confirmation came in time: the copy is taken back.");
    case RecordKind::requeued:
        return tr("The copy is back in its queue, at its old place.");
    case RecordKind::retryScheduled:
        return tr("The copy waits for its next attempt.");
    case RecordKind::deadLettered:
        return tr("The broker gave the copy up and put it aside.");
    case RecordKind::expired:
        return tr("The copy was too old.");
    case RecordKind::dropped:
        return tr("The copy was thrown away.");
    case RecordKind::purged:
        return tr("The queue was emptied.");
    case RecordKind::lost:
        return tr("The copy was lost.");
    case RecordKind::skipped:
        return tr("A filter or the idempotency store passed over the copy.");
    case RecordKind::effectLost:
        return tr("The copy was confirmed, but its work was not done.");
    case RecordKind::crashed:
        return tr("An instance of the service died, or one handling of it.");
    case RecordKind::restarted:
        return tr("The instance is up again.");
    case RecordKind::rebalanced:
        return tr("The partitions were shared out anew within the group.");
    case RecordKind::committed:
        return tr("The group's position in the stream moved on.");
    case RecordKind::compensated:
        return tr("A step was undone.");
    case RecordKind::stateChanged:
        return tr("Business state of the service changed.");
    case RecordKind::commanded:
        return tr("Somebody gave a command.");
    case RecordKind::warmedUp:
        return tr("The warm-up is over: figures count from here.");
    case RecordKind::stopped:
        return tr("The run ended.");
    case RecordKind::scaled:
        return tr("The service has another number of instances or workers.");
    case RecordKind::confirmed:
        return tr("The broker's answer reached the producer.");
    case RecordKind::unconfirmed:
        return tr("The producer has no answer, or a no.");
    case RecordKind::checkedBack:
        return tr("The broker asked the producer what became of its transaction.");
    case RecordKind::strayed:
        return tr("A delivery, a confirmation or an answer was lost on its way.");
    case RecordKind::leaderElected:
        return tr("This node leads the queue or partition from now on.");
    case RecordKind::leaderLost:
        return tr("The node that led the queue or partition is gone: nobody leads it.");
    case RecordKind::replicaBehind:
        return tr("The replica on this node does not keep up: it is not in sync.");
    case RecordKind::replicaCaughtUp:
        return tr("The replica on this node is in sync again.");
    case RecordKind::nodeDown:
        return tr("A node of the broker is gone.");
    case RecordKind::nodeUp:
        return tr("The node of the broker is there again.");
    case RecordKind::transactionCommitted:
        return tr("A transaction in the partition is committed: all groups see its records now.");
    case RecordKind::transactionAborted:
        return tr("A transaction in the partition is aborted: groups that read committed records pass over it.");
    case RecordKind::stored:
        return tr("The service wrote the event into its outbox, together with its state.");
    case RecordKind::relayed:
        return tr("The event is published, and its row in the outbox is done with.");
    case RecordKind::diskFull:
        return tr("The disk of a node of the broker is full.");
    case RecordKind::diskFree:
        return tr("The disk of the node of the broker has room again.");
    }
    Q_UNREACHABLE();
}

} // namespace weir
