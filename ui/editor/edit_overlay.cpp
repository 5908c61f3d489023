#include "ui/editor/edit_overlay.h"

#include "ui/editor/editor_words.h"
#include "ui/icons.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr qreal outlineGap = 3;
constexpr qreal cornerRadius = 9;
constexpr QSizeF ghostSize(120, 44);

QColor withAlpha(QColor colour, qreal alpha) {
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}

} // namespace

EditOverlay::EditOverlay(Canvas& canvas, const ThemeSource& themes)
    : QWidget(&canvas), m_canvas(canvas), m_themes(themes) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    lower(); // under the canvas's controls
}

QRectF EditOverlay::boxOf(std::size_t node) const {
    const Scene& scene = m_canvas.scene();
    return node < scene.boxes.size() ? m_canvas.view().toView(scene.boxes[node]) : QRectF();
}

QPointF EditOverlay::portOf(std::size_t node) const {
    const QRectF box = boxOf(node);
    return {box.right(), box.center().y()};
}

QRectF EditOverlay::badgeOf(std::size_t node) const {
    return {boxOf(node).topRight() - QPointF(8, 8), QSizeF(16, 16)};
}

void EditOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_canvas.scene().placed()) {
        paintEdge(painter);
        paintSelection(painter);
        paintBadges(painter);
        paintPull(painter);
        paintPorts(painter);
    } else {
        paintHint(painter);
    }
    const Theme& theme = m_themes.theme();
    if (!m_marks.guides.empty()) {
        painter.setPen(QPen(theme.accent, 1, Qt::DashLine));
        for (const QLineF& guide : m_marks.guides)
            painter.drawLine(m_canvas.view().toView(guide.p1()), m_canvas.view().toView(guide.p2()));
    }
    if (!m_marks.band.isNull()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(withAlpha(theme.accent, 0.12));
        painter.drawRect(m_marks.band);
    }
    paintGhost(painter);
}

void EditOverlay::paintSelection(QPainter& painter) const {
    if (m_marks.selected.size() < 2)
        return;
    painter.setPen(QPen(m_themes.theme().accent, 2));
    painter.setBrush(Qt::NoBrush);
    for (const std::size_t node : m_marks.selected)
        painter.drawRoundedRect(boxOf(node).adjusted(-outlineGap, -outlineGap, outlineGap, outlineGap), cornerRadius,
                                cornerRadius);
}

void EditOverlay::paintEdge(QPainter& painter) const {
    const Scene& scene = m_canvas.scene();
    if (!m_marks.selectedEdge || *m_marks.selectedEdge >= scene.curves.size())
        return;
    const Curve& curve = scene.curves[*m_marks.selectedEdge];
    if (curve.isEmpty())
        return;
    const ViewTransform& view = m_canvas.view();
    painter.save();
    painter.translate(view.offset);
    painter.scale(view.scale, view.scale);
    QPen pen(m_themes.theme().accent, 3);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(curve.path());
    painter.restore();
    if (!m_marks.edgeWords.isEmpty())
        paintWords(painter, view.toView(curve.at(0.5)) + QPointF(0, -14), m_marks.edgeWords, Tone::Accent);
}

void EditOverlay::paintPorts(QPainter& painter) const {
    const Theme& theme = m_themes.theme();
    for (const std::size_t node : m_marks.ports) {
        if (node >= m_canvas.scene().boxes.size())
            continue;
        const QPointF at = portOf(node);
        const bool lit = m_marks.port == node || (m_marks.pull && m_marks.pull->from == node);
        const qreal radius = lit ? portRadius + 2 : portRadius;
        painter.setPen(QPen(theme.accent, 1.75));
        painter.setBrush(lit ? theme.accent : theme.surface);
        painter.drawEllipse(at, radius, radius);
        painter.setPen(QPen(lit ? theme.onAccent : theme.accent, 1.75));
        painter.drawLine(at - QPointF(3, 0), at + QPointF(3, 0));
        painter.drawLine(at - QPointF(0, 3), at + QPointF(0, 3));
    }
}

