// StartOver: what is offered where a run that goes on cannot take up a change: the change in the scenario, from the start,
// or to leave it.
#pragma once

#include <QPoint>

#include <functional>

class QWidget;

namespace weir {

// A menu that belongs to the widget, at that place in it. `start` is called when that is chosen.
void offerStartOver(QWidget& over, QPoint at, std::function<void()> start);

} // namespace weir
