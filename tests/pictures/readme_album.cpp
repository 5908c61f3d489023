#include "pictures/albums.h"
#include "pictures/sitting.h"
#include "ui/canvas/canvas.h"

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
    sitting.runTo(150s);
    sitting.selectLast(RecordKind::deadLettered);
    sitting.front("biography");
    sitting.shootTornOff("biography", QStringLiteral("biography"));
    sitting.front("sequence");
    sitting.shootTornOff("sequence", QStringLiteral("sequence"));
}

} // namespace weir
