// Draws the whole window with a scenario that has been running, dark and light, English and Chinese, with this and that
// selected: for looking at it. usage: studio_pictures FOLDER [SCENARIO [SECONDS]]
#include "support/editing_pictures.h"
#include "ui/commands/command_palette.h"
#include "ui/presenter/presenter.h"
#include "ui/session/session.h"
#include "ui/studio.h"
#include "ui/trace/trace_view.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>

#include <cstdio>
#include <functional>

using namespace weir;

namespace {

bool waitFor(const std::function<bool()>& holds) {
    QElapsedTimer clock;
    clock.start();
    while (!holds() && clock.elapsed() < 20'000)
        QApplication::processEvents(QEventLoop::AllEvents, 5);
    return holds();
}

void settle() {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 150)
        QApplication::processEvents(QEventLoop::AllEvents, 5);
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (argc < 2) {
        std::fputs("usage: studio_pictures FOLDER [SCENARIO [SECONDS]]\n", stderr);
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    const QString file =
        argc > 2 ? QString::fromLocal8Bit(argv[2]) : QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json");
    const Duration until = std::chrono::seconds(argc > 3 ? std::atoi(argv[3]) : 150);

    const QTemporaryDir scratch;
    QSettings settings(scratch.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    ThemeSource themes(application);
    Language language;
    language.choose(Language::Choice::English);
    Studio studio(themes, language, settings);
    studio.window().resize(1440, 900);
    studio.window().show();
    const auto shoot = [&](const QString& name) {
        settle();
        studio.window().grab().save(folder.filePath(name + QStringLiteral(".png")));
    };
    themes.choose(ThemeChoice::Dark);
    shoot(QStringLiteral("empty_dark"));
    if (!studio.open(file))
        return 1;
    Session& session = studio.session();
    // In strides, as a person watches: the panels keep how it went lately.
    session.setSpeed(Speed::max());
    for (Duration at = until / 60; at <= until; at += until / 60) {
        session.runUntil(SimTime{at});
        waitFor([&] { return !session.running(); });
    }
    auto& trace = *studio.window().findChild<TraceView*>();
    const auto service = session.catalogue()->service("payment-service");
    const auto shootAll = [&](const QString& suffix) {
        studio.selection().clear();
        shoot(QStringLiteral("scenario_") + suffix);
        if (service.valid())
            studio.selection().selectNode(NodeRef::of(service));
        shoot(QStringLiteral("service_") + suffix);
        studio.selection().selectNode(NodeRef::of(ChannelId{3}));
        shoot(QStringLiteral("channel_") + suffix);
        trace.filterField().setText(QStringLiteral("type LIKE 'payment.%' AND kind = 'acked'"));
        waitFor([&] { return trace.rows().unsearched() == 0; });
        if (trace.rows().count() > 40)
            trace.list().choose(trace.rows().indexOf(trace.rows().count() - 40));
        shoot(QStringLiteral("message_") + suffix);
        trace.filterField().setText(QStringLiteral("type LIKE AND"));
        shoot(QStringLiteral("refused_") + suffix);
        trace.filterField().clear();
        trace.list().setFollowing(true);
        studio.commands().openPalette();
        studio.commands().palette().field().setText(QStringLiteral("s"));
        settle();
        studio.commands().palette().grab().save(folder.filePath(QStringLiteral("palette_") + suffix + QStringLiteral(".png")));
        studio.commands().palette().close();
        studio.presenter().action()->trigger();
        studio.session().stepBack();
        shoot(QStringLiteral("presenter_") + suffix);
        studio.presenter().action()->trigger();
        shootEditing(studio, [&](const QString& name) { shoot(name + u'_' + suffix); });
    };
    shootAll(QStringLiteral("dark"));
    themes.choose(ThemeChoice::Light);
    shootAll(QStringLiteral("light"));
    language.choose(Language::Choice::Chinese);
    shootAll(QStringLiteral("light_zh"));
    return 0;
}
