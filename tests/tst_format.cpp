// Figures as people read them.
#include "ui/format.h"
#include "ui/run_bar/until_popup.h"
#include "ui/speed.h"
#include "ui/tabular.h"
#include "ui/text_cache.h"
#include "ui/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTest>

using namespace weir;

class TestFormat : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void countsAreGroupedByNarrowSpaces();
    void ratesHaveThreeSignificantDigits();
    void durationsChooseTheirUnit_data();
    void durationsChooseTheirUnit();
    void percentagesAreWholeFromTen();
    void factorsBytesAndClocks();
    void theDecimalSignIsTheLocales();
    void speedStepsAreTheNamedOnes();
    void everySpeedStepIsItsOwnNearest();
    void clocksParse();
    void whatIsNoClockIsRefused();
    void digitsTakeEqualRoom();
    void keptTextsLookTheSame_data();
    void keptTextsLookTheSame();
};

namespace {
const QLocale english(QLocale::English);
}

void TestFormat::countsAreGroupedByNarrowSpaces() {
    QCOMPARE(countText(0, english), QStringLiteral("0"));
    QCOMPARE(countText(999, english), QStringLiteral("999"));
    QCOMPARE(countText(37112, english), QStringLiteral(u"37\u202F112"));
    QCOMPARE(countText(-1204, english), QStringLiteral(u"-1\u202F204"));
    QCOMPARE(countText(-204, english), QStringLiteral("-204"));
    QCOMPARE(countText(9'223'372'036'854'775'807, english),
             QStringLiteral(u"9\u202F223\u202F372\u202F036\u202F854\u202F775\u202F807"));
}

void TestFormat::ratesHaveThreeSignificantDigits() {
    QCOMPARE(rateText({19.8}, english), QStringLiteral("19.8/s"));
    QCOMPARE(rateText({20}, english), QStringLiteral("20/s"));
    QCOMPARE(rateText({0.5}, english), QStringLiteral("0.5/s"));
    QCOMPARE(rateText({9.999}, english), QStringLiteral("10/s"));
    QCOMPARE(rateText({99.99}, english), QStringLiteral("100/s"));
    QCOMPARE(rateText({999.7}, english), QStringLiteral(u"1\u202F000/s"));
    QCOMPARE(rateText({0}, english), QStringLiteral("0/s"));
}

