#include "ui/sequence/sequence_text.h"

#include "core/record/message_source.h"
#include "ui/biography/segment_look.h"
#include "ui/format.h"
#include "ui/trace/record_text.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QStringList>
#include <QSvgGenerator>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::SequenceText)
};

QString axisName(const SequencePicture& picture, std::size_t step) {
    return picture.axes[static_cast<std::size_t>(picture.axisOfStep[step])].name;
}

QString typeName(const Record& record, const Catalogue& catalogue) {
    return record.type.valid() ? toQt(catalogue.eventTypes()[record.type.index()].name) : QString();
}

QString eventText(const Record& record, const Catalogue& catalogue, const MessageSource* messages) {
    const auto message = messages ? messages->message(record.ordinal) : std::nullopt;
    const QString id = message && !message->id.empty() ? toQt(message->id) : QStringLiteral("#%1").arg(record.ordinal);
    return typeName(record, catalogue) + QLatin1Char(' ') + id;
}

QString stepWords(const SequenceStep& step, const Catalogue& catalogue, const MessageSource* messages) {
    const RecordText text(catalogue, nullptr);
    QStringList lines{RecordText::kind(step.record.kind) + QStringLiteral(" · ") +
                      eventText(step.record, catalogue, messages)};
    lines << RecordText::kindMeaning(step.record.kind);
    if (const QString detail = text.detail(step.record); !detail.isEmpty())
        lines << detail;
    const Place place = step.record.place.valid() ? catalogue.place(step.record.place) : Place{};
    QStringList where;
    for (const QString& part : {text.channel(place), text.service(place)})
        if (!part.isEmpty())
            where << part;
    lines << where.join(QStringLiteral(" · "));
    if (step.record.attempt > 1 && step.record.kind != RecordKind::published)
        lines << Words::tr("attempt %1").arg(step.record.attempt);
    lines << RecordText::exactTime(step.record.at);
    return lines.join(QLatin1Char('\n'));
}

// Names in Mermaid: letters, digits and underlines only; what is shown is given apart.
QString alias(std::size_t axis) {
    return QStringLiteral("a%1").arg(axis);
}

// What Mermaid would read as its own.
QString plain(QString text) {
    text.replace(QLatin1Char(';'), QLatin1Char(','));
    text.replace(QLatin1Char('#'), QStringLiteral("no. "));
    return text;
}

const char* arrowOf(SequenceTieKind kind) {
    switch (kind) {
    case SequenceTieKind::publish:
    case SequenceTieKind::route:
        return "->>";
    case SequenceTieKind::deliver:
        return "->>";
    case SequenceTieKind::giveBack:
        return "-->>";
    case SequenceTieKind::deadLetter:
        return "--x";
    case SequenceTieKind::hidden:
        return "-)";
    }
    return "->>";
}

} // namespace

QString wordsOf(const SequencePicture& picture, const SequencePicture::Hit& hit, const Catalogue& catalogue,
                const MessageSource* messages) {
    const SequenceChart& chart = picture.chart;
    switch (hit.kind) {
    case SequencePicture::Hit::Kind::none:
        return {};
    case SequencePicture::Hit::Kind::step:
        return stepWords(chart.steps[hit.index], catalogue, messages);
    case SequencePicture::Hit::Kind::tie: {
        const SequenceTie& tie = chart.ties[hit.index];
        QString words = Words::tr("%1: from %2 to %3")
                            .arg(eventText(chart.steps[tie.to].record, catalogue, messages), axisName(picture, tie.from),
                                 axisName(picture, tie.to));
        if (tie.kind == SequenceTieKind::hidden)
            words += QLatin1Char('\n') + Words::tr("%1 steps in between are hidden").arg(tie.hops - 1);
        const Record& from = chart.steps[tie.from].record;
        const Record& to = chart.steps[tie.to].record;
        return words + QLatin1Char('\n') +
               Words::tr("%1 at %2, %3 later %4")
                   .arg(RecordText::kind(from.kind), RecordText::exactTime(from.at), durationText(to.at - from.at),
                        RecordText::kind(to.kind));
    }
    case SequencePicture::Hit::Kind::bar: {
        const SequenceBar& bar = chart.bars[hit.index];
        const std::size_t step = bar.from != SequenceStep::none ? bar.from : bar.to;
        QString words = segmentName(bar.kind) + QLatin1Char(' ') + durationText(bar.end - bar.begin);
        if (bar.to == SequenceStep::none)
            words += QStringLiteral(" …");
        words += QStringLiteral(" · ") + eventText(chart.steps[step].record, catalogue, messages);
        if (bar.attempt > 1)
            words += QStringLiteral(" · ") + Words::tr("attempt %1").arg(bar.attempt);
        return words + QLatin1Char('\n') + segmentMeaning(bar.kind) + QLatin1Char('\n') +
               Words::tr("from %1 to %2").arg(RecordText::exactTime(bar.begin), RecordText::exactTime(bar.end));
    }
    }
    Q_UNREACHABLE();
}

