#include "pictures/albums.h"
#include "pictures/sitting.h"
#include "ui/canvas/canvas.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

namespace weir {
namespace {

// Every kind of node, long names, Chinese names, and what goes wrong.
constexpr auto everyKind = R"({
  "weir": "1", "title": { "en": "Every kind of node", "zh": "各种节点" },
  "run": { "seed": 1, "for": "5min" },
  "events": { "order.created": {}, "parcel.scanned": { "key": "subject", "subject": "P-{count}" }, "订单已取消": {} },
  "channels": {
    "all-events": { "kind": "exchange", "type": "fanout" },
    "orders": { "kind": "topic" },
    "the-queue-of-jobs-that-has-a-very-long-name": { "kind": "queue", "bind": [ { "to": "all-events" } ], "capacity": 50,
      "retry": { "max": 2, "backoff": "fixed", "first": "1s" }, "deadLetter": "dead" },
    "订单队列": { "kind": "queue", "bind": [ { "to": "orders", "pattern": "order.#" } ] },
    "scans": { "kind": "stream", "partitions": 4 },
    "dead": { "kind": "queue" }
  },
  "services": {
    "shop": { "sources": [ { "emit": "order.created", "to": "orders", "arrivals": { "poisson": "30/s" } },
                           { "emit": "order.created", "to": "all-events", "arrivals": { "poisson": "5/s" } } ] },
    "scanner": { "instances": 3, "sources": [ { "emit": "parcel.scanned", "to": "scans", "arrivals": { "poisson": "40/s" } } ] },
    "a-worker-with-a-very-long-name-indeed": { "handlers": [ { "on": "the-queue-of-jobs-that-has-a-very-long-name",
       "takes": "300ms", "fails": 0.2, "idempotent": true } ] },
    "订单服务": { "instances": 2, "handlers": [ { "on": "订单队列", "concurrency": 4, "takes": { "exponential": "40ms" } } ] },
    "tracking": { "instances": 2, "handlers": [ { "on": "scans", "takes": "20ms" } ] },
    "billing": { "handlers": [ { "on": "scans", "takes": "26ms" } ] }
  },
  "faults": [ { "at": "20s", "crash": "tracking", "instance": 1, "for": "1min" } ]
})";

// So many services in one file that nobody reads every name at once.
std::string many(int services) {
    std::string events = R"({ "weir": "1", "title": { "en": "Many services", "zh": "很多服务" }, "run": { "seed": 1 },)"
                         R"( "events": { "job": {} }, "channels": { "hub": { "kind": "topic" })";
    std::string actors =
        R"( "services": { "gateway": { "sources": [ { "emit": "job", "to": "hub", "arrivals": { "poisson": "40/s" } } ] })";
    for (int i = 1; i <= services; ++i) {
        const std::string number = std::to_string(i);
        events += R"(, "queue-)" + number + R"(": { "kind": "queue", "bind": [ { "to": "hub", "pattern": "job" } ] })";
        actors += R"(, "service-)" + number + R"(": { "handlers": [ { "on": "queue-)" + number +
                  R"(", "takes": { "exponential": ")" + std::to_string(5 + i % 20) + R"(ms" } } ] })";
    }
    return events + " }," + actors + " } }";
}

