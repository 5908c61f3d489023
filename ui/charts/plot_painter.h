// PlotPainter: draws a PlotContent into any painter: grid, heat map, then bands and lines through Qt Charts, which gets
// them reduced to a few points a pixel column and in pixels, so that zoom and log axis are PlotScale's alone. The same
// drawing serves the window, PNG and SVG.
#pragma once

#include "ui/charts/plot_content.h"
#include "ui/charts/plot_scale.h"
#include "ui/theme.h"

#include <QGraphicsScene>

#include <memory>
#include <vector>

class QAreaSeries;
class QChart;
class QLineSeries;
class QPainter;
class QValueAxis;
class QXYSeries;

namespace weir {

class PlotPainter {
  public:
    PlotPainter();
    ~PlotPainter();

    void paint(QPainter& painter, const Theme& theme, const PlotContent& content, const PlotScale& scale);
    // "0.5 s" and so on, to the left of the area.
    static void paintValueLabels(QPainter& painter, const Theme& theme, const PlotScale& scale, ChartUnit unit);
    static void paintTimeLabels(QPainter& painter, const Theme& theme, const QRectF& area, TimeSpan time);
    // What the colours of a heat map stand for.
    static void paintHeatLegend(QPainter& painter, const Theme& theme, const QRectF& rect, std::uint64_t highest);

  private:
    void paintHeat(QPainter& painter, const Theme& theme, const HeatCells& heat, const PlotScale& scale);
    void fill(const PlotContent& content, const PlotScale& scale);
    // Lines so crowded that they are areas to the eye.
    void paintCrowded(QPainter& painter, const QRectF& area);
    const PointPyramid& pyramid(std::size_t place, const LinePoints& line);
    QLineSeries& lineAt(std::size_t index);
    QAreaSeries& areaAt(std::size_t index);

    QGraphicsScene m_scene;
    QChart* m_chart; // the scene's
    QValueAxis* m_across;
    QValueAxis* m_up;
    std::vector<QLineSeries*> m_lines;
    std::vector<QAreaSeries*> m_areas;
    std::vector<PointPyramid> m_pyramids; // of what was drawn last, in the order of drawing
    struct Crowd {
        QList<QPointF> points; // in pixels, from the area's corner
        QColor ink;
    };
    std::vector<Crowd> m_crowds; // of the frame under way
};

} // namespace weir
