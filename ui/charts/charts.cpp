#include "ui/charts/charts.h"

#include "ui/charts/axis.h"
#include "ui/format.h"
#include "ui/style.h"
#include "ui/tabular.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QLabel>
#include <QLineSeries>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace weir {

// Over the chart: playhead, end labels that are the legend, read-out. It lets the mouse through but for its labels.
class ChartOverlay final : public QWidget {
  public:
    explicit ChartOverlay(Charts& charts, QWidget* parent) : QWidget(parent), m_charts(charts) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    struct Label {
        QRectF rect;
        ChartLine::Role role;
    };
    std::vector<Label> labels() const {
        std::vector<Label> made;
        const QRectF plot = m_charts.plot();
        qreal y = plot.top();
        for (const ChartLine& line : m_charts.m_lines.lines) {
            made.push_back({QRectF(plot.right() + 8, y, width() - plot.right() - 10, 16), line.role});
            y += 18;
        }
        return made;
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme& theme = m_charts.m_themes.theme();
        const QRectF plot = m_charts.plot();
        painter.setFont(theme.font(TextRole::Label));
        const std::vector<Label> legend = labels();
        for (std::size_t i = 0; i < legend.size(); ++i) {
            const Tone tone = m_charts.m_lines.lines[i].tone;
            const bool hidden = m_charts.isHidden(legend[i].role);
            painter.setPen(QPen(hidden ? theme.faint : theme.colour(tone), 2.4));
            painter.drawLine(legend[i].rect.left(), legend[i].rect.center().y(), legend[i].rect.left() + 10,
                             legend[i].rect.center().y());
            painter.setPen(hidden ? theme.faint : theme.textColour(tone));
            painter.drawText(legend[i].rect.adjusted(14, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                             m_charts.roleText(legend[i].role));
        }
        if (m_charts.m_lines.highest <= 0) {
            painter.setPen(theme.muted);
            painter.setFont(theme.font(TextRole::Body));
            painter.drawText(plot, Qt::AlignCenter | Qt::TextWordWrap,
                             m_charts.m_session.mode() == Session::Mode::empty
                                 ? Charts::tr("Open a scenario to see its curves")
                                 : Charts::tr("Nothing to show yet for %1").arg(m_charts.title()));
        }
        const auto vertical = [&](double at, const QPen& pen) {
            const qreal x = plot.left() + at / m_charts.m_end * plot.width();
            painter.setPen(pen);
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
            return x;
        };
        if (m_charts.m_session.mode() != Session::Mode::empty)
            vertical(std::min(seconds(m_charts.m_session.now()), m_charts.m_end), QPen(theme.text, 1.2));
        if (!m_charts.m_pointer)
            return;
        const double at = m_charts.secondsAt(*m_charts.m_pointer);
        const qreal x = vertical(at, QPen(theme.muted, 1, Qt::DashLine));
        const QStringList lines = m_charts.readOut(at);
        qreal textWidth = 0;
        for (const QString& line : lines)
            textWidth = std::max(textWidth, tabularWidth(painter.font(), line));
        painter.setFont(theme.font(TextRole::Label));
        QRectF box(x - textWidth - 26, plot.top() + 2, textWidth + 16, 15.0 * static_cast<qreal>(lines.size()) + 8);
        if (box.left() < plot.left())
            box.moveLeft(x + 10);
        painter.setPen(theme.line);
        painter.setBrush(theme.raised);
        painter.drawRoundedRect(box, 6, 6);
        for (qsizetype i = 0; i < lines.size(); ++i) {
            painter.setPen(i == 0 ? theme.text : theme.muted);
            drawTabular(painter, QRectF(box.left() + 8, box.top() + 4 + 15.0 * static_cast<qreal>(i), textWidth + 2, 15),
                        Qt::AlignLeft, lines[i]);
        }
    }

  private:
    Charts& m_charts;
};

Charts::Charts(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_themes(themes), m_title(new QLabel(this)),
      m_unit(new QLabel(this)), m_chart(new QChart), m_view(new QChartView(m_chart, this)),
      m_timeAxis(new QCategoryAxis(m_chart)), m_valueAxis(new QCategoryAxis(m_chart)),
      m_overlay(new ChartOverlay(*this, m_view)) {
    auto* head = new QHBoxLayout;
    head->setContentsMargins(15, 6, 12, 0);
    head->setSpacing(8);
    head->addWidget(m_title);
    head->addWidget(m_unit);
    head->addStretch();
    auto* group = new QButtonGroup(this);
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i] = new QToolButton(this);
        m_buttons[i]->setCheckable(true);
        m_buttons[i]->setFocusPolicy(Qt::TabFocus);
        group->addButton(m_buttons[i]);
        head->addWidget(m_buttons[i]);
        connect(m_buttons[i], &QToolButton::clicked, this, [this, i] { show(static_cast<ChartKind>(i)); });
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_view, 1);
    m_chart->legend()->hide();
    m_chart->setMargins(QMargins(6, 4, 78, 2));
    m_chart->setBackgroundVisible(false);
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->addAxis(m_timeAxis, Qt::AlignBottom);
    m_chart->addAxis(m_valueAxis, Qt::AlignLeft);
    for (QLineSeries*& series : m_series) {
        series = new QLineSeries(m_chart);
        m_chart->addSeries(series);
        series->attachAxis(m_timeAxis);
        series->attachAxis(m_valueAxis);
    }
    for (QCategoryAxis* axis : {m_timeAxis, m_valueAxis}) {
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setStartValue(0);
        axis->setLineVisible(false);
        axis->setTruncateLabels(false);
    }
    m_timeAxis->setGridLineVisible(false);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->viewport()->setMouseTracking(true);
    m_view->viewport()->installEventFilter(this);
    m_view->setMinimumSize(0, 0);
    connect(&m_session, &Session::documentChanged, this, &Charts::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &Charts::tick);
    connect(&m_selection, &Selection::changed, this, &Charts::takeUpSelection);
    connect(&m_themes, &ThemeSource::changed, this, &Charts::dress);
    m_catchUp.setSingleShot(true);
    m_catchUp.setInterval(8);
    connect(&m_catchUp, &QTimer::timeout, this, &Charts::tick);
    retranslate();
    dress();
    show(m_kind);
    takeUpDocument();
}

