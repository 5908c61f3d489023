#include "pictures/albums.h"
#include "pictures/sitting.h"

#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QTemporaryDir>

namespace weir {
namespace {

// A file with more than one mistake.
constexpr auto broken = R"({
  "weir": "1",
  "channels": { "orders": { "kind": "topc" }, "jobs": { "kind": "queue", "capcity": 10 } },
  "services": { "worker": { "handlers": [ { "on": "jobs", "takes": "fast" } ] } }
})";

QString write(const QTemporaryDir& folder, const char* name, const QByteArray& text) {
    const QString path = folder.filePath(QString::fromLatin1(name));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) < 0)
        qFatal("%s cannot be written", qPrintable(path));
    return path;
}

} // namespace

void shootStart(Camera& camera) {
    Sitting sitting(camera);
    const QTemporaryDir folder;
    sitting.shoot(QStringLiteral("welcome_first"));
    sitting.studio().open(write(folder, "shop.json", broken));
    sitting.shoot(QStringLiteral("welcome_broken_file"));
    sitting.window().messageBar().dismiss();
    sitting.settings().setValue(
        QStringLiteral("files/recent"),
        QStringList{scenarioFile("order_flow.json"),
                    QStringLiteral("/home/ada/architecture/2026/a rather long name of a scenario that grew.json"),
                    QStringLiteral("/home/ada/peak.json")});
    Sitting again(camera, {1280, 720});
    again.settings().setValue(QStringLiteral("files/recent"), sitting.settings().value(QStringLiteral("files/recent")));
    again.studio().files().openNew();
    again.shoot(QStringLiteral("new_document"));
    again.studio().editor().edit(QStringLiteral("Seed"), {{.pointer = "/run/seed", .value = Value(2), .newName = {}}});
    again.window().close();
    again.shoot(QStringLiteral("question_unsaved"));
    again.window().messageBar().dismiss();
    again.studio().editor().undoStack().undo();

    Sitting recent(camera);
    recent.settings().setValue(QStringLiteral("files/recent"),
                               sitting.settings().value(QStringLiteral("files/recent")));
    recent.window().hide();
    recent.window().show();
    recent.shoot(QStringLiteral("welcome_recent"));
    QFile original(scenarioFile("order_flow.json"));
    if (!original.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(original.fileName()));
    const QByteArray text = original.readAll();
    recent.open(write(folder, "order_flow.json", text));
    recent.shoot(QStringLiteral("opened"));
    recent.studio().open(write(folder, "shop.json", broken));
    recent.shoot(QStringLiteral("broken_file"));
    recent.window().messageBar().dismiss();
    write(folder, "order_flow.json", text + '\n'); // as another program does
    waitFor([&recent] { return recent.window().messageBar().isVisible(); });
    recent.shoot(QStringLiteral("warning"));
}

void shootMenus(Camera& camera) {
    Sitting sitting(camera);
    sitting.open(scenarioFile("order_flow.json"));
    sitting.runTo(60s);
    sitting.selectService("payment-service");
    settle();
    int number = 0;
    for (QAction* action : sitting.window().menus().actions())
        if (QMenu* menu = action->menu()) {
            menu->popup(sitting.window().mapToGlobal(QPoint(40, 40)));
            camera.shoot(*menu, QStringLiteral("menu_%1").arg(++number));
            menu->close();
        }
}

} // namespace weir
