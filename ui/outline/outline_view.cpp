#include "ui/outline/outline_view.h"

#include "ui/marks.h"
#include "ui/node_mime.h"
#include "ui/session/recent_past.h"
#include "ui/tabular.h"
#include "ui/widgets/meter.h"

#include <QApplication>
#include <QDrag>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace weir {
namespace {

constexpr int refreshMilliseconds = 100;
constexpr int inset = 18;
constexpr int meterWidth = 48;

class OutlineDelegate final : public QStyledItemDelegate {
  public:
    OutlineDelegate(const ThemeSource& themes, const Selection& selection, const OutlineModel& model, QObject* parent)
        : QStyledItemDelegate(parent), m_themes(themes), m_selection(selection), m_model(model) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        switch (rowOf(index)) {
        case OutlineModel::Row::header:
            return {100, index.row() == 0 ? 34 : 40};
        case OutlineModel::Row::eventType:
            return {100, 22};
        default:
            return {100, 23};
        }
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = m_themes.theme();
        const OutlineModel::Row row = rowOf(index);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect area = option.rect;
        if (row == OutlineModel::Row::header) {
            painter->setFont(theme.font(TextRole::Caption));
            painter->setPen(theme.muted);
            painter->drawText(area.adjusted(14, 0, -14, -7), Qt::AlignBottom | Qt::AlignLeft, index.data().toString());
            painter->restore();
            return;
        }
        const NodeRef node = m_model.nodeAt(index);
        const EventTypeId type = m_model.eventTypeAt(index);
        const bool selected = (node.kind != NodeRef::Kind::none && node == m_selection.node()) ||
                              (type.valid() && type == m_selection.eventType());
        const QRectF pill = QRectF(area).adjusted(6, 0, -6, 0);
        painter->setPen(Qt::NoPen);
        if (selected || option.state & QStyle::State_MouseOver) {
            painter->setBrush(selected ? theme.selection : theme.hover);
            painter->drawRoundedRect(pill, 6, 6);
        }
        // The keyboard's place, where it is not what is selected anyway.
        if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
            painter->setBrush(Qt::NoBrush);
            painter->setPen(QPen(theme.accent, 1));
            painter->drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        }
        QRect words = area.adjusted(inset, 0, -14, 0);
        QColor ink = theme.text;
        if (row == OutlineModel::Row::eventType) {
            drawMark(*painter, theme.mark(type.value), QPointF(words.left() + 4, area.center().y() + 0.5), 4.5);
            words.setLeft(words.left() + 16);
        } else if (row == OutlineModel::Row::service) {
            const QRectF meter(words.right() - meterWidth + 1, area.center().y() - 2.5, meterWidth, 6);
            Meter::draw(*painter, meter, index.data(OutlineModel::ShareRole).toDouble(), theme);
            words.setRight(static_cast<int>(meter.left()) - 10);
        } else {
            const bool dead = index.data(OutlineModel::DeadLetterRole).toBool();
            const QString value = index.data(OutlineModel::ValueRole).toString();
            ink = dead ? theme.dangerText : theme.text;
            painter->setFont(theme.font(TextRole::Body));
            painter->setPen(dead && value != QLatin1String("0") ? theme.dangerText : theme.muted);
            drawTabular(*painter, words, Qt::AlignRight, value);
            words.setRight(words.right() - static_cast<int>(tabularWidth(painter->font(), value)) - 8);
        }
        painter->setFont(theme.font(selected ? TextRole::Strong : TextRole::Body));
        painter->setPen(ink);
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
        painter->restore();
    }

  private:
    static OutlineModel::Row rowOf(const QModelIndex& index) {
        return static_cast<OutlineModel::Row>(index.data(OutlineModel::RowRole).toInt());
    }

    const ThemeSource& m_themes;
    const Selection& m_selection;
    const OutlineModel& m_model;
};

} // namespace

