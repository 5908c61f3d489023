// A frame of the canvas: the cached picture of 1,000 nodes copied, and so many messages over it; and the picture
// itself.
#include "ui/canvas/traffic_painter.h"

#include <benchmark/benchmark.h>

#include <QGuiApplication>
#include <QImage>
#include <QPainter>

#include <span>

using namespace weir;

namespace {

constexpr QSize viewSize(1280, 800);

struct Town {
    static constexpr std::size_t columns = 25; // each node is tied to one of the next column's

    explicit Town(std::size_t nodes = 1'000) : theme(darkTheme()), rows(nodes / columns) {
        FlowGraph graph;
        Positions positions;
        for (std::size_t column = 0; column < columns; ++column)
            for (std::size_t row = 0; row < rows; ++row) {
                const bool service = column % 2 == 0;
                const std::string name = (service ? "service-" : "queue-") + std::to_string(column * rows + row);
                graph.add(GraphNode{.kind = service ? NodeKind::service : NodeKind::queue, .name = name});
                const ServiceRow place{.name = name, .instances = 2, .workers = 4};
                if (service)
                    catalogue.addService(place);
                else
                    catalogue.addChannel({.name = name, .kind = ChannelKind::queue});
                positions.push_back(QPointF(240 * static_cast<qreal>(column), 90 * static_cast<qreal>(row)));
            }
        for (std::size_t column = 0; column + 1 < columns; ++column)
            for (std::size_t row = 0; row < rows; ++row)
                graph.add(GraphEdge{.kind = column % 2 == 0 ? EdgeKind::publish : EdgeKind::deliver,
                                    .from = static_cast<std::uint32_t>(column * rows + row),
                                    .to = static_cast<std::uint32_t>((column + 1) * rows + (row * 7 + 3) % rows)});
        catalogue.addEventType("order.created", "1.0");
        scene.setTopology(graph, theme, {});
        scene.place(positions);
        for (EdgeFace& face : scene.edgeFaces)
            face.rate = 2'000;
        view = ViewTransform::fitted(scene.bounds(), QRectF(QPointF(), QSizeF(viewSize)));
        ways = Ways(scene.topology, catalogue);
    }

    void fly(std::size_t count) {
        traffic.setFlightsMax(count);
        std::vector<Record> records;
        std::vector<PlaceId> places;
        for (const GraphEdge& edge : scene.topology.edges())
            if (edge.kind == EdgeKind::publish)
                places.push_back(
                    catalogue.addPlace({.channel = catalogue.channel(scene.topology.nodes()[edge.to].name),
                                        .service = catalogue.service(scene.topology.nodes()[edge.from].name)}));
        for (std::size_t i = 0; i < count; ++i) {
            Record record;
            record.kind = RecordKind::published;
            record.ordinal = i + 1;
            record.place = places[i % places.size()];
            record.type = EventTypeId{0};
            records.push_back(record);
        }
        // One after the other, so that they are spread over their ways.
        constexpr std::size_t waves = 60;
        const std::span<const Record> all(records);
        for (std::size_t wave = 0; wave < waves; ++wave) {
            const std::size_t begin = count * wave / waves;
            traffic.observe(all.subspan(begin, count * (wave + 1) / waves - begin), catalogue, ways, {});
            traffic.advance(0.95 * Traffic::hopMs / waves);
        }
    }

    Theme theme;
    std::size_t rows;
    Catalogue catalogue;
    Scene scene;
    ViewTransform view;
    Ways ways;
    Traffic traffic;
};

void frame(benchmark::State& state) {
    Town town(static_cast<std::size_t>(state.range(1)));
    town.fly(static_cast<std::size_t>(state.range(0)));
    StaticLayer layer;
    layer.render(town.scene, town.theme, town.view, viewSize, 1);
    TrafficPainter dots(town.theme);
    dots.prepare(town.view.scale, 1);
    QImage window(viewSize, QImage::Format_RGB32);
    Frame moment;
    for (auto _ : state) {
        QPainter painter(&window);
        moment.begin(layer, town.view, town.theme.canvas);
        dots.drawFlights(moment, town.scene, town.view, town.traffic, {});
        moment.draw(painter, QRect(QPoint(), viewSize));
    }
    state.counters["dots"] = static_cast<double>(town.traffic.flights().size());
}
BENCHMARK(frame)->ArgsProduct({{0, 2'000, 10'000, 50'000}, {200, 1'000}})->Unit(benchmark::kMillisecond);

void rivers(benchmark::State& state) {
    Town town;
    StaticLayer layer;
    layer.render(town.scene, town.theme, town.view, viewSize, 1);
    TrafficPainter dots(town.theme);
    dots.prepare(town.view.scale, 1);
    QImage window(viewSize, QImage::Format_RGB32);
    Frame moment;
    double clock = 0;
    for (auto _ : state) {
        QPainter painter(&window);
        moment.begin(layer, town.view, town.theme.canvas);
        dots.drawRivers(moment, town.scene, town.view, clock += 16);
        moment.draw(painter, QRect(QPoint(), viewSize));
    }
}
BENCHMARK(rivers)->Unit(benchmark::kMillisecond);

void picture(benchmark::State& state) {
    const Town town(static_cast<std::size_t>(state.range(0)));
    StaticLayer layer;
    for (auto _ : state)
        layer.render(town.scene, town.theme, town.view, viewSize, 1);
}
BENCHMARK(picture)->Arg(200)->Arg(1'000)->Unit(benchmark::kMillisecond);

// All edges anew, as when a node was let go; a tenth of them run back.
void route(benchmark::State& state) {
    Town town(static_cast<std::size_t>(state.range(0)));
    FlowGraph graph = town.scene.topology;
    const auto nodes = static_cast<std::uint32_t>(graph.nodes().size());
    for (std::uint32_t i = 0; i < nodes / 10; ++i)
        graph.add(GraphEdge{.kind = EdgeKind::publish, .from = nodes - 1 - i, .to = i % 20});
    const Positions homes = town.scene.homes;
    town.scene.setTopology(graph, town.theme, {});
    for (auto _ : state)
        town.scene.place(homes);
}
BENCHMARK(route)->Arg(200)->Arg(1'000)->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char** argv) {
    QGuiApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
