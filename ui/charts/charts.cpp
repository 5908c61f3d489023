#include "ui/charts/charts.h"

#include "ui/charts/chart_export.h"
#include "ui/charts/metric_picker.h"
#include "ui/charts/statistics_table.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/node_mime.h"
#include "ui/save_dialog.h"
#include "ui/widgets/empty_state.h"

#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QPainter>
#include <QPointer>
#include <QRubberBand>
#include <QScrollArea>
#include <QSettings>
#include <QToolButton>

#include <algorithm>
#include <iterator>

namespace weir {
namespace {

QString chartsKey() {
    return QStringLiteral("charts/all");
}

} // namespace

// The time labels below all charts.
class TimeStrip final : public QWidget {
  public:
    TimeStrip(Charts& charts, const ThemeSource& themes) : QWidget(&charts), m_charts(charts), m_themes(themes) {
        setFixedHeight(18);
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        const std::vector<ChartCard*> shown = m_charts.shownCards();
        if (shown.empty())
            return;
        QPainter painter(this);
        const ChartPlot& plot = shown.front()->plot();
        const QRectF area = plot.area();
        const qreal left = plot.mapTo(&m_charts, QPointF(area.left(), 0)).x();
        PlotPainter::paintTimeLabels(painter, m_themes.theme(), QRectF(left, 1, area.width(), 14),
                                     m_charts.time().shown());
    }

