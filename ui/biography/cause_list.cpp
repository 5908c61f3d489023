#include "ui/biography/cause_list.h"

#include "ui/format.h"
#include "ui/marks.h"
#include "ui/tabular.h"
#include "ui/trace/record_text.h"
#include "ui/widgets/spoken_role.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace weir {

CauseList::CauseList(const ThemeSource& themes, QWidget* parent) : QAbstractScrollArea(parent), m_themes(themes) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setSpokenRole(*this, QAccessible::Canvas);
    verticalScrollBar()->setSingleStep(rowHeight);
    setAccessibleName(tr("Causes and effects"));
    connect(&m_themes, &ThemeSource::changed, viewport(), qOverload<>(&QWidget::update));
}

void CauseList::setStory(std::shared_ptr<const Story> story, std::shared_ptr<const Catalogue> catalogue) {
    const Ordinal before = m_story ? m_story->message : 0;
    m_story = std::move(story);
    m_catalogue = std::move(catalogue);
    layOut();
    if (m_story && m_story->message != before)
        for (std::size_t i = 0; i < m_story->graph.nodes.size(); ++i)
            if (m_story->graph.nodes[i].ordinal == m_story->message)
                verticalScrollBar()->setValue(static_cast<int>(i) * rowHeight - viewport()->height() / 2);
    viewport()->update();
}

void CauseList::layOut() {
    const std::size_t rows = m_story ? m_story->graph.nodes.size() + (m_story->graph.leftOut > 0 ? 1 : 0) : 0;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(rows) * rowHeight + 4 - viewport()->height()));
}

QRect CauseList::rowRect(std::size_t row) const {
    return {0, 2 + static_cast<int>(row) * rowHeight - verticalScrollBar()->value(), viewport()->width(), rowHeight};
}

QPointF CauseList::nodeAt(std::size_t row) const {
    return {14.0 + std::min(m_story->graph.nodes[row].lane, lanesMax - 1) * laneWidth,
            rowRect(row).center().y() + 0.5};
}

QString CauseList::label(const CausalGraph::Node& node) const {
    return node.gone || !node.type.valid() ? tr("no longer kept")
                                           : toQt(m_catalogue->eventTypes()[node.type.index()].name);
}

