#include "ui/canvas/node_painter.h"

#include "ui/format.h"
#include "ui/icons.h"
#include "ui/tabular.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

// On screen, in logical pixels: smaller ones cannot be read.
constexpr qreal namePixelsMin = 10.5;
constexpr qreal labelPixelsMin = 9.5;

QString words(const char* source) {
    return QCoreApplication::translate("weir::Canvas", source);
}

// With the word "workers", or as short as it goes.
QString serviceSubtitle(const NodeFace& face, bool inWords) {
    if (face.down > 0 && face.down >= face.instances)
        return words(QT_TRANSLATE_NOOP("weir::Canvas", "down"));
    if (face.workersEach == 0) {
        if (face.rate > 0)
            return words(QT_TRANSLATE_NOOP("weir::Canvas", "sends %1")).arg(rateText({face.rate / 100.0}));
        return face.sends   ? words(QT_TRANSLATE_NOOP("weir::Canvas", "source"))
               : face.reads ? words(QT_TRANSLATE_NOOP("weir::Canvas", "consumer"))
                            : words(QT_TRANSLATE_NOOP("weir::Canvas", "does nothing yet"));
    }
    QString line = !inWords               ? QStringLiteral("%1 × %2")
                   : face.workersEach == 1 ? words(QT_TRANSLATE_NOOP("weir::Canvas", "%1 × %2 worker"))
                                           : words(QT_TRANSLATE_NOOP("weir::Canvas", "%1 × %2 workers"));
    line = line.arg(face.instances).arg(face.workersEach);
    if (face.down > 0)
        line += QStringLiteral(" · ") + words(QT_TRANSLATE_NOOP("weir::Canvas", "%1 down")).arg(face.down);
    else if (face.utilization >= 0)
        line += QStringLiteral(" · ") + percentText(face.utilization / 100.0);
    return line;
}

// At a hyphen, a point or a space, so that both parts are about as long.
std::pair<QString, QString> halves(const QString& name) {
    qsizetype best = -1;
    for (qsizetype i = 1; i + 1 < name.size(); ++i)
        if (QStringLiteral("-_. /").contains(name[i]) &&
            (best < 0 || std::abs(2 * i - name.size()) < std::abs(2 * best - name.size())))
            best = i;
    return best < 0 ? std::pair(name, QString()) : std::pair(name.left(best + 1), name.mid(best + 1));
}

// "rebalancing", "b1 · 2 of 3 in sync", or as short as it goes.
QString signWords(const NodeFace& face, bool withFollowers) {
    if (face.leaders.empty() && face.leaderless > 0)
        return words(QT_TRANSLATE_NOOP("weir::Canvas", "no leader"));
    if (face.leaderless == 0 && face.rebalancing)
        return words(QT_TRANSLATE_NOOP("weir::Canvas", "rebalancing"));
    if (face.leaderless > 0)
        return words(QT_TRANSLATE_NOOP("weir::Canvas", "%1 without a leader"))
            .arg(static_cast<qulonglong>(face.leaderless));
    const QString who =
        face.leaders.size() == 1
            ? face.leaders.front()
            : words(QT_TRANSLATE_NOOP("weir::Canvas", "%1 leaders")).arg(static_cast<qulonglong>(face.leaders.size()));
    return withFollowers ? words(QT_TRANSLATE_NOOP("weir::Canvas", "%1 · %2 of %3 in sync"))
                               .arg(who, countText(face.inSync), countText(face.replicas))
                         : who;
}

// All partitions in one lane: what they hold between them, and how far each group is behind at most.
LaneFace together(const NodeFace& face) {
    LaneFace all = face.rest;
    for (const LaneFace& lane : face.lanes)
        all.add(lane);
    return all;
}

} // namespace

Detail detailAt(qreal scale) {
    return scale >= 0.9    ? Detail::full
           : scale >= 0.5  ? Detail::compact
           : scale >= 0.22 ? Detail::names
                           : Detail::shapes;
}

QRectF nameRow(NodeKind kind, const QRectF& box) {
    const qreal top = kind == NodeKind::service                             ? box.top() + 9
                      : kind == NodeKind::queue || kind == NodeKind::stream ? box.top() + 6
                                                                            : box.center().y() - 17;
    return {box.left(), top, box.width(), 18};
}

