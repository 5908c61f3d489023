// Reports and animations: what is in them, that they are files others can open, and that they can be given up.
#include "support/whole_window.h"
#include "ui/format.h"
#include "ui/report/exports.h"
#include "ui/report/pages.h"
#include "ui/report/report.h"

#include <QAbstractTextDocumentLayout>
#include <QAction>
#include <QApplication>
#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTimer>
#include <QToolButton>
#include <QXmlStreamReader>

#include <ctime>

using namespace weir;

class TestReport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void cleanup();
    void htmlKeepsTheWordsOfTheScenarioApartFromItsOwn();
    void aReportHasBothFormsSideBySide();
    void aReportSaysWhatTheRunCameTo();
    void aHeadingGoesToThePageOfWhatItIsAbout_data();
    void aHeadingGoesToThePageOfWhatItIsAbout();
    void picturesKeepTheirShapeOnPaper_data();
    void picturesKeepTheirShapeOnPaper();
    void theWholeConfigurationIsOnPaper();
    void theConfigurationIsTheDocumentAsItIsNow();
    void aRunOnAnotherBrokerIsNamed();
    void makingAReportDoesNotHoldTheWindowUp();
    void aFolderThatIsNotThereIsTold();
    void anAnimationPlaysTheSelectedStretch();
    void anAnimationThatIsGivenUpLeavesNoFile();
    void tooLongAnAnimationIsRefused();
    void anAnimationWithoutAnEndingGetsOne();

  private:
    QByteArray read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    Studio& studio() const { return *m_weir->studio; }

    std::unique_ptr<WholeWindow> m_weir;
};

