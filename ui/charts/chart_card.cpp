#include "ui/charts/chart_card.h"

#include "ui/format.h"
#include "ui/icons.h"

#include <QActionGroup>
#include <QBoxLayout>
#include <QButtonGroup>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr int heatRows = 48;

// Few lines get thinner one after another: where two are equal the one below is seen on both sides of the other.
qreal nested(qsizetype line, qsizetype count) {
    constexpr std::array widths{3.8, 2.4, 1.0};
    return count > 1 && count <= std::ssize(widths) ? widths[static_cast<std::size_t>(line)] : 1.8;
}

SimTime timeOf(double at) {
    return SimTime{Duration{static_cast<std::int64_t>(std::llround(at * 1e9))}};
}

} // namespace

ChartCard::ChartCard(ChartWorld& world, ChartSpec spec, QWidget* parent)
    : QWidget(parent), m_world(world), m_spec(std::move(spec)), m_title(new QLabel(this)), m_add(new QToolButton(this)),
      m_more(new QToolButton(this)),
      m_plot(new ChartPlot(world.session, world.selection, world.marks, world.time, world.themes, this)) {
    m_head = new QBoxLayout(QBoxLayout::LeftToRight);
    m_head->setContentsMargins(15, 6, 8, 0);
    m_head->setSpacing(4);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->setMinimumWidth(24);
    m_head->addWidget(m_title, 1);
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(4);
    m_head->addLayout(m_buttons);
    auto* group = new QButtonGroup(this);
    for (std::size_t i = 0; i < m_kinds.size(); ++i) {
        m_kinds[i] = new QToolButton(this);
        m_kinds[i]->setCheckable(true);
        m_kinds[i]->setFocusPolicy(Qt::TabFocus);
        group->addButton(m_kinds[i]);
        m_buttons->addWidget(m_kinds[i]);
        connect(m_kinds[i], &QToolButton::clicked, this, [this, i] { setKind(static_cast<ChartKind>(i)); });
    }
    m_buttons->addStretch(1);
    for (QToolButton* button : {m_add, m_more}) {
        button->setFocusPolicy(Qt::TabFocus);
        m_buttons->addWidget(button);
    }
    connect(m_add, &QToolButton::clicked, this, &ChartCard::addRequested);
    connect(m_more, &QToolButton::clicked, this, [this] {
        QMenu menu;
        fillMenu(menu, std::nullopt);
        menu.exec(m_more->mapToGlobal(QPoint(0, m_more->height())));
    });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_head);
    column->addWidget(m_plot, 1);
    connect(m_plot, &ChartPlot::lineToggled, this, [this](int index) {
        const QString label = m_plot->content().lines[static_cast<std::size_t>(index)].label;
        if (!m_hidden.remove(label))
            m_hidden.insert(label);
        refresh();
    });
    connect(m_plot, &ChartPlot::menuRequested, this, [this](QPoint at, double seconds) {
        QMenu menu;
        fillMenu(menu, seconds);
        menu.exec(at);
    });
    connect(&m_world.themes, &ThemeSource::changed, this, &ChartCard::dress);
    dress();
    retranslate();
}

void ChartCard::take(ChartSpec spec) {
    if (spec == m_spec)
        return;
    m_spec = std::move(spec);
    refresh();
    Q_EMIT changed();
}

void ChartCard::setKind(ChartKind kind) {
    ChartSpec spec = m_spec;
    spec.kind = kind;
    m_hidden.clear();
    take(spec);
}

void ChartCard::setLook(ChartLook look) {
    ChartSpec spec = m_spec;
    spec.look = look;
    take(spec);
}

void ChartCard::setLog(bool log) {
    ChartSpec spec = m_spec;
    spec.log = log;
    take(spec);
}

void ChartCard::addLine(const LineSpec& line) {
    ChartSpec spec = m_spec;
    spec.lines = lines();
    spec.follows = false;
    if (!spec.lines.contains(line) && spec.lines.size() < ChartSpec::linesMax)
        spec.lines.append(line);
    take(spec);
}

void ChartCard::removeLine(const LineSpec& line) {
    ChartSpec spec = m_spec;
    spec.lines = lines();
    spec.follows = false;
    spec.lines.removeAll(line);
    if (spec.lines.isEmpty())
        Q_EMIT removeRequested();
    else
        take(spec);
}

