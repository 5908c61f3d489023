#include "ui/sequence/sequence_picture.h"

#include <QLineF>

#include <algorithm>
#include <cmath>

namespace weir {

namespace {

qreal distance(const QLineF& line, QPointF point) {
    const QPointF along = line.p2() - line.p1();
    const qreal length = QPointF::dotProduct(along, along);
    const qreal share =
        length > 0 ? std::clamp(QPointF::dotProduct(point - line.p1(), along) / length, 0.0, 1.0) : 0.0;
    return QLineF(line.p1() + along * share, point).length();
}

} // namespace

std::optional<std::size_t> SequencePicture::axisOf(NodeRef node) const {
    const auto found =
        std::find_if(axes.begin(), axes.end(), [&](const SequenceAxis& axis) { return axis.node == node; });
    return found == axes.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - axes.begin()));
}

void SequencePicture::setChart(SequenceChart next, std::vector<SequenceAxis> all, bool onlyInvolved) {
    chart = std::move(next);
    axes = std::move(all);
    if (onlyInvolved)
        std::erase_if(axes, [this](const SequenceAxis& axis) {
            return std::none_of(chart.steps.begin(), chart.steps.end(),
                                [&](const SequenceStep& step) { return step.shown && step.node == axis.node; });
        });
    axisOfStep.assign(chart.steps.size(), -1);
    for (std::size_t i = 0; i < chart.steps.size(); ++i)
        if (const auto axis = axisOf(chart.steps[i].node))
            axisOfStep[i] = static_cast<int>(*axis);
    lanes.assign(axes.size(), 1);
    for (const SequenceBar& bar : chart.bars)
        if (const auto axis = axisOf(bar.node))
            lanes[*axis] = std::max<std::uint16_t>(lanes[*axis], static_cast<std::uint16_t>(bar.lane + 1));
    fitRows();
}

void SequencePicture::setScale(TimeMode mode, double zoom) {
    shown.clear();
    placed.assign(chart.steps.size(), SequenceStep::none);
    std::vector<SimTime> times;
    for (std::size_t i = 0; i < chart.steps.size(); ++i) {
        if (!chart.steps[i].shown || axisOfStep[i] < 0)
            continue;
        placed[i] = shown.size();
        shown.push_back(i);
        times.push_back(chart.steps[i].record.at);
    }
    scale = TimeScale(std::move(times), mode, zoom);
}

void SequencePicture::fitRows() {
    const qreal room = size.height() - rulerHeight;
    const auto count = static_cast<qreal>(std::max<std::size_t>(1, axes.size()));
    rowHeight = std::clamp(std::floor(room / count), rowMin, rowMax);
    offset.setY(std::clamp(offset.y(), 0.0, std::max(0.0, axesHeight() - room)));
}

qreal SequencePicture::axisY(std::size_t axis) const {
    return rulerHeight + rowHeight * (static_cast<qreal>(axis) + 0.5) - offset.y();
}

qreal SequencePicture::xOf(std::size_t step) const {
    return labelWidth + scale.at(placed[step]) - offset.x();
}

QPointF SequencePicture::pointOf(std::size_t step) const {
    return {xOf(step), axisY(static_cast<std::size_t>(axisOfStep[step]))};
}

// A copy stays on its channel's axis until it goes: then it is there at once, unless it travels.
std::pair<QPointF, QPointF> SequencePicture::lineOf(const SequenceTie& tie) const {
    QPointF from = pointOf(tie.from);
    const QPointF to = pointOf(tie.to);
    const Record& arrival = chart.steps[tie.to].record;
    const bool travels = arrival.kind == RecordKind::enqueued && arrival.from() == CopyState::inTransit;
    const bool waited = chart.steps[tie.from].record.at < arrival.at;
    if (waited && !travels && tie.kind != SequenceTieKind::hidden)
        from.setX(std::max(from.x(), to.x() - TimeScale::hop));
    return {from, to};
}

