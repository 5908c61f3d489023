// The canvas's commands: the actions of its menus, and all its words.
#include "ui/canvas/canvas.h"
#include "ui/canvas/export_actions.h"
#include "ui/icons.h"
#include "ui/widgets/empty_state.h"

#include <QActionGroup>
#include <QMenu>

namespace weir {
namespace {

constexpr qreal keyStep = 1.25;
enum CanvasCommand { fitAll, whole, in, out, findNode, arrange, heat, conversation, reduce };

} // namespace

void Canvas::makeCommands() {
    const auto add = [this](const QKeySequence& keys) {
        auto* action = new QAction(this);
        action->setShortcut(keys);
        // Plain keys belong to whoever has the focus: elsewhere they are text.
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        m_commands << action;
        return action;
    };
    const auto on = [this](QAction* action, auto act) { connect(action, &QAction::triggered, this, act); };
    on(add(Qt::Key_F), [this] { focusThenFit(); });
    on(add(Qt::Key_0), [this] { zoomTo(1); });
    on(add(Qt::Key_Plus), [this] { zoomAt(QRectF(rect()).center(), keyStep); });
    on(add(Qt::Key_Minus), [this] { zoomAt(QRectF(rect()).center(), 1 / keyStep); });
    on(add(Qt::CTRL | Qt::Key_F), [this] { openFinder(); });
    on(add({}), [this] { arrangeAnew(); });
    m_heatMenu = new QMenu(this);
    add({})->setMenu(m_heatMenu);
    m_conversation = add({});
    m_conversation->setCheckable(true);
    on(m_conversation, [this] { refreshLit(); });
    m_reduceMotion = add({});
    m_reduceMotion->setCheckable(true);
    on(m_reduceMotion, [this](bool checked) { setReducedMotion(checked); });
    m_heatChoices = new QActionGroup(this);
    for (std::size_t i = 0; i < heatKinds; ++i) {
        QAction* choice = m_heatMenu->addAction(QString(), this, [this, i] { setHeat(static_cast<HeatBy>(i)); });
        choice->setCheckable(true);
        choice->setChecked(i == 0);
        m_heatChoices->addAction(choice);
    }
    m_heatNext = m_heatMenu->addAction(QString(), Qt::Key_H, this, [this] {
        setHeat(static_cast<HeatBy>((static_cast<std::size_t>(m_heatBy) + 1) % heatKinds));
    });
    m_heatNext->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_heatNext);
    m_export = new ExportActions(m_themes, m_scene, *this);
    connect(m_export, &ExportActions::failed, this, &Canvas::exportFailed);
    connect(&m_themes, &ThemeSource::changed, this, &Canvas::retranslate);
}

QAction* Canvas::exportMenu() const {
    return m_export->menu();
}

void Canvas::retranslate() {
    const auto say = [this](CanvasCommand command, const QString& icon, const QString& text, const QString& tip) {
        QAction* action = m_commands[command];
        action->setText(text);
        action->setToolTip(tip);
        if (!icon.isEmpty())
            action->setIcon(makeIcon(icon, m_themes.theme()));
    };
    say(fitAll, QStringLiteral("fit"), tr("&Fit everything"),
        tr("Show what is selected; once more, the whole topology"));
    say(whole, QString(), tr("Zoom to &100 %"), tr("Show the topology at its own size"));
    say(in, QStringLiteral("zoom_in"), tr("Zoom &in"), tr("Show the topology larger"));
    say(out, QStringLiteral("zoom_out"), tr("Zoom &out"), tr("Show the topology smaller"));
    say(findNode, QStringLiteral("search"), tr("Find a &node…"), tr("Find a service or channel by a few letters"));
    say(arrange, QStringLiteral("layout"), tr("&Arrange anew"),
        tr("Find places for all nodes, whatever was given or dragged"));
    say(heat, QString(), tr("&Heat"), tr("Colour the nodes by one measure"));
    say(conversation, QString(), tr("Highlight the whole con&versation"),
        tr("With a message selected: show the ways of all messages that belong to it"));
    say(reduce, QString(), tr("&Reduce motion"), tr("Show figures only, no messages on their way"));
    for (std::size_t i = 0; i < heatKinds; ++i)
        m_heatChoices->actions().at(static_cast<int>(i))->setText(heatWord(static_cast<HeatBy>(i)));
    m_heatNext->setText(tr("&Next measure"));
    m_export->retranslate();
    showEmptyState();
    setAccessibleName(tr("Canvas"));
    m_layer.drop();
    update();
}

} // namespace weir
