// PaletteBar: what can be put on the canvas, as a slim bar of icons at its left edge. A click picks one up for the next
// click on the canvas, a drag carries it there. It asks; the editor makes.
#pragma once

#include "core/scenario/new_nodes.h"
#include "ui/theme_source.h"

#include <QFrame>
#include <QPoint>

#include <optional>
#include <vector>

class QGridLayout;
class QToolButton;

namespace weir {

// A node to make, or nothing: an event type, which has no place.
using PaletteItem = std::optional<NodeTemplate>;

class PaletteBar final : public QFrame {
    Q_OBJECT
  public:
    PaletteBar(const ThemeSource& themes, QWidget* parent);

    void fit(int height);             // in as many columns as that takes
    void setPicked(PaletteItem item); // which one waits for its place; nothing: none does
    QToolButton& button(PaletteItem item) const;

  Q_SIGNALS:
    void picked(weir::PaletteItem item);
    void carried(weir::PaletteItem item, QPoint global);
    void dropped(weir::PaletteItem item, QPoint global);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    struct Entry {
        QToolButton* button;
        PaletteItem item;
    };
    void dress();
    void retranslate();

    const ThemeSource& m_themes;
    QGridLayout* m_grid;
    int m_rows = 0;
    std::vector<Entry> m_entries;
    std::optional<QPoint> m_pressed; // global
    bool m_carrying = false;
};

} // namespace weir
