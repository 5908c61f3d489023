#include "ui/widgets/data_table.h"

#include "ui/marks.h"
#include "ui/tabular.h"
#include "ui/widgets/meter.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolTip>

#include <algorithm>
#include <numeric>

namespace weir {
namespace {

constexpr int barWidth = 44;
constexpr int gap = 8;

class DataDelegate final : public QStyledItemDelegate {
  public:
    DataDelegate(const ThemeSource& themes, QObject* parent) : QStyledItemDelegate(parent), m_themes(themes) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {40, DataTable::rowHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = m_themes.theme();
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, theme.selection);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, theme.hover);
        QRect words = option.rect.adjusted(index.column() == 0 ? 6 : gap / 2, 0, -gap / 2, 0);
        if (const QVariant share = index.data(ShareRole); share.isValid()) {
            Meter::draw(*painter, QRectF(words.left(), words.center().y() - 2.5, barWidth, 6), share.toDouble(), theme);
            words.setLeft(words.left() + barWidth + gap);
        }
        if (const QVariant mark = index.data(MarkRole); mark.isValid()) {
            painter->setRenderHint(QPainter::Antialiasing);
            drawMark(*painter, theme.mark(mark.toInt()), QPointF(words.left() + 5, words.center().y() + 0.5), 4);
            words.setLeft(words.left() + 15);
        }
        const QVariant tone = index.data(ToneRole);
        painter->setPen(tone.isValid() ? theme.textColour(static_cast<Tone>(tone.toInt())) : theme.text);
        painter->setFont(theme.font(TextRole::Body));
        const QString text = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width());
        if (index.data(FigureRole).toBool())
            drawTabular(*painter, words, Qt::AlignRight, text);
        else
            painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
        painter->restore();
    }

  private:
    const ThemeSource& m_themes;
};

} // namespace

DataTable::DataTable(const ThemeSource& themes, QWidget* parent) : QTreeView(parent), m_themes(themes) {
    setItemDelegate(new DataDelegate(themes, this));
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSortingEnabled(true);
    setMouseTracking(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    header()->setHighlightSections(false);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(36);
    // The last one is as wide as what is left.
    connect(header(), &QHeaderView::sectionResized, this, [this](int column) {
        int last = header()->count() - 1;
        while (last > 0 && isColumnHidden(last))
            --last;
        m_drawn = m_drawn || (!m_fitting && !m_widths.empty() && column < last && !isColumnHidden(column));
    });
    connect(this, &QAbstractItemView::doubleClicked, this, &DataTable::rowActivated);
    connect(&m_themes, &ThemeSource::changed, viewport(), qOverload<>(&QWidget::update));
}

void DataTable::setHint(const QString& hint) {
    if (hint == m_hint)
        return;
    m_hint = hint;
    setAccessibleDescription(hint);
    viewport()->update();
}

void DataTable::setWidths(std::initializer_list<int> widths, std::initializer_list<int> givingWay) {
    m_widths = widths;
    m_givingWay = givingWay;
    fitWidths();
}

void DataTable::fitWidths() {
    if (m_drawn || !model() || static_cast<int>(m_widths.size()) > header()->count())
        return;
    m_fitting = true;
    for (const int column : m_givingWay)
        setColumnHidden(column, false); // only what is in sight has a width
    std::vector<int> wide;              // where there is room
    std::vector<int> least;
    for (std::size_t i = 0; i < m_widths.size(); ++i) {
        wide.push_back(std::max(m_widths[i], header()->minimumSectionSize()));
        least.push_back(std::max(std::min(m_widths[i], header()->sectionSizeHint(static_cast<int>(i))),
                                 header()->minimumSectionSize()));
    }
    int wanted = std::accumulate(wide.begin(), wide.end(), 0);
    int needed = std::accumulate(least.begin(), least.end(), 0);
    for (const int column : m_givingWay) {
        if (needed <= viewport()->width())
            break;
        setColumnHidden(column, true);
        wanted -= wide[static_cast<std::size_t>(column)];
        needed -= least[static_cast<std::size_t>(column)];
    }
    const double share =
        wanted > needed ? std::clamp((viewport()->width() - needed) / static_cast<double>(wanted - needed), 0.0, 1.0)
                        : 1;
    for (std::size_t i = 0; i < wide.size(); ++i)
        if (!isColumnHidden(static_cast<int>(i)))
            header()->resizeSection(static_cast<int>(i), least[i] + static_cast<int>((wide[i] - least[i]) * share));
    m_fitting = false;
}

void DataTable::resizeEvent(QResizeEvent* event) {
    QTreeView::resizeEvent(event);
    fitWidths();
}

QString DataTable::tipAt(const QModelIndex& index) const {
    QString tip = index.data(Qt::ToolTipRole).toString();
    for (const int column : m_givingWay)
        if (isColumnHidden(column))
            tip += QStringLiteral("\n%1: %2")
                       .arg(model()->headerData(column, Qt::Horizontal).toString(),
                            index.siblingAtColumn(column).data().toString());
    return tip;
}

bool DataTable::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto& help = static_cast<const QHelpEvent&>(*event);
        if (const QModelIndex index = indexAt(help.pos()); index.isValid()) {
            QToolTip::showText(help.globalPos(), tipAt(index), viewport(), visualRect(index));
            return true;
        }
    }
    return QTreeView::viewportEvent(event);
}

void DataTable::keyPressEvent(QKeyEvent* event) {
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT rowActivated(currentIndex());
        return;
    }
    QTreeView::keyPressEvent(event);
}

void DataTable::paintEvent(QPaintEvent* event) {
    QPainter(viewport()).fillRect(viewport()->rect(), m_themes.theme().surface);
    QTreeView::paintEvent(event);
    if (model() && model()->rowCount() == 0) {
        QPainter painter(viewport());
        painter.setFont(m_themes.theme().font(TextRole::Body));
        painter.setPen(m_themes.theme().muted);
        painter.drawText(viewport()->rect().adjusted(24, 8, -24, -8), Qt::AlignCenter | Qt::TextWordWrap, m_hint);
    }
}

} // namespace weir
