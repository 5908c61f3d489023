#include "pictures/albums.h"
#include "pictures/sitting.h"
#include "ui/canvas/canvas.h"
#include "ui/editor/choice_popup.h"
#include "ui/groups/groups_view.h"
#include "ui/widgets/data_table.h"

#include <QApplication>
#include <QPushButton>

namespace weir {
namespace {

// Two shops at the ends of lines: a slow one that loses and doubles, and one that is cut for half a minute.
constexpr auto links = R"({
  "weir": "1", "title": { "en": "Two lines", "zh": "两条线路" },
  "run": { "seed": 3, "for": "3min", "latency": "2ms" },
  "events": { "order.placed": { "data": { "orderId": "ORD-{count}" } } },
  "channels": { "orders": { "kind": "queue", "ackTimeout": "10s", "retry": { "max": 5, "first": "1s" },
                            "deadLetter": "orders-dead" },
                "orders-dead": { "kind": "queue" } },
  "services": {
    "city-shop": { "sources": [ { "emit": "order.placed", "to": "orders", "arrivals": { "poisson": "12/s" },
                                  "confirm": { "timeout": "1s", "retries": 3, "backoff": "500ms" } } ] },
    "island-shop": { "sources": [ { "emit": "order.placed", "to": "orders", "arrivals": { "poisson": "8/s" },
                                    "confirm": { "timeout": "1s", "retries": 3, "backoff": "500ms" } } ] },
    "kitchen": { "instances": 2, "handlers": [ { "on": "orders", "concurrency": 2, "takes": { "exponential": "60ms" } } ] }
  },
  "links": [ { "between": ["island-shop", "broker"], "latency": { "exponential": "150ms" }, "loss": 0.05, "duplicates": 0.02 },
             { "between": ["kitchen", "broker"], "latency": "5ms", "heartbeat": "4s" } ],
  "faults": [ { "at": "40s", "partition": [["city-shop"], ["broker"]], "for": "30s" },
              { "at": "90s", "partition": [["kitchen"], ["broker"]], "for": "20s" } ]
})";

void shootLinks(Camera& camera) {
    Sitting sitting(camera);
    sitting.openText(links, QStringLiteral("two_lines.json"));
    sitting.selectService("island-shop");
    sitting.shoot(QStringLiteral("links_start"));
    sitting.runTo(52s);
    sitting.selectService("city-shop");
    sitting.shoot(QStringLiteral("links_cut"));
    sitting.selectLast(RecordKind::strayed);
    sitting.shoot(QStringLiteral("links_strayed"));
    sitting.runTo(102s);
    sitting.selectChannel("orders");
    sitting.shoot(QStringLiteral("links_consumer_cut"));
}

void shootNodes(Camera& camera) {
    Sitting sitting(camera);
    sitting.open(scenarioFile("leader_loss.json"));
    sitting.shoot(QStringLiteral("nodes_start"));
    sitting.runTo(30s);
    sitting.selectChannel("hasty-orders");
    sitting.shoot(QStringLiteral("nodes_led"));
    sitting.runTo(41s);
    sitting.shoot(QStringLiteral("nodes_without_leader"));
    sitting.runTo(60s);
    sitting.front("groups");
    auto& table = sitting.view<GroupsView>().table();
    table.expandAll();
    sitting.shoot(QStringLiteral("nodes_down"));
    sitting.shootTornOff("groups", QStringLiteral("nodes_groups_large"));
    sitting.selectLast(RecordKind::lost);
    sitting.shoot(QStringLiteral("nodes_lost_though_promised"));
    sitting.runTo(150s);
    sitting.shoot(QStringLiteral("nodes_back"));
}

void shootSeek(Camera& camera) {
    Sitting sitting(camera);
    sitting.open(scenarioFile("consumer_groups.json"));
    sitting.runTo(90s);
    sitting.front("groups");
    auto& groups = sitting.view<GroupsView>();
    groups.table().expand(groups.table().model()->index(0, 0));
    groups.table().setCurrentIndex(groups.table().model()->index(0, 0));
    sitting.shoot(QStringLiteral("seek_group"));
    groups.seekButton().click();
    settle();
    if (QWidget* const popup = QApplication::activePopupWidget()) {
        camera.shoot(*popup, QStringLiteral("seek_question"));
        popup->close();
    }
    sitting.runTo(182s);
    sitting.shoot(QStringLiteral("seek_back"));
}

} // namespace

void shootBroker(Camera& camera) {
    shootLinks(camera);
    shootNodes(camera);
    shootSeek(camera);
}

} // namespace weir
