// The business state of a service, and the store of keys that handlers have seen.
#include "core/kernel/random.h"
#include "core/services/idempotency.h"
#include "core/services/state.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace weir;

namespace {

std::string key(int number) {
    return "K-" + std::to_string(number);
}

} // namespace

class TestState : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void quantitiesAndStatusesAreKept();
    void countsByStatusFollowEveryChange();
    void entriesComeInOrderOfBytes();
    void copiesAreIndependent();
    void fullTableRefusesAndCounts();
    void itBehavesLikeAMap();
    void equalityGoesByNames();
    void hundredThousandOrdersCopyQuickly();

    void keyIsNewOnce();
    void keysAgeAfterTheirTimeToLive();
    void fullStoreForgetsTheOldestAndCounts();
    void storeBehavesLikeASet();
};

void TestState::quantitiesAndStatusesAreKept() {
    State state;
    const TableId stock = state.addTable("stock");
    const TableId orders = state.addTable("orders");
    QCOMPARE(state.addTable("stock"), stock);
    QVERIFY(!state.table("points").valid());
    const StatusId created = state.addStatus(orders, "created");
    const StatusId paid = state.addStatus(orders, "paid");
    QVERIFY(state.put(stock, "PROD-001", Cell::ofQuantity(100)));
    QVERIFY(state.put(orders, "ORD-1", {.quantity = {}, .status = paid, .previous = created}));
    QCOMPARE(state.value("stock", "PROD-001").canonical(), "100");
    QVERIFY(state.previous("stock", "PROD-001").isNull());
    QCOMPARE(state.value("orders", "ORD-1").canonical(), "\"paid\"");
    QCOMPARE(state.previous("orders", "ORD-1").canonical(), "\"created\"");
    QVERIFY(state.value("orders", "ORD-2").isNull());
    QVERIFY(state.value("points", "ORD-1").isNull());
    QCOMPARE(state.asValue().canonical(),
             R"({"stock":{"PROD-001":100},"orders":{"ORD-1":{"status":"paid","previous":"created"}}})");
}

void TestState::countsByStatusFollowEveryChange() {
    State state;
    const TableId orders = state.addTable("orders");
    const StatusId created = state.addStatus(orders, "created");
    const StatusId paid = state.addStatus(orders, "paid");
    for (int i = 0; i < 1000; ++i)
        state.put(orders, key(i), {.quantity = {}, .status = created, .previous = {}});
    for (int i = 0; i < 300; ++i)
        state.put(orders, key(i), {.quantity = {}, .status = paid, .previous = created});
    for (int i = 0; i < 10; ++i)
        state.erase(orders, key(i));
    state.put(orders, key(999), Cell::ofQuantity(1));
    QCOMPARE(state.count("orders", "created"), std::uint64_t{699});
    QCOMPARE(state.count("orders", "paid"), std::uint64_t{290});
    QCOMPARE(state.count("orders", "shipped"), std::uint64_t{0});
    QCOMPARE(state.count("invoices", "paid"), std::uint64_t{0});
    QCOMPARE(state.count(orders), std::size_t{990});
}

void TestState::entriesComeInOrderOfBytes() {
    State state;
    const TableId table = state.addTable("t");
    for (const char* name : {"b", "a", "\xE4\xB8\xAD", "Z", "a1", ""})
        state.put(table, name, Cell::ofQuantity(1));
    std::vector<std::string> seen;
    state.forEach(table, [&](const State::Entry& entry) { seen.push_back(entry.key); });
    QCOMPARE(seen, (std::vector<std::string>{"", "Z", "a", "a1", "b", "\xE4\xB8\xAD"}));
}

void TestState::copiesAreIndependent() {
    State first;
    const TableId table = first.addTable("t");
    for (int i = 0; i < 500; ++i)
        first.put(table, key(i), Cell::ofQuantity(i));
    State second = first;
    QVERIFY(second == first);
    second.put(table, key(17), Cell::ofQuantity(-1));
    second.erase(table, key(18));
    first.put(table, "new", Cell::ofQuantity(5));
    QCOMPARE(first.value("t", key(17)).canonical(), "17");
    QCOMPARE(first.value("t", key(18)).canonical(), "18");
    QCOMPARE(second.value("t", key(17)).canonical(), "-1");
    QVERIFY(second.value("t", key(18)).isNull());
    QVERIFY(second.value("t", "new").isNull());
    QCOMPARE(first.count(table), std::size_t{501});
    QCOMPARE(second.count(table), std::size_t{499});
    QVERIFY(!(second == first));
}

void TestState::fullTableRefusesAndCounts() {
    State state(State::Limits{.entriesMax = 2, .statusesMax = 1});
    const TableId table = state.addTable("t");
    QVERIFY(state.put(table, "a", Cell::ofQuantity(1)));
    QVERIFY(state.put(table, "b", Cell::ofQuantity(1)));
    QVERIFY(!state.put(table, "c", Cell::ofQuantity(1)));
    QVERIFY(state.put(table, "a", Cell::ofQuantity(2)));
    QCOMPARE(state.refused(), std::uint64_t{1});
    QVERIFY(state.value("t", "c").isNull());
    QVERIFY(state.addStatus(table, "one").valid());
    QVERIFY(!state.addStatus(table, "two").valid());
}

