// The charts at full size: a line of a million points from its data to its pixels, the folding of records into bins,
// and a heat map. Items are points, records or frames.
#include "ui/charts/plot_painter.h"
#include "ui/theme.h"

#include <QApplication>
#include <QImage>
#include <QPainter>

#include <benchmark/benchmark.h>

#include <cmath>

using namespace weir;

namespace {

constexpr int points = 1'000'000;

QList<QPointF> longLine() {
    QList<QPointF> line;
    line.reserve(points);
    for (int i = 0; i < points; ++i)
        line.append({i * 1e-3, 50 + 40 * std::sin(i * 1e-4) + i % 97});
    return line;
}

// Once for points that stay.
void gatherAMillionPoints(benchmark::State& state) {
    const QList<QPointF> line = longLine();
    for (auto _ : state)
        benchmark::DoNotOptimize(PointPyramid(line));
    state.SetItemsProcessed(state.iterations() * points);
}

void reduceAMillionPoints(benchmark::State& state) {
    const PointPyramid line(longLine());
    for (auto _ : state)
        benchmark::DoNotOptimize(reduced(line, 0, 1000, 800));
    state.SetItemsProcessed(state.iterations() * points);
}

// What a frame of the chart costs: reduction, Qt Charts and painting.
void drawAMillionPoints(benchmark::State& state) {
    PlotContent content;
    content.lines.push_back({.label = {}, .data = {longLine(), 1e-3}, .colour = Qt::blue});
    const Theme theme = darkTheme();
    PlotPainter painter;
    QImage image(900, 200, QImage::Format_RGB32);
    double begin = 0;
    for (auto _ : state) {
        begin = begin > 1 ? 0 : begin + 1e-3; // the view moves, so that nothing can be kept
        QPainter on(&image);
        painter.paint(on, theme, content, {QRectF(60, 8, 800, 180), {begin, 990 + begin}, {0, 200}, false});
    }
    state.SetItemsProcessed(state.iterations());
}

struct Recorded {
    Catalogue catalogue;
    std::vector<Record> records;

    Recorded() {
        const ChannelId channel = catalogue.addChannel({.name = "jobs", .kind = ChannelKind::queue});
        const ServiceId service = catalogue.addService({.name = "worker", .instances = 1, .workers = 8});
        const SubscriptionId subscription =
            catalogue.addSubscription({.name = "jobs", .channel = channel, .service = service});
        const PlaceId queue = catalogue.addPlace({.channel = channel, .subscription = subscription, .service = {}});
        const PlaceId consumer =
            catalogue.addPlace({.channel = channel, .subscription = subscription, .service = service, .instance = 0});
        constexpr std::array kinds{RecordKind::enqueued, RecordKind::delivered, RecordKind::started,
                                   RecordKind::finished, RecordKind::acked};
        for (std::int64_t i = 0; i < 1'000'000; ++i) {
            Record record;
            record.kind = kinds[static_cast<std::size_t>(i) % kinds.size()];
            record.at = SimTime{Duration{i * 20'000}};
            record.ordinal = static_cast<Ordinal>(i) / 5 + 1;
            record.place = i % 5 == 0 ? queue : consumer;
            record.value = 1'000'000 + i % 1'000'000;
            record.attempt = 1;
            record.bits = Record::bitsOf(i % 5 == 2 ? CopyState::inFlight : CopyState::none);
            records.push_back(record);
        }
    }
};

void foldRecords(benchmark::State& state) {
    static const Recorded recorded;
    for (auto _ : state) {
        Series series({SeriesScope::Kind::channel, 0});
        for (const Record& record : recorded.records)
            series.apply(record, recorded.catalogue);
        benchmark::DoNotOptimize(series.bins().size());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(recorded.records.size()));
}

void heatMap(benchmark::State& state) {
    static const Recorded recorded;
    Series series({SeriesScope::Kind::channel, 0});
    for (const Record& record : recorded.records)
        series.apply(record, recorded.catalogue);
    for (auto _ : state)
        benchmark::DoNotOptimize(heatCells(series, Measure::Wait, 4, 48));
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(gatherAMillionPoints)->Unit(benchmark::kMillisecond);
BENCHMARK(reduceAMillionPoints)->Unit(benchmark::kMillisecond);
BENCHMARK(drawAMillionPoints)->Unit(benchmark::kMillisecond);
BENCHMARK(foldRecords)->Unit(benchmark::kMillisecond);
BENCHMARK(heatMap)->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
