// Quantities and their text form.
#include "core/units.h"

#include <QTest>

using namespace weir;

class TestUnits : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void durationsParseExactly();
    void whatIsNoDurationIsRefused();
    void ratesAndSizesParse();
    void textParsesBackToTheSameValue();
    void secondsAreExactDecimals();
};

void TestUnits::durationsParseExactly() {
    QCOMPARE(parseDuration("20ms").value().count(), 20'000'000);
    QCOMPARE(parseDuration("0.1s").value().count(), 100'000'000);
    QCOMPARE(parseDuration("1.5 min").value().count(), 90'000'000'000);
    QCOMPARE(parseDuration("0").value().count(), 0);
    QCOMPARE(parseDuration("1d").value().count(), 86'400'000'000'000);
}

void TestUnits::whatIsNoDurationIsRefused() {
    for (const char* text : {"", "fast", "-1s", "1", "1.s", "0.5ns", "99999999999d", "1 parsec"})
        QVERIFY2(!parseDuration(text).ok(), text);
}

void TestUnits::ratesAndSizesParse() {
    QCOMPARE(parseRate("20/s").value().perSecond, 20.0);
    QCOMPARE(parseRate("90/min").value().perSecond, 1.5);
    QVERIFY(!parseRate("20").ok());
    QCOMPARE(parseBytes("1KiB").value().count, 1024);
    QCOMPARE(parseBytes("1.5MB").value().count, 1'500'000);
    QVERIFY(!parseBytes("1 byte").ok());
}

void TestUnits::textParsesBackToTheSameValue() {
    for (const Duration duration : {Duration{1}, Duration{1500ms}, Duration{10min}, Duration{90s}, Duration{20ms}, Duration{1234567890}})
        QCOMPARE(parseDuration(toText(duration)).value().count(), duration.count());
    QCOMPARE(toText(Duration{1500ms}), std::string("1.5s"));
    QCOMPARE(toText(Duration{10min}), std::string("10min"));
    QCOMPARE(toText(Rate{20}), std::string("20/s"));
    QCOMPARE(toText(Bytes{10240}), std::string("10KiB"));
}

void TestUnits::secondsAreExactDecimals() {
    QCOMPARE(secondsText(SimTime{192'480'113'000ns}), std::string("192.480113"));
    QCOMPARE(secondsText(SimTime{}), std::string("0"));
    QCOMPARE(secondsText(SimTime{1ns}), std::string("0.000000001"));
}

QTEST_APPLESS_MAIN(TestUnits)
#include "tst_units.moc"
