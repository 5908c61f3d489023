// The trace at full size: what it takes to open, jump, follow and filter ten million records. Items are frames, jumps
// or records; a frame is update, layout and painting of a 900 x 600 list.
#include "core/record/recorder.h"
#include "ui/trace/trace_list.h"
#include "ui/trace/trace_view.h"

#include <QApplication>
#include <QKeyEvent>

#include <benchmark/benchmark.h>

#include <array>

using namespace weir;

namespace {

static_assert(TraceView::rowsMilliseconds == 50); // see follow()

constexpr std::uint64_t recordsMade = 10'000'000;

struct Run {
    std::shared_ptr<Catalogue> catalogue = std::make_shared<Catalogue>();
    Recorder recorder{catalogue, {.recordsMax = recordsMade + 2'000'000}};
    PlaceId place;
    std::array<EventTypeId, 4> types;
    std::uint64_t made = 0;

    Run() {
        for (std::size_t i = 0; i < types.size(); ++i)
            types[i] = catalogue->addEventType("event.type." + std::to_string(i), "1.0");
        Place at;
        at.channel = catalogue->addChannel({.name = "payments"});
        at.service = catalogue->addService({.name = "payment-service", .instances = 3, .workers = 2});
        at.subscription =
            catalogue->addSubscription({.name = "payments", .channel = at.channel, .service = at.service});
        at.instance = 1;
        place = catalogue->addPlace(at);
        append(recordsMade);
    }
    void append(std::uint64_t count) {
        constexpr std::array kinds{RecordKind::published, RecordKind::routed, RecordKind::delivered,
                                   RecordKind::finished};
        for (const std::uint64_t end = made + count; made < end; ++made) {
            Record record;
            record.at = SimTime{Duration(static_cast<std::int64_t>(made) * 1000)};
            record.kind = kinds[made % 4];
            record.ordinal = made / 4 + 1;
            record.place = place;
            record.type = types[record.ordinal % 4];
            record.value = record.kind == RecordKind::published ? 0 : 1;
            record.attempt = record.kind == RecordKind::published ? 0 : 1;
            recorder.append(record);
        }
    }
};

Run& run() {
    static Run made;
    return made;
}

const ThemeSource& themes() {
    static ThemeSource source(*qApp);
    return source;
}

struct Window {
    Selection selection;
    TraceRows rows;
    TraceList list{rows, selection, themes()};

    Window() {
        rows.setStore(run().recorder.store(), nullptr);
        list.resize(900, 600);
        list.show();
        QApplication::processEvents();
    }
    void frame() {
        rows.update(run().made, std::chrono::milliseconds(4));
        list.refresh();
        list.repaint();
    }
};

// What somebody may have arranged: two columns and two colours by expression, and the time since the row
// above.
TraceLook arranged() {
    TraceLook look;
    look.columns = {Expression::parse("UPPER(type)").value(), Expression::parse("attempt + 1").value()};
    look.rules = {{.when = Expression::parse("kind = 'finished' AND attempt > 5").value(), .tone = Tone::Danger},
                  {.when = Expression::parse("type LIKE '%.2'").value(), .tone = Tone::Ok}};
    look.time = TraceTime::delta;
    return look;
}

void open(benchmark::State& state, const TraceLook& look) {
    run();
    for (auto _ : state) {
        Window window;
        window.list.setLook(look);
        window.frame();
        benchmark::DoNotOptimize(window.list.topRow());
    }
}
BENCHMARK_CAPTURE(open, plain, TraceLook())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(open, arranged, arranged())->Unit(benchmark::kMillisecond);

void jump(benchmark::State& state, const TraceLook& look) {
    Window window;
    window.list.setLook(look);
    window.frame();
    window.list.setFollowing(false);
    std::uint64_t at = 1;
    for (auto _ : state) {
        at = (at * 6364136223846793005u + 1442695040888963407u);
        window.list.choose((at >> 20) % recordsMade);
        window.list.repaint();
    }
}
BENCHMARK_CAPTURE(jump, plain, TraceLook())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(jump, arranged, arranged())->Unit(benchmark::kMillisecond);

void jumpAmongMatches(benchmark::State& state) {
    Window window;
    window.rows.setFilter(Expression::parse("kind = 'finished'").value());
    while (window.rows.update(run().made, std::chrono::milliseconds(4)), window.rows.unsearched() > 0)
        ;
    window.frame();
    window.list.setFollowing(false);
    std::uint64_t at = 1;
    for (auto _ : state) {
        at = (at * 6364136223846793005u + 1442695040888963407u);
        window.list.choose(window.rows.indexOf((at >> 20) % window.rows.count()));
        window.list.repaint();
    }
}
BENCHMARK(jumpAmongMatches)->Unit(benchmark::kMillisecond);

// 10,000 records a second; the view shows new rows twenty times a second: 500 come with each.
void follow(benchmark::State& state, const TraceLook& look) {
    Window window;
    window.list.setLook(look);
    window.frame();
    for (auto _ : state) {
        state.PauseTiming();
        run().append(500);
        state.ResumeTiming();
        window.frame();
    }
}
BENCHMARK_CAPTURE(follow, plain, TraceLook())->Unit(benchmark::kMillisecond)->Iterations(600);
BENCHMARK_CAPTURE(follow, arranged, arranged())->Unit(benchmark::kMillisecond)->Iterations(600);

// From the first row to the last, and what is marked is counted.
void markAll(benchmark::State& state) {
    Window window;
    window.frame();
    for (auto _ : state) {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_A, Qt::ControlModifier);
        QApplication::sendEvent(&window.list, &press);
        benchmark::DoNotOptimize(window.list.markedCount());
        window.list.repaint();
    }
}
BENCHMARK(markAll)->Unit(benchmark::kMillisecond);

// A whole pass of a filter, in the slices that a window gives it; the longest of them is what a person could feel.
void filter(benchmark::State& state, const char* text) {
    run();
    double longest = 0;
    for (auto _ : state) {
        TraceRows rows;
        rows.setStore(run().recorder.store(), nullptr);
        rows.setFilter(Expression::parse(text).value());
        do {
            const auto begin = std::chrono::steady_clock::now();
            rows.update(recordsMade, std::chrono::milliseconds(4));
            longest = std::max(
                longest, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
        } while (rows.unsearched() > 0);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * recordsMade));
    state.counters["longest_ms"] = longest;
}
BENCHMARK_CAPTURE(filter, byKind, "kind = 'finished'")->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK_CAPTURE(filter, byTypeAndPlace, "type LIKE 'event.%' AND channel = 'payments' AND attempt > 1")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

} // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
