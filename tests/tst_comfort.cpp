// Layouts, settings and help in the window: what makes it one's own, and what explains it.
#include "core/record/metrics.h"
#include "core/record/record.h"
#include "support/whole_window.h"
#include "ui/canvas/canvas.h"
#include "ui/help/help.h"
#include "ui/help/help_view.h"
#include "ui/layouts/layouts.h"
#include "ui/layouts/name_popup.h"
#include "ui/settings/settings_view.h"
#include "ui/widgets/in_sight.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QImage>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QRegularExpression>
#include <QTabBar>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QToolButton>

using namespace weir;

class TestComfort : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void cleanup();
    void aSavedLayoutComesBackAndIsForgotten();
    void aTaskShowsItsPanels();
    void namingAPanelBringsItToTheFront();
    void aNarrowWindowShowsWholeTitlesOfItsPanels_data();
    void aNarrowWindowShowsWholeTitlesOfItsPanels();
    void settingsAreFoundByTyping();
    void aSettingAndItsMenuNeverDiffer();
    void helpOpensAtThePanelWithTheKeyboard();
    void helpIsSearchedAsAWhole();
    void linksWithinAPageOfHelpLeadToTheirHeading();
    void helpSpeaksTheLanguageOfTheWindow();
    void everyPanelHasItsWordsInTheHelp();
    void everyFigureAndKindOfRecordIsInTheHelp();
    void everyPictureIsThereInBothThemes();

  private:
    QDockWidget& dock(const char* name) const { return m_weir->dock(name); }
    QAction* layoutNamed(const QString& name) {
        for (QAction* action : studio().layouts().action()->menu()->actions())
            if (action->text() == name)
                return action;
        return nullptr;
    }
    Studio& studio() const { return *m_weir->studio; }

    std::unique_ptr<WholeWindow> m_weir;
};

void TestComfort::init() {
    m_weir = std::make_unique<WholeWindow>();
}

void TestComfort::cleanup() {
    m_weir.reset();
}

void TestComfort::aSavedLayoutComesBackAndIsForgotten() {
    dock("charts").hide();
    layoutNamed(QStringLiteral("&Save layout…"))->trigger();
    NamePopup& naming = studio().layouts().namePopup();
    QVERIFY(naming.isVisible());
    naming.field().setText(QStringLiteral("R&D / 教学")); // no key types these
    QTest::keyClick(&naming.field(), Qt::Key_Return);
    QCOMPARE(studio().layouts().saved(), QStringList(QStringLiteral("R&D / 教学")));
    dock("charts").show();
    dock("outline").hide();
    layoutNamed(QStringLiteral("R&&D / 教学"))->trigger();
    QVERIFY(!dock("charts").isVisible());
    QVERIFY(dock("outline").isVisible());
    studio().layouts().forget(QStringLiteral("R&D / 教学"));
    QVERIFY(!layoutNamed(QStringLiteral("R&&D / 教学")));
}

void TestComfort::aTaskShowsItsPanels() {
    layoutNamed(QStringLiteral("Measuring"))->trigger();
    QVERIFY(dock("charts").isVisible());
    QVERIFY(!dock("trace").isVisible());
    QVERIFY(!dock("inspector").isVisible());
}

void TestComfort::namingAPanelBringsItToTheFront() {
    const auto alt8 = [this] {
        QTest::keyClick(&studio().window(), Qt::Key_8, Qt::AltModifier);
        QCoreApplication::processEvents();
    };
    const auto inFront = [this] { return inSight(*dock("groups").widget()); };
    QVERIFY(!dock("groups").isHidden() && !inFront()); // behind the trace
    alt8();
    QVERIFY(inFront());
    alt8();
    QVERIFY(dock("groups").isHidden());
    alt8();
    QVERIFY(inFront());
    QCOMPARE(dock("groups").toggleViewAction()->isChecked(), true);
}

void TestComfort::aNarrowWindowShowsWholeTitlesOfItsPanels_data() {
    QTest::addColumn<Language::Choice>("language");
    QTest::newRow("English") << Language::Choice::English;
    QTest::newRow("Chinese") << Language::Choice::Chinese;
}

