#include "ui/canvas/canvas.h"

#include "ui/canvas/bottleneck_banner.h"
#include "ui/canvas/hover_words.h"
#include "ui/canvas/zoom_bar.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/tabular.h"
#include "ui/widgets/empty_state.h"

#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr int frameMs = 16;
constexpr double facesEveryMs = 100; // figures faster than that cannot be read
constexpr double edgesEveryMs = 500;
constexpr double shareOfPainting = 7; // painting anew may take one part in so many
constexpr double promptMs = 6;        // pictures that take longer wait until the view rests
constexpr int leftOutShownMs = 6'000; // after the last hop that was not drawn
constexpr std::size_t routedWhileCarried = 200; // nodes; edges of larger graphs follow when they are let go
constexpr double rewidth = 0.4;       // an edge is drawn anew when its width changed so much

} // namespace

Canvas::Canvas(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_themes(themes), m_painter(themes.theme()),
      m_empty(new EmptyState(themes, QStringLiteral("open"), this)), m_zoom(new ZoomBar(themes, this)),
      m_banner(new BottleneckBanner(themes, this)) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
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
    m_settle.setInterval(90);
    connect(&m_frames, &QTimer::timeout, this, &Canvas::frame);
    connect(&m_settle, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    connect(&m_session, &Session::documentChanged, this, &Canvas::begin);
    connect(&m_session, &Session::advanced, this, &Canvas::follow);
    connect(&m_session, &Session::runningChanged, this, &Canvas::keepMoving);
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
    makeCommands();
    retranslate();
    begin();
}

Canvas::~Canvas() = default;

// --- the document ---

void Canvas::begin() {
    const bool empty = m_session.mode() == Session::Mode::empty;
    m_empty->setVisible(empty);
    m_zoom->setVisible(!empty);
    m_bottleneckNode.reset();
    m_banner->tell(std::nullopt, {}, {});
    m_loads.clear();
    m_leftOutSeen = 0;
    m_leftOutShown = false;
    m_feed.begin(m_session.store(), m_session.playhead());
    FlowGraph graph = m_session.scenario() ? flowGraphOf(*m_session.scenario()) : FlowGraph{};
    if (m_session.catalogue())
        graph.extend(*m_session.catalogue(), m_session.picture());
    const bool revised = m_session.sameDocument();
    const bool same = !m_document.isNull() && m_document == m_session.path() && m_scene.placed() &&
                      graph.nodes() == m_scene.topology.nodes() && graph.edges() == m_scene.topology.edges();
    m_document = m_session.path().isNull() ? QLatin1String("") : m_session.path();
    m_given.reset();
    if (revised && !same) { // edited: what stays keeps its place, and the view is the user's
        m_scene = {};
    } else if (!same) { // another document; the same one from its start keeps its places and its view
        m_dragged.clear();
        m_kept.clear();
        m_ignoreGiven = false;
        m_fitted = true;
        m_scene = {};
    }
    if (!empty && !same) {
        setTopology(std::move(graph));
        layOut();
    } else if (same) {
        m_ids = nodeIds(m_scene.topology, *m_session.catalogue());
        m_feed.setWays(Ways(m_scene.topology, *m_session.catalogue()));
    }
    followSelection();
    m_layer.drop();
    refreshFaces(true);
    keepMoving();
    update();
}

void Canvas::setTopology(FlowGraph graph) {
    const Catalogue& catalogue = *m_session.catalogue();
    m_ids = nodeIds(graph, catalogue);
    std::vector<int> partitions;
    for (const NodeIds& ids : m_ids)
        partitions.push_back(
            ids.channel.valid() ? static_cast<int>(catalogue.channels()[ids.channel.index()].partitions) : 0);
    m_typeScale = m_themes.theme().typeScale;
    m_scene.setTopology(std::move(graph), m_themes.theme(), partitions);
    m_feed.setWays(Ways(m_scene.topology, catalogue));
}

// What a live system shows of itself while it runs.
void Canvas::grow() {
    FlowGraph graph = m_scene.topology;
    if (!graph.extend(*m_session.catalogue(), m_session.picture()))
        return;
    std::map<std::string, QPointF> places;
    for (std::size_t i = 0; i < m_scene.boxes.size(); ++i)
        places[m_scene.topology.nodes()[i].name] = m_scene.boxes[i].center();
    setTopology(std::move(graph));
    m_dragged.merge(places); // nothing jumps: what has a place keeps it
    const LayoutGraph plan = layoutGraph(m_scene.topology, m_scene.sizes);
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
        else if (m_given && m_given->contains(node.name))
            place = m_given->at(node.name);
        else if (scenario && !m_given && !m_ignoreGiven && scenario->layout.contains(node.name))
            place = QPointF(scenario->layout.at(node.name).x, scenario->layout.at(node.name).y);
        else if (const auto kept = m_kept.find(node.name); kept != m_kept.end())
            place = kept->second;
    }
    return given;
}

