#include "ui/inspector/fault_actions.h"

#include "ui/errors/error_text.h"
#include "ui/format.h"
#include "ui/groups/group_seek.h"
#include "ui/icons.h"
#include "ui/inspector/parameter_changes.h"
#include "ui/leader_words.h"
#include "ui/session/session.h"

#include <QAction>
#include <QApplication>
#include <QCursor>
#include <QMenu>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace weir {
namespace {

// In the order of the menus.
enum class FaultGroup : std::uint8_t { instances, speed, rate, messages, link, clock, node };

enum class Fits : std::uint8_t {
    handling,
    emitting,
    holding,
    anyChannel,
    read,
    anyService,
    archived,  // an exchange that keeps what is published
    led,       // a channel that a node of the broker leads
    nodeStruck // a channel, while some node is down, or its disk is full
};

struct Kind {
    CommandKind kind;
    double amount; // factor, share, count or seconds
    Fits fits;
    const char* icon;
    const char* text; // not translated
    FaultGroup group;
    bool oneInstance = false;
};

// Of each node the likeliest first: buttons take them in this order.
constexpr Kind kinds[] = {
    {CommandKind::crash, 0, Fits::handling, "crash", QT_TRANSLATE_NOOP("weir::FaultActions", "Crash"),
     FaultGroup::instances},
    {CommandKind::slow, 5, Fits::handling, "slow", QT_TRANSLATE_NOOP("weir::FaultActions", "Slow down 5×"),
     FaultGroup::speed},
    {CommandKind::crash, 0, Fits::handling, "crash", QT_TRANSLATE_NOOP("weir::FaultActions", "Crash one instance"),
     FaultGroup::instances, true},
    {CommandKind::restart, 0, Fits::handling, "reload", QT_TRANSLATE_NOOP("weir::FaultActions", "Restart"),
     FaultGroup::instances},
    {CommandKind::pause, 0, Fits::handling, "pause", QT_TRANSLATE_NOOP("weir::FaultActions", "Pause"),
     FaultGroup::instances},
    {CommandKind::resume, 0, Fits::handling, "run", QT_TRANSLATE_NOOP("weir::FaultActions", "Resume"),
     FaultGroup::instances},
    {CommandKind::slow, 2, Fits::handling, "slow", QT_TRANSLATE_NOOP("weir::FaultActions", "Slow down 2×"),
     FaultGroup::speed},
    {CommandKind::slow, 10, Fits::handling, "slow", QT_TRANSLATE_NOOP("weir::FaultActions", "Slow down 10×"),
     FaultGroup::speed},
    {CommandKind::slow, 1, Fits::handling, "faster", QT_TRANSLATE_NOOP("weir::FaultActions", "Back to normal speed"),
     FaultGroup::speed},
    {CommandKind::rate, 2, Fits::emitting, "faster", QT_TRANSLATE_NOOP("weir::FaultActions", "Rate 2×"),
     FaultGroup::rate},
    {CommandKind::rate, 0.5, Fits::emitting, "slower", QT_TRANSLATE_NOOP("weir::FaultActions", "Rate 0.5×"),
     FaultGroup::rate},
    {CommandKind::rate, 0, Fits::emitting, "pause", QT_TRANSLATE_NOOP("weir::FaultActions", "Stop emitting"),
     FaultGroup::rate},
    {CommandKind::rate, 1, Fits::emitting, "run", QT_TRANSLATE_NOOP("weir::FaultActions", "Back to the normal rate"),
     FaultGroup::rate},
    {CommandKind::seek, 0, Fits::read, "step_back", QT_TRANSLATE_NOOP("weir::FaultActions", "Read from…"),
     FaultGroup::messages},
    {CommandKind::replay, 0, Fits::archived, "step_back", QT_TRANSLATE_NOOP("weir::FaultActions", "Replay its archive"),
     FaultGroup::messages},
    {CommandKind::duplicate, 0.1, Fits::anyChannel, "copy", QT_TRANSLATE_NOOP("weir::FaultActions", "Duplicate 10 %"),
     FaultGroup::messages},
    {CommandKind::duplicate, 1, Fits::anyChannel, "copy",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Duplicate everything"), FaultGroup::messages},
    {CommandKind::duplicate, 0, Fits::anyChannel, "ok",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Duplicate nothing more"), FaultGroup::messages},
    {CommandKind::drop, 0.1, Fits::holding, "clear", QT_TRANSLATE_NOOP("weir::FaultActions", "Lose 10 %"),
     FaultGroup::messages},
    {CommandKind::drop, 1, Fits::holding, "clear", QT_TRANSLATE_NOOP("weir::FaultActions", "Lose everything"),
     FaultGroup::messages},
    {CommandKind::drop, 0, Fits::holding, "ok", QT_TRANSLATE_NOOP("weir::FaultActions", "Lose nothing more"),
     FaultGroup::messages},
    {CommandKind::poison, 1, Fits::handling, "dead_letter",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Poison the next message"), FaultGroup::messages},
    {CommandKind::partition, 0, Fits::anyService, "cut",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Cut off from the broker"), FaultGroup::link},
    {CommandKind::heal, 0, Fits::anyService, "connect", QT_TRANSLATE_NOOP("weir::FaultActions", "Connect again"),
     FaultGroup::link},
    {CommandKind::delay, 0.2, Fits::anyService, "slower",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Delay its link by 200 ms"), FaultGroup::link},
    {CommandKind::delay, 0, Fits::anyService, "ok", QT_TRANSLATE_NOOP("weir::FaultActions", "Delay its link no more"),
     FaultGroup::link},
    {CommandKind::lose, 0.1, Fits::anyService, "clear",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Lose 10 % on its link"), FaultGroup::link},
    {CommandKind::lose, 0, Fits::anyService, "ok",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Lose nothing more on its link"), FaultGroup::link},
    {CommandKind::reorder, 0.1, Fits::anyService, "retry",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Hold back 10 % on its link"), FaultGroup::link},
    {CommandKind::reorder, 0, Fits::anyService, "ok", QT_TRANSLATE_NOOP("weir::FaultActions", "Hold back nothing more"),
     FaultGroup::link},
    {CommandKind::clockSkew, 5, Fits::anyService, "clock",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Its clock is 5 s ahead"), FaultGroup::clock},
    {CommandKind::clockSkew, -5, Fits::anyService, "clock",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Its clock is 5 s behind"), FaultGroup::clock},
    {CommandKind::clockSkew, 0, Fits::anyService, "ok", QT_TRANSLATE_NOOP("weir::FaultActions", "Its clock is right"),
     FaultGroup::clock},
    {CommandKind::nodeDown, 0, Fits::led, "crash", QT_TRANSLATE_NOOP("weir::FaultActions", "Crash its leader's node"),
     FaultGroup::node},
    {CommandKind::powerOff, 0, Fits::led, "crash",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Power failure of its leader's node"), FaultGroup::node},
    {CommandKind::nodeUp, 0, Fits::nodeStruck, "reload",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Bring back the node that is down"), FaultGroup::node},
    {CommandKind::rollingRestart, 0, Fits::led, "retry",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Restart all nodes, one after another"), FaultGroup::node},
    {CommandKind::partition, 0, Fits::led, "cut", QT_TRANSLATE_NOOP("weir::FaultActions", "Cut its leader's node off"),
     FaultGroup::node},
    {CommandKind::diskFull, 0, Fits::led, "pause",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Fill the disk of its leader's node"), FaultGroup::node},
    {CommandKind::diskFree, 0, Fits::nodeStruck, "run",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Make room on the disk that is full"), FaultGroup::node},
    {CommandKind::slowDisk, 0.2, Fits::led, "slow",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Slow its leader's disk down by 200 ms"), FaultGroup::node},
    {CommandKind::slowDisk, 0, Fits::led, "ok",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Its leader's disk is quick again"), FaultGroup::node},
    {CommandKind::clockSkew, 60, Fits::led, "clock",
     QT_TRANSLATE_NOOP("weir::FaultActions", "Its leader's clock is 1 min ahead"), FaultGroup::node},
};

constexpr std::array groupTitles{QT_TRANSLATE_NOOP("weir::FaultActions", "Its instances"),
                                 QT_TRANSLATE_NOOP("weir::FaultActions", "How fast it works"),
                                 QT_TRANSLATE_NOOP("weir::FaultActions", "What it emits"),
                                 QT_TRANSLATE_NOOP("weir::FaultActions", "Messages"),
                                 QT_TRANSLATE_NOOP("weir::FaultActions", "Its link to the broker"),
                                 QT_TRANSLATE_NOOP("weir::FaultActions", "Its clock"),
                                 QT_TRANSLATE_NOOP("weir::FaultActions", "Its leader's node")};

bool isReadStream(const Catalogue& catalogue, ChannelId channel) {
    if (catalogue.channels()[channel.index()].kind != ChannelKind::stream)
        return false;
    for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i)
        if (catalogue.subscriptions()[i].channel == channel)
            return true;
    return false;
}

QString named(const std::string& name) {
    return QString::fromStdString(name);
}

} // namespace

FaultActions::FaultActions(Session& session, Selection& selection, ParameterChanges& changes, const ThemeSource& themes,
                           QObject* parent)
    : QObject(parent), m_session(session), m_selection(selection), m_changes(changes), m_themes(themes),
      m_none(new QAction(this)) {
    for (std::size_t group = 0; group < groupTitles.size(); ++group)
        m_menus.push_back(std::make_unique<QMenu>());
    m_none->setEnabled(false);
    for (std::size_t i = 0; i < std::size(kinds); ++i) {
        auto* const action = new QAction(this);
        m_menus[static_cast<std::size_t>(kinds[i].group)]->addAction(action);
        action->setData(static_cast<int>(i));
        connect(action, &QAction::triggered, this, [this, i] { give(i); });
        m_actions << action;
    }
    connect(&m_session, &Session::documentChanged, this, &FaultActions::follow);
    connect(&m_selection, &Selection::changed, this, &FaultActions::follow);
    connect(&m_session, &Session::advanced, this, [this] { // leaders change as the run goes on
        for (QAction* const action : m_actions)
            if (const std::size_t kind = action->data().toUInt();
                kinds[kind].fits == Fits::led || kinds[kind].fits == Fits::nodeStruck)
                offer(*action, fits(kind));
        offerMenus();
    });
    connect(&m_themes, &ThemeSource::changed, this, &FaultActions::dress);
    dress();
    retranslate();
    follow();
}

std::string FaultActions::target() const {
    const auto catalogue = m_session.catalogue();
    const NodeRef node = m_selection.node();
    if (!catalogue || m_session.mode() != Session::Mode::simulation)
        return {};
    if (const ServiceId id = node.service(); id.valid() && id.index() < catalogue->services().size())
        return std::string(catalogue->services()[id.index()].name);
    if (const ChannelId id = node.channel(); id.valid() && id.index() < catalogue->channels().size())
        return std::string(catalogue->channels()[id.index()].name);
    return {};
}

bool FaultActions::fits(std::size_t kind) const {
    const std::string name = target();
    const Scenario* const scenario = m_session.scenario();
    if (name.empty() || !scenario)
        return false;
    const NodeRef node = m_selection.node();
    if (node.service().valid()) {
        const auto service = std::find_if(scenario->services.begin(), scenario->services.end(),
                                          [&name](const ServiceSpec& spec) { return spec.name == name; });
        if (service == scenario->services.end())
            return false;
        const bool several = service->instances > 1 || !kinds[kind].oneInstance;
        switch (kinds[kind].fits) {
        case Fits::handling:
            return !service->handlers.empty() && several;
        case Fits::emitting:
            return !service->sources.empty();
        case Fits::holding:
            return !service->handlers.empty();
        case Fits::anyService:
            return true;
        case Fits::anyChannel:
        case Fits::read:
        case Fits::archived:
        case Fits::led:
        case Fits::nodeStruck:
            return false;
        }
    }
    if (kinds[kind].fits == Fits::read)
        return isReadStream(*m_session.catalogue(), node.channel());
    if (kinds[kind].fits == Fits::archived)
        return std::any_of(scenario->channels.begin(), scenario->channels.end(),
                           [&name](const ChannelSpec& spec) { return spec.name == name && spec.archive.has_value(); });
    const ChannelKind channel = m_session.catalogue()->channels()[node.channel().index()].kind;
    if (kinds[kind].fits == Fits::led || kinds[kind].fits == Fits::nodeStruck)
        return !brokerNode(kinds[kind].kind).empty();
    const bool holds = channel == ChannelKind::queue || channel == ChannelKind::stream;
    return kinds[kind].fits == Fits::anyChannel || (kinds[kind].fits == Fits::holding && holds);
}

// The one that leads the selected channel (of a stream its first partition that has a leader), or the first that is
// down, or full.
std::string FaultActions::brokerNode(CommandKind kind) const {
    const auto catalogue = m_session.catalogue();
    const ChannelId channel = m_selection.node().channel();
    if (!catalogue || !channel.valid())
        return {};
    const Picture& picture = m_session.picture();
    NodeId node;
    if (kind == CommandKind::nodeUp || kind == CommandKind::diskFree) {
        const std::vector<NodeId> struck = kind == CommandKind::nodeUp ? nodesDown(picture) : nodesFull(picture);
        node = struck.empty() || picture.channel(channel).leaders.empty() ? NodeId::none() : struck.front();
    } else {
        for (const LeaderFigures& leader : picture.channel(channel).leaders)
            if (!node.valid())
                node = leader.leader;
    }
    return node.valid() ? catalogue->nodes()[node.index()].name : std::string();
}

FaultActions::~FaultActions() = default;

void FaultActions::offer(QAction& action, bool fits) {
    action.setEnabled(fits);
    action.setVisible(fits); // a wall of grey says nothing
}

void FaultActions::offerMenus() {
    bool any = false;
    for (const std::unique_ptr<QMenu>& menu : m_menus) {
        const QList<QAction*> inside = menu->actions();
        const bool some =
            std::any_of(inside.begin(), inside.end(), [](const QAction* each) { return each->isEnabled(); });
        menu->menuAction()->setVisible(some);
        any = any || some;
    }
    m_none->setVisible(!any);
}

void FaultActions::follow() {
    for (QAction* const action : m_actions)
        offer(*action, fits(action->data().toUInt()));
    offerMenus();
}

QList<QAction*> FaultActions::fitting() const {
    QList<QAction*> fit;
    for (QAction* const action : m_actions)
        if (action->isEnabled())
            fit << action;
    return fit;
}

QList<QAction*> FaultActions::menus() const {
    QList<QAction*> menus;
    for (const std::unique_ptr<QMenu>& menu : m_menus)
        menus << menu->menuAction();
    return menus;
}

QList<QAction*> FaultActions::forWindow() const {
    return menus() << m_none;
}

void FaultActions::give(std::size_t index) {
    const Kind& kind = kinds[index];
    if (kind.kind == CommandKind::seek) {
        if (QWidget* const window = QApplication::activeWindow())
            askSeek(*window, QCursor::pos(), m_selection.node().channel(), std::nullopt);
        return;
    }
    Command command;
    command.kind = kind.kind;
    const std::string name = target();
    const bool ofNode = kind.fits == Fits::led || kind.fits == Fits::nodeStruck;
    const std::string whom = ofNode ? brokerNode(kind.kind) : name;
    if (kind.kind >= CommandKind::partition && kind.kind <= CommandKind::lose)
        command.sides = {{whom}, {std::string(ofNode ? anyEnd : brokerEnd)}};
    else
        command.target = whom;
    if (kind.kind == CommandKind::slow || kind.kind == CommandKind::rate)
        command.factor = kind.amount;
    else if (kind.kind == CommandKind::drop || kind.kind == CommandKind::duplicate || kind.kind == CommandKind::lose ||
             kind.kind == CommandKind::reorder)
        command.probability = kind.amount;
    else if (kind.kind == CommandKind::delay || kind.kind == CommandKind::clockSkew ||
             kind.kind == CommandKind::slowDisk)
        command.by = std::chrono::milliseconds(std::llround(kind.amount * 1000));
    else if (kind.kind == CommandKind::poison)
        command.count = static_cast<std::uint64_t>(kind.amount);
    if (kind.oneInstance) {
        // The first one that is not down already.
        const std::vector<ActiveFault> active = activeOn(m_selection.node());
        std::uint32_t instance = 0;
        while (std::any_of(active.begin(), active.end(), [instance](const ActiveFault& fault) {
            return fault.kind == CommandKind::crash && fault.instance == instance;
        }))
            ++instance;
        command.instance = instance;
    }
    const QString title = tr("%1: %2").arg(tr(kind.text), named(name));
    if (const Errors errors = m_changes.give(title, command); !errors.empty())
        Q_EMIT refused(tr("%1 cannot be done now: %2").arg(title, errorText(errors.front())));
}

void FaultActions::askSeek(QWidget& window, QPoint global, ChannelId stream, std::optional<SubscriptionId> group) {
    const auto catalogue = m_session.catalogue();
    if (!catalogue || !isReadStream(*catalogue, stream))
        return;
    auto* const popup = new ChoicePopup(m_themes, &window);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->ask(global, seekQuestion(*catalogue, stream, group),
               [this, catalogue, stream, group](const PickedAnswer& answer) {
                   const Command command = seekCommand(*catalogue, stream, group, answer);
                   const QString name = tr("Read %1 from elsewhere").arg(named(command.target));
                   if (const Errors errors = m_changes.give(name, command); !errors.empty())
                       Q_EMIT refused(tr("%1 cannot be done now: %2").arg(name, errorText(errors.front())));
               });
}

std::vector<ActiveFault> FaultActions::activeOn(NodeRef node) const {
    const auto catalogue = m_session.catalogue();
    const Scenario* const scenario = m_session.scenario();
    if (!catalogue || !scenario || node.kind == NodeRef::Kind::none)
        return {};
    const std::string_view name =
        node.service().valid() ? catalogue->services()[node.index].name : catalogue->channels()[node.index].name;
    std::vector<ActiveFault> active = activeFaults(*scenario, m_session.journal(), m_session.now());
    // Those of the broker's nodes are shown at all that is kept on nodes.
    const bool kept = node.channel().valid() && catalogue->channels()[node.index].replicas > 0;
    std::erase_if(active, [&](const ActiveFault& fault) {
        const bool ofNode = std::any_of(scenario->nodes.begin(), scenario->nodes.end(),
                                        [&fault](const NodeSpec& each) { return fault.strikes(each.name); });
        return !fault.strikes(name) && !(ofNode && kept);
    });
    return active;
}

void FaultActions::end(const ActiveFault& fault) {
    const QString name = tr("End: %1").arg(textOf(fault));
    if (const Errors errors = m_changes.give(name, ending(fault)); !errors.empty())
        Q_EMIT refused(tr("%1 cannot be done now: %2").arg(name, errorText(errors.front())));
}

void FaultActions::keep(const ActiveFault& fault) {
    const auto value = asScenarioFault(fault);
    if (!value)
        return;
    const Errors errors =
        m_changes.addKeepingRun(tr("Keep in the scenario: %1").arg(textOf(fault)), "/faults/-", *value);
    if (!errors.empty())
        Q_EMIT refused(errorText(errors.front()));
}

QString FaultActions::textOf(const ActiveFault& fault) {
    QString what;
    switch (fault.kind) {
    case CommandKind::crash:
        what = fault.instance ? tr("Instance #%1 is down").arg(*fault.instance + 1) : tr("All instances are down");
        break;
    case CommandKind::pause:
        what = tr("Paused");
        break;
    case CommandKind::slow:
        what = tr("Slowed down %1").arg(factorText(fault.amount));
        break;
    case CommandKind::rate:
        what = fault.amount == 0 ? tr("Emits nothing") : tr("Rate %1").arg(factorText(fault.amount));
        break;
    case CommandKind::nodeDown:
        what = tr("Node %1 is down").arg(named(fault.target));
        break;
    case CommandKind::powerOff:
        what = tr("Node %1 has no power").arg(named(fault.target));
        break;
    case CommandKind::drop:
        what = tr("Loses %1").arg(percentText(fault.amount));
        break;
    case CommandKind::diskFull:
        what = tr("The disk of node %1 is full").arg(named(fault.target));
        break;
    case CommandKind::slowDisk:
        what = tr("The disk of node %1 is slower by %2").arg(named(fault.target), named(toText(fault.by)));
        break;
    case CommandKind::partition:
        what = tr("Cut off");
        break;
    case CommandKind::delay:
        what = tr("Delayed by %1").arg(named(toText(fault.by)));
        break;
    case CommandKind::reorder:
        what = tr("Holds back %1").arg(percentText(fault.amount));
        break;
    case CommandKind::lose:
        what = tr("Loses %1 on its link").arg(percentText(fault.amount));
        break;
    case CommandKind::clockSkew:
        what = fault.by < Duration::zero() ? tr("Clock behind by %1").arg(named(toText(-fault.by)))
                                           : tr("Clock ahead by %1").arg(named(toText(fault.by)));
        break;
    default:
        what = tr("Duplicates %1").arg(percentText(fault.amount));
    }
    return tr("%1 since %2").arg(what, shortClockText(fault.since));
}

void FaultActions::dress() {
    for (QAction* const action : m_actions)
        action->setIcon(makeIcon(QString::fromLatin1(kinds[action->data().toUInt()].icon), m_themes.theme()));
}

void FaultActions::retranslate() {
    for (std::size_t group = 0; group < groupTitles.size(); ++group)
        m_menus[group]->setTitle(tr(groupTitles[group]));
    m_none->setText(tr("Select a service or a channel first"));
    for (QAction* const action : m_actions) {
        action->setText(tr(kinds[action->data().toUInt()].text));
        action->setToolTip(kinds[action->data().toUInt()].kind == CommandKind::seek
                               ? tr("Its groups go on reading from another place, from the playhead on")
                           : kinds[action->data().toUInt()].kind == CommandKind::replay
                               ? tr("What it has kept so far is published again, at the playhead")
                               : tr("%1, from the playhead on; can be undone").arg(action->text()));
    }
}

} // namespace weir
