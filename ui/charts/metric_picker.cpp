#include "ui/charts/metric_picker.h"

#include "ui/fuzzy.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>

#include <algorithm>
#include <array>

namespace weir {

MetricPicker::MetricPicker(const ThemeSource& themes, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_themes(themes), m_field(new QLineEdit(this)), m_list(new QListWidget(this)),
      m_more(new QLabel(this)) {
    setFrameShape(QFrame::StyledPanel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    column->addWidget(m_more);
    resize(340, 320);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &MetricPicker::search);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { choose(m_list->currentRow()); });
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { choose(m_list->row(item)); });
    retranslate();
}

void MetricPicker::collect(const Catalogue& catalogue) {
    m_entries.clear();
    const auto take = [&](SeriesScope scope) {
        QList<LineSpec> together; // the percentiles of one measure
        for (const Figure* drawn : figuresOf(scope, catalogue)) {
            const LineSpec line = lineOf(scope, catalogue, *drawn);
            m_entries.append({lineText(line), {line}});
            if (!drawn->isTime())
                continue;
            together.append(line);
            if (together.size() == 3) {
                m_entries.append({scopeText(line) + QStringLiteral(" · ") + measureText(drawn->measure) +
                                      QStringLiteral(" p50 p90 p99"),
                                  together});
                together.clear();
            }
        }
    };
    take({});
    for (std::uint32_t i = 0; i < catalogue.services().size(); ++i)
        take({SeriesScope::Kind::service, i});
    for (std::uint32_t i = 0; i < catalogue.channels().size(); ++i)
        take({SeriesScope::Kind::channel, i});
    for (std::uint32_t i = 0; i < catalogue.stateSlots().size(); ++i)
        take({SeriesScope::Kind::state, i});
}

void MetricPicker::openAt(QPoint globalPosition, const Catalogue& catalogue) {
    collect(catalogue);
    m_field->clear();
    search();
    const QRect room = screen()->availableGeometry();
    globalPosition.setX(std::clamp(globalPosition.x(), room.left(), std::max(room.left(), room.right() - width())));
    globalPosition.setY(std::clamp(globalPosition.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    move(globalPosition);
    show();
    m_field->setFocus();
}

void MetricPicker::search() {
    struct Hit {
        int score;
        qsizetype entry;
    };
    std::vector<Hit> hits;
    for (qsizetype i = 0; i < m_entries.size(); ++i)
        if (const auto match = fuzzyMatch(m_field->text(), m_entries[i].text))
            hits.push_back({match->score, i});
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
    m_list->clear();
    m_shown.clear();
    for (const Hit& hit : hits) {
        if (m_shown.size() == shownMax)
            break;
        m_shown.append(hit.entry);
        m_list->addItem(m_entries[hit.entry].text);
    }
    m_list->setCurrentRow(m_shown.isEmpty() ? -1 : 0);
    const auto left = static_cast<qsizetype>(hits.size()) - m_shown.size();
    m_more->setText(m_shown.isEmpty() ? tr("No figure has such a name")
                    : left > 0        ? tr("%1 more: type to narrow").arg(left)
                                      : QString());
    m_more->setVisible(!m_more->text().isEmpty());
}

void MetricPicker::choose(int row) {
    if (row < 0 || row >= m_shown.size())
        return;
    const QList<LineSpec> lines = m_entries[m_shown[row]].lines;
    hide();
    Q_EMIT chosen(lines);
}

bool MetricPicker::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int step = key == Qt::Key_Down       ? 1
                     : key == Qt::Key_Up       ? -1
                     : key == Qt::Key_PageDown ? 10
                     : key == Qt::Key_PageUp   ? -10
                                               : 0;
    if (step == 0 || m_list->count() == 0)
        return QFrame::eventFilter(watched, event);
    m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, m_list->count() - 1));
    return true;
}

void MetricPicker::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

void MetricPicker::retranslate() {
    setAccessibleName(tr("Choose a figure"));
    m_field->setPlaceholderText(tr("A place or a figure: payments wait"));
    m_field->setAccessibleName(tr("Search figures"));
    m_list->setAccessibleName(tr("Figures"));
}

} // namespace weir
