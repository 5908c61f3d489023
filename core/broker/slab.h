// Slab: a vector whose freed places are reused, addressed by 32-bit handles; and Ring: a FIFO in a growing power-of-two
// buffer. Both are plain values (a copy is a snapshot) and allocate nothing once they have grown to the run's needs.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace weir {

inline constexpr std::uint32_t noHandle = std::numeric_limits<std::uint32_t>::max();

template <class Row>
class Slab {
  public:
    std::uint32_t add(Row&& row) { return place(std::move(row)); }
    std::uint32_t add(const Row& row) { return place(row); }
    // As it is at first, to be filled in where it stands.
    std::uint32_t addFresh() { return place(Row()); }
    // The row stays readable (its generation, for late comers) until its place is reused.
    void free(std::uint32_t handle) {
        assert(m_used > 0);
        --m_used;
        m_free.push_back(handle);
    }
    Row& operator[](std::uint32_t handle) { assert(handle < m_rows.size()); return m_rows[handle]; }
    const Row& operator[](std::uint32_t handle) const { assert(handle < m_rows.size()); return m_rows[handle]; }
    std::size_t used() const { return m_used; }
    std::size_t reach() const { return m_rows.size(); } // handles are below this
    // Of a copy of it, apart from what its rows own.
    std::size_t memoryBytes() const { return m_rows.size() * sizeof(Row) + m_free.size() * sizeof(std::uint32_t); }

  private:
    template <class Given> std::uint32_t place(Given&& row) {
        ++m_used;
        if (m_free.empty()) {
            m_rows.push_back(std::forward<Given>(row));
            return static_cast<std::uint32_t>(m_rows.size() - 1);
        }
        const std::uint32_t handle = m_free.back();
        m_free.pop_back();
        m_rows[handle] = std::forward<Given>(row);
        return handle;
    }

    std::vector<Row> m_rows;
    std::vector<std::uint32_t> m_free;
    std::size_t m_used = 0;
};

template <class Item>
class Ring {
  public:
    bool empty() const { return m_size == 0; }
    std::size_t size() const { return m_size; }
    std::size_t memoryBytes() const { return m_items.size() * sizeof(Item); } // apart from what its items own
    Item& front() { assert(m_size > 0); return m_items[m_head]; }
    const Item& front() const { assert(m_size > 0); return m_items[m_head]; }
    // The n-th from the front.
    Item& operator[](std::size_t index) { assert(index < m_size); return m_items[(m_head + index) & (m_items.size() - 1)]; }
    const Item& operator[](std::size_t index) const {
        assert(index < m_size);
        return m_items[(m_head + index) & (m_items.size() - 1)];
    }
    void pushBack(Item item) {
        if (m_size == m_items.size())
            grow();
        m_items[(m_head + m_size) & (m_items.size() - 1)] = std::move(item);
        ++m_size;
    }
    Item popFront() {
        assert(m_size > 0);
        Item item = std::move(m_items[m_head]);
        m_head = (m_head + 1) & (static_cast<std::uint32_t>(m_items.size()) - 1);
        --m_size;
        return item;
    }
    Item popBack() {
        assert(m_size > 0);
        --m_size;
        return std::move(m_items[(m_head + m_size) & (m_items.size() - 1)]);
    }
    // Removes the n-th from the front, keeping the order. Linear in its distance from the nearer end.
    void erase(std::size_t index) {
        if (index < m_size / 2) {
            for (std::size_t i = index; i > 0; --i)
                (*this)[i] = std::move((*this)[i - 1]);
            popFront();
            return;
        }
        for (std::size_t i = index; i + 1 < m_size; ++i)
            (*this)[i] = std::move((*this)[i + 1]);
        --m_size;
    }

  private:
    void grow() {
        std::vector<Item> larger(m_items.empty() ? 8 : m_items.size() * 2);
        for (std::size_t i = 0; i < m_size; ++i)
            larger[i] = std::move(m_items[(m_head + i) & (m_items.size() - 1)]);
        m_items = std::move(larger);
        m_head = 0;
    }

    std::vector<Item> m_items;
    std::uint32_t m_head = 0;
    std::uint32_t m_size = 0;
};

} // namespace weir
