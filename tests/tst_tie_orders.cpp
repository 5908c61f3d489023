// Dues at one instant with one priority run in the order in which they were scheduled; any other order would do as
// well. Here small scenarios run in every order that there is, each with the invariants checked after every record.
// What is conserved comes out alike in all of them: how much was published, that it is accounted for, and, where
// nothing depends on who comes first, what became of it. A failure prints the choices that led to it.
#include "core/scenario/load.h"
#include "support/invariants/checker.h"

#include <QTest>

#include <string>
#include <vector>

using namespace weir;
using invariants::Checker;

namespace {

constexpr std::size_t ordersMax = 50'000; // of one scenario: more would not be small

// One way through the ties of a run: the choice at each, and of how many.
class Way {
  public:
    std::size_t choose(std::size_t ties) {
        if (m_at == m_choices.size())
            m_choices.push_back({0, ties});
        return m_choices[m_at++].which;
    }
    // The next way, in the order of an odometer; false where this was the last.
    bool advance() {
        m_choices.resize(m_at);
        m_at = 0;
        while (!m_choices.empty() && m_choices.back().which + 1 == m_choices.back().of)
            m_choices.pop_back();
        if (m_choices.empty())
            return false;
        ++m_choices.back().which;
        return true;
    }
    std::string text() const {
        std::string text;
        for (const Choice& choice : m_choices)
            text += std::to_string(choice.which) + "/" + std::to_string(choice.of) + " ";
        return text;
    }

  private:
    struct Choice {
        std::size_t which, of;
    };
    std::vector<Choice> m_choices;
    std::size_t m_at = 0;
};

// What must be alike in every order.
struct Totals {
    std::int64_t published = 0;
    CopyCounts copies; // where `same` says so
    MessageCounts messages;
    bool operator==(const Totals&) const = default;
};

std::shared_ptr<const Model> modelOf(const std::string& text) {
    const auto scenario = loadScenario(text);
    if (!scenario)
        qFatal("%s in %s", scenario.error().front().text().c_str(), text.c_str());
    const auto model = Model::compile(*scenario);
    if (!model)
        qFatal("%s in %s", model.error().front().text().c_str(), text.c_str());
    return *model;
}

std::string scenario(const std::string& channels, const std::string& services, const std::string& more = {}) {
    return R"({"weir":"1","run":{"for":"end"},"events":{"a":{"key":"data.k","data":{"k":"x{count}"}},"b":{}},)"
           R"("channels":{)" +
           channels + R"(},"services":{)" + services + "}" + more + "}";
}
std::string quoted(const std::string& name) {
    return "\"" + name + "\"";
}
// So many events, one each 10 ms from the first on.
std::string source(const std::string& name, const std::string& to, int count, const std::string& more = {}) {
    return quoted(name) + R"(:{"sources":[{"emit":"a","to":)" + quoted(to) +
           R"(,"arrivals":{"every":"10ms","count":)" + std::to_string(count) + "}" + more + "}]}";
}
std::string worker(const std::string& name, const std::string& on, const std::string& more = {}) {
    return quoted(name) + R"(:{"handlers":[{"on":)" + quoted(on) + R"(,"takes":"10ms")" + more + "}]}";
}

} // namespace

class TestTieOrders : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyOrderKeepsTheInvariants_data();
    void everyOrderKeepsTheInvariants();
    void theChoiceIsFelt();

  private:
    std::size_t m_orders = 0;
};

