// Fuzzy search: which names typed letters fit, and which fit best.
#include "ui/fuzzy.h"

#include <QTest>

using namespace weir;

class TestFuzzy : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void lettersMustComeInTheirOrder();
    void anEmptyQueryFitsEverything();
    void caseAndSpacesDoNotCount();
    void wordStartsBeatLettersInside();
    void lettersInARowBeatScatteredOnes();
    void theShorterOfTwoEqualsIsBetter();
    void positionsAreTheBestAlignment();
    void chineseIsSearchedToo();
};

void TestFuzzy::lettersMustComeInTheirOrder() {
    QVERIFY(fuzzyMatch(QStringLiteral("psv"), QStringLiteral("payment-service")));
    QVERIFY(!fuzzyMatch(QStringLiteral("vsp"), QStringLiteral("payment-service")));
    QVERIFY(!fuzzyMatch(QStringLiteral("payments"), QStringLiteral("pay")));
}

void TestFuzzy::anEmptyQueryFitsEverything() {
    const auto match = fuzzyMatch(QString(), QStringLiteral("anything"));
    QVERIFY(match);
    QCOMPARE(match->score, 0);
    QVERIFY(match->positions.isEmpty());
}

void TestFuzzy::caseAndSpacesDoNotCount() {
    QCOMPARE(fuzzyMatch(QStringLiteral("Run until"), QStringLiteral("run until"))->positions.size(), 8);
}

void TestFuzzy::wordStartsBeatLettersInside() {
    QVERIFY(fuzzyMatch(QStringLiteral("ps"), QStringLiteral("payment-service"))->score >
            fuzzyMatch(QStringLiteral("ps"), QStringLiteral("apparatusses x"))->score);
}

void TestFuzzy::lettersInARowBeatScatteredOnes() {
    QVERIFY(fuzzyMatch(QStringLiteral("mail"), QStringLiteral("xmailxxxxxx"))->score >
            fuzzyMatch(QStringLiteral("mail"), QStringLiteral("xmxaxixlxxx"))->score);
}

void TestFuzzy::theShorterOfTwoEqualsIsBetter() {
    QVERIFY(fuzzyMatch(QStringLiteral("order"), QStringLiteral("orders"))->score >
            fuzzyMatch(QStringLiteral("order"), QStringLiteral("orders-dead"))->score);
}

void TestFuzzy::positionsAreTheBestAlignment() {
    QCOMPARE(fuzzyMatch(QStringLiteral("ps"), QStringLiteral("apps payment-service"))->positions, QList<int>({5, 13}));
    QCOMPARE(fuzzyMatch(QStringLiteral("ser"), QStringLiteral("presence-service"))->positions, QList<int>({9, 10, 11}));
}

void TestFuzzy::chineseIsSearchedToo() {
    QCOMPARE(fuzzyMatch(QStringLiteral("死信"), QStringLiteral("显示死信"))->positions, QList<int>({2, 3}));
}

QTEST_APPLESS_MAIN(TestFuzzy)
#include "tst_fuzzy.moc"
