// Charts: throughput, depth or latency against simulated time, of what is selected (of the whole run where nothing is).
// Qt Charts draws lines that were reduced to a few hundred points before. Hover reads out, the legend toggles lines, a
// click looks at that moment.
#pragma once

#include "ui/charts/chart_lines.h"
#include "ui/charts/series_feed.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <array>
#include <optional>
#include <set>

class QCategoryAxis;
class QChart;
class QChartView;
class QLabel;
class QLineSeries;
class QToolButton;

namespace weir {

class ChartOverlay;

class Charts final : public QWidget {
    Q_OBJECT
  public:
    Charts(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    ChartKind kind() const { return m_kind; }
    void show(ChartKind kind);
    void toggle(ChartLine::Role role); // the legend
    bool isHidden(ChartLine::Role role) const { return m_hidden.contains(role); }
    QString title() const; // "Wait in payments"
    // What the pointer reads out there: the time, then a value for each visible line.
    QStringList readOut(double seconds) const;
    QToolButton& button(ChartKind kind) { return *m_buttons[static_cast<std::size_t>(kind)]; }
    QRectF plot() const; // where the lines are, in this widget's coordinates
    double endSeconds() const { return m_end; }

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    friend class ChartOverlay;
    static constexpr int redrawEvery = 100; // ms while running

    void takeUpDocument();
    void takeUpSelection();
    void tick();
    void redraw();
    void setAxis(QCategoryAxis& axis, double end, const std::vector<double>& values, const QStringList& labels);
    double secondsAt(qreal x) const;
    QString roleText(ChartLine::Role role) const;
    QString valueText(double value) const;
    void dress();
    void retranslate();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    SeriesFeed m_feed;
    QTimer m_catchUp; // while the series is behind the records
    SeriesScope m_scope;
    ChartKind m_kind = ChartKind::Latency;
    ChartLines m_lines;
    std::set<ChartLine::Role> m_hidden;
    double m_end = 1;
    double m_highest = 0;
    QElapsedTimer m_drawn;
    std::optional<qreal> m_pointer; // x over the plot

    QLabel* m_title;
    QLabel* m_unit;
    std::array<QToolButton*, 3> m_buttons{};
    QChart* m_chart;
    QChartView* m_view;
    std::array<QLineSeries*, 3> m_series{};
    QCategoryAxis* m_timeAxis;
    QCategoryAxis* m_valueAxis;
    ChartOverlay* m_overlay;
};

} // namespace weir
