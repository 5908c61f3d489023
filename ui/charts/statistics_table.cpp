#include "ui/charts/statistics_table.h"

#include "ui/format.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QPixmap>

#include <algorithm>

namespace weir {
namespace {

constexpr int columns = 9;
constexpr int rowsShown = 6;

QIcon swatch(const QColor& colour) {
    QPixmap pixmap(10, 10);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.fillRect(QRectF(0, 4, 10, 2.4), colour);
    return QIcon(pixmap);
}

} // namespace

StatisticsTable::StatisticsTable(const ThemeSource& themes, QWidget* parent)
    : QTableWidget(0, columns, parent), m_themes(themes) {
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setShowGrid(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(20);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    horizontalHeader()->setHighlightSections(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    retranslate();
}

void StatisticsTable::setCell(int row, int column, const QString& text, bool number) {
    QTableWidgetItem* cell = item(row, column);
    if (!cell) {
        cell = new QTableWidgetItem;
        setItem(row, column, cell);
    }
    if (cell->text() != text)
        cell->setText(text);
    cell->setTextAlignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

void StatisticsTable::setRows(const std::vector<Row>& rows) {
    setFont(m_themes.theme().font(TextRole::Label));
    const bool grows = rowCount() != static_cast<int>(rows.size());
    setRowCount(static_cast<int>(rows.size()));
    for (int i = 0; i < rowCount(); ++i) {
        const Row& row = rows[static_cast<std::size_t>(i)];
        const LineStatistics of = row.statistics.value_or(LineStatistics());
        setCell(i, 0, row.label, false);
        item(i, 0)->setIcon(swatch(row.colour));
        setCell(i, 1, row.statistics ? countText(of.count) : tr("counting…"), true);
        const std::array values{of.mean, of.min, of.max, of.p50, of.p90, of.p99};
        for (int column = 0; column < static_cast<int>(values.size()); ++column) {
            const std::optional<double> value = values[static_cast<std::size_t>(column)];
            setCell(i, column + 2, value ? valueText(*value, row.unit) : QStringLiteral("–"), true);
        }
        setCell(i, 8, of.area ? numberText(*of.area) : QStringLiteral("–"), true);
    }
    if (grows)
        updateGeometry();
}

QSize StatisticsTable::sizeHint() const {
    const int rows = std::clamp(rowCount(), 1, rowsShown);
    return {400, horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 4};
}

void StatisticsTable::keyPressEvent(QKeyEvent* event) {
    if (!event->matches(QKeySequence::Copy)) {
        QTableWidget::keyPressEvent(event);
        return;
    }
    QStringList lines;
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < columns; ++column)
            cells << item(row, column)->text();
        lines << cells.join(QLatin1Char('\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void StatisticsTable::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QTableWidget::changeEvent(event);
}

void StatisticsTable::retranslate() {
    setAccessibleName(tr("Figures of the brush"));
    setHorizontalHeaderLabels({tr("Over the brush"), QStringLiteral("n"), tr("mean"), tr("min"), tr("max"),
                               QStringLiteral("p50"), QStringLiteral("p90"), QStringLiteral("p99"), tr("area")});
    horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int column = 1; column < columns; ++column)
        horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    horizontalHeaderItem(1)->setToolTip(tr("Observations; of rates messages, of levels points in time"));
    horizontalHeaderItem(8)->setToolTip(tr("Value times seconds; of a rate what it adds up to"));
}

} // namespace weir
