// EditOverlay: what editing shows over the canvas: who is selected, ports to pull edges from, which targets are valid,
// guides, the rubber band, what is about to be placed, signs of findings. It lies over the canvas, lets the mouse
// through, and paints the marks that it is given; it decides nothing.
#pragma once

#include "core/scenario/new_nodes.h"
#include "ui/canvas/canvas.h"
#include "ui/theme_source.h"

#include <QLineF>
#include <QWidget>

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace weir {

// Node and edge indices are those of the canvas's scene.
struct EditMarks {
    std::set<std::size_t> selected; // drawn where they are several; one alone is the canvas's own
    std::set<std::size_t> ports;
    std::optional<std::size_t> port;         // under the pointer
    std::optional<std::size_t> selectedEdge;
    QString edgeWords;                       // beside the selected edge: its pattern

    struct Pull {
        std::size_t from = 0;
        QPointF to;               // view
        std::vector<bool> valid;  // by node
        std::optional<std::size_t> target;
        QString words;            // beside the pointer: what dropping here means, or why it cannot be
        bool possible = true;
    };
    std::optional<Pull> pull;
    QRectF band;                // view; null: none
    std::vector<QLineF> guides; // scene

    struct Ghost {
        NodeTemplate kind = NodeTemplate::queue;
        QPointF at; // view
    };
    std::optional<Ghost> ghost;
    std::map<std::size_t, Tone> badges; // findings of nodes
    QString hint;                       // in the middle of an empty canvas
};

class EditOverlay final : public QWidget {
    Q_OBJECT
  public:
    EditOverlay(Canvas& canvas, const ThemeSource& themes);

    EditMarks& marks() { return m_marks; }
    const EditMarks& marks() const { return m_marks; }

    // In the view.
    QPointF portOf(std::size_t node) const;
    QRectF badgeOf(std::size_t node) const;
    static constexpr qreal portRadius = 6;
    static constexpr qreal portReach = 11;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QRectF boxOf(std::size_t node) const;
    void paintSelection(QPainter& painter) const;
    void paintEdge(QPainter& painter) const;
    void paintPorts(QPainter& painter) const;
    void paintPull(QPainter& painter) const;
    void paintBadges(QPainter& painter) const;
    void paintGhost(QPainter& painter) const;
    void paintHint(QPainter& painter) const;
    void paintWords(QPainter& painter, QPointF at, const QString& words, Tone tone) const;

    Canvas& m_canvas;
    const ThemeSource& m_themes;
    EditMarks m_marks;
};

} // namespace weir
