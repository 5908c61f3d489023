#include "ui/charts/series_pool.h"

#include <algorithm>

namespace weir {

SeriesPool::Source SeriesPool::want(const std::shared_ptr<const RecordStore>& store, SeriesScope scope,
                                    SeriesWindow window) {
    const Key key{store.get(), scope.kind, scope.index, window.begin, window.end};
    const auto [at, isNew] = m_feeds.try_emplace(key);
    if (isNew) {
        at->second.store = store;
        at->second.feed.start(store, scope, window);
        at->second.feed.advance(recordsPerTick / 4); // short runs show at once
    }
    at->second.wanted = true;
    return {&at->second.feed.series(), at->second.feed.behind()};
}

void SeriesPool::sweep() {
    std::erase_if(m_feeds, [](const auto& entry) { return !entry.second.wanted; });
    for (auto& [key, entry] : m_feeds)
        entry.wanted = false;
}

bool SeriesPool::advance(const RecordStore* present, SimTime now) {
    bool fresh = false;
    const std::uint64_t each = recordsPerTick / std::max<std::size_t>(1, m_feeds.size());
    for (auto& [key, entry] : m_feeds) {
        fresh = entry.feed.advance(each) || fresh;
        if (entry.store.get() == present)
            entry.feed.reach(now);
    }
    return fresh;
}

bool SeriesPool::behind() const {
    return std::any_of(m_feeds.begin(), m_feeds.end(), [](const auto& entry) { return entry.second.feed.behind(); });
}

} // namespace weir