void TestReport::init() {
    m_weir = std::make_unique<WholeWindow>(WindowStart{.size = {1000, 700}, .recentFiles = {}});
    QVERIFY(studio().open(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json")));
    studio().session().setSpeed({.unlimited = true});
    studio().session().runUntil(SimTime{50s});
    QTRY_VERIFY_WITH_TIMEOUT(!studio().session().running(), 20'000);
}

void TestReport::cleanup() {
    m_weir.reset();
}

void TestReport::htmlKeepsTheWordsOfTheScenarioApartFromItsOwn() {
    Report report;
    report.title = QStringLiteral("<b>A & B</b>");
    report.configuration = QStringLiteral("{ \"x\": \"</pre><script>\" }");
    const QString html = report.html();
    QVERIFY(html.contains(QStringLiteral("<h1>&lt;b&gt;A &amp; B&lt;/b&gt;</h1>")));
    QVERIFY(!html.contains(QStringLiteral("<script>")));
}

void TestReport::aReportHasBothFormsSideBySide() {
    studio().exports().exportReport(m_weir->folder.filePath(QStringLiteral("run.pdf")));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_weir->folder.filePath(QStringLiteral("run.pdf"))), 20'000);
    QVERIFY(read(m_weir->folder.filePath(QStringLiteral("run.pdf"))).startsWith("%PDF-"));
    QVERIFY(read(m_weir->folder.filePath(QStringLiteral("run.pdf"))).size() > 20'000); // with pictures in it
    QVERIFY(read(m_weir->folder.filePath(QStringLiteral("run.html"))).startsWith("<!doctype html>"));
    QTRY_VERIFY(studio().window().messageBar().text().contains(QStringLiteral("run.html")));
}

void TestReport::aReportSaysWhatTheRunCameTo() {
    studio().exports().exportReport(m_weir->folder.filePath(QStringLiteral("run")));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_weir->folder.filePath(QStringLiteral("run.html"))), 20'000);
    const QString html = QString::fromUtf8(read(m_weir->folder.filePath(QStringLiteral("run.html"))));
    QVERIFY(html.contains(QStringLiteral("<h1>Order flow</h1>")));
    QVERIFY(html.contains(QStringLiteral("Seed 7")));
    QVERIFY(html.contains(QStringLiteral("00:00:50.000")));
    QVERIFY(html.contains(QStringLiteral("Ledger closed")));
    QVERIFY(html.contains(QStringLiteral("<td class=\"name\">payment-service</td>")));
    QVERIFY(!html.contains(QStringLiteral("Run 1"))); // there is no other
    // What came to a queue through a topic has come in, though nobody published it there.
    const Session& session = studio().session();
    const auto taken = session.picture().channel(session.catalogue()->channel("payments")).taken;
    QVERIFY(taken > 100);
    QVERIFY(html.contains(
        QStringLiteral("<td class=\"name\">payments</td><td>%1</td>").arg(numberText(static_cast<double>(taken)))));
    QVERIFY(html.contains(QStringLiteral("payments: wait")));
    QVERIFY(html.contains(QStringLiteral("Configuration")));
    // Every expectation with how it stands: an order's statuses are looked at all the time, the rest at the end.
    QVERIFY(html.contains(QStringLiteral("Each order's statuses come in order: holds so far").toHtmlEscaped()));
    QVERIFY(html.contains(QStringLiteral("Payments wait less than 5 s: holds now")));
    QVERIFY(!html.contains(QStringLiteral("The scenario expects nothing")));
    QVERIFY(html.count(QStringLiteral("<svg")) >= 3); // the canvas and charts
    QXmlStreamReader canvas(html.mid(html.indexOf(QLatin1String("<svg")),
                                     html.indexOf(QLatin1String("</svg>")) + 6 - html.indexOf(QLatin1String("<svg"))));
    QString words;
    while (!canvas.atEnd())
        if (canvas.readNext() == QXmlStreamReader::Characters)
            words += canvas.text();
    QVERIFY2(!canvas.hasError(), qPrintable(canvas.errorString()));
    QVERIFY(words.contains(QStringLiteral("payment-service")));
}

void TestReport::aHeadingGoesToThePageOfWhatItIsAbout_data() {
    QTest::addColumn<QString>("content");
    QTest::newRow("a picture") << QStringLiteral("<p><img src=\"block\" width=\"80\" height=\"60\"></p>");
    QTest::newRow("a large picture") << QStringLiteral("<p><img src=\"block\" width=\"300\" height=\"200\"></p>");
    QTest::newRow("a table") << QStringLiteral("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>");
    QTest::newRow("words") << QStringLiteral("<p>words</p>");
}

// The first page on which something is drawn in this colour.
int pageWith(const QTextDocument& document, QRgb colour) {
    const QSize size = document.pageSize().toSize();
    for (int page = 0; page < document.pageCount(); ++page) {
        QImage drawn(size, QImage::Format_RGB32);
        drawn.fill(Qt::white);
        QPainter painter(&drawn);
        painter.setRenderHint(QPainter::TextAntialiasing, false);
        painter.translate(0, -page * size.height());
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = QRectF(0, page * size.height(), size.width(), size.height());
        document.documentLayout()->draw(&painter, context);
        painter.end();
        for (int y = 0; y < size.height(); ++y)
            for (int x = 0; x < size.width(); ++x)
                if (drawn.pixel(x, y) == colour)
                    return page;
    }
    return -1;
}

// Wherever the page ends: each time a line later. Headings are blue, what they are about is red.
void TestReport::aHeadingGoesToThePageOfWhatItIsAbout() {
    QFETCH(const QString, content);
    constexpr QSizeF page(400, 300);
    int moved = 0;
    for (int lines = 0; lines < 24; ++lines) {
        QTextDocument document;
        document.setDocumentMargin(0);
        QImage block(80, 60, QImage::Format_RGB32);
        block.fill(Qt::red);
        document.addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("block")), block);
        document.setHtml(QStringLiteral("<p>line</p>").repeated(lines) +
                         QStringLiteral("<h2 style=\"color: #0000ff\">Heading</h2><div style=\"color: #ff0000\">") +
                         content + QStringLiteral("</div><p>end</p>"));
        breakIntoPages(document, page);
        const int shown = pageWith(document, qRgb(0, 0, 255));
        QVERIFY(shown >= 0);
        QVERIFY2(pageWith(document, qRgb(255, 0, 0)) == shown, qPrintable(QString::number(lines)));
        QTextBlock heading = document.begin();
        while (heading.blockFormat().headingLevel() == 0)
            heading = heading.next();
        if (heading.blockFormat().pageBreakPolicy() & QTextFormat::PageBreak_AlwaysBefore)
            ++moved;
    }
    QVERIFY(moved > 0 && moved < 20); // where there was room it stays
}

void TestReport::picturesKeepTheirShapeOnPaper_data() {
    QTest::addColumn<QSize>("size");
    QTest::newRow("wide") << QSize(2040, 570);
    QTest::newRow("square") << QSize(900, 900);
    QTest::newRow("higher than a page") << QSize(400, 4000);
}

