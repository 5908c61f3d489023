// The panels beside the trace: ledger line, outline, inspector, message details, and the figures and words they show.
#include "core/record/metrics.h"
#include "core/scenario/load.h"
#include "ui/canvas/faces.h"
#include "ui/details/details_view.h"
#include "ui/details/segment_bars.h"
#include "ui/document/document_editor.h"
#include "ui/inspector/fact_rows.h"
#include "ui/inspector/fault_actions.h"
#include "ui/inspector/finding_advice.h"
#include "ui/inspector/finding_text.h"
#include "ui/inspector/forms/form_line.h"
#include "ui/inspector/forms/form_view.h"
#include "ui/inspector/inspector_view.h"
#include "ui/inspector/parameter_changes.h"
#include "ui/inspector/side_panel.h"
#include "ui/inspector/sign_rows.h"
#include "ui/language.h"
#include "ui/ledger/ledger_bar.h"
#include "ui/outline/outline_view.h"
#include "ui/session/recent_past.h"
#include "ui/widgets/metric_tile.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

#include <cmath>

using namespace weir;
using namespace std::chrono_literals;

namespace {

// Ten jobs a second, each worked on for 20 ms by one of two workers, then told of; every third attempt fails.
constexpr std::string_view scenarioText = R"({
  "weir": "1", "title": { "en": "Panels", "zh": "面板" }, "notes": { "en": "Jobs are done.", "zh": "处理作业。" },
  "run": { "seed": 3, "for": "60s" },
  "events": { "job": { "title": { "en": "A job" }, "data": { "n": "{count}" } }, "done": { "data": { "n": "{event.data.n}" } } },
  "channels": {
    "work": { "kind": "topic" },
    "jobs": { "kind": "queue", "bind": [ { "to": "work", "pattern": "job" } ], "capacity": 1000, "overflow": "dropOldest",
              "ackTimeout": "30s", "retry": { "max": 1, "backoff": "fixed", "first": "1s" }, "deadLetter": "dead" },
    "results": { "kind": "queue", "bind": [ { "to": "work", "pattern": "done" } ], "capacity": 100000 },
    "dead": { "kind": "queue" }
  },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "work", "arrivals": { "rate": "10/s" } } ] },
    "consumer": { "title": { "en": "Workers" }, "instances": 2, "state": { "tally": { "done": 0 } },
                  "handlers": [ { "on": "jobs", "takes": "20ms", "fails": { "every": 3 }, "idempotent": true,
                                  "then": [ { "add": "tally", "key": "done" }, { "emit": "done", "to": "work" } ] } ] }
  }
})";

QString valueOf(const std::vector<Fact>& facts, const char* label) {
    for (const Fact& fact : facts)
        if (fact.label == QLatin1String(label))
            return fact.value;
    return QStringLiteral("(no such line)");
}

} // namespace

class TestPanels : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeSource>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void init();
    void cleanup();

    void theLedgerSaysWhatIsNotZero();
    void anOpenLedgerSaysByHowMuch();
    void theLedgersLineFollowsTheRun();

    void recentFiguresAreThoseOfTheLastTenSeconds();
    void ratesAreThoseOfTheEdges();
    void aStreamHasOneNumber();
    void recentFiguresForgetWhatLiesAhead();

    void theOutlineListsEverythingInTheFilesOrder();
    void clicksAndKeysInTheOutlineSelect();
    void theOutlineTellsOnlyWhatChanged();
    void aQueueHasOneNumberInAllViews();

    void behaviourIsSaidInWords();
    void aServiceShowsFiguresBehaviourStateAndFindings();
    void aChannelShowsItsOwn();
    void nothingSelectedShowsTheScenario();
    void aTitleOfAnyLengthIsShownInPart();
    void everyFindingHasALineOfItsOwn();

    void aLifeIsToldCopyByCopy();
    void detailsShowEventCausesAndRecords();
    void whatLiesAheadHasNotHappened();
    void clickingACauseSelectsIt();
    void thePanelTurnsToWhatWasSelectedLast();

  private:
    void runTo(SimTime time);
    // The first record of that kind whose event type has this name.
    std::uint64_t find(RecordKind kind, std::string_view type, std::uint64_t from = 0) const;
    void selectRecord(std::uint64_t index);

    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<DocumentEditor> m_editor;
    std::unique_ptr<ParameterChanges> m_changes;
    std::unique_ptr<FaultActions> m_faults;
};

