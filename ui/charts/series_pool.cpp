#include "ui/charts/series_pool.h"

#include <algorithm>
#include <utility>

namespace weir {

SeriesPool::Entry& SeriesPool::entry(const std::shared_ptr<const RecordStore>& store, SeriesScope scope,
                                     SeriesWindow window) {
    const Key key{store.get(), scope.kind, scope.index, window.begin, window.end};
    const auto [at, isNew] = m_feeds.try_emplace(key);
    if (isNew) {
        at->second.store = store;
        at->second.feed->start(store, scope, window);
        at->second.feed->advance(recordsPerTick / 4); // short runs show at once
    }
    return at->second;
}

SeriesPool::Source SeriesPool::want(const std::shared_ptr<const RecordStore>& store, SeriesScope scope,
                                    SeriesWindow window) {
    Entry& found = entry(store, scope, window);
    found.wanted = true;
    return {&found.feed->series(), found.feed->behind(), found.feed->caughtUp()};
}

std::shared_ptr<SeriesFeed> SeriesPool::hold(const std::shared_ptr<const RecordStore>& store, SeriesScope scope) {
    return entry(store, scope, {}).feed;
}

void SeriesPool::sweep() {
    std::erase_if(m_feeds, [](const auto& one) { return !one.second.wanted && one.second.feed.use_count() == 1; });
    for (auto& [key, one] : m_feeds)
        one.wanted = false;
}

bool SeriesPool::advance(const RecordStore* present, SimTime now) {
    // Those that keep up need little: what they leave goes to those that have far to read.
    std::uint64_t left = recordsPerTick;
    const auto fold = [this, &left](bool all) {
        const auto takes = [all](const Entry& one) { return all || one.feed->behind(); };
        const auto count = static_cast<std::uint64_t>(
            std::count_if(m_feeds.begin(), m_feeds.end(), [&](const auto& one) { return takes(one.second); }));
        const std::uint64_t each = left / std::max<std::uint64_t>(1, count);
        for (auto& [key, one] : m_feeds)
            if (takes(one)) {
                const std::uint64_t before = one.feed->series().index();
                one.feed->advance(each);
                left -= one.feed->series().index() - before;
            }
    };
    fold(true);
    fold(false);
    bool fresh = false;
    for (auto& [key, one] : m_feeds) {
        const std::uint64_t folded = one.feed->series().index();
        fresh = std::exchange(one.told, folded) != folded || fresh;
        if (one.store.get() == present)
            one.feed->reach(now);
    }
    return fresh;
}

bool SeriesPool::behind() const {
    return std::any_of(m_feeds.begin(), m_feeds.end(), [](const auto& one) { return one.second.feed->behind(); });
}

} // namespace weir
