#include "ui/biography/comparison_view.h"

#include "ui/biography/segment_look.h"
#include "ui/format.h"
#include "ui/marks.h"
#include "ui/tabular.h"
#include "ui/trace/record_text.h"
#include "ui/widgets/spoken_role.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace weir {
namespace {

constexpr int valueWidth = 66; // for each of three columns
constexpr int right = 3 * valueWidth + 10;

} // namespace

ComparisonView::ComparisonView(const ThemeSource& themes, QWidget* parent)
    : QAbstractScrollArea(parent), m_themes(themes) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setSpokenRole(*this, QAccessible::Chart);
    verticalScrollBar()->setSingleStep(rowHeight);
    setAccessibleName(tr("Comparison"));
    connect(&m_themes, &ThemeSource::changed, viewport(), qOverload<>(&QWidget::update));
}

void ComparisonView::setComparison(Comparison comparison, std::shared_ptr<const Catalogue> catalogue,
                                   const QString& first, const QString& second, bool folded) {
    m_comparison = std::move(comparison);
    m_catalogue = std::move(catalogue);
    m_first = first;
    m_second = second;
    std::vector<SimTime> instants;
    std::vector<FoldedTime::Stretch> work;
    for (const ComparedStep& step : m_comparison.steps)
        for (const auto& side : {step.first, step.second})
            if (side) {
                const FoldedTime::Stretch stretch{SimTime{side->begin}, SimTime{side->begin + side->length}};
                instants.insert(instants.end(), {stretch.first, stretch.second});
                if (isWork(step.kind))
                    work.push_back(stretch);
            }
    m_time = FoldedTime(std::move(instants), work, folded);
    layOut();
    setAccessibleDescription(sentence());
    viewport()->update();
}

QString ComparisonView::differenceText(Duration difference) {
    if (difference == Duration::zero())
        return QStringLiteral("=");
    return (difference > Duration::zero() ? QStringLiteral("+") : QStringLiteral("\u2212")) +
           durationText(std::chrono::abs(difference));
}

QString ComparisonView::stepText(const ComparedStep& step) const {
    const RecordText text(*m_catalogue, nullptr);
    QString where = text.channel(step.place);
    if (isWork(step.kind) && step.place.service.valid())
        where = toQt(m_catalogue->services()[step.place.service.index()].name);
    const QString what = where + QStringLiteral(": ") + segmentName(step.kind);
    return isWork(step.kind) && step.attempt > 1 ? tr("%1, attempt %2").arg(what).arg(step.attempt) : what;
}

QString ComparisonView::sentence() const {
    if (m_comparison.steps.empty() || !m_catalogue)
        return {};
    const Duration difference = m_comparison.secondWhole - m_comparison.firstWhole;
    QString text;
    if (difference == Duration::zero())
        text = tr("The conversations of %1 and %2 took equally long, %3.")
                   .arg(m_second, m_first, durationText(m_comparison.firstWhole));
    else if (difference > Duration::zero())
        text = tr("The conversation of %1 took %2 longer than that of %3: %4 and %5.")
                   .arg(m_second, durationText(difference), m_first, durationText(m_comparison.secondWhole),
                        durationText(m_comparison.firstWhole));
    else
        text = tr("The conversation of %1 took %2 less than that of %3: %4 and %5.")
                   .arg(m_second, durationText(-difference), m_first, durationText(m_comparison.secondWhole),
                        durationText(m_comparison.firstWhole));
    if (m_comparison.largest) {
        const ComparedStep& step = m_comparison.steps[*m_comparison.largest];
        text += QLatin1Char(' ') +
                tr("They differ most in %1 (%2).").arg(stepText(step), differenceText(step.difference()));
    }
    return text;
}

void ComparisonView::layOut() {
    const int page = std::max(0, viewport()->height() - headHeight);
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(m_comparison.steps.size()) * rowHeight - page));
}

QRectF ComparisonView::bars() const {
    const int left = std::clamp(viewport()->width() * 34 / 100, 120, 320);
    return QRectF(left, 0, std::max(20, viewport()->width() - left - right), viewport()->height());
}

void ComparisonView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_themes.theme().surface);
    if (!m_catalogue)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const int scroll = verticalScrollBar()->value();
    for (auto i = static_cast<std::size_t>(scroll / rowHeight); i < m_comparison.steps.size(); ++i) {
        const int y = headHeight + static_cast<int>(i) * rowHeight - scroll;
        if (y > viewport()->height())
            break;
        paintRow(painter, m_comparison.steps[i], y);
    }
    paintHead(painter);
}

