// The ledger: what each kind does to it, and that it notices when something does not add up.
#include "core/record/ledger.h"

#include <QTest>

#include <vector>

using namespace weir;

class TestLedger : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void messagesEndInExactlyOneWay();
    void copyIsFollowedFromBirthToAck();
    void retriedCopyStaysOneCopy();
    void everyEndIsCountedFromWhereTheCopyWas();
    void copyRefusedAtBirthIsBornAndDropped();
    void factsWithoutMovesChangeNothing();
    void settlingWhatWasNeverDeliveredDoesNotClose();
    void routingWhatWasNeverPublishedDoesNotClose();
    void everyKindHasItsName();
};

static Record record(RecordKind kind, CopyState from = CopyState::none, bool bornDelayed = false) {
    Record made;
    made.kind = kind;
    made.bits = Record::bitsOf(from, bornDelayed);
    return made;
}

static Ledger ledgerOf(const std::vector<Record>& records) {
    Ledger ledger;
    for (const Record& each : records)
        ledger.apply(each);
    return ledger;
}

void TestLedger::messagesEndInExactlyOneWay() {
    std::vector<Record> records(5, record(RecordKind::published));
    Ledger ledger = ledgerOf(records);
    QCOMPARE(ledger.messages.held, 5);
    QVERIFY(ledger.closed());
    for (const RecordKind kind :
         {RecordKind::refused, RecordKind::deduplicated, RecordKind::unroutable, RecordKind::routed})
        ledger.apply(record(kind));
    const MessageCounts expected{
        .published = 5, .refused = 1, .deduplicated = 1, .unroutable = 1, .held = 1, .routed = 1};
    QCOMPARE(ledger.messages, expected);
    QVERIFY(ledger.closed());
}

void TestLedger::copyIsFollowedFromBirthToAck() {
    Ledger ledger;
    ledger.apply(record(RecordKind::sent));
    QCOMPARE(ledger.copies.inTransit, 1);
    ledger.apply(record(RecordKind::enqueued, CopyState::inTransit, true));
    QCOMPARE(ledger.copies.delayed, 1);
    QCOMPARE(ledger.copies.inTransit, 0);
    ledger.apply(record(RecordKind::released));
    QCOMPARE(ledger.copies.ready, 1);
    ledger.apply(record(RecordKind::delivered));
    QCOMPARE(ledger.copies.inFlight, 1);
    QVERIFY(ledger.closed());
    ledger.apply(record(RecordKind::acked));
    CopyCounts expected;
    expected.born = expected.acked = 1;
    QCOMPARE(ledger.copies, expected);
    QVERIFY(ledger.closed());
}

void TestLedger::retriedCopyStaysOneCopy() {
    const Ledger ledger =
        ledgerOf({record(RecordKind::enqueued), record(RecordKind::delivered), record(RecordKind::failed),
                  record(RecordKind::nacked), record(RecordKind::retryScheduled), record(RecordKind::released),
                  record(RecordKind::delivered), record(RecordKind::timedOut), record(RecordKind::requeued)});
    CopyCounts expected;
    expected.born = expected.ready = 1;
    QCOMPARE(ledger.copies, expected);
}

void TestLedger::everyEndIsCountedFromWhereTheCopyWas() {
    struct End {
        RecordKind kind;
        std::int64_t CopyCounts::*count;
    };
    for (const End& end :
         {End{RecordKind::deadLettered, &CopyCounts::deadLettered}, End{RecordKind::expired, &CopyCounts::expired},
          End{RecordKind::dropped, &CopyCounts::dropped}, End{RecordKind::purged, &CopyCounts::purged},
          End{RecordKind::lost, &CopyCounts::lost}}) {
        const Ledger ledger =
            ledgerOf({record(RecordKind::sent), record(RecordKind::enqueued, CopyState::none, true),
                      record(RecordKind::enqueued), record(RecordKind::enqueued), record(RecordKind::delivered),
                      record(end.kind, CopyState::inTransit), record(end.kind, CopyState::delayed),
                      record(end.kind, CopyState::ready), record(end.kind, CopyState::inFlight)});
        CopyCounts expected;
        expected.born = 4;
        expected.*end.count = 4;
        QVERIFY2(ledger.copies == expected, name(end.kind).data());
    }
}

void TestLedger::copyRefusedAtBirthIsBornAndDropped() {
    const Ledger ledger = ledgerOf({record(RecordKind::dropped)});
    QCOMPARE(ledger.copies.born, 1);
    QCOMPARE(ledger.copies.dropped, 1);
    QVERIFY(ledger.closed());
}

void TestLedger::factsWithoutMovesChangeNothing() {
    const Ledger ledger =
        ledgerOf({record(RecordKind::blocked), record(RecordKind::unblocked), record(RecordKind::throttled),
                  record(RecordKind::completed), record(RecordKind::appended), record(RecordKind::started),
                  record(RecordKind::finished), record(RecordKind::ackRefused), record(RecordKind::skipped),
                  record(RecordKind::crashed), record(RecordKind::warmedUp), record(RecordKind::stopped)});
    QCOMPARE(ledger, Ledger());
    QCOMPARE(ledgerOf({record(RecordKind::effectLost)}).effectsLost, 1);
}

void TestLedger::settlingWhatWasNeverDeliveredDoesNotClose() {
    const Ledger ledger = ledgerOf({record(RecordKind::enqueued), record(RecordKind::acked)});
    QCOMPARE(ledger.copies.inFlight, -1);
    QCOMPARE(ledger.copies.outcomes(), ledger.copies.born); // the sum alone would not tell
    QVERIFY(!ledger.closed());
}

void TestLedger::routingWhatWasNeverPublishedDoesNotClose() {
    QVERIFY(!ledgerOf({record(RecordKind::routed)}).closed());
}

void TestLedger::everyKindHasItsName() {
    for (std::size_t i = 0; i < recordKindCount; ++i) {
        const auto kind = static_cast<RecordKind>(i);
        QVERIFY(recordKind(name(kind)) == kind);
    }
    QCOMPARE(name(RecordKind::sent), std::string_view("sent"));
    QCOMPARE(name(RecordKind::retryScheduled), std::string_view("retryScheduled"));
    QCOMPARE(name(RecordKind::compensated), std::string_view("compensated"));
    QVERIFY(!recordKind("Published"));
    QVERIFY(!recordKind(""));
}

QTEST_APPLESS_MAIN(TestLedger)
#include "tst_ledger.moc"