void Canvas::layOut() {
    LayoutGraph graph = layoutGraph(m_scene.topology, m_scene.sizes);
    const std::vector<std::optional<QPointF>> given = givenPositions();
    if (std::all_of(given.begin(), given.end(), [](const auto& place) { return place.has_value(); })) {
        place(layeredLayout(graph));
        return;
    }
    m_dot.ask(graph, [this, graph](const std::optional<Positions>& positions) {
        place(positions ? *positions : layeredLayout(graph));
    });
}

void Canvas::place(const Positions& automatic) {
    const std::vector<std::optional<QPointF>> given = givenPositions();
    m_scene.place(around(layoutGraph(m_scene.topology, m_scene.sizes), automatic, given));
    for (std::size_t i = 0; i < given.size(); ++i)
        if (!given[i]) // it stays there while others come and go
            m_kept[m_scene.topology.nodes()[i].name] = m_scene.boxes[i].center();
    if (m_fitted)
        fit();
    m_layer.drop();
    refreshFaces(true);
    update();
    Q_EMIT scenePlaced();
}

void Canvas::setGivenPositions(std::map<std::string, QPointF> positions) {
    if (m_given == positions)
        return;
    m_given = std::move(positions);
    if (!m_scene.placed() || m_dot.busy())
        return;
    if (!m_given->empty())
        m_ignoreGiven = false;
    m_dragged.clear();
    place(layeredLayout(layoutGraph(m_scene.topology, m_scene.sizes)));
}

void Canvas::carryNodes(const std::map<std::size_t, QPointF>& centres) {
    if (!m_scene.placed())
        return;
    takeOver();
    for (const auto& [node, centre] : centres)
        m_scene.boxes[node].moveCenter(centre);
    if (m_scene.boxes.size() <= routedWhileCarried)
        m_scene.route();
    m_layer.drop();
    update();
}

void Canvas::settleNodes() {
    if (!m_scene.placed())
        return;
    m_scene.route();
    m_layer.drop();
    update();
}

bool Canvas::takesGround(QPointF) const {
    return false;
}

void Canvas::setInset(int left) {
    m_inset = left;
    if (m_fitted)
        fit();
}

void Canvas::arrangeAnew() {
    if (m_session.mode() == Session::Mode::empty)
        return;
    m_dragged.clear();
    m_kept.clear();
    m_given = std::map<std::string, QPointF>();
    m_ignoreGiven = true;
    m_fitted = true;
    layOut();
    Q_EMIT arranged();
}

// --- the run ---

