// inSight: whether anybody can see a widget. Qt takes what lies behind another tab of a dock for visible; there it is
// moved out of the window.
#pragma once

#include <QWidget>

namespace weir {

inline bool inSight(const QWidget& widget) {
    const QWidget& window = *widget.window();
    return widget.isVisible() && QRect(widget.mapTo(&window, QPoint()), widget.size()).intersects(window.rect());
}

} // namespace weir
