// Themes, marks and icons: readable, told apart, and followed.
#include "ui/icons.h"
#include "ui/marks.h"
#include "ui/style.h"
#include "ui/theme_source.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <set>

using namespace weir;

namespace {

// WCAG 2.1: relative luminance and contrast ratio.
double luminance(const QColor& colour) {
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}
double contrast(const QColor& a, const QColor& b) {
    const double lighter = std::max(luminance(a), luminance(b));
    const double darker = std::min(luminance(a), luminance(b));
    return (lighter + 0.05) / (darker + 0.05);
}

QImage painted(const QIcon& icon, int size, QIcon::Mode mode = QIcon::Normal) {
    return icon.pixmap(QSize(size, size), 1.0, mode).toImage().convertToFormat(QImage::Format_ARGB32);
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void contrastIsRight();
    void textIsReadableOnEverySurface();
    void shapesStandOutFromTheirGround();
    void fiftySixEventTypesHaveTheirOwnMark();
    void neighbouringMarksDifferInColourAndShape();
    void marksFillTheirCentreInTheirColour();
    void marksStayWithinTheirSize();
    void everyIconDrawsInTheInkAsked();
    void iconsAreSharpAtTwoPixelsAPoint();
    void theSystemIsFollowedUntilTheUserChooses();
    void thePaletteFollowsTheTheme();
    void primaryButtonsAreFilledWithTheAccent();
};

void TestTheme::contrastIsRight() {
    QCOMPARE(qRound(contrast(Qt::black, Qt::white) * 100), 2100);
    QCOMPARE(qRound(contrast(QColor("#777777"), Qt::white) * 100), 448); // a known case of WCAG's
}

void TestTheme::textIsReadableOnEverySurface() {
    for (const Theme& theme : {darkTheme(), lightTheme()}) {
        for (const QColor& ground : {theme.background, theme.canvas, theme.surface, theme.raised, theme.selection})
            for (const QColor& text :
                 {theme.text, theme.muted, theme.accentText, theme.okText, theme.warnText, theme.dangerText})
                QVERIFY2(
                    contrast(text, ground) >= 4.5,
                    qPrintable(
                        QStringLiteral("%1 on %2: %3").arg(text.name(), ground.name()).arg(contrast(text, ground))));
        QVERIFY(contrast(theme.onAccent, theme.accent) >= 4.5);
        for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Ok, Tone::Warn, Tone::Danger})
            QVERIFY2(contrast(theme.textColour(tone), theme.tint(tone)) >= 4.5, qPrintable(theme.tint(tone).name()));
    }
}

void TestTheme::shapesStandOutFromTheirGround() {
    for (const Theme& theme : {darkTheme(), lightTheme()})
        for (const QColor& ground : {theme.canvas, theme.surface}) {
            for (const QColor& shape : {theme.accent, theme.ok, theme.warn, theme.danger})
                QVERIFY2(contrast(shape, ground) >= 3, qPrintable(shape.name()));
            for (const QColor& event : theme.eventColours)
                QVERIFY2(contrast(event, ground) >= 3, qPrintable(event.name()));
        }
}

void TestTheme::fiftySixEventTypesHaveTheirOwnMark() {
    const Theme theme = darkTheme();
    std::set<std::pair<QRgb, MarkShape>> seen;
    for (int i = 0; i < 56; ++i)
        seen.insert({theme.mark(i).colour.rgb(), theme.mark(i).shape});
    QCOMPARE(seen.size(), 56U);
    QCOMPARE(theme.mark(56), theme.mark(0));
}

void TestTheme::neighbouringMarksDifferInColourAndShape() {
    const Theme theme = lightTheme();
    for (int i = 0; i < 55; ++i) {
        QVERIFY(theme.mark(i).colour != theme.mark(i + 1).colour);
        QVERIFY(theme.mark(i).shape != theme.mark(i + 1).shape);
    }
    QCOMPARE(theme.mark(0).shape, MarkShape::Circle);
    QCOMPARE(theme.mark(3).shape, MarkShape::Diamond);
}