void TestPanels::init() {
    m_session = std::make_unique<Session>();
    m_selection = std::make_unique<Selection>();
    m_editor = std::make_unique<DocumentEditor>(*m_session, *m_selection);
    m_changes = std::make_unique<ParameterChanges>(*m_session, *m_editor);
    m_faults = std::make_unique<FaultActions>(*m_session, *m_selection, *m_changes, *m_themes);
    QVERIFY(m_editor->open(std::string(scenarioText), {}).empty());
    m_session->setSpeed(Speed::max());
}

void TestPanels::cleanup() {
    m_faults.reset();
    m_changes.reset();
    m_editor.reset();
    m_selection.reset();
    m_session.reset();
}

void TestPanels::runTo(SimTime time) {
    m_session->runUntil(time);
    QTRY_VERIFY(!m_session->running());
    QCOMPARE(m_session->now(), time);
}

std::uint64_t TestPanels::find(RecordKind kind, std::string_view type, std::uint64_t from) const {
    const RecordReader reader(m_session->store());
    const EventTypeId wanted = m_session->catalogue()->eventType(type);
    while (!(reader.at(from).kind == kind && reader.at(from).type == wanted))
        ++from;
    return from;
}

void TestPanels::selectRecord(std::uint64_t index) {
    const Record record = RecordReader(m_session->store()).at(index);
    m_selection->selectRecord(index, record.ordinal, NodeRef::of(*m_session->catalogue(), record.place), record.type);
}

// --- ledger ---

void TestPanels::theLedgerSaysWhatIsNotZero() {
    Ledger ledger;
    ledger.copies = {.born = 37112, .ready = 188, .inFlight = 41, .acked = 36876, .deadLettered = 7};
    ledger.messages = {.published = 20000, .refused = 3, .routed = 19997};
    const LedgerWords words = ledgerWords(ledger);
    QVERIFY(words.closed);
    QCOMPARE(words.verdict, QStringLiteral("Ledger closed"));
    QCOMPARE(words.born, QStringLiteral("37\u202F112 copies"));
    QCOMPARE(words.outcomes, (QStringList{QStringLiteral("36\u202F876 acked"), QStringLiteral("188 ready"),
                                          QStringLiteral("41 in flight"), QStringLiteral("7 dead-lettered")}));
    QCOMPARE(words.messages, QStringLiteral("20\u202F000 messages published = 19\u202F997 routed + 3 refused"));
}

void TestPanels::anOpenLedgerSaysByHowMuch() {
    Ledger ledger;
    ledger.copies = {.born = 10, .acked = 7};
    QVERIFY(!ledgerWords(ledger).closed);
    QCOMPARE(ledgerWords(ledger).verdict, QStringLiteral("Ledger open: 3 copies differ"));
    Ledger one;
    one.copies = {.born = 1, .acked = 1};
    one.messages = {.published = 1, .routed = 1};
    QCOMPARE(ledgerWords(one).born, QStringLiteral("1 copy"));
    QCOMPARE(ledgerWords(one).messages, QStringLiteral("1 message published = 1 routed"));
    ledger.copies.acked = 10;
    ledger.messages.published = 1;
    QCOMPARE(ledgerWords(ledger).verdict, QStringLiteral("Ledger open: 1 messages differ"));
    ledger.messages = {};
    ledger.effectsLost = -1;
    QCOMPARE(ledgerWords(ledger).verdict, QStringLiteral("Ledger open: a count is below zero"));
}

void TestPanels::theLedgersLineFollowsTheRun() {
    LedgerBar bar(*m_session, *m_themes);
    bar.resize(900, 26);
    runTo(SimTime{5s});
    const CopyCounts& copies = m_session->picture().ledger().copies;
    QVERIFY(copies.acked > 0);
    QVERIFY(bar.text().contains(QStringLiteral("Ledger closed")));
    QVERIFY(bar.text().contains(QStringLiteral("%1 acked").arg(copies.acked)));
    QVERIFY(bar.text().contains(QStringLiteral("0 left out")));
    const QString before = bar.text();
    m_session->stepBack();
    QVERIFY(bar.text() != before);
}

// --- recent figures ---

