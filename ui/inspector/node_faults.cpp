#include "ui/inspector/node_faults.h"

#include "core/simulation/active_faults.h"
#include "ui/errors/error_text.h"
#include "ui/icons.h"
#include "ui/inspector/parameter_changes.h"
#include "ui/leader_words.h"
#include "ui/session/command_refusal.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QMenu>

#include <algorithm>

namespace weir {
namespace {

struct Kind {
    CommandKind kind;
    std::chrono::milliseconds by;
    const char* icon;
    const char* text; // not translated
};

// What ends a fault stands below what begins it.
constexpr Kind kinds[] = {
    {CommandKind::nodeDown, {}, "crash", QT_TRANSLATE_NOOP("weir::NodeFaults", "Crash")},
    {CommandKind::powerOff, {}, "crash", QT_TRANSLATE_NOOP("weir::NodeFaults", "Power failure")},
    {CommandKind::nodeUp, {}, "reload", QT_TRANSLATE_NOOP("weir::NodeFaults", "Bring back")},
    {CommandKind::partition, {}, "cut", QT_TRANSLATE_NOOP("weir::NodeFaults", "Cut off")},
    {CommandKind::heal, {}, "connect", QT_TRANSLATE_NOOP("weir::NodeFaults", "Connect again")},
    {CommandKind::diskFull, {}, "pause", QT_TRANSLATE_NOOP("weir::NodeFaults", "Fill its disk")},
    {CommandKind::diskFree, {}, "run", QT_TRANSLATE_NOOP("weir::NodeFaults", "Make room on its disk")},
    {CommandKind::slowDisk, std::chrono::milliseconds(200), "slow",
     QT_TRANSLATE_NOOP("weir::NodeFaults", "Slow its disk down by 200 ms")},
    {CommandKind::slowDisk, {}, "ok", QT_TRANSLATE_NOOP("weir::NodeFaults", "Its disk is quick again")},
    {CommandKind::clockSkew, std::chrono::minutes(1), "clock",
     QT_TRANSLATE_NOOP("weir::NodeFaults", "Its clock is 1 min ahead")},
    {CommandKind::clockSkew, {}, "ok", QT_TRANSLATE_NOOP("weir::NodeFaults", "Its clock is right")},
};

Command commandOf(const Kind& kind, const std::string& node) {
    Command command;
    command.kind = kind.kind;
    if (kind.kind == CommandKind::partition || kind.kind == CommandKind::heal)
        command.sides = {{node}, {std::string(anyEnd)}};
    else
        command.target = node;
    command.by = kind.by;
    return command;
}

bool isAmong(const std::vector<NodeId>& nodes, const Catalogue& catalogue, const std::string& name) {
    return std::any_of(nodes.begin(), nodes.end(),
                       [&](NodeId node) { return catalogue.nodes()[node.index()].name == name; });
}

} // namespace

NodeFaults::NodeFaults(Session& session, ParameterChanges& changes, const ThemeSource& themes, QObject* parent)
    : QObject(parent), m_session(session), m_changes(changes), m_themes(themes), m_menu(std::make_unique<QMenu>()) {
    connect(m_menu.get(), &QMenu::aboutToShow, this, &NodeFaults::fill);
    connect(&m_session, &Session::documentChanged, this, &NodeFaults::follow);
    retranslate();
    follow();
}

NodeFaults::~NodeFaults() = default;

QAction* NodeFaults::menu() const {
    return m_menu->menuAction();
}

void NodeFaults::retranslate() {
    m_menu->setTitle(tr("Nodes of the broker"));
}

void NodeFaults::follow() {
    m_menu->menuAction()->setVisible(m_session.mode() == Session::Mode::simulation && m_session.scenario() &&
                                     !m_session.scenario()->nodes.empty());
}

void NodeFaults::fill() {
    m_menu->clear();
    if (!m_session.scenario() || !m_session.catalogue())
        return;
    const std::vector<NodeId> down = nodesDown(m_session.picture());
    for (const NodeSpec& node : m_session.scenario()->nodes) {
        const QString name = QString::fromStdString(node.name);
        QMenu* const inside =
            m_menu->addMenu(isAmong(down, *m_session.catalogue(), node.name) ? tr("%1 (down)").arg(name) : name);
        fillNode(*inside, node.name);
    }
}

void NodeFaults::fillNode(QMenu& menu, const std::string& node) {
    const QString refusal = commandRefusal(m_session);
    const Catalogue& catalogue = *m_session.catalogue();
    const bool down = isAmong(nodesDown(m_session.picture()), catalogue, node);
    const bool full = isAmong(nodesFull(m_session.picture()), catalogue, node);
    std::vector<Command> endings;
    for (const ActiveFault& fault : activeFaults(*m_session.scenario(), m_session.journal(), m_session.now()))
        endings.push_back(ending(fault));
    for (const Kind& kind : kinds) {
        const Command command = commandOf(kind, node);
        bool fits = true;
        if (kind.kind == CommandKind::nodeUp || kind.kind == CommandKind::nodeDown ||
            kind.kind == CommandKind::powerOff)
            fits = down == (kind.kind == CommandKind::nodeUp);
        else if (kind.kind == CommandKind::diskFree || kind.kind == CommandKind::diskFull)
            fits = full == (kind.kind == CommandKind::diskFree);
        else if (endsFault(command))
            fits = std::any_of(endings.begin(), endings.end(), [&command](const Command& end) {
                return end.kind == command.kind && end.target == command.target && end.sides == command.sides;
            });
        const QString text = tr(kind.text);
        QAction* const action = menu.addAction(
            makeIcon(QString::fromLatin1(kind.icon), m_themes.theme()), text, this,
            [this, text, node, command] { give(tr("%1: %2").arg(text, QString::fromStdString(node)), command); });
        action->setEnabled(refusal.isEmpty() && fits);
        action->setToolTip(refusal);
    }
}

void NodeFaults::give(const QString& title, const Command& command) {
    if (const Errors errors = m_changes.give(title, command); !errors.empty())
        Q_EMIT refused(tr("%1 cannot be done now: %2").arg(title, errorText(errors.front())));
}

} // namespace weir