// Those for which there is no room come by the arrows beside them.
void TestComfort::aNarrowWindowShowsWholeTitlesOfItsPanels() {
    QFETCH(const Language::Choice, language);
    m_weir->language.choose(language);
    studio().window().resize(800, 600);
    QCoreApplication::processEvents();
    int bars = 0;
    for (QTabBar* tabs : studio().window().findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (!tabs->isVisible())
            continue;
        ++bars;
        QFont strong = tabs->font(); // as the one in front is written
        strong.setWeight(QFont::DemiBold);
        for (int i = 0; i < tabs->count(); ++i)
            QVERIFY2(tabs->tabRect(i).width() >= QFontMetrics(strong).horizontalAdvance(tabs->tabText(i)),
                     qPrintable(tabs->tabText(i)));
        const int last = tabs->count() - 1;
        auto* const right = tabs->findChild<QToolButton*>(QStringLiteral("ScrollRightButton"));
        QVERIFY(right);
        for (int i = 0; i < last && right->isVisible() && right->isEnabled(); ++i)
            QTest::mouseClick(right, Qt::LeftButton);
        QVERIFY(tabs->rect().contains(tabs->tabRect(last)));
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(last).center());
        QCOMPARE(tabs->currentIndex(), last);
    }
    QCOMPARE(bars, 2);
    QVERIFY(!dock("runs").visibleRegion().isEmpty());
    QVERIFY(!dock("waiting").visibleRegion().isEmpty());
}

void TestComfort::settingsAreFoundByTyping() {
    QTest::keyClick(&studio().window(), Qt::Key_S, Qt::ControlModifier | Qt::AltModifier);
    SettingsView& view = studio().settingsView();
    QVERIFY(view.isVisible());
    QCOMPARE(view.shownCount(), 4);
    QTest::keyClicks(&view.field(), QStringLiteral("motion"));
    QCOMPARE(view.shownCount(), 1);
    QTest::keyClick(&view.field(), Qt::Key_Escape);
    QVERIFY(!view.isVisible());
}

void TestComfort::aSettingAndItsMenuNeverDiffer() {
    SettingsView& view = studio().settingsView();
    view.open();
    auto* themes = view.findChildren<QComboBox*>().at(0);
    QCOMPARE(themes->currentText(), QStringLiteral("Dark"));
    themes->setFocus();
    QTest::keyClick(themes, Qt::Key_Up); // Light
    QTRY_COMPARE(m_weir->themes.theme().scheme, Scheme::Light);
    auto* motion = view.findChildren<QCheckBox*>().at(0);
    QVERIFY(!motion->isChecked());
    studio().window().findChild<Canvas*>()->reducedMotionAction()->trigger();
    QVERIFY(motion->isChecked());
    QTest::mouseClick(motion, Qt::LeftButton);
    QVERIFY(!studio().window().findChild<Canvas*>()->reducedMotion());
}

void TestComfort::helpOpensAtThePanelWithTheKeyboard() {
    studio().window().activateWindow();
    dock("timeline").widget()->setFocus();
    QTest::keyClick(&studio().window(), Qt::Key_F1);
    HelpView& help = studio().help().view();
    QVERIFY(help.isVisible());
    QCOMPARE(help.text().textCursor().block().text(), QStringLiteral("Timeline"));
}

void TestComfort::helpIsSearchedAsAWhole() {
    HelpView& help = studio().help().view();
    help.open(QStringLiteral("start"));
    QTest::keyClicks(&help.field(), QStringLiteral("ackTimeout"));
    QVERIFY(help.list().count() > 0);
    help.list().setCurrentRow(0);
    QVERIFY(help.text().textCursor().block().text().contains(QStringLiteral("ackTimeout")));
    help.field().clear();
    QTest::keyClicks(&help.field(), QStringLiteral("xyzzy"));
    QCOMPARE(help.list().count(), 1);
    QCOMPARE(help.list().item(0)->text(), QStringLiteral("Nothing has these words."));
}

