#include "ui/widgets/spoken_role.h"

#include <QAccessibleWidget>
#include <QVariant>
#include <QWidget>

namespace weir {
namespace {

constexpr const char* roleProperty = "weirSpokenRole";

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* widget = qobject_cast<QWidget*>(object);
    const QVariant role = widget ? widget->property(roleProperty) : QVariant();
    return role.isValid() ? new QAccessibleWidget(widget, static_cast<QAccessible::Role>(role.toInt())) : nullptr;
}

} // namespace

void setSpokenRole(QWidget& widget, QAccessible::Role role) {
    QAccessible::installFactory(make); // the same one again: Qt keeps it once
    widget.setProperty(roleProperty, static_cast<int>(role));
}

} // namespace weir
