#include "ui/presenter/stage.h"

#include "ui/canvas/canvas.h"
#include "ui/canvas/traffic_painter.h"
#include "ui/presenter/narration.h"
#include "ui/session/session.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace weir {

Stage::Stage(Session& session, Canvas& canvas, const ThemeSource& themes)
    : QWidget(&canvas), m_session(session), m_canvas(canvas), m_themes(themes) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setGeometry(canvas.rect());
    canvas.installEventFilter(this);
    m_late.setInterval(holdMilliseconds);
    m_late.setSingleShot(true);
    connect(&m_late, &QTimer::timeout, this, &Stage::follow);
    connect(&m_session, &Session::documentChanged, this, &Stage::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &Stage::follow);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    takeUpDocument();
}

void Stage::takeUpDocument() {
    m_reader = m_session.store() ? std::make_unique<RecordReader>(m_session.store()) : nullptr;
    m_seen = m_session.playhead();
    m_caption.clear();
    m_lit = m_lit2 = {};
    m_weight = 0;
    m_told.invalidate();
    update();
}

// Steps and jumps are told at once; while the run goes on, the weightiest record since the last caption is, once that
// one has been read.
void Stage::follow() {
    if (!m_reader || !isVisible())
        return;
    m_reader->refresh();
    const std::uint64_t playhead = std::min(m_session.playhead(), m_reader->end());
    if (playhead == m_seen)
        return;
    const bool held = m_session.running() && m_told.isValid() && m_told.elapsed() < holdMilliseconds;
    std::uint64_t from =
        playhead > m_seen && m_session.running() ? m_seen : playhead - std::min<std::uint64_t>(playhead, 1);
    from = std::max({from, m_reader->first(), playhead - std::min(playhead, looksMax)});
    std::optional<Record> best;
    for (std::uint64_t i = from; i < playhead; ++i) {
        const Record& record = m_reader->at(i);
        if (!best || Narration::weight(record.kind) >= Narration::weight(best->kind))
            best = record;
    }
    if (!best)
        return;
    if (held && Narration::weight(best->kind) <= m_weight) {
        if (!m_late.isActive())
            m_late.start(static_cast<int>(std::max<qint64>(1, holdMilliseconds - m_told.elapsed())));
        return;
    }
    m_seen = playhead;
    tell(*best);
}

void Stage::tell(const Record& record) {
    const Catalogue& catalogue = *m_session.catalogue();
    const Place place = record.place.valid() ? catalogue.place(record.place) : Place{};
    m_lit = place.service.valid() ? NodeRef::of(place.service) : NodeRef();
    m_lit2 = place.channel.valid() ? NodeRef::of(place.channel) : NodeRef();
    m_caption = Narration(catalogue).sentence(record);
    m_weight = Narration::weight(record.kind);
    m_told.start();
    setAccessibleName(m_caption);
    update();
}

bool Stage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize)
        setGeometry(m_canvas.rect());
    return QObject::eventFilter(watched, event);
}

void Stage::paintEvent(QPaintEvent*) {
    if (m_caption.isEmpty())
        return;
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // While one steps, what is told of a node stands above or below it; else the light keeps off its neighbours.
    const qreal reach = m_canvas.feed().focus() ? TrafficPainter::focusReach : 0;
    QPainterPath light;
    for (const NodeRef node : {m_lit, m_lit2})
        if (const QRectF box = m_canvas.boxOf(node); node.kind != NodeRef::Kind::none && !box.isNull())
            light.addRoundedRect(box.adjusted(-10, -reach - 8, 10, reach + 8), 16, 16);
    if (!light.isEmpty()) {
        QPainterPath dim;
        dim.addRect(rect());
        QColor shade = theme.canvas;
        shade.setAlphaF(0.45F);
        painter.fillPath(dim.subtracted(light), shade);
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(light.simplified());
    }

    QFont font = theme.font(TextRole::Title);
    font.setPixelSize(std::clamp(width() / 44, 16, 34));
    painter.setFont(font);
    const int room = width() - 96;
    const QString shown = painter.fontMetrics().elidedText(m_caption, Qt::ElideRight, room - 48);
    const QSize size(painter.fontMetrics().horizontalAdvance(shown) + 48, painter.fontMetrics().height() + 22);
    const QRect box((width() - size.width()) / 2, height() - size.height() - 20, size.width(), size.height());
    painter.setPen(theme.line);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    painter.setPen(theme.text);
    painter.drawText(box, Qt::AlignCenter, shown);
}

} // namespace weir
