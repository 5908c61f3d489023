#include "core/broker/listener_order.h"

#include "core/broker/pattern_word.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <tuple>

namespace weir {

// As eventemitter2 6.4.9 calls its listeners, segment by segment: literals before *, * before **; but behind a ** it
// walks its branches backwards, those first that were listened to last (observed). Of the same name who listened first,
// behind those that put themselves in front: of these the last one.
std::vector<std::size_t> orderOf(std::span<const Listener> listeners) {
    using Rank = std::vector<std::ptrdiff_t>;
    std::map<std::string, std::ptrdiff_t> names;    // in the order they were first listened to
    std::map<std::string, std::ptrdiff_t> branches; // behind a **, in the order they were first listened to
    struct Ranked {
        Rank rank;
        std::ptrdiff_t name, place;
        std::size_t listener;
    };
    std::vector<Ranked> ranked;
    for (const Listener& listener : listeners) {
        Rank rank;
        std::string path;
        bool backwards = false;
        const auto words = listener.pattern ? listener.pattern->words() : std::nullopt;
        if (!words)
            rank.push_back(std::numeric_limits<std::ptrdiff_t>::max()); // no key reaches it, or it has no segments
        for (const PatternWord& word : words ? *words : std::vector<PatternWord>()) {
            path += std::to_string(static_cast<int>(word.kind)) + word.text + '\0';
            const auto branch = backwards
                                    ? branches.try_emplace(path, static_cast<std::ptrdiff_t>(branches.size())).first
                                    : branches.end();
            rank.push_back(backwards ? -branch->second : static_cast<std::ptrdiff_t>(word.kind));
            backwards = word.kind == PatternWord::Kind::many;
        }
        const auto name = names.try_emplace(path, static_cast<std::ptrdiff_t>(names.size())).first;
        const auto place = static_cast<std::ptrdiff_t>(ranked.size()) + 1;
        ranked.push_back({std::move(rank), name->second, listener.prepended ? -place : place, ranked.size()});
    }
    std::sort(ranked.begin(), ranked.end(), [](const Ranked& one, const Ranked& other) {
        return std::tie(one.rank, one.name, one.place) < std::tie(other.rank, other.name, other.place);
    });
    std::vector<std::size_t> order;
    for (const Ranked& each : ranked)
        order.push_back(each.listener);
    return order;
}

} // namespace weir
