#include "pictures/albums.h"
#include "pictures/sitting.h"
#include "ui/runs/runs_view.h"

#include <QListWidget>

namespace weir {

void shootReadme(Camera& camera) {
    Sitting sitting(camera);
    sitting.open(scenarioFile("order_flow.json"));
    sitting.runTo(150s);
    sitting.selectLast(RecordKind::retryScheduled);
    sitting.front("biography");
    sitting.shootTornOff("biography", QStringLiteral("biography"), {1000, 370});
    sitting.front("trace");

    sitting.session().seek(SimTime{132s});
    sitting.selection().clear();
    sitting.selectService("payment-service");
    settle(6'500); // what the express run left out is said no more
    sitting.session().setSpeed({.factor = 3});
    sitting.session().run();
    settle(1'200);
    sitting.session().pause();
    sitting.shoot(QStringLiteral("window"));

    sitting.session().setSpeed(Speed::max());
    sitting.session().seek(SimTime{100s});
    sitting.session().fork();
    static_cast<void>(sitting.session().apply({.kind = CommandKind::slow, .target = "payment-service", .factor = 3}));
    sitting.runTo(130s);
    sitting.view<RunsView>().list().setCurrentRow(0);
    sitting.selectChannel("payments");
    sitting.front("runs");
    settle(1'500);
    sitting.shoot(QStringLiteral("runs"));
}

} // namespace weir
