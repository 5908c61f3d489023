#include "ui/inspector/fault_actions.h"

#include "ui/errors/error_text.h"
#include "ui/format.h"
#include "ui/groups/group_seek.h"
#include "ui/icons.h"
#include "ui/inspector/parameter_changes.h"
#include "ui/leader_words.h"
#include "ui/session/command_refusal.h"
#include "ui/session/session.h"

#include <QAction>
#include <QApplication>
#include <QCursor>
#include <QMenu>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

namespace weir {
namespace {

// In the order of the menus.
enum class FaultGroup : std::uint8_t { instances, speed, rate, messages, link, clock, node };

enum class Fits : std::uint8_t {
    handling,
    oneOfSeveral, // a service with more than one instance
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
};

// Of each node the likeliest first: buttons take them in this order.
constexpr Kind kinds[] = {
    {CommandKind::crash, 0, Fits::handling, "crash", QT_TRANSLATE_NOOP("weir::FaultActions", "Crash"),
     FaultGroup::instances},
    {CommandKind::slow, 5, Fits::handling, "slow", QT_TRANSLATE_NOOP("weir::FaultActions", "Slow down 5×"),
     FaultGroup::speed},
    {CommandKind::crash, 0, Fits::oneOfSeveral, "crash", QT_TRANSLATE_NOOP("weir::FaultActions", "Crash one instance"),
     FaultGroup::instances},
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

// Where several nodes are selected.
constexpr std::array severalTitles{QT_TRANSLATE_NOOP("weir::FaultActions", "Their instances"),
                                   QT_TRANSLATE_NOOP("weir::FaultActions", "How fast they work"),
                                   QT_TRANSLATE_NOOP("weir::FaultActions", "What they emit"),
                                   QT_TRANSLATE_NOOP("weir::FaultActions", "Messages"),
                                   QT_TRANSLATE_NOOP("weir::FaultActions", "Their links to the broker"),
                                   QT_TRANSLATE_NOOP("weir::FaultActions", "Their clocks"),
                                   QT_TRANSLATE_NOOP("weir::FaultActions", "Their leaders' nodes")};
static_assert(severalTitles.size() == groupTitles.size());

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

constexpr int refreshMilliseconds = 100;

constexpr std::uint32_t bit(Fits fits) {
    return std::uint32_t{1} << static_cast<unsigned>(fits);
}

bool isOfBrokerNode(const Kind& kind) {
    return kind.fits == Fits::led || kind.fits == Fits::nodeStruck;
}

// The first instance that is not down already.
std::uint32_t firstUp(const std::string& service, const std::vector<ActiveFault>& active) {
    std::uint32_t instance = 0;
    while (std::any_of(active.begin(), active.end(), [&](const ActiveFault& fault) {
        return fault.kind == CommandKind::crash && fault.target == service && fault.instance == instance;
    }))
        ++instance;
    return instance;
}

} // namespace

FaultActions::FaultActions(Session& session, Selection& selection, ParameterChanges& changes, const ThemeSource& themes,
                           QObject* parent)
    : QObject(parent), m_session(session), m_selection(selection), m_changes(changes), m_themes(themes),
      m_menu(std::make_unique<QMenu>()), m_nodes(session, changes, themes), m_none(new QAction(this)),
      m_fitting(std::size(kinds)) {
    for (std::size_t group = 0; group < groupTitles.size(); ++group)
        m_menu->addMenu(m_menus.emplace_back(std::make_unique<QMenu>()).get());
    m_none->setEnabled(false);
    for (std::size_t i = 0; i < std::size(kinds); ++i) {
        auto* const action = new QAction(this);
        m_menus[static_cast<std::size_t>(kinds[i].group)]->addAction(action);
        action->setData(static_cast<int>(i));
        connect(action, &QAction::triggered, this, [this, i] { give(i); });
        m_actions << action;
    }
    connect(&m_session, &Session::documentChanged, this, &FaultActions::follow);
    connect(&m_session, &Session::commanded, this, &FaultActions::followRun);
    connect(&m_session, &Session::ended, this, &FaultActions::followRun);
    connect(&m_session, &Session::runningChanged, this, &FaultActions::followRun);
    connect(&m_selection, &Selection::changed, this, &FaultActions::follow);
    connect(&m_session, &Session::advanced, this, [this] { // a single step shows at once, a run ten times a second
        if (!m_session.running() || !m_followed.isValid() || m_followed.elapsed() >= refreshMilliseconds)
            followRun();
    });
    connect(&m_nodes, &NodeFaults::refused, this, &FaultActions::refused);
    connect(&m_themes, &ThemeSource::changed, this, &FaultActions::dress);
    dress();
    retranslate();
    follow();
}

FaultActions::~FaultActions() = default;

void FaultActions::setSeveral(const std::vector<std::string>& names) {
    m_several = names;
    follow();
}

// --- what is offered ---

void FaultActions::takeUpSelected() {
    m_struck.clear();
    const auto catalogue = m_session.catalogue();
    if (!catalogue || m_session.mode() != Session::Mode::simulation || !m_session.scenario())
        return;
    std::vector<NodeRef> nodes;
    if (m_several.size() > 1)
        for (const std::string& name : m_several) {
            const ServiceId service = catalogue->service(name);
            nodes.push_back(service.valid() ? NodeRef::of(service) : NodeRef::of(catalogue->channel(name)));
        }
    else
        nodes.push_back(m_selection.node());
    for (const NodeRef node : nodes) {
        Struck struck{.node = node, .name = {}};
        if (const ServiceId id = node.service(); id.valid() && id.index() < catalogue->services().size())
            struck.name = catalogue->services()[id.index()].name;
        else if (const ChannelId channel = node.channel();
                 channel.valid() && channel.index() < catalogue->channels().size())
            struck.name = catalogue->channels()[channel.index()].name;
        if (struck.name.empty())
            continue;
        struck.fits = fitsOf(struck);
        m_struck.push_back(std::move(struck));
    }
}

std::uint32_t FaultActions::fitsOf(const Struck& struck) const {
    const Scenario& scenario = *m_session.scenario();
    std::uint32_t fits = 0;
    const auto add = [&fits](Fits one, bool fitting) { fits |= fitting ? bit(one) : 0; };
    if (struck.node.service().valid()) {
        const auto service = std::find_if(scenario.services.begin(), scenario.services.end(),
                                          [&struck](const ServiceSpec& spec) { return spec.name == struck.name; });
        if (service == scenario.services.end())
            return 0;
        add(Fits::handling, !service->handlers.empty());
        add(Fits::oneOfSeveral, !service->handlers.empty() && service->instances > 1);
        add(Fits::emitting, !service->sources.empty());
        add(Fits::holding, !service->handlers.empty());
        add(Fits::anyService, true);
        return fits;
    }
    const ChannelRow& channel = m_session.catalogue()->channels()[struck.node.channel().index()];
    add(Fits::anyChannel, true);
    add(Fits::holding, channel.kind == ChannelKind::queue || channel.kind == ChannelKind::stream);
    add(Fits::read, m_several.size() < 2 && isReadStream(*m_session.catalogue(), struck.node.channel()));
    add(Fits::archived,
        std::any_of(scenario.channels.begin(), scenario.channels.end(), [&struck](const ChannelSpec& spec) {
            return spec.name == struck.name && spec.archive.has_value();
        }));
    add(Fits::led, channel.replicas > 0);
    add(Fits::nodeStruck, channel.replicas > 0);
    return fits;
}

std::size_t FaultActions::fitting(std::size_t kind) const {
    return static_cast<std::size_t>(std::count_if(
        m_struck.begin(), m_struck.end(), [&](const Struck& struck) { return !struckBy(kind, struck).empty(); }));
}

// Whether one of those ends, of what holds now, is of a selected node.
bool FaultActions::ends(std::size_t kind, const std::vector<Command>& endings) const {
    return std::any_of(endings.begin(), endings.end(), [&](const Command& end) {
        if (end.kind != kinds[kind].kind)
            return false;
        const std::string& whom = end.sides.empty() ? end.target : end.sides.front().front();
        return end.sides == command(kind, whom).sides &&
               std::any_of(m_struck.begin(), m_struck.end(),
                           [&](const Struck& struck) { return struckBy(kind, struck) == whom; });
    });
}

// The name of whom it strikes: the node itself, or one of the broker's behind it; empty where it does not fit.
std::string FaultActions::struckBy(std::size_t kind, const Struck& struck) const {
    if ((struck.fits & bit(kinds[kind].fits)) == 0)
        return {};
    return isOfBrokerNode(kinds[kind]) ? brokerNode(kind, struck.node.channel()) : struck.name;
}

// The one that leads the channel (of a stream its first partition that has a leader), or the first that is down, or
// full.
std::string FaultActions::brokerNode(std::size_t kind, ChannelId channel) const {
    const std::vector<LeaderFigures>& leaders = m_session.picture().channel(channel).leaders;
    NodeId node;
    if (kinds[kind].fits == Fits::nodeStruck) {
        const std::vector<NodeId> struck =
            kinds[kind].kind == CommandKind::nodeUp ? nodesDown(m_session.picture()) : nodesFull(m_session.picture());
        node = struck.empty() || leaders.empty() ? NodeId::none() : struck.front();
    } else {
        for (const LeaderFigures& leader : leaders)
            if (!node.valid())
                node = leader.leader;
    }
    return node.valid() ? m_session.catalogue()->nodes()[node.index()].name : std::string();
}

void FaultActions::follow() {
    takeUpSelected();
    followRun();
    tellAll();
}

// Ten times a second, so words are touched only where they change.
void FaultActions::followRun() {
    m_followed.start();
    QString refusal = commandRefusal(m_session);
    bool other = refusal != m_refusal;
    m_refusal = std::move(refusal);
    std::vector<Command> endings;
    if (!m_struck.empty())
        for (const ActiveFault& fault : activeNow())
            endings.push_back(ending(fault));
    for (QAction* const action : m_actions) {
        const std::size_t kind = action->data().toUInt();
        const std::size_t fits = fitting(kind);
        if (std::exchange(m_fitting[kind], fits) != fits)
            other = true;
        // What is to be mended on a node of the broker the Picture has told: only then it fits.
        const bool ending = kinds[kind].fits != Fits::nodeStruck && endsFault(command(kind, {}));
        action->setVisible(fits > 0); // a wall of grey says nothing
        action->setEnabled(fits > 0 && m_refusal.isEmpty() && (!ending || ends(kind, endings)));
    }
    if (other)
        tellAll();
    offerMenus();
}

void FaultActions::tellAll() {
    for (QAction* const action : m_actions) {
        const std::size_t kind = action->data().toUInt();
        const std::size_t fits = m_fitting[kind];
        const QString text = tr(kinds[kind].text);
        action->setText(fits == 0 || fits == m_struck.size()
                            ? text
                            : tr("%1 (%2 of %3)").arg(text, QString::number(fits), QString::number(m_struck.size())));
        action->setToolTip(tip(kind));
    }
    for (std::size_t group = 0; group < m_menus.size(); ++group)
        m_menus[group]->setTitle(tr(m_struck.size() > 1 ? severalTitles[group] : groupTitles[group]));
}

void FaultActions::offerMenus() {
    bool any = false;
    for (const std::unique_ptr<QMenu>& menu : m_menus) {
        const QList<QAction*> inside = menu->actions();
        const bool some =
            std::any_of(inside.begin(), inside.end(), [](const QAction* each) { return each->isVisible(); });
        menu->menuAction()->setVisible(some);
        any = any || some;
    }
    m_menu->menuAction()->setEnabled(any);
    m_none->setVisible(!any);
}

QList<QAction*> FaultActions::fitting() const {
    QList<QAction*> fit;
    for (QAction* const action : m_actions)
        if (action->isVisible())
            fit << action;
    return fit;
}

QList<QAction*> FaultActions::menus() const {
    QList<QAction*> menus;
    for (const std::unique_ptr<QMenu>& menu : m_menus)
        menus << menu->menuAction();
    return menus;
}

QList<QAction*> FaultActions::ofNode() const {
    QList<QAction*> shown;
    for (const std::unique_ptr<QMenu>& menu : m_menus)
        if (menu->menuAction()->isVisible())
            shown << menu->menuAction();
    if (shown.size() == 1)
        return fitting();
    const bool led = m_menus[static_cast<std::size_t>(FaultGroup::node)]->menuAction()->isVisible();
    return led ? menus() << m_nodes.menu() : menus();
}

QList<QAction*> FaultActions::forWindow() const {
    return menus() << m_nodes.menu() << m_none;
}

QAction* FaultActions::menu() const {
    return m_menu->menuAction();
}

QList<QAction*> FaultActions::ofLink(const std::string& service, QObject* owner) {
    QList<QAction*> offered;
    if (m_session.mode() != Session::Mode::simulation || !m_session.scenario())
        return offered;
    const QString refusal = commandRefusal(m_session);
    std::vector<Command> endings;
    for (const ActiveFault& fault : activeNow())
        endings.push_back(ending(fault));
    for (std::size_t kind = 0; kind < std::size(kinds); ++kind) {
        if (kinds[kind].group != FaultGroup::link)
            continue;
        const Command one = command(kind, service);
        const bool holds = std::any_of(endings.begin(), endings.end(), [&one](const Command& end) {
            return end.kind == one.kind && end.sides == one.sides;
        });
        auto* const action =
            new QAction(makeIcon(QString::fromLatin1(kinds[kind].icon), m_themes.theme()), tr(kinds[kind].text), owner);
        action->setEnabled(refusal.isEmpty() && (!endsFault(one) || holds));
        action->setToolTip(refusal);
        connect(action, &QAction::triggered, this,
                [this, kind, service, one] { giveAll(kind, named(service), {one}); });
        offered << action;
    }
    return offered;
}

// --- what is given ---

Command FaultActions::command(std::size_t index, const std::string& whom) const {
    const Kind& kind = kinds[index];
    Command command;
    command.kind = kind.kind;
    if (kind.kind >= CommandKind::partition && kind.kind <= CommandKind::lose)
        command.sides = {{whom}, {std::string(isOfBrokerNode(kind) ? anyEnd : brokerEnd)}};
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
    return command;
}

// One for each node that it fits; where two channels have one leader that one is struck once.
std::vector<Command> FaultActions::commands(std::size_t kind) const {
    const std::vector<ActiveFault> active = activeNow();
    std::vector<Command> commands;
    for (const Struck& struck : m_struck) {
        const std::string whom = struckBy(kind, struck);
        if (whom.empty())
            continue;
        Command one = command(kind, whom);
        if (kinds[kind].fits == Fits::oneOfSeveral)
            one.instance = firstUp(whom, active);
        if (!isOfBrokerNode(kinds[kind]) || std::find(commands.begin(), commands.end(), one) == commands.end())
            commands.push_back(std::move(one));
    }
    return commands;
}

void FaultActions::give(std::size_t kind) {
    if (kinds[kind].kind == CommandKind::seek) {
        if (QWidget* const window = QApplication::activeWindow())
            askSeek(*window, QCursor::pos(), m_selection.node().channel(), std::nullopt);
        return;
    }
    const std::vector<Command> given = commands(kind);
    const auto first = std::find_if(m_struck.begin(), m_struck.end(),
                                    [&](const Struck& struck) { return !struckBy(kind, struck).empty(); });
    if (given.empty() || first == m_struck.end())
        return;
    const std::size_t struck = fitting(kind);
    giveAll(kind, struck == 1 ? named(first->name) : tr("%1 nodes").arg(countText(static_cast<std::int64_t>(struck))),
            given);
}

void FaultActions::giveAll(std::size_t kind, const QString& whom, const std::vector<Command>& commands) {
    const QString title = tr("%1: %2").arg(tr(kinds[kind].text), whom);
    if (const Errors errors = m_changes.giveAll(title, commands); !errors.empty())
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

std::vector<ActiveFault> FaultActions::activeNow() const {
    return activeFaults(*m_session.scenario(), m_session.journal(), m_session.now());
}

std::vector<ActiveFault> FaultActions::activeOn(NodeRef node) const {
    const auto catalogue = m_session.catalogue();
    const Scenario* const scenario = m_session.scenario();
    if (!catalogue || !scenario || node.kind == NodeRef::Kind::none)
        return {};
    const std::string_view name =
        node.service().valid() ? catalogue->services()[node.index].name : catalogue->channels()[node.index].name;
    std::vector<ActiveFault> active = activeNow();
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
    m_menu->setIcon(makeIcon(QStringLiteral("crash"), m_themes.theme()));
    for (QAction* const action : m_actions)
        action->setIcon(makeIcon(QString::fromLatin1(kinds[action->data().toUInt()].icon), m_themes.theme()));
}

void FaultActions::retranslate() {
    m_menu->setTitle(tr("Faults"));
    m_nodes.retranslate();
    m_none->setText(tr("Select a service or a channel first"));
    followRun();
    tellAll();
}

QString FaultActions::tip(std::size_t kind) const {
    if (!m_refusal.isEmpty())
        return m_refusal;
    if (kinds[kind].kind == CommandKind::seek)
        return tr("Its groups go on reading from another place, from the playhead on");
    if (kinds[kind].kind == CommandKind::replay)
        return tr("What it has kept so far is published again, at the playhead");
    return tr("%1, from the playhead on; can be undone").arg(tr(kinds[kind].text));
}

} // namespace weir