QFont NodePainter::font(TextRole role) const {
    QFont font = m_theme.font(role);
    const qreal least = (role == TextRole::Strong ? namePixelsMin : labelPixelsMin) / m_scale;
    if (font.pixelSize() < least)
        font.setPixelSize(static_cast<int>(std::ceil(least)));
    return font;
}

void NodePainter::text(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& line,
                       TextRole role, const QColor& colour) const {
    painter.setFont(font(role));
    painter.setPen(colour);
    const QFontMetricsF metrics(painter.font());
    const QString fitting = metrics.horizontalAdvance(line) <= rect.width() + 0.5
                                ? line
                                : metrics.elidedText(line, Qt::ElideRight, rect.width());
    painter.drawText(rect, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine | Qt::TextDontClip,
                     fitting);
}

QColor NodePainter::heatGround(const HeatMark& mark) const {
    const QColor heat = m_theme.heat(mark.share / 1000.0);
    const float share = m_detail >= Detail::compact ? 0.20F : 0.75F;
    const auto mix = [share](float over, float under) { return over * share + under * (1 - share); };
    return QColor::fromRgbF(mix(heat.redF(), m_theme.surface.redF()), mix(heat.greenF(), m_theme.surface.greenF()),
                            mix(heat.blueF(), m_theme.surface.blueF()));
}

void NodePainter::paintOutline(QPainter& painter, const Scene& scene, std::size_t node) const {
    const GraphNode& what = scene.topology.nodes()[node];
    const NodeFace& face = scene.faces[node];
    const bool selected = scene.selected == node;
    const bool crashed = what.isService() && face.status == Tone::Danger;
    const HeatMark heat = node < scene.heat.marks.size() ? scene.heat.marks[node] : HeatMark{};
    const QColor outline = selected          ? m_theme.accent
                           : crashed         ? m_theme.danger
                           : heat.share >= 0 ? m_theme.heat(heat.share / 1000.0)
                           : what.deadLetter ? m_theme.danger
                                             : m_theme.line;
    const bool strong = selected || crashed || heat.share >= 0;
    QPen pen(outline, std::max(strong ? 2.0 : what.deadLetter ? 1.4 : 1.0, 0.8 / m_scale));
    if (what.deadLetter && !selected)
        pen.setDashPattern({4 / pen.widthF(), 3 / pen.widthF()});
    painter.setPen(pen);
    painter.setBrush(heat.share >= 0 ? heatGround(heat) : m_theme.surface);
    // From afar only its colour tells how it is.
    if (m_detail == Detail::shapes && heat.share < 0 && face.status != Tone::Ok)
        painter.setBrush(m_theme.colour(face.status));
    const QRectF& box = scene.boxes[node];
    if (what.kind == NodeKind::queue)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    else if (what.kind == NodeKind::exchange || what.kind == NodeKind::topic)
        painter.drawPath(hexagon(box));
    else
        painter.drawRoundedRect(box, 10, 10);
}

void NodePainter::paintNode(QPainter& painter, const Scene& scene, std::size_t node) {
    const GraphNode& what = scene.topology.nodes()[node];
    const NodeFace& face = scene.faces[node];
    const QRectF& box = scene.boxes[node];
    const QString& name = scene.names[node];
    paintOutline(painter, scene, node);
    const QColor ink = what.deadLetter ? m_theme.dangerText : m_theme.text;
    const bool hub = what.kind == NodeKind::exchange || what.kind == NodeKind::topic;
    if (m_detail == Detail::names && !hub)
        paintName(painter, name, box, ink);
    else if (hub && m_detail != Detail::shapes)
        paintHub(painter, name, what.kind, box);
    else if (m_detail != Detail::shapes && what.kind == NodeKind::service)
        paintService(painter, name, face, box);
    else if (m_detail != Detail::shapes && what.kind == NodeKind::queue)
        paintQueue(painter, name, face, box, what.deadLetter);
    else if (m_detail != Detail::shapes)
        paintStream(painter, name, face, box, what.deadLetter);
    if (node < scene.heat.marks.size() && m_detail >= Detail::compact)
        paintHeat(painter, scene.heat.marks[node], box);
    if ((face.replicas > 0 || face.rebalancing) && m_detail >= Detail::compact)
        paintSign(painter, face, box);
    if (face.struck && m_detail >= Detail::compact)
        paintStruck(painter, *face.struck, box);
}

