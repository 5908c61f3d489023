// The canvas's part that follows the run: figures, heat, highlighted paths, what moves, the bottleneck.
#include "ui/canvas/bottleneck_banner.h"
#include "ui/canvas/canvas.h"
#include "ui/canvas/heat_legend.h"
#include "ui/session/recent_past.h"

#include <QActionGroup>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr int frameMs = 16;
constexpr double facesEveryMs = 100; // figures faster than that cannot be read
constexpr double edgesEveryMs = 500;
constexpr double shareOfPainting = 7; // painting anew may take one part in so many
constexpr double rewidth = 0.4;       // an edge is drawn anew when its width changed so much
constexpr std::size_t partsMost =
    8; // painted one by one; edges go through many of them, so that more cost more than all

} // namespace

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
    if (const bool river = m_feed.river() && !m_reduced; river != m_scene.river) {
        m_scene.river = river;
        m_layer.drop();
    }
    const bool exact = motion == TrafficFeed::Motion::step || motion == TrafficFeed::Motion::leap;
    refreshFaces(exact || !m_session.running());
    if (motion == TrafficFeed::Motion::step && m_feed.focus()->node < m_scene.boxes.size()) {
        reveal(m_feed.focus()->node);
        narrateStep(m_feed.focus()->record);
    }
    keepMoving();
    if (motion != TrafficFeed::Motion::none && !m_frames.isActive())
        update(); // else the next frame shows it
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
    const bool edgesToo = due(m_edgesClock, edgesEveryMs);
    const Picture& picture = m_session.picture();
    const Catalogue& catalogue = *m_session.catalogue();
    const RecentFigures& recent = m_session.recent().figures();
    const Scenario* const scenario = m_session.scenario();
    const std::vector<ActiveFault> faults =
        scenario ? activeFaults(*scenario, m_session.journal(), m_session.now()) : std::vector<ActiveFault>();
    std::vector<QRectF> changed;
    for (std::size_t i = 0; i < m_ids.size(); ++i) {
        NodeFace face = nodeFace(m_ids[i], picture, catalogue, recent);
        face.struck = struckBy(faults, m_ids[i], catalogue);
        if (!edgesToo) // what a source sends is what stands beside its edges, at every moment
            face.rate = m_scene.faces[i].rate;
        if (face == m_scene.faces[i])
            continue;
        m_scene.faces[i] = std::move(face);
        if (m_scene.placed() && !m_scene.hidden(i))
            changed.push_back(m_scene.boxes[i].adjusted(-9, -9, 3, 14)); // with the signs of a fault, and of its leader
    }
    for (SceneGroup& group : m_scene.groups) {
        GroupFace face = groupFace(group.members, m_scene.faces);
        if (face == group.face)
            continue;
        group.face = face;
        if (group.folded && m_scene.placed())
            changed.push_back(group.box.adjusted(-3, -3, 8, 8));
    }
    renderChanged(changed);
    if (!edgesToo)
        return;
    refreshEdges();
    refreshHeat();
    refreshLit();
    findBottleneck();
}

// One by one, or, where many of them are in sight, all at once.
void Canvas::renderChanged(const std::vector<QRectF>& parts) {
    const QRectF sight = m_view.toScene(QRectF(rect()));
    const auto seen =
        std::count_if(parts.begin(), parts.end(), [&sight](const QRectF& part) { return part.intersects(sight); });
    if (static_cast<std::size_t>(seen) > partsMost) {
        m_layer.drop();
        update();
        return;
    }
    for (const QRectF& part : parts)
        markDirty(part);
}

void Canvas::refreshHeat() {
    if (m_heatBy == HeatBy::none && m_scene.heat.by == HeatBy::none)
        return;
    Heat heat = heatOf(m_heatBy, m_ids, m_scene.faces, m_session.picture(), *m_session.catalogue());
    if (heat == m_scene.heat)
        return;
    m_scene.heat = std::move(heat);
    m_legend->tell(m_scene.heat.by, m_scene.heat.low, m_scene.heat.high);
    placeControls();
    m_layer.drop();
    update();
}

// What is highlighted grows with the run.
void Canvas::refreshLit() {
    const LitWish wish{.message = m_selection.message(),
                       .conversation = m_conversation->isChecked(),
                       .type = m_selection.message() == 0 ? m_selection.eventType() : EventTypeId()};
    if (wish == m_litWish && m_litPlayhead == m_session.playhead())
        return;
    m_litWish = wish;
    m_litPlayhead = m_session.playhead();
    std::optional<LitPath> lit;
    if (wish.any() && m_reader && m_scene.placed()) {
        m_reader->refresh();
        lit = litPath(wish, *m_reader, m_session.playhead(), m_feed.ways(), m_scene);
    }
    if (lit == m_scene.lit)
        return;
    m_scene.lit = std::move(lit);
    m_layer.drop();
    update();
}

void Canvas::refreshEdges() {
    const std::vector<EdgeFace> before = m_scene.edgeFaces;
    m_scene.setEdgeFaces(edgeFaces(m_scene.topology, m_ids, m_session.picture()));
    std::vector<QRectF> changed;
    for (std::size_t i = 0; i < before.size() && m_scene.placed(); ++i) {
        const EdgeFace& now = m_scene.edgeFaces[i];
        if (now == before[i] || !m_scene.drawn(i))
            continue;
        const qreal wider = m_scene.river ? now.riverWidth() - before[i].riverWidth() : now.width() - before[i].width();
        // Its label may stand beyond what is painted for the edge.
        const QRectF label = m_scene.labels[i].isNull() ? QRectF() : m_scene.labels[i].adjusted(-6, -2, 6, 2);
        if (std::abs(wider) >= rewidth)
            changed.push_back(m_scene.curves[i].bounds().adjusted(-12, -12, 12, 12) | label);
        else if (!label.isNull())
            changed.push_back(label);
    }
    renderChanged(changed);
}

void Canvas::findBottleneck() {
    const Catalogue& catalogue = *m_session.catalogue();
    const std::optional<Bottleneck> found = bottleneck(m_session.recent().loads().samples(), catalogue);
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
    update(movingRegion());
    keepMoving();
}

void Canvas::setReducedMotion(bool reduced) {
    if (reduced == m_reduced)
        return;
    m_reduced = reduced;
    m_feed.setReducedMotion(reduced);
    if (std::exchange(m_scene.river, m_feed.river() && !reduced) != m_scene.river)
        m_layer.drop();
    m_reduceMotion->setChecked(reduced);
    keepMoving();
    update();
    Q_EMIT reducedMotionChanged(reduced);
}

void Canvas::setHeat(HeatBy by) {
    m_heatBy = by;
    m_heatChoices->actions().at(static_cast<int>(by))->setChecked(true);
    if (m_session.mode() == Session::Mode::empty || m_ids.size() != m_scene.faces.size())
        return;
    refreshHeat();
}

} // namespace weir
