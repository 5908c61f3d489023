#include "ui/canvas/route_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace weir {
namespace {

constexpr qreal bendCost = 34;
constexpr qreal crossingCost = 64;
constexpr qreal sharedFactor = 0.55; // on the trunk of the same target
constexpr qreal foreignFactor = 5;   // along another's line
constexpr qreal laneGap = 12;
constexpr qreal apart = 6; // lanes nearer to another line than this are left out

QPointF outwards(const Port& port) {
    switch (port.side) {
    case Side::left:
        return port.at + QPointF(-RouteGrid::stub, 0);
    case Side::right:
        return port.at + QPointF(RouteGrid::stub, 0);
    case Side::top:
        return port.at + QPointF(0, -RouteGrid::stub);
    case Side::bottom:
        return port.at + QPointF(0, RouteGrid::stub);
    }
    return port.at;
}

bool isLevel(Side side) {
    return side == Side::left || side == Side::right;
}

// The wanted lines all, of the others those that keep apart.
std::vector<qreal> linesOf(std::vector<qreal> wanted, std::vector<qreal> others) {
    const auto tidy = [](std::vector<qreal>& lines) {
        std::sort(lines.begin(), lines.end());
        lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    };
    tidy(wanted);
    tidy(others);
    std::vector<qreal> lines = wanted;
    qreal last = std::numeric_limits<qreal>::lowest();
    for (const qreal line : others) {
        const auto after = std::lower_bound(wanted.begin(), wanted.end(), line);
        const bool free = (after == wanted.end() || *after - line >= apart) &&
                          (after == wanted.begin() || line - *std::prev(after) >= apart) && line - last >= apart;
        if (!free)
            continue;
        lines.push_back(line);
        last = line;
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

} // namespace

RouteGrid::RouteGrid(const std::vector<QRectF>& boxes, const std::vector<Port>& ports, int lanes) {
    std::vector<qreal> xs, ys, laneXs, laneYs;
    for (const Port& port : ports) {
        const QPointF out = outwards(port);
        xs.push_back(out.x());
        ys.push_back(out.y());
    }
    for (const QRectF& box : boxes)
        for (int lane = 0; lane < lanes && !box.isNull(); ++lane) {
            const qreal away = stub + lane * laneGap;
            laneXs.insert(laneXs.end(), {box.left() - away, box.right() + away});
            laneYs.insert(laneYs.end(), {box.top() - away, box.bottom() + away});
        }
    m_xs = linesOf(std::move(xs), std::move(laneXs));
    m_ys = linesOf(std::move(ys), std::move(laneYs));
    if (m_xs.size() * m_ys.size() > cellsMax) // too large to search in
        m_xs.clear();
    for (std::vector<Line>& lines : m_lines)
        lines.resize(m_xs.size() * m_ys.size());
    for (const QRectF& box : boxes)
        if (!box.isNull())
            block(box.adjusted(-clearance, -clearance, clearance, clearance));
}

void RouteGrid::block(const QRectF& box) {
    const auto range = [](const std::vector<qreal>& lines, qreal low, qreal high) {
        const auto first = std::upper_bound(lines.begin(), lines.end(), low) - lines.begin();
        const auto last = std::lower_bound(lines.begin(), lines.end(), high) - lines.begin();
        return std::pair(static_cast<std::size_t>(first), static_cast<std::size_t>(std::max(first, last)));
    };
    const auto [left, right] = range(m_xs, box.left(), box.right());
    const auto [top, bottom] = range(m_ys, box.top(), box.bottom());
    for (std::size_t x = left; x < right; ++x)
        for (std::size_t y = top > 0 ? top - 1 : 0; y < bottom; ++y)
            m_lines[upright][cell(x, y)].blocked = true;
    for (std::size_t y = top; y < bottom; ++y)
        for (std::size_t x = left > 0 ? left - 1 : 0; x < right; ++x)
            m_lines[level][cell(x, y)].blocked = true;
}

std::optional<RouteGrid::Cell> RouteGrid::find(QPointF at) const {
    const auto x = std::lower_bound(m_xs.begin(), m_xs.end(), at.x() - 0.01);
    const auto y = std::lower_bound(m_ys.begin(), m_ys.end(), at.y() - 0.01);
    if (x == m_xs.end() || y == m_ys.end() || *x > at.x() + 0.01 || *y > at.y() + 0.01)
        return std::nullopt;
    return cell(static_cast<std::size_t>(x - m_xs.begin()), static_cast<std::size_t>(y - m_ys.begin()));
}

void RouteGrid::cross(std::vector<Line>& lines, Cell at, unsigned halves) {
    lines[at].crossings = static_cast<std::uint8_t>(std::min<unsigned>(lines[at].crossings + halves, 200));
}

void RouteGrid::own(Line& line, std::uint16_t target) {
    line.owner = line.owner == nobody || line.owner == target ? target : several;
}

void RouteGrid::avoid(const std::vector<QPointF>& line) {
    if (m_xs.empty())
        return;
    const auto index = [](const std::vector<qreal>& lines, qreal at) {
        return static_cast<std::size_t>(std::upper_bound(lines.begin(), lines.end(), at) - lines.begin());
    };
    for (std::size_t i = 1; i < line.size(); ++i) {
        const QPointF a = line[i - 1], b = line[i];
        const QPointF span = b - a;
        // The grid's uprights between the two points are crossed at some height, and its levels at some place.
        for (std::size_t x = index(m_xs, std::min(a.x(), b.x())); x < m_xs.size() && m_xs[x] <= std::max(a.x(), b.x());
             ++x) {
            const std::size_t y = index(m_ys, a.y() + span.y() * (m_xs[x] - a.x()) / span.x());
            if (y > 0)
                cross(m_lines[upright], cell(x, y - 1), 2);
        }
        for (std::size_t y = index(m_ys, std::min(a.y(), b.y())); y < m_ys.size() && m_ys[y] <= std::max(a.y(), b.y());
             ++y) {
            const std::size_t x = index(m_xs, a.x() + span.x() * (m_ys[y] - a.y()) / span.y());
            if (x > 0)
                cross(m_lines[level], cell(x - 1, y), 2);
        }
        // As good as level: the grid's own line beside it is taken.
        if (std::abs(span.y()) > 0.3 * std::abs(span.x()))
            continue;
        for (std::size_t y = index(m_ys, a.y() - apart); y < m_ys.size() && m_ys[y] < a.y() + apart; ++y)
            for (std::size_t x = index(m_xs, std::min(a.x(), b.x()));
                 x < m_xs.size() && m_xs[x] <= std::max(a.x(), b.x()); ++x)
                if (x > 0)
                    own(m_lines[level][cell(x - 1, y)], several);
    }
}

qreal RouteGrid::cost(const Line& line, qreal length, std::uint16_t target) const {
    const qreal factor = line.owner == nobody ? 1 : line.owner == target ? sharedFactor : foreignFactor;
    return length * factor + (line.owner == target ? 0 : line.crossings * crossingCost / 2);
}

// The cheapest way first (A*); equally cheap ones in the order of their places.
struct RouteGrid::Search {
    struct Step {
        float guess; // cost so far and the least that is left
        float cost;
        std::uint32_t state;
        bool operator<(const Step& other) const {
            return guess != other.guess ? guess > other.guess : state > other.state;
        }
    };
    struct Goal {
        Cell at;
        std::size_t port;
    };

    Search(RouteGrid& searched, const std::vector<Port>& to, std::uint16_t wanted)
        : grid(searched), ports(to), target(wanted) {
        ++grid.m_searches;
        for (std::size_t i = 0; i < to.size(); ++i)
            if (const std::optional<Cell> at = grid.find(outwards(to[i])))
                goals.push_back({*at, i});
    }

    qreal left(Cell at) const {
        qreal least = std::numeric_limits<qreal>::max();
        for (const Goal& goal : goals) {
            const QPointF away = grid.point(goal.at) - grid.point(at);
            least = std::min(least, std::abs(away.x()) + std::abs(away.y()));
        }
        return least * sharedFactor;
    }

    void reach(std::uint32_t state, qreal cost, std::uint32_t before, std::uint8_t start) {
        Visit& visit = grid.m_visits[state];
        const auto exact = static_cast<float>(cost);
        if (visit.search == grid.m_searches && exact >= visit.cost)
            return;
        visit = {.cost = exact, .before = before, .search = grid.m_searches, .start = start};
        open.push({.guess = static_cast<float>(cost + left(state / 2)), .cost = exact, .state = state});
    }

    void arrive(const Step& step) {
        for (const Goal& goal : goals) {
            if (goal.at != step.state / 2)
                continue;
            const Port& port = ports[goal.port];
            const bool straight = isLevel(port.side) == (step.state % 2 == level);
            const qreal whole = step.cost + port.cost + (straight ? 0 : bendCost);
            if (whole >= best)
                continue;
            best = whole;
            end = step.state;
            endPort = goal.port;
        }
    }

    void spread(const Step& step) {
        const Cell at = step.state / 2;
        const std::size_t x = grid.xOf(at), y = grid.yOf(at);
        const std::size_t rows = grid.m_ys.size();
        const auto go = [&](Axis along, Cell line, Cell next, qreal length) {
            const Line& taken = grid.m_lines[along][line];
            if (!taken.blocked)
                reach(next * 2 + along,
                      step.cost + grid.cost(taken, length, target) + (along == step.state % 2 ? 0 : bendCost),
                      step.state, grid.m_visits[step.state].start);
        };
        const auto before = static_cast<Cell>(at - rows);
        if (x + 1 < grid.m_xs.size())
            go(level, at, static_cast<Cell>(at + rows), grid.m_xs[x + 1] - grid.m_xs[x]);
        if (x > 0)
            go(level, before, before, grid.m_xs[x] - grid.m_xs[x - 1]);
        if (y + 1 < rows)
            go(upright, at, at + 1, grid.m_ys[y + 1] - grid.m_ys[y]);
        if (y > 0)
            go(upright, at - 1, at - 1, grid.m_ys[y] - grid.m_ys[y - 1]);
    }

    void run() {
        while (!open.empty() && grid.m_steps < stepsMax) {
            const Step step = open.top();
            open.pop();
            if (step.guess >= best)
                return;
            if (step.cost > grid.m_visits[step.state].cost)
                continue;
            ++grid.m_steps;
            arrive(step);
            spread(step);
        }
    }

    RouteGrid& grid;
    const std::vector<Port>& ports;
    std::uint16_t target;
    std::vector<Goal> goals;
    std::priority_queue<Step> open;
    qreal best = std::numeric_limits<qreal>::max();
    std::uint32_t end = none;
    std::size_t endPort = 0;
};

std::optional<std::vector<QPointF>> RouteGrid::way(const std::vector<Port>& from, const std::vector<Port>& to,
                                                   std::uint16_t target) {
    if (m_xs.empty())
        return std::nullopt;
    m_visits.resize(m_xs.size() * m_ys.size() * 2);
    Search search(*this, to, target);
    for (std::size_t i = 0; i < from.size(); ++i)
        if (const std::optional<Cell> at = find(outwards(from[i])); at && !search.goals.empty())
            search.reach(*at * 2 + (isLevel(from[i].side) ? level : upright), from[i].cost, none,
                         static_cast<std::uint8_t>(i));
    search.run();
    if (search.end == none)
        return std::nullopt;
    std::vector<Cell> cells;
    for (std::uint32_t state = search.end; state != none; state = m_visits[state].before)
        if (cells.empty() || cells.back() != state / 2)
            cells.push_back(state / 2);
    std::reverse(cells.begin(), cells.end());
    lay(cells, target);
    return corners(from[m_visits[search.end].start], cells, to[search.endPort]);
}

void RouteGrid::lay(const std::vector<Cell>& cells, std::uint16_t target) {
    for (std::size_t i = 1; i < cells.size(); ++i) {
        const Cell first = std::min(cells[i - 1], cells[i]);
        const bool isUpright = xOf(first) == xOf(std::max(cells[i - 1], cells[i]));
        own(m_lines[isUpright ? upright : level][first], target);
        // Who passes straight over one of its points comes in by one half and leaves by the other.
        const Cell at = cells[i];
        if (isUpright) {
            cross(m_lines[level], at, 1);
            if (xOf(at) > 0)
                cross(m_lines[level], static_cast<Cell>(at - m_ys.size()), 1);
        } else {
            cross(m_lines[upright], at, 1);
            if (yOf(at) > 0)
                cross(m_lines[upright], at - 1, 1);
        }
    }
}

std::vector<QPointF> RouteGrid::corners(const Port& from, const std::vector<Cell>& cells, const Port& to) const {
    std::vector<QPointF> all{from.at};
    for (const Cell at : cells)
        all.push_back(point(at));
    all.push_back(to.at);
    std::vector<QPointF> kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool straight =
            i > 0 && i + 1 < all.size() &&
            ((std::abs(kept.back().x() - all[i].x()) < 0.01 && std::abs(all[i].x() - all[i + 1].x()) < 0.01) ||
             (std::abs(kept.back().y() - all[i].y()) < 0.01 && std::abs(all[i].y() - all[i + 1].y()) < 0.01));
        if (!straight)
            kept.push_back(all[i]);
    }
    return kept;
}

} // namespace weir
