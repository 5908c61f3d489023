// SeriesPool: the series that charts and timeline draw, each folded once however many lines want it, of any run. What
// nobody holds, or asked for since the last sweep, is dropped. All of them share one budget of records a tick.
#pragma once

#include "ui/charts/series_feed.h"

#include <map>
#include <memory>
#include <tuple>

namespace weir {

class SeriesPool {
  public:
    static constexpr std::uint64_t recordsPerTick = 120'000; // about 5 ms of folding

    struct Source {
        const Series* series = nullptr; // never null when returned
        bool behind = false;
        bool caughtUp = true; // its figures are of all that it is asked for, not of what is read so far
    };
    Source want(const std::shared_ptr<const RecordStore>& store, SeriesScope scope, SeriesWindow window = {});
    // Kept as long as it is held; whoever holds it may fold it on. Empty where there is no store.
    std::shared_ptr<SeriesFeed> hold(const std::shared_ptr<const RecordStore>& store, SeriesScope scope);
    // Between two of these everything that is still needed is asked for.
    void sweep();
    // Folds on; `now` is how far time has passed in the present run. True where something was new.
    bool advance(const RecordStore* present, SimTime now);
    bool behind() const;
    std::size_t size() const { return m_feeds.size(); }

  private:
    using Key = std::tuple<const RecordStore*, SeriesScope::Kind, std::uint32_t, SimTime, SimTime>;
    struct Entry {
        std::shared_ptr<SeriesFeed> feed = std::make_shared<SeriesFeed>();
        std::shared_ptr<const RecordStore> store;
        bool wanted = true;
        std::uint64_t told = 0; // records folded when it was last advanced here
    };
    Entry& entry(const std::shared_ptr<const RecordStore>& store, SeriesScope scope, SeriesWindow window);

    std::map<Key, Entry> m_feeds;
};

} // namespace weir