QRectF SequencePicture::rectOf(const SequenceBar& bar) const {
    const auto axis = axisOf(bar.node);
    if (!axis)
        return {};
    const auto edge = [this](std::size_t step, SimTime time) {
        return step != SequenceStep::none && placed[step] != SequenceStep::none
                   ? xOf(step)
                   : labelWidth + scale.atTime(time) - offset.x();
    };
    const qreal left = edge(bar.from, bar.begin);
    const qreal right = edge(bar.to, bar.end);
    const bool work = isWork(bar.kind);
    const auto lane = static_cast<qreal>(bar.lane);
    const auto count = static_cast<qreal>(lanes[*axis]);
    // Beside each other as far as there is room, then one over the other.
    const qreal height = work ? std::clamp(rowHeight * 0.42 / std::min(count, 3.0), 3.0, 10.0) : 2.0;
    const qreal step = count > 1 ? std::min(height + 1, (rowHeight - 4 - height) / (count - 1)) : 0;
    const qreal top = axisY(*axis) - height / 2 - step * (count - 1) / 2 + step * lane;
    return {left, top, std::max(2.0, right - left), height};
}

// Between the last step that has happened and the next one.
double SequencePicture::playheadAt() const {
    const auto next = std::partition_point(shown.begin(), shown.end(),
                                           [this](std::size_t step) { return chart.steps[step].index < playhead; });
    const auto place = static_cast<std::size_t>(next - shown.begin());
    if (place == shown.size())
        return shown.empty() ? 0 : std::max(scale.length() + TimeScale::hop / 2, scale.atTime(now));
    if (place == 0)
        return scale.at(0) - TimeScale::hop;
    // Between two instants where its time is; within one, in the middle.
    const double before = scale.at(place - 1);
    const double after = scale.at(place);
    const double at = scale.atTime(now);
    return at > before && at < after ? at : (before + after) / 2;
}

std::optional<std::size_t> SequencePicture::axisAt(QPointF point) const {
    if (point.y() < rulerHeight)
        return std::nullopt;
    const qreal row = (point.y() - rulerHeight + offset.y()) / rowHeight;
    return row >= 0 && row < static_cast<qreal>(axes.size()) ? std::optional(static_cast<std::size_t>(row))
                                                             : std::nullopt;
}

SequencePicture::Hit SequencePicture::hitAt(QPointF point) const {
    if (!plot().contains(point))
        return {};
    // Steps first: they are the smallest.
    const double at = point.x() - labelWidth + offset.x();
    Hit best;
    qreal nearest = reach;
    for (std::size_t i = scale.stepFrom(at - reach); i < shown.size() && scale.at(i) <= at + reach; ++i)
        if (const qreal far = QLineF(pointOf(shown[i]), point).length(); far < nearest) {
            nearest = far;
            best = {Hit::Kind::step, shown[i]};
        }
    if (best.kind != Hit::Kind::none)
        return best;
    for (std::size_t i = chart.bars.size(); i-- > 0;)
        if (rectOf(chart.bars[i]).adjusted(-1, -2, 1, 2).contains(point))
            return {Hit::Kind::bar, i};
    nearest = reach - 2;
    for (std::size_t i = 0; i < chart.ties.size(); ++i) {
        if (!hasAxis(chart.ties[i].from) || !hasAxis(chart.ties[i].to))
            continue;
        const auto [from, to] = lineOf(chart.ties[i]);
        if (const qreal far = distance(QLineF(from, to), point); far < nearest) {
            nearest = far;
            best = {Hit::Kind::tie, i};
        }
    }
    return best;
}

std::optional<std::size_t> SequencePicture::stepOf(const Hit& hit) const {
    switch (hit.kind) {
    case Hit::Kind::none:
        return std::nullopt;
    case Hit::Kind::step:
        return hit.index;
    case Hit::Kind::tie:
        return chart.ties[hit.index].to;
    case Hit::Kind::bar: {
        const SequenceBar& bar = chart.bars[hit.index];
        return bar.from != SequenceStep::none ? bar.from : bar.to;
    }
    }
    return std::nullopt;
}

} // namespace weir
