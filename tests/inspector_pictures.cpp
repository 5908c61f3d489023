// Draws the inspector by itself, as long as its page is: forms calm, unfolded, edited and refused, their JSON text, changes
// and faults while the run goes on; dark and light, English and Chinese. usage: inspector_pictures FOLDER
#include "ui/document/document_editor.h"
#include "ui/inspector/fault_actions.h"
#include "ui/inspector/forms/field_editor.h"
#include "ui/inspector/forms/form_line.h"
#include "ui/inspector/forms/form_view.h"
#include "ui/inspector/inspector_view.h"
#include "ui/inspector/json_pane.h"
#include "ui/inspector/parameter_changes.h"
#include "ui/language.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QPlainTextEdit>
#include <QToolButton>

#include <cstdio>

using namespace weir;
using namespace std::chrono_literals;

namespace {

void settle() {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 150)
        QApplication::processEvents(QEventLoop::AllEvents, 5);
}

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
    void selectService(const char* name) {
        selection.selectNode(NodeRef::of(session.catalogue()->service(name)));
    }
    void selectChannel(const char* name) {
        selection.selectNode(NodeRef::of(session.catalogue()->channel(name)));
    }

    Session session;
    Selection selection;
    DocumentEditor editor;
    ParameterChanges changes;
    FaultActions faults;
    InspectorView view;
};

class Camera {
  public:
    Camera(Bench& bench, const QDir& folder, QString suffix)
        : m_bench(bench), m_folder(folder), m_suffix(std::move(suffix)) {}
    void shoot(const char* name) const {
        settle();
        m_bench.view.widget()->grab().save(
            m_folder.filePath(QStringLiteral("inspector_%1_%2.png").arg(QString::fromLatin1(name), m_suffix)));
    }

  private:
    Bench& m_bench;
    const QDir& m_folder;
    QString m_suffix;
};

void shootForms(Bench& bench, const Camera& camera) {
    FormView& form = bench.view.form();
    const std::string handler = "/services/payment-service/handlers/0";
    camera.shoot("scenario");
    bench.selectService("order-service");
    camera.shoot("source");
    bench.selectService("payment-service");
    camera.shoot("service");
    form.unfold(handler + "/takes/lognormal");
    form.unfold(handler + "/fails/0");
    form.unfold(handler + "/then/choose/0/then");
    camera.shoot("unfolded");
    if (FormLine* const line = form.lineAt("/services/payment-service/instances")) {
        form.edit(*line);
        camera.shoot("edited");
        form.editor()->setText(QStringLiteral("many"));
        Q_EMIT form.editor()->edited();
        camera.shoot("refused");
        Q_EMIT form.editor()->cancelled();
    }
    bench.selectChannel("payments");
    form.unfold("/channels/payments/retry");
    form.unfold("/channels/payments/bind/0");
    camera.shoot("channel");
    bench.view.jsonButton().click();
    camera.shoot("json");
    bench.view.json().lines().setPlainText(QStringLiteral("{\n  \"kind\": \"queue\",\n  \"capacity\": many\n}"));
    camera.shoot("json_refused");
    bench.view.jsonButton().click();
    bench.selection.selectEventType(bench.session.catalogue()->eventType("order.created"));
    if (FormLine* const line = form.lineAt("/events/order.created/data")) {
        form.edit(*line);
        camera.shoot("event");
        Q_EMIT form.editor()->cancelled();
    }
}

void shootRun(Bench& bench, const Camera& camera) {
    bench.runTo(150s);
    bench.selectService("payment-service");
    const auto change = [&bench](const char* pointer, Value value) {
        bench.changes.change(QStringLiteral("Change"), {Edit{.pointer = pointer, .value = std::move(value), .newName = {}}});
    };
    change("/services/payment-service/instances", 5);
    change("/services/payment-service/handlers/0/concurrency", 4);
    for (QAction* const action : bench.faults.actions())
        if (action->isEnabled() && action->data().toInt() == 1)
            action->trigger(); // slowed down
    camera.shoot("running");
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (argc < 2) {
        std::fputs("usage: inspector_pictures FOLDER\n", stderr);
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    ThemeSource themes(application);
    Language language;
    const struct {
        ThemeChoice theme;
        Language::Choice language;
        const char* suffix;
    } variants[] = {{ThemeChoice::Dark, Language::Choice::English, "dark"},
                    {ThemeChoice::Light, Language::Choice::English, "light"},
                    {ThemeChoice::Light, Language::Choice::Chinese, "light_zh"},
                    {ThemeChoice::Dark, Language::Choice::Chinese, "dark_zh"}};
    for (const auto& [theme, tongue, suffix] : variants) {
        themes.choose(theme);
        language.choose(tongue);
        Bench bench(themes);
        bench.faults.retranslate();
        const Camera camera(bench, folder, QString::fromLatin1(suffix));
        shootForms(bench, camera);
        shootRun(bench, camera);
    }
    return 0;
}
