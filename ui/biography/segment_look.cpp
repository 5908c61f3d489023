#include "ui/biography/segment_look.h"

#include <QCoreApplication>
#include <QLinearGradient>
#include <QPainter>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::SegmentLook)
};

bool wentWell(RecordKind ending) {
    return ending == RecordKind::finished || ending == RecordKind::acked || ending == RecordKind::skipped;
}

// Slanted lines inside the bar, 5 apart.
void hatch(QPainter& painter, const QRectF& bar, const QColor& colour) {
    painter.save();
    painter.setClipRect(bar, Qt::IntersectClip);
    painter.setPen(QPen(colour, 1));
    for (qreal x = bar.left() - bar.height(); x < bar.right(); x += 5)
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x + bar.height(), bar.top()));
    painter.restore();
}

} // namespace

Tone segmentTone(const Span& span, bool open) {
    switch (span.kind) {
    case SpanKind::held:
    case SpanKind::backoff:
    case SpanKind::redelivery:
    case SpanKind::duplicate:
        return Tone::Warn;
    case SpanKind::deadLetter:
        return Tone::Danger;
    case SpanKind::replay:
        return Tone::Accent;
    case SpanKind::handling:
        return !open && !wentWell(span.ending) ? Tone::Danger : Tone::Accent;
    case SpanKind::message:
    case SpanKind::delayed:
    case SpanKind::queued:
        break;
    }
    return Tone::Neutral;
}

QString segmentName(SpanKind kind) {
    switch (kind) {
    case SpanKind::message:
        return Words::tr("message");
    case SpanKind::held:
        return Words::tr("held");
    case SpanKind::delayed:
        return Words::tr("delayed");
    case SpanKind::queued:
        return Words::tr("waits");
    case SpanKind::redelivery:
        return Words::tr("waits again");
    case SpanKind::replay:
        return Words::tr("replayed");
    case SpanKind::deadLetter:
        return Words::tr("dead letter");
    case SpanKind::backoff:
        return Words::tr("backoff");
    case SpanKind::handling:
        return Words::tr("handled");
    case SpanKind::duplicate:
        return Words::tr("duplicate");
    }
    Q_UNREACHABLE();
}

QString segmentMeaning(SpanKind kind) {
    switch (kind) {
    case SpanKind::message:
        return Words::tr("From publish to the last that is known of it.");
    case SpanKind::held:
        return Words::tr("The producer waits for room, or a rate limit delays the message.");
    case SpanKind::delayed:
        return Words::tr("The copy is held back from its birth on.");
    case SpanKind::queued:
        return Words::tr("The copy waits in its queue until a worker begins.");
    case SpanKind::redelivery:
        return Words::tr("The copy was delivered before and waits to be delivered once more.");
    case SpanKind::replay:
        return Words::tr("The copy came again: out of dead letters, or read anew from a stream.");
    case SpanKind::deadLetter:
        return Words::tr("The copy was given up and lies in a dead-letter channel.");
    case SpanKind::backoff:
        return Words::tr("The copy failed and waits for its next attempt.");
    case SpanKind::handling:
        return Words::tr("A worker has the copy in hand; red where it failed.");
    case SpanKind::duplicate:
        return Words::tr("What was done before is done again, or passed over as known.");
    }
    Q_UNREACHABLE();
}

void paintSegment(QPainter& painter, const QRectF& bar, const SegmentLook& look, const Theme& theme) {
    const QColor colour = look.tone == Tone::Neutral ? theme.edge : theme.colour(look.tone);
    const QRectF body = bar.adjusted(0.5, 0.5, -0.5, -0.5);
    const qreal radius = std::min(2.5, body.width() / 2);
    painter.setPen(Qt::NoPen);
    if (isWork(look.kind)) {
        QBrush fill(colour);
        if (look.open && bar.width() > 12) {
            QColor faded = colour;
            faded.setAlphaF(0.25F);
            QLinearGradient gradient(bar.topLeft(), bar.topRight());
            gradient.setColorAt(0, colour);
            gradient.setColorAt(1, faded);
            fill = gradient;
        }
        painter.setBrush(fill);
        painter.drawRoundedRect(body, radius, radius);
        if (look.kind == SpanKind::duplicate)
            hatch(painter, body, theme.surface);
        return;
    }
    const bool broken = look.kind == SpanKind::backoff || look.kind == SpanKind::delayed;
    painter.setBrush(look.tone == Tone::Neutral ? theme.raised : theme.tint(look.tone));
    painter.setPen(QPen(colour, 1.2, broken ? Qt::DashLine : Qt::SolidLine));
    painter.drawRoundedRect(body, radius, radius);
    if (look.kind == SpanKind::deadLetter || look.kind == SpanKind::replay)
        hatch(painter, body, colour);
    else if (look.kind == SpanKind::redelivery || look.kind == SpanKind::held) // two lines: it stood there before
        painter.drawLine(QPointF(body.left(), body.center().y()), QPointF(body.right(), body.center().y()));
}

} // namespace weir