void Charts::show(ChartKind kind) {
    m_kind = kind;
    m_buttons[static_cast<std::size_t>(kind)]->setChecked(true);
    m_highest = 0;
    m_hidden.clear();
    redraw();
}

void Charts::toggle(ChartLine::Role role) {
    if (!m_hidden.erase(role))
        m_hidden.insert(role);
    redraw();
}

void Charts::takeUpDocument() {
    m_scope = {};
    m_feed.start(m_session.store(), m_scope);
    m_highest = 0;
    m_end = m_session.plannedEnd() ? std::min(10.0, seconds(*m_session.plannedEnd())) : 10;
    redraw();
}

void Charts::takeUpSelection() {
    const NodeRef node = m_selection.node();
    SeriesScope scope;
    if (node.kind != NodeRef::Kind::none)
        scope = {node.kind == NodeRef::Kind::channel ? SeriesScope::Kind::channel : SeriesScope::Kind::service, node.index};
    if (scope == m_scope)
        return;
    m_scope = scope;
    m_feed.start(m_session.store(), scope);
    m_highest = 0;
    tick();
    redraw();
}

void Charts::tick() {
    m_feed.advance();
    if (m_feed.behind()) // also when nothing moves any more
        m_catchUp.start();
    if (!m_session.running() || !m_drawn.isValid() || m_drawn.elapsed() >= redrawEvery)
        redraw();
    else
        m_overlay->update();
}

QString Charts::title() const {
    QString name;
    const auto catalogue = m_session.catalogue();
    if (catalogue && m_scope.kind == SeriesScope::Kind::channel)
        name = QString::fromStdString(catalogue->channels()[m_scope.index].name);
    else if (catalogue && m_scope.kind == SeriesScope::Kind::service)
        name = QString::fromStdString(catalogue->services()[m_scope.index].name);
    switch (m_kind) {
    case ChartKind::Throughput:
        return name.isEmpty() ? tr("Throughput") : tr("Throughput of %1").arg(name);
    case ChartKind::Depth:
        return name.isEmpty() ? tr("Waiting in all queues") : tr("Waiting in %1").arg(name);
    case ChartKind::Latency:
        return name.isEmpty()                                     ? tr("End-to-end latency")
               : m_scope.kind == SeriesScope::Kind::channel ? tr("Wait in %1").arg(name)
                                                            : tr("Service time of %1").arg(name);
    }
    return {};
}

QString Charts::roleText(ChartLine::Role role) const {
    switch (role) {
    case ChartLine::Role::Published:
        return tr("in");
    case ChartLine::Role::Acked:
        return tr("done");
    case ChartLine::Role::Failed:
        return tr("failed");
    case ChartLine::Role::Depth:
        return tr("depth");
    case ChartLine::Role::P99:
        return QStringLiteral("p99");
    case ChartLine::Role::P90:
        return QStringLiteral("p90");
    case ChartLine::Role::P50:
        return QStringLiteral("p50");
    }
    return {};
}

QString Charts::valueText(double value) const {
    switch (m_lines.unit) {
    case ChartUnit::PerSecond:
        return rateText(Rate{value});
    case ChartUnit::Count:
        return countText(static_cast<std::int64_t>(value));
    case ChartUnit::Seconds:
        return durationText(Duration{static_cast<std::int64_t>(value * 1e9)});
    }
    return {};
}

