// The trace: which records are rows, filters in slices, the window's model, the list under real keys and clicks, the
// filter field while somebody types.
#include "core/record/recorder.h"
#include "core/scenario/load.h"
#include "ui/session/session.h"
#include "ui/style.h"
#include "ui/trace/filter_words.h"
#include "ui/trace/trace_view.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBoundaryFinder>
#include <QTranslator>
#include <QWheelEvent>

#include <set>

using namespace weir;
using namespace std::chrono_literals;

namespace {

// Record i at i microseconds, about message i/4 + 1: published, enqueued, started, acked in turn.
struct HandMade {
    std::shared_ptr<Catalogue> catalogue = std::make_shared<Catalogue>();
    std::unique_ptr<Recorder> recorder;
    PlaceId place;
    EventTypeId odd, even;

    explicit HandMade(std::uint64_t recordsMax = 10'000'000)
        : recorder(std::make_unique<Recorder>(catalogue, Recorder::Options{.recordsMax = recordsMax})) {
        odd = catalogue->addEventType("odd", "1.0");
        even = catalogue->addEventType("even", "1.0");
        Place at;
        at.channel = catalogue->addChannel({.name = "jobs"});
        at.service = catalogue->addService({.name = "worker", .instances = 2, .workers = 1});
        at.subscription = catalogue->addSubscription({.name = "jobs", .channel = at.channel, .service = at.service});
        at.instance = 1;
        place = catalogue->addPlace(at);
    }
    void append(std::uint64_t count) {
        constexpr std::array kinds{RecordKind::published, RecordKind::enqueued, RecordKind::started, RecordKind::acked};
        for (std::uint64_t i = made; i < made + count; ++i) {
            Record record;
            record.at = SimTime{Duration(i * 1000)};
            record.kind = kinds[i % 4];
            record.ordinal = i / 4 + 1;
            record.place = place;
            record.type = record.ordinal % 2 == 0 ? even : odd;
            record.attempt = record.kind == RecordKind::published ? 0 : 1;
            record.value = record.kind == RecordKind::published  ? 0
                           : record.kind == RecordKind::enqueued ? -1
                                                                 : 2'000'000;
            record.bits = Record::bitsOf(record.kind == RecordKind::acked ? CopyState::inFlight : CopyState::none);
            recorder->append(record);
        }
        made += count;
    }
    std::uint64_t made = 0;
};

Expression parsed(const char* text) {
    return Expression::parse(text).value();
}

constexpr std::string_view scenarioText = R"({
  "weir": "1", "title": "Trace", "run": { "seed": 3, "for": "20s" },
  "events": { "job": { "data": { "n": "{count}" } }, "done": { "data": { "n": "{event.data.n}" } } },
  "channels": { "jobs": { "kind": "queue" }, "results": { "kind": "queue", "capacity": 10, "overflow": "dropOldest" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "rate": "10/s" } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": "5ms", "then": { "emit": "done", "to": "results" } } ] }
  }
})";

} // namespace

class TestTrace : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeSource>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void init();
    void cleanup();

    void matchesAreFoundInAnyOrderOfMarking();
    void matchesOfEvictedRecordsAreForgotten();
    void rowsEndAtThePlayhead();
    void aFilterKeepsExactlyTheRecordsForWhichItHolds();
    void aFilterGoesOnInSlicesAndShowsTheNewestFirst();
    void whatArrivesIsFilteredToo();
    void evictedRecordsAreNoRows();
    void theWindowMovesWithoutBreakingTheModelsRules();
    void cellsSayWhatTheRecordHolds();
    void noLineBreaksWithinATime();
    void everyKindHasItsMeaning();
    void everyKindHasAWordInChinese();
    void everyCellsTermHoldsForItsRecord();
    void wordsAreOfferedForFieldsAndValues();

    void typingTurnsTheFieldRedOrGreen();
    void aRefusedTextLeavesTheFilterInForce();
    void figuresOfTheRunAreNoFilter();
    void formerFiltersComeBack();

    void theListFollowsUntilTheUserScrollsUp();
    void clicksAndKeysSelect();
    void aDoubleClickMovesThePlayhead();
    void theCauseIsOneKeyAway();
    void anotherViewsSelectionIsBroughtIntoSight();
    void goingBackTakesRowsAway();
    void theMenuFiltersByTheCell();
    void copiesAreEventAndRow();
    void anotherDocumentBeginsAnew();
    void aMillionRowsOpenAndJumpAtOnce();

  private:
    TraceList& list() { return m_view->list(); }
    QPoint middleOf(int row) const { return {200, row * TraceList::rowHeight + TraceList::rowHeight / 2}; }
    void wheel(int notches);

    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<TraceView> m_view;
};

