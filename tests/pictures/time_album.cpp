#include "pictures/albums.h"
#include "pictures/sitting.h"
#include "ui/breakpoints/breakpoints_view.h"
#include "ui/charts/charts.h"
#include "ui/charts/metric_picker.h"
#include "ui/runs/runs_view.h"
#include "ui/timeline/timeline.h"
#include "ui/waiting/waiting_view.h"

#include <QApplication>
#include <QListWidget>
#include <QWheelEvent>

namespace weir {
namespace {

constexpr int chartsCatchUp = 1'500; // ms: series are read in slices, axes move to where they have to be

LineSpec line(SeriesScope::Kind kind, const char* name, const char* word) {
    return {kind, QString::fromLatin1(name), QString::fromLatin1(word)};
}

void addCharts(Charts& charts) {
    using Kind = SeriesScope::Kind;
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
}

// Many charts at once, with brush, pin and bands, a heat map, and another run beside; the timeline looked at closely.
void shootCharts(Sitting& sitting) {
    Camera& camera = sitting.camera();
    sitting.front("charts");
    sitting.shootTornOff("charts", QStringLiteral("charts_first"));
    RunMarks marks(sitting.session());
    SeriesPool pool;
    Charts charts(sitting.session(), sitting.selection(), marks, pool, camera.themes());
    Timeline timeline(sitting.session(), sitting.selection(), marks, pool, camera.themes());
    charts.resize(920, 860);
    timeline.resize(1440, 72);
    charts.show();
    timeline.show();
    addCharts(charts);
    charts.setRuns({{QStringLiteral("run 2"), sitting.session().store(), sitting.session().catalogue()}});
    sitting.selection().setBrush(TimeRange{SimTime{110s}, SimTime{130s}});
    charts.time().setPin(60);
    charts.time().setHover(128);
    settle(chartsCatchUp);
    camera.shoot(charts, QStringLiteral("charts"));
    camera.shoot(timeline, QStringLiteral("timeline"));
    const QPointF at(timeline.xAt(120), 40);
    QWheelEvent wheel(at, at, {}, {0, 700}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&timeline, &wheel);
    charts.time().show({105, 145});
    camera.shoot(timeline, QStringLiteral("timeline_near"));
    camera.shoot(charts, QStringLiteral("charts_near"));
    charts.resize(360, 700);
    camera.shoot(charts, QStringLiteral("charts_narrow"));
    sitting.selection().setBrush(std::nullopt);
    charts.hide();
    timeline.hide();
}

void shootStops(Sitting& sitting) {
    auto& breakpoints = sitting.view<BreakpointsView>();
    Session& session = sitting.session();
    sitting.front("waiting");
    sitting.front("breakpoints");
    sitting.shoot(QStringLiteral("stops_empty"));
    using Kind = BreakpointSpec::Kind;
    session.setBreakpoints({{.text = "kind = 'deadLettered' AND channel = 'payments'"},
                            {.kind = Kind::type, .text = "payment.failed", .enabled = false},
                            {.kind = Kind::metric, .text = "metric('channel', 'payments', 'depth') > 100"},
                            {.kind = Kind::broken, .enabled = false},
                            {.kind = Kind::at, .at = 155s}});
    breakpoints.condition().setText(QStringLiteral("kind = 'acked' AND"));
    sitting.shoot(QStringLiteral("stops_refused"));
    breakpoints.condition().setText(QStringLiteral("kind = 'acked' AND attempt > 2"));
    sitting.shoot(QStringLiteral("stops"));
    breakpoints.condition().clear();
    session.runUntil(SimTime{160s});
    waitFor([&] { return !session.running(); });
    sitting.shoot(QStringLiteral("stops_hit"));
    sitting.shootTornOff("breakpoints", QStringLiteral("stops_large"));
    sitting.shootTornOff("waiting", QStringLiteral("waiting_large"));
    session.setBreakpoints({});
}

void shootRuns(Sitting& sitting) {
    Session& session = sitting.session();
    sitting.front("charts");
    sitting.front("runs");
    sitting.shoot(QStringLiteral("runs_one"));
    session.seek(SimTime{100s});
    session.fork();
    sitting.shoot(QStringLiteral("runs_forked"));
    static_cast<void>(session.apply({.kind = CommandKind::slow, .target = "payment-service", .factor = 3}));
    sitting.runTo(130s);
    auto& list = sitting.view<RunsView>().list();
    list.setCurrentRow(0);
    sitting.shootPanel("runs", QStringLiteral("runs_compared"));
    sitting.selectChannel("payments");
    settle(chartsCatchUp);
    sitting.shootTornOff("charts", QStringLiteral("charts_of_two_runs"));
}

} // namespace

void shootTime(Camera& camera) {
    Sitting sitting(camera);
    sitting.front("waiting");
    sitting.shoot(QStringLiteral("nothing_open"));
    sitting.open(scenarioFile("order_flow.json"));
    sitting.runTo(150s);
    shootCharts(sitting);
    shootStops(sitting);
    shootRuns(sitting);
}

} // namespace weir