QStringList Charts::readOut(double at) const {
    QStringList lines{shortClockText(SimTime{Duration{static_cast<std::int64_t>(at * 1e9)}})};
    for (const ChartLine& line : m_lines.lines)
        if (!isHidden(line.role))
            if (const auto value = valueAt(line, at, m_lines.pointWidth))
                lines.append(roleText(line.role) + QLatin1Char(' ') + valueText(*value));
    return lines;
}

void Charts::setAxis(QCategoryAxis& axis, double end, const std::vector<double>& values, const QStringList& labels) {
    if (axis.max() == end && axis.categoriesLabels() == labels)
        return;
    for (const QString& label : axis.categoriesLabels())
        axis.remove(label);
    axis.setRange(0, end);
    for (std::size_t i = 0; i < values.size(); ++i)
        axis.append(labels[static_cast<qsizetype>(i)], values[i]);
}

void Charts::redraw() {
    m_drawn.start();
    m_lines = chartLines(m_feed.series(), m_kind, binsPerPoint(m_feed.series(), m_end));
    double needed = 0;
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        const bool drawn = i < m_lines.lines.size() && !isHidden(m_lines.lines[i].role);
        m_series[i]->setVisible(drawn);
        if (!drawn)
            continue;
        m_series[i]->replace(m_lines.lines[i].points);
        m_series[i]->setPen(QPen(m_themes.theme().colour(m_lines.lines[i].tone), 1.8));
        for (const QPointF& point : m_lines.lines[i].points)
            needed = std::max(needed, point.y());
    }
    // The time axis follows the run by doubling, up to the planned end.
    const double head = std::max(seconds(m_session.headTime()), 1e-3);
    while (m_end < head)
        m_end = m_session.plannedEnd() && m_end * 2 > seconds(*m_session.plannedEnd())
                    ? std::max(head, seconds(*m_session.plannedEnd()))
                    : m_end * 2;
    m_highest = steadyEnd(m_highest, needed);
    const AxisTicks values = valueTicks(m_highest, 4);
    QStringList labels;
    for (const double value : values.values)
        labels.append(valueText(value));
    setAxis(*m_valueAxis, values.end, values.values, labels);
    const AxisTicks times = timeTicks(m_end, std::max(2, width() / 110));
    labels.clear();
    for (const double value : times.values)
        labels.append(timeTickText(value, times.step));
    setAxis(*m_timeAxis, times.end, times.values, labels);
    m_title->setText(title());
    m_overlay->setGeometry(m_view->rect());
    m_overlay->update();
}

QRectF Charts::plot() const { return m_chart->plotArea().translated(m_view->mapFromScene(QPointF(0, 0))); }

double Charts::secondsAt(qreal x) const {
    const QRectF area = plot();
    return std::clamp((x - area.left()) / std::max(1.0, area.width()), 0.0, 1.0) * m_end;
}

bool Charts::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::MouseMove: {
        const QPointF at = static_cast<QMouseEvent*>(event)->position();
        m_pointer = plot().contains(at) ? std::optional(at.x()) : std::nullopt;
        m_overlay->update();
        break;
    }
    case QEvent::Leave:
        m_pointer.reset();
        m_overlay->update();
        break;
    case QEvent::MouseButtonPress: {
        const QPointF at = static_cast<QMouseEvent*>(event)->position();
        for (const ChartOverlay::Label& label : m_overlay->labels())
            if (label.rect.contains(at)) {
                toggle(label.role);
                return true;
            }
        if (plot().contains(at) && m_session.mode() != Session::Mode::empty) {
            m_session.pause();
            m_session.seek(SimTime{Duration{static_cast<std::int64_t>(secondsAt(at.x()) * 1e9)}});
            return true;
        }
        break;
    }
    case QEvent::Resize:
        m_overlay->setGeometry(m_view->rect());
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void Charts::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_themes.theme().surface);
}

void Charts::dress() {
    const Theme& theme = m_themes.theme();
    m_title->setFont(theme.font(TextRole::Strong));
    m_unit->setFont(theme.font(TextRole::Label));
    QPalette palette = m_unit->palette();
    palette.setColor(QPalette::WindowText, theme.muted);
    m_unit->setPalette(palette);
    for (QCategoryAxis* axis : {m_timeAxis, m_valueAxis}) {
        axis->setLabelsColor(theme.muted);
        axis->setLabelsFont(theme.font(TextRole::Tiny));
        axis->setGridLineColor(theme.grid);
    }
    m_view->setBackgroundBrush(theme.surface);
    redraw();
}

void Charts::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void Charts::retranslate() {
    setWindowTitle(tr("Charts"));
    setAccessibleName(windowTitle());
    const std::array texts{tr("Throughput"), tr("Depth"), tr("Latency")};
    const std::array tips{tr("Messages a second: in, done, failed"), tr("Copies that wait to be handled"),
                          tr("Percentiles of the time that things take")};
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setText(texts[i]);
        m_buttons[i]->setToolTip(tips[i]);
    }
    if (m_chart)
        redraw();
}

} // namespace weir