// As it looks while it moves: at a pace, for a moment.
void letFlow(Sitting& sitting, double factor) {
    sitting.session().setSpeed({.factor = factor});
    sitting.session().run();
    settle(1'200);
    sitting.session().pause();
}

void shootOrderFlow(Camera& camera) {
    Sitting sitting(camera);
    auto& canvas = sitting.view<Canvas>();
    sitting.open(scenarioFile("order_flow.json"));
    sitting.shoot(QStringLiteral("start"));
    sitting.runTo(132s);
    letFlow(sitting, 1);
    sitting.shoot(QStringLiteral("running"));
    letFlow(sitting, 25);
    sitting.shoot(QStringLiteral("running_25x"));
    canvas.setFlightsMax(20);
    letFlow(sitting, 5);
    sitting.shoot(QStringLiteral("rivers"));
    canvas.setFlightsMax(10'000);
    letFlow(sitting, 1);
    sitting.selectService("payment-service");
    sitting.shoot(QStringLiteral("service"));
    sitting.selectChannel("payments");
    sitting.shoot(QStringLiteral("queue"));
    for (int kind = 1; kind < static_cast<int>(heatKinds); ++kind) {
        canvas.setHeat(static_cast<HeatBy>(kind));
        sitting.shoot(QStringLiteral("heat_%1").arg(kind));
    }
    canvas.setHeat(HeatBy::none);
    sitting.selection().clear();
    sitting.selectLast(RecordKind::acked);
    sitting.shoot(QStringLiteral("lit_message"));
    sitting.selection().clear();
    sitting.selection().selectEventType(sitting.session().catalogue()->eventType("payment.failed"));
    sitting.shoot(QStringLiteral("lit_event_type"));
    sitting.selection().clear();
    for (int i = 0; i < 60 && !(canvas.feed().focus() && canvas.feed().focus()->hop); ++i)
        sitting.session().step();
    sitting.shoot(QStringLiteral("step"));
    canvas.openFinder();
    QApplication::sendPostedEvents();
    if (QWidget* field = QApplication::focusWidget())
        for (const QChar letter : QStringLiteral("pay")) {
            QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
            QApplication::sendEvent(field, &press);
        }
    sitting.shoot(QStringLiteral("find"));
    canvas.setFocus();
    for (std::size_t group = 0; group < 4; ++group)
        canvas.fold(group, true);
    canvas.fit();
    sitting.shoot(QStringLiteral("folded"));
    for (std::size_t group = 1; group < 4; ++group)
        canvas.fold(group, false);
    canvas.fit();
    sitting.shoot(QStringLiteral("folded_one"));
    canvas.fold(0, false);
    canvas.zoomTo(2);
    sitting.shoot(QStringLiteral("near"));
    canvas.zoomTo(0.45);
    sitting.shoot(QStringLiteral("far"));
    canvas.zoomTo(0.2);
    sitting.shoot(QStringLiteral("farthest"));
}

} // namespace

void shootCanvas(Camera& camera) {
    shootOrderFlow(camera);
    for (const char* name : {"poison_message.json", "queue_versus_topic.json", "dead_loop.json"}) {
        Sitting sitting(camera);
        sitting.open(scenarioFile(name));
        sitting.runTo(40s);
        letFlow(sitting, 1);
        sitting.shoot(QStringLiteral("scenario_") + QString::fromLatin1(name).section(u'.', 0, 0));
        if (!sitting.session().catalogue()->channel("transfers-dead").valid())
            continue;
        sitting.selectLast(RecordKind::deadLettered);
        sitting.shoot(QStringLiteral("lit_dead_letter"));
    }
    {
        Sitting sitting(camera);
        sitting.openText(everyKind, QStringLiteral("every_kind.json"));
        sitting.runTo(30s);
        letFlow(sitting, 1);
        sitting.shoot(QStringLiteral("every_kind"));
        sitting.selectChannel("scans");
        sitting.shoot(QStringLiteral("stream"));
        sitting.selectService("tracking");
        sitting.shoot(QStringLiteral("crashed"));
        sitting.front("groups");
        sitting.shoot(QStringLiteral("stream_groups"));
    }
    Sitting sitting(camera);
    sitting.openText(many(90), QStringLiteral("many.json"));
    sitting.runTo(10s);
    letFlow(sitting, 1);
    sitting.shoot(QStringLiteral("many"));
    auto& canvas = sitting.view<Canvas>();
    canvas.zoomTo(0.6);
    sitting.shoot(QStringLiteral("many_near"));
}

} // namespace weir
