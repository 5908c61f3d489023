// The swarm: what must hold whatever the scenario is, held to it after every record of thousands of random scenarios
// with faults. Odd seeds are any topology and policy that the model can express (random_scenario.h), even ones a file
// on the profile of a named broker (random_document.h), every profile in turn. The checkers (support/invariants) follow
// the records by themselves, not through the Picture that they check. Every fifth one is on broker nodes, with what
// goes wrong there:
//
//   I01 I02 I05-I08 I12-I16 I23 I27   copy_rules.cpp, copy_ends.cpp: each copy's life, each queue's order and room
//   I03 I04 I17 I18 I21 I26 I28       message_rules.cpp: causes, admission, transactions, confirms
//   I09 I10 I11                       group_rules.cpp: offsets, owners, commits
//   I01 I09 I18 I20                   passage_rules.cpp: outboxes, archives, what goes over to other clusters
//   I20 I23 I24 I25                   checker.cpp: figures, the Picture folded again, what is left at the end
//   I22                               here: repeated runs, journals, snapshots, the order of unrelated elements
//   I19                               nowhere: a scenario has no sagas (no orchestrator, nothing that compensates)
//
// A failure prints the seeds. One seed, or as many as you like by hand:
//   WEIR_SEEDS=4711 build/tests/bin/tst_invariants holdUnderEveryScenario
//   QTEST_FUNCTION_TIMEOUT=2000000000 WEIR_SEEDS=1-1000000 build/tests/bin/tst_invariants holdUnderEveryScenario
#include "core/scenario/check.h"
#include "core/scenario/profile.h"
#include "support/invariants/checker.h"
#include "support/random_command.h"
#include "support/random_document.h"
#include "support/random_parts.h"
#include "support/random_scenario.h"

#include <QTest>

#include <algorithm>
#include <initializer_list>
#include <map>

using namespace weir;
using invariants::Checker;