void Canvas::follow() {
    if (m_session.mode() == Session::Mode::empty)
        return;
    const double passed = m_followClock.isValid() ? static_cast<double>(m_followClock.restart()) : frameMs;
    if (!m_followClock.isValid())
        m_followClock.start();
    if (!m_session.scenario())
        grow();
    const TrafficFeed::Motion motion =
        m_feed.follow(m_session.playhead(), m_session.running(), m_session.speed(), passed);
    if (m_feed.leftOut() != m_leftOutSeen) {
        m_leftOutSeen = m_feed.leftOut();
        m_leftOutShown = true;
        m_leftOutFade.start();
    }
    const bool exact = motion == TrafficFeed::Motion::step || motion == TrafficFeed::Motion::leap;
    refreshFaces(exact || !m_session.running());
    if (motion == TrafficFeed::Motion::step && m_feed.focus()->node < m_scene.boxes.size())
        reveal(m_feed.focus()->node);
    if (motion != TrafficFeed::Motion::none)
        update();
    keepMoving();
}

void Canvas::refreshFaces(bool all) {
    if (m_session.mode() == Session::Mode::empty || m_ids.size() != m_scene.faces.size())
        return;
    const auto due = [all, this](QElapsedTimer& clock, double interval) {
        const bool now = all || !clock.isValid() ||
                         static_cast<double>(clock.elapsed()) >= std::max(interval, shareOfPainting * m_layer.costMs());
        if (now)
            clock.start();
        return now;
    };
    if (!due(m_facesClock, facesEveryMs))
        return;
    const Picture& picture = m_session.picture();
    const Catalogue& catalogue = *m_session.catalogue();
    m_loads.observe(picture, catalogue);
    const LoadSample* before = m_loads.samples().size() > 1 ? &m_loads.samples().front() : nullptr;
    for (std::size_t i = 0; i < m_ids.size(); ++i) {
        NodeFace face = nodeFace(m_ids[i], picture, catalogue, before);
        if (face == m_scene.faces[i])
            continue;
        m_scene.faces[i] = std::move(face);
        if (m_scene.placed())
            markDirty(m_scene.boxes[i].adjusted(-3, -3, 3, 3));
    }
    if (!due(m_edgesClock, edgesEveryMs))
        return;
    const std::vector<EdgeFace> faces = edgeFaces(m_scene.topology, m_ids, picture);
    for (std::size_t i = 0; i < faces.size(); ++i) {
        EdgeFace& shown = m_scene.edgeFaces[i];
        if (faces[i] == shown)
            continue;
        const bool wider = std::abs(faces[i].width() - shown.width()) >= rewidth;
        shown = faces[i];
        if (!m_scene.placed())
            continue;
        if (wider)
            markDirty(m_scene.curves[i].bounds().adjusted(-12, -12, 12, 12));
        else if (!m_scene.labels[i].isNull())
            markDirty(m_scene.labels[i].adjusted(-6, -2, 6, 2));
    }
    findBottleneck();
}

void Canvas::findBottleneck() {
    const Catalogue& catalogue = *m_session.catalogue();
    const std::optional<Bottleneck> found = bottleneck(m_loads.samples(), catalogue);
    m_bottleneckNode.reset();
    if (!found) {
        m_banner->tell(std::nullopt, {}, {});
        return;
    }
    const std::string& service = catalogue.services()[found->service.index()].name;
    const ChannelId channel = catalogue.subscriptions()[found->subscription.index()].channel;
    m_bottleneckNode = m_scene.topology.service(service);
    const bool shown = m_banner->isVisible();
    m_banner->tell(found, QString::fromStdString(service),
                   QString::fromStdString(catalogue.channels()[channel.index()].name));
    if (!shown) // it stays where it appeared
        placeBanner();
}

bool Canvas::moves() const {
    if (m_feed.stepping())
        return true;
    // A paused run stands still; one that is over lets its last messages arrive.
    if (!m_session.running() && m_session.canAdvance())
        return false;
    return m_feed.traffic().moving() || (m_feed.river() && m_session.running());
}

void Canvas::keepMoving() {
    if (moves() == m_frames.isActive())
        return;
    if (m_frames.isActive()) {
        m_frames.stop();
        return;
    }
    m_frameClock.start();
    m_frames.start();
}

void Canvas::frame() {
    const double passed = std::min(static_cast<double>(m_frameClock.nsecsElapsed()) * 1e-6, 100.0);
    m_frameClock.restart();
    m_feed.advance(passed);
    m_riverMs += passed;
    update();
    keepMoving();
}

