#include "core/services/state.h"

#include <algorithm>
#include <cassert>

namespace weir {

TableId State::addTable(std::string_view name) {
    const TableId known = table(name);
    if (known.valid())
        return known;
    assert(m_tables.size() < TableId::none().index());
    m_tables.push_back({.name = std::string(name), .statuses = {}, .blocks = {}, .entries = 0});
    return TableId{static_cast<std::uint16_t>(m_tables.size() - 1)};
}

TableId State::table(std::string_view name) const {
    for (std::size_t i = 0; i < m_tables.size(); ++i)
        if (m_tables[i].name == name)
            return TableId{static_cast<std::uint16_t>(i)};
    return {};
}

StatusId State::addStatus(TableId table, std::string_view name) {
    const StatusId known = status(table, name);
    std::vector<Status>& statuses = m_tables[table.index()].statuses;
    if (known.valid() || statuses.size() == m_limits.statusesMax)
        return known;
    statuses.push_back({.name = std::string(name), .entries = 0});
    return StatusId{static_cast<std::uint16_t>(statuses.size() - 1)};
}

StatusId State::status(TableId table, std::string_view name) const {
    const std::vector<Status>& statuses = m_tables[table.index()].statuses;
    for (std::size_t i = 0; i < statuses.size(); ++i)
        if (statuses[i].name == name)
            return StatusId{static_cast<std::uint16_t>(i)};
    return {};
}

const std::string& State::statusName(TableId table, StatusId status) const {
    return m_tables[table.index()].statuses[status.index()].name;
}

// The only block that can hold the key: the last one that does not begin after it.
std::size_t State::blockOf(const Table& table, std::string_view key) {
    const auto after =
        std::upper_bound(table.blocks.begin(), table.blocks.end(), key,
                         [](std::string_view wanted, const auto& block) { return wanted < block->front().key; });
    return after == table.blocks.begin() ? 0 : static_cast<std::size_t>(after - table.blocks.begin()) - 1;
}

namespace {

template <class Block> auto placeIn(Block& block, std::string_view key) {
    return std::lower_bound(block.begin(), block.end(), key,
                            [](const State::Entry& entry, std::string_view wanted) { return entry.key < wanted; });
}

} // namespace

const Cell* State::find(TableId table, std::string_view key) const {
    const Table& entries = m_tables[table.index()];
    if (entries.blocks.empty())
        return nullptr;
    const Block& block = *entries.blocks[blockOf(entries, key)];
    const auto entry = placeIn(block, key);
    return entry != block.end() && entry->key == key ? &entry->cell : nullptr;
}

void State::recount(Table& table, StatusId status, bool more) {
    if (!status.valid())
        return;
    assert(status.index() < table.statuses.size());
    std::uint64_t& entries = table.statuses[status.index()].entries;
    entries = more ? entries + 1 : entries - 1;
}

bool State::put(TableId tableId, std::string_view key, const Cell& cell) {
    Table& table = m_tables[tableId.index()];
    if (const Cell* present = find(tableId, key)) {
        recount(table, present->status, false);
        Block& block = table.blocks[blockOf(table, key)].own();
        placeIn(block, key)->cell = cell;
        recount(table, cell.status, true);
        return true;
    }
    if (table.entries >= m_limits.entriesMax) {
        ++m_refused;
        return false;
    }
    ++table.entries;
    recount(table, cell.status, true);
    if (table.blocks.empty()) {
        table.blocks.emplace_back(Block{Entry{std::string(key), cell}});
        return true;
    }
    const std::size_t index = blockOf(table, key);
    Block& block = table.blocks[index].own();
    block.insert(placeIn(block, key), Entry{std::string(key), cell});
    if (block.size() > blockMax) {
        // Keys mostly grow ("ORD-000123"): then blocks stay nearly full, split at their end; else in the middle.
        const bool atEnd = index + 1 == table.blocks.size() && block.back().key == key;
        const auto cut = block.begin() + static_cast<std::ptrdiff_t>(atEnd ? blockMax : blockMax / 2);
        Block upper(std::make_move_iterator(cut), std::make_move_iterator(block.end()));
        block.erase(cut, block.end());
        table.blocks.emplace(table.blocks.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(upper));
    }
    return true;
}

void State::erase(TableId tableId, std::string_view key) {
    const Cell* present = find(tableId, key);
    if (!present)
        return;
    Table& table = m_tables[tableId.index()];
    recount(table, present->status, false);
    --table.entries;
    const std::size_t index = blockOf(table, key);
    Block& block = table.blocks[index].own();
    block.erase(placeIn(block, key));
    if (block.empty())
        table.blocks.erase(table.blocks.begin() + static_cast<std::ptrdiff_t>(index));
}

std::uint64_t State::count(TableId table, StatusId status) const {
    const std::vector<Status>& statuses = m_tables[table.index()].statuses;
    return status.index() < statuses.size() ? statuses[status.index()].entries : 0;
}

Value State::textOf(const Table& table, StatusId status) {
    return status.valid() ? Value(table.statuses[status.index()].name) : Value();
}

Value State::value(std::string_view tableName, std::string_view key) const {
    const TableId id = table(tableName);
    const Cell* cell = id.valid() ? find(id, key) : nullptr;
    if (!cell)
        return {};
    return cell->isStatus() ? textOf(m_tables[id.index()], cell->status) : Value(cell->quantity);
}

Value State::previous(std::string_view tableName, std::string_view key) const {
    const TableId id = table(tableName);
    const Cell* cell = id.valid() ? find(id, key) : nullptr;
    return cell ? textOf(m_tables[id.index()], cell->previous) : Value();
}

std::uint64_t State::count(std::string_view tableName, std::string_view statusText) const {
    const TableId id = table(tableName);
    return id.valid() ? count(id, status(id, statusText)) : 0;
}

Value State::asValue() const {
    Value::Table all;
    for (std::size_t i = 0; i < m_tables.size(); ++i) {
        const Table& table = m_tables[i];
        Value::Table entries;
        entries.reserve(table.entries);
        forEach(TableId{static_cast<std::uint16_t>(i)}, [&](const Entry& entry) {
            if (!entry.cell.isStatus())
                entries.emplace_back(entry.key, entry.cell.quantity);
            else
                entries.emplace_back(entry.key, Value::Table{{"status", textOf(table, entry.cell.status)},
                                                             {"previous", textOf(table, entry.cell.previous)}});
        });
        all.emplace_back(table.name, std::move(entries));
    }
    return all;
}

bool State::operator==(const State& other) const {
    if (m_tables.size() != other.m_tables.size())
        return false;
    for (const Table& table : m_tables) {
        const TableId otherId = other.table(table.name);
        if (!otherId.valid() || other.count(otherId) != table.entries)
            return false;
        const Table& otherTable = other.m_tables[otherId.index()];
        bool equal = true;
        forEach(this->table(table.name), [&](const Entry& entry) {
            const Cell* cell = equal ? other.find(otherId, entry.key) : nullptr;
            equal = cell && cell->quantity == entry.cell.quantity &&
                    textOf(otherTable, cell->status) == textOf(table, entry.cell.status) &&
                    textOf(otherTable, cell->previous) == textOf(table, entry.cell.previous);
        });
        if (!equal)
            return false;
    }
    return true;
}

} // namespace weir
