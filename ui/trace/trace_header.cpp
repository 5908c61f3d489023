#include "ui/trace/trace_header.h"

#include "ui/trace/trace_cells.h"

#include <QContextMenuEvent>
#include <QPainter>

namespace weir {

TraceHeader::TraceHeader(const ThemeSource& themes, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent), m_themes(themes) {
    setSectionsMovable(true);
    setFirstSectionMovable(true);
    setStretchLastSection(true);
    setHighlightSections(false);
    setMinimumSectionSize(40);
    setFocusPolicy(Qt::NoFocus);
    connect(&m_themes, &ThemeSource::changed, viewport(), qOverload<>(&QWidget::update));
}

int TraceHeader::widthOf(int column) {
    static constexpr std::array<int, traceColumnCount> widths{102, 100, 148, 68, 88, 130, 58, 62, 40};
    return TraceCells::isOwn(column) ? widths[static_cast<std::size_t>(column)] : 110;
}

QStringList TraceHeader::arrangement(const TraceLook& look) const {
    QStringList lines;
    for (int visual = 0; visual < count(); ++visual) {
        const int column = logicalIndex(visual);
        const bool hidden = isSectionHidden(column);
        // A hidden section has no width, and the last one only what is left.
        const int width = hidden || visual == count() - 1 ? widthOf(column) : sectionSize(column);
        lines << QStringLiteral("%1 %2 %3").arg(width).arg(hidden ? 0 : 1).arg(TraceCells::columnKey(look, column));
    }
    return lines;
}

void TraceHeader::arrange(const TraceLook& look, const QStringList& arrangement) {
    int visual = 0;
    for (const QString& line : arrangement) {
        const QString key = line.section(QLatin1Char(' '), 2);
        int column = 0;
        while (column < count() && TraceCells::columnKey(look, column) != key)
            ++column;
        if (column == count())
            continue;
        moveSection(visualIndex(column), visual++);
        resizeSection(column, std::clamp(line.section(QLatin1Char(' '), 0, 0).toInt(), minimumSectionSize(), 2000));
        setShown(column, line.section(QLatin1Char(' '), 1, 1) != QLatin1String("0"));
    }
}

void TraceHeader::resetArrangement() {
    for (int column = 0; column < count(); ++column) {
        setSectionHidden(column, false);
        moveSection(visualIndex(column), column);
        resizeSection(column, widthOf(column));
    }
}

void TraceHeader::setShown(int column, bool shown) {
    if (shown || shownColumns().size() > 1)
        setSectionHidden(column, !shown);
}

std::vector<int> TraceHeader::shownColumns() const {
    std::vector<int> columns;
    for (int visual = 0; visual < count(); ++visual)
        if (const int column = logicalIndex(visual); !isSectionHidden(column))
            columns.push_back(column);
    return columns;
}

void TraceHeader::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT menuWanted(event->globalPos(), logicalIndexAt(event->pos()));
}

// Titles stand where the texts below them do.
void TraceHeader::paintSection(QPainter* painter, const QRect& area, int section) const {
    const Theme& theme = m_themes.theme();
    painter->fillRect(area, theme.surface);
    painter->fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.line);
    painter->setFont(theme.font(TextRole::Label));
    painter->setPen(theme.muted);
    const std::vector<int> columns = shownColumns();
    const bool first = !columns.empty() && columns.front() == section;
    const QRect words = area.adjusted(first ? inset : gap / 2, 0, -gap / 2, 0);
    painter->drawText(
        words, Qt::AlignVCenter | Qt::AlignLeft,
        painter->fontMetrics().elidedText(model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString(),
                                          Qt::ElideRight, words.width()));
}

} // namespace weir