void TestReport::picturesKeepTheirShapeOnPaper() {
    QFETCH(const QSize, size);
    Report report;
    report.pictures = {
        {.title = QStringLiteral("Topology"), .svg = {}, .image = QImage(size, QImage::Format_RGB32), .makeImage = {}}};
    QTextDocument document;
    report.putInto(document);
    QTextImageFormat picture;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto part = block.begin(); !part.atEnd(); ++part)
            if (part.fragment().charFormat().isImageFormat())
                picture = part.fragment().charFormat().toImageFormat();
    QVERIFY(picture.isValid() && picture.width() > 0);
    QVERIFY2(std::abs(picture.height() * size.width() / picture.width() / size.height() - 1) < 0.02,
             qPrintable(QStringLiteral("%1 x %2").arg(picture.width()).arg(picture.height())));
    QVERIFY(picture.width() <= 672 && picture.height() < 900); // of 1/96 inch, what A4 has between its margins
}

// Behind pictures and tables whose headings went to the next page: as many pages more as so many lines need.
void TestReport::theWholeConfigurationIsOnPaper() {
    QFile scenario(studio().session().path());
    QVERIFY(scenario.open(QIODevice::ReadOnly));
    Report report;
    report.pictures = {{.title = QStringLiteral("Topology"), .svg = {}, .image = QImage(2000, 1200, QImage::Format_RGB32), .makeImage = {}}};
    report.tables = {{.title = QStringLiteral("Channels"), .columns = {QStringLiteral("Channel")}, .rows = {}}};
    for (int i = 0; i < 30; ++i)
        report.tables.front().rows.append({QString::number(i)});
    for (int i = 0; i < 7; ++i)
        report.pictures.append({.title = QString::number(i), .svg = {}, .image = QImage(2000, 560, QImage::Format_RGB32), .makeImage = {}});
    const auto pages = [&report] {
        QBuffer paper;
        paper.open(QIODevice::WriteOnly);
        return report.writePdf(paper) ? paper.data().count("/Type /Page\n") : 0;
    };
    const auto before = pages();
    QVERIFY(before >= 4);
    report.configuration = QString::fromUtf8(scenario.readAll());
    const auto lines = report.configuration.count(u'\n');
    QVERIFY(lines > 300);
    QVERIFY2(pages() >= before + lines / 90, qPrintable(QString::number(pages()))); // 3 mm is the least a line takes
}