// A small sign at its corner: something was done to it on purpose, and holds.
void NodePainter::paintStruck(QPainter& painter, CommandKind kind, const QRectF& box) {
    const QRectF badge(box.left() - 6, box.top() - 6, 18, 18);
    painter.setPen(QPen(m_theme.warn, 1));
    painter.setBrush(m_theme.tint(Tone::Warn));
    painter.drawEllipse(badge);
    const QString icon = kind == CommandKind::crash       ? QStringLiteral("crash")
                         : kind == CommandKind::pause     ? QStringLiteral("pause")
                         : kind == CommandKind::slow      ? QStringLiteral("slow")
                         : kind == CommandKind::rate      ? QStringLiteral("speed")
                         : kind == CommandKind::duplicate ? QStringLiteral("copy")
                         : kind == CommandKind::partition ? QStringLiteral("cut")
                         : kind == CommandKind::delay     ? QStringLiteral("slower")
                         : kind == CommandKind::clockSkew ? QStringLiteral("clock")
                                                          : QStringLiteral("clear");
    paintIcon(painter, icon, badge.adjusted(3, 3, -3, -3), m_theme.warnText);
}

// On its lower edge: that its partitions are shared out anew; else who leads it, and whether the others follow.
void NodePainter::paintSign(QPainter& painter, const NodeFace& face, const QRectF& box) const {
    const Tone tone = face.leaderless > 0                               ? Tone::Danger
                      : face.rebalancing || face.inSync < face.replicas ? Tone::Warn
                                                                        : Tone::Neutral;
    const qreal room = box.width() - 28;
    painter.setFont(font(TextRole::Label));
    const QFontMetricsF metrics(painter.font());
    QString line = signWords(face, m_detail == Detail::full);
    if (metrics.horizontalAdvance(line) > room)
        line = metrics.elidedText(signWords(face, false), Qt::ElideRight, room);
    const qreal width = metrics.horizontalAdvance(line) + 16;
    const QRectF chip(box.center().x() - width / 2, box.bottom() - 6, width, std::max(15.0, metrics.height()));
    painter.setPen(QPen(tone == Tone::Neutral ? m_theme.line : m_theme.colour(tone), std::max(1.0, 0.8 / m_scale)));
    painter.setBrush(tone == Tone::Neutral ? m_theme.raised : m_theme.tint(tone));
    painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2);
    text(painter, chip, Qt::AlignHCenter, line, TextRole::Label,
         tone == Tone::Neutral ? m_theme.muted : m_theme.textColour(tone));
}

void NodePainter::paintHeat(QPainter& painter, const HeatMark& mark, const QRectF& box) const {
    if (mark.share < 0)
        return;
    painter.setFont(font(TextRole::Label));
    const QFontMetricsF metrics(painter.font());
    const qreal width = tabularWidth(painter.font(), mark.figure) + 12;
    const QRectF badge(box.right() - width - 8, box.top() + 4 - metrics.height() - 2, width, metrics.height() + 2);
    const QColor ground = m_theme.heat(mark.share / 1000.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2);
    painter.setPen(ground.lightnessF() > 0.45F ? QColor(Qt::black) : QColor(Qt::white));
    drawTabular(painter, badge, Qt::AlignHCenter, mark.figure);
}

void NodePainter::paintName(QPainter& painter, const QString& name, const QRectF& box, const QColor& colour) const {
    const QRectF room = box.adjusted(6, 0, -6, 0);
    const QFontMetricsF metrics(font(TextRole::Strong));
    const auto [first, second] = halves(name);
    // Two lines within the outline, or one: its end tells as much as its beginning ("orde…dead"), where there is room
    // for some letters of both.
    if (metrics.horizontalAdvance(name) <= room.width() || second.isEmpty() || 2 * metrics.ascent() > box.height()) {
        constexpr qsizetype lettersLeast = 8;
        const QString cut = metrics.elidedText(name, Qt::ElideMiddle, room.width());
        text(painter, room, Qt::AlignHCenter, cut.size() < lettersLeast ? name : cut, TextRole::Strong, colour);
        return;
    }
    const QSizeF half(room.width(), metrics.ascent());
    const qreal top = room.center().y() - half.height();
    text(painter, {{room.left(), top}, half}, Qt::AlignHCenter, first, TextRole::Strong, colour);
    text(painter, {{room.left(), top + half.height()}, half}, Qt::AlignHCenter, second, TextRole::Strong, colour);
}