void Canvas::setReducedMotion(bool reduced) {
    m_reduced = reduced;
    m_feed.setReducedMotion(reduced);
    m_commands.back()->setChecked(reduced);
    keepMoving();
    update();
}

// --- the view ---

QRectF Canvas::freeArea() const {
    return QRectF(rect()).adjusted(24, 20, -24, -std::max(52, m_bottomReserved));
}

void Canvas::setView(const ViewTransform& view) {
    m_view = view;
    m_zoom->setScale(view.scale);
    m_settle.start();
    update();
    Q_EMIT viewChanged();
}

void Canvas::fit() {
    m_fitted = true;
    if (m_scene.placed())
        setView(ViewTransform::fitted(m_scene.bounds(), freeArea()));
}

void Canvas::zoomTo(qreal scale) {
    zoomAt(QRectF(rect()).center(), scale / m_view.scale);
}

void Canvas::zoomAt(QPointF at, qreal factor) {
    takeOver();
    setView(m_view.zoomed(at, factor));
}

void Canvas::centreOn(std::size_t node) {
    takeOver();
    ViewTransform view = m_view;
    view.offset = QRectF(rect()).center() - m_scene.boxes[node].center() * view.scale;
    setView(view);
}

void Canvas::reveal(std::size_t node) {
    if (!m_scene.placed())
        return;
    const QRectF box = m_view.toView(m_scene.boxes[node]);
    if (!freeArea().contains(box))
        centreOn(node);
}

void Canvas::markDirty(const QRectF& part) {
    if (m_layer.isEmpty())
        return;
    m_layer.renderPart(m_scene, part);
    update();
}

void Canvas::setBottomReserved(int pixels) {
    m_bottomReserved = pixels;
    if (m_fitted)
        fit();
}

void Canvas::dress() {
    dropPictures();
    if (m_typeScale == m_themes.theme().typeScale || !m_scene.placed())
        return;
    setTopology(m_scene.topology);
    layOut();
    followSelection();
    refreshFaces(true);
}

void Canvas::dropPictures() {
    m_layer.drop();
    m_painter.forget();
    update();
}

void Canvas::showLayer() {
    const qreal density = devicePixelRatioF();
    if (m_layer.shows(m_view, size(), density))
        return;
    // A large scene follows scaled while it is moved, and is painted anew when it rests.
    const bool wait = !m_layer.isEmpty() && m_layer.costMs() > promptMs && m_settle.isActive();
    if (!wait)
        m_layer.render(m_scene, m_themes.theme(), m_view, size(), density);
}

void Canvas::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_themes.theme();
    showLayer();
    m_layer.draw(painter, m_view, theme.canvas);
    if (!m_scene.placed())
        return;
    m_painter.prepare(m_view.scale, devicePixelRatioF());
    const QRectF visible(rect());
    if (!m_reduced && m_feed.river())
        m_painter.drawRivers(painter, m_scene, m_view, visible, m_riverMs);
    m_painter.drawFlights(painter, m_scene, m_view, visible, m_feed.traffic(),
                          {.type = m_selection.eventType(), .message = m_selection.message()});
    m_painter.drawFlashes(painter, m_scene, m_view, m_feed.traffic());
    if (m_feed.focus())
        m_painter.drawFocus(painter, m_scene, m_view, *m_feed.focus());
    paintCount(painter);
}

// What is not drawn one by one is counted, in the lower left corner.
void Canvas::paintCount(QPainter& painter) const {
    if (m_reduced || m_feed.leftOut() == 0 || !m_leftOutShown)
        return;
    const Theme& theme = m_themes.theme();
    const auto count = static_cast<std::int64_t>(m_feed.leftOut());
    const QString line = m_feed.river()
                             ? tr("Too many to draw one by one: %1 hops shown as rivers").arg(countText(count))
                             : tr("%1 hops were not drawn").arg(countText(count));
    painter.setFont(theme.font(TextRole::Label));
    const qreal width = tabularWidth(painter.font(), line);
    const QRectF box(14, height() - 40, width + 20, 24);
    QColor ground = theme.surface;
    ground.setAlphaF(0.9F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(box, 6, 6);
    painter.setPen(theme.muted);
    drawTabular(painter, box.adjusted(10, 0, -10, 0), Qt::AlignLeft, line);
}

void Canvas::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeControls();
    if (m_fitted)
        fit();
}