namespace {

constexpr std::uint64_t duesMax = 20'000;         // of a scenario that does not end by itself
constexpr std::uint64_t duesUnwarned = 4'000'000; // where the check says that it does end, which may take long

// Seeds far out that something was broken by: most went on for ever, or long, and no finding had warned of it.
constexpr std::uint64_t brokenOnce[] = {
    15'975,    17'626,    20'759,    47'915,    58'323,    74'355,    84'669,    87'117,    95'637,    105'494,
    112'517,   128'067,   158'833,   216'107,   230'699,   244'457,   253'353,   254'928,   286'371,   316'955,
    334'399,   334'498,   413'011,   464'931,   517'173,   543'481,   590'865,   731'837,   789'593,   826'621,
    831'815,   848'108,   945'243,   989'337,   1'033'539, 1'185'837, 2'060'745, 2'116'191, 2'204'925, 2'228'931,
    3'008'303, 3'019'171, 3'077'501, 5'009'917, 5'041'469, 6'004'059, 6'181'465, 6'253'377, 6'375'313};

struct Seeds {
    std::uint64_t first = 1, last = 6'000; // tests/CMakeLists.txt has others for a second process
};

Seeds seedsWanted() {
    const QByteArray given = qgetenv("WEIR_SEEDS");
    if (given.isEmpty())
        return {};
    const QList<QByteArray> ends = given.split('-');
    Seeds seeds{ends.front().toULongLong(), ends.back().toULongLong()};
    if (seeds.first == 0 || seeds.last < seeds.first || ends.size() > 2)
        qFatal("WEIR_SEEDS: needs one seed (4711) or the first and the last (1-1000000), got \"%s\"",
               given.constData());
    return seeds;
}

Scenario scenarioOf(std::uint64_t seed) {
    const auto profiles = Profile::names();
    Scenario scenario =
        seed % 2 == 1 ? randomScenario(seed) : randomScenarioOf(seed, profiles[seed / 2 % profiles.size()]);
    const bool parts = seed % 7 == 0 || seed % 7 == 3 || seed % 7 == 4, nodes = seed % 5 == 3;
    if (parts)
        scenario = withParts(std::move(scenario), seed);
    if (nodes)
        scenario = onNodes(std::move(scenario), seed);
    if (parts || nodes)
        scenario.document = Value(); // it is no longer what was read
    return scenario;
}

std::shared_ptr<const Model> modelOf(const Scenario& scenario, std::uint64_t seed) {
    auto model = Model::compile(scenario);
    if (!model)
        qFatal("seed %llu: %s", static_cast<unsigned long long>(seed), model.error().front().text().c_str());
    return std::move(model).value();
}

std::uint64_t fingerprintOf(const Scenario& scenario, std::uint64_t seed, std::uint64_t dues = duesMax) {
    const auto model = modelOf(scenario, seed);
    Simulation simulation(model);
    Recorder recorder(model->catalogue, {.recordsMax = 0});
    simulation.run(SimTime::max(), dues, recorder);
    return recorder.fingerprint();
}

bool isFoundIn(const std::vector<Finding>& findings, std::initializer_list<std::string_view> codes) {
    return std::any_of(findings.begin(), findings.end(), [&codes](const Finding& finding) {
        return std::find(codes.begin(), codes.end(), finding.code) != codes.end();
    });
}

bool hasRelays(const Scenario& scenario) {
    return std::any_of(scenario.services.begin(), scenario.services.end(),
                       [](const ServiceSpec& service) { return service.outbox.has_value(); });
}

bool extendsAckTimeouts(const Scenario& scenario) {
    return std::any_of(scenario.services.begin(), scenario.services.end(), [](const ServiceSpec& service) {
        return std::any_of(service.handlers.begin(), service.handlers.end(),
                           [](const HandlerSpec& handler) { return handler.extend.has_value(); });
    });
}

// Whether somebody may wait for good where a queue is full, and do something meanwhile: extend an ack timeout, or
// publish again from an outbox, whether it is blocked or refused.
bool doesSomethingWhileItWaits(const Scenario& scenario) {
    const bool extends = extendsAckTimeouts(scenario);
    const bool relays = hasRelays(scenario);
    return std::any_of(scenario.channels.begin(), scenario.channels.end(), [&](const ChannelSpec& channel) {
        if (channel.kind == ChannelKind::stream)
            return relays && channel.refuseWhenFull;
        return channel.bounded() &&
               ((channel.overflow == Overflow::block && (extends || relays)) ||
                (relays && (channel.overflow == Overflow::reject || channel.overflow == Overflow::rejectDeadLetter)));
    });
}

// Faults that do not end keep what a relay publishes from arriving for good; disks that stay full, what a handler
// publishes that extends its ack timeout meanwhile.
bool mayKeepSomebodyBusy(const Scenario& scenario) {
    const auto stays = [](const FaultSpec& fault) {
        return !fault.lasts && (fault.kind >= FaultKind::nodeDown ||
                                (fault.kind >= FaultKind::partition && fault.kind <= FaultKind::lose));
    };
    const auto staysFull = [](const FaultSpec& fault) { return !fault.lasts && fault.kind == FaultKind::diskFull; };
    const auto isThere = [&scenario](auto is) {
        return std::any_of(scenario.faults.begin(), scenario.faults.end(), is);
    };
    const bool fills = std::any_of(scenario.nodes.begin(), scenario.nodes.end(),
                                   [](const NodeSpec& node) { return node.disk.has_value(); });
    return (hasRelays(scenario) && (fills || isThere(stays))) ||
           (extendsAckTimeouts(scenario) && (fills || isThere(staysFull)));
}

// Whether a member may be taken for stuck: it gets the record anew each time, and where nothing before it was committed
// by the same draws, so that it needs as long again.
bool mayLeaveItsGroup(const Scenario& scenario) {
    return std::any_of(scenario.channels.begin(), scenario.channels.end(),
                       [](const ChannelSpec& channel) { return channel.group.maxPollInterval.has_value(); });
}

// I25: what goes on for ever was warned of; also what waits for good, where it does something meanwhile.
bool isWarnedOf(const Scenario& scenario) {
    const std::vector<Finding> findings = check(scenario);
    return isFoundIn(findings, {"deadLoop", "repeatLoop", "overflowLoop", "blockingLoop", "overload", "unboundedRetry",
                                "outboxStuck"}) ||
           mayKeepSomebodyBusy(scenario) || mayLeaveItsGroup(scenario) ||
           (isFoundIn(findings, {"allInSync"}) && hasRelays(scenario)) || // whose producers the loss of one stops
           (doesSomethingWhileItWaits(scenario) &&
            isFoundIn(findings, {"blockedForever", "ackLossForever", "pendingForever", "acksStuck", "stuckDelivery"}));
}

// What is broken by a seed's scenario; empty where nothing is.
std::string brokenIn(std::uint64_t seed, invariants::Exercised& exercised, std::uint64_t& records) {
    const Scenario scenario = scenarioOf(seed);
    Checker checker(modelOf(scenario, seed), {}, exercised);
    while (checker.step() && checker.simulation.dues() < duesMax) {
    }
    checker.look();
    const bool mustEnd = checker.broken().empty() && !checker.simulation.stopped() && !isWarnedOf(scenario);
    while (mustEnd && checker.step() && checker.simulation.dues() < duesUnwarned) {
    }
    std::string broken = checker.broken();
    if (broken.empty() && mustEnd && !checker.simulation.stopped())
        broken = "I25: goes on and on, and nobody had warned of it: seed " + std::to_string(seed);
    checker.finish();
    if (broken.empty())
        broken = checker.broken();
    if (broken.empty() && seed % 16 < 2 &&
        (exercised.add(22),
         fingerprintOf(scenario, seed, mustEnd ? duesUnwarned : duesMax) != checker.recorder.fingerprint()))
        broken = "I22: another run of the same gives another fingerprint: seed " + std::to_string(seed);
    records += checker.records();
    return broken;
}

} // namespace