void TestComfort::linksWithinAPageOfHelpLeadToTheirHeading() {
    HelpView& help = studio().help().view();
    for (const char* page : {"brokers", "fields"}) {
        help.open(QLatin1String(page));
        // "#mqtt-qos-1", "#rateChange".
        constexpr int looked = 4; // each is a way through the whole page
        static const QRegularExpression link(QStringLiteral(R"(\]\((#[^)]+)\))"));
        QStringList dead;
        int links = 0;
        for (auto each = link.globalMatch(help.source(QLatin1String(page))); each.hasNext() && links < looked;
             ++links) {
            const QString to = each.next().captured(1);
            help.text().moveCursor(QTextCursor::Start);
            Q_EMIT help.text().anchorClicked(QUrl(to));
            const QTextBlock there = help.text().textCursor().block();
            if (there.blockFormat().headingLevel() != 2)
                dead << to;
        }
        QCOMPARE(links, looked);
        QVERIFY2(dead.isEmpty(), qPrintable(dead.join(QLatin1Char(' '))));
    }
}

void TestComfort::helpSpeaksTheLanguageOfTheWindow() {
    const HelpView& help = studio().help().view();
    for (const QString& page : HelpView::pages()) {
        m_weir->language.choose(Language::Choice::English);
        const QString english = help.source(page);
        QVERIFY2(english.startsWith(QLatin1String("# ")), qPrintable(page));
        m_weir->language.choose(Language::Choice::Chinese);
        const QString chinese = help.source(page);
        QVERIFY2(chinese.startsWith(QLatin1String("# ")) && chinese != english, qPrintable(page));
    }
}

// F1 in a panel looks for a heading with the panel's own name.
void TestComfort::everyPanelHasItsWordsInTheHelp() {
    const HelpView& help = studio().help().view();
    for (const Language::Choice choice : {Language::Choice::English, Language::Choice::Chinese}) {
        m_weir->language.choose(choice);
        QCoreApplication::processEvents();
        const QStringList lines = help.source(QStringLiteral("views")).split(u'\n');
        const auto docks = studio().window().findChildren<QDockWidget*>();
        QVERIFY(docks.size() > 10);
        for (const QDockWidget* each : docks)
            QVERIFY2(lines.contains(QStringLiteral("## ") + each->windowTitle(), Qt::CaseInsensitive),
                     qPrintable(each->windowTitle()));
    }
}

// By their names, or by what is common to a family of percentiles.
void TestComfort::everyFigureAndKindOfRecordIsInTheHelp() {
    for (const Language::Choice choice : {Language::Choice::English, Language::Choice::Chinese}) {
        m_weir->language.choose(choice);
        const QString page = studio().help().view().source(QStringLiteral("expressions"));
        static const QRegularExpression percentile(QStringLiteral("(P50|P90|P99|P999|Max)$"));
        for (const MetricScope scope :
             {MetricScope::run, MetricScope::channel, MetricScope::subscription, MetricScope::service})
            for (const std::string_view name : metricNames(scope)) {
                const QString figure = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
                const QString family = QString(figure).replace(percentile, QStringLiteral("Mean"));
                QVERIFY2(page.contains(u'`' + figure + u'`') || page.contains(u'`' + family + u'`'),
                         qPrintable(figure));
            }
        for (std::size_t kind = 0; kind < recordKindCount; ++kind) {
            const std::string_view word = name(static_cast<RecordKind>(kind));
            const QString row =
                QStringLiteral("| `%1` | ").arg(QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())));
            QVERIFY2(page.contains(row), qPrintable(row));
        }
    }
}

void TestComfort::everyPictureIsThereInBothThemes() {
    static const QRegularExpression picture(QStringLiteral("\\]\\(\\.\\./pictures/([a-z-]+)-light\\.png\\)"));
    int found = 0;
    for (const Language::Choice choice : {Language::Choice::English, Language::Choice::Chinese}) {
        m_weir->language.choose(choice);
        for (const QString& page : HelpView::pages())
            for (auto at = picture.globalMatch(studio().help().view().source(page)); at.hasNext(); ++found) {
                const QString name = at.next().captured(1);
                for (const char* theme : {"light", "dark"})
                    QVERIFY2(!QImage(QStringLiteral(":/pictures/%1-%2.png").arg(name, QLatin1String(theme))).isNull(),
                             qPrintable(name));
            }
    }
    QVERIFY(found >= 6);
}

QTEST_MAIN(TestComfort)
#include "tst_comfort.moc"
