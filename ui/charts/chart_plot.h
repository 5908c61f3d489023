// ChartPlot: one chart's plot with its legend: draws a PlotContent, zooms, drags and reads out. Time, reading and pin
// are shared by all charts (ChartTime), the brush by all views (Selection). What is drawn comes from its card.
#pragma once

#include "ui/charts/chart_time.h"
#include "ui/charts/plot_content.h"
#include "ui/charts/plot_painter.h"
#include "ui/charts/plot_scale.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"
#include "ui/timeline/run_marks.h"

#include <QPixmap>
#include <QVariantAnimation>
#include <QWidget>

#include <optional>

namespace weir {

class ChartPlot final : public QWidget {
    Q_OBJECT
  public:
    static constexpr int leftMargin = 62; // for the value labels; the same in all charts, so that times line up
    static constexpr int legendLeast = 56;

    ChartPlot(Session& session, Selection& selection, const RunMarks& marks, ChartTime& time, const ThemeSource& themes,
              QWidget* parent = nullptr);

    void setContent(PlotContent content);
    const PlotContent& content() const { return m_content; }
    // Time has passed, and nothing else.
    void follow();
    void setLegendWidth(int width); // shared, so that all areas are equally wide
    int legendWanted() const;
    QRectF area() const;
    PlotScale scale() const;
    void fitValues(); // forgets a zoom by hand
    // For PNG and SVG: everything but the hairline of the pointer.
    void paintOn(QPainter& painter, const Theme& theme, const QRectF& rect) const;

    QSize sizeHint() const override { return {300, 130}; }
    QSize minimumSizeHint() const override { return {120, 84}; }

  Q_SIGNALS:
    void lineToggled(int index);
    void menuRequested(QPoint globalPosition, double seconds);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    enum class Drag : std::uint8_t { None, Press, Pan, Brush };

    QRectF areaIn(const QRectF& rect) const;
    QRectF legendRect(std::size_t line) const;
    ValueRange wantedRange() const;
    void settleRange();
    void look(double seconds); // moves the playhead
    void togglePin(double seconds);
    void paintEmptyState(QPainter& painter, const Theme& theme, const QRectF& area) const;
    void paintLegend(QPainter& painter, const Theme& theme, const QRectF& area) const;
    void paintMarks(QPainter& painter, const Theme& theme, const PlotScale& scale) const;
    void paintReading(QPainter& painter, const PlotScale& scale) const;
    void paintPlayheadAndBrush(QPainter& painter, const Theme& theme, const PlotScale& scale) const;
    QString wordsAt(QPointF point) const;

    Session& m_session;
    Selection& m_selection;
    const RunMarks& m_marks;
    ChartTime& m_time;
    const ThemeSource& m_themes;
    PlotContent m_content;
    mutable PlotPainter m_painter;
    mutable QPixmap m_layer; // grid and lines, as last drawn
    mutable bool m_stale = true;
    qreal m_playheadAt = 0; // where it was drawn
    int m_legendWidth = legendLeast;
    ValueRange m_range{0, 1};           // shown
    std::optional<ValueRange> m_byHand; // zoomed
    ValueRange m_from, m_to;
    QVariantAnimation m_rescale;
    Drag m_drag = Drag::None;
    QPointF m_pressed, m_last;
    std::optional<double> m_pinBefore; // a click that turns out to be a double click leaves the pin alone
};

} // namespace weir