  private:
    Charts& m_charts;
    const ThemeSource& m_themes;
};

Charts::Charts(Session& session, Selection& selection, const RunMarks& marks, SeriesPool& pool,
               const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_world(session, selection, marks, pool, themes), m_scroll(new QScrollArea(this)),
      m_empty(new EmptyState(themes, QStringLiteral("chart"), this)), m_addFirst(new QToolButton(this)),
      m_strip(new TimeStrip(*this, themes)), m_statistics(new StatisticsTable(themes, this)),
      m_picker(new MetricPicker(themes, this)), m_dropHint(new QRubberBand(QRubberBand::Rectangle, this)) {
    auto* inside = new QWidget;
    m_column = new QVBoxLayout(inside);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_scroll->setWidget(inside);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_strip);
    column->addWidget(m_statistics);
    column->addWidget(m_empty, 1);
    column->addWidget(m_addFirst, 0, Qt::AlignHCenter);
    m_statistics->hide();
    setAcceptDrops(true);
    connect(m_addFirst, &QToolButton::clicked, this, [this] { pick(nullptr); });
    connect(m_picker, &MetricPicker::chosen, this, [this](const QList<LineSpec>& lines) {
        if (m_pickInto) {
            for (const LineSpec& line : lines)
                m_pickInto->addLine(line);
            return;
        }
        ChartSpec spec;
        spec.lines = lines;
        spec.look = lines.size() > 1 ? ChartLook::Bands : ChartLook::Lines;
        addChart(spec);
    });
    connect(&session, &Session::documentChanged, this, &Charts::takeUpDocument);
    connect(&session, &Session::runsChanged, this, &Charts::takeUpRuns);
    connect(&session, &Session::advanced, this, &Charts::tick);
    connect(&selection, &Selection::changed, this, &Charts::takeUpSelection);
    connect(&m_world.time, &ChartTime::rangeChanged, this, [this] {
        m_strip->update();
        m_later.start(laterThan);
    });
    connect(&themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    m_catchUp.setSingleShot(true);
    m_catchUp.setInterval(8);
    connect(&m_catchUp, &QTimer::timeout, this, &Charts::tick);
    m_later.setSingleShot(true);
    m_later.setInterval(laterThan);
    connect(&m_later, &QTimer::timeout, this, &Charts::refresh);
    ChartSpec following;
    following.follows = true;
    addChart(following);
    retranslate();
    takeUpDocument();
}

Charts::~Charts() = default;

void Charts::remember(QSettings& settings) {
    if (settings.contains(chartsKey())) {
        const QList<ChartSpec> before = chartsFrom(settings.value(chartsKey()).toByteArray());
        while (!m_cards.empty())
            removeCard(m_cards.back());
        for (const ChartSpec& spec : before)
            addChart(spec);
        // Each was brought into sight as it was added; who begins begins at the top.
        QTimer::singleShot(0, this, [this] { m_scroll->verticalScrollBar()->setValue(0); });
    }
    m_settings = &settings;
}

void Charts::save() {
    if (!m_settings)
        return;
    QList<ChartSpec> specs;
    for (const ChartCard* card : m_cards)
        specs.append(card->spec());
    m_settings->setValue(chartsKey(), toJson(specs));
}

ChartCard* Charts::addChart(const ChartSpec& spec) {
    if (std::ssize(shownCards()) >= chartsMax)
        return nullptr;
    if (std::ssize(m_cards) >= chartsKeptMax)
        removeCard(
            *std::find_if(m_cards.begin(), m_cards.end(), [](const ChartCard* each) { return !each->isKnown(); }));
    auto* card = new ChartCard(m_world, spec);
    m_cards.push_back(card);
    connect(card, &ChartCard::changed, this, [this] {
        save();
        m_later.start(laterThan);
    });
    connect(card, &ChartCard::addRequested, this, [this] { pick(nullptr); });
    connect(card, &ChartCard::lineRequested, this, [this, card] { pick(card); });
    connect(card, &ChartCard::removeRequested, this, [this, card] { removeCard(card); });
    connect(card, &ChartCard::moveRequested, this, [this, card](int by) { moveCard(card, by); });
    connect(card, &ChartCard::exportRequested, this, [this, card] { askForFile(card); });
    arrange();
    save();
    tick();
    refresh();
    QTimer::singleShot(0, card, [this, card] { m_scroll->ensureWidgetVisible(card); });
    return card;
}

std::vector<ChartCard*> Charts::shownCards() const {
    std::vector<ChartCard*> shown;
    std::copy_if(m_cards.begin(), m_cards.end(), std::back_inserter(shown),
                 [](const ChartCard* card) { return card->isKnown(); });
    return shown;
}

void Charts::arrange() {
    const std::vector<ChartCard*> shown = shownCards();
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        m_column->removeWidget(m_cards[i]);
        m_column->insertWidget(static_cast<int>(i), m_cards[i], 1);
        m_cards[i]->setFirst(!shown.empty() && m_cards[i] == shown.front());
        m_cards[i]->setMinimumHeight(shown.size() == 1 ? 0 : 124);
        m_cards[i]->setVisible(m_cards[i]->isKnown());
    }
    m_empty->setVisible(shown.empty());
    m_addFirst->setVisible(shown.empty());
    m_scroll->setVisible(!shown.empty());
    m_strip->setVisible(!shown.empty());
    QString hint = tr("Drag a node here from the canvas or the outline, or add a figure by name");
    if (!m_cards.empty())
        hint += QStringLiteral("\n") + tr("Charts of other scenarios' nodes come back with these");
    m_empty->setHint(hint);
}

void Charts::moveCard(ChartCard* card, int by) {
    const std::vector<ChartCard*> shown = shownCards();
    const auto from = std::find(shown.begin(), shown.end(), card) - shown.begin();
    const auto to = std::clamp<std::ptrdiff_t>(from + by, 0, std::ssize(shown) - 1);
    if (from == to)
        return;
    std::iter_swap(std::find(m_cards.begin(), m_cards.end(), card),
                   std::find(m_cards.begin(), m_cards.end(), shown[static_cast<std::size_t>(to)]));
    arrange();
    save();
}

void Charts::removeCard(ChartCard* card) {
    std::erase(m_cards, card);
    m_pickInto = m_pickInto == card ? nullptr : m_pickInto;
    m_column->removeWidget(card);
    card->hide();
    card->deleteLater(); // it may be in the middle of its own menu
    arrange();
    save();
    m_later.start(laterThan);
}

void Charts::pick(ChartCard* into) {
    const auto catalogue = m_world.session.catalogue();
    if (!catalogue)
        return;
    m_pickInto = into;
    const QWidget* by = into ? static_cast<QWidget*>(into) : this;
    m_picker->openAt(by->mapToGlobal(QPoint(by->width() - m_picker->width() - 8, 30)), *catalogue);
}

void Charts::chart(NodeRef node, ChartCard* into) {
    const auto catalogue = m_world.session.catalogue();
    if (!catalogue || node.kind == NodeRef::Kind::none)
        return;
    const SeriesScope scope{
        node.kind == NodeRef::Kind::channel ? SeriesScope::Kind::channel : SeriesScope::Kind::service, node.index};
    const std::vector<const Figure*> all = figuresOf(scope, *catalogue);
    const auto of = [&all](Measure measure) {
        const auto found =
            std::find_if(all.begin(), all.end(), [measure](const Figure* each) { return each->measure == measure; });
        return found == all.end() ? nullptr : *found;
    };
    const Figure* best = of(node.kind == NodeRef::Kind::service ? Measure::Utilization : Measure::Depth);
    if (into && !into->lines().isEmpty()) { // the same figure as the others there, where it has one
        const Figure* theirs = figure(into->lines().front().figure);
        best = theirs && std::find(all.begin(), all.end(), theirs) != all.end() ? theirs : best;
    }
    const LineSpec line = lineOf(scope, *catalogue, best ? *best : *all.front());
    if (into)
        into->addLine(line);
    else
        addChart({.follows = false, .kind = {}, .lines = {line}, .look = ChartLook::Lines, .log = false});
}

void Charts::setRuns(std::vector<ChartRun> runs) {
    m_world.runs = std::move(runs);
    refresh();
}

void Charts::takeUpRuns() {
    std::vector<ChartRun> beside;
    for (const Session::Run& run : m_world.session.runs())
        if (run.id != m_world.session.currentRun())
            beside.push_back(
                {run.forkedFrom ? tr("%1, forked at %2").arg(run.label, shortClockText(run.forkedTime)) : run.label,
                 run.store, run.catalogue});
    setRuns(std::move(beside));
}

void Charts::askForFile(ChartCard* card) {
    askWhereToSave(*this,
                   {.title = tr("Export the chart"),
                    .suggested = card->title() + QStringLiteral(".png"),
                    .filters = tr("Picture (*.png)") + QStringLiteral(";;") + tr("Drawing (*.svg)") +
                               QStringLiteral(";;") + tr("Table (*.csv)")},
                   [this, card = QPointer(card)](const QString& path) {
                       if (!card)
                           return;
                       if (const std::optional<Error> error = exportChart(*card, m_world.themes.theme(), path))
                           Q_EMIT exportFailed({*error});
                       else
                           Q_EMIT exported(path);
                   });
}

void Charts::takeUpDocument() {
    m_world.runs.clear();
    m_world.pool.sweep();
    m_world.pool.sweep(); // nothing of the old run is wanted
    m_world.time.begin(m_world.session.plannedEnd() ? std::optional(seconds(*m_world.session.plannedEnd()))
                                                    : std::nullopt);
    m_node = m_world.selection.node();
    arrange();
    tick();
    refresh();
}

void Charts::takeUpSelection() {
    m_later.start(laterThan);
    if (m_node == m_world.selection.node())
        return;
    m_node = m_world.selection.node();
    refresh();
}

void Charts::tick() {
    const Session& session = m_world.session;
    const bool fresh = m_world.pool.advance(session.store().get(), session.now());
    m_world.time.follow(std::max(seconds(session.headTime()), seconds(session.now())));
    if (m_world.pool.behind()) // also when nothing moves any more
        m_catchUp.start();
    const bool due = !m_drawn.isValid() || m_drawn.elapsed() >= redrawEvery;
    if (due || (!session.running() && fresh && !m_world.pool.behind())) {
        refresh();
        return;
    }
    if (fresh && !session.running())
        m_later.start(laterThan);
    else if (fresh && !m_later.isActive()) // the run may end before the next tick
        m_later.start(redrawEvery);
    for (ChartCard* card : m_cards)
        card->plot().follow();
}

void Charts::refresh() {
    m_drawn.start();
    m_later.stop();
    int legend = ChartPlot::legendLeast;
    const std::vector<ChartCard*> shown = shownCards();
    for (ChartCard* card : shown) {
        card->refresh();
        legend = std::max(legend, card->plot().legendWanted());
    }
    for (ChartCard* card : shown)
        card->plot().setLegendWidth(legend);
    showStatistics();
    m_world.pool.sweep();
    if (m_world.pool.behind())
        m_catchUp.start();
    m_strip->update();
}

void Charts::showStatistics() {
    const std::optional<TimeRange> brush = m_world.selection.brush();
    const auto catalogue = m_world.session.catalogue();
    if (!brush || !catalogue || !m_world.session.store() || m_cards.empty()) {
        m_statistics->hide();
        return;
    }
    std::vector<StatisticsTable::Row> rows;
    QList<LineSpec> seen;
    for (ChartCard* card : m_cards) {
        qsizetype index = 0;
        for (const LineSpec& line : card->lines()) {
            const std::optional<SeriesScope> scope = scopeOf(line, *catalogue);
            const Figure* drawn = figure(line.figure);
            const QColor colour = card->colourOf(line, index++);
            // Percentiles of one time have one line: it has them all.
            LineSpec once = line;
            if (drawn && drawn->isTime())
                once.figure = measureText(drawn->measure);
            if (!scope || !drawn || seen.contains(once))
                continue;
            seen.append(once);
            const SeriesPool::Source source =
                m_world.pool.want(m_world.session.store(), *scope, {brush->begin, brush->end});
            rows.push_back(
                {.label = drawn->isTime() ? scopeText(line) + QStringLiteral(" · ") + once.figure : lineText(line),
                 .unit = drawn->unit(),
                 .isTime = drawn->isTime(),
                 .statistics = source.caughtUp ? std::optional(statisticsOf(*source.series, *drawn)) : std::nullopt,
                 .colour = colour});
        }
    }
    m_statistics->setRows(rows);
    m_statistics->show();
}

ChartCard* Charts::keptCardAt(QPoint point) const {
    for (ChartCard* card : m_cards)
        if (card->isKnown() && !card->spec().follows &&
            QRect(card->mapTo(this, QPoint()), card->size()).contains(point))
            return card;
    return nullptr;
}

void Charts::dragEnterEvent(QDragEnterEvent* event) {
    const auto catalogue = m_world.session.catalogue();
    if (catalogue && nodeOf(*event->mimeData(), *catalogue).kind != NodeRef::Kind::none)
        event->acceptProposedAction();
}

void Charts::dragMoveEvent(QDragMoveEvent* event) {
    const ChartCard* over = keptCardAt(event->position().toPoint());
    m_dropHint->setGeometry(over ? QRect(over->mapTo(this, QPoint()), over->size()) : rect());
    m_dropHint->show();
    event->acceptProposedAction();
}

void Charts::dragLeaveEvent(QDragLeaveEvent*) {
    m_dropHint->hide();
}

void Charts::dropEvent(QDropEvent* event) {
    m_dropHint->hide();
    const auto catalogue = m_world.session.catalogue();
    if (!catalogue)
        return;
    chart(nodeOf(*event->mimeData(), *catalogue), keptCardAt(event->position().toPoint()));
    event->acceptProposedAction();
}

void Charts::resizeEvent(QResizeEvent*) {
    m_strip->update();
}

void Charts::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_world.themes.theme().surface);
}

void Charts::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void Charts::retranslate() {
    setWindowTitle(tr("Charts"));
    setAccessibleName(windowTitle());
    m_empty->setTitle(tr("No chart"));
    m_addFirst->setText(tr("Add a chart"));
    m_addFirst->setToolTip(tr("Add a chart of any figure"));
    arrange();
    refresh();
}

} // namespace weir
