// The canvas for those who do not see it: each node is a child with its name and figures in words ("payments, queue, 12
// waiting"), a role and a place; the selected one has the focus. The canvas's controls are children before them. Reads
// the Scene; it changes nothing but the selection.
#pragma once

#include <QAccessibleWidget>

#include <map>

namespace weir {

class Canvas;

class CanvasAccessible final : public QAccessibleWidget {
  public:
    explicit CanvasAccessible(Canvas& canvas);
    ~CanvasAccessible() override;

    static QAccessibleInterface* make(const QString& className, QObject* object); // for QAccessible::installFactory

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;
    int controls() const { return QAccessibleWidget::childCount(); } // that stand before the nodes

  private:
    Canvas& canvas() const;
    mutable std::map<std::size_t, QAccessible::Id> m_nodes;
};

} // namespace weir
