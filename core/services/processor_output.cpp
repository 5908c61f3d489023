#include "core/services/processor.h"

namespace weir {

void ProcessorOutput::clear() {
    m_effects.clear();
    m_changesUsed = 0;
}

void ProcessorOutput::emit(SiteId site, std::string_view reason) {
    m_effects.push_back({.kind = Effect::Kind::emit, .site = site, .change = 0, .reason = reason});
}

bool ProcessorOutput::set(State& state, TableId table, std::string_view key, const Cell& cell) {
    const Cell* present = state.find(table, key);
    const bool existed = present != nullptr;
    const Cell before = existed ? *present : Cell();
    if (!state.put(table, key, cell))
        return false;
    if (m_changesUsed == m_changes.size())
        m_changes.emplace_back();
    Change& change = m_changes[m_changesUsed];
    change.table = table;
    change.key.assign(key);
    change.now = cell;
    change.before = before;
    change.existed = existed;
    m_effects.push_back({.kind = Effect::Kind::change, .site = {}, .change = m_changesUsed++, .reason = {}});
    return true;
}

void ProcessorOutput::undo(State& state, std::size_t mark) {
    while (m_effects.size() > mark) {
        if (m_effects.back().kind == Effect::Kind::change) {
            const Change& change = m_changes[--m_changesUsed];
            if (change.existed)
                state.put(change.table, change.key, change.before);
            else
                state.erase(change.table, change.key);
        }
        m_effects.pop_back();
    }
}

} // namespace weir
