// The command palette and the list of keys in the window, by real keys.
#include "support/whole_window.h"
#include "ui/commands/command_entries.h"
#include "ui/commands/command_palette.h"
#include "ui/commands/shortcut_list.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QShortcut>
#include <QTest>
#include <QTreeWidget>

#include <algorithm>
#include <functional>
#include <map>

using namespace weir;

class TestCommands : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void cleanup();
    void aFewLettersFindACommandAndEnterRunsIt();
    void whatWasChosenLastStandsFirst();
    void placesOfTheScenarioAreFoundToo();
    void arrowsWalkTheListRoundTheEnds();
    void whatIsDisabledIsShownButNotRun();
    void wordsOfTheMenuCount();
    void theKeysAreListedAndNarrowed();
    void noTwoActionsShareAKey();
    void noKeyIsAmbiguous();
    void noTwoEntriesOfAMenuShareALetter();
    void mnemonicsOfBothLanguagesAreTakenOff();

  private:
    CommandPalette& openPalette() {
        QTest::keyClick(&studio().window(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        return studio().commands().palette();
    }
    Studio& studio() const { return *m_weir->studio; }

    std::unique_ptr<WholeWindow> m_weir;
};

void TestCommands::init() {
    m_weir = std::make_unique<WholeWindow>();
}

void TestCommands::cleanup() {
    m_weir.reset();
}

void TestCommands::aFewLettersFindACommandAndEnterRunsIt() {
    QCOMPARE(m_weir->themes.theme().scheme, Scheme::Dark);
    CommandPalette& palette = openPalette();
    QVERIFY(palette.isVisible());
    QTest::keyClicks(&palette.field(), QStringLiteral("light"));
    QCOMPARE(palette.shownTitles().value(0), QStringLiteral("Light"));
    QTest::keyClick(&palette.field(), Qt::Key_Return);
    QVERIFY(!palette.isVisible());
    QCOMPARE(m_weir->themes.theme().scheme, Scheme::Light);
}

void TestCommands::whatWasChosenLastStandsFirst() {
    CommandPalette& palette = openPalette();
    QTest::keyClicks(&palette.field(), QStringLiteral("reset panels"));
    QTest::keyClick(&palette.field(), Qt::Key_Return);
    openPalette();
    QCOMPARE(palette.shownTitles().value(0), QStringLiteral("Reset panels"));
}

void TestCommands::placesOfTheScenarioAreFoundToo() {
    QVERIFY(studio().open(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json")));
    CommandPalette& palette = openPalette();
    QTest::keyClicks(&palette.field(), QStringLiteral("paysvc"));
    QCOMPARE(palette.shownTitles().value(0), QStringLiteral("payment-service"));
    QTest::keyClick(&palette.field(), Qt::Key_Return);
    QCOMPARE(studio().selection().node(), NodeRef::of(studio().session().catalogue()->service("payment-service")));
    m_weir->language.choose(Language::Choice::Chinese);
    const auto places = placeEntries(*studio().session().catalogue(), studio().selection());
    QCOMPARE(places.front().group, QStringLiteral("服务"));
    QCOMPARE(places.back().group, QStringLiteral("事件类型"));
}

void TestCommands::arrowsWalkTheListRoundTheEnds() {
    CommandPalette& palette = openPalette();
    QTest::keyClicks(&palette.field(), QStringLiteral("theme"));
    QVERIFY(palette.shownTitles().size() >= 3);
    const int first = palette.list().currentIndex().row(); // what cannot be chosen now is passed over
    QVERIFY(first >= 0);
    QTest::keyClick(&palette.field(), Qt::Key_Down);
    QVERIFY(palette.list().currentIndex().row() > first);
    QTest::keyClick(&palette.field(), Qt::Key_Up);
    QCOMPARE(palette.list().currentIndex().row(), first);
    QTest::keyClick(&palette.field(), Qt::Key_Up);
    QVERIFY(palette.list().currentIndex().row() > first); // round the end
}

void TestCommands::whatIsDisabledIsShownButNotRun() {
    CommandPalette& palette = openPalette();
    QTest::keyClicks(&palette.field(), QStringLiteral("detach"));
    QCOMPARE(palette.shownTitles().value(0), QStringLiteral("Detach"));
    QTest::keyClick(&palette.field(), Qt::Key_Return);
    QVERIFY(palette.isVisible());
}

void TestCommands::wordsOfTheMenuCount() {
    CommandPalette& palette = openPalette();
    QTest::keyClicks(&palette.field(), QStringLiteral("theme dark"));
    QCOMPARE(palette.shownTitles().value(0), QStringLiteral("Dark"));
}

void TestCommands::theKeysAreListedAndNarrowed() {
    QTest::keyClick(&studio().window(), Qt::Key_Question);
    ShortcutList& keys = studio().commands().shortcutList();
    QVERIFY(keys.isVisible());
    QTest::keyClicks(&keys.field(), QStringLiteral("full screen"));
    QCOMPARE(keys.tree().topLevelItemCount(), 1);
    QCOMPARE(keys.tree().topLevelItem(0)->child(0)->text(0), QStringLiteral("Full screen"));
    QTest::keyClicks(&keys.field(), QStringLiteral("qqq"));
    QCOMPARE(keys.tree().topLevelItemCount(), 1);
    QVERIFY(keys.tree().topLevelItem(0)->text(0).contains(QStringLiteral("screenqqq"))); // says what there is not
    QTest::keyClick(&keys.field(), Qt::Key_Escape);
    QVERIFY(!keys.isVisible());
}

void TestCommands::noTwoActionsShareAKey() {
    for (const Language::Choice language : {Language::Choice::English, Language::Choice::Chinese}) {
        m_weir->language.choose(language);
        QCoreApplication::processEvents();
        std::map<QString, QString> taken;
        for (const CommandEntry& entry : menuEntries(studio().window().menus())) {
            if (entry.keys.isEmpty())
                continue;
            const auto [at, fresh] = taken.emplace(entry.keys, entry.title);
            QVERIFY2(fresh, qPrintable(entry.keys + QStringLiteral(": ") + at->second + QStringLiteral(" and ") + entry.title));
        }
        QVERIFY(taken.size() > 15);
    }
}

namespace {

// A key of the window, and where it counts: everywhere, or within some widgets.
struct Key {
    QKeySequence keys;
    QString name;
    QList<const QWidget*> within; // none: everywhere
};

bool meet(const Key& one, const Key& other) {
    const auto overlap = [](const QWidget* a, const QWidget* b) { return a == b || a->isAncestorOf(b) || b->isAncestorOf(a); };
    if (one.within.isEmpty() || other.within.isEmpty())
        return true;
    return std::any_of(one.within.begin(), one.within.end(), [&](const QWidget* a) {
        return std::any_of(other.within.begin(), other.within.end(), [&](const QWidget* b) { return overlap(a, b); });
    });
}

} // namespace

// Also of what is in no menu, and of second keys: Qt does nothing where two of them may be meant.
void TestCommands::noKeyIsAmbiguous() {
    QVERIFY(studio().open(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json")));
    QList<Key> all;
    const auto local = [](Qt::ShortcutContext context) {
        return context == Qt::WidgetShortcut || context == Qt::WidgetWithChildrenShortcut;
    };
    const auto actions = studio().findChildren<QAction*>() + studio().window().findChildren<QAction*>();
    for (const QAction* action : QSet<QAction*>(actions.begin(), actions.end()))
        for (const QKeySequence& keys : action->shortcuts()) {
            Key key{keys, action->text(), {}};
            if (local(action->shortcutContext()))
                for (const QObject* object : action->associatedObjects())
                    if (const auto* widget = qobject_cast<const QWidget*>(object); widget && !qobject_cast<const QMenu*>(widget))
                        key.within << widget;
            if (!local(action->shortcutContext()) || !key.within.isEmpty())
                all << key;
        }
    for (const QShortcut* shortcut : studio().window().findChildren<QShortcut*>())
        for (const QKeySequence& keys : shortcut->keys())
            all << Key{keys, QStringLiteral("a shortcut"),
                       local(shortcut->context()) ? QList<const QWidget*>{qobject_cast<const QWidget*>(shortcut->parent())}
                                                  : QList<const QWidget*>()};
    QVERIFY(all.size() > 40);
    QStringList clashes;
    for (qsizetype i = 0; i < all.size(); ++i)
        for (qsizetype j = 0; j < i; ++j)
            if (all[i].keys == all[j].keys && meet(all[i], all[j]))
                clashes << all[i].keys.toString() + QStringLiteral(": ") + all[i].name + QStringLiteral(" and ") + all[j].name;
    QVERIFY2(clashes.isEmpty(), qPrintable(clashes.join(QLatin1Char('\n'))));
}

void TestCommands::noTwoEntriesOfAMenuShareALetter() {
    for (const Language::Choice language : {Language::Choice::English, Language::Choice::Chinese}) {
        m_weir->language.choose(language);
        QCoreApplication::processEvents();
        QStringList clashes;
        const std::function<void(const QList<QAction*>&, const QString&)> look = [&](const QList<QAction*>& entries,
                                                                                    const QString& menu) {
            std::map<QString, QString> taken;
            for (const QAction* entry : entries) {
                if (const QString letter = QKeySequence::mnemonic(entry->text()).toString(); !letter.isEmpty())
                    if (const auto [at, fresh] = taken.emplace(letter, entry->text()); !fresh)
                        clashes << QStringLiteral("%1: %2 and %3 (%4)").arg(menu, at->second, entry->text(), letter);
                if (entry->menu())
                    look(entry->menu()->actions(), entry->text());
            }
        };
        look(studio().window().menus().actions(), QStringLiteral("the bar"));
        QVERIFY2(clashes.isEmpty(), qPrintable(clashes.join(QLatin1Char('\n'))));
    }
}

void TestCommands::mnemonicsOfBothLanguagesAreTakenOff() {
    QCOMPARE(plainText(QStringLiteral("&Open…")), QStringLiteral("Open"));
    QCOMPARE(plainText(QStringLiteral("打开(&O)…")), QStringLiteral("打开"));
}

QTEST_MAIN(TestCommands)
#include "tst_commands.moc"
