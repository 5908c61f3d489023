// Label places: where the rates of edges find room: beside their own line, off all lines, nodes and other labels, and
// far enough from the line that no message on its way hides them. A pure function; later labels give way to earlier
// ones.
#pragma once

#include "ui/canvas/geometry.h"

#include <cstddef>
#include <vector>

namespace weir {

struct LabelWish {
    std::size_t curve = 0;
    qreal share = 0.5; // of its length: where it would best be
};

// One rectangle of that size a wish; null where there is no room without covering a node, or another label, or more of
// other lines than one.
std::vector<QRectF> labelPlaces(const std::vector<LabelWish>& wishes, QSizeF size, const std::vector<Curve>& curves,
                                const std::vector<QRectF>& obstacles);

} // namespace weir