void NodePainter::paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& colour) {
    QPixmap& icon = m_icons[name];
    if (icon.isNull()) {
        const qreal pixels = std::max<qreal>(1, rect.width() * m_scale * m_density);
        icon = QPixmap(QSizeF(pixels, pixels).toSize().expandedTo({1, 1}));
        icon.fill(Qt::transparent);
        QPainter on(&icon);
        on.setRenderHint(QPainter::Antialiasing);
        drawIcon(on, name, QRectF(icon.rect()), colour);
    }
    painter.drawPixmap(rect, icon, QRectF(icon.rect()));
}

void NodePainter::paintService(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.colour(face.status));
    painter.drawEllipse(QPointF(box.right() - 12, box.top() + 14), 4, 4);
    paintSlots(painter, face, {box.left() + 10, box.top() + 52, box.width() - 20, 6});
    qreal left = box.left() + 12;
    if (m_detail == Detail::full) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.raised);
        const QRectF badge(box.left() + 10, box.top() + 12, 28, 28);
        painter.drawRoundedRect(badge, 7, 7);
        paintIcon(painter, face.workersEach == 0 && face.sends ? QStringLiteral("event") : QStringLiteral("service"),
                  badge.adjusted(6, 6, -6, -6), m_theme.accent);
        left = box.left() + 46;
    }
    text(painter, {left, nameRow(NodeKind::service, box).top(), box.right() - 20 - left, 18}, Qt::AlignLeft, name,
         TextRole::Strong, m_theme.text);
    const QRectF below(left, box.top() + 29, box.right() - 8 - left, 16);
    QString subtitle = serviceSubtitle(face, m_detail == Detail::full);
    if (QFontMetricsF(font(TextRole::Label)).horizontalAdvance(subtitle) > below.width())
        subtitle = serviceSubtitle(face, false);
    text(painter, below, Qt::AlignLeft, subtitle, TextRole::Label,
         face.status == Tone::Danger ? m_theme.dangerText : m_theme.muted);
}

// That its only worker is busy at this moment says nothing: what it had to do in the last seconds does.
Tone NodePainter::loadTone(int utilization) const {
    return utilization > 0 ? m_theme.loadTone(utilization / 100.0) : Tone::Accent;
}

void NodePainter::paintShare(QPainter& painter, const QRectF& row, std::int64_t busy, std::int64_t workers,
                             Tone load) const {
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.raised);
    painter.drawRoundedRect(row, 2, 2);
    if (workers == 0 || busy == 0)
        return;
    const qreal share = std::min<qreal>(1, static_cast<qreal>(busy) / static_cast<qreal>(workers));
    painter.setBrush(m_theme.colour(load));
    painter.drawRoundedRect(QRectF(row.topLeft(), QSizeF(std::max<qreal>(4, row.width() * share), row.height())), 2, 2);
}

void NodePainter::paintSlots(QPainter& painter, const NodeFace& face, const QRectF& row) const {
    painter.setPen(Qt::NoPen);
    const auto workers = static_cast<std::int64_t>(face.instances) * face.workersEach;
    const auto lost = static_cast<std::int64_t>(std::min(face.down, face.instances)) * face.workersEach;
    constexpr std::int64_t slotsMax = 24; // more could not be told apart
    if (workers == 0 || workers > slotsMax)
        return paintShare(painter, row, face.busy, workers, loadTone(face.utilization));
    const QColor lit = m_theme.colour(loadTone(face.utilization));
    const qreal gap = workers > 12 ? 2 : 3;
    const qreal width = (row.width() - static_cast<qreal>(workers - 1) * gap) / static_cast<qreal>(workers);
    QColor gone = m_theme.danger;
    gone.setAlphaF(0.35F);
    for (std::int64_t i = 0; i < workers; ++i) {
        painter.setBrush(i < face.busy ? lit : i >= workers - lost ? gone : m_theme.raised);
        painter.drawRoundedRect(
            QRectF(row.left() + static_cast<qreal>(i) * (width + gap), row.top(), width, row.height()), 2, 2);
    }
}

