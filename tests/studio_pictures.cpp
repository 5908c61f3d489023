// Draws the whole window with a scenario that has been running, dark and light, English and Chinese, with this and that
// selected: for looking at it. usage: studio_pictures FOLDER [SCENARIO [SECONDS]]
#include "support/editing_pictures.h"
#include "ui/commands/command_palette.h"
#include "ui/presenter/presenter.h"
#include "ui/session/session.h"
#include "ui/studio.h"
#include "ui/trace/colour_popup.h"
#include "ui/trace/trace_view.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
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
    const auto front = [&](const char* panel) {
        auto* const dock = studio.window().findChild<QDockWidget*>(QString::fromLatin1(panel));
        dock->show();
        dock->raise();
        settle();
    };
    // The lists at the bottom, each with something chosen.
    const auto shootTables = [&](const QString& suffix) {
        studio.selection().clear();
        trace.addColumn(Expression::parse("data.totalAmount").value());
        trace.addColour(QStringLiteral("kind = 'failed' OR kind = 'deadLettered'"), Tone::Danger);
        trace.addColour(QStringLiteral("attempt > 1"), Tone::Warn);
        trace.filterField().apply(QStringLiteral("attempt >= 1"));
        studio.selection().setBrush(TimeRange{SimTime{until / 2}, SimTime{until * 3 / 4}});
        waitFor([&] { return trace.rows().unsearched() == 0; });
        shoot(QStringLiteral("trace_") + suffix);
        studio.selection().setBrush(std::nullopt);
        trace.filterField().apply(QString());
        trace.resetColumns();
        trace.openColours();
        settle();
        trace.colours().grab().save(folder.filePath(QStringLiteral("colours_") + suffix + QStringLiteral(".png")));
        trace.colours().close();
        for (const char* panel : {"deadLetters", "groups", "problems"}) {
            front(panel);
            auto* const dock = studio.window().findChild<QDockWidget*>(QString::fromLatin1(panel));
            auto* const table = dock->findChild<DataTable*>();
            table->expand(table->model()->index(0, 0));
            table->setCurrentIndex(table->model()->index(0, 0));
            shoot(QString::fromLatin1(panel) + QLatin1Char('_') + suffix);
        }
        front("trace");
        studio.selection().clear();
    };
    shootAll(QStringLiteral("dark"));
    shootTables(QStringLiteral("dark"));
    themes.choose(ThemeChoice::Light);
    shootAll(QStringLiteral("light"));
    shootTables(QStringLiteral("light"));
    language.choose(Language::Choice::Chinese);
    shootAll(QStringLiteral("light_zh"));
    shootTables(QStringLiteral("light_zh"));
    return 0;
}
