// Inbox: the one bounded place where what sockets' threads read meets the thread that records it. Whoever finds it full
// drops and is told how many; nobody waits to put something in.
#pragma once

#include "core/units.h"

#include <condition_variable>
#include <cstddef>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace weir {

// Item has bytes().
template <class Item> class Inbox {
  public:
    struct Options {
        std::size_t itemsMax = 65'536;
        std::size_t bytesMax = std::size_t{64} << 20;
    };
    explicit Inbox(Options options) : m_options(options) {}

    // Takes the items out of `some`; returns how many of them found no room.
    std::size_t put(std::vector<Item>& some) {
        std::size_t kept = 0;
        bool wake = false;
        {
            const std::lock_guard lock(m_mutex);
            for (; kept < some.size() && m_items.size() < m_options.itemsMax &&
                   m_bytes + some[kept].bytes() <= m_options.bytesMax;
                 ++kept) {
                m_bytes += some[kept].bytes();
                m_items.push_back(std::move(some[kept]));
            }
            wake = std::exchange(m_sleeping, false);
        }
        if (wake)
            m_filled.notify_one();
        const std::size_t dropped = some.size() - kept;
        some.clear();
        return dropped;
    }
    // All there is, in place of what `into` held; waits for it until the time is over or interrupt() was called.
    void take(std::vector<Item>& into, Duration timeout) {
        into.clear();
        std::unique_lock lock(m_mutex);
        if (m_items.empty() && !m_interrupted) {
            m_sleeping = true;
            m_filled.wait_for(lock, timeout, [this] { return !m_items.empty() || m_interrupted; });
            m_sleeping = false;
        }
        into.swap(m_items);
        m_bytes = 0;
    }
    void interrupt() {
        {
            const std::lock_guard lock(m_mutex);
            m_interrupted = true;
        }
        m_filled.notify_all();
    }

  private:
    Options m_options;
    std::mutex m_mutex;
    std::condition_variable m_filled;
    std::vector<Item> m_items;
    std::size_t m_bytes = 0;
    bool m_sleeping = false;
    bool m_interrupted = false;
};

} // namespace weir
