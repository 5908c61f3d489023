// TraceHeader: the titles of the trace's columns, which are dragged to other places and widths here, hidden and shown
// again. Knows its arrangement as text, so that settings can keep it.
#pragma once

#include "ui/theme_source.h"

#include <QHeaderView>

namespace weir {

struct TraceLook;

class TraceHeader final : public QHeaderView {
    Q_OBJECT
  public:
    static constexpr int inset = 14; // of the first column's text
    static constexpr int gap = 10;   // between columns

    TraceHeader(const ThemeSource& themes, QWidget* parent);

    // The columns from left to right, each as "width shown key". Columns that are not named keep their places behind.
    QStringList arrangement(const TraceLook& look) const;
    void arrange(const TraceLook& look, const QStringList& arrangement);
    // As it was before anybody changed it; every column is shown.
    void resetArrangement();
    // The last one that is shown stays.
    void setShown(int column, bool shown);
    // From left to right, without the hidden ones.
    std::vector<int> shownColumns() const;

    static int widthOf(int column); // before anybody changed it

  Q_SIGNALS:
    void menuWanted(const QPoint& globalPosition, int column);

  protected:
    void paintSection(QPainter* painter, const QRect& area, int section) const override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    const ThemeSource& m_themes;
};

} // namespace weir
