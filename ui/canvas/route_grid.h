// RouteGrid: finds ways between nodes along the free lines beside and between them, at right angles, around whatever
// stands in between. A way is dear by its length, its bends and the lines it crosses; ways to one target share a trunk,
// others keep apart. The same calls in the same order give the same ways. It knows points and boxes, no topology.
#pragma once

#include <QPointF>
#include <QRectF>

#include <cstdint>
#include <optional>
#include <vector>

namespace weir {

enum class Side : std::uint8_t { left, right, top, bottom };

// Where a way may leave or enter a box.
struct Port {
    QPointF at;
    Side side = Side::right;
    qreal cost = 0; // pixels that it is worth to use another one
};

class RouteGrid {
  public:
    static constexpr qreal stub = 22;                // straight out of a port, before the first bend
    static constexpr qreal clearance = 8;            // from a box that is none of the way's own
    static constexpr std::size_t stepsMax = 250'000; // of all searches of one grid; then way() finds nothing more
    static constexpr std::size_t cellsMax = 600'000;

    // Lines beside the boxes and through the ports; `lanes` of them beside each box, as far as they keep apart.
    RouteGrid(const std::vector<QRectF>& boxes, const std::vector<Port>& ports, int lanes);

    // A line that is there already: dear to cross, dearer to run along.
    void avoid(const std::vector<QPointF>& line);
    // The corners of the cheapest way from one of the ports to one of the others, both included; it is laid, so that
    // later ways keep clear of it or, with the same target, join it. Nothing where there is none.
    std::optional<std::vector<QPointF>> way(const std::vector<Port>& from, const std::vector<Port>& to,
                                            std::uint16_t target);

  private:
    using Cell = std::uint32_t;
    static constexpr std::uint16_t nobody = 0, several = 0xFFFF;
    enum Axis : std::uint8_t { level, upright };

    struct Line { // from one crossing to the next, rightwards or downwards
        std::uint16_t owner = nobody;
        std::uint8_t crossings = 0; // in halves
        bool blocked = false;
    };
    struct Visit { // of a cell, by the axis on which it was reached
        float cost = 0;
        std::uint32_t before = none; // state: cell * 2 + axis
        std::uint32_t search = 0;    // older ones do not count
        std::uint8_t start = 0;      // port
    };
    struct Search;
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    Cell cell(std::size_t x, std::size_t y) const { return static_cast<Cell>(x * m_ys.size() + y); }
    std::size_t xOf(Cell at) const { return at / m_ys.size(); }
    std::size_t yOf(Cell at) const { return at % m_ys.size(); }
    QPointF point(Cell at) const { return {m_xs[xOf(at)], m_ys[yOf(at)]}; }
    std::optional<Cell> find(QPointF at) const;
    void block(const QRectF& box);
    void lay(const std::vector<Cell>& cells, std::uint16_t target);
    void cross(std::vector<Line>& lines, Cell at, unsigned halves);
    void own(Line& line, std::uint16_t target);
    qreal cost(const Line& line, qreal length, std::uint16_t target) const;
    std::vector<QPointF> corners(const Port& from, const std::vector<Cell>& cells, const Port& to) const;

    std::vector<qreal> m_xs, m_ys;
    std::vector<Line> m_lines[2]; // by axis, by the cell they start from
    std::vector<Visit> m_visits;  // by state
    std::uint32_t m_searches = 0;
    std::size_t m_steps = 0;
};

} // namespace weir