void TestPanels::recentFiguresAreThoseOfTheLastTenSeconds() {
    RecentFigures recent;
    const Catalogue& catalogue = *m_session->catalogue();
    for (Duration at = 1s; at <= 30s; at += 1s) {
        runTo(SimTime{at});
        recent.take(m_session->picture(), catalogue);
    }
    // Ten attempts a second and those again after a second: of every three one fails.
    const RecentFigures::Service consumer = recent.service(catalogue.service("consumer"));
    QVERIFY(std::abs(consumer.failedShare - 1.0 / 3) < 0.01);
    // 10 first and 10 / 3 second attempts a second of 20 ms are shared by two workers.
    QVERIFY2(std::abs(consumer.utilisation - 0.1333) < 0.01, qPrintable(QString::number(consumer.utilisation)));
    const RecentFigures::Service producer = recent.service(catalogue.service("producer"));
    QVERIFY(std::abs(producer.published - 10) < 0.11);
    QVERIFY(std::isnan(producer.failedShare)); // it handles nothing
    QVERIFY(std::abs(recent.channel(catalogue.channel("jobs")).in - 10) < 0.5);
    QCOMPARE(recent.pastOf(catalogue.service("consumer")).size(), std::size_t{29});
}

// What a node sends and takes is what stands beside its edges.
void TestPanels::ratesAreThoseOfTheEdges() {
    runTo(SimTime{23456ms});
    RecentFigures recent;
    const Catalogue& catalogue = *m_session->catalogue();
    recent.take(m_session->picture(), catalogue);
    const Picture& picture = m_session->picture();
    const ServiceId producer = catalogue.service("producer");
    const ChannelId work = catalogue.channel("work"), jobs = catalogue.channel("jobs");
    const EdgeFigures* const sent = picture.edge(EdgeKind::publish, producer.index(), work.index());
    const EdgeFigures* const passed = picture.edge(EdgeKind::route, work.index(), jobs.index());
    QVERIFY(sent && passed);
    QVERIFY(sent->rate.perSecond(picture.time()) > 9);
    QCOMPARE(recent.service(producer).published, sent->rate.perSecond(picture.time()));
    QCOMPARE(recent.channel(jobs).in, passed->rate.perSecond(picture.time()));
}

// Of two groups the one furthest behind, on the canvas as in the outline.
void TestPanels::aStreamHasOneNumber() {
    auto scenario = loadScenario(R"({
      "weir": "1", "run": { "seed": 3, "for": "60s" }, "events": { "reading": {} },
      "channels": { "readings": { "kind": "stream" } },
      "services": {
        "sensor": { "sources": [ { "emit": "reading", "to": "readings", "arrivals": { "every": "100ms" } } ] },
        "slow": { "handlers": [ { "on": "readings", "takes": "300ms" } ] },
        "slower": { "handlers": [ { "on": "readings", "takes": "500ms" } ] } } })");
    QVERIFY(scenario.ok());
    QVERIFY(m_session->open(std::move(scenario).value(), {}).empty());
    runTo(SimTime{30s});
    const Catalogue& catalogue = *m_session->catalogue();
    const Picture& picture = m_session->picture();
    std::vector<std::int64_t> lags;
    for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i)
        lags.push_back(picture.lag(SubscriptionId{static_cast<std::uint16_t>(i)}, catalogue).value_or(0));
    QCOMPARE(lags.size(), std::size_t{2});
    QVERIFY(lags[0] > 100 && lags[1] > 100);
    RecentFigures recent;
    recent.take(picture, catalogue);
    QCOMPARE(recent.channel(catalogue.channel("readings")).depth, static_cast<double>(std::max(lags[0], lags[1])));
}

void TestPanels::recentFiguresForgetWhatLiesAhead() {
    RecentFigures recent;
    const Catalogue& catalogue = *m_session->catalogue();
    for (Duration at = 1s; at <= 10s; at += 1s) {
        runTo(SimTime{at});
        recent.take(m_session->picture(), catalogue);
    }
    const ServiceId consumer = catalogue.service("consumer");
    QCOMPARE(recent.pastOf(consumer).size(), std::size_t{9});
    m_session->seek(SimTime{4500ms});
    recent.take(m_session->picture(), catalogue);
    QCOMPARE(recent.pastOf(consumer).size(), std::size_t{4});
}

// --- outline ---