void ComparisonView::paintHead(QPainter& painter) const {
    const Theme& theme = m_themes.theme();
    const int width = viewport()->width();
    painter.fillRect(0, 0, width, headHeight, theme.surface);
    painter.setFont(theme.font(TextRole::Label));
    painter.setPen(theme.muted);
    painter.drawText(QRectF(12, 0, bars().left() - 12, headHeight), Qt::AlignVCenter, tr("Step"));
    const QStringList titles{m_first, m_second, tr("Difference")};
    for (int i = 0; i < 3; ++i) {
        const QRectF cell(width - right + i * valueWidth, 0, valueWidth - 4, headHeight);
        painter.drawText(cell, Qt::AlignVCenter | Qt::AlignRight,
                         painter.fontMetrics().elidedText(titles[i], Qt::ElideLeft, valueWidth - 6));
    }
    painter.fillRect(0, headHeight - 1, width, 1, theme.line);
}

void ComparisonView::paintRow(QPainter& painter, const ComparedStep& step, int y) const {
    const Theme& theme = m_themes.theme();
    const QRectF area = bars();
    int x = 12;
    if (step.type.valid()) {
        drawMark(painter, theme.mark(step.type.value), QPointF(x + 4, y + rowHeight / 2.0), 4.2);
        x += 16;
    }
    painter.setFont(theme.font(TextRole::Label));
    painter.setPen(theme.text);
    const int room = static_cast<int>(area.left()) - x - 8;
    painter.drawText(QRect(x, y, room, rowHeight), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(stepText(step), Qt::ElideMiddle, room));
    const auto paintSide = [&](const std::optional<ComparedStep::Side>& side, qreal top) {
        if (!side)
            return;
        const qreal left = area.left() + m_time.at(SimTime{side->begin}) * area.width();
        const qreal end = area.left() + m_time.at(SimTime{side->begin + side->length}) * area.width();
        const Span like{.kind = step.kind, .begin = {}, .end = {}, .place = {}, .ending = side->ending, .reason = {}};
        paintSegment(painter, QRectF(left, top, std::max(3.0, end - left), 7),
                     {.kind = step.kind, .tone = segmentTone(like, side->open), .open = side->open}, theme);
    };
    paintSide(step.first, y + 4);
    paintSide(step.second, y + 13);
    const auto value = [&](int column, const QString& text, const QColor& colour) {
        painter.setPen(colour);
        drawTabular(painter, QRectF(viewport()->width() - right + column * valueWidth, y, valueWidth - 4, rowHeight),
                    Qt::AlignRight, text);
    };
    const auto length = [](const std::optional<ComparedStep::Side>& side) {
        return side ? durationText(side->length) : QStringLiteral("\u2013");
    };
    value(0, length(step.first), theme.muted);
    value(1, length(step.second), theme.muted);
    const Duration difference = step.difference();
    value(2, step.open() ? QStringLiteral("…") : differenceText(difference),
          step.open() || difference == Duration::zero() ? theme.muted
          : difference > Duration::zero()               ? theme.textColour(Tone::Warn)
                                                        : theme.textColour(Tone::Ok));
    painter.fillRect(QRectF(12, y + rowHeight - 1, viewport()->width() - 24, 1), theme.grid);
}

bool ComparisonView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip && m_catalogue) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const int row = (help->pos().y() - headHeight + verticalScrollBar()->value()) / rowHeight;
        QString words;
        if (help->pos().y() >= headHeight && static_cast<std::size_t>(row) < m_comparison.steps.size()) {
            const ComparedStep& step = m_comparison.steps[static_cast<std::size_t>(row)];
            words = stepText(step) + QLatin1Char('\n') + segmentMeaning(step.kind);
            const auto side = [&](const QString& name, const std::optional<ComparedStep::Side>& one) {
                words +=
                    QLatin1Char('\n') +
                    (one ? tr("%1: after %2, for %3").arg(name, durationText(one->begin), durationText(one->length))
                         : tr("%1: does not have it").arg(name));
            };
            side(m_first, step.first);
            side(m_second, step.second);
        }
        QToolTip::showText(help->globalPos(), words, viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void ComparisonView::resizeEvent(QResizeEvent*) {
    layOut();
}

void ComparisonView::scrollContentsBy(int, int) {
    viewport()->update();
}

void ComparisonView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Comparison"));
        viewport()->update();
    }
    QAbstractScrollArea::changeEvent(event);
}

} // namespace weir