void TestTheme::marksFillTheirCentreInTheirColour() {
    const Theme theme = darkTheme();
    for (int i = 0; i < 8; ++i) {
        QImage image(21, 21, QImage::Format_ARGB32_Premultiplied);
        image.fill(theme.canvas);
        QPainter painter(&image);
        drawMark(painter, theme.mark(i), QPointF(10.5, 10.5), 6);
        painter.end();
        QCOMPARE(image.pixelColor(10, 10).name(), theme.mark(i).colour.name());
        QCOMPARE(image.pixelColor(0, 0).name(), theme.canvas.name());
    }
}

void TestTheme::marksStayWithinTheirSize() {
    for (int i = 0; i < 8; ++i) {
        const QRectF bounds = markPath(static_cast<MarkShape>(i)).boundingRect();
        QVERIFY2(bounds.left() >= -1.26 && bounds.right() <= 1.26 && bounds.top() >= -1.26 && bounds.bottom() <= 1.26,
                 qPrintable(QString::number(i)));
        QVERIFY(bounds.width() > 1.5 && bounds.height() > 1.5);
    }
}

void TestTheme::everyIconDrawsInTheInkAsked() {
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    QVERIFY(files.size() > 40);
    for (const QString& file : files) {
        if (file == QLatin1String("weir.svg"))
            continue;
        const QIcon icon =
            makeIcon(file.chopped(4), IconInk{.normal = QColor(255, 0, 0), .disabled = QColor(0, 0, 255)});
        int inked = 0;
        const QImage image = painted(icon, 32);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (const QColor pixel = image.pixelColor(x, y); pixel.alpha() > 250) {
                    QCOMPARE(pixel.rgb(), QColor(255, 0, 0).rgb());
                    ++inked;
                }
        QVERIFY2(inked > 8, qPrintable(file));
        QVERIFY2(painted(icon, 32, QIcon::Disabled) != image, qPrintable(file));
    }
}

void TestTheme::iconsAreSharpAtTwoPixelsAPoint() {
    const QPixmap pixmap = makeIcon(QStringLiteral("run"), darkTheme()).pixmap(QSize(20, 20), 2.0);
    QCOMPARE(pixmap.size(), QSize(40, 40));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
}

void TestTheme::theSystemIsFollowedUntilTheUserChooses() {
    ThemeSource themes(*qApp);
    QSignalSpy changed(&themes, &ThemeSource::changed);
    themes.setSystemScheme(Scheme::Light);
    changed.clear();
    themes.setSystemScheme(Scheme::Dark);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(themes.theme().scheme, Scheme::Dark);
    themes.choose(ThemeChoice::Light);
    QCOMPARE(themes.theme().scheme, Scheme::Light);
    themes.setSystemScheme(Scheme::Light);
    themes.setSystemScheme(Scheme::Dark); // not ours to follow now
    QCOMPARE(themes.theme().scheme, Scheme::Light);
    QCOMPARE(changed.count(), 2);
    themes.choose(ThemeChoice::System);
    QCOMPARE(themes.theme().scheme, Scheme::Dark);
    QCOMPARE(changed.count(), 3);
    themes.choose(ThemeChoice::Dark); // looks the same: nothing to say
    QCOMPARE(changed.count(), 3);
}

void TestTheme::thePaletteFollowsTheTheme() {
    ThemeSource themes(*qApp);
    themes.choose(ThemeChoice::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window).name(), QStringLiteral("#1b2027"));
    QCOMPARE(QApplication::palette().color(QPalette::Text).name(), QStringLiteral("#e6ebf2"));
    themes.choose(ThemeChoice::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Window).name(), QStringLiteral("#ffffff"));
    // What the desktop offered stays readable below ours; offscreen offers a light one.
    QVERIFY(qobject_cast<Style*>(QApplication::style())->desktopPalette().color(QPalette::Window).lightness() > 128);
}

void TestTheme::primaryButtonsAreFilledWithTheAccent() {
    ThemeSource themes(*qApp);
    themes.choose(ThemeChoice::Dark);
    QPushButton button;
    setButtonLook(button, ButtonLook::Primary);
    button.resize(60, 30);
    QCOMPARE(button.grab().toImage().pixelColor(30, 6).name(), QStringLiteral("#5b9bff"));
    themes.choose(ThemeChoice::Light);
    QCOMPARE(button.grab().toImage().pixelColor(30, 6).name(), QStringLiteral("#1f6feb"));
    button.setEnabled(false);
    QCOMPARE(button.grab().toImage().pixelColor(30, 6).name(), QStringLiteral("#f3f5f8"));
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
