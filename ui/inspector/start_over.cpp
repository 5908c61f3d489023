#include "ui/inspector/start_over.h"

#include <QCoreApplication>
#include <QMenu>
#include <QTimer>

#include <utility>

namespace weir {
namespace {

struct StartOver {
    Q_DECLARE_TR_FUNCTIONS(weir::StartOver)
};

} // namespace

void offerStartOver(QWidget& over, QPoint at, std::function<void()> start) {
    auto* const menu = new QMenu(&over);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(StartOver::tr("Only a run from the start can show this change"))->setEnabled(false);
    menu->addSeparator();
    QObject::connect(menu->addAction(StartOver::tr("Change the scenario and start over")), &QAction::triggered, &over,
                     [start = std::move(start)] { start(); });
    menu->addAction(StartOver::tr("Leave it as it is"));
    // When the menu in which the change was chosen has gone: it would take this one along.
    QTimer::singleShot(0, menu, [menu, place = over.mapToGlobal(at)] { menu->popup(place); });
}

} // namespace weir