void EditOverlay::paintPull(QPainter& painter) const {
    if (!m_marks.pull)
        return;
    const Theme& theme = m_themes.theme();
    const EditMarks::Pull& pull = *m_marks.pull;
    for (std::size_t node = 0; node < pull.valid.size(); ++node) {
        const QRectF box = boxOf(node).adjusted(-outlineGap, -outlineGap, outlineGap, outlineGap);
        if (node == pull.from)
            continue;
        if (!pull.valid[node]) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(withAlpha(theme.canvas, 0.68));
        } else {
            painter.setPen(QPen(theme.accent, pull.target == node ? 3 : 1.5));
            painter.setBrush(withAlpha(theme.accent, pull.target == node ? 0.22 : 0.08));
        }
        painter.drawRoundedRect(box, cornerRadius, cornerRadius);
    }
    const QPointF from = portOf(pull.from);
    const bool held = pull.target && pull.possible;
    const QPointF to = held ? QPointF(boxOf(*pull.target).left(), boxOf(*pull.target).center().y()) : pull.to;
    const qreal reach = std::max<qreal>(40, std::abs(to.x() - from.x()) / 2);
    QPainterPath path(from);
    path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
    painter.setPen(QPen(pull.possible ? theme.accent : theme.danger, 2, held ? Qt::SolidLine : Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    if (!pull.words.isEmpty())
        paintWords(painter, pull.to + QPointF(0, 26), pull.words, pull.possible ? Tone::Accent : Tone::Danger);
}

void EditOverlay::paintBadges(QPainter& painter) const {
    const Theme& theme = m_themes.theme();
    for (const auto& [node, tone] : m_marks.badges) {
        if (node >= m_canvas.scene().boxes.size())
            continue;
        const QRectF badge = badgeOf(node);
        painter.setPen(QPen(theme.canvas, 2));
        painter.setBrush(theme.colour(tone));
        painter.drawEllipse(badge);
        painter.setPen(QPen(theme.canvas, 1.75, Qt::SolidLine, Qt::RoundCap));
        const QPointF middle = badge.center();
        painter.drawLine(middle - QPointF(0, 3.5), middle + QPointF(0, 0.5));
        painter.drawPoint(middle + QPointF(0, 3.5));
    }
}

void EditOverlay::paintGhost(QPainter& painter) const {
    if (!m_marks.ghost)
        return;
    const Theme& theme = m_themes.theme();
    QRectF box(QPointF(), ghostSize);
    box.moveCenter(m_marks.ghost->at);
    painter.setPen(QPen(theme.accent, 1.5, Qt::DashLine));
    painter.setBrush(withAlpha(theme.surface, 0.85));
    painter.drawRoundedRect(box, cornerRadius, cornerRadius);
    drawIcon(painter, templateIcon(m_marks.ghost->kind), QRectF(box.left() + 10, box.center().y() - 9, 18, 18),
             theme.accent);
    painter.setPen(theme.text);
    painter.setFont(theme.font(TextRole::Body));
    const QRectF words = box.adjusted(34, 0, -6, 0);
    painter.drawText(words, Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(templateName(m_marks.ghost->kind), Qt::ElideRight,
                                                      static_cast<int>(words.width())));
}

void EditOverlay::paintHint(QPainter& painter) const {
    if (m_marks.hint.isEmpty())
        return;
    const Theme& theme = m_themes.theme();
    const QStringList lines = m_marks.hint.split(u'\n');
    const QRectF middle = QRectF(rect()).adjusted(60, 0, -60, 0);
    painter.setPen(theme.text);
    painter.setFont(theme.font(TextRole::Title));
    painter.drawText(middle.adjusted(0, -28, 0, -28), Qt::AlignCenter, lines.front());
    painter.setPen(theme.muted);
    painter.setFont(theme.font(TextRole::Body));
    painter.drawText(middle.adjusted(0, 12, 0, 12), Qt::AlignCenter | Qt::TextWordWrap, lines.mid(1).join(u'\n'));
}

// In a rounded box, centred there, kept inside the view.
void EditOverlay::paintWords(QPainter& painter, QPointF at, const QString& words, Tone tone) const {
    const Theme& theme = m_themes.theme();
    painter.setFont(theme.font(TextRole::Label));
    const QSizeF size(painter.fontMetrics().horizontalAdvance(words) + 16, 22);
    QRectF box(QPointF(), size);
    box.moveCenter(at);
    box.moveLeft(std::clamp(box.left(), 4.0, std::max(4.0, width() - size.width() - 4)));
    box.moveTop(std::clamp(box.top(), 4.0, std::max(4.0, height() - size.height() - 4)));
    painter.setPen(QPen(theme.colour(tone), 1));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(box, 6, 6);
    painter.setPen(theme.text);
    painter.drawText(box, Qt::AlignCenter, words);
}

} // namespace weir
