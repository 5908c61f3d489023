// The real window, offscreen, as a person feels it. Stages, each a process of its own; a line of JSON for each figure:
//   bench_window start SCENARIO SINCE   from SINCE (CLOCK_MONOTONIC, ns: when it was started) to the first painted
//   frame
//                                       with a message on its way
//   bench_window pace                   100,000 messages a second at the pace of the clock: share of the thread, stalls
//   bench_window panels [NAME...]       ten million records: memory, what each panel costs on them, and what it costs
//                                       to go back before them ("past")
#include "tests/bench/busy_scenario.h"
#include "tests/bench/loop_watch.h"
#include "ui/canvas/canvas.h"
#include "ui/dead_letters/dead_letters_view.h"
#include "ui/runs/runs_view.h"
#include "ui/studio.h"
#include "ui/studios.h"
#include "ui/trace/filter_field.h"
#include "ui/trace/trace_view.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>

#include <cstdio>
#include <ctime>
#include <functional>
#include <string_view>

#include <unistd.h>

using namespace weir;

namespace {

constexpr std::uint64_t recordsWanted = 10'000'000;

void tell(const QString& name, double value, const char* unit) {
    std::printf("{\"name\": \"%s\", \"value\": %.6g, \"unit\": \"%s\"}\n", qPrintable(name), value, unit);
    std::fflush(stdout);
}

double residentBytes() {
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').at(1).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE));
}

struct Settings {
    QTemporaryDir folder;
    QSettings file{folder.filePath(QStringLiteral("weir.ini")), QSettings::IniFormat};
    ThemeSource themes{*qApp};
    Language language;

    Settings() {
        file.setValue(QStringLiteral("window/language"), 1);
        file.setValue(QStringLiteral("window/theme"), 2);
    }
};

// --- start ---

// Waits for the first paint of the canvas with a message on it, and leaves.
class FirstDot final : public QObject {
  public:
    explicit FirstDot(std::chrono::nanoseconds since) : m_since(since) {}
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (const auto* canvas = qobject_cast<Canvas*>(watched); canvas && event->type() == QEvent::Paint) {
            const Traffic& traffic = canvas->feed().traffic();
            for (const Flight& flight : traffic.flights())
                m_seen = m_seen || traffic.share(flight) >= 0;
            if (m_seen && !std::exchange(m_told, true))
                QMetaObject::invokeMethod(
                    this, [this] { finish(); }, Qt::QueuedConnection); // when it is painted
        }
        return false;
    }

  private:
    void finish() {
        timespec now{};
        clock_gettime(CLOCK_MONOTONIC, &now);
        const auto took = std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec) - m_since;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        tell(QStringLiteral("start.wall"), std::chrono::duration<double, std::milli>(took).count(), "ms");
        tell(QStringLiteral("start.processor"),
             static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6, "ms");
        QCoreApplication::quit();
    }

    std::chrono::nanoseconds m_since;
    bool m_seen = false;
    bool m_told = false;
};

