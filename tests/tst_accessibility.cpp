// What a person hears who does not see: walks the whole window as a screen reader does, with every panel in front,
// every popup open, every menu down, and looks for controls without a name or without a role.
#include "support/whole_window.h"
#include "ui/attach/attach_popup.h"
#include "ui/canvas/canvas.h"
#include "ui/dead_letters/dead_letters_view.h"
#include "ui/editor/canvas_editor.h"
#include "ui/editor/choice_popup.h"
#include "ui/help/help.h"
#include "ui/help/help_view.h"
#include "ui/layouts/layouts.h"
#include "ui/settings/settings_view.h"
#include "ui/trace/colour_popup.h"
#include "ui/trace/expression_popup.h"
#include "ui/trace/trace_view.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QTest>
#include <QTimer>

#include <functional>
#include <set>

using namespace weir;

namespace {

const QString orderFlow = QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json");

// What a person can reach by keys or act upon.
bool isControl(const QAccessibleInterface& one, const QAccessible::State& state) {
    if (one.role() == QAccessible::PageTabList)
        return false; // its tabs are
    if (state.focusable)
        return true;
    switch (one.role()) {
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::Slider:
    case QAccessible::SpinBox:
    case QAccessible::PageTab:
    case QAccessible::MenuItem:
    case QAccessible::Link:
        return true;
    default:
        return false;
    }
}

// Of a Qt widget that says nothing of itself.
bool saysNothing(QAccessible::Role role) {
    return role == QAccessible::NoRole || role == QAccessible::Client;
}

class Walk {
  public:
    // Every accessible child below that is not hidden. Of long lists and tables the first rows are enough.
    void through(QAccessibleInterface* one, const QString& path = {}) {
        constexpr int childrenMax = 200;
        if (!one || !one->isValid())
            return;
        const QAccessible::State state = one->state();
        if (state.invisible)
            return;
        const QString here = path + QLatin1Char('/') + nameOf(*one);
        look(*one, state, here);
        for (int i = 0; i < std::min(one->childCount(), childrenMax); ++i)
            through(one->child(i), here);
    }
    void throughAllWindows() {
        QCoreApplication::processEvents();
        const QWidgetList all = QApplication::topLevelWidgets();
        for (QWidget* each : all)
            if (each->isVisible())
                through(QAccessible::queryAccessibleInterface(each));
    }
    // A menu's entries, whether it is down or not.
    void throughMenu(const QMenu& menu) {
        const QList<QAction*> entries = menu.actions();
        for (const QAction* entry : entries) {
            if (entry->isSeparator())
                continue;
            ++m_controls;
            if (entry->text().trimmed().isEmpty())
                m_faults.insert(QStringLiteral("an entry of the menu \"%1\" has no text").arg(menu.title()));
            if (entry->menu())
                throughMenu(*entry->menu());
        }
    }
    QString faults() const { return QStringList(m_faults.begin(), m_faults.end()).join(QLatin1Char('\n')); }
    int controls() const { return m_controls; }

  private:
    static QString nameOf(const QAccessibleInterface& one) {
        if (const QObject* object = one.object())
            return QString::fromLatin1(object->metaObject()->className()) + QLatin1Char('#') + object->objectName();
        return QStringLiteral("(%1)").arg(one.role());
    }
    // Of a row that is named by its first cell; a figure that does not apply there is empty.
    static bool isFurtherCell(QAccessibleInterface& one) {
        QAccessibleTableCellInterface* const cell = one.tableCellInterface();
        return cell && cell->columnIndex() > 0;
    }
    void look(QAccessibleInterface& one, const QAccessible::State& state, const QString& path) {
        if (!isControl(one, state))
            return;
        ++m_controls;
        if (one.text(QAccessible::Name).trimmed().isEmpty() && !isFurtherCell(one))
            m_faults.insert(path + QStringLiteral(": no name"));
        if (saysNothing(one.role()))
            m_faults.insert(path + QStringLiteral(": no role"));
    }

    std::set<QString> m_faults;
    int m_controls = 0;
};

} // namespace

class TestAccessibility : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { QAccessible::setActive(true); }
    void init();
    void cleanup();
    void theWelcomePageIsSpoken();
    void everyPanelIsSpoken_data();
    void everyPanelIsSpoken();
    void everyPopupIsSpoken();
    void everyMenuIsSpoken();
    void theTwinOfTheGraphTellsWhereTheFocusIs();

  private:
    template <class View> View& view() const { return m_weir->view<View>(); }
    QAction* actionNamed(const char* text) {
        QList<QAction*> entries = studio().window().menus().actions();
        for (qsizetype i = 0; i < entries.size(); ++i) { // menus within menus at the end
            if (entries[i]->text().remove(QLatin1Char('&')).startsWith(QLatin1String(text)))
                return entries[i];
            if (entries[i]->menu())
                entries += entries[i]->menu()->actions();
        }
        qFatal("no action \"%s\"", text);
    }
    void openOrderFlow();
    Studio& studio() const { return *m_weir->studio; }

    std::unique_ptr<WholeWindow> m_weir;
};

void TestAccessibility::init() {
    m_weir = std::make_unique<WholeWindow>();
}

void TestAccessibility::cleanup() {
    m_weir.reset();
}

