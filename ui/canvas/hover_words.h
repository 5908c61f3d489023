// What the canvas says about the node or the edge under the pointer: name, kind, and the figures of now, with units.
// Rich text for a tooltip, in the language that holds.
#pragma once

#include "ui/canvas/scene.h"

#include <QString>

namespace weir {

QString nodeKindWord(const GraphNode& node);
QString nodeWords(const Scene& scene, std::size_t node, const NodeIds& ids, const Picture& picture,
                  const Catalogue& catalogue);
QString edgeWords(const Scene& scene, std::size_t edge);

} // namespace weir
