// Depth: how many wait in a channel, as every view counts them, so that one moment has one figure.
#pragma once

#include <cstdint>
#include <vector>

namespace weir {

class Catalogue;
class Picture;

// By channel. Queues: copies to be started, prefetched ones included, as the metric "depth" says; where nobody reads, what
// lies there. Streams: records that the group that is furthest behind has still to read. Others: 0.
std::vector<std::int64_t> depths(const Picture& picture, const Catalogue& catalogue);

} // namespace weir
