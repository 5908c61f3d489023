#include "pictures/albums.h"
#include "pictures/camera.h"
#include "ui/document/document_editor.h"
#include "ui/inspector/fault_actions.h"
#include "ui/inspector/forms/field_editor.h"
#include "ui/inspector/forms/form_line.h"
#include "ui/inspector/forms/form_view.h"
#include "ui/inspector/inspector_view.h"
#include "ui/inspector/json_pane.h"
#include "ui/inspector/parameter_changes.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QPlainTextEdit>
#include <QToolButton>

namespace weir {
namespace {

// One inspector with all that it needs, of the order flow.
struct Bench {
    explicit Bench(ThemeSource& themes)
        : editor(session, selection), changes(session, editor), faults(session, selection, changes, themes),
          view(session, selection, changes, faults, themes) {
        QFile file(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json"));
        if (!file.open(QIODevice::ReadOnly) || !editor.open(file.readAll().toStdString(), file.fileName()).empty())
            qFatal("the order flow cannot be opened");
        session.setSpeed(Speed::max());
        view.resize(300, 840);
        view.show();
    }
    void runTo(Duration until) {
        for (Duration at = until / 40; at <= until; at += until / 40) {
            session.runUntil(SimTime{at});
            while (session.running())
                QApplication::processEvents(QEventLoop::AllEvents, 5);
        }
    }
    void selectService(const char* name) { selection.selectNode(NodeRef::of(session.catalogue()->service(name))); }
    void selectChannel(const char* name) { selection.selectNode(NodeRef::of(session.catalogue()->channel(name))); }

    Session session;
    Selection selection;
    DocumentEditor editor;
    ParameterChanges changes;
    FaultActions faults;
    InspectorView view;
};

struct Shooter {
    Bench& bench;
    Camera& camera;
    void shoot(const char* name) const {
        settle();
        camera.shoot(*bench.view.widget(), QString::fromLatin1(name));
    }
};

void shootForms(Bench& bench, const Shooter& shooter) {
    FormView& form = bench.view.form();
    const std::string handler = "/services/payment-service/handlers/0";
    shooter.shoot("scenario");
    bench.selectService("order-service");
    shooter.shoot("source");
    bench.selectService("payment-service");
    shooter.shoot("service");
    form.unfold(handler + "/takes/lognormal");
    form.unfold(handler + "/fails/0");
    form.unfold(handler + "/then/choose/0/then");
    shooter.shoot("unfolded");
    if (FormLine* const line = form.lineAt("/services/payment-service/instances")) {
        form.edit(*line);
        shooter.shoot("edited");
        form.editor()->setText(QStringLiteral("many"));
        Q_EMIT form.editor()->edited();
        shooter.shoot("refused");
        Q_EMIT form.editor()->cancelled();
    }
    bench.selectChannel("payments");
    form.unfold("/channels/payments/retry");
    form.unfold("/channels/payments/bind/0");
    shooter.shoot("channel");
    bench.view.jsonButton().click();
    shooter.shoot("json");
    bench.view.json().lines().setPlainText(QStringLiteral("{\n  \"kind\": \"queue\",\n  \"capacity\": many\n}"));
    shooter.shoot("json_refused");
    bench.view.jsonButton().click();
    bench.selection.selectEventType(bench.session.catalogue()->eventType("order.created"));
    if (FormLine* const line = form.lineAt("/events/order.created/data")) {
        form.edit(*line);
        shooter.shoot("event");
        Q_EMIT form.editor()->cancelled();
    }
}

void shootRun(Bench& bench, const Shooter& shooter) {
    bench.runTo(150s);
    bench.selectService("payment-service");
    const auto change = [&bench](const char* pointer, Value value) {
        bench.changes.change(QStringLiteral("Change"),
                             {Edit{.pointer = pointer, .value = std::move(value), .newName = {}}});
    };
    change("/services/payment-service/instances", 5);
    change("/services/payment-service/handlers/0/concurrency", 4);
    for (QAction* const action : bench.faults.actions())
        if (action->isEnabled() && action->data().toInt() == 1)
            action->trigger(); // slowed down
    shooter.shoot("running");
}

} // namespace

void shootInspector(Camera& camera) {
    Bench bench(camera.themes());
    bench.faults.retranslate();
    const Shooter shooter{bench, camera};
    shootForms(bench, shooter);
    shootRun(bench, shooter);
}

} // namespace weir