void TestTieOrders::everyOrderKeepsTheInvariants_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("same"); // what becomes of messages and copies does not depend on the order
    const auto row = [](const char* name, bool same, const std::string& text) {
        QTest::newRow(name) << QString::fromStdString(text) << same;
    };
    const std::string two = source("s", "q", 5) + "," + source("t", "q", 5);
    const auto queue = [](const std::string& fields) { return R"("q":{"kind":"queue")" + fields + "}"; };
    const std::string dead = R"(,"dead":{"kind":"queue"})";

    row("two producers, one consumer", true, scenario(queue(""), two + "," + worker("w", "q")));
    row("two producers, two consumers", true,
        scenario(queue(""), two + "," + worker("w", "q") + "," + worker("v", "q")));
    row("a full queue refuses", false,
        scenario(queue(R"(,"capacity":1,"overflow":"reject")"), two + "," + worker("w", "q")));
    row("a full queue drops its oldest", false,
        scenario(queue(R"(,"capacity":1,"overflow":"dropOldest")"), two + "," + worker("w", "q")));
    row("a full queue blocks", true,
        scenario(queue(R"(,"capacity":1,"overflow":"block")"), two + "," + worker("w", "q")));
    row("blocked producers give up in time", false,
        scenario(queue(R"(,"capacity":1,"overflow":"block")"), source("s", "q", 3, R"(,"timeout":"10ms")") + "," +
                                                                   source("t", "q", 3, R"(,"timeout":"10ms")") + "," +
                                                                   worker("w", "q")));
    row("time to live ends when a worker is free", false,
        scenario(queue(R"(,"ttl":"10ms","deadLetter":"dead")") + dead, two + "," + worker("w", "q")));
    row("ack timeout at the end of the work", false,
        scenario(queue(R"(,"ackTimeout":"10ms","retry":{"max":1,"backoff":"none"},"deadLetter":"dead")") + dead,
                 source("s", "q", 2) + "," + source("t", "q", 1) + "," + worker("w", "q")));
    row("late acks count", false,
        scenario(queue(R"(,"ackTimeout":"10ms","lateAcks":"accepted","retry":{"max":1,"backoff":"none"})"),
                 source("s", "q", 2) + "," + source("t", "q", 1) + "," + worker("w", "q")));
    row("a retry comes back with the next message", true,
        scenario(queue(R"(,"retry":{"max":1,"backoff":"fixed","first":"10ms"},"deadLetter":"dead")") + dead,
                 source("s", "q", 2) + "," + source("t", "q", 1) + "," +
                     worker("w", "q", R"(,"fails":[{"attempts":1}])")));
    row("a requeue to the tail", true,
        scenario(queue(R"(,"requeueTo":"tail","retry":{"max":1,"backoff":"none"},"deadLetter":"dead")") + dead,
                 two + "," + worker("w", "q", R"(,"fails":[{"attempts":1}])")));
    row("two priorities", true,
        scenario(queue(R"(,"priorities":1)"),
                 source("s", "q", 3) + "," + source("t", "q", 3, R"(,"priority":1)") + "," + worker("w", "q")));
    row("delayed messages become ready together", true,
        scenario(queue(R"(,"delay":"10ms")"), two + "," + worker("w", "q")));
    row("one queue sends its dead to another", true,
        scenario(queue(R"(,"deadLetter":"dead")") + dead,
                 two + "," + worker("w", "q", R"(,"fails":[{"how":"reject","probability":1}])") + "," + worker("v", "dead")));
    row("exclusive", true,
        scenario(queue(R"(,"dispatch":"exclusive")"), two + "," + worker("w", "q") + "," + worker("v", "q")));
    row("the single active consumer dies at an arrival", true,
        scenario(queue(R"(,"dispatch":"singleActive","retry":{"max":3,"backoff":"none"})"),
                 two + "," + worker("w", "q") + "," + worker("v", "q"),
                 R"(,"faults":[{"at":"10ms","crash":"w","for":"10ms"}])"));
    row("failover and back", true,
        scenario(queue(R"(,"dispatch":"failover","retry":{"max":3,"backoff":"none"})"),
                 two + "," + worker("w", "q") + "," + worker("v", "q"),
                 R"(,"faults":[{"at":"10ms","crash":"w","for":"10ms"},{"at":"10ms","crash":"v","for":"10ms"}])"));
    row("keys of their own", true,
        scenario(queue(R"(,"dispatch":"keyShared")"), two + "," + worker("w", "q") + "," + worker("v", "q")));
    row("a topic with two queues", true,
        scenario(
            R"("x":{"kind":"topic"},"q":{"kind":"queue","bind":[{"to":"x"}]},"r":{"kind":"queue","bind":[{"to":"x"}]})",
            source("s", "x", 2) + "," + source("t", "x", 2) + "," + worker("w", "q") + "," + worker("v", "r")));
    row("a stream of two partitions", true,
        scenario(R"("q":{"kind":"stream","partitions":2})", two + "," + worker("w", "q")));
    row("a group loses a member", true,
        scenario(R"("q":{"kind":"stream","partitions":2,"group":{"assignor":"range","rebalanceTakes":"10ms"}})",
                 source("s", "q", 3) + "," + source("t", "q", 2) +
                     R"(,"w":{"instances":2,"handlers":[{"on":"q","takes":"10ms"}]})",
                 R"(,"faults":[{"at":"10ms","crash":"w","instance":0,"for":"10ms"}])"));
    row("a stream forgets while it is read", false,
        scenario(R"("q":{"kind":"stream","retain":{"count":1}})", two + "," + worker("w", "q")));
    row("the same id again at the end of the window", false,
        scenario(queue(R"(,"dedup":{"key":"data.k","window":"10ms"})"), two + "," + worker("w", "q")));
    row("a rate limit", true, scenario(queue(R"(,"rate":{"limit":"100/s","burst":1})"), two + "," + worker("w", "q")));
    row("a confirm that comes when its producer gives up waiting", false,
        scenario(queue(R"(,"rate":{"limit":"100/s","burst":1})"),
                 source("s", "q", 2, R"(,"confirm":{"timeout":"10ms","retries":0})") + "," +
                     source("t", "q", 2) + "," + worker("w", "q")));
    row("half messages asked for when they are told", true,
        scenario(queue(R"(,"checkBack":{"after":"10ms","every":"10ms","max":2})"),
                 source("s", "q", 2, R"(,"half":{"takes":"10ms"})") + "," + source("t", "q", 2) + "," +
                     worker("w", "q")));
    row("a batch that lingers", true,
        scenario(queue(""),
                 two + "," + worker("w", "q", R"(,"prefetch":4,"batch":{"max":3,"min":2,"linger":"10ms"})")));
    row("acks sent together", true,
        scenario(queue(""),
                 two + "," +
                     worker("w", "q", R"(,"prefetch":3,"ack":"cumulative","ackEvery":{"count":2,"interval":"10ms"})")));
    row("a transaction from queue to queue", true,
        scenario(
            queue(R"(,"retry":{"max":2,"backoff":"none"})") + R"(,"r":{"kind":"queue"})",
            source("s", "q", 2) + "," + source("t", "q", 1) + "," +
                worker(
                    "w", "q",
                    R"(,"transaction":true,"fails":[{"how":"crashAfterEffect","attempts":1}],"then":[{"emit":"b","to":"r"}])") +
                "," + worker("v", "r")));
    row("broadcast", true,
        scenario(queue(R"(,"dispatch":"broadcast")"),
                 source("s", "q", 2) + "," + source("t", "q", 2) + "," + worker("w", "q") + "," + worker("v", "q")));
}

