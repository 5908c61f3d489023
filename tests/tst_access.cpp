// What a protocol costs between a service and the broker: time of each publish, delivery and ack, round trips, bytes.
// Exact times, from scenarios as files give them.
#include "core/scenario/check.h"
#include "core/scenario/profile.h"
#include "support/played_scenario.h"
#include "support/way_scenarios.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

namespace {

QString refusal(const std::string& more) {
    const auto loaded = loadScenario(JobScenario{.more = more}.text());
    return loaded ? QStringLiteral("accepted") : QString::fromStdString(loaded.error().front().text());
}

std::string accessOf(const char* profile, const char* access) {
    return R"("profile": ")" + std::string(profile) + R"(", )" + links(way("*", R"("access": )" + std::string(access)));
}

} // namespace

class TestAccess : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void eachPublishDeliveryAndAckCostsItsTime();
    void roundTripsComeBeforePublishesAndDeliveries();
    void aDelayOfTheLinkIsInEachRoundTrip();
    void sizeAndOverheadTakeTimeByTheBandwidth();
    void costsAreDrawnOnTheirOwn();
    void whatCostsNothingChangesNothing();
    void aProtocolCostsWhatTheProfileSays();
    void aProtocolOfAChannelsOwnProfileIsKnown();
    void aProfileThatKnowsNoProtocolsLeavesTheNameOut();
    void aNameThatNobodyKnowsIsRefused();
    void nodesHaveNoAccess();
    void theSameWorkloadOverAnotherProtocolIsOneChangedWord();
    void aProtocolCanBeChangedWhileItRuns();
    void overheadWithoutBandwidthIsFound();
};

void TestAccess::eachPublishDeliveryAndAckCostsItsTime() {
    const std::string costs = links(way("*", R"("access": { "publish": "1ms", "delivery": "20ms", "ack": "300ms" })"));
    QCOMPARE(played(JobScenario{.more = costs}.text()).log({routed, started, acked}),
             QStringLiteral("1.001 routed 1; 1.021 started 1; 1.321 acked 1"));
    // The broker's answer is a word like an ack.
    QCOMPARE(played(JobScenario{.more = costs, .publish = R"(, "confirm": true)"}.text()).log({routed, confirmed}),
             QStringLiteral("1.001 routed 1; 1.301 confirmed 1"));
}

void TestAccess::roundTripsComeBeforePublishesAndDeliveries() {
    const std::string costs = links(way("*", R"("latency": "10ms", "access": { "roundTrips": 1 })"));
    QCOMPARE(played(JobScenario{.more = costs, .publish = R"(, "confirm": true)"}.text())
                 .log({routed, confirmed, started, acked}),
             QStringLiteral("1.03 routed 1; 1.04 confirmed 1; 1.06 started 1; 1.07 acked 1"));
}

void TestAccess::aDelayOfTheLinkIsInEachRoundTrip() {
    const std::string costs = links(way("shop", R"("access": { "roundTrips": 2 })"));
    const std::string delay = faults(R"({ "at": "0s", "delay": ["shop", "broker"], "by": "10ms" })");
    QCOMPARE(played(JobScenario{.more = costs + ", " + delay}.text()).log({routed}), QStringLiteral("1.05 routed 1"));
    QCOMPARE(played(JobScenario{.more = costs}.text()).log({routed}), QStringLiteral("1 routed 1"));
}

void TestAccess::sizeAndOverheadTakeTimeByTheBandwidth() {
    const std::string costs = links(way("*", R"("bandwidth": "10KiB", "access": { "overhead": "1KiB" })"));
    QCOMPARE(played(JobScenario{.more = costs, .event = R"("size": "4KiB")"}.text()).log({routed, started, acked}),
             QStringLiteral("1.5 routed 1; 2 started 1; 2.1 acked 1"));
    const std::string plain = links(way("*", R"("bandwidth": "10KiB")"));
    QCOMPARE(played(JobScenario{.more = plain, .event = R"("size": "4KiB")"}.text()).log({routed, started, acked}),
             QStringLiteral("1.4 routed 1; 1.8 started 1; 1.8 acked 1"));
}