void TestState::itBehavesLikeAMap() {
    State state;
    const TableId table = state.addTable("t");
    std::map<std::string, int> expected;
    Draw random = Stream(42, "map").draw(1);
    for (int step = 0; step < 60'000; ++step) {
        const std::string name = key(static_cast<int>(random.below(3000)));
        if (random.below(3) == 0) {
            state.erase(table, name);
            expected.erase(name);
        } else {
            state.put(table, name, Cell::ofQuantity(step));
            expected[name] = step;
        }
    }
    QCOMPARE(state.count(table), expected.size());
    auto next = expected.begin();
    bool same = true;
    state.forEach(table, [&](const State::Entry& entry) {
        same =
            same && next != expected.end() && entry.key == next->first && entry.cell.quantity == Decimal(next->second);
        ++next;
    });
    QVERIFY(same);
    for (const auto& [name, number] : expected)
        QCOMPARE(state.find(table, name)->quantity, Decimal(number));
    QVERIFY(!state.find(table, "K-3001"));
}

void TestState::equalityGoesByNames() {
    State first, second;
    const TableId a = first.addTable("a");
    first.addTable("b");
    second.addTable("b");
    const TableId otherA = second.addTable("a");
    first.addStatus(a, "new");
    const StatusId old = first.addStatus(a, "old");
    const StatusId otherOld = second.addStatus(otherA, "old");
    first.put(a, "x", {.quantity = {}, .status = old, .previous = {}});
    second.put(otherA, "x", {.quantity = {}, .status = otherOld, .previous = {}});
    QVERIFY(first == second);
    second.put(otherA, "x", {.quantity = {}, .status = otherOld, .previous = otherOld});
    QVERIFY(!(first == second));
}

void TestState::hundredThousandOrdersCopyQuickly() {
    State state;
    const TableId orders = state.addTable("orders");
    const StatusId created = state.addStatus(orders, "created");
    for (int i = 0; i < 100'000; ++i)
        state.put(orders, key(i), {.quantity = {}, .status = created, .previous = {}});
    QCOMPARE(state.count("orders", "created"), std::uint64_t{100'000});
    QBENCHMARK {
        const State copy = state;
    }
}

void TestState::keyIsNewOnce() {
    IdempotencyStore store;
    const std::uint64_t order = IdempotencyStore::keyOf("ORD-1");
    QVERIFY(!store.contains(order, SimTime(0s)));
    QVERIFY(store.firstTime(order, SimTime(0s)));
    QVERIFY(!store.firstTime(order, SimTime(1s)));
    QVERIFY(store.contains(order, SimTime(1s)));
    QVERIFY(store.firstTime(IdempotencyStore::keyOf("ORD-2"), SimTime(1s)));
    QCOMPARE(store.size(), std::size_t{2});
    QCOMPARE(store.evicted(), std::uint64_t{0});
}

void TestState::keysAgeAfterTheirTimeToLive() {
    IdempotencyStore store({.ttl = 10s, .keysMax = 100});
    const std::uint64_t order = IdempotencyStore::keyOf(Ordinal{1});
    QVERIFY(store.firstTime(order, SimTime(5s)));
    QVERIFY(!store.firstTime(order, SimTime(14s + 999'999'999ns)));
    QVERIFY(store.contains(order, SimTime(14s + 999'999'999ns)));
    QVERIFY(!store.contains(order, SimTime(15s)));
    QVERIFY(store.firstTime(order, SimTime(15s)));
    QVERIFY(!store.firstTime(order, SimTime(24s)));
    QCOMPARE(store.evicted(), std::uint64_t{0});
}

void TestState::fullStoreForgetsTheOldestAndCounts() {
    IdempotencyStore store({.ttl = 1h, .keysMax = 3});
    for (Ordinal i = 1; i <= 5; ++i)
        QVERIFY(store.firstTime(IdempotencyStore::keyOf(i), SimTime(1s)));
    QCOMPARE(store.size(), std::size_t{3});
    QCOMPARE(store.evicted(), std::uint64_t{2});
    QVERIFY(!store.contains(IdempotencyStore::keyOf(Ordinal{2}), SimTime(1s)));
    QVERIFY(store.contains(IdempotencyStore::keyOf(Ordinal{3}), SimTime(1s)));
}

void TestState::storeBehavesLikeASet() {
    // 997 keys at most, ages of 500 steps at most, against the plain definition.
    IdempotencyStore store({.ttl = 500s, .keysMax = 300});
    std::vector<std::pair<std::uint64_t, int>> seen; // oldest first
    Draw random = Stream(7, "set").draw(1);
    std::uint64_t evicted = 0;
    for (int step = 0; step < 20'000; ++step) {
        const std::uint64_t key = 1 + random.below(997);
        while (!seen.empty() && step - seen.front().second >= 500)
            seen.erase(seen.begin());
        const bool known = std::any_of(seen.begin(), seen.end(), [&](const auto& one) { return one.first == key; });
        QCOMPARE(store.contains(key, SimTime(step * 1s)), known);
        QCOMPARE(store.firstTime(key, SimTime(step * 1s)), !known);
        if (!known) {
            if (seen.size() == 300) {
                seen.erase(seen.begin());
                ++evicted;
            }
            seen.emplace_back(key, step);
        }
        QCOMPARE(store.size(), seen.size());
    }
    QCOMPARE(store.evicted(), evicted);
    QVERIFY(evicted > 0);
}

QTEST_APPLESS_MAIN(TestState)
#include "tst_state.moc"
