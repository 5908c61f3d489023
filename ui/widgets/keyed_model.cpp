#include "ui/widgets/keyed_model.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace weir {

int KeyedModel::rowOf(std::uint64_t key) const {
    const auto found = std::find(m_keys.begin(), m_keys.end(), key);
    return found == m_keys.end() ? -1 : static_cast<int>(found - m_keys.begin());
}

int KeyedModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_keys.size());
}

void KeyedModel::forget() {
    beginResetModel();
    m_keys.clear();
    endResetModel();
}

void KeyedModel::renewRows() {
    if (!m_keys.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void KeyedModel::setKeys(const std::vector<std::uint64_t>& keys) {
    if (keys == m_keys)
        return;
    const std::unordered_set<std::uint64_t> wanted(keys.begin(), keys.end());
    const auto gone = [&](std::size_t row) { return !wanted.contains(m_keys[row]); };
    int runs = 0;
    for (std::size_t row = 0; row < m_keys.size(); ++row)
        runs += gone(row) && (row == 0 || !gone(row - 1)) ? 1 : 0;
    if (runs > runsMax) {
        beginResetModel();
        m_keys = keys;
        endResetModel();
        return;
    }
    for (std::size_t end = m_keys.size(); end > 0;) {
        std::size_t begin = end;
        while (begin > 0 && gone(begin - 1))
            --begin;
        if (begin < end) {
            beginRemoveRows({}, static_cast<int>(begin), static_cast<int>(end) - 1);
            m_keys.erase(m_keys.begin() + static_cast<std::ptrdiff_t>(begin),
                         m_keys.begin() + static_cast<std::ptrdiff_t>(end));
            endRemoveRows();
        }
        end = begin > 0 ? begin - 1 : 0;
    }
    if (m_keys.size() < keys.size()) {
        const std::unordered_set<std::uint64_t> present(m_keys.begin(), m_keys.end());
        beginInsertRows({}, rowCount(), static_cast<int>(keys.size()) - 1);
        std::copy_if(keys.begin(), keys.end(), std::back_inserter(m_keys),
                     [&](std::uint64_t key) { return !present.contains(key); });
        endInsertRows();
    }
    if (keys == m_keys)
        return;
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    std::unordered_map<std::uint64_t, int> places;
    for (std::size_t row = 0; row < keys.size(); ++row)
        places.emplace(keys[row], static_cast<int>(row));
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex& each : before)
        after << index(places.at(keyAt(each.row())), each.column());
    m_keys = keys;
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

} // namespace weir