void TestTrace::init() {
    m_session = std::make_unique<Session>();
    m_selection = std::make_unique<Selection>();
    auto scenario = loadScenario(scenarioText);
    if (!scenario)
        qFatal("%s", scenario.error().front().text().c_str());
    QVERIFY(m_session->open(std::move(scenario).value(), {}).empty());
    m_view = std::make_unique<TraceView>(*m_session, *m_selection, *m_themes);
    m_view->resize(900, 240);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_session->setSpeed(Speed::max());
    m_session->runUntil(SimTime{10s});
    QTRY_VERIFY(!m_session->running());
}

void TestTrace::cleanup() {
    m_view.reset();
    m_selection.reset();
    m_session.reset();
}

void TestTrace::wheel(int notches) {
    QWheelEvent event({100, 60}, list().viewport()->mapToGlobal(QPointF(100, 60)), {}, {0, notches * 120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(list().viewport(), &event);
}

// --- rows ---

void TestTrace::matchesAreFoundInAnyOrderOfMarking() {
    MatchSet matches;
    std::set<std::uint64_t> plain;
    std::uint64_t state = 12345; // a linear congruential walk up and down over several blocks
    for (int i = 0; i < 5000; ++i) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const std::uint64_t index = 100'000 + (state >> 33) % 50'000;
        matches.mark(index);
        plain.insert(index);
    }
    QCOMPARE(matches.count(), std::uint64_t{plain.size()});
    std::uint64_t n = 0;
    for (const std::uint64_t index : plain) {
        QCOMPARE(matches.indexOf(n), index);
        QCOMPARE(matches.countBefore(index), n);
        QVERIFY(matches.contains(index));
        QCOMPARE(matches.next(index), std::optional(index));
        ++n;
    }
    QCOMPARE(matches.countBefore(0), std::uint64_t{0});
    QCOMPARE(matches.countBefore(1'000'000), n);
    QCOMPARE(matches.next(1'000'000), std::nullopt);
    QVERIFY(!matches.contains(99'999));
}

void TestTrace::matchesOfEvictedRecordsAreForgotten() {
    MatchSet matches;
    matches.mark(10);
    matches.mark(5000);
    matches.mark(9000);
    matches.forgetBefore(4095); // its block is still needed
    QCOMPARE(matches.count(), std::uint64_t{3});
    matches.forgetBefore(4096);
    QCOMPARE(matches.count(), std::uint64_t{2});
    QCOMPARE(matches.indexOf(0), std::uint64_t{5000});
}

void TestTrace::rowsEndAtThePlayhead() {
    HandMade run;
    run.append(1000);
    TraceRows rows;
    QVERIFY(rows.empty());
    rows.setStore(run.recorder->store(), nullptr);
    rows.update(600, 1s);
    QCOMPARE(rows.count(), std::uint64_t{600});
    QCOMPARE(rows.indexOf(599), std::uint64_t{599});
    QVERIFY(rows.isRow(599));
    QVERIFY(!rows.isRow(600));
    rows.update(5000, 1s); // never beyond what there is
    QCOMPARE(rows.count(), std::uint64_t{1000});
}

void TestTrace::aFilterKeepsExactlyTheRecordsForWhichItHolds() {
    HandMade run;
    run.append(10'000);
    TraceRows rows;
    rows.setStore(run.recorder->store(), nullptr);
    rows.setFilter(parsed("kind = 'acked' AND type = 'even'"));
    rows.update(10'000, 10s);
    // Every message has one acked record, at 4 * (ordinal - 1) + 3; every other message is even.
    QCOMPARE(rows.unsearched(), std::uint64_t{0});
    QCOMPARE(rows.count(), std::uint64_t{1250});
    for (std::uint64_t row = 0; row < rows.count(); ++row) {
        QCOMPARE(rows.indexOf(row), 8 * row + 7);
        QCOMPARE(rows.rowsBefore(8 * row + 7), row);
        QCOMPARE(rows.rowsBefore(8 * row + 8), row + 1);
    }
    rows.update(5000, 10s); // the playhead went back
    QCOMPARE(rows.count(), std::uint64_t{625});
    rows.setFilter(std::nullopt);
    QCOMPARE(rows.count(), std::uint64_t{5000});
}

void TestTrace::aFilterGoesOnInSlicesAndShowsTheNewestFirst() {
    HandMade run;
    run.append(100'000);
    TraceRows rows;
    rows.setStore(run.recorder->store(), nullptr);
    rows.setFilter(parsed("kind = 'published'"));
    rows.update(100'000, 0ns);
    QVERIFY(rows.unsearched() > 90'000); // no more than a slice
    QVERIFY(rows.count() > 0);
    QCOMPARE(rows.indexOf(rows.count() - 1), std::uint64_t{99'996});
    int slices = 1;
    for (std::uint64_t left = rows.unsearched(); left > 0; ++slices) {
        rows.update(100'000, 0ns);
        QVERIFY(rows.unsearched() < left);
        left = rows.unsearched();
    }
    QVERIFY(slices > 100);
    QCOMPARE(rows.count(), std::uint64_t{25'000});
    QCOMPARE(rows.indexOf(0), std::uint64_t{0});
}

void TestTrace::whatArrivesIsFilteredToo() {
    HandMade run;
    run.append(100);
    TraceRows rows;
    rows.setStore(run.recorder->store(), nullptr);
    rows.setFilter(parsed("kind = 'started'"));
    rows.update(100, 10s);
    QCOMPARE(rows.count(), std::uint64_t{25});
    run.append(100);
    rows.update(200, 10s);
    QCOMPARE(rows.count(), std::uint64_t{50});
    QCOMPARE(rows.indexOf(49), std::uint64_t{198});
}

void TestTrace::evictedRecordsAreNoRows() {
    HandMade run(200'000);
    run.append(500'000);
    QVERIFY(run.recorder->evicted() > 0);
    TraceRows rows;
    rows.setStore(run.recorder->store(), nullptr);
    rows.update(500'000, 1s);
    QCOMPARE(rows.count(), 500'000 - run.recorder->evicted());
    QCOMPARE(rows.indexOf(0), run.recorder->evicted());
    rows.setFilter(parsed("kind = 'acked'"));
    rows.update(500'000, 10s);
    QCOMPARE(rows.unsearched(), std::uint64_t{0});
    QCOMPARE(rows.count(), (500'000 - run.recorder->evicted()) / 4);
    run.append(300'000);
    rows.update(800'000, 10s);
    QCOMPARE(rows.count(), (800'000 - run.recorder->evicted()) / 4);
    QCOMPARE(rows.indexOf(0), run.recorder->evicted() + 3);
}

// --- model and texts ---

void TestTrace::theWindowMovesWithoutBreakingTheModelsRules() {
    HandMade run;
    run.append(10'000);
    TraceRows rows;
    rows.setStore(run.recorder->store(), nullptr);
    TraceModel model(rows);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto shows = [&](std::uint64_t first, int height) {
        model.show(first, height);
        QCOMPARE(model.rowCount(), height);
        for (int i = 0; i < height; ++i)
            QCOMPARE(model.row(i).index, rows.indexOf(first + static_cast<std::uint64_t>(i)));
    };
    rows.update(9000, 1s);
    shows(0, 20);
    shows(5, 20); // on
    shows(2, 25); // back, and higher
    shows(4, 10); // within
    shows(8000, 30);
    shows(7990, 5);
    QSignalSpy resets(&model, &TraceModel::modelReset);
    QSignalSpy inserts(&model, &TraceModel::rowsInserted);
    rows.update(9010, 1s);
    shows(7993, 5);
    QCOMPARE(resets.count(), 0); // three rows came, three went
    QCOMPARE(inserts.count(), 1);
    rows.setFilter(parsed("type = 'odd'"));
    rows.update(9010, 10s);
    shows(100, 20);
    rows.setFilter(parsed("FALSE"));
    rows.update(9010, 10s);
    model.show(0, 20);
    QCOMPARE(model.rowCount(), 0);
    model.show(0, TraceModel::heightMax + 100);
    QCOMPARE(model.columnCount(), 9);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Kind"));
}

void TestTrace::noLineBreaksWithinATime() {
    const SimTime at{192'480'113'999ns};
    for (const QString& text : {RecordText::time(at) + QStringLiteral("\u00A0s"), RecordText::exactTime(at),
                                timeText(TraceTime::clock, at, {}), timeText(TraceTime::delta, at, SimTime{1ns})}) {
        QTextBoundaryFinder breaks(QTextBoundaryFinder::Line, text);
        QCOMPARE(breaks.toNextBoundary(), text.size());
    }
}

void TestTrace::cellsSayWhatTheRecordHolds() {
    HandMade run;
    run.append(8);
    const RecordReader reader(run.recorder->store());
    const RecordText text(*run.catalogue, nullptr);
    const TraceRow row = text.row(3, reader.at(3));
    const QChar thin(0x202F);
    QCOMPARE(row.text(TraceColumn::time), QStringLiteral("0.000") + thin + QStringLiteral("003"));
    QCOMPARE(row.text(TraceColumn::kind), QStringLiteral("acked"));
    QCOMPARE(row.text(TraceColumn::eventType), QStringLiteral("odd"));
    QCOMPARE(row.text(TraceColumn::event), QStringLiteral("#1"));
    QCOMPARE(row.text(TraceColumn::channel), QStringLiteral("jobs"));
    QCOMPARE(row.text(TraceColumn::service), QStringLiteral("worker #2"));
    QCOMPARE(row.text(TraceColumn::attempt), QStringLiteral("1"));
    QCOMPARE(row.text(TraceColumn::latency), QStringLiteral("2\u00A0ms"));
    QCOMPARE(text.row(0, reader.at(0)).text(TraceColumn::attempt), QString());
    QCOMPARE(RecordText::time(SimTime{192'480'113'999ns}), QStringLiteral("192.480") + thin + QStringLiteral("113"));
    QCOMPARE(RecordText::exactTime(SimTime{192'480'113'999ns}), QStringLiteral("192.480113999\u00A0s"));

    Record change;
    change.kind = RecordKind::stateChanged;
    change.extra = run.catalogue->addStateSlot(ServiceId{0}, "stock", "PROD-001");
    change.value = 1234;
    QCOMPARE(text.detail(change), QStringLiteral("stock PROD-001 = 1\u202F234"));
    change.reason = run.catalogue->addReason("PAID");
    QCOMPARE(text.detail(change), QStringLiteral("stock PROD-001 = PAID"));
    Record retry;
    retry.kind = RecordKind::retryScheduled;
    retry.value = 1'000'000'000;
    retry.reason = run.catalogue->addReason("crash");
    QCOMPARE(text.detail(retry), QStringLiteral("again in 1\u00A0s · crash"));
}

void TestTrace::everyKindHasItsMeaning() {
    std::set<QString> meanings;
    for (std::size_t i = 0; i < recordKindCount; ++i) {
        const QString meaning = RecordText::kindMeaning(static_cast<RecordKind>(i));
        QVERIFY(meaning.endsWith(QLatin1Char('.')));
        QVERIFY2(meanings.insert(meaning).second, qPrintable(meaning));
    }
}

void TestTrace::everyKindHasAWordInChinese() {
    const auto code = [](std::size_t i) { return toQt(name(static_cast<RecordKind>(i))); };
    const auto word = [](std::size_t i) { return RecordText::kind(static_cast<RecordKind>(i)); };
    for (std::size_t i = 0; i < recordKindCount; ++i)
        QCOMPARE(word(i), code(i));
    QTranslator chinese;
    QVERIFY(chinese.load(QStringLiteral(":/i18n/weir_zh_CN.qm")));
    QCoreApplication::installTranslator(&chinese);
    std::set<QString> words;
    QString missing;
    for (std::size_t i = 0; i < recordKindCount; ++i)
        if (word(i) == code(i) || !words.insert(word(i)).second)
            missing += code(i) + QLatin1Char(' ');
    // Expressions keep the words of files, and who points at a cell is told.
    const RecordText text(m_view->rows().reader().catalogue(), m_view->rows().messages());
    const TraceRow row = text.row(0, m_view->rows().reader().at(0));
    const QString term = text.filterTerm(row, TraceColumn::kind);
    QCoreApplication::removeTranslator(&chinese);
    QCOMPARE(missing, QString());
    QCOMPARE(term, QStringLiteral("kind = '%1'").arg(toQt(name(row.record.kind))));
}

void TestTrace::everyCellsTermHoldsForItsRecord() {
    const TraceRows& rows = m_view->rows();
    const RecordText text(rows.reader().catalogue(), rows.messages());
    RecordSubject subject(rows.reader().catalogue(), rows.messages());
    int terms = 0;
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(rows.count(), 400); ++i) {
        const Record& record = rows.reader().at(rows.indexOf(i));
        const TraceRow row = text.row(rows.indexOf(i), record);
        subject.set(record);
        for (int column = 0; column < traceColumnCount; ++column) {
            const QString term = text.filterTerm(row, static_cast<TraceColumn>(column));
            if (term.isEmpty())
                continue;
            const auto expression = Expression::parse(term.toStdString());
            QVERIFY2(expression.ok(), qPrintable(term));
            QVERIFY2(expression.value().holds(subject), qPrintable(term));
            ++terms;
        }
    }
    QVERIFY(terms > 1000);
    QCOMPARE(quotedTerm(QStringLiteral("it's")), QStringLiteral("'it\\'s'"));
}

void TestTrace::wordsAreOfferedForFieldsAndValues() {
    HandMade run;
    const auto words = [&](const char* typed) {
        const QString text = QString::fromLatin1(typed);
        return filterWords(text, text.size(), run.catalogue.get());
    };
    QCOMPARE(words("att").words, QStringList{QStringLiteral("attempt")});
    QCOMPARE(words("kind = 'dead").words, QStringList{QStringLiteral("deadLettered")});
    QCOMPARE(words("kind = 'dead").from, qsizetype{8});
    QCOMPARE(words("type = '").words, (QStringList{QStringLiteral("odd"), QStringLiteral("even")}));
    QCOMPARE(words("type IN ('odd', 'e").words, QStringList{QStringLiteral("even")});
    QCOMPARE(words("NOT service = 'w").words, QStringList{QStringLiteral("worker")});
    QCOMPARE(words("channel != \"j").words, QStringList{QStringLiteral("jobs")});
    QVERIFY(words("type = 'odd' A").words.contains(QStringLiteral("AND")));
    QVERIFY(words("attempt").words.isEmpty()); // nothing to add
    QVERIFY(words("attempt > 1").words.isEmpty());
    QVERIFY(words("data.or").words.isEmpty());
    QVERIFY(words("").words.isEmpty());
    QVERIFY(filterWords(QStringLiteral("type = '"), 8, nullptr).words.isEmpty());
}

// --- the field ---

void TestTrace::typingTurnsTheFieldRedOrGreen() {
    FilterField& field = m_view->filterField();
    field.setFocus();
    QSignalSpy changes(&field, &FilterField::filterChanged);
    QTest::keyClicks(&field, QStringLiteral("kind = "));
    QCOMPARE(fieldState(&field), FieldState::Refused);
    QVERIFY(field.refusal().startsWith(QStringLiteral("column ")));
    QTest::keyClicks(&field, QStringLiteral("'acked'"));
    QCOMPARE(fieldState(&field), FieldState::Accepted);
    QCOMPARE(field.refusal(), QString());
    QVERIFY(field.filter().has_value());
    QVERIFY(changes.count() >= 1);
    // One job every 0.1 s from 0.1 s on, each done after 5 ms; the last one, at 10 s, is not yet.
    QTRY_COMPARE(m_view->rows().unsearched(), std::uint64_t{0});
    QCOMPARE(m_view->rows().count(), std::uint64_t{99});
    QTest::keyClick(&field, Qt::Key_Escape); // the list of words
    QTest::keyClick(&field, Qt::Key_Escape);
    QCOMPARE(fieldState(&field), FieldState::Neutral);
    QVERIFY(!field.filter().has_value());
    QCOMPARE(m_view->rows().count(), m_session->playhead());
}

void TestTrace::aRefusedTextLeavesTheFilterInForce() {
    FilterField& field = m_view->filterField();
    field.setText(QStringLiteral("kind = 'acked'"));
    QTRY_COMPARE(m_view->rows().count(), std::uint64_t{99});
    field.setText(QStringLiteral("kind = 'acked' AND"));
    QCOMPARE(fieldState(&field), FieldState::Refused);
    QCOMPARE(m_view->rows().count(), std::uint64_t{99});
    field.setText(QStringLiteral("NOSUCH(kind)"));
    QCOMPARE(fieldState(&field), FieldState::Refused);
    QVERIFY(field.refusal().contains(QStringLiteral("NOSUCH")));
}

void TestTrace::figuresOfTheRunAreNoFilter() {
    FilterField& field = m_view->filterField();
    field.setText(QStringLiteral("metric('channel', 'jobs', 'depth') > 1"));
    QCOMPARE(fieldState(&field), FieldState::Refused);
    QVERIFY(!field.filter().has_value());
}

void TestTrace::formerFiltersComeBack() {
    FilterField& field = m_view->filterField();
    field.setFocus();
    for (const char* text : {"attempt = 1", "attempt = 2"}) {
        field.setText(QString::fromLatin1(text));
        QTest::keyClick(&field, Qt::Key_Return);
    }
    QTest::keyClick(&field, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(field.text(), QStringLiteral("attempt = 1"));
    QTest::keyClick(&field, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(field.text(), QStringLiteral("attempt = 2"));
    QTest::keyClick(&field, Qt::Key_Escape);
    QCOMPARE(field.text(), QString());
    QTest::keyClick(&field, Qt::Key_Up);
    QCOMPARE(field.text(), QStringLiteral("attempt = 2"));
}

// --- the list ---

void TestTrace::theListFollowsUntilTheUserScrollsUp() {
    const auto last = [this] { return list().model().row(list().model().rowCount() - 1).index; };
    QVERIFY(list().following());
    QCOMPARE(last(), m_session->playhead() - 1);
    m_session->step();
    QCOMPARE(last(), m_session->playhead() - 1);
    wheel(1);
    QVERIFY(!list().following());
    const std::uint64_t top = list().topRow();
    QCOMPARE(top, m_view->rows().count() - static_cast<std::uint64_t>(list().rowsPerPage()) - 3);
    m_session->runUntil(SimTime{11s});
    QTRY_VERIFY(!m_session->running());
    QCOMPARE(list().topRow(), top); // it stands still
    QTest::keyClick(&list(), Qt::Key_End);
    QVERIFY(list().following());
    QCOMPARE(last(), m_session->playhead() - 1);
    QCOMPARE(m_selection->record(), std::optional(m_session->playhead() - 1));
    wheel(2);
    QVERIFY(!list().following());
    wheel(-5); // down to the end is as good as End
    QVERIFY(list().following());
}

void TestTrace::clicksAndKeysSelect() {
    QTest::keyClick(&list(), Qt::Key_Home);
    QCOMPARE(list().topRow(), std::uint64_t{0});
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, middleOf(2));
    QCOMPARE(m_selection->record(), std::optional<std::uint64_t>(2));
    QCOMPARE(m_selection->message(), m_view->rows().reader().at(2).ordinal);
    QVERIFY(m_selection->node().kind != NodeRef::Kind::none);
    QTest::keyClick(&list(), Qt::Key_Down);
    QCOMPARE(m_selection->record(), std::optional<std::uint64_t>(3));
    QTest::keyClick(&list(), Qt::Key_Up);
    QTest::keyClick(&list(), Qt::Key_PageDown);
    const auto page = static_cast<std::uint64_t>(list().rowsPerPage());
    QCOMPARE(m_selection->record(), std::optional(2 + page));
    QVERIFY(list().topRow() + page > 2 + page - 1); // in sight
    QTest::keyClick(&list(), Qt::Key_PageUp);
    QCOMPARE(m_selection->record(), std::optional<std::uint64_t>(2));
    QTest::keyClick(&list(), Qt::Key_Home);
    QCOMPARE(m_selection->record(), std::optional<std::uint64_t>(0));
    QCOMPARE(list().topRow(), std::uint64_t{0});
    QVERIFY(list().accessibleDescription().contains(QStringLiteral("published")));
}

void TestTrace::aDoubleClickMovesThePlayhead() {
    QTest::keyClick(&list(), Qt::Key_Home);
    QTest::mouseDClick(list().viewport(), Qt::LeftButton, {}, middleOf(4));
    QCOMPARE(m_session->playhead(), std::uint64_t{5});
    QCOMPARE(m_view->rows().count(), std::uint64_t{5}); // that record is the last row
    QVERIFY(m_session->head() > 5);
}

void TestTrace::theCauseIsOneKeyAway() {
    // The first `done` was caused by the first `job`.
    const RecordReader& reader = m_view->rows().reader();
    std::uint64_t effect = 0;
    while (!(reader.at(effect).kind == RecordKind::published && reader.at(effect).value > 0))
        ++effect;
    list().choose(effect);
    QTest::keyClick(&list(), Qt::Key_Left, Qt::ControlModifier);
    const std::uint64_t cause = m_selection->record().value();
    QCOMPARE(static_cast<std::int64_t>(reader.at(cause).ordinal), reader.at(effect).value);
    QCOMPARE(reader.at(cause).kind, RecordKind::published);
    QTest::keyClick(&list(), Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(m_selection->record(), std::optional(effect));
}

void TestTrace::anotherViewsSelectionIsBroughtIntoSight() {
    QVERIFY(list().following());
    const std::uint64_t index = 100;
    m_selection->selectRecord(index, m_view->rows().reader().at(index).ordinal, {}, {});
    QVERIFY(!list().following());
    QVERIFY(list().topRow() <= index);
    QVERIFY(index < list().topRow() + static_cast<std::uint64_t>(list().rowsPerPage()));
}

void TestTrace::goingBackTakesRowsAway() {
    m_session->seek(SimTime{1s});
    const std::uint64_t then = m_session->playhead();
    QCOMPARE(m_view->rows().count(), then);
    QVERIFY(then < m_session->head());
    m_session->stepBack();
    QCOMPARE(m_view->rows().count(), then - 1);
    QCOMPARE(list().model().row(list().model().rowCount() - 1).index, then - 2);
}

void TestTrace::theMenuFiltersByTheCell() {
    QTest::keyClick(&list(), Qt::Key_Home);
    const int kind = list().header().sectionViewportPosition(static_cast<int>(TraceColumn::kind)) + 20;
    const QPoint at(kind, middleOf(0).y());
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, list().viewport()->mapToGlobal(at));
    QApplication::sendEvent(list().viewport(), &event);
    auto* const menu = m_view->findChild<QMenu*>();
    QVERIFY(menu);
    QVERIFY(menu->actions().front()->text().contains(QStringLiteral("kind = 'published'")));
    menu->actions().front()->trigger();
    QCOMPARE(m_view->filterField().text(), QStringLiteral("kind = 'published'"));
    menu->close();
}

void TestTrace::copiesAreEventAndRow() {
    const RecordReader& reader = m_view->rows().reader();
    std::uint64_t acked = 0;
    while (reader.at(acked).kind != RecordKind::acked)
        ++acked;
    const auto event = Value::parse(m_view->eventJson(acked).toStdString());
    QVERIFY(event.ok());
    QCOMPARE(QString::fromStdString(*event.value().member("type")->text()), QStringLiteral("job"));
    QCOMPARE(QString::fromStdString(*event.value().member("specversion")->text()), QStringLiteral("1.0"));
    const QStringList lines = m_view->csv(acked).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], QStringLiteral("Time (s),Kind,Event type,Event,Channel,Service,Attempt,Latency (s),Detail"));
    QVERIFY(lines[1].startsWith(QStringLiteral("0.105,acked,job,")));
    QCOMPARE(m_view->csv(1'000'000), QString());
    QCOMPARE(m_view->eventJson(1'000'000), QString());
}

void TestTrace::anotherDocumentBeginsAnew() {
    m_view->filterField().setText(QStringLiteral("kind = 'acked'"));
    QTRY_COMPARE(m_view->rows().count(), std::uint64_t{99});
    m_session->restart();
    QCOMPARE(m_view->rows().count(), std::uint64_t{0});
    QCOMPARE(list().model().rowCount(), 0);
    m_session->runUntil(SimTime{1s});
    QTRY_VERIFY(!m_session->running());
    QCOMPARE(m_view->rows().count(), std::uint64_t{9}); // the filter stays
}

void TestTrace::aMillionRowsOpenAndJumpAtOnce() {
    HandMade run;
    run.append(1'000'000);
    Selection selection;
    TraceRows rows;
    rows.setStore(run.recorder->store(), nullptr);
    TraceList big(rows, selection, *m_themes);
    big.resize(900, 600);
    big.show();
    QVERIFY(QTest::qWaitForWindowExposed(&big));
    QElapsedTimer clock;
    clock.start();
    rows.update(1'000'000, 4ms);
    big.refresh();
    big.repaint();
    const auto opened = clock.elapsed();
    QCOMPARE(big.model().row(big.model().rowCount() - 1).index, std::uint64_t{999'999});
    big.setFollowing(false);
    constexpr int jumps = 50;
    clock.start();
    for (int i = 0; i < jumps; ++i) {
        big.choose(static_cast<std::uint64_t>(i) * 7919 * 13 % 1'000'000);
        big.repaint();
    }
    const double jump = static_cast<double>(clock.elapsed()) / jumps;
    // Far above what it takes (see tests/bench), far below what somebody would notice.
    QVERIFY2(opened < 200, qPrintable(QString::number(opened)));
    QVERIFY2(jump < 50, qPrintable(QString::number(jump)));
}

QTEST_MAIN(TestTrace)
#include "tst_trace.moc"
