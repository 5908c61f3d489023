// What a widget that paints itself is to those who listen: Qt takes a plain QWidget for nothing in particular.
#pragma once

#include <QAccessible>

class QWidget;

namespace weir {

void setSpokenRole(QWidget& widget, QAccessible::Role role);

} // namespace weir