QList<LineSpec> ChartCard::lines() const {
    if (!m_spec.follows)
        return m_spec.lines;
    LineSpec line;
    const NodeRef node = m_world.selection.node();
    if (const auto catalogue = m_world.session.catalogue(); catalogue && node.kind != NodeRef::Kind::none) {
        const bool channel = node.kind == NodeRef::Kind::channel;
        line.scope = channel ? SeriesScope::Kind::channel : SeriesScope::Kind::service;
        line.name = QString::fromStdString(channel ? catalogue->channels()[node.index].name
                                                   : catalogue->services()[node.index].name);
    }
    QStringList words{QStringLiteral("in"), QStringLiteral("out"), QStringLiteral("failed")};
    if (m_spec.kind == ChartKind::Depth)
        words = {QStringLiteral("depth")};
    else if (m_spec.kind == ChartKind::Latency) {
        const QString of = line.scope == SeriesScope::Kind::run       ? QStringLiteral("latency")
                           : line.scope == SeriesScope::Kind::channel ? QStringLiteral("wait")
                                                                      : QStringLiteral("service");
        words = {of + QStringLiteral("P99"), of + QStringLiteral("P90"), of + QStringLiteral("P50")};
    }
    QList<LineSpec> made;
    for (const QString& word : words) {
        line.figure = word;
        made.append(line);
    }
    return made;
}

bool ChartCard::isKnown() const {
    const auto catalogue = m_world.session.catalogue();
    return m_spec.follows ||
           (catalogue && std::any_of(m_spec.lines.begin(), m_spec.lines.end(),
                                     [&](const LineSpec& line) { return scopeOf(line, *catalogue).has_value(); }));
}

QColor ChartCard::colourOf(const LineSpec& line, qsizetype index) const {
    const Theme& theme = m_world.themes.theme();
    if (!m_spec.follows)
        return theme.eventColours[static_cast<std::size_t>(index) % theme.eventColours.size()];
    const Figure& drawn = *figure(line.figure);
    if (drawn.measure == Measure::Failed || drawn.fraction >= 0.99)
        return theme.danger;
    if (drawn.fraction >= 0.9)
        return theme.warn;
    return drawn.measure == Measure::Acked ? theme.ok : theme.accent;
}

QString ChartCard::labelOf(const LineSpec& line, const Figure& drawn) const {
    const QList<LineSpec> all = lines();
    const auto sameScope = [&](const LineSpec& other) { return other.scope == line.scope && other.name == line.name; };
    const auto sameMeasure = [&](const LineSpec& other) {
        const Figure* theirs = figure(other.figure);
        return theirs && theirs->measure == drawn.measure;
    };
    const bool oneScope = std::all_of(all.begin(), all.end(), sameScope);
    const bool oneMeasure = std::all_of(all.begin(), all.end(), sameMeasure);
    if (drawn.measure == Measure::State)
        return scopeText(line);
    if (oneScope)
        return oneMeasure ? shortFigureText(drawn) : figureText(drawn);
    if (!oneMeasure)
        return lineText(line);
    return drawn.isTime() ? scopeText(line) + QStringLiteral(" · ") + shortFigureText(drawn) : scopeText(line);
}

ChartCard::Binned ChartCard::binned(const LineSpec& line, std::size_t run) const {
    const TimeSpan shown = m_world.time.shown();
    std::vector<std::pair<std::shared_ptr<const RecordStore>, std::optional<SeriesScope>>> runs{
        {m_world.session.store(), scopeOf(line, *m_world.session.catalogue())}};
    for (const ChartRun& beside : m_world.runs)
        runs.emplace_back(beside.store, scopeOf(line, *beside.catalogue));
    std::vector<const Series*> series(runs.size());
    // The widest bins of all: a run that went further has wider ones.
    const auto gather = [&](SeriesWindow window) {
        const Series* widest = nullptr;
        bool behind = false;
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (!runs[i].second)
                continue;
            const SeriesPool::Source source = m_world.pool.want(runs[i].first, *runs[i].second, window);
            series[i] = source.series;
            behind = behind || source.behind;
            if (!widest || widest->binWidth() < series[i]->binWidth())
                widest = series[i];
        }
        return std::pair(widest, behind);
    };
    const Series* widest = gather({}).first;
    if (widest && !m_world.time.fitted() && shown.length() / 120 < seconds(widest->binWidth())) {
        const std::vector<const Series*> whole = series;
        const TimeSpan closer = gridded(shown);
        if (const auto [detail, behind] = gather({timeOf(closer.begin), timeOf(closer.end)}); behind)
            series = whole;
        else
            widest = detail;
    }
    if (!series[run])
        return {};
    const auto bins = static_cast<std::size_t>(widest->binWidth() / series[run]->binWidth());
    return {series[run], binsPerPoint(*widest, shown.length()) * bins, bins};
}