OutlineView::OutlineView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QListView(parent), m_session(session), m_selection(selection), m_themes(themes), m_model(new OutlineModel(this)) {
    setModel(m_model);
    setItemDelegate(new OutlineDelegate(themes, selection, *m_model, this));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::NoSelection); // Selection says what is selected
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setMouseTracking(true);
    setUniformItemSizes(false);
    setResizeMode(QListView::Adjust);
    connect(&m_session, &Session::documentChanged, this, &OutlineView::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &OutlineView::tick);
    connect(&m_session, &Session::runningChanged, this, [this] {
        m_shownFor.invalidate();
        tick();
    });
    connect(&m_selection, &Selection::changed, this, &OutlineView::showSelection);
    connect(&m_themes, &ThemeSource::changed, viewport(), qOverload<>(&QWidget::update));
    retranslate();
    takeUpDocument();
}

void OutlineView::takeUpDocument() {
    m_model->setCatalogue(m_session.catalogue(), m_session.scenario());
    m_shownFor.invalidate();
    tick();
    showSelection();
}

void OutlineView::tick() {
    // A single step shows at once, a run ten times a second.
    if (m_session.running() && m_shownFor.isValid() && m_shownFor.elapsed() < refreshMilliseconds)
        return;
    m_shownFor.start();
    m_model->show(m_session.picture(), m_session.recent().figures());
}

void OutlineView::choose(const QModelIndex& index) {
    if (const NodeRef node = m_model->nodeAt(index); node.kind != NodeRef::Kind::none)
        m_selection.selectNode(node);
    else if (const EventTypeId type = m_model->eventTypeAt(index); type.valid())
        m_selection.selectEventType(type);
}

void OutlineView::showSelection() {
    const QModelIndex node = m_model->indexOf(m_selection.node());
    if (node.isValid() && node != currentIndex()) {
        setCurrentIndex(node);
        scrollTo(node);
    }
    viewport()->update();
}

void OutlineView::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->position().toPoint();
    QListView::mousePressEvent(event);
    if (event->button() != Qt::LeftButton)
        return;
    const QModelIndex index = indexAt(m_pressed);
    choose(index);
    if (const NodeRef node = m_model->nodeAt(index); node.kind != NodeRef::Kind::none)
        Q_EMIT nodeChosen(node);
}

// A node can be dragged to another view, such as the charts.
void OutlineView::mouseMoveEvent(QMouseEvent* event) {
    const NodeRef node = m_model->nodeAt(indexAt(m_pressed));
    if (!(event->buttons() & Qt::LeftButton) || node.kind == NodeRef::Kind::none ||
        (event->position().toPoint() - m_pressed).manhattanLength() < QApplication::startDragDistance()) {
        QListView::mouseMoveEvent(event);
        return;
    }
    auto* out = new QDrag(this);
    out->setMimeData(nodeMime(node, *m_session.catalogue()).release());
    out->exec(Qt::CopyAction);
}

void OutlineView::keyPressEvent(QKeyEvent* event) {
    const QModelIndex before = currentIndex();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space) {
        choose(before);
        if (const NodeRef node = m_model->nodeAt(before); node.kind != NodeRef::Kind::none)
            Q_EMIT nodeChosen(node);
        return;
    }
    // As on the canvas; within a name that is being typed it is a letter.
    const bool typing = m_typedFor.isValid() && m_typedFor.elapsed() < QApplication::keyboardInputInterval();
    if (event->key() == Qt::Key_F && event->modifiers() == Qt::NoModifier && !typing) {
        Q_EMIT focusRequested();
        return;
    }
    if (!event->text().isEmpty())
        m_typedFor.start();
    QListView::keyPressEvent(event);
    // Nodes are selected as the keyboard passes them; an event type only when asked for, since it dims the others.
    if (currentIndex() != before && m_model->nodeAt(currentIndex()).kind != NodeRef::Kind::none)
        choose(currentIndex());
}

void OutlineView::paintEvent(QPaintEvent* event) {
    QPainter(viewport()).fillRect(viewport()->rect(), m_themes.theme().surface);
    QListView::paintEvent(event);
    if (m_model->rowCount() == 0) {
        QPainter painter(viewport());
        painter.setFont(m_themes.theme().font(TextRole::Body));
        painter.setPen(m_themes.theme().muted);
        painter.drawText(viewport()->rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Services, channels and event types of the scenario appear here"));
    }
}

void OutlineView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QListView::changeEvent(event);
}

void OutlineView::retranslate() {
    setWindowTitle(tr("Outline"));
    setAccessibleName(windowTitle());
    m_shownFor.invalidate();
    tick();
    m_model->retranslate();
    viewport()->update();
}

} // namespace weir