class TestInvariants : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void holdUnderEveryScenario();
    void holdWhereTheyWereBrokenOnce();
    void holdWhateverCommandsAreGiven();
    void theOrderOfUnrelatedElementsDoesNotMatter();
    void aSnapshotAtARandomDueGoesOnIdentically();
};

void TestInvariants::holdUnderEveryScenario() {
    const Seeds seeds = seedsWanted();
    invariants::Exercised exercised;
    std::uint64_t records = 0;
    QStringList wrong;
    for (std::uint64_t seed = seeds.first; seed <= seeds.last && wrong.size() < 100; ++seed) {
        const std::string broken = brokenIn(seed, exercised, records);
        if (!broken.empty()) {
            wrong << QString::fromStdString(broken);
            qWarning("%s", broken.c_str());
        }
        if (seed % 10'000 == 0)
            qInfo("%llu scenarios, %llu records, %lld broken", static_cast<unsigned long long>(seed - seeds.first + 1),
                  static_cast<unsigned long long>(records), static_cast<long long>(wrong.size()));
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    if (seeds.last - seeds.first < 2'000)
        return;
    QVERIFY(records > 100 * (seeds.last - seeds.first)); // the scenarios were alive
    for (int invariant = 1; invariant <= static_cast<int>(invariants::count); ++invariant)
        QVERIFY2(exercised.of(invariant) > 0 || invariant == 19, qPrintable(QStringLiteral("I%1").arg(invariant)));
}

void TestInvariants::holdWhereTheyWereBrokenOnce() {
    invariants::Exercised exercised;
    std::uint64_t records = 0;
    for (const std::uint64_t seed : brokenOnce) {
        const std::string broken = brokenIn(seed, exercised, records);
        QVERIFY2(broken.empty(), broken.c_str());
    }
}

// And their journal gives the same run again.
void TestInvariants::holdWhateverCommandsAreGiven() {
    std::map<CommandKind, int> given;
    invariants::Exercised exercised;
    for (std::uint64_t seed = 1; seed <= 2'200; ++seed) {
        const auto model = modelOf(scenarioOf(seed), seed);
        Checker checker(model, {.commanded = true}, exercised);
        Journal journal;
        bool going = true;
        for (std::uint64_t due = 0; going && due < duesMax; ++due) {
            Draw draw = Stream(seed, "test/commands").draw(due);
            if (draw.happens(0.02)) {
                const Command command = randomCommand(*model, checker.simulation.messages(), draw);
                if (const auto entry = checker.simulation.apply(command, checker.recorder)) {
                    journal.push_back(*entry);
                    ++given[command.kind];
                }
                checker.look();
            }
            going = checker.step();
        }
        checker.finish();
        QVERIFY2(checker.broken().empty(), checker.broken().c_str());
        Simulation again(model);
        Recorder recorder(model->catalogue, {.recordsMax = 0});
        const bool whole = checker.simulation.stopped();
        const auto replayed = again.replay(journal, whole ? SimTime::max() : checker.simulation.now(), recorder);
        QVERIFY2(replayed.ok(), qPrintable(QStringLiteral("seed %1").arg(seed)));
        QVERIFY2(!whole || recorder.fingerprint() == checker.recorder.fingerprint(),
                 qPrintable(QStringLiteral("I22: seed %1").arg(seed)));
    }
    for (const auto& [kind, count] : given)
        QVERIFY2(count > 20,
                 qPrintable(QStringLiteral("command %1 was given %2 times").arg(static_cast<int>(kind)).arg(count)));
    QCOMPARE(given.size(), std::size_t{28});
}

void TestInvariants::theOrderOfUnrelatedElementsDoesNotMatter() {
    for (std::uint64_t seed = 1; seed <= 2'000; seed += 5) {
        const Scenario scenario = scenarioOf(seed);
        QVERIFY2(fingerprintOf(scenario, seed) == fingerprintOf(shuffled(scenario, seed), seed),
                 qPrintable(QStringLiteral("I22: seed %1").arg(seed)));
    }
}

void TestInvariants::aSnapshotAtARandomDueGoesOnIdentically() {
    for (std::uint64_t seed = 5; seed <= 2'000; seed += 5) {
        const auto model = modelOf(scenarioOf(seed), seed);
        Simulation simulation(model);
        Recorder before(model->catalogue, {.recordsMax = 0});
        simulation.run(SimTime::max(), Stream(seed, "test/due").draw(0).below(1'000), before);
        Simulation snapshot = simulation;
        Recorder one(model->catalogue, {.recordsMax = 0});
        Recorder other(model->catalogue, {.recordsMax = 0});
        simulation.run(SimTime::max(), duesMax, one);
        snapshot.run(SimTime::max(), duesMax, other);
        QVERIFY2(one.fingerprint() == other.fingerprint(), qPrintable(QStringLiteral("I20: seed %1").arg(seed)));
    }
}

QTEST_APPLESS_MAIN(TestInvariants)
#include "tst_invariants.moc"
