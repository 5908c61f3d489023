// DataTable: how lists of facts look and behave everywhere: rows of 22 pixels without a grid, figures at the right,
// tones for states, bars for shares, marks for event types, sorting by the titles, and a hint where there is nothing to
// list. What the cells hold is a model's.
#pragma once

#include "ui/theme_source.h"

#include <QTreeView>

#include <initializer_list>
#include <vector>

namespace weir {

// What a model may say of a cell beside its text.
enum DataRole : int {
    ToneRole = Qt::UserRole + 100, // int(Tone) of the text
    ShareRole,                     // double 0..1: a bar in front of the text
    MarkRole,                      // int: the event type whose mark stands in front of the text
    FigureRole                     // bool: a number, at the right
};

class DataTable final : public QTreeView {
    Q_OBJECT
  public:
    static constexpr int rowHeight = 22;

    explicit DataTable(const ThemeSource& themes, QWidget* parent = nullptr);

    // Shown while there are no rows.
    void setHint(const QString& hint);
    QString hint() const { return m_hint; }
    // Of the columns, where there is room. Where there is less they are narrower, down to their titles; where there is
    // still less those that give way are put away, one after the other, and told in the tooltips of their rows. Until
    // somebody has drawn one of them.
    void setWidths(std::initializer_list<int> widths, std::initializer_list<int> givingWay = {});

  Q_SIGNALS:
    // Enter or a double click.
    void rowActivated(const QModelIndex& index);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;

  private:
    void fitWidths();
    QString tipAt(const QModelIndex& index) const;

    const ThemeSource& m_themes;
    QString m_hint;
    std::vector<int> m_widths;
    std::vector<int> m_givingWay; // columns, the first one to go first
    bool m_fitting = false;
    bool m_drawn = false; // by hand
};

} // namespace weir