void NodePainter::paintQueue(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box,
                             bool deadLetter) const {
    const QRectF pipe(box.left() + 14, box.top() + 28, box.width() - 28, 8);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.raised);
    painter.drawRoundedRect(pipe, 4, 4);
    if (face.fill > 0) {
        painter.setBrush(deadLetter ? m_theme.danger : face.status == Tone::Warn ? m_theme.warn : m_theme.accent);
        painter.drawRoundedRect(
            QRectF(pipe.topLeft(), QSizeF(std::max(pipe.height(), pipe.width() * face.fill / 1000), pipe.height())), 4,
            4);
    }
    painter.setFont(font(TextRole::Strong));
    const QString count = countText(face.depth);
    qreal right = box.right() - 16;
    painter.setPen(deadLetter && face.depth > 0 ? m_theme.dangerText : m_theme.muted);
    drawTabular(painter, {box.left(), box.top() + 6, right - box.left(), 18}, Qt::AlignRight, count);
    right -= tabularWidth(painter.font(), count) + 6;
    const qreal nameWidth = QFontMetricsF(font(TextRole::Strong)).horizontalAdvance(name);
    // The name comes first: what would cut it short is left to the tooltip.
    const auto aside = [&](QChar sign, std::int64_t figure, const QColor& ink) {
        if (figure <= 0 || m_detail != Detail::full)
            return;
        painter.setFont(font(TextRole::Label));
        painter.setPen(ink);
        const QString words = sign + countText(figure);
        if (right - tabularWidth(painter.font(), words) - 6 < box.left() + 16 + nameWidth)
            return;
        drawTabular(painter, {box.left(), box.top() + 6, right - box.left(), 18}, Qt::AlignRight, words);
        right -= tabularWidth(painter.font(), words) + 6;
    };
    aside(QLatin1Char('+'), face.delayed, m_theme.warnText); // come back later
    aside(QChar(0x2192), face.inFlight, m_theme.accentText); // are with a consumer
    text(painter, nameRow(NodeKind::queue, box).adjusted(16, 0, right - box.right(), 0), Qt::AlignLeft, name,
         TextRole::Strong, deadLetter ? m_theme.dangerText : m_theme.text);
}

void NodePainter::paintHub(QPainter& painter, const QString& name, NodeKind kind, const QRectF& box) const {
    const QString word = kind == NodeKind::topic ? words(QT_TRANSLATE_NOOP("weir::Canvas", "topic"))
                                                 : words(QT_TRANSLATE_NOOP("weir::Canvas", "exchange"));
    const QFontMetricsF metrics(font(TextRole::Strong));
    if (metrics.horizontalAdvance(name) > box.width() - 8) { // below, where there is room
        if (m_detail >= Detail::compact)
            text(painter, {box.left(), box.center().y() - 8, box.width(), 16}, Qt::AlignHCenter, word, TextRole::Label,
                 m_theme.muted);
        const qreal width = std::min<qreal>(180, metrics.horizontalAdvance(name) + 2);
        text(painter, {box.center().x() - width / 2, box.bottom() + 1, width, 16}, Qt::AlignHCenter, name,
             TextRole::Strong, m_theme.text);
        return;
    }
    if (m_detail < Detail::compact)
        return text(painter, box, Qt::AlignHCenter, name, TextRole::Strong, m_theme.text);
    text(painter, nameRow(kind, box), Qt::AlignHCenter, name, TextRole::Strong, m_theme.text);
    text(painter, {box.left(), box.center().y() + 1, box.width(), 16}, Qt::AlignHCenter, word, TextRole::Label,
         m_theme.muted);
}

void NodePainter::paintLane(QPainter& painter, const LaneFace& lane, const QRectF& row, bool late) const {
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.raised);
    painter.drawRoundedRect(row, 3, 3);
    int worst = 0;
    for (const int lag : lane.lags)
        worst = std::max(worst, std::min(lag, 1000));
    const qreal unread = row.width() * worst / 1000; // what the slowest group has before it
    if (unread >= 1) {
        painter.setBrush(late ? m_theme.warn : m_theme.accent);
        painter.drawRoundedRect(QRectF(row.right() - unread, row.top(), unread, row.height()), 3, 3);
    }
    for (const int lag : lane.lags) {
        const qreal x = row.right() - row.width() * std::min(lag, 1000) / 1000;
        painter.setBrush(m_theme.text);
        painter.drawRoundedRect(QRectF(x - 1, row.top() - 2, 2, row.height() + 4), 1, 1);
    }
}