void ChartCard::addBands(PlotContent& content, const Binned& source, Measure measure, const QColor& colour) {
    const std::array fractions{0.5, 0.9, 0.99};
    std::array<LinePoints, 3> edges;
    for (std::size_t i = 0; i < edges.size(); ++i)
        edges[i] = linePoints(*source.series, Figure{"", measure, fractions[i]}, source.perPoint);
    QColor fill = colour;
    fill.setAlphaF(0.14F);
    content.bands.push_back({edges[1], edges[2], fill});
    fill.setAlphaF(0.30F);
    content.bands.push_back({edges[0], edges[1], fill});
}

void ChartCard::addLines(PlotContent& content, const QString& run, std::size_t number) const {
    const QList<LineSpec> all = lines();
    QList<std::pair<const Series*, Measure>> banded;
    for (qsizetype i = 0; i < all.size(); ++i) {
        const Figure* drawn = figure(all[i].figure);
        const Binned source = binned(all[i], number);
        if (!source.series || !drawn)
            continue;
        const Figure shown = figureForRun(*source.series, *drawn);
        if (content.lines.empty())
            content.unit = shown.unit();
        if (shown.isTime() && m_spec.look == ChartLook::Heat) {
            if (number == 0 && !content.heat)
                content.heat = heatCells(*source.series, shown.measure, source.perPoint, heatRows);
            continue;
        }
        const QColor colour = colourOf(all[i], i);
        if (shown.isTime() && m_spec.look == ChartLook::Bands && number == 0 &&
            !banded.contains(std::pair(source.series, shown.measure))) {
            banded.append({source.series, shown.measure});
            addBands(content, source, shown.measure, m_spec.follows ? m_world.themes.theme().accent : colour);
        }
        PlotLine line{.label = labelOf(all[i], shown),
                      .unit = shown.unit(),
                      .data = linePoints(*source.series, shown, shown.isLevel() ? source.perLevel : source.perPoint),
                      .colour = colour,
                      .style = i >= 7 ? Qt::DashLine : Qt::SolidLine,
                      .width = nested(i, all.size()),
                      .dimmed = number > 0,
                      .hidden = false};
        if (number > 0) {
            line.label = run + QStringLiteral(" · ") + line.label;
            line.style = number % 2 == 1 ? Qt::DashLine : Qt::DotLine;
        }
        line.hidden = m_hidden.contains(line.label);
        content.lines.push_back(std::move(line));
    }
}

QString ChartCard::emptyText() const {
    if (m_world.session.mode() == Session::Mode::empty)
        return tr("Open a scenario to see its curves");
    if (m_spec.look == ChartLook::Heat)
        return tr("A heat map needs times: wait, service time, response or end to end");
    const NodeRef node = m_world.selection.node();
    if (const ServiceId service = node.service();
        m_spec.follows && m_spec.kind != ChartKind::Throughput && service.valid()) {
        const ServiceRow& row = m_world.session.catalogue()->services()[service.index()];
        if (m_world.session.mode() == Session::Mode::simulation && row.workers == 0)
            return tr("%1 only sends: Throughput shows how much").arg(QString::fromStdString(row.name));
    }
    return tr("%1: nothing to show yet").arg(title());
}

