// TraceMenu: what a right click into the trace offers: the cell as a filter, a column or a colour, the conversation,
// the playhead, copies; and what the titles and the bar offer: columns, time, colours, export. It decides nothing: each
// entry is a wish to the TraceView.
#pragma once

#include "ui/theme_source.h"

#include <QCoreApplication>

#include <cstdint>

class QMenu;

namespace weir {

class TraceView;

class TraceMenu {
    Q_DECLARE_TR_FUNCTIONS(weir::TraceMenu)
  public:
    TraceMenu(TraceView& view, const ThemeSource& themes) : m_view(view), m_themes(themes) {}

    void openCell(const QPoint& globalPosition, std::uint64_t row, int column);
    void openTitle(const QPoint& globalPosition, int column);
    // Everything that concerns the whole trace.
    void fillMore(QMenu& menu);

  private:
    void addFilters(QMenu& menu, const QString& term);
    void addColumns(QMenu& menu, std::uint64_t index);
    void addColours(QMenu& menu, const QString& term);
    void addCopies(QMenu& menu, std::uint64_t row);
    void fillShown(QMenu& menu);
    void fillTime(QMenu& menu);
    QString elided(const QMenu& menu, const QString& text) const;

    TraceView& m_view;
    const ThemeSource& m_themes;
};

} // namespace weir