void Canvas::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    placeControls();
}

void Canvas::placeControls() {
    m_empty->setGeometry(rect());
    m_zoom->resize(m_zoom->sizeHint());
    m_zoom->move(width() - m_zoom->width() - 12, height() - m_zoom->height() - 12);
    placeBanner();
}

// In the upper left corner, or in the lower left one where it would hide less.
void Canvas::placeBanner() {
    const QPoint upper(18, 18);
    const QPoint lower(18, height() - m_banner->height() - 52);
    const auto hidden = [this](QPoint corner) {
        const QRectF under = m_view.toScene(QRectF(corner, QSizeF(m_banner->size())));
        const auto edges = std::count_if(m_scene.curves.begin(), m_scene.curves.end(),
                                         [&under](const Curve& curve) { return curve.path().intersects(under); });
        const auto nodes = std::count_if(m_scene.boxes.begin(), m_scene.boxes.end(),
                                         [&under](const QRectF& box) { return box.intersects(under); });
        return edges + 4 * nodes;
    };
    m_banner->move(m_scene.placed() && hidden(lower) < hidden(upper) ? lower : upper);
}

// --- selection ---

QRectF Canvas::boxOf(NodeRef node) const {
    for (std::size_t i = 0; m_scene.placed() && i < m_ids.size() && i < m_scene.boxes.size(); ++i)
        if ((node.service().valid() && m_ids[i].service == node.service()) ||
            (node.channel().valid() && m_ids[i].channel == node.channel()))
            return m_view.toView(m_scene.boxes[i]);
    return {};
}

void Canvas::followSelection() {
    const NodeRef wanted = m_selection.node();
    std::optional<std::size_t> node;
    for (std::size_t i = 0; i < m_ids.size() && i < m_scene.names.size(); ++i)
        if ((wanted.service().valid() && m_ids[i].service == wanted.service()) ||
            (wanted.channel().valid() && m_ids[i].channel == wanted.channel()))
            node = i;
    update(); // marks of the selected type or message
    if (node == m_scene.selected)
        return;
    const std::optional<std::size_t> before = std::exchange(m_scene.selected, node);
    if (!m_scene.placed())
        return;
    for (const std::optional<std::size_t>& changed : {before, node})
        if (changed && *changed < m_scene.boxes.size())
            markDirty(m_scene.boxes[*changed].adjusted(-4, -4, 4, 4));
    if (node && m_drag == Drag::none)
        reveal(*node);
    setAccessibleDescription(
        node ? QStringLiteral("%1, %2").arg(m_scene.names[*node], nodeKindWord(m_scene.topology.nodes()[*node]))
             : QString());
}

void Canvas::select(std::optional<std::size_t> node) {
    const NodeIds ids = node ? m_ids[*node] : NodeIds{};
    m_selection.selectNode(ids.service.valid()   ? NodeRef::of(ids.service)
                           : ids.channel.valid() ? NodeRef::of(ids.channel)
                                                 : NodeRef{});
}

QString Canvas::wordsAt(QPointF point) const {
    if (!m_scene.placed())
        return {};
    if (const std::optional<std::size_t> node = nodeAtView(point))
        return nodeWords(m_scene, *node, m_ids[*node], m_session.picture(), *m_session.catalogue());
    if (const std::optional<std::size_t> edge = m_scene.edgeAt(m_view.toScene(point), 7 / m_view.scale))
        return edgeWords(m_scene, *edge);
    return {};
}

} // namespace weir