// Room beside the lanes for who leads each partition; a lone one is told below the card.
qreal NodePainter::leadersWidth(const NodeFace& face) const {
    if (face.replicas == 0 || face.lanes.size() < 2)
        return 0;
    constexpr qreal widest = 54;
    const QFontMetricsF metrics(font(TextRole::Label));
    qreal width = 16;
    for (const QString& name : face.leaders)
        width = std::max(width, std::ceil(metrics.horizontalAdvance(name)) + 8);
    return std::min(width, widest);
}

void NodePainter::paintLeader(QPainter& painter, const QString& name, const QRectF& room) const {
    const QFontMetricsF metrics(font(TextRole::Label));
    // Nodes are told apart by how their names end: "broker-1".
    const QString fitting = metrics.elidedText(name, Qt::ElideLeft, room.width());
    text(painter, room, Qt::AlignLeft, name.isEmpty() ? QString(QChar(0x2013)) : fitting, TextRole::Label,
         name.isEmpty() ? m_theme.dangerText : m_theme.muted);
}

void NodePainter::paintStream(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box,
                              bool deadLetter) const {
    const bool full = m_detail == Detail::full;
    const qreal ends = full ? 44 : 0;
    const bool late = face.status == Tone::Warn;
    qreal y = box.top() + 28;
    const bool narrow = 34 + 14 * static_cast<qreal>(face.lanes.size()) > box.height();
    const qreal leads = full && !narrow ? leadersWidth(face) : 0;
    for (const LaneFace& lane : narrow ? std::vector<LaneFace>{together(face)} : face.lanes) {
        const QRectF row(box.left() + 12 + leads, y, box.width() - 24 - ends - leads, 8);
        if (leads > 0)
            paintLeader(painter, lane.leader, {box.left() + 12, y - 3, leads - 6, 14});
        paintLane(painter, lane, row, late);
        if (full) {
            painter.setFont(font(TextRole::Label));
            painter.setPen(m_theme.muted);
            drawTabular(painter, {row.right(), y - 3, box.right() - 12 - row.right(), 14}, Qt::AlignRight,
                        countText(lane.end));
        }
        y += 14;
    }
    if (face.restCount > 0 && !narrow) { // in the room that the card has for it
        const QString more = face.restCount == 1
                                 ? words(QT_TRANSLATE_NOOP("weir::Canvas", "and 1 more partition"))
                                 : words(QT_TRANSLATE_NOOP("weir::Canvas", "and %1 more partitions"))
                                       .arg(static_cast<qulonglong>(face.restCount));
        text(painter, {box.left() + 12, y - 4, box.width() - 24 - ends, 14}, Qt::AlignLeft,
             full ? more : QStringLiteral("+%1").arg(static_cast<qulonglong>(face.restCount)), TextRole::Label,
             m_theme.muted);
        if (full)
            drawTabular(painter, {box.right() - 12 - ends, y - 4, ends, 14}, Qt::AlignRight, countText(face.rest.end));
    }
    const QString lag =
        full ? words(QT_TRANSLATE_NOOP("weir::Canvas", "lag %1")).arg(countText(face.lag)) : countText(face.lag);
    painter.setFont(font(TextRole::Label));
    painter.setPen(late ? m_theme.warnText : m_theme.muted);
    const qreal width = tabularWidth(painter.font(), lag);
    drawTabular(painter, {box.right() - 12 - width, box.top() + 6, width, 18}, Qt::AlignRight, lag);
    text(painter, nameRow(NodeKind::stream, box).adjusted(12, 0, -18 - width, 0), Qt::AlignLeft, name, TextRole::Strong,
         deadLetter ? m_theme.dangerText : m_theme.text);
}

// --- groups ---

void NodePainter::paintFrame(QPainter& painter, const Scene& scene, std::size_t index) const {
    const SceneGroup& group = scene.groups[index];
    QColor ground = m_theme.raised;
    ground.setAlphaF(0.45F);
    painter.setPen(QPen(scene.selectedGroup == index ? m_theme.accent : m_theme.line, std::max(1.0, 0.8 / m_scale)));
    painter.setBrush(ground);
    painter.drawRoundedRect(group.box, 14, 14);
}

