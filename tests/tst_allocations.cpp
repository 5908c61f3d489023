// The hot path allocates nothing: once a run is as full as it stays, messages pass without a call of operator new.
#include "core/simulation/reference_scenarios.h"
#include "core/simulation/simulation.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::uint64_t> allocations = 0;
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* place = std::malloc(size))
        return place;
    std::abort();
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    ++allocations;
    const auto boundary = static_cast<std::size_t>(alignment);
    if (void* place = std::aligned_alloc(boundary, (size + boundary - 1) / boundary * boundary))
        return place;
    std::abort();
}
void operator delete(void* place) noexcept {
    std::free(place);
}
void operator delete(void* place, std::size_t) noexcept {
    std::free(place);
}
void operator delete(void* place, std::align_val_t) noexcept {
    std::free(place);
}
void operator delete(void* place, std::size_t, std::align_val_t) noexcept {
    std::free(place);
}

using namespace weir;

class TestAllocations : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void messagesPassWithoutAllocations();
    void recordsAreKeptWithoutAllocationsForEach();
};

namespace {

struct Counted {
    std::int64_t delivered = 0;
    std::uint64_t allocations = 0;
    std::uint64_t records = 0;
};

Counted steadyStretch(std::uint64_t recordsMax) {
    constexpr std::uint32_t queues = 10;
    const auto model = Model::compile(brokerScenario(queues)).value();
    Simulation simulation(model);
    Recorder recorder(model->catalogue, {.recordsMax = recordsMax});
    const auto delivered = [&] {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < model->catalogue->subscriptions().size(); ++i)
            sum += recorder.head().subscription(SubscriptionId{static_cast<std::uint16_t>(i)}).delivered;
        return sum;
    };
    simulation.run(SimTime{60s}, UINT64_MAX, recorder); // twice the ack timeout
    Counted counted{-delivered(), 0, recorder.head().index()};
    const std::uint64_t before = allocations;
    simulation.run(SimTime{90s}, UINT64_MAX, recorder);
    counted.allocations = allocations - before;
    counted.delivered += delivered();
    counted.records = recorder.head().index() - counted.records;
    return counted;
}

} // namespace

void TestAllocations::messagesPassWithoutAllocations() {
    const Counted counted = steadyStretch(0);
    QVERIFY(counted.delivered > 90'000); // 30 s at 3,200 a second
    // What is left is growth that happens once: a queue longer than ever, a histogram's octave never touched before.
    QVERIFY2(counted.allocations < 100, qPrintable(QString::number(counted.allocations)));
}

void TestAllocations::recordsAreKeptWithoutAllocationsForEach() {
    const Counted counted = steadyStretch(1'000'000);
    QVERIFY(counted.records > 700'000);
    // Besides, a chunk of 65,536 records takes its room, and a keyframe of a Picture with its histograms.
    const std::uint64_t chunks = counted.records / 65'536 + 1;
    QVERIFY2(counted.allocations < 100 + chunks * 200, qPrintable(QString::number(counted.allocations)));
}

QTEST_APPLESS_MAIN(TestAllocations)
#include "tst_allocations.moc"
