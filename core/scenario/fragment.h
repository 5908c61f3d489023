// Fragment: a part of a scenario that can be carried elsewhere as text: nodes as they stand in the file, the event types
// they emit, and where they stand. For the clipboard and for duplicating. Pasting finds free names, keeps the ties among
// the nodes, keeps those to outside where the target has such a node, and says which it had to drop.
#pragma once

#include "core/result.h"
#include "core/scenario/document.h"
#include "core/scenario/scenario.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

inline constexpr std::size_t fragmentBytesMax = 4 << 20;

// An object with "weir-fragment", "events", "channels", "services" and "layout". A handler's own queue goes with its
// service and is left out where it is named alone. Positions of those that have one.
std::string fragmentText(const Value& document, const Scenario& scenario, const std::set<std::string>& nodes,
                         const std::map<std::string, Point>& positions);
// Whether some text is one, as far as a look at its beginning tells.
bool looksLikeFragment(std::string_view text);

struct Paste {
    std::vector<Edit> edits;
    std::vector<std::string> nodes; // the new ones, under the names they get
    std::set<std::string> dropped;  // what they were tied to that is not there
};
// How much further nodes with their centres there have to move to stand free.
using FreeShift = std::function<Point(const std::vector<Point>& centres)>;
// With the middle of the nodes at that place; without one, where they stood. In both cases moved to where there is room.
Result<Paste> pasteOf(const Value& document, const Scenario& scenario, std::string_view text,
                      std::optional<Point> middle, const FreeShift& freeShift);

} // namespace weir
