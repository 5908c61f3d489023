#include "pictures/albums.h"
#include "pictures/sitting.h"
#include "ui/runs/runs_view.h"

#include <QListWidget>

namespace weir {

void shootReadme(Camera& camera) {
    Sitting sitting(camera);
    sitting.open(scenarioFile("order_flow.json"));
    sitting.runTo(132s);
    sitting.session().setSpeed({.factor = 1});
    sitting.session().run();
    settle(1'500);
    sitting.session().pause();
    sitting.selectService("payment-service");
    sitting.shoot(QStringLiteral("window"));
    sitting.session().setSpeed(Speed::max());
    sitting.session().seek(SimTime{100s});
    sitting.session().fork();
    static_cast<void>(sitting.session().apply({.kind = CommandKind::slow, .target = "payment-service", .factor = 3}));
    sitting.runTo(130s);
    sitting.view<RunsView>().list().setCurrentRow(0);
    sitting.selectChannel("payments");
    sitting.front("runs");
    sitting.shoot(QStringLiteral("runs"));

    sitting.open(scenarioFile("poison_message.json"));
    sitting.runTo(60s);
    sitting.selectLast(RecordKind::deadLettered);
    sitting.front("biography");
    sitting.shootTornOff("biography", QStringLiteral("biography"));
}

} // namespace weir