// What a protocol takes leaves the hops' own draws as they are.
void TestAccess::costsAreDrawnOnTheirOwn() {
    const std::string arrivals = R"("every": "10ms", "count": 100)";
    const auto routedAt = [&](const std::string& settings) {
        std::vector<double> times;
        played(JobScenario{.arrivals = arrivals, .more = links(way("shop", settings))}.text())
            .forEach([&](const Record& record) {
                if (record.kind == routed)
                    times.push_back(seconds(record.at));
            });
        std::sort(times.begin(), times.end());
        return times;
    };
    const std::vector<double> way = routedAt(R"("latency": { "uniform": { "low": "1ms", "high": "5ms" } })");
    const std::vector<double> costly =
        routedAt(R"("latency": { "uniform": { "low": "1ms", "high": "5ms" } }, "access": { "publish": "1s" })");
    QCOMPARE(costly.size(), std::size_t{100});
    for (std::size_t i = 0; i < way.size(); ++i)
        QVERIFY(std::abs(costly[i] - way[i] - 1) < 1e-9);
}

void TestAccess::whatCostsNothingChangesNothing() {
    const JobScenario plain{.arrivals = R"("every": "10ms", "count": 500)",
                            .more = R"("notes": "")",
                            .handler = R"(, "takes": { "exponential": "9ms" }, "fails": 0.1)",
                            .queue = R"(, "retry": { "max": 2 }, "ackTimeout": "1s")"};
    JobScenario with = plain;
    with.more = links(way("*", R"("access": { "overhead": "1KiB", "roundTrips": 3 })"));
    const PlayedScenario before = played(plain.text()), after = played(with.text());
    QCOMPARE(after.recorder->fingerprint(), before.recorder->fingerprint());
    QCOMPARE(after.simulation->dues(), before.simulation->dues());
}

void TestAccess::aProtocolCostsWhatTheProfileSays() {
    const Profile profile = *Profile::named("eventmesh");
    for (const auto& [protocol, bytes] : {std::pair("tcp", 100), std::pair("grpc", 120), std::pair("http", 600)}) {
        QVERIFY(profile.access().member(protocol));
        const auto scenario = loadScenario(
            JobScenario{.more = accessOf("eventmesh", ('"' + std::string(protocol) + '"').c_str())}.text());
        QVERIFY(scenario.ok());
        QCOMPARE(scenario->links.front().access.overhead.count, std::int64_t{bytes});
        QVERIFY(scenario->leftOut.empty());
    }
}

void TestAccess::aProtocolOfAChannelsOwnProfileIsKnown() {
    const JobScenario one{.more = R"("profile": "kafka", )" + links(way("*", R"("access": "http")")),
                          .queue = R"(, "profile": "eventmesh")"};
    const auto scenario = loadScenario(one.text());
    QVERIFY(scenario.ok());
    QCOMPARE(scenario->links.front().access.overhead.count, std::int64_t{600});
}

void TestAccess::aProfileThatKnowsNoProtocolsLeavesTheNameOut() {
    const auto scenario = loadScenario(JobScenario{.more = accessOf("rabbitmq-classic", R"("http")")}.text());
    QVERIFY(scenario.ok());
    QCOMPARE(scenario->links.front().access.overhead.count, std::int64_t{0});
    QCOMPARE(scenario->leftOut.size(), std::size_t{1});
    QCOMPARE(scenario->leftOut.front().where, std::string("/links/0/access"));
    const auto findings = check(*scenario);
    QVERIFY(std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.code == "profileLeavesOut" && finding.where == "/links/0/access";
    }));
    // Costs of one's own hold for any broker.
    const auto own = loadScenario(JobScenario{.more = accessOf("rabbitmq-classic", R"({ "overhead": "7B" })")}.text());
    QCOMPARE(own->links.front().access.overhead.count, std::int64_t{7});
    QVERIFY(own->leftOut.empty());
}

