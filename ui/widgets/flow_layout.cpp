#include "ui/widgets/flow_layout.h"

#include <QWidget>

#include <algorithm>

namespace weir {

FlowLayout::~FlowLayout() {
    qDeleteAll(m_items);
}

void FlowLayout::addItem(QLayoutItem* item) {
    m_items.append(item);
}

QLayoutItem* FlowLayout::takeAt(int index) {
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

QSize FlowLayout::sizeHint() const {
    QSize wanted(0, 0);
    for (const QLayoutItem* item : m_items) {
        if (item->isEmpty())
            continue;
        const int gap = wanted.width() > 0 ? spacing() : 0;
        wanted = {wanted.width() + gap + item->sizeHint().width(),
                  std::max(wanted.height(), item->sizeHint().height())};
    }
    const QMargins around = contentsMargins();
    return wanted.grownBy(around);
}

QSize FlowLayout::minimumSize() const {
    QSize least(0, 0);
    for (const QLayoutItem* item : m_items)
        if (!item->isEmpty())
            least = least.expandedTo(item->minimumSize());
    return least.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    lay(rect, true);
}

int FlowLayout::lay(const QRect& rect, bool place) const {
    const QRect inside = rect.marginsRemoved(contentsMargins());
    int x = inside.left();
    int y = inside.top();
    int high = 0;
    for (QLayoutItem* item : m_items) {
        if (item->isEmpty()) // a hidden one
            continue;
        const QSize size(std::min(item->sizeHint().width(), inside.width()), item->sizeHint().height());
        if (x > inside.left() && x + size.width() > inside.left() + inside.width()) {
            x = inside.left();
            y += high + spacing();
            high = 0;
        }
        if (place)
            item->setGeometry({{x, y}, size});
        x += size.width() + spacing();
        high = std::max(high, size.height());
    }
    return y + high - rect.top() + contentsMargins().bottom();
}

} // namespace weir