int measureStart(const QString& scenario, std::chrono::nanoseconds since) {
    Settings settings;
    FirstDot dot(since);
    qApp->installEventFilter(&dot);
    Studios studios(settings.themes, settings.language, settings.file);
    studios.add();
    studios.open(scenario);
    QTimer::singleShot(20'000, qApp, [] { QCoreApplication::exit(1); });
    return QApplication::exec();
}

// --- the busy window ---

struct Bench {
    Settings settings;
    Studio studio{settings.themes, settings.language, settings.file};
    LoopWatch watch;

    Bench() {
        QFile file(settings.folder.filePath(QStringLiteral("busy.json")));
        if (!file.open(QIODevice::WriteOnly) || file.write(busyScenario()) < 0)
            qFatal("the scenario cannot be written");
        file.close();
        studio.window().resize(1440, 900);
        studio.window().show();
        spin(std::chrono::milliseconds(300));
        if (!studio.open(file.fileName()))
            qFatal("the scenario cannot be opened: %s", qPrintable(studio.window().messageBar().text()));
    }
    Session& session() { return studio.session(); }
    template <class View> View& view() { return *studio.window().findChild<View*>(); }
    QDockWidget& dock(const char* name) { return *studio.window().findChild<QDockWidget*>(QLatin1String(name)); }
    std::int64_t published() { return session().picture().ledger().messages.published; }
};

int measurePace() {
    Bench bench;
    spin(std::chrono::seconds(3));
    const std::int64_t before = bench.published();
    bench.watch.begin();
    spin(std::chrono::seconds(10));
    const LoopFigures figures = bench.watch.end();
    tell(QStringLiteral("pace.rate"), static_cast<double>(bench.published() - before) / figures.seconds, "/s");
    tell(QStringLiteral("pace.busy"), 100 * figures.busyShare, "%");
    tell(QStringLiteral("pace.stall"), figures.stallMs, "ms");
    tell(QStringLiteral("pace.stallProcessor"), figures.stallProcessorMs, "ms");
    tell(QStringLiteral("pace.usual"), figures.stallUsualMs, "ms");
    return 0;
}

// What one panel costs, by what is done with it.
class Panel {
  public:
    Panel(Bench& bench, const char* name) : m_bench(bench), m_name(name) {}

    void measure(const char* what, const std::function<void()>& act) {
        m_bench.watch.begin();
        act();
        const LoopFigures figures = m_bench.watch.end();
        const QString name = QStringLiteral("%1.%2").arg(QLatin1String(m_name), QLatin1String(what));
        tell(name + QStringLiteral(".stall"), figures.stallMs, "ms");
        tell(name + QStringLiteral(".stallProcessor"), figures.stallProcessorMs, "ms");
        tell(name + QStringLiteral(".busy"), 100 * figures.busyShare, "%");
    }
    // Alone beside what is always there, opened, jumped about with, stepped, and run on.
    void measureUsual() {
        Session& session = m_bench.session();
        Selection& selection = m_bench.studio.selection();
        session.pause();
        session.seekRecord(session.head());
        m_bench.studio.window().showPanels(
            {QStringLiteral("outline"), QStringLiteral("inspector"), QStringLiteral("timeline")});
        spin(std::chrono::milliseconds(300));
        measure("open", [&] {
            m_bench.dock(m_name).show();
            m_bench.dock(m_name).raise();
            spin(std::chrono::seconds(2));
        });
        measure("jump", [&] {
            for (std::uint64_t i = 1; i <= 12; ++i) {
                session.seekRecord(placeOf(i));
                spin(std::chrono::milliseconds(120));
            }
        });
        measure("step", [&] {
            for (int i = 0; i < 6; ++i) {
                i % 2 == 0 ? session.stepBack() : session.step();
                spin(std::chrono::milliseconds(60));
            }
        });
        measure("select", [&] {
            RecordReader reader(session.store());
            for (std::uint64_t i = 1; i <= 8; ++i) {
                const std::uint64_t index = placeOf(i * 5);
                const Record record = reader.at(index);
                selection.selectRecord(index, record.ordinal, NodeRef::of(*session.catalogue(), record.place),
                                       record.type);
                spin(std::chrono::milliseconds(250));
            }
            selection.clear();
        });
        measure("run", [&] {
            session.seekRecord(session.head());
            session.setSpeed(Speed{});
            session.run();
            spin(std::chrono::seconds(3));
            session.pause();
        });
    }

  private:
    // All over the run, in no order.
    std::uint64_t placeOf(std::uint64_t number) const {
        const std::uint64_t first = m_bench.session().leftOut();
        const std::uint64_t kept = m_bench.session().head() - first;
        return first + number * 0x9E3779B97F4A7C15U % kept;
    }

    Bench& m_bench;
    const char* m_name;
};

void measureDeadLetters(Bench& bench) {
    Panel panel(bench, "deadLetters");
    panel.measureUsual();
    auto& view = bench.view<DeadLettersView>();
    for (int i = 0; i < 200 && view.table().model()->rowCount() == 0; ++i)
        spin(std::chrono::milliseconds(100));
    panel.measure("choose", [&] {
        for (const int row : {0, 40, 80}) {
            view.table().setCurrentIndex(view.table().model()->index(row, 0));
            spin(std::chrono::milliseconds(200));
        }
        view.tellWhy();
        spin(std::chrono::milliseconds(200));
    });
}

void measureTrace(Bench& bench) {
    Panel panel(bench, "trace");
    panel.measureUsual();
    auto& view = bench.view<TraceView>();
    panel.measure("filter", [&] {
        view.filterField().setText(QStringLiteral("kind = 'deadLettered' AND channel LIKE 'queue-%'"));
        spin(std::chrono::seconds(6));
    });
    view.filterField().clear();
}

void measureBreakpoints(Bench& bench) {
    Panel panel(bench, "breakpoints");
    panel.measureUsual();
    Session& session = bench.session();
    // One that is never reached, looked for in everything that was seen, then in what is made.
    session.setBreakpoints(
        {{.text = "attempt > 50 AND channel = 'queue-2'"},
         {.kind = BreakpointSpec::Kind::metric, .text = "metric('channel', 'queue-1', 'depth') > 1000000"}});
    panel.measure("watch", [&] {
        session.seekRecord(session.leftOut());
        session.setSpeed(Speed::max());
        session.run();
        spin(std::chrono::seconds(3));
        session.pause();
        session.seekRecord(session.head());
        session.setSpeed(Speed{});
        session.run();
        spin(std::chrono::seconds(2));
        session.pause();
    });
    session.setBreakpoints({});
}

void measureRuns(Bench& bench) {
    Panel panel(bench, "runs");
    panel.measureUsual();
    Session& session = bench.session();
    panel.measure("fork", [&] {
        session.seekRecord(session.leftOut() + (session.head() - session.leftOut()) / 2);
        session.fork();
        spin(std::chrono::seconds(1));
    });
    panel.measure("compare", [&] {
        session.run();
        spin(std::chrono::seconds(2));
        session.pause();
    });
    panel.measure("difference", [&] {
        bench.view<RunsView>().differenceButton().click();
        spin(std::chrono::milliseconds(500));
    });
}

// From the head to records that are no longer kept, and are made again from the nearest snapshot.
void measurePast(Bench& bench) {
    Session& session = bench.session();
    bench.studio.window().showPanels(
        {QStringLiteral("outline"), QStringLiteral("inspector"), QStringLiteral("timeline"), QStringLiteral("trace")});
    session.seekRecord(session.head());
    session.setSpeed(Speed::max());
    session.run();
    for (int i = 0; i < 100 && session.leftOut() < recordsWanted / 10; ++i)
        spin(std::chrono::milliseconds(100));
    session.pause();
    spin(std::chrono::seconds(1));
    tell(QStringLiteral("past.leftOut"), static_cast<double>(session.leftOut()), "");
    Panel(bench, "past").measure("back", [&] {
        for (std::uint64_t i = 1; i <= 12; ++i) {
            session.seekRecord(session.head());
            spin(std::chrono::milliseconds(120));
            session.seekRecord(i * 0x9E3779B97F4A7C15U % session.leftOut());
            spin(std::chrono::milliseconds(120));
        }
    });
}

// Until so many records are kept and more have been made.
void fill(Bench& bench) {
    Session& session = bench.session();
    session.setSpeed(Speed::max());
    Panel(bench, "window").measure("fast", [&] {
        for (int i = 0; i < 600 && session.head() < recordsWanted + recordsWanted / 50; ++i)
            spin(std::chrono::milliseconds(100));
    });
    session.pause();
    spin(std::chrono::seconds(1));
}

int measurePanels(const QStringList& wanted) {
    const double empty = residentBytes();
    Bench bench;
    fill(bench);
    const auto kept = static_cast<double>(bench.session().head() - bench.session().leftOut());
    tell(QStringLiteral("memory.records"), kept, "");
    tell(QStringLiteral("memory.store"), static_cast<double>(bench.session().store()->memoryBytes()) / 1e6, "MB");
    tell(QStringLiteral("memory.window"), (residentBytes() - empty) / 1e6, "MB");
    const std::pair<const char*, std::function<void(Bench&)>> all[]{
        {"trace", measureTrace},
        {"deadLetters", measureDeadLetters},
        {"breakpoints", measureBreakpoints},
        {"charts", [](Bench& one) { Panel(one, "charts").measureUsual(); }},
        {"sequence", [](Bench& one) { Panel(one, "sequence").measureUsual(); }},
        {"biography", [](Bench& one) { Panel(one, "biography").measureUsual(); }},
        {"groups", [](Bench& one) { Panel(one, "groups").measureUsual(); }},
        {"problems", [](Bench& one) { Panel(one, "problems").measureUsual(); }},
        {"waiting", [](Bench& one) { Panel(one, "waiting").measureUsual(); }},
        {"runs", measureRuns},
        {"past", measurePast},
    };
    for (const auto& [name, measure] : all)
        if (wanted.isEmpty() || wanted.contains(QLatin1String(name)))
            measure(bench);
    Panel(bench, "window").measure("open", [&] { // another scenario, where so much is kept
        bench.studio.open(bench.settings.folder.filePath(QStringLiteral("busy.json")));
        spin(std::chrono::seconds(1));
    });
    tell(QStringLiteral("memory.end"), (residentBytes() - empty) / 1e6, "MB");
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments().mid(1);
    const QString stage = arguments.value(0);
    if (stage == QLatin1String("start") && arguments.size() == 3)
        return measureStart(arguments[1], std::chrono::nanoseconds(arguments[2].toLongLong()));
    if (stage == QLatin1String("pace") && arguments.size() == 1)
        return measurePace();
    if (stage == QLatin1String("panels"))
        return measurePanels(arguments.mid(1));
    std::fputs("usage: bench_window start SCENARIO SINCE | pace | panels [NAME...]\n", stderr);
    return 2;
}