void TestReport::aRunOnAnotherBrokerIsNamed() {
    QVERIFY(studio().session().runOn("kafka").empty());
    QTRY_VERIFY_WITH_TIMEOUT(!studio().session().running(), 20'000);
    studio().exports().exportReport(m_weir->folder.filePath(QStringLiteral("run")));
    QTRY_VERIFY_WITH_TIMEOUT(!studio().exports().busy(), 20'000);
    const QString html = QString::fromUtf8(read(m_weir->folder.filePath(QStringLiteral("run.html"))));
    QVERIFY(html.contains(QStringLiteral(" Run 2 · Apache Kafka &nbsp;")));
}

// Not what a file has that is no longer, or not yet, like it.
void TestReport::theConfigurationIsTheDocumentAsItIsNow() {
    QVERIFY(studio()
                .editor()
                .edit(QStringLiteral("Change Seed"), {{.pointer = "/run/seed", .value = Value(4711), .newName = {}}})
                .empty());
    studio().exports().exportReport(m_weir->folder.filePath(QStringLiteral("run")));
    QTRY_VERIFY_WITH_TIMEOUT(!studio().exports().busy(), 20'000);
    const QString html = QString::fromUtf8(read(m_weir->folder.filePath(QStringLiteral("run.html"))));
    QVERIFY(html.mid(html.indexOf(QStringLiteral("<pre>"))).contains(QStringLiteral("4711")));
}

// The window's thread turns its event loop all the while: the processor time between two turns is what it is held up.
void TestReport::makingAReportDoesNotHoldTheWindowUp() {
    const auto spent = [] {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
    };
    double before = spent(), longest = 0;
    QTimer turns;
    connect(&turns, &QTimer::timeout, this, [&] {
        longest = std::max(longest, spent() - before);
        before = spent();
    });
    turns.start(0);
    studio().exports().exportReport(m_weir->folder.filePath(QStringLiteral("run")));
    QTRY_VERIFY_WITH_TIMEOUT(!studio().exports().busy(), 20'000);
    QVERIFY(QFile::exists(m_weir->folder.filePath(QStringLiteral("run.pdf"))));
    QVERIFY2(longest < 50, qPrintable(QStringLiteral("%1 ms").arg(longest)));
}

void TestReport::aFolderThatIsNotThereIsTold() {
    studio().exports().exportReport(QStringLiteral("/nowhere/at/all/run.html"));
    QTRY_VERIFY_WITH_TIMEOUT(studio().window().messageBar().text().contains(QStringLiteral("could not be written")),
                             20'000);
}

void TestReport::anAnimationPlaysTheSelectedStretch() {
    if (Animation::tool().isEmpty())
        QSKIP("ffmpeg is not installed");
    studio().session().setSpeed({.factor = 1});
    studio().selection().setBrush(TimeRange{SimTime{10s}, SimTime{10s + 400ms}});
    const std::uint64_t before = studio().session().playhead();
    for (const char* name : {"a.gif", "a.webm"}) {
        const QString path = m_weir->folder.filePath(QString::fromLatin1(name));
        studio().exports().exportAnimation(path);
        QTRY_VERIFY_WITH_TIMEOUT(!studio().exports().busy(), 60'000);
        QVERIFY2(read(path).size() > 1000, name);
        QCOMPARE(studio().session().playhead(), before);
    }
    QVERIFY(read(m_weir->folder.filePath(QStringLiteral("a.webm"))).startsWith("\x1A\x45\xDF\xA3"));
    QImageReader film(m_weir->folder.filePath(QStringLiteral("a.gif")));
    QCOMPARE(film.imageCount(), 10); // 0.4 s at 25 frames a second
    const QImage first = film.read();
    QVERIFY(!first.isNull());
    QVERIFY(film.read() != first); // something moves
}

void TestReport::anAnimationThatIsGivenUpLeavesNoFile() {
    if (Animation::tool().isEmpty())
        QSKIP("ffmpeg is not installed");
    studio().session().setSpeed({.factor = 1});
    studio().selection().setBrush(TimeRange{SimTime{5s}, SimTime{25s}});
    const QString path = m_weir->folder.filePath(QStringLiteral("b.gif"));
    studio().exports().exportAnimation(path);
    QTRY_VERIFY_WITH_TIMEOUT(studio().window().messageBar().asks(), 20'000);
    for (auto* button : studio().window().messageBar().findChildren<QToolButton*>())
        if (button->text() == QLatin1String("Cancel") && button->isVisible()) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    QTRY_VERIFY_WITH_TIMEOUT(!studio().exports().busy(), 20'000);
    QVERIFY(!QFile::exists(path));
}

void TestReport::tooLongAnAnimationIsRefused() {
    if (Animation::tool().isEmpty())
        QSKIP("ffmpeg is not installed");
    studio().session().setSpeed({.factor = 0.001});
    studio().selection().setBrush(TimeRange{SimTime{0s}, SimTime{10s}});
    studio().exports().exportAnimation(m_weir->folder.filePath(QStringLiteral("c.gif")));
    QVERIFY(!studio().exports().busy());
    QVERIFY(studio().window().messageBar().text().contains(QStringLiteral("250000 frames")));
}

void TestReport::anAnimationWithoutAnEndingGetsOne() {
    if (Animation::tool().isEmpty())
        QSKIP("ffmpeg is not installed");
    studio().session().setSpeed({.factor = 10});
    studio().selection().setBrush(TimeRange{SimTime{5s}, SimTime{6s}});
    for (QAction* action : studio().exports().actions())
        if (action->text().contains(QStringLiteral("anima")))
            action->trigger();
    QVERIFY(m_weir->chooseInDialog(m_weir->folder.filePath(QStringLiteral("movie"))));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_weir->folder.filePath(QStringLiteral("movie.webm"))), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!studio().exports().busy(), 20'000);
    // What cannot be written is said in words of ours.
    studio().exports().exportAnimation(QStringLiteral("/nowhere/movie.webm"));
    QTRY_VERIFY_WITH_TIMEOUT(!studio().exports().busy(), 20'000);
    QCOMPARE(studio().window().messageBar().text(),
             QStringLiteral("The animation could not be made: /nowhere is no folder that can be written to."));
}

QTEST_MAIN(TestReport)
#include "tst_report.moc"
