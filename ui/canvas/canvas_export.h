// Canvas as a picture: the whole scene as it is drawn, without what moves: SVG, pixels, and Mermaid text for documents
// in git. Pure functions of Scene and Theme, for menus and reports alike. Writing files is the caller's.
#pragma once

#include "ui/canvas/scene.h"

#include <QByteArray>
#include <QImage>
#include <QString>

namespace weir {

inline constexpr qreal exportMargin = 24;     // around everything, at 100 %
inline constexpr int exportPixelsMax = 8'192; // a side; larger scenes come out smaller

class Canvas;

// As it stands in the window, with the legend of a heat map, without what there is to press or to edit with.
QImage canvasFrame(Canvas& canvas);
QByteArray canvasSvg(const Scene& scene, const Theme& theme, const QString& title);
// `factor`: pixels a point, 1 to 3.
QImage canvasImage(const Scene& scene, const Theme& theme, qreal factor);
// A flowchart, left to right: what is shown, folded groups as one node, rates on the edges that carry something.
QString canvasMermaid(const Scene& scene);

} // namespace weir