void TestTieOrders::everyOrderKeepsTheInvariants() {
    QFETCH(QString, text);
    QFETCH(bool, same);
    const auto model = modelOf(text.toStdString());
    invariants::Exercised exercised;
    Way way;
    Totals first;
    std::size_t orders = 0;
    do {
        Checker checker(model, {}, exercised);
        checker.simulation.start(checker.recorder);
        bool going = true;
        while (going) {
            if (const std::size_t ties = checker.simulation.ties(); ties > 1)
                checker.simulation.bringForward(way.choose(ties));
            going = checker.step();
        }
        checker.finish();
        QVERIFY2(checker.broken().empty(), (checker.broken() + "; choices " + way.text()).c_str());
        QVERIFY2(checker.simulation.stopped(), way.text().c_str());
        const Ledger& ledger = checker.recorder.head().ledger();
        Totals outcome{.published = ledger.messages.published};
        if (same) {
            outcome.copies = ledger.copies;
            outcome.messages = ledger.messages;
        }
        if (orders == 0)
            first = outcome;
        QVERIFY2(outcome == first, ("other totals than in the first order; choices " + way.text()).c_str());
        QVERIFY2(++orders <= ordersMax, "too many orders for a small scenario");
    } while (way.advance());
    qInfo("%zu orders", orders);
    QVERIFY(orders > 1);
    m_orders += orders;
}

// A test that would go the same way each time could not fail.
void TestTieOrders::theChoiceIsFelt() {
    QVERIFY(m_orders > 1000);
    const auto model = modelOf(scenario(R"("q":{"kind":"queue"})", source("s", "q", 1) + "," + source("t", "q", 1)));
    std::vector<std::uint64_t> fingerprints;
    for (const std::size_t which : {0, 1}) {
        Simulation simulation(model);
        Recorder recorder(model->catalogue, {.recordsMax = 0});
        simulation.start(recorder);
        QCOMPARE(simulation.ties(), std::size_t{2});
        simulation.bringForward(which);
        simulation.run(SimTime::max(), UINT64_MAX, recorder);
        fingerprints.push_back(recorder.fingerprint());
    }
    QVERIFY(fingerprints[0] != fingerprints[1]);
}

QTEST_APPLESS_MAIN(TestTieOrders)
#include "tst_tie_orders.moc"