// Run for ten seconds, standing there, with a message selected that has a story.
void TestAccessibility::openOrderFlow() {
    QVERIFY(studio().open(orderFlow));
    Session& session = studio().session();
    session.pause();
    session.setSpeed(Speed::max());
    session.runUntil(SimTime{10s});
    QTRY_VERIFY_WITH_TIMEOUT(!session.running(), 20'000);
    RecordReader reader(session.store());
    const Record& record = reader.at(50);
    studio().selection().selectRecord(50, record.ordinal, NodeRef::of(*session.catalogue(), record.place), record.type);
    QCoreApplication::processEvents();
}

void TestAccessibility::theWelcomePageIsSpoken() {
    Walk walk;
    walk.throughAllWindows();
    QVERIFY2(walk.faults().isEmpty(), qPrintable(walk.faults()));
    QVERIFY(walk.controls() > 20);
}

void TestAccessibility::everyPanelIsSpoken_data() {
    QTest::addColumn<bool>("chinese");
    QTest::newRow("in English") << false;
    QTest::newRow("in Chinese") << true;
}

void TestAccessibility::everyPanelIsSpoken() {
    QFETCH(bool, chinese);
    m_weir->language.choose(chinese ? Language::Choice::Chinese : Language::Choice::English);
    openOrderFlow();
    studio().canvasEditor().setEditing(true);
    Walk walk;
    const QList<QDockWidget*> docks = studio().window().findChildren<QDockWidget*>();
    QVERIFY(docks.size() >= 12);
    for (QDockWidget* dock : docks) {
        dock->show();
        dock->raise();
        QTRY_VERIFY(dock->widget()->isVisible());
        walk.throughAllWindows();
    }
    QVERIFY2(walk.faults().isEmpty(), qPrintable(walk.faults()));
    QVERIFY(walk.controls() > 500);
}

void TestAccessibility::everyPopupIsSpoken() {
    openOrderFlow();
    Walk walk;
    const auto looked = [&walk](const char* what, const QWidget& popup) {
        QCoreApplication::processEvents();
        QVERIFY2(popup.isVisible(), what);
        walk.throughAllWindows();
        const_cast<QWidget&>(popup).close();
    };
    MainWindow& window = studio().window();
    for (const char* text : {"Command palette", "Keyboard shortcuts", "Run until", "Attach", "Settings", "Find a node",
                             "Save layout", "Presenter mode", "About Weir"}) {
        actionNamed(text)->trigger();
        walk.throughAllWindows();
        if (actionNamed(text)->isChecked())
            actionNamed(text)->trigger();
        const QWidgetList all = QApplication::topLevelWidgets();
        for (QWidget* each : all)
            if (each != &window && each->isVisible())
                each->close();
        QCoreApplication::processEvents();
    }
    const QPoint middle = window.mapToGlobal(window.rect().center());
    studio().attachPopup().openOver(window, {QStringLiteral("tcp://127.0.0.1:5556")});
    looked("attach", studio().attachPopup());
    studio().help().view().open(QStringLiteral("start"));
    looked("help", studio().help().view());
    studio().settingsView().open();
    looked("settings", studio().settingsView());
    auto& trace = view<TraceView>();
    trace.columnPopup().openAt(middle, studio().session().catalogue());
    looked("column by expression", trace.columnPopup());
    QVERIFY2(walk.faults().isEmpty(), qPrintable(walk.faults()));
}

// Menus of the bar, and those that a right click or the menu key opens in every panel.
void TestAccessibility::everyMenuIsSpoken() {
    openOrderFlow();
    Walk walk;
    for (const QAction* menu : studio().window().menus().actions())
        walk.throughMenu(*menu->menu());
    QVERIFY(walk.controls() > 60);
    int opened = 0;
    for (QDockWidget* dock : studio().window().findChildren<QDockWidget*>()) {
        dock->show();
        dock->raise();
        QCoreApplication::processEvents();
        QList<QWidget*> inside = dock->findChildren<QWidget*>();
        if (dock->objectName() == QLatin1String("trace")) // the canvas once
            inside << &view<Canvas>();
        for (QWidget* each : inside) {
            if (!each->isVisible() || each->focusPolicy() == Qt::NoFocus)
                continue;
            QTimer look; // some menus have an event loop of their own
            look.callOnTimeout(this, [&] {
                if (auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())) {
                    walk.throughMenu(*menu);
                    walk.through(QAccessible::queryAccessibleInterface(menu));
                    ++opened;
                    menu->close();
                }
            });
            look.start(0);
            const QPoint at = each->rect().center();
            QContextMenuEvent event(QContextMenuEvent::Mouse, at, each->mapToGlobal(at));
            QApplication::sendEvent(each, &event);
            QCoreApplication::processEvents();
            QTest::qWait(0);
        }
    }
    QVERIFY2(walk.faults().isEmpty(), qPrintable(walk.faults()));
    QVERIFY2(opened >= 5, qPrintable(QString::number(opened)));
}

void TestAccessibility::theTwinOfTheGraphTellsWhereTheFocusIs() {
    openOrderFlow();
    auto& canvas = view<Canvas>();
    canvas.setFocus();
    QTest::keyClick(&canvas, Qt::Key_Home);
    QAccessibleInterface* const twin = QAccessible::queryAccessibleInterface(&canvas);
    const QString first = twin->focusChild()->text(QAccessible::Name);
    QVERIFY(first.startsWith(QStringLiteral("order-service, service")));
    QTest::keyClick(&canvas, Qt::Key_Right);
    const QString next = twin->focusChild()->text(QAccessible::Name);
    QVERIFY(!next.isEmpty() && next != first);
    QVERIFY2(canvas.accessibleDescription().endsWith(next),
             qPrintable(canvas.accessibleDescription())); // the hop in words
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