void TestFormat::durationsChooseTheirUnit_data() {
    QTest::addColumn<qlonglong>("nanoseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0LL << QStringLiteral(u"0\u00A0s");
    QTest::newRow("ns") << 5LL << QStringLiteral(u"5\u00A0ns");
    QTest::newRow("us") << 340'000LL << QStringLiteral(u"340\u00A0µs");
    QTest::newRow("no 1000 us") << 999'900LL << QStringLiteral(u"1\u00A0ms");
    QTest::newRow("ms") << 88'000'000LL << QStringLiteral(u"88\u00A0ms");
    QTest::newRow("s") << 1'212'000'000LL << QStringLiteral(u"1.21\u00A0s");
    QTest::newRow("no 60 s") << 59'960'000'000LL << QStringLiteral(u"1\u00A0min");
    QTest::newRow("min and s") << 192'480'000'000LL << QStringLiteral(u"3\u00A0min\u00A012\u00A0s");
    QTest::newRow("whole min") << 600'000'000'000LL << QStringLiteral(u"10\u00A0min");
    QTest::newRow("h and min") << 3'720'000'000'000LL << QStringLiteral(u"1\u00A0h\u00A02\u00A0min");
    QTest::newRow("d") << 2LL * 86'400'000'000'000 << QStringLiteral(u"2\u00A0d");
    QTest::newRow("negative") << -1'500'000'000LL << QStringLiteral(u"\u22121.5\u00A0s");
}

void TestFormat::durationsChooseTheirUnit() {
    QFETCH(const qlonglong, nanoseconds);
    QFETCH(const QString, text);
    QCOMPARE(durationText(Duration{nanoseconds}, english), text);
}

void TestFormat::percentagesAreWholeFromTen() {
    QCOMPARE(percentText(0.83, english), QStringLiteral(u"83\u00A0%"));
    QCOMPARE(percentText(0.009, english), QStringLiteral(u"0.9\u00A0%"));
    QCOMPARE(percentText(0.05, english), QStringLiteral(u"5\u00A0%"));
    QCOMPARE(percentText(0, english), QStringLiteral(u"0\u00A0%"));
    QCOMPARE(percentText(1, english), QStringLiteral(u"100\u00A0%"));
}

void TestFormat::factorsBytesAndClocks() {
    QCOMPARE(factorText(25, english), QStringLiteral(u"25\u00D7"));
    QCOMPARE(factorText(0.001, english), QStringLiteral(u"0.001\u00D7"));
    QCOMPARE(bytesText(Bytes{512}, english), QStringLiteral(u"512\u00A0B"));
    QCOMPARE(bytesText(Bytes{1'572'864}, english), QStringLiteral(u"1.5\u00A0MiB"));
    QCOMPARE(clockText(SimTime{192'480ms}, english), QStringLiteral("00:03:12.480"));
    QCOMPARE(clockText(SimTime{100h + 1ns}, english), QStringLiteral("100:00:00.000"));
    QCOMPARE(shortClockText(SimTime{192'480ms}, english), QStringLiteral("03:12.480"));
    QCOMPARE(shortClockText(SimTime{1h}, english), QStringLiteral("01:00:00.000"));
}

void TestFormat::theDecimalSignIsTheLocales() {
    const QLocale german(QLocale::German);
    QCOMPARE(rateText({19.8}, german), QStringLiteral("19,8/s"));
    QCOMPARE(clockText(SimTime{1500ms}, german), QStringLiteral("00:00:01,500"));
}

void TestFormat::speedStepsAreTheNamedOnes() {
    QCOMPARE(speedAt(0).factor, 0.001);
    QCOMPARE(speedAt(10).factor, 0.01);
    QCOMPARE(speedAt(30).factor, 1.0);
    QCOMPARE(speedAt(31).factor, 1.2);
    QCOMPARE(speedAt(44).factor, 25.0);
    QCOMPARE(speedAt(60).factor, 1000.0);
    QVERIFY(speedAt(61).unlimited);
    QCOMPARE(speedStep(Speed{.factor = 26, .unlimited = false}), 44);
    QCOMPARE(speedStep(Speed{.factor = 1e9, .unlimited = false}), 60);
    QCOMPARE(speedStep(Speed::max()), 61);
}

void TestFormat::everySpeedStepIsItsOwnNearest() {
    for (int step = 0; step <= speedStepMax; ++step)
        QCOMPARE(speedStep(speedAt(step)), step);
}

void TestFormat::clocksParse() {
    QCOMPARE(parseClock("10min").value().time_since_epoch().count(), 600'000'000'000);
    QCOMPARE(parseClock("00:03:12.480").value().time_since_epoch().count(), 192'480'000'000);
    QCOMPARE(parseClock("3:12").value().time_since_epoch().count(), 192'000'000'000);
    QCOMPARE(parseClock("26:00:00").value().time_since_epoch().count(), 93'600'000'000'000);
    QCOMPARE(parseClock("0:00.000000001").value().time_since_epoch().count(), 1);
}

void TestFormat::whatIsNoClockIsRefused() {
    for (const char* text :
         {"", "fast", ":", "1:", ":1", "1:60", "1:00:61", "1:2:3:4", "1:-2", "1:00.x", "1:00.", "+1:00"})
        QVERIFY2(!parseClock(text).ok(), text);
}

void TestFormat::digitsTakeEqualRoom() {
    const QFont font = [] {
        QFont inter(QStringLiteral("Inter"));
        inter.setPixelSize(20);
        return inter;
    }();
    QCOMPARE(tabularWidth(font, QStringLiteral("11:11.111")), tabularWidth(font, QStringLiteral("88:48.090")));
    // No digit is cut: each cell is as wide as the widest.
    for (char digit = '0'; digit <= '9'; ++digit)
        QVERIFY(tabularWidth(font, QString(QLatin1Char(digit))) >=
                QFontMetricsF(font).horizontalAdvance(QLatin1Char(digit)));
}

void TestFormat::keptTextsLookTheSame_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("tabular");
    QTest::newRow("word") << QStringLiteral("payment.requested") << false;
    QTest::newRow("cut") << QStringLiteral("a text that is far too wide for where it has to stand") << false;
    QTest::newRow("Chinese") << QStringLiteral(u"第 3 次投递") << false;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("figures") << QStringLiteral(u"1\u202F204.7\u00A0ms") << true;
    QTest::newRow("figures only") << QStringLiteral("111") << true;
}

void TestFormat::keptTextsLookTheSame() {
    QFETCH(const QString, text);
    QFETCH(const bool, tabular);
    const Theme theme = darkTheme();
    TextCache texts;
    const auto picture = [&](auto draw) {
        QImage image(160, 60, QImage::Format_RGB32);
        image.fill(theme.surface);
        QPainter painter(&image);
        painter.setPen(theme.text);
        draw(painter, QRect(5, 3, 120, 20));
        draw(painter, QRect(9, 30, 120, 21)); // an odd height: half a pixel
        return image;
    };
    const QImage expected = picture([&](QPainter& painter, const QRect& area) {
        painter.setFont(theme.font(TextRole::Body));
        if (tabular)
            drawTabular(painter, area, Qt::AlignLeft, text);
        else
            painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                             painter.fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
    });
    for (int time = 0; time < 2; ++time) // made, and found
        QCOMPARE(picture([&](QPainter& painter, const QRect& area) {
                     if (tabular)
                         texts.drawTabular(painter, theme, TextRole::Body, area, text);
                     else
                         texts.draw(painter, theme, TextRole::Body, area, text);
                 }),
                 expected);
}

QTEST_MAIN(TestFormat)
#include "tst_format.moc"
