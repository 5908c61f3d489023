// What the canvas says about a node or an edge: name, kind, and the figures of now, with units: as rich text for the
// tooltip under the pointer, and as sentences for those who walk by keys or listen. In the language that holds.
#pragma once

#include "ui/canvas/scene.h"

#include <QString>

namespace weir {

QString nodeKindWord(const GraphNode& node);
QString nodeWords(const Scene& scene, std::size_t node, const NodeIds& ids, const Picture& picture,
                  const Catalogue& catalogue);
QString edgeWords(const Scene& scene, std::size_t edge);
QString groupWords(const Scene& scene, std::size_t group);

// In plain words, for captions and those who listen: "payments, queue, 12 waiting".
QString nodeSentence(const Scene& scene, std::size_t node);
QString tiesSentence(const Scene& scene, std::size_t node); // whom it is tied to
// The walk from one node to another: "orders routes to payments, 19.8/s"; empty where they are not tied.
QString hopSentence(const Scene& scene, std::size_t from, std::size_t to);

} // namespace weir
