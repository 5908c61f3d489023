// FlatMap: 64-bit keys to small values in one array (open addressing, linear probing, no tombstones). For hot paths
// that look up handles; copying it is copying an array. Nothing iterates it: its order means nothing.
#pragma once

#include "core/kernel/hash.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace weir {

template <class T> class FlatMap {
  public:
    std::size_t size() const { return m_size; }
    std::size_t memoryBytes() const { return m_cells.capacity() * sizeof(Cell); }

    // The same history gives the same map; another history with the same content need not.
    bool operator==(const FlatMap&) const = default;

    const T* find(std::uint64_t key) const {
        if (m_size == 0)
            return nullptr;
        for (std::size_t at = home(key);; at = next(at)) {
            if (!m_cells[at].used)
                return nullptr;
            if (m_cells[at].key == key)
                return &m_cells[at].value;
        }
    }
    // True where the key is new; an old one's value is replaced.
    bool set(std::uint64_t key, T value) {
        if ((m_size + 1) * 2 > m_cells.size())
            grow();
        for (std::size_t at = home(key);; at = next(at)) {
            Cell& cell = m_cells[at];
            if (!cell.used) {
                cell = Cell{key, value, true};
                ++m_size;
                return true;
            }
            if (cell.key == key) {
                cell.value = value;
                return false;
            }
        }
    }
    std::optional<T> take(std::uint64_t key) {
        if (m_size == 0)
            return std::nullopt;
        std::size_t at = home(key);
        while (m_cells[at].used && m_cells[at].key != key)
            at = next(at);
        if (!m_cells[at].used)
            return std::nullopt;
        const T value = m_cells[at].value;
        // Close the gap: move back whatever may not stand behind an empty cell.
        for (std::size_t probe = next(at); m_cells[probe].used; probe = next(probe)) {
            const std::size_t wanted = home(m_cells[probe].key);
            if (((probe - wanted) & (m_cells.size() - 1)) >= ((probe - at) & (m_cells.size() - 1))) {
                m_cells[at] = m_cells[probe];
                at = probe;
            }
        }
        m_cells[at].used = false;
        --m_size;
        return value;
    }

  private:
    struct Cell {
        std::uint64_t key = 0;
        T value{};
        bool used = false;
        bool operator==(const Cell&) const = default;
    };
    std::size_t home(std::uint64_t key) const { return mix64(key) & (m_cells.size() - 1); }
    std::size_t next(std::size_t at) const { return (at + 1) & (m_cells.size() - 1); }
    void grow() {
        std::vector<Cell> old(m_cells.empty() ? 16 : m_cells.size() * 2);
        old.swap(m_cells);
        m_size = 0;
        for (const Cell& cell : old)
            if (cell.used)
                set(cell.key, cell.value);
    }

    std::vector<Cell> m_cells;
    std::size_t m_size = 0;
};

} // namespace weir
