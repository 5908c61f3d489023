// Charts: the panel of charts below one another with one time axis: any figures of the run against simulated time. The
// first one follows the selection until it is kept; others are added by name, or by dropping a node. Remembers its
// charts in the window's settings. Cards draw; this ties them to the session's pace and to the axis, reading and brush
// they share.
#pragma once

#include "core/result.h"
#include "ui/charts/chart_card.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QBoxLayout;
class QRubberBand;
class QScrollArea;
class QSettings;
class QToolButton;

namespace weir {

class EmptyState;
class MetricPicker;
class StatisticsTable;
class TimeStrip;

class Charts final : public QWidget {
    Q_OBJECT
  public:
    Charts(Session& session, Selection& selection, const RunMarks& marks, SeriesPool& pool, const ThemeSource& themes,
           QWidget* parent = nullptr);
    ~Charts() override;

    // Takes up the charts that were there last, and keeps them from now on.
    void remember(QSettings& settings);
    const std::vector<ChartCard*>& cards() const { return m_cards; } // also those that this scenario has nothing for
    std::vector<ChartCard*> shownCards() const;
    ChartCard& card(std::size_t index) { return *m_cards[index]; }
    ChartTime& time() { return m_world.time; }
    MetricPicker& picker() { return *m_picker; }
    StatisticsTable& statistics() { return *m_statistics; }
    // Null where chartsMax are shown already. Beyond chartsKeptMax the oldest of those that another scenario has goes.
    ChartCard* addChart(const ChartSpec& spec);
    // What tells most of a node: a queue's depth, a service's utilisation. A chart that is kept gets a line, else a new
    // one.
    void chart(NodeRef node, ChartCard* into = nullptr);
    // Runs beside the present one, dimmed on every chart. The session's own come by themselves.
    void setRuns(std::vector<ChartRun> runs);

  Q_SIGNALS:
    void exported(const QString& path);
    void exportFailed(const Errors& errors);

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    static constexpr int redrawEvery = 100; // ms while running
    static constexpr int laterThan = 30;    // ms, else

    void takeUpDocument();
    void takeUpSelection();
    void takeUpRuns();
    void tick();
    void refresh();
    void showStatistics();
    void arrange(); // cards, their order, what the first has
    void pick(ChartCard* into);
    void moveCard(ChartCard* card, int by);
    void removeCard(ChartCard* card);
    void askForFile(ChartCard* card);
    ChartCard* keptCardAt(QPoint point) const;
    void save();
    void retranslate();

    ChartWorld m_world;
    QTimer m_catchUp; // while series are behind the records
    QTimer m_later;   // statistics and lines after a change of brush or range
    QElapsedTimer m_drawn;
    NodeRef m_node;
    std::vector<ChartCard*> m_cards; // the column's
    ChartCard* m_pickInto = nullptr;
    QSettings* m_settings = nullptr;

    QScrollArea* m_scroll;
    QBoxLayout* m_column;
    EmptyState* m_empty;
    QToolButton* m_addFirst;
    TimeStrip* m_strip;
    StatisticsTable* m_statistics;
    MetricPicker* m_picker;
    QRubberBand* m_dropHint;
};

} // namespace weir
