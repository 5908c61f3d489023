// FlowLayout: widgets one after another, as many in a row as there is room for, the rest in rows below; so that a bar
// of buttons can be narrow without cutting their words. Its wish is one row.
#pragma once

#include <QLayout>
#include <QList>

namespace weir {

class FlowLayout final : public QLayout {
    Q_OBJECT
  public:
    explicit FlowLayout(QWidget* parent = nullptr) : QLayout(parent) {}
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return lay(QRect(0, 0, width, 0), false); }
    QSize sizeHint() const override;
    QSize minimumSize() const override; // of the widest alone
    void setGeometry(const QRect& rect) override;

  private:
    int lay(const QRect& rect, bool place) const; // the height it takes

    QList<QLayoutItem*> m_items;
};

} // namespace weir
