#include "pictures/albums.h"
#include "pictures/sitting.h"
#include "ui/canvas/canvas.h"
#include "ui/document/document_editor.h"
#include "ui/editor/canvas_editor.h"
#include "ui/editor/choice_popup.h"
#include "ui/editor/name_field.h"
#include "ui/studio.h"

#include <QApplication>
#include <QMouseEvent>

namespace weir {
namespace {

void mouse(Canvas& canvas, QEvent::Type type, QPointF at, Qt::MouseButton button) {
    QMouseEvent event(type, at, canvas.mapToGlobal(at), button,
                      type == QEvent::MouseButtonRelease ? Qt::NoButton : button, Qt::NoModifier);
    QApplication::sendEvent(&canvas, &event);
}

QPointF centreOf(const Canvas& canvas, const char* name) {
    const FlowGraph& topology = canvas.scene().topology;
    const auto service = topology.service(name);
    const auto node = service ? service : topology.channel(name);
    return node ? canvas.view().toView(canvas.scene().boxes[*node].center()) : QPointF(100, 100);
}

} // namespace

void shootEditing(Camera& camera) {
    Sitting sitting(camera);
    sitting.open(scenarioFile("order_flow.json"));
    CanvasEditor& editor = sitting.studio().canvasEditor();
    auto& canvas = sitting.view<Canvas>();
    editor.setEditing(true);
    canvas.fit();
    sitting.shoot(QStringLiteral("nothing_selected"));
    editor.select({"payments", "payment-service", "shipping", "logistics-service"});
    sitting.shoot(QStringLiteral("several"));

    editor.select({"shipping"});
    mouse(canvas, QEvent::MouseMove, centreOf(canvas, "shipping"), Qt::NoButton);
    const auto node = canvas.scene().topology.channel("shipping");
    const QPointF port = editor.overlay().portOf(node.value_or(0));
    mouse(canvas, QEvent::MouseButtonPress, port, Qt::LeftButton);
    mouse(canvas, QEvent::MouseMove, centreOf(canvas, "email-service") - QPointF(20, 20), Qt::LeftButton);
    mouse(canvas, QEvent::MouseMove, centreOf(canvas, "email-service"), Qt::LeftButton);
    sitting.shoot(QStringLiteral("pull"));
    mouse(canvas, QEvent::MouseMove, centreOf(canvas, "orders"), Qt::LeftButton);
    mouse(canvas, QEvent::MouseMove, centreOf(canvas, "shipping"), Qt::LeftButton);
    mouse(canvas, QEvent::MouseButtonRelease, centreOf(canvas, "shipping"), Qt::LeftButton);

    editor.select({"order-service"});
    editor.action(QStringLiteral("editConnect")).trigger();
    sitting.shoot(QStringLiteral("behind_the_question"));
    sitting.camera().shoot(editor.popup(), QStringLiteral("question"));
    editor.popup().close();
    editor.action(QStringLiteral("editRename")).trigger();
    sitting.shoot(QStringLiteral("name"));
    editor.nameField().setText(QStringLiteral("payments"));
    sitting.shoot(QStringLiteral("name_refused"));
    editor.nameField().cancel();
    editor.select({"orders"});
    editor.action(QStringLiteral("editDelete")).trigger();
    sitting.shoot(QStringLiteral("delete"));
    sitting.window().messageBar().dismiss();
}

} // namespace weir