void NodePainter::paintTitle(QPainter& painter, const Scene& scene, std::size_t index) const {
    if (m_detail == Detail::shapes)
        return;
    const SceneGroup& group = scene.groups[index];
    const QRectF room = group.title().adjusted(14, 2, -36, 0);
    const QFontMetricsF metrics(font(TextRole::Strong));
    const qreal width = std::min(room.width(), metrics.horizontalAdvance(group.name));
    const qreal height = std::min(room.height(), metrics.height());
    const QRectF words(room.left(), room.center().y() - height / 2, width, height);
    QColor ground = m_theme.canvas, frame = m_theme.raised;
    ground.setAlphaF(0.9F);
    frame.setAlphaF(0.45F); // as the frame has it
    painter.setPen(Qt::NoPen);
    for (const QColor& colour : {ground, frame}) {
        painter.setBrush(colour);
        painter.drawRoundedRect(words.adjusted(-4, 0, 4, 0), 4, 4);
    }
    text(painter, room, Qt::AlignLeft, group.name, TextRole::Strong, m_theme.muted);
    if (m_detail >= Detail::compact)
        paintChevron(painter, group.chevron(), false);
}

void NodePainter::paintChevron(QPainter& painter, const QRectF& rect, bool folded) const {
    painter.setPen(QPen(m_theme.muted, std::max(1.6, 1.2 / m_scale), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const QPointF at = rect.center() + QPointF(0, 1);
    const QPolygonF down{at + QPointF(-4, -2), at + QPointF(0, 2), at + QPointF(4, -2)};
    const QPolygonF right{at + QPointF(-2, -4), at + QPointF(2, 0), at + QPointF(-2, 4)};
    painter.drawPolyline(folded ? right : down);
}

void NodePainter::paintCard(QPainter& painter, const Scene& scene, std::size_t index) {
    const SceneGroup& group = scene.groups[index];
    const bool inside = scene.selected && scene.groupOf[*scene.selected] == index;
    const QRectF& box = group.box;
    painter.setBrush(m_theme.surface);
    painter.setPen(QPen(m_theme.line, std::max(1.0, 0.8 / m_scale)));
    painter.drawRoundedRect(box.translated(5, 5), 10, 10); // more than one
    painter.setPen(QPen(scene.selectedGroup == index || inside ? m_theme.accent : m_theme.edge,
                        std::max(scene.selectedGroup == index || inside ? 2.0 : 1.2, 0.8 / m_scale)));
    if (m_detail == Detail::shapes && group.face.status != Tone::Ok)
        painter.setBrush(m_theme.colour(group.face.status));
    painter.drawRoundedRect(box, 10, 10);
    if (m_detail == Detail::shapes)
        return;
    if (m_detail == Detail::names)
        return paintName(painter, group.name, box, m_theme.text);
    paintChevron(painter, group.chevron(), true);
    text(painter, {box.left() + 12, box.top() + 9, box.width() - 44, 18}, Qt::AlignLeft, group.name, TextRole::Strong,
         m_theme.text);
    QString line = m_detail == Detail::full
                       ? group.face.nodes == 1
                             ? words(QT_TRANSLATE_NOOP("weir::Canvas", "1 node"))
                             : words(QT_TRANSLATE_NOOP("weir::Canvas", "%1 nodes")).arg(countText(group.face.nodes))
                       : QString();
    if (group.face.waiting > 0 || line.isEmpty())
        line += (line.isEmpty() ? QString() : QStringLiteral(" · ")) +
                words(QT_TRANSLATE_NOOP("weir::Canvas", "%1 waiting")).arg(countText(group.face.waiting));
    text(painter, {box.left() + 12, box.top() + 29, box.width() - 24, 16}, Qt::AlignLeft, line, TextRole::Label,
         m_theme.textColour(group.face.status == Tone::Ok ? Tone::Neutral : group.face.status));
    paintShare(painter, {box.left() + 10, box.top() + 52, box.width() - 20, 6}, group.face.busy, group.face.workers,
               loadTone(group.face.utilization));
}

} // namespace weir
