// SequencePicture: a SequenceChart placed: axes with their heights, steps with their positions, what is selected. Geometry
// and hit-testing as pure functions; paintSequence() draws it, on the screen or into a file.
#pragma once

#include "ui/sequence/axis_order.h"
#include "ui/sequence/sequence_chart.h"
#include "ui/sequence/time_scale.h"
#include "ui/theme.h"

#include <QPointF>
#include <QRectF>

#include <optional>
#include <vector>

class QPainter;

namespace weir {

struct SequencePicture {
    static constexpr qreal rulerHeight = 18;
    static constexpr qreal labelWidth = 144;
    static constexpr qreal rowMin = 19;
    static constexpr qreal rowMax = 52;
    static constexpr qreal reach = 7; // of the pointer

    SequenceChart chart;
    std::vector<SequenceAxis> axes; // that are shown
    TimeScale scale;
    std::vector<std::size_t> shown;  // steps, by their place in the scale
    std::vector<std::size_t> placed; // by step: its place in the scale; none: not shown
    std::vector<int> axisOfStep;     // by step; -1: none
    std::vector<std::uint16_t> lanes; // by axis, of bars
    QSizeF size;                      // of the whole view, labels and ruler included
    qreal rowHeight = rowMin;
    QPointF offset; // how far it is scrolled: x along the scale, y down the axes
    std::uint64_t playhead = 0; // records before it have happened
    SimTime now;
    Ordinal selectedMessage = 0;
    std::optional<std::uint64_t> selectedRecord;

    // Takes the chart up: which steps have an axis, where they stand. Axes without any step go where `onlyInvolved`.
    void setChart(SequenceChart next, std::vector<SequenceAxis> all, bool onlyInvolved);
    void setScale(TimeMode mode, double zoom);
    void fitRows(); // to the size

    qreal axisY(std::size_t axis) const;
    qreal axesHeight() const { return rowHeight * static_cast<qreal>(axes.size()); }
    qreal xOf(std::size_t step) const; // on the screen
    QPointF pointOf(std::size_t step) const;
    // From where to where a tie runs.
    std::pair<QPointF, QPointF> lineOf(const SequenceTie& tie) const;
    QRectF rectOf(const SequenceBar& bar) const;
    QRectF plot() const { return {labelWidth, rulerHeight, size.width() - labelWidth, size.height() - rulerHeight}; }
    bool hasAxis(std::size_t step) const { return axisOfStep[step] >= 0 && placed[step] != SequenceStep::none; }
    std::optional<std::size_t> axisAt(QPointF point) const;
    double playheadAt() const; // along the scale

    struct Hit {
        enum class Kind : std::uint8_t { none, step, tie, bar } kind = Kind::none;
        std::size_t index = 0;
        bool operator==(const Hit&) const = default;
    };
    Hit hitAt(QPointF point) const;
    // The step that stands for what was hit: of a tie where it arrives, of a bar where it begins.
    std::optional<std::size_t> stepOf(const Hit& hit) const;

  private:
    std::optional<std::size_t> axisOf(NodeRef node) const;
};

void paintSequence(QPainter& painter, const SequencePicture& picture, const Theme& theme, const Catalogue& catalogue);

} // namespace weir
