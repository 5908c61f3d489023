// Timeline: the run along the bottom: its throughput, the head, the playhead with its time, and marks of what happened
// on the way. Click or drag to look at another moment, drag with Shift or in the row of marks for a brush that every
// view shares, wheel for a closer look with the overview below. It reads records and moves the session's playhead; it
// runs nothing.
#pragma once

#include "ui/charts/series_pool.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"
#include "ui/timeline/run_marks.h"
#include "ui/timeline/timeline_geometry.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

class QMenu;

namespace weir {

class Timeline final : public QWidget {
    Q_OBJECT
  public:
    Timeline(Session& session, Selection& selection, RunMarks& marks, SeriesPool& pool, const ThemeSource& themes,
             QWidget* parent = nullptr);

    double endSeconds() const { return m_whole.end; } // of the run, as the strip shows it
    TimeSpan shown() const { return m_shown; }
    TimelineGeometry places() const { return {size(), m_shown, m_whole}; }
    qreal xAt(double seconds) const { return places().xAt(seconds); }
    SimTime timeAt(qreal x) const;
    const RunMarks& marks() const { return m_marks; }
    QString brushText() const; // "12.4 s: 248 in (20/s) ...", empty without a brush
    // What a right click there offers. The caller owns it.
    std::unique_ptr<QMenu> menuAt(QPointF point);
    void showAll();

    QSize sizeHint() const override { return {600, 58}; }
    QSize minimumSizeHint() const override { return {120, 58}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    enum class Drag : std::uint8_t { None, Scrub, Brush, Press, Overview };
    void takeUpDocument();
    void takeUpSelection();
    void tick();
    void showSpan(TimeSpan span);
    void lookCloser(); // finer bins for a part
    void brushTo(qreal x);
    void toggleBreakpoint(SimTime at);
    void goToMark(std::optional<std::size_t> mark);
    std::optional<TimeSpan> brushSpan() const;
    QString wordsAt(QPointF point) const;
    void pointAt(QPointF point);
    void retranslate();

    Session& m_session;
    Selection& m_selection;
    RunMarks& m_marks;
    SeriesPool& m_pool;
    const ThemeSource& m_themes;
    std::shared_ptr<SeriesFeed> m_feed; // of all of the run; charts draw it too
    SeriesFeed m_detail; // of what is shown, where that is a part
    SeriesFeed m_brushed;
    std::optional<TimeRange> m_brush;
    TimeSpan m_detailSpan;
    QElapsedTimer m_drawn;
    qreal m_drawnAt = 0; // x of the playhead
    QTimer m_catchUp;    // while series are behind the records
    TimeSpan m_whole{0, 60};
    TimeSpan m_shown{0, 60};
    Drag m_drag = Drag::None;
    double m_brushFrom = 0; // the end of the brush that stays, seconds
    QPointF m_pressed;
};

} // namespace weir