void ChartCard::refresh() {
    PlotContent content;
    content.log = m_spec.log;
    const auto catalogue = m_world.session.catalogue();
    if (catalogue && m_world.session.store()) {
        addLines(content, QString(), 0);
        for (std::size_t i = 0; i < m_world.runs.size(); ++i)
            addLines(content, m_world.runs[i].label, i + 1);
    }
    if (content.heat) {
        content.log = true;
        content.unit = ChartUnit::Seconds;
    }
    content.empty = emptyText();
    content.subject = title();
    m_subject = content.subject;
    for (std::size_t i = 0; i < m_kinds.size(); ++i) {
        m_kinds[i]->setVisible(m_spec.follows);
        m_kinds[i]->setChecked(m_spec.kind == static_cast<ChartKind>(i));
    }
    showTitle();
    m_plot->setContent(std::move(content));
    m_plot->setAccessibleName(title());
}

// Above the buttons where too little of it would be legible beside them.
void ChartCard::showTitle() {
    constexpr int legible = 140;
    const QMargins margins = m_head->contentsMargins();
    const int room = width() - margins.left() - margins.right() - m_head->spacing() - m_buttons->minimumSize().width();
    m_head->setDirection(room < legible ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_head->activate();
    m_title->setText(m_title->fontMetrics().elidedText(m_subject, Qt::ElideRight, m_title->width()));
    m_title->setToolTip(m_title->text() == m_subject ? QString() : m_subject);
}

void ChartCard::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showTitle();
}

QString ChartCard::title() const {
    const QList<LineSpec> all = lines();
    if (all.isEmpty())
        return {};
    const LineSpec& first = all.front();
    if (!m_spec.follows) {
        QStringList scopes, measures;
        const auto catalogue = m_world.session.catalogue();
        for (const LineSpec& line : all) {
            if (catalogue && isKnown() && !scopeOf(line, *catalogue))
                continue; // of another scenario
            if (const QString scope = scopeText(line); !scopes.contains(scope))
                scopes.append(scope);
            if (const Figure* drawn = figure(line.figure))
                if (const QString measure = measureText(drawn->measure); !measures.contains(measure))
                    measures.append(measure);
        }
        if (scopes.size() > 2)
            scopes = {tr("%1 and %2 more").arg(scopes.front()).arg(scopes.size() - 1)};
        const QString of = scopes.join(QStringLiteral(", "));
        if (measures.size() != 1)
            return of;
        QString text = tr("%1 of %2", "depth of payments").arg(measures.front(), of);
        text[0] = text[0].toUpper(); // a title
        return text;
    }
    const bool run = first.scope == SeriesScope::Kind::run;
    switch (m_spec.kind) {
    case ChartKind::Throughput:
        return run ? tr("Throughput") : tr("Throughput of %1").arg(first.name);
    case ChartKind::Depth:
        return run                                         ? tr("Waiting in all queues")
               : first.scope == SeriesScope::Kind::channel ? tr("Waiting in %1").arg(first.name)
                                                           : tr("Waiting for %1").arg(first.name);
    case ChartKind::Latency:
        break;
    }
    if (run && m_world.session.store()) {
        const Series& whole = *m_world.pool.want(m_world.session.store(), {}).series;
        if (figureForRun(whole, *figure(first.figure)).measure == Measure::Response)
            return tr("Response, from publish to settled");
    }
    return run                                         ? tr("End-to-end latency")
           : first.scope == SeriesScope::Kind::channel ? tr("Wait in %1").arg(first.name)
                                                       : tr("Service time of %1").arg(first.name);
}

bool ChartCard::isHidden(const QString& word) const {
    for (const LineSpec& line : lines())
        if (line.figure == word)
            return m_hidden.contains(labelOf(line, *figure(word)));
    return false;
}

void ChartCard::toggle(const QString& word) {
    for (const LineSpec& line : lines())
        if (line.figure == word)
            if (const QString label = labelOf(line, *figure(word)); !m_hidden.remove(label))
                m_hidden.insert(label);
    refresh();
}

void ChartCard::setFirst(bool first) {
    m_add->setVisible(first);
}

