// Draws the whole window with a scenario that has been running, dark and light, English and Chinese, with this and that
// selected: for looking at it. usage: studio_pictures FOLDER [SCENARIO [SECONDS]]
#include "support/editing_pictures.h"
#include "ui/biography/biography_view.h"
#include "ui/charts/charts.h"
#include "ui/breakpoints/breakpoints_view.h"
#include "ui/commands/command_palette.h"
#include "ui/presenter/presenter.h"
#include "ui/sequence/sequence_view.h"
#include "ui/session/session.h"
#include "ui/studio.h"
#include "ui/timeline/timeline.h"
#include "ui/trace/colour_popup.h"
#include "ui/trace/trace_view.h"
#include "ui/waiting/waiting_view.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QToolButton>
#include <QWheelEvent>

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

// Many charts at once, with brush, pin and bands, a heat map, and another run beside; the timeline looked at closely.
void shootCharts(Studio& studio, const ThemeSource& themes, const QDir& folder, const QString& suffix) {
    Session& session = studio.session();
    RunMarks marks(session);
    Charts charts(session, studio.selection(), marks, themes);
    Timeline timeline(session, studio.selection(), marks, themes);
    charts.resize(920, 860);
    timeline.resize(1440, 72);
    charts.show();
    timeline.show();
    using Kind = SeriesScope::Kind;
    const auto line = [](Kind kind, const char* name, const char* word) {
        return LineSpec{kind, QString::fromLatin1(name), QString::fromLatin1(word)};
    };
    const auto add = [&](QList<LineSpec> lines, ChartLook look, bool log) {
        ChartSpec spec;
        spec.lines = std::move(lines);
        spec.look = look;
        spec.log = log;
        charts.addChart(spec);
    };
    charts.card(0).setKind(ChartKind::Throughput);
    add({line(Kind::channel, "payments", "waitP99"), line(Kind::channel, "payments", "waitP50")}, ChartLook::Bands,
        true);
    add({line(Kind::channel, "payments", "waitP99")}, ChartLook::Heat, false);
    add({line(Kind::channel, "payments", "depth"), line(Kind::channel, "shipping", "depth"),
         line(Kind::channel, "mail", "depth"), line(Kind::channel, "points", "depth")},
        ChartLook::Lines, false);
    add({line(Kind::service, "payment-service", "utilization"), line(Kind::service, "email-service", "utilization")},
        ChartLook::Lines, false);
    charts.setRuns({{QStringLiteral("run 2"), session.store(), session.catalogue()}});
    studio.selection().setBrush(TimeRange{SimTime{std::chrono::seconds(110)}, SimTime{std::chrono::seconds(130)}});
    charts.time().setPin(60);
    charts.time().setHover(128);
    settle();
    charts.grab().save(folder.filePath(QStringLiteral("charts_") + suffix + QStringLiteral(".png")));
    timeline.grab().save(folder.filePath(QStringLiteral("timeline_") + suffix + QStringLiteral(".png")));
    const QPointF at(timeline.xAt(120), 40);
    QWheelEvent wheel(at, at, {}, {0, 700}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&timeline, &wheel);
    charts.time().show({105, 145});
    settle();
    timeline.grab().save(folder.filePath(QStringLiteral("timeline_close_") + suffix + QStringLiteral(".png")));
    charts.grab().save(folder.filePath(QStringLiteral("charts_close_") + suffix + QStringLiteral(".png")));
    studio.selection().setBrush(std::nullopt);
}

