// The agenda against a naive model that is plainly in the total order, at sizes from one to a hundred thousand.
#include "core/kernel/agenda.h"
#include "core/kernel/random.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace weir;

namespace {

struct RunsBefore {
    bool operator()(const Due& left, const Due& right) const { return runsBefore(left, right); }
};
using Model = std::set<Due, RunsBefore>;

// How far ahead the next due is scheduled: the shapes that break future event sets.
enum class Spread { tight, exponential, twoScales, oneInstant, mixed, huge };

std::int64_t ahead(Spread spread, Draw& draw) {
    switch (spread) {
    case Spread::tight:
        return static_cast<std::int64_t>(draw.below(3));
    case Spread::exponential: // a geometric number of halvings: the shape without a logarithm
        return static_cast<std::int64_t>(draw.below(1'000'000) << draw.below(5));
    case Spread::twoScales:
        return draw.happens(0.9) ? static_cast<std::int64_t>(draw.below(100))
                                 : static_cast<std::int64_t>(1'000'000'000 + draw.below(50));
    case Spread::oneInstant:
        return draw.happens(0.999) ? 0 : 1;
    case Spread::mixed:
        return static_cast<std::int64_t>(draw.bits() >> (24 + draw.below(40)));
    case Spread::huge:
        return static_cast<std::int64_t>(draw.bits() >> 3);
    }
    return 0;
}

// The agenda and the model side by side.
struct Pair {
    Agenda agenda;
    Model model;
    std::uint64_t made = 0;

    void schedule(SimTime at, Priority priority) {
        const DueKey what{static_cast<std::uint8_t>(made % 7), static_cast<std::uint32_t>(made), made * 3};
        model.insert(Due{at, agenda.allotted(), priority, what});
        agenda.schedule(at, priority, what);
        ++made;
    }
    bool popAgrees(Due& due) {
        const Due expected = *model.begin();
        model.erase(model.begin());
        const std::optional<Due> seen = agenda.peek();
        due = agenda.pop();
        return due == expected && seen == expected && agenda.size() == model.size();
    }
};

SimTime later(SimTime now, std::int64_t ahead) {
    const std::int64_t room = SimTime::max().time_since_epoch().count() - 1 - now.time_since_epoch().count();
    return now + Duration{std::min(ahead, room)};
}

} // namespace

class TestAgenda : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void equalTimesRunByPriorityThenSequence();
    void reservedSequenceKeepsItsPlace();
    void popsInTheModelsOrder_data();
    void popsInTheModelsOrder();
    void growsAndDrainsInTheModelsOrder();
    void duesBeforeTheLastOnePoppedAreNext();
    void dueForTheWholeRangeOfTimes();
    void copyGoesOnIdentically();
    void upcomingShowsTheFirstInOrder();
    void anyOfTheTiesCanBeBroughtForward();
    void manyDuesOfOneInstantAreNotQuadratic();
};

void TestAgenda::equalTimesRunByPriorityThenSequence() {
    Agenda agenda;
    const SimTime at{5s};
    agenda.schedule(at, Priority::source, {1, 0, 0});
    agenda.schedule(at, Priority::work, {2, 0, 0});
    agenda.schedule(at, Priority::command, {3, 0, 0});
    agenda.schedule(at, Priority::work, {4, 0, 0});
    agenda.schedule(at, Priority::broker, {5, 0, 0});
    agenda.schedule(SimTime{4s}, Priority::source, {6, 0, 0});
    std::vector<int> kinds;
    while (!agenda.empty())
        kinds.push_back(agenda.pop().what.kind);
    QCOMPARE(kinds, (std::vector<int>{6, 3, 5, 2, 4, 1}));
    QVERIFY(!agenda.peek().has_value());
}

void TestAgenda::reservedSequenceKeepsItsPlace() {
    Agenda agenda;
    const std::uint64_t deadline = agenda.reserve();
    agenda.schedule(SimTime{1s}, Priority::broker, {1, 0, 0});
    agenda.scheduleReserved(SimTime{1s}, Priority::broker, deadline, {2, 0, 0});
    QCOMPARE(agenda.allotted(), 2u);
    const Due first = agenda.pop();
    QCOMPARE(first.what.kind, 2);
    QCOMPARE(first.sequence, deadline);
    QCOMPARE(agenda.pop().what.kind, 1);
}