void ChartCard::fillMenu(QMenu& menu, std::optional<double> at) {
    if (at && m_world.session.mode() != Session::Mode::empty) {
        const SimTime time = timeOf(*at);
        const QString clock = shortClockText(time);
        QAction* look = menu.addAction(tr("Look at %1").arg(clock), this, [this, time] {
            m_world.session.pause();
            m_world.session.seek(time);
        });
        look->setEnabled(time <= m_world.session.headTime());
        QAction* until =
            menu.addAction(tr("Run until %1").arg(clock), this, [this, time] { m_world.session.runUntil(time); });
        until->setEnabled(m_world.session.mode() == Session::Mode::simulation && time > m_world.session.now());
        menu.addSeparator();
    }
    auto* looks = new QActionGroup(&menu);
    const std::array looksTexts{tr("Lines"), tr("Percentile bands"), tr("Heat map")};
    for (std::size_t i = 0; i < looksTexts.size(); ++i) {
        QAction* action = menu.addAction(looksTexts[i], this, [this, i] { setLook(static_cast<ChartLook>(i)); });
        action->setCheckable(true);
        action->setChecked(m_spec.look == static_cast<ChartLook>(i));
        looks->addAction(action);
    }
    QAction* log = menu.addAction(tr("Logarithmic axis"), this, [this](bool checked) { setLog(checked); });
    log->setCheckable(true);
    log->setChecked(m_spec.log);
    menu.addAction(tr("Fit everything"), this,
                   [this] {
                       m_world.time.fit();
                       m_plot->fitValues();
                   })
        ->setShortcut(Qt::Key_0);
    menu.addSeparator();
    menu.addAction(makeIcon(QStringLiteral("plus"), m_world.themes.theme()), tr("Add a line…"), this,
                   &ChartCard::lineRequested);
    QMenu* remove = menu.addMenu(tr("Remove a line"));
    for (const LineSpec& line : lines())
        remove->addAction(lineText(line), this, [this, line] { removeLine(line); });
    if (m_spec.follows)
        menu.addAction(tr("Keep this one, whatever is selected"), this, [this] {
            ChartSpec kept = m_spec;
            kept.lines = lines();
            kept.follows = false;
            take(kept);
        });
    menu.addAction(tr("Add a chart…"), this, &ChartCard::addRequested);
    menu.addAction(tr("Move up"), this, [this] { Q_EMIT moveRequested(-1); });
    menu.addAction(tr("Move down"), this, [this] { Q_EMIT moveRequested(1); });
    menu.addAction(makeIcon(QStringLiteral("close"), m_world.themes.theme()), tr("Remove this chart"), this,
                   &ChartCard::removeRequested);
    menu.addSeparator();
    menu.addAction(makeIcon(QStringLiteral("save"), m_world.themes.theme()), tr("Export as PNG, SVG or CSV…"), this,
                   &ChartCard::exportRequested);
}

void ChartCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_world.themes.theme();
    painter.fillRect(rect(), theme.surface);
    if (!m_add->isVisibleTo(this)) { // below another one
        painter.setPen(theme.line);
        painter.drawLine(0, 0, width(), 0);
    }
}

void ChartCard::dress() {
    const Theme& theme = m_world.themes.theme();
    m_title->setFont(theme.font(TextRole::Strong));
    m_add->setIcon(makeIcon(QStringLiteral("plus"), theme));
    m_more->setIcon(makeIcon(QStringLiteral("more"), theme));
    refresh();
}

void ChartCard::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ChartCard::retranslate() {
    const std::array texts{tr("Throughput"), tr("Depth"), tr("Latency")};
    const std::array tips{tr("Messages a second: in, done, failed"), tr("Copies that wait to be handled"),
                          tr("Percentiles of the time that things take")};
    for (std::size_t i = 0; i < m_kinds.size(); ++i) {
        m_kinds[i]->setText(texts[i]);
        m_kinds[i]->setToolTip(tips[i]);
    }
    m_add->setToolTip(tr("Add a chart of any figure"));
    m_add->setAccessibleName(tr("Add a chart"));
    m_more->setToolTip(tr("Lines, bands or heat map, log axis, more lines, export"));
    m_more->setAccessibleName(tr("More about this chart"));
    m_plot->setAccessibleDescription(
        tr("Left and Right move the reading, Enter pins it, plus and minus zoom, 0 fits, Escape clears pin and brush"));
    refresh();
}

} // namespace weir