QString mermaidOf(const SequencePicture& picture, const Catalogue& catalogue, std::size_t arrowsMax) {
    const SequenceChart& chart = picture.chart;
    QStringList lines{QStringLiteral("sequenceDiagram")};
    for (std::size_t i = 0; i < picture.axes.size(); ++i)
        lines << QStringLiteral("    participant %1 as %2").arg(alias(i), plain(picture.axes[i].name));
    std::size_t arrows = 0;
    std::size_t next = 0; // ties come in the order of arrival
    for (std::size_t step = 0; step < chart.steps.size(); ++step) {
        for (; next < chart.ties.size() && chart.ties[next].to == step; ++next) {
            const SequenceTie& tie = chart.ties[next];
            if (!picture.hasAxis(tie.from) || !picture.hasAxis(tie.to) || ++arrows > arrowsMax)
                continue;
            QString text = typeName(chart.steps[tie.to].record, catalogue);
            if (tie.kind == SequenceTieKind::giveBack || tie.kind == SequenceTieKind::deadLetter)
                text += QStringLiteral(" ") + RecordText::kind(chart.steps[tie.to].record.kind);
            lines << QStringLiteral("    %1%2%3: %4")
                         .arg(alias(static_cast<std::size_t>(picture.axisOfStep[tie.from])),
                              QLatin1String(arrowOf(tie.kind)),
                              alias(static_cast<std::size_t>(picture.axisOfStep[tie.to])), plain(text));
        }
        const Record& record = chart.steps[step].record;
        const bool noted = record.kind == RecordKind::failed || record.kind == RecordKind::crashed ||
                           record.kind == RecordKind::expired || record.kind == RecordKind::dropped ||
                           record.kind == RecordKind::lost || record.kind == RecordKind::unroutable ||
                           record.kind == RecordKind::refused;
        if (noted && picture.hasAxis(step) && arrows <= arrowsMax)
            lines << QStringLiteral("    Note over %1: %2 %3")
                         .arg(alias(static_cast<std::size_t>(picture.axisOfStep[step])),
                              RecordText::kind(record.kind), plain(typeName(record, catalogue)));
    }
    if (arrows > arrowsMax)
        lines << QStringLiteral("    Note over %1: %2").arg(alias(0), Words::tr("%1 more are left out").arg(arrows - arrowsMax));
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QByteArray svgOf(SequencePicture picture, const Theme& theme, const Catalogue& catalogue, const QString& title) {
    picture.offset.setY(0);
    picture.size.setHeight(SequencePicture::rulerHeight + picture.axesHeight());
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(picture.size.toSize());
    generator.setViewBox(QRectF(QPointF(), picture.size));
    generator.setTitle(title);
    {
        QPainter painter(&generator);
        paintSequence(painter, picture, theme, catalogue);
    }
    return buffer.data();
}

} // namespace weir