void TestAccess::aNameThatNobodyKnowsIsRefused() {
    const QString need = "/links/0/access: needs a protocol that the profile has, or costs such as "
                         "{\"roundTrips\": 1}, got ";
    QCOMPARE(refusal(accessOf("eventmesh", R"("htttp")")), need + "\"htttp\"");
    QCOMPARE(refusal(links(way("*", R"("access": "http")"))), need + "\"http\"");
    QCOMPARE(refusal(links(way("*", R"("bandwidth": "0B")"))),
             QStringLiteral("/links/0/bandwidth: needs a size above 0, which passes in a second, got \"0B\""));
}

void TestAccess::nodesHaveNoAccess() {
    QCOMPARE(refusal(R"("nodes": { "one": {}, "other": {} }, )"
                     R"("links": [ { "between": ["one", "other"], "access": { "roundTrips": 1 } } ])"),
             QStringLiteral("/links/0/access: needs a service at one end: what nodes send each other has no size "
                            "here, got {\"roundTrips\":1}"));
}

void TestAccess::theSameWorkloadOverAnotherProtocolIsOneChangedWord() {
    const auto lastAck = [](const char* protocol) {
        SimTime last{};
        const std::string link = R"("profile": "eventmesh", )" +
                                 links(way("*", R"("bandwidth": "1MiB", "access": ")" + std::string(protocol) + '"'));
        played(JobScenario{.arrivals = R"("times": ["0s"])", .more = link, .event = R"("size": "1KiB")"}.text())
            .forEach([&](const Record& record) {
                if (record.kind == acked)
                    last = record.at;
            });
        return last.time_since_epoch().count();
    };
    // Two messages and an ack: 2 x 1,024 bytes, and three times the overhead.
    QCOMPARE(lastAck("tcp"), std::int64_t{2'239'227});  // 2,348 bytes
    QCOMPARE(lastAck("http"), std::int64_t{3'669'739}); // 3,848 bytes
}

void TestAccess::aProtocolCanBeChangedWhileItRuns() {
    const std::string slow =
        R"("profile": "eventmesh", )" + links(way("shop", R"("bandwidth": "1000B", "access": "tcp")"));
    PlayedScenario run = opened(JobScenario{.arrivals = R"("times": ["1s", "3s"])", .more = slow}.text());
    run.simulation->run(SimTime{2s}, UINT64_MAX, *run.recorder);
    run.simulation->waitUntil(SimTime{2s});
    const Command set{.kind = CommandKind::set, .pointer = "/links/0/access", .value = Value("http")};
    QVERIFY(run.simulation->apply(set, *run.recorder).ok());
    run.simulation->run(SimTime{5s}, UINT64_MAX, *run.recorder);
    QCOMPARE(run.log({routed}), QStringLiteral("1.1 routed 1; 3.6 routed 2"));
}

void TestAccess::overheadWithoutBandwidthIsFound() {
    const auto codes = [](const std::string& more) {
        QStringList found;
        for (const Finding& finding : check(loadScenario(JobScenario{.more = more}.text()).value()))
            if (finding.code == "idleOverhead")
                found << QString::fromStdString(finding.where);
        return found;
    };
    QCOMPARE(codes(accessOf("eventmesh", R"("http")")), QStringList{"/links/0/access"});
    QCOMPARE(codes(links(way("*", R"("access": { "overhead": "1B" }, "bandwidth": "1MiB")"))), QStringList());
    QCOMPARE(codes(links(way("*", R"("access": { "publish": "1ms" })"))), QStringList());
}

QTEST_GUILESS_MAIN(TestAccess)
#include "tst_access.moc"
