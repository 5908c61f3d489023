// ChartCard: one chart of the panel: a header with title, unit and buttons above a plot. Keeps what it is of
// (ChartSpec) and makes the plot's content from the series of the present run and of those beside it.
#pragma once

#include "ui/charts/chart_plot.h"
#include "ui/charts/chart_spec.h"
#include "ui/charts/series_pool.h"

#include <QSet>
#include <QWidget>

#include <array>
#include <memory>

class QActionGroup;
class QBoxLayout;
class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace weir {

// A run beside the present one, whose lines are drawn dimmed on the same charts.
struct ChartRun {
    QString label; // "run 2, forked at 03:12"
    std::shared_ptr<const RecordStore> store;
    std::shared_ptr<const Catalogue> catalogue;
};

// What all charts share.
struct ChartWorld {
    Session& session;
    Selection& selection;
    const RunMarks& marks;
    const ThemeSource& themes;
    ChartTime time;
    SeriesPool& pool;
    std::vector<ChartRun> runs;

    ChartWorld(Session& itsSession, Selection& itsSelection, const RunMarks& itsMarks, SeriesPool& itsPool,
               const ThemeSource& itsThemes)
        : session(itsSession), selection(itsSelection), marks(itsMarks), themes(itsThemes), pool(itsPool) {}
};

class ChartCard final : public QWidget {
    Q_OBJECT
  public:
    ChartCard(ChartWorld& world, ChartSpec spec, QWidget* parent = nullptr);

    const ChartSpec& spec() const { return m_spec; }
    void setKind(ChartKind kind); // of one that follows the selection
    void setLook(ChartLook look);
    void setLog(bool log);
    void addLine(const LineSpec& line); // a card that followed stops to
    void removeLine(const LineSpec& line);
    // The lines that are drawn now.
    QList<LineSpec> lines() const;
    // Whether the scenario has any of what it draws; else it waits for one that has.
    bool isKnown() const;
    QColor colourOf(const LineSpec& line, qsizetype index) const; // the index-th of them
    void refresh();                                               // from the series as they are now

    QString title() const;
    ChartPlot& plot() { return *m_plot; }
    const ChartPlot& plot() const { return *m_plot; }
    QToolButton& button(ChartKind kind) { return *m_kinds[static_cast<std::size_t>(kind)]; }
    QToolButton& addButton() { return *m_add; }
    bool isHidden(const QString& figure) const;
    void toggle(const QString& figure); // as a click on its name in the legend
    void setFirst(bool first);          // it has the button that adds a chart
    // Everything that can be done with this chart, there.
    void fillMenu(QMenu& menu, std::optional<double> at);
    void retranslate();

  Q_SIGNALS:
    void changed();       // its spec
    void addRequested();  // another chart
    void lineRequested(); // one more line in this one
    void removeRequested();
    void moveRequested(int by);
    void exportRequested();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void dress();
    void showTitle(); // as much of it as there is room for
    void take(ChartSpec spec);
    // A line's series of one run, and how many of its bins make a point. Of all runs that have the line these are equal
    // stretches from equal beginnings, so that runs that went alike look alike.
    struct Binned {
        const Series* series = nullptr; // null: the run has no such thing
        std::size_t perPoint = 1;       // of rates, shares and times
        std::size_t perLevel = 1;
    };
    Binned binned(const LineSpec& line, std::size_t run) const; // 0: the present one, then those beside it
    void addLines(PlotContent& content, const QString& run, std::size_t number) const;
    static void addBands(PlotContent& content, const Binned& source, Measure measure, const QColor& colour);
    QString labelOf(const LineSpec& line, const Figure& drawn) const;
    QString emptyText() const;

    ChartWorld& m_world;
    ChartSpec m_spec;
    QSet<QString> m_hidden; // labels
    QBoxLayout* m_head; // title and buttons
    QHBoxLayout* m_buttons;
    QLabel* m_title;
    QString m_subject;
    std::array<QToolButton*, 3> m_kinds{};
    QToolButton* m_add;
    QToolButton* m_more;
    ChartPlot* m_plot;
};

} // namespace weir