void CauseList::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_themes.theme().surface);
    if (!m_story || !m_catalogue)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const auto first = static_cast<std::size_t>(verticalScrollBar()->value() / rowHeight);
    const std::size_t end =
        std::min(m_story->graph.nodes.size(), first + static_cast<std::size_t>(viewport()->height() / rowHeight) + 2);
    for (std::size_t row = first; row < end; ++row)
        if (m_story->graph.nodes[row].ordinal == m_story->message)
            painter.fillRect(rowRect(row), m_themes.theme().selection);
    paintEdges(painter);
    for (std::size_t row = first; row < end; ++row)
        paintRow(painter, row);
    if (m_story->graph.leftOut > 0) {
        painter.setPen(m_themes.theme().muted);
        painter.setFont(m_themes.theme().font(TextRole::Label));
        painter.drawText(rowRect(m_story->graph.nodes.size()).adjusted(14, 0, 0, 0), Qt::AlignVCenter,
                         tr("%1 more").arg(countText(static_cast<std::int64_t>(m_story->graph.leftOut))));
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(m_themes.theme().accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

// Down the cause's lane, and over into the effect's in its own row.
void CauseList::paintEdges(QPainter& painter) const {
    const Theme& theme = m_themes.theme();
    for (const CausalGraph::Edge& edge : m_story->graph.edges) {
        const QPointF from = nodeAt(edge.from);
        const QPointF to = nodeAt(edge.to);
        if (to.y() < 0 || from.y() > viewport()->height())
            continue;
        const bool join = edge.tie == CausalGraph::Tie::join;
        painter.setPen(QPen(join ? theme.warn : theme.edge, 1.4, join ? Qt::DotLine : Qt::SolidLine));
        QPainterPath path(from);
        // Cut where it is far out of sight: broken lines of a million pixels are slow.
        if (from.y() < -rowHeight)
            path = QPainterPath(QPointF(from.x(), -rowHeight));
        path.lineTo(from.x(), std::min(to.y() - rowHeight / 2.0, viewport()->height() + 1.0 * rowHeight));
        if (from.x() == to.x())
            path.lineTo(to);
        else
            path.cubicTo(QPointF(from.x(), to.y()), QPointF(from.x(), to.y()), to);
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
    }
}

void CauseList::paintRow(QPainter& painter, std::size_t row) const {
    const Theme& theme = m_themes.theme();
    const CausalGraph::Node& node = m_story->graph.nodes[row];
    const QRect rect = rowRect(row);
    const QPointF at = nodeAt(row);
    const bool selected = node.ordinal == m_story->message;
    if (node.gone) {
        painter.setPen(QPen(theme.muted, 1.2, Qt::DashLine));
        painter.setBrush(theme.surface);
        painter.drawEllipse(at, 4, 4);
    } else {
        drawMark(painter, theme.mark(node.type.value), at, 4.6, selected ? theme.selection : theme.surface);
    }
    const QString time = node.gone ? QString() : QLatin1Char('+') + durationText(node.at - m_story->begin);
    painter.setFont(theme.font(TextRole::Label));
    const int timeWidth = static_cast<int>(tabularWidth(painter.font(), time)) + 8;
    painter.setPen(theme.muted);
    drawTabular(painter, QRectF(rect.right() - timeWidth, rect.top(), timeWidth - 6, rowHeight), Qt::AlignRight, time);
    painter.setFont(theme.font(selected ? TextRole::Strong : TextRole::Body));
    painter.setPen(node.gone ? theme.muted : theme.text);
    const int left = 14 + static_cast<int>(std::min(m_story->graph.lanes, lanesMax)) * laneWidth;
    const int room = rect.right() - timeWidth - left;
    painter.drawText(QRect(left, rect.top(), std::max(0, room), rowHeight), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(label(node), Qt::ElideMiddle, std::max(0, room)));
}

void CauseList::choose(std::size_t row) {
    const CausalGraph::Node& node = m_story->graph.nodes[row];
    setAccessibleDescription(label(node));
    Q_EMIT messageChosen(node.ordinal);
}

void CauseList::mousePressEvent(QMouseEvent* event) {
    if (!m_story || event->button() != Qt::LeftButton)
        return;
    const int row = (event->pos().y() - 2 + verticalScrollBar()->value()) / rowHeight;
    if (row >= 0 && static_cast<std::size_t>(row) < m_story->graph.nodes.size())
        choose(static_cast<std::size_t>(row));
}

// Up and down the rows; with Ctrl, left to the cause and right to the first effect.
void CauseList::keyPressEvent(QKeyEvent* event) {
    const std::vector<CausalGraph::Node>* nodes = m_story ? &m_story->graph.nodes : nullptr;
    const auto here = nodes ? std::find_if(nodes->begin(), nodes->end(),
                                           [this](const CausalGraph::Node& node) {
                                               return node.ordinal == m_story->message;
                                           })
                            : decltype(nodes->end())();
    if (!nodes || here == nodes->end()) {
        event->ignore();
        return;
    }
    const auto row = static_cast<std::size_t>(here - nodes->begin());
    const bool control = event->modifiers() & Qt::ControlModifier;
    if (event->key() == Qt::Key_Up && row > 0)
        choose(row - 1);
    else if (event->key() == Qt::Key_Down && row + 1 < nodes->size())
        choose(row + 1);
    else if (control && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        const bool toCause = event->key() == Qt::Key_Left;
        for (const CausalGraph::Edge& edge : m_story->graph.edges)
            if (edge.tie == CausalGraph::Tie::cause && (toCause ? edge.to : edge.from) == row) {
                choose(toCause ? edge.from : edge.to);
                return;
            }
    } else
        event->ignore();
}

bool CauseList::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip && m_story && m_catalogue) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const int row = (help->pos().y() - 2 + verticalScrollBar()->value()) / rowHeight;
        QString words;
        if (row >= 0 && static_cast<std::size_t>(row) < m_story->graph.nodes.size()) {
            const CausalGraph::Node& node = m_story->graph.nodes[static_cast<std::size_t>(row)];
            words = label(node);
            if (!node.gone)
                words += QLatin1Char('\n') + tr("published at %1").arg(RecordText::exactTime(node.at));
            for (const CausalGraph::Edge& edge : m_story->graph.edges)
                if (edge.to == static_cast<std::size_t>(row) && edge.tie == CausalGraph::Tie::join)
                    words += QLatin1Char('\n') +
                             tr("joins %1 of the same conversation").arg(label(m_story->graph.nodes[edge.from]));
        }
        QToolTip::showText(help->globalPos(), words, viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void CauseList::resizeEvent(QResizeEvent*) {
    layOut();
}

void CauseList::scrollContentsBy(int, int) {
    viewport()->update();
}

void CauseList::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Causes and effects"));
        viewport()->update();
    }
    QAbstractScrollArea::changeEvent(event);
}

} // namespace weir