void bringToFront(QWidget* view) {
    for (QWidget* each = view; each; each = each->parentWidget())
        if (auto* dock = qobject_cast<QDockWidget*>(each)) {
            dock->show();
            dock->raise();
        }
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
    themes.choose(ThemeChoice::Light);
    language.choose(Language::Choice::Chinese);
    shoot(QStringLiteral("empty_light_zh"));
    language.choose(Language::Choice::English);
    settings.setValue(QStringLiteral("files/recent"), QStringList{file, QStringLiteral("/home/ada/scenarios/a rather long name of a file.json")});
    themes.choose(ThemeChoice::Dark);
    shoot(QStringLiteral("empty_dark"));
    studio.files().openNew();
    studio.editor().edit(QStringLiteral("Seed"), {{.pointer = "/run/seed", .value = Value(2), .newName = {}}});
    studio.window().close();
    shoot(QStringLiteral("question_dark"));
    studio.editor().undoStack().undo();
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
    // The last record of that kind, and its message.
    const auto selectLast = [&](RecordKind kind, std::uint64_t before) {
        const RecordReader reader(session.store());
        for (std::uint64_t index = std::min(before, reader.end()); index-- > reader.first();)
            if (const Record& record = reader.at(index); record.kind == kind && record.ordinal > 0) {
                studio.selection().selectRecord(index, record.ordinal, NodeRef::of(reader.catalogue(), record.place),
                                                record.type);
                return index;
            }
        return reader.first();
    };
    // A panel in its place in the window, and as large as when it was torn off.
    const auto shootPanel = [&](QWidget& panel, const QString& name) {
        QWidget* dock = panel.parentWidget();
        while (dock && !qobject_cast<QDockWidget*>(dock))
            dock = dock->parentWidget();
        if (dock) {
            dock->show();
            dock->raise();
        }
        shoot(name);
        if (auto* const docked = qobject_cast<QDockWidget*>(dock)) {
            docked->setFloating(true);
            docked->resize(1200, 640);
            settle();
            docked->grab().save(folder.filePath(name + QStringLiteral("_large.png")));
            docked->setFloating(false);
            settle();
        }
    };
    const auto shootBiography = [&](const QString& suffix) {
        auto& biography = *studio.window().findChild<BiographyView*>();
        studio.selection().clear();
        shootPanel(biography, QStringLiteral("biography_empty_") + suffix);
        const std::uint64_t last = selectLast(RecordKind::retryScheduled, session.head());
        shootPanel(biography, QStringLiteral("biography_retry_") + suffix);
        biography.compareButton().click();
        selectLast(RecordKind::retryScheduled, last);
        shootPanel(biography, QStringLiteral("biography_compared_") + suffix);
        biography.compareButton().click();
        selectLast(RecordKind::deadLettered, session.head());
        shootPanel(biography, QStringLiteral("biography_dead_") + suffix);
    };
    const auto shootSequence = [&](const QString& suffix) {
        auto& sequence = *studio.window().findChild<SequenceView*>();
        studio.selection().clear();
        sequence.followButton().setChecked(true);
        shootPanel(sequence, QStringLiteral("sequence_run_") + suffix);
        selectLast(RecordKind::retryScheduled, session.head());
        shootPanel(sequence, QStringLiteral("sequence_message_") + suffix);
        sequence.conversationButton().setChecked(true);
        sequence.area().fitMessage();
        shootPanel(sequence, QStringLiteral("sequence_conversation_") + suffix);
        sequence.setHidden(NodeRef::of(ChannelId{0}), true);
        shootPanel(sequence, QStringLiteral("sequence_hidden_") + suffix);
        sequence.setHidden(NodeRef::of(ChannelId{0}), false);
        sequence.conversationButton().setChecked(false);
        sequence.filterField().setText(QStringLiteral("type LIKE AND"));
        shootPanel(sequence, QStringLiteral("sequence_refused_") + suffix);
        sequence.filterField().clear();
    };
    const auto shootStops = [&](const QString& suffix) {
        auto* breakpoints = studio.window().findChild<BreakpointsView*>();
        bringToFront(breakpoints);
        bringToFront(studio.window().findChild<WaitingView*>());
        session.setBreakpoints({});
        shoot(QStringLiteral("stops_empty_") + suffix);
        session.setBreakpoints({{.text = "kind = 'deadLettered' AND channel = 'payments'"},
                                {.kind = BreakpointSpec::Kind::metric, .text = "metric('channel', 'payments', 'depth') > 100"},
                                {.kind = BreakpointSpec::Kind::broken, .enabled = false},
                                {.kind = BreakpointSpec::Kind::at, .at = 90s}});
        breakpoints->condition().setText(QStringLiteral("kind = 'acked' AND"));
        shoot(QStringLiteral("stops_refused_") + suffix);
        breakpoints->condition().setText(QStringLiteral("kind = 'acked' AND attempt > 2"));
        shoot(QStringLiteral("stops_") + suffix);
        breakpoints->condition().clear();
        bringToFront(studio.window().findChild<TraceView*>());
    };
    const auto shootAll = [&](const QString& suffix) {
        shootSequence(suffix);
        shootBiography(suffix);
        shootCharts(studio, themes, folder, suffix);
        shootStops(suffix);
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
        studio.commands().palette().grab().save(
            folder.filePath(QStringLiteral("palette_") + suffix + QStringLiteral(".png")));
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
