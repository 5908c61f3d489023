// State: the business state of one service: tables of quantities ("stock") or of statuses with the previous one
// ("orders"), by key, in the order of the keys' bytes. A value: a copy shares blocks of entries until one side writes,
// so that snapshots of a million entries are cheap. Bounded: a table that is full refuses, and counts it.
// What is read by many (entries by status) is kept as figures. Who may change what is the processor's affair.
#pragma once

#include "core/ids.h"
#include "core/services/shared_block.h"
#include "core/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

using TableId = Id<struct TableTag, std::uint16_t>;
using StatusId = Id<struct StatusTag, std::uint16_t>; // of one table

// A quantity, or (where status is valid) a status and the one before it.
struct Cell {
    Decimal quantity;
    StatusId status;
    StatusId previous;

    static Cell ofQuantity(Decimal amount) { return {.quantity = amount, .status = {}, .previous = {}}; }
    bool isStatus() const { return status.valid(); }
    bool operator==(const Cell&) const = default;
};

class State {
  public:
    struct Limits {
        std::size_t entriesMax = 1'000'000; // per table
        std::size_t statusesMax = 4096;     // per table, distinct ones
    };
    struct Entry {
        std::string key;
        Cell cell;
    };

    State() : State(Limits{}) {}
    explicit State(Limits limits) : m_limits(limits) {}

    // --- tables and statuses are named once, at compile time ---
    TableId addTable(std::string_view name);    // the same name gives the same id
    TableId table(std::string_view name) const; // none(): there is none
    std::size_t tableCount() const { return m_tables.size(); }
    const std::string& tableName(TableId table) const { return m_tables[table.index()].name; }
    StatusId addStatus(TableId table, std::string_view name); // none(): too many
    StatusId status(TableId table, std::string_view name) const;
    const std::string& statusName(TableId table, StatusId status) const;
    std::size_t statusCount(TableId table) const { return m_tables[table.index()].statuses.size(); }

    // --- entries ---
    const Cell* find(TableId table, std::string_view key) const;
    // False, nothing changes and refused() grows where the table is full.
    bool put(TableId table, std::string_view key, const Cell& cell);
    void erase(TableId table, std::string_view key);

    std::size_t count(TableId table) const { return m_tables[table.index()].entries; }
    std::uint64_t count(TableId table, StatusId status) const;
    std::uint64_t refused() const { return m_refused; } // puts that met a full table

    // --- for expressions and views, by name; null / 0 where there is no such thing ---
    Value value(std::string_view table, std::string_view key) const;    // quantity or status text
    Value previous(std::string_view table, std::string_view key) const; // status text
    std::uint64_t count(std::string_view table, std::string_view status) const;
    // Every entry of a table in the order of the keys.
    template <class Visit> void forEach(TableId table, Visit visit) const {
        for (const auto& block : m_tables[table.index()].blocks)
            for (const Entry& entry : *block)
                visit(entry);
    }
    // {"stock": {"PROD-001": 100}, "orders": {"ORD-1": {"status": "paid", "previous": "reserved"}}}: for people, files
    // and scripts.
    Value asValue() const;

    // Of a copy: blocks are shared until one side writes, and few of them are written between two snapshots.
    std::size_t memoryBytes() const {
        std::size_t bytes = sizeof(State);
        for (const Table& table : m_tables)
            bytes += sizeof table + table.blocks.size() * sizeof(SharedBlock<Block>);
        return bytes;
    }

    bool operator==(const State& other) const; // same tables, keys and cells, by name

  private:
    using Block = std::vector<Entry>;
    struct Status {
        std::string name;
        std::uint64_t entries = 0;
    };
    struct Table {
        std::string name;
        std::vector<Status> statuses;
        std::vector<SharedBlock<Block>> blocks; // none is empty
        std::size_t entries = 0;
    };
    static constexpr std::size_t blockMax = 64;

    static std::size_t blockOf(const Table& table, std::string_view key);
    static Value textOf(const Table& table, StatusId status);
    void recount(Table& table, StatusId status, bool more);

    Limits m_limits;
    std::vector<Table> m_tables;
    std::uint64_t m_refused = 0;
};

} // namespace weir
