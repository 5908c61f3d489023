// Icons from resources/icons, drawn in the theme's colours at the size and pixel density asked for.
// A name is the file's name without ".svg"; the files draw with currentColor. An icon keeps the colours that it was
// made with: make it anew when the theme changed.
#pragma once

#include "ui/theme.h"

#include <QIcon>

namespace weir {

struct IconInk {
    QColor normal;
    QColor disabled;
};

// In muted ink, as toolbars and menus want it.
QIcon makeIcon(const QString& name, const Theme& theme);
QIcon makeIcon(const QString& name, const IconInk& ink);

// Draws straight into a view. Reads the file anew each time: what repaints often takes makeIcon()'s pixmaps, which are
// cached.
void drawIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& colour);

// The program's own icon, in its own colours.
QIcon applicationIcon();

} // namespace weir
