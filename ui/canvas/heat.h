// Heat: how hot each node is by one measure, as a place on a scale and a figure in words. Pure functions over a
// Picture; the scale's ends are round numbers that only move when they have to, so that colours do not swim. It paints
// nothing.
#pragma once

#include "ui/canvas/faces.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace weir {

enum class HeatBy : std::uint8_t { none, utilisation, latency, errors, lag };
inline constexpr std::size_t heatKinds = 5;

struct HeatMark {
    int share = -1; // thousandths of the scale; -1: this measure says nothing about the node
    QString figure; // "83 %"
    bool operator==(const HeatMark&) const = default;
};

struct Heat {
    HeatBy by = HeatBy::none;
    std::vector<HeatMark> marks; // by node
    QString low, high;           // the scale's ends in words
    bool operator==(const Heat&) const = default;
};

// Utilisation: busy share of workers, and how full bounded queues are. Latency: p99, of handling or of waiting.
// Errors: share of handlings that failed, and of copies that were dead-lettered. Lag: copies waiting, records unread.
Heat heatOf(HeatBy by, const std::vector<NodeIds>& ids, const std::vector<NodeFace>& faces, const Picture& picture,
            const Catalogue& catalogue);
QString heatWord(HeatBy by); // "Utilisation"

} // namespace weir
