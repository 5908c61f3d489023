#include "ui/inspector/state_tables.h"

#include "ui/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::StateTables)
};

} // namespace

void StateTables::setService(ServiceId service) {
    m_service = service;
    m_slotsRead = 0;
    m_tables.clear();
}

void StateTables::findSlots(const Catalogue& catalogue) {
    const std::size_t end = std::min(catalogue.stateSlots().size(), m_slotsRead + slotsReadMax);
    for (; m_slotsRead < end; ++m_slotsRead) {
        const StateSlotRow& slot = catalogue.stateSlots()[m_slotsRead];
        if (slot.service == m_service)
            m_tables[slot.table].push_back(static_cast<std::uint32_t>(m_slotsRead));
    }
}

std::vector<Fact> StateTables::facts(const Picture& picture, const Catalogue& catalogue) {
    std::vector<Fact> facts;
    if (!m_service.valid())
        return facts;
    findSlots(catalogue);
    for (const auto& [table, slots] : m_tables) {
        std::map<ReasonId, std::int64_t> statuses;
        std::vector<Fact> entries;
        std::int64_t sum = 0;
        std::int64_t quantities = 0;
        const std::size_t first = slots.size() - std::min(slots.size(), statusesCountedMax);
        for (std::size_t i = first; i < slots.size(); ++i) {
            const StateValue value = picture.state(slots[i]);
            if (!value.known)
                continue;
            if (value.status.valid()) {
                ++statuses[value.status];
                continue;
            }
            ++quantities;
            sum += value.quantity;
            if (entries.size() < entriesShown)
                entries.push_back(
                    {QString::fromStdString(catalogue.stateSlots()[slots[i]].key), countText(value.quantity)});
        }
        if (statuses.empty() && quantities == 0)
            continue;
        const QString title = QString::fromStdString(table);
        facts.push_back(
            {QString(), first > 0 ? Words::tr("%1, the newest %2").arg(title, countText(statusesCountedMax)) : title});
        for (const auto& [status, count] : statuses)
            facts.push_back({QString::fromStdString(catalogue.reasons()[status.index()].name), countText(count)});
        if (quantities > static_cast<std::int64_t>(entriesShown)) {
            facts.push_back({Words::tr("Entries"), countText(quantities)});
            facts.push_back({Words::tr("Sum"), countText(sum)});
        } else {
            facts.insert(facts.end(), entries.begin(), entries.end());
        }
    }
    return facts;
}

} // namespace weir
