// How the stretches of a message's time look, wherever they are drawn: work is filled, waiting is hollow, and each kind
// has a pattern of its own, so that colour is never needed alone. Also what each kind is called, for legends and tips.
#pragma once

#include "core/record/spans.h"
#include "ui/theme.h"

#include <QString>

class QPainter;
class QRectF;

namespace weir {

struct SegmentLook {
    SpanKind kind = SpanKind::queued;
    Tone tone = Tone::Neutral;
    bool open = false; // fades out: it has not ended
};

// `open`: it goes on at the instant that is shown.
Tone segmentTone(const Span& span, bool open);
QString segmentName(SpanKind kind);    // "waits", for a legend
QString segmentMeaning(SpanKind kind); // a sentence

void paintSegment(QPainter& painter, const QRectF& bar, const SegmentLook& look, const Theme& theme);

} // namespace weir
