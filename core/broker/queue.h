// ReadyLine: a queue's copies in delivery order. Positions only; policies (capacity, time to live, who gets what) are the
// broker's.
#pragma once

#include "core/broker/message.h"
#include "core/broker/slab.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

namespace weir {

// Highest priority first, then the order of entry; a copy that comes back goes to its old place (RabbitMQ's classic
// queue: requeued messages keep their position). What came back always stands before what never left. Whoever wants another
// order puts all copies back, at positions that say it.
class ReadyLine {
  public:
    explicit ReadyLine(int priorities = 0) : m_lanes(static_cast<std::size_t>(priorities) + 1) {}

    bool empty() const { return m_size == 0; }
    std::size_t size() const { return m_size; }

    std::size_t memoryBytes() const {
        std::size_t bytes = 0;
        for (const Lane& lane : m_lanes)
            bytes += sizeof lane + lane.fresh.memoryBytes() + lane.returned.size() * sizeof(Returned);
        return bytes;
    }

    void pushBack(CopyHandle copy, std::uint8_t priority) {
        lane(priority).fresh.pushBack(copy);
        ++m_size;
    }
    void putBack(CopyHandle copy, std::uint8_t priority, std::uint64_t position) {
        std::vector<Returned>& returned = lane(priority).returned;
        returned.push_back({position, copy});
        std::push_heap(returned.begin(), returned.end(), later);
        ++m_size;
    }
    CopyHandle front() const {
        const Lane& first = firstLane();
        return first.returned.empty() ? first.fresh.front() : first.returned.front().copy;
    }
    CopyHandle popFront() {
        Lane& first = const_cast<Lane&>(firstLane());
        --m_size;
        if (first.returned.empty())
            return first.fresh.popFront();
        std::pop_heap(first.returned.begin(), first.returned.end(), later);
        const CopyHandle copy = first.returned.back().copy;
        first.returned.pop_back();
        return copy;
    }

    // The first, in the order of delivery, for which it holds, looking at `most` at most; else noHandle.
    template <class Predicate> CopyHandle findFirst(std::size_t most, Predicate holds) {
        return walk(most, holds, [](Lane&, auto) {});
    }
    // Takes it out, too.
    template <class Predicate> CopyHandle takeFirst(std::size_t most, Predicate holds) {
        return walk(most, holds, [this](Lane& lane, auto at) {
            if constexpr (std::is_same_v<decltype(at), std::size_t>)
                lane.fresh.erase(at);
            else
                lane.returned.erase(at);
            --m_size;
        });
    }
    // Takes out those for which it holds, in the order of delivery. Linear: for what people do.
    template <class Predicate> std::vector<CopyHandle> takeIf(Predicate holds) {
        std::vector<CopyHandle> taken;
        takeOut(holds, [&taken](CopyHandle copy, std::optional<std::uint64_t>) { taken.push_back(copy); });
        return taken;
    }
    // The same, with where those stood that had come back: putBack() brings them there again.
    struct Standing {
        CopyHandle copy;
        std::optional<std::uint64_t> position; // nothing: it never left
    };
    template <class Predicate> std::vector<Standing> takeAside(Predicate holds) {
        std::vector<Standing> taken;
        takeOut(holds, [&taken](CopyHandle copy, std::optional<std::uint64_t> position) {
            taken.push_back({copy, position});
        });
        return taken;
    }
    template <class Visit> void forEach(Visit visit) const { // in no order that means anything
        for (const Lane& lane : m_lanes) {
            for (const Returned& item : lane.returned)
                visit(item.copy);
            for (std::size_t i = 0; i < lane.fresh.size(); ++i)
                visit(lane.fresh[i]);
        }
    }

  private:
    struct Returned {
        std::uint64_t position;
        CopyHandle copy;
    };
    struct Lane {
        Ring<CopyHandle> fresh;
        std::vector<Returned> returned; // a heap, the lowest position in front
        bool empty() const { return fresh.empty() && returned.empty(); }
    };
    template <class Predicate, class Taken> void takeOut(Predicate holds, Taken taken) {
        for (auto lane = m_lanes.rbegin(); lane != m_lanes.rend(); ++lane) {
            std::sort(lane->returned.begin(), lane->returned.end(), // what is sorted is a heap, too
                      [](const Returned& left, const Returned& right) { return left.position < right.position; });
            m_size -= std::erase_if(lane->returned, [&](const Returned& item) {
                const bool goes = holds(item.copy);
                if (goes)
                    taken(item.copy, std::optional(item.position));
                return goes;
            });
            for (std::size_t count = lane->fresh.size(); count > 0; --count) {
                const CopyHandle copy = lane->fresh.popFront();
                if (holds(copy)) {
                    taken(copy, std::nullopt);
                    --m_size;
                } else {
                    lane->fresh.pushBack(copy);
                }
            }
        }
    }
    template <class Predicate, class Found> CopyHandle walk(std::size_t most, Predicate holds, Found found) {
        const auto earlier = [](const Returned& left, const Returned& right) { return left.position < right.position; };
        for (auto lane = m_lanes.rbegin(); lane != m_lanes.rend(); ++lane) {
            if (!std::is_sorted(lane->returned.begin(), lane->returned.end(), earlier))
                std::sort(lane->returned.begin(), lane->returned.end(), earlier); // what is sorted is a heap, too
            for (auto item = lane->returned.begin(); item != lane->returned.end(); ++item) {
                if (most-- == 0)
                    return noHandle;
                const CopyHandle copy = item->copy;
                if (!holds(copy))
                    continue;
                found(*lane, item);
                return copy;
            }
            for (std::size_t i = 0; i < lane->fresh.size(); ++i) {
                if (most-- == 0)
                    return noHandle;
                const CopyHandle copy = lane->fresh[i];
                if (!holds(copy))
                    continue;
                found(*lane, i);
                return copy;
            }
        }
        return noHandle;
    }
    static bool later(const Returned& left, const Returned& right) { return left.position > right.position; }
    Lane& lane(std::uint8_t priority) { return m_lanes[std::min<std::size_t>(priority, m_lanes.size() - 1)]; }
    const Lane& firstLane() const {
        assert(m_size > 0);
        std::size_t index = m_lanes.size() - 1;
        while (m_lanes[index].empty())
            --index;
        return m_lanes[index];
    }

    std::vector<Lane> m_lanes; // by priority
    std::size_t m_size = 0;
};

} // namespace weir