void TestPanels::theOutlineListsEverythingInTheFilesOrder() {
    OutlineView view(*m_session, *m_selection, *m_themes);
    const QAbstractItemModelTester tester(&view.outline(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QStringList names;
    for (int i = 0; i < view.outline().rowCount(); ++i)
        names << view.outline().index(i).data().toString();
    QCOMPARE(names, (QStringList{QStringLiteral("Services"), QStringLiteral("producer"), QStringLiteral("consumer"),
                                 QStringLiteral("Channels"), QStringLiteral("work"), QStringLiteral("jobs"),
                                 QStringLiteral("results"), QStringLiteral("dead"), QStringLiteral("Event types"),
                                 QStringLiteral("job"), QStringLiteral("done")}));
    QVERIFY(!(view.outline().flags(view.outline().index(0)) & Qt::ItemIsSelectable));
    QCOMPARE(view.outline().index(4).data(OutlineModel::ValueRole).toString(), QStringLiteral("topic"));
    QVERIFY(view.outline().index(7).data(OutlineModel::DeadLetterRole).toBool());
    runTo(SimTime{10s});
    // Nobody reads the results.
    const auto results = m_session->picture().channel(m_session->catalogue()->channel("results")).copies.ready;
    QVERIFY(results > 50);
    QCOMPARE(view.outline().index(6).data(OutlineModel::ValueRole).toString(), QString::number(results));
    QVERIFY(view.outline().index(2).data(OutlineModel::ShareRole).toDouble() > 0.1);
}

void TestPanels::clicksAndKeysInTheOutlineSelect() {
    OutlineView view(*m_session, *m_selection, *m_themes);
    view.resize(212, 500);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const auto click = [&](int row) {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(view.outline().index(row)).center());
    };
    click(2);
    QCOMPARE(m_selection->node(), NodeRef::of(m_session->catalogue()->service("consumer")));
    QTest::keyClick(&view, Qt::Key_Down); // over the header, to the first channel
    QCOMPARE(m_selection->node(), NodeRef::of(m_session->catalogue()->channel("work")));
    click(9);
    QCOMPARE(m_selection->eventType(), m_session->catalogue()->eventType("job"));
    click(9); // again: none
    QVERIFY(!m_selection->eventType().valid());
    m_selection->selectNode(NodeRef::of(m_session->catalogue()->channel("dead")));
    QCOMPARE(view.currentIndex().row(), 7);
}

void TestPanels::theOutlineTellsOnlyWhatChanged() {
    OutlineView view(*m_session, *m_selection, *m_themes);
    runTo(SimTime{3s});
    QSignalSpy changes(&view.outline(), &OutlineModel::dataChanged);
    view.outline().show(m_session->picture(), m_session->recent().figures());
    QCOMPARE(changes.count(), 0);
}

// While some of its copies are in flight and others wait for their retry.
void TestPanels::aQueueHasOneNumberInAllViews() {
    const ChannelId jobs = m_session->catalogue()->channel("jobs");
    OutlineView outline(*m_session, *m_selection, *m_themes);
    InspectorView inspector(*m_session, *m_selection, *m_changes, *m_faults, *m_themes);
    m_selection->selectNode(NodeRef::of(jobs));
    const FlowGraph graph = flowGraphOf(*m_session->scenario());
    const std::vector<NodeIds> ids = nodeIds(graph, *m_session->catalogue());
    runTo(SimTime{20s});
    int several = 0;
    for (int i = 0; i < 400; ++i) {
        m_session->stepBack();
        const Picture& picture = m_session->picture();
        const CopyCounts& copies = picture.channel(jobs).copies;
        several += copies.inFlight > 0 && copies.delayed > 0 ? 1 : 0;
        const NodeFace face =
            nodeFace(ids[*graph.channel("jobs")], picture, *m_session->catalogue(), m_session->recent().figures());
        QCOMPARE(outline.outline().index(5).data(OutlineModel::ValueRole).toString(), QString::number(face.depth));
        QCOMPARE(inspector.tile(0).value(), QString::number(face.depth));
        QCOMPARE(metric(picture, *m_session->catalogue(), MetricScope::channel, "jobs", "depth").value(),
                 static_cast<double>(face.depth));
    }
    QVERIFY(several > 0);
}

// --- inspector ---

void TestPanels::behaviourIsSaidInWords() {
    const auto takes = Distribution::lognormal(Distribution::MeanAndPercentile{.mean = 0.28, .percent = 99, .value = 0.9});
    QCOMPARE(distributionText(*takes), QStringLiteral("lognormal · mean 280\u00A0ms · p99 900\u00A0ms"));
    QCOMPARE(distributionText(*Distribution::constant(0.02)), QStringLiteral("20\u00A0ms"));
    RetrySpec retry;
    QCOMPARE(retryText(retry), QStringLiteral("3 × exponential · 1\u00A0s first"));
    retry.max.reset();
    retry.backoff = Backoff::explicitSteps;
    retry.steps = {1s, 500ms};
    QCOMPARE(retryText(retry), QStringLiteral("without end · 1\u00A0s, 500\u00A0ms"));
}

void TestPanels::aServiceShowsFiguresBehaviourStateAndFindings() {
    InspectorView view(*m_session, *m_selection, *m_changes, *m_faults, *m_themes);
    m_selection->selectNode(NodeRef::of(m_session->catalogue()->service("consumer")));
    QCOMPARE(view.title(), QStringLiteral("consumer"));
    QVERIFY(view.subtitle().startsWith(QStringLiteral("Workers · service · 2 ")));
    runTo(SimTime{5s});
    QVERIFY(view.tile(0).value().endsWith(QStringLiteral("/s")));
    QVERIFY(view.tile(2).value().endsWith(QStringLiteral("%")));
    QCOMPARE(view.form().lineAt("/services/consumer/handlers/0/takes")->row().text, QStringLiteral("20\u00A0ms"));
    QCOMPARE(view.form().lineAt("/services/consumer/handlers/0/fails")->row().text, QStringLiteral("1 in 3 fail"));
    // What was done and told of is counted by the service itself.
    const auto done = m_session->picture().publishedOf(m_session->catalogue()->eventType("done"));
    QVERIFY(done > 20);
    QCOMPARE(valueOf(view.state().facts(), "done"), QString::number(done));
    m_session->restart();
    QCOMPARE(view.tile(0).value(), QString()); // nothing observed yet
}

void TestPanels::aChannelShowsItsOwn() {
    InspectorView view(*m_session, *m_selection, *m_changes, *m_faults, *m_themes);
    runTo(SimTime{5s});
    m_selection->selectNode(NodeRef::of(m_session->catalogue()->channel("results")));
    QCOMPARE(view.subtitle(), QStringLiteral("queue"));
    const auto ready = m_session->picture().channel(m_session->catalogue()->channel("results")).copies.ready;
    QCOMPARE(view.tile(0).value(), QString::number(ready));
    QCOMPARE(view.tile(1).value(), QString()); // nobody reads it: no wait was observed
    QVERIFY(view.state().isHidden());
    m_selection->selectNode(NodeRef::of(m_session->catalogue()->channel("dead")));
    QCOMPARE(view.subtitle(), QStringLiteral("queue · dead letters"));
    m_selection->selectNode(NodeRef::of(m_session->catalogue()->channel("work")));
    QCOMPARE(view.subtitle(), QStringLiteral("topic"));
    QCOMPARE(view.tile(2).value(),
             QString::number(m_session->picture().channel(m_session->catalogue()->channel("work")).published));
}

void TestPanels::nothingSelectedShowsTheScenario() {
    InspectorView view(*m_session, *m_selection, *m_changes, *m_faults, *m_themes);
    QCOMPARE(view.title(), QStringLiteral("Panels"));
    QVERIFY(view.form().lineAt("/run/seed"));
    m_selection->selectNode(NodeRef::of(m_session->catalogue()->channel("dead")));
    QCOMPARE(view.title(), QStringLiteral("dead"));
    m_selection->clear();
    QCOMPARE(view.title(), QStringLiteral("Panels"));
    Session empty;
    DocumentEditor none(empty, *m_selection);
    ParameterChanges changes(empty, none);
    FaultActions faults(empty, *m_selection, changes, *m_themes);
    InspectorView bare(empty, *m_selection, changes, faults, *m_themes);
    QCOMPARE(bare.title(), QString());
    QVERIFY(bare.form().isHidden());
}

// Letter by letter, a hundred thousand of them held the window up for many seconds.
void TestPanels::aTitleOfAnyLengthIsShownInPart() {
    InspectorView view(*m_session, *m_selection, *m_changes, *m_faults, *m_themes);
    const std::string title(100'000, 'x');
    const std::vector<Edit> edits{{.pointer = "/title", .value = Value(title), .newName = {}},
                                  {.pointer = "/notes", .value = Value(title), .newName = {}}};
    QVERIFY(m_editor->edit(QStringLiteral("Name it"), edits).empty());
    QVERIFY(view.title().size() < 200 && view.title().endsWith(QChar(0x2026)));
    QVERIFY(view.title().startsWith(QStringLiteral("xxx")));
    QCOMPARE(m_editor->scenario().title.en, title); // the document keeps it all
}

void TestPanels::everyFindingHasALineOfItsOwn() {
    const Finding overload{.severity = Severity::error,
                           .code = "overload",
                           .where = "/services/c/handlers/0",
                           .text = "a long sentence",
                           .names = {"c", "q"},
                           .arguments = {"c", "q", "20", "8", "6", "133 %"}};
    QCOMPARE(findingText(overload), QStringLiteral("Overload: 20/s need 8 workers, there are 6"));
    QCOMPARE(findingTone(Severity::error), Tone::Danger);
    // A code that the window does not know yet is told in the check's own words.
    Finding unknown = overload;
    unknown.code = "somethingNew";
    QCOMPARE(findingText(unknown), QStringLiteral("a long sentence"));
    // What to do is the check's to say in English; other languages have it in their own words.
    QCOMPARE(findingDetail(overload), QStringLiteral("a long sentence"));
    Language language;
    language.choose(Language::Choice::Chinese);
    QCOMPARE(findingDetail(overload), findingText(overload) + QStringLiteral("\n请增加实例或工作线程，或减少发送。"));
    QCOMPARE(findingDetail(unknown), QStringLiteral("a long sentence"));
    language.choose(Language::Choice::English);
}

// --- details ---

void TestPanels::aLifeIsToldCopyByCopy() {
    Catalogue catalogue;
    Place at;
    at.channel = catalogue.addChannel({.name = "payments"});
    at.subscription = catalogue.addSubscription({.name = "payments", .channel = at.channel, .service = {}});
    const PlaceId queue = catalogue.addPlace(at);
    at.service = catalogue.addService({.name = "payment-service", .instances = 3, .workers = 2});
    at.instance = 1;
    const PlaceId worker = catalogue.addPlace(at);
    Place other;
    other.channel = catalogue.addChannel({.name = "mail"});
    const PlaceId mail = catalogue.addPlace(other);
    const auto record = [](RecordKind kind, Duration when, PlaceId place, std::uint16_t attempt = 0,
                           std::int64_t value = 0) {
        Record made;
        made.at = SimTime{when};
        made.kind = kind;
        made.ordinal = 1;
        made.place = place;
        made.attempt = attempt;
        made.value = value;
        return made;
    };
    std::vector<Record> life{record(RecordKind::published, 0s, {}), record(RecordKind::enqueued, 1s, queue),
                             record(RecordKind::enqueued, 1s, mail), record(RecordKind::delivered, 2s, worker, 1),
                             record(RecordKind::started, 2s, worker, 1)};
    auto lines = lifeOf(life, catalogue, SimTime{5s});
    QCOMPARE(lines.size(), std::size_t{2});
    QCOMPARE(lines[0].text, QStringLiteral("payments: in the hands of payment-service #2 for 3\u00A0s"));
    QCOMPARE(lines[1].text, QStringLiteral("mail: has been waiting for 4\u00A0s"));
    life.push_back(record(RecordKind::acked, 6s, worker, 2, 6'000'000'000));
    lines = lifeOf(life, catalogue, SimTime{9s});
    QCOMPARE(lines[0].text,
             QStringLiteral("payments: acked by payment-service #2, 6\u00A0s after it was published, attempt 2"));
    QCOMPARE(lines[0].tone, Tone::Ok);
    const std::vector<Record> lost{record(RecordKind::published, 0s, {}), record(RecordKind::unroutable, 0s, {})};
    QCOMPARE(lifeOf(lost, catalogue, SimTime{1s}),
             (std::vector<LifeLine>{{Tone::Danger, QStringLiteral("Reached nobody: no binding took it")}}));
    QVERIFY(lifeOf({}, catalogue, SimTime{1s}).empty());
}

void TestPanels::detailsShowEventCausesAndRecords() {
    DetailsView view(*m_session, *m_selection, *m_themes);
    view.resize(308, 900);
    view.show();
    runTo(SimTime{5s});
    selectRecord(find(RecordKind::acked, "job"));
    QCOMPARE(view.title(), QStringLiteral("job"));
    const auto event = Value::parse(view.json().toStdString());
    QVERIFY(event.ok());
    QVERIFY(event.value().member("data"));
    QCOMPARE(view.life().rows().size(), std::size_t{1});
    QVERIFY(view.life().rows()[0].text.startsWith(QStringLiteral("jobs: acked by consumer #")));
    // Handled at once for 20 ms.
    const LifeSegment& work = view.segments().segments().back();
    QCOMPARE(work.kind, SpanKind::handling);
    QCOMPARE(work.end - work.begin, Duration(20ms));
    QCOMPARE(view.causes().topLevelItemCount(), 1);
    QCOMPARE(view.causes().topLevelItem(0)->text(0), QStringLiteral("job"));
    QCOMPARE(view.causes().topLevelItem(0)->childCount(), 1);
    QCOMPARE(view.causes().topLevelItem(0)->child(0)->text(0), QStringLiteral("done"));
    QStringList kinds;
    for (int i = 0; i < view.records().topLevelItemCount(); ++i)
        kinds << view.records().topLevelItem(i)->text(1);
    QCOMPARE(kinds.front(), QStringLiteral("published"));
    QVERIFY(kinds.contains(QStringLiteral("started")));
    QVERIFY(kinds.contains(QStringLiteral("acked")));
}

void TestPanels::whatLiesAheadHasNotHappened() {
    DetailsView view(*m_session, *m_selection, *m_themes);
    view.resize(308, 900);
    view.show();
    runTo(SimTime{5s});
    const std::uint64_t acked = find(RecordKind::acked, "job");
    const std::uint64_t started = find(RecordKind::started, "job");
    QVERIFY(started < acked);
    selectRecord(acked);
    m_session->seekRecord(started + 1);
    QVERIFY(view.life().rows()[0].text.contains(QStringLiteral("in the hands of consumer")));
    QVERIFY(view.segments().segments().back().open);
    const QTreeWidgetItem* const last = view.records().topLevelItem(view.records().topLevelItemCount() - 1);
    QCOMPARE(last->foreground(1).color(), m_themes->theme().faint);
    m_session->seekRecord(m_session->head());
    QVERIFY(view.life().rows()[0].text.contains(QStringLiteral("acked")));
}

void TestPanels::clickingACauseSelectsIt() {
    DetailsView view(*m_session, *m_selection, *m_themes);
    view.resize(308, 900);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    runTo(SimTime{5s});
    const std::uint64_t done = find(RecordKind::published, "done");
    selectRecord(done);
    QCOMPARE(view.title(), QStringLiteral("done"));
    QTreeWidgetItem* const cause = view.causes().topLevelItem(0);
    QTest::mouseClick(view.causes().viewport(), Qt::LeftButton, {}, view.causes().visualItemRect(cause).center());
    QCOMPARE(view.title(), QStringLiteral("job"));
    QCOMPARE(RecordReader(m_session->store()).at(*m_selection->record()).kind, RecordKind::published);
}

void TestPanels::thePanelTurnsToWhatWasSelectedLast() {
    SidePanel panel(*m_session, *m_selection, *m_changes, *m_faults, *m_themes);
    runTo(SimTime{2s});
    QCOMPARE(panel.tab(), SidePanel::Node);
    selectRecord(find(RecordKind::acked, "job"));
    QCOMPARE(panel.tab(), SidePanel::Message);
    m_selection->selectNode(NodeRef::of(m_session->catalogue()->channel("dead")));
    QCOMPARE(panel.tab(), SidePanel::Node);
    QCOMPARE(panel.inspector().title(), QStringLiteral("dead"));
    const Ordinal message = m_selection->message();
    selectRecord(find(RecordKind::started, "job")); // of the same message, at another node
    QCOMPARE(m_selection->message(), message);
    QCOMPARE(panel.tab(), SidePanel::Message);
    m_selection->selectNode(NodeRef::of(m_session->catalogue()->channel("dead")));
    QCOMPARE(panel.tab(), SidePanel::Node);
    selectRecord(find(RecordKind::published, "done"));
    QCOMPARE(panel.tab(), SidePanel::Message);
    m_selection->clear();
    QCOMPARE(panel.tab(), SidePanel::Node);
}

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