void TestAgenda::popsInTheModelsOrder_data() {
    QTest::addColumn<int>("spread");
    QTest::addColumn<int>("pending");
    const char* names[] = {"tight", "exponential", "two scales", "one instant", "mixed", "huge"};
    for (int spread = 0; spread <= static_cast<int>(Spread::huge); ++spread)
        for (const int pending : {1, 2, 10, 23, 25, 47, 49, 65, 300, 1'000, 10'000, 100'000})
            QTest::addRow("%s, %d", names[spread], pending) << spread << pending;
}

void TestAgenda::popsInTheModelsOrder() {
    QFETCH(int, spread);
    QFETCH(int, pending);
    const Stream stream(7, "agenda");
    Pair pair;
    std::uint64_t step = 0;
    const auto add = [&](SimTime now) {
        Draw draw = stream.draw(++step, static_cast<std::uint64_t>(spread));
        const auto priority = static_cast<Priority>(draw.below(4));
        pair.schedule(later(now, ahead(static_cast<Spread>(spread), draw)), priority);
    };
    for (int i = 0; i < pending; ++i)
        add(SimTime{});
    // Hold, now and then none or several for one, so that the size wanders; then drain.
    const int holds = std::max(4'000, pending * 2);
    for (int i = 0; i < holds && !pair.model.empty(); ++i) {
        Due due;
        QVERIFY2(pair.popAgrees(due), qPrintable(QString("seed 7, hold %1").arg(i)));
        const std::uint64_t more = Stream(7, "more").draw(static_cast<std::uint64_t>(i)).below(8);
        for (int k = more == 0 ? 0 : more == 1 ? 2 : 1; k > 0; --k)
            add(due.at);
    }
    for (int i = 0; !pair.model.empty(); ++i) {
        Due due;
        QVERIFY2(pair.popAgrees(due), qPrintable(QString("seed 7, draining, %1").arg(i)));
    }
    QVERIFY(pair.agenda.empty());
}

void TestAgenda::growsAndDrainsInTheModelsOrder() {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const Stream stream(seed, "waves");
        Pair pair;
        SimTime now{};
        for (std::uint64_t wave = 0; wave < 12; ++wave) {
            Draw shape = stream.draw(wave, 1);
            const auto spread = static_cast<Spread>(shape.below(5));
            const std::uint64_t adds = std::uint64_t{1} << shape.below(11);
            const std::uint64_t pops = std::uint64_t{1} << shape.below(11);
            for (std::uint64_t i = 0; i < adds; ++i) {
                Draw draw = stream.draw(wave * 10'000 + i);
                const auto priority = static_cast<Priority>(draw.below(4));
                pair.schedule(later(now, ahead(spread, draw)), priority);
            }
            for (std::uint64_t i = 0; i < pops && !pair.model.empty(); ++i) {
                Due due;
                QVERIFY2(pair.popAgrees(due),
                         qPrintable(QString("seed %1, wave %2, pop %3").arg(seed).arg(wave).arg(i)));
                now = due.at;
            }
        }
    }
}

void TestAgenda::duesBeforeTheLastOnePoppedAreNext() {
    Pair pair;
    const Stream stream(3, "past");
    for (std::uint64_t i = 0; i < 2'000; ++i)
        pair.schedule(SimTime{Duration{static_cast<std::int64_t>(stream.draw(i).below(1'000'000))}}, Priority::work);
    for (std::uint64_t i = 0; i < 6'000 && !pair.model.empty(); ++i) {
        Due due;
        QVERIFY2(pair.popAgrees(due), qPrintable(QString("seed 3, pop %1").arg(i)));
        if (i % 3 != 0) // anywhere in the range, so mostly in the past once half is run
            pair.schedule(SimTime{Duration{static_cast<std::int64_t>(stream.draw(i, 1).below(1'000'000))}},
                          Priority::broker);
    }
}

void TestAgenda::dueForTheWholeRangeOfTimes() {
    Pair pair;
    const Stream stream(5, "range");
    for (std::uint64_t i = 0; i < 500; ++i) {
        const auto anywhere = static_cast<std::int64_t>(stream.draw(i).bits());
        pair.schedule(SimTime{Duration{std::min(anywhere, std::numeric_limits<std::int64_t>::max() - 1)}},
                      Priority::work);
        pair.schedule(SimTime::max() - 1ns, Priority::work);
        pair.schedule(SimTime::min(), Priority::source);
    }
    for (int i = 0; !pair.model.empty(); ++i) {
        Due due;
        QVERIFY2(pair.popAgrees(due), qPrintable(QString("seed 5, pop %1").arg(i)));
    }
}

void TestAgenda::copyGoesOnIdentically() {
    const Stream stream(11, "copy");
    for (const std::uint64_t pending : {5u, 40u, 3'000u}) {
        Agenda agenda;
        std::uint64_t step = 0;
        const auto run = [&](Agenda& one, std::uint64_t from, int holds, std::vector<Due>& seen) {
            for (int i = 0; i < holds; ++i) {
                const Due due = one.pop();
                seen.push_back(due);
                Draw draw = stream.draw(from + static_cast<std::uint64_t>(i));
                const auto gap = static_cast<std::int64_t>(draw.below(5'000));
                one.schedule(due.at + Duration{gap}, Priority::work, {0, 0, static_cast<std::uint64_t>(i)});
            }
        };
        for (; step < pending; ++step) {
            Draw draw = stream.draw(step);
            agenda.schedule(SimTime{Duration{static_cast<std::int64_t>(draw.below(5'000))}}, Priority::work, {});
        }
        std::vector<Due> before, original, copied;
        run(agenda, 10'000, 1'234, before);
        Agenda snapshot = agenda;
        run(agenda, 20'000, 5'000, original);
        run(snapshot, 20'000, 5'000, copied);
        QVERIFY(original == copied);
        QCOMPARE(original.size(), std::size_t{5'000});
        QCOMPARE(snapshot.allotted(), agenda.allotted());
    }
}

void TestAgenda::upcomingShowsTheFirstInOrder() {
    Pair pair;
    const Stream stream(13, "upcoming");
    for (std::uint64_t i = 0; i < 5'000; ++i) {
        Draw draw = stream.draw(i);
        pair.schedule(SimTime{Duration{ahead(Spread::mixed, draw)}}, static_cast<Priority>(draw.below(4)));
        Due due;
        if (i % 5 == 4)
            QVERIFY(pair.popAgrees(due));
        if (i % 97 != 0)
            continue;
        for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{50}, std::size_t{100'000}}) {
            const std::vector<Due> seen = pair.agenda.upcoming(count);
            QCOMPARE(seen.size(), std::min(count, pair.model.size()));
            QVERIFY(std::equal(seen.begin(), seen.end(), pair.model.begin()));
        }
    }
}

void TestAgenda::anyOfTheTiesCanBeBroughtForward() {
    Agenda agenda;
    QCOMPARE(agenda.ties(), std::size_t{0});
    for (std::uint8_t kind = 1; kind <= 3; ++kind)
        agenda.schedule(SimTime{1s}, Priority::work, {kind, 0, 0});
    agenda.schedule(SimTime{1s}, Priority::source, {4, 0, 0});
    agenda.schedule(SimTime{2s}, Priority::work, {5, 0, 0});
    QCOMPARE(agenda.ties(), std::size_t{3});
    agenda.bringForward(2);
    QCOMPARE(agenda.ties(), std::size_t{3});
    agenda.schedule(SimTime{1s}, Priority::work, {6, 0, 0});
    std::vector<int> kinds;
    while (!agenda.empty())
        kinds.push_back(agenda.pop().what.kind);
    QCOMPARE(kinds, (std::vector<int>{3, 1, 2, 6, 4, 5}));
}

void TestAgenda::manyDuesOfOneInstantAreNotQuadratic() {
    // A million dues at one instant, each in front of the ones before by priority or behind by sequence; quadratic work
    // would take hours, so passing at all is the proof.
    Agenda agenda;
    constexpr std::uint64_t count = 1'000'000;
    for (std::uint64_t i = 0; i < count; ++i)
        agenda.schedule(SimTime{1s}, static_cast<Priority>(3 - i * 4 / count), {0, 0, i});
    Due last = agenda.pop();
    for (std::uint64_t i = 1; i < count; ++i) {
        const Due due = agenda.pop();
        QVERIFY(runsBefore(last, due));
        last = due;
    }
    QVERIFY(agenda.empty());
}

QTEST_APPLESS_MAIN(TestAgenda)
#include "tst_agenda.moc"
