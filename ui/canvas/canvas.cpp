#include "ui/canvas/canvas.h"

#include "core/scenario/ties.h"
#include "ui/canvas/bottleneck_banner.h"
#include "ui/canvas/canvas_accessible.h"
#include "ui/canvas/finder.h"
#include "ui/canvas/heat_legend.h"
#include "ui/canvas/minimap.h"
#include "ui/canvas/zoom_bar.h"
#include "ui/widgets/empty_state.h"

#include <QMenu>

#include <algorithm>

namespace weir {
namespace {

constexpr int frameMs = 16;
constexpr int leftOutShownMs = 6'000; // after the last hop that was not drawn
constexpr int captionShownMs = 8'000;

} // namespace

Canvas::Canvas(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_themes(themes), m_painter(themes.theme()),
      m_empty(new EmptyState(themes, QStringLiteral("open"), this)), m_zoom(new ZoomBar(themes, this)),
      m_banner(new BottleneckBanner(themes, this)), m_minimap(new Minimap(themes, m_scene, this)),
      m_finder(new Finder(themes, this)), m_legend(new HeatLegend(themes, this)) {
    QAccessible::installFactory(&CanvasAccessible::make);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setAcceptDrops(true); // of what is carried out and comes back: the editor's
    setFocusPolicy(Qt::StrongFocus);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_frames.setInterval(frameMs);
    m_frames.setTimerType(Qt::PreciseTimer);
    m_settle.setSingleShot(true);
    m_leftOutFade.setSingleShot(true);
    m_leftOutFade.setInterval(leftOutShownMs);
    connect(&m_leftOutFade, &QTimer::timeout, this, [this] {
        m_leftOutShown = false;
        update();
    });
    m_captionFade.setSingleShot(true);
    m_captionFade.setInterval(captionShownMs);
    connect(&m_captionFade, &QTimer::timeout, this, &Canvas::dropCaption);
    m_settle.setInterval(90);
    connect(&m_frames, &QTimer::timeout, this, &Canvas::frame);
    connect(&m_settle, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    connect(&m_session, &Session::documentChanged, this, &Canvas::begin);
    connect(&m_session, &Session::revised, this, &Canvas::revise);
    connect(&m_session, &Session::advanced, this, &Canvas::follow);
    connect(&m_session, &Session::runningChanged, this, [this] {
        if (m_session.running()) // it was about the moment where the run stood
            dropCaption();
        keepMoving();
    });
    connect(&m_selection, &Selection::changed, this, &Canvas::followSelection);
    connect(&m_themes, &ThemeSource::changed, this, &Canvas::dress);
    connect(m_zoom, &ZoomBar::outRequested, this, [this] { zoomAt(QRectF(rect()).center(), 1 / 1.25); });
    connect(m_zoom, &ZoomBar::inRequested, this, [this] { zoomAt(QRectF(rect()).center(), 1.25); });
    connect(m_zoom, &ZoomBar::wholeRequested, this, [this] { zoomTo(1); });
    connect(m_zoom, &ZoomBar::fitRequested, this, &Canvas::fit);
    connect(m_banner, &QAbstractButton::clicked, this, [this] {
        if (!m_bottleneckNode)
            return;
        select(m_bottleneckNode);
        reveal(*m_bottleneckNode);
    });
    connect(m_minimap, &Minimap::centreRequested, this, &Canvas::centreOnPoint);
    connect(m_finder, &Finder::found, this, [this](std::size_t node) { chooseNode(node); });
    connect(m_finder, &Finder::closed, this, [this] { setFocus(Qt::OtherFocusReason); });
    connect(m_legend, &QAbstractButton::clicked, this,
            [this] { m_heatMenu->popup(m_legend->mapToGlobal(QPoint(0, -m_heatMenu->sizeHint().height() - 4))); });
    makeCommands();
    retranslate();
    begin();
}

Canvas::~Canvas() = default;

// --- the document ---

void Canvas::begin() {
    const bool empty = m_session.mode() == Session::Mode::empty;
    showEmptyState();
    m_zoom->setVisible(!empty && m_controlsShown);
    m_legend->setVisible(!empty && m_controlsShown);
    m_caption.clear();
    m_scene.lit.reset();
    m_litWish = {};
    m_reader = m_session.store() ? std::make_unique<RecordReader>(m_session.store()) : nullptr;
    m_bottleneckNode.reset();
    m_banner->tell(std::nullopt, {}, {});
    m_leftOutSeen = 0;
    m_leftOutShown = false;
    m_scene.river = false;
    m_feed.begin(m_session.store(), m_session.playhead());
    FlowGraph graph = m_session.scenario() ? flowGraphOf(*m_session.scenario()) : FlowGraph{};
    if (m_session.catalogue())
        graph.extend(*m_session.catalogue(), m_session.picture());
    const bool alike = graph.nodes() == m_scene.topology.nodes() && graph.edges() == m_scene.topology.edges();
    // The same document keeps its view also where nothing stood in it: its first node stays where it was put.
    const bool again = m_scene.placed() && !m_document.isNull() && m_document == m_session.path() && alike;
    const bool kept = m_session.sameDocument() || again;
    m_document = m_session.path().isNull() ? QLatin1String("") : m_session.path();
    if (!kept) { // another document; the same one from its start, or edited, keeps its places and its view
        m_dragged.clear();
        m_found.clear();
        m_folded.clear();
        m_ignoreGiven = false;
        m_arranging = false; // that was asked for the other one
        m_fitted = m_fitted || !m_session.sameDocument(); // what gets its first node stays where it is looked at
        m_scene = {};
    }
    if (!empty && kept && alike) {
        m_ids = nodeIds(m_scene.topology, *m_session.catalogue(), m_session.scenario());
        m_feed.setWays(Ways(m_scene.topology, *m_session.catalogue()));
        takeRoutes();
        revise();
    } else if (!empty) {
        keepPlaces();
        setTopology(std::move(graph));
        layOut();
    }
    followSelection();
    m_layer.drop();
    refreshFaces(true);
    keepMoving();
    update();
}

void Canvas::takeRoutes() {
    const Scenario* const scenario = m_session.scenario();
    m_scene.routeFaces = scenario ? routeFaces(m_scene.topology, *scenario) : std::vector<RouteFace>();
}

void Canvas::setTopology(FlowGraph graph) {
    const Catalogue& catalogue = *m_session.catalogue();
    m_ids = nodeIds(graph, catalogue, m_session.scenario());
    std::vector<int> partitions;
    for (const NodeIds& ids : m_ids) {
        const ChannelRow* const row = ids.channel.valid() ? &catalogue.channels()[ids.channel.index()] : nullptr;
        const ChannelSpec* const given = row && m_session.document() ? channelOf(*m_session.document(), row->name) : nullptr;
        // A queue that is a stream on another broker has a queue's room in the document's layout.
        const bool narrow = given && given->kind != ChannelKind::stream;
        partitions.push_back(!row ? 0 : narrow ? 1 : static_cast<int>(row->partitions));
    }
    m_typeScale = m_themes.theme().typeScale;
    m_scene.setTopology(std::move(graph), m_themes.theme(), partitions);
    takeRoutes();
    m_scene.setGroups(givenGroups());
    rememberGiven();
    m_feed.setWays(Ways(m_scene.topology, catalogue));
    showEmptyState();
}

void Canvas::showEmptyState() {
    const bool live = m_session.mode() == Session::Mode::live;
    m_empty->setTitle(live ? tr("Nothing was heard yet") : tr("Open a scenario"));
    m_empty->setHint(live ? tr("Services and channels appear here as soon as they publish CloudEvents")
                          : tr("File > Open, or drop a file here"));
    m_empty->setVisible(m_session.mode() == Session::Mode::empty || (live && m_scene.names.empty()));
}

// Nothing jumps: what has a place keeps it, unless the document gives it another.
void Canvas::keepPlaces() {
    const Scenario* scenario = m_session.scenario();
    for (std::size_t i = 0; i < m_scene.homes.size(); ++i) {
        const std::string& name = m_scene.topology.nodes()[i].name;
        if (!scenario || !scenario->layout.contains(name))
            m_dragged.try_emplace(name, m_scene.homes[i]);
    }
}

// The document says other positions, groups or foldings than before: these hold now.
void Canvas::revise() {
    const Scenario* scenario = m_session.scenario();
    if (!scenario || !m_scene.placed())
        return;
    for (const auto& [name, point] : scenario->layout)
        if (const auto before = m_given.find(name); before == m_given.end() || !(before->second == point)) {
            m_dragged.erase(name);
            m_ignoreGiven = false;
        }
    for (const auto& [name, point] : m_given)
        if (const auto found = m_found.find(name); found != m_found.end() && !scenario->layout.contains(name))
            m_dragged[name] = found->second;
    for (const GroupSpec& group : scenario->groups)
        if (const auto before = m_givenFolds.find(group.name);
            before != m_givenFolds.end() && before->second != group.folded)
            m_folded.erase(group.name);
    keepPlaces();
    rememberGiven();
    m_scene.setGroups(givenGroups());
    place(m_scene.homes);
}

void Canvas::rememberGiven() {
    m_given.clear();
    m_givenFolds.clear();
    const Scenario* scenario = m_session.scenario();
    if (!scenario)
        return;
    m_given = scenario->layout;
    for (const GroupSpec& group : scenario->groups)
        m_givenFolds[group.name] = group.folded;
}

// What a live system shows of itself while it runs.
void Canvas::grow() {
    FlowGraph graph = m_scene.topology;
    if (!graph.extend(*m_session.catalogue(), m_session.picture()))
        return;
    keepPlaces();
    setTopology(std::move(graph));
    const LayoutGraph plan = layoutGraph(m_scene.topology, m_scene.sizes, m_scene.groupOf);
    place(layeredLayout(plan));
    followSelection();
}

std::vector<std::optional<QPointF>> Canvas::givenPositions() const {
    std::vector<std::optional<QPointF>> given;
    const Scenario* scenario = m_session.scenario();
    for (const GraphNode& node : m_scene.topology.nodes()) {
        std::optional<QPointF>& place = given.emplace_back();
        if (const auto dragged = m_dragged.find(node.name); dragged != m_dragged.end())
            place = dragged->second;
        else if (scenario && !m_ignoreGiven)
            if (const auto fixed = scenario->layout.find(node.name); fixed != scenario->layout.end())
                place = QPointF(fixed->second.x, fixed->second.y);
    }
    return given;
}

std::vector<SceneGroup> Canvas::givenGroups() const {
    std::vector<SceneGroup> groups;
    const Scenario* scenario = m_session.scenario();
    if (!scenario)
        return groups;
    const QFontMetricsF metrics(m_themes.theme().font(TextRole::Strong));
    for (const GroupSpec& spec : scenario->groups) {
        SceneGroup group{.name = QString::fromStdString(spec.name)};
        group.nameWidth = metrics.horizontalAdvance(group.name);
        for (const std::string& name : spec.nodes) {
            const auto service = m_scene.topology.service(name);
            if (const auto node = service ? service : m_scene.topology.channel(name))
                group.members.push_back(static_cast<std::uint32_t>(*node));
        }
        const auto chosen = m_folded.find(spec.name);
        group.folded = chosen != m_folded.end() ? chosen->second : spec.folded;
        if (!group.members.empty())
            groups.push_back(std::move(group));
    }
    return groups;
}

void Canvas::fold(std::size_t group, bool folded) {
    if (m_scene.groups[group].folded == folded)
        return;
    m_scene.fold(group, folded);
    m_folded[m_scene.groups[group].name.toStdString()] = folded;
    m_layer.drop();
    refreshFaces(true);
    update();
    Q_EMIT groupFolded(m_scene.groups[group].name, folded);
}

void Canvas::layOut() {
    const std::vector<std::optional<QPointF>> given = givenPositions();
    m_scene.narrowStreams(given);
    LayoutGraph graph = layoutGraph(m_scene.topology, m_scene.sizes, m_scene.groupOf);
    const bool allGiven = std::all_of(given.begin(), given.end(), [](const auto& place) { return place.has_value(); });
    // Graphviz does not keep dead letters in their group.
    if (allGiven || !graph.groupOf.empty() || fallsApart(graph)) {
        place(layeredLayout(graph));
        return;
    }
    m_dot.ask(graph, [this, graph, nodes = m_scene.topology.nodes()](const std::optional<Positions>& positions) {
        if (nodes == m_scene.topology.nodes()) // else it would be about what stood there before
            place(positions ? *positions : layeredLayout(graph));
    });
}

void Canvas::place(const Positions& automatic) {
    const std::vector<std::optional<QPointF>> given = givenPositions();
    m_scene.place(around(layoutGraph(m_scene.topology, m_scene.sizes, m_scene.groupOf), automatic, given));
    for (std::size_t i = 0; i < given.size(); ++i)
        if (!given[i])
            m_found[m_scene.topology.nodes()[i].name] = m_scene.homes[i];
    if (m_fitted)
        fit();
    m_layer.drop();
    refreshFaces(true);
    update();
    Q_EMIT scenePlaced();
    if (std::exchange(m_arranging, false))
        Q_EMIT arranged();
}

void Canvas::arrangeAnew() {
    if (m_session.mode() == Session::Mode::empty)
        return;
    m_dragged.clear();
    m_found.clear();
    m_ignoreGiven = true;
    m_fitted = true;
    m_arranging = true;
    layOut();
}

} // namespace weir
