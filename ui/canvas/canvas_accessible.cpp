#include "ui/canvas/canvas_accessible.h"

#include "ui/canvas/canvas.h"
#include "ui/canvas/hover_words.h"

#include <QPointer>

namespace weir {
namespace {

class NodeAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
  public:
    NodeAccessible(Canvas& canvas, std::size_t node) : m_canvas(&canvas), m_node(node) {}

    std::size_t node() const { return m_node; }
    bool isValid() const override {
        return m_canvas && m_canvas->scene().placed() && m_node < m_canvas->scene().names.size();
    }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_canvas ? m_canvas->window()->windowHandle() : nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_canvas); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override {
        if (!isValid())
            return {};
        if (kind == QAccessible::Name)
            return nodeSentence(m_canvas->scene(), m_node);
        return kind == QAccessible::Description ? tiesSentence(m_canvas->scene(), m_node) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}

    QRect rect() const override {
        if (!isValid())
            return {};
        const QRect inView = m_canvas->view().toView(m_canvas->scene().boxes[m_node]).toAlignedRect();
        return {m_canvas->mapToGlobal(inView.topLeft()), inView.size()};
    }

    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = state.selectable = true;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        const bool chosen = m_canvas->scene().selected == m_node;
        state.selected = chosen;
        state.focused = chosen && m_canvas->hasFocus();
        state.offscreen =
            !QRectF(m_canvas->rect()).intersects(m_canvas->view().toView(m_canvas->scene().boxes[m_node]));
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& action) override {
        if (action == pressAction() && isValid())
            m_canvas->chooseNode(m_node);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

  private:
    QPointer<Canvas> m_canvas;
    std::size_t m_node;
};

} // namespace

CanvasAccessible::CanvasAccessible(Canvas& canvas) : QAccessibleWidget(&canvas, QAccessible::Canvas) {}

CanvasAccessible::~CanvasAccessible() {
    for (const auto& [node, id] : m_nodes)
        QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface* CanvasAccessible::make(const QString& className, QObject* object) {
    if (className != QLatin1String("weir::Canvas"))
        return nullptr;
    return new CanvasAccessible(*static_cast<Canvas*>(object));
}

Canvas& CanvasAccessible::canvas() const {
    return *static_cast<Canvas*>(object());
}

int CanvasAccessible::childCount() const {
    const Scene& scene = canvas().scene();
    return controls() + (scene.placed() ? static_cast<int>(scene.names.size()) : 0);
}

QAccessibleInterface* CanvasAccessible::child(int index) const {
    if (index < controls())
        return QAccessibleWidget::child(index);
    if (index >= childCount())
        return nullptr;
    const auto node = static_cast<std::size_t>(index - controls());
    const auto known = m_nodes.find(node);
    if (known != m_nodes.end())
        return QAccessible::accessibleInterface(known->second);
    auto* made = new NodeAccessible(canvas(), node);
    m_nodes[node] = QAccessible::registerAccessibleInterface(made);
    return made;
}

int CanvasAccessible::indexOfChild(const QAccessibleInterface* child) const {
    for (const auto& [node, id] : m_nodes)
        if (QAccessible::accessibleInterface(id) == child)
            return controls() + static_cast<int>(node);
    return QAccessibleWidget::indexOfChild(child);
}

QAccessibleInterface* CanvasAccessible::childAt(int x, int y) const {
    if (QAccessibleInterface* control = QAccessibleWidget::childAt(x, y))
        return control;
    const Canvas& shown = canvas();
    if (!shown.scene().placed())
        return nullptr;
    const QPointF point = shown.view().toScene(QPointF(shown.mapFromGlobal(QPoint(x, y))));
    const std::optional<std::size_t> node = shown.scene().nodeAt(point);
    return node ? child(controls() + static_cast<int>(*node)) : nullptr;
}

QAccessibleInterface* CanvasAccessible::focusChild() const {
    const std::optional<std::size_t> chosen = canvas().scene().selected;
    return chosen && canvas().hasFocus() ? child(controls() + static_cast<int>(*chosen))
                                         : QAccessibleWidget::focusChild();
}

} // namespace weir
