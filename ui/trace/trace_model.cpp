#include "ui/trace/trace_model.h"

#include <algorithm>

namespace weir {

TraceModel::TraceModel(const TraceRows& rows, QObject* parent) : QAbstractTableModel(parent), m_rows(rows) {}

TraceRow TraceModel::made(std::uint64_t index) const {
    return RecordText(m_rows.reader().catalogue(), m_rows.messages()).row(index, m_rows.reader().at(index));
}

void TraceModel::show(std::uint64_t firstRow, int height) {
    m_firstRow = firstRow;
    std::vector<std::uint64_t> wanted;
    const std::uint64_t end =
        std::min(m_rows.count(), firstRow + static_cast<std::uint64_t>(std::clamp(height, 0, heightMax)));
    for (std::uint64_t row = firstRow; row < end; ++row)
        wanted.push_back(m_rows.indexOf(row));

    // Rows ascend, so what stays lies between the first and the last that both have; what a filter found in between
    // since then makes the window anew.
    const auto within = [&](std::uint64_t index) {
        return !wanted.empty() && index >= wanted.front() && index <= wanted.back();
    };
    int gone = 0;
    while (gone < rowCount() && !within(row(gone).index))
        ++gone;
    int kept = 0;
    while (gone + kept < rowCount() && within(row(gone + kept).index))
        ++kept;
    const auto begin = kept == 0 ? wanted.end() : std::find(wanted.begin(), wanted.end(), row(gone).index);
    const bool same = kept > 0 && wanted.end() - begin >= kept &&
                      std::equal(begin, begin + kept, m_window.begin() + gone,
                                 [](std::uint64_t index, const TraceRow& shown) { return index == shown.index; });
    if (!same) {
        if (m_window.empty() && wanted.empty())
            return;
        beginResetModel();
        m_window.clear();
        for (const std::uint64_t index : wanted)
            m_window.push_back(made(index));
        endResetModel();
        return;
    }
    if (const int last = gone + kept; last < rowCount()) {
        beginRemoveRows({}, last, rowCount() - 1);
        m_window.erase(m_window.begin() + last, m_window.end());
        endRemoveRows();
    }
    if (gone > 0) {
        beginRemoveRows({}, 0, gone - 1);
        m_window.erase(m_window.begin(), m_window.begin() + gone);
        endRemoveRows();
    }
    if (begin != wanted.begin()) {
        beginInsertRows({}, 0, static_cast<int>(begin - wanted.begin()) - 1);
        for (auto before = begin; before != wanted.begin();)
            m_window.push_front(made(*--before));
        endInsertRows();
    }
    if (const auto shown = m_window.size(); shown < wanted.size()) {
        beginInsertRows({}, static_cast<int>(shown), static_cast<int>(wanted.size()) - 1);
        for (std::size_t i = shown; i < wanted.size(); ++i)
            m_window.push_back(made(wanted[i]));
        endInsertRows();
    }
}

void TraceModel::rebuild() {
    beginResetModel();
    m_window.clear();
    endResetModel();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, traceColumnCount - 1);
}

int TraceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_window.size());
}

int TraceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : traceColumnCount;
}

QVariant TraceModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TraceRow& shown = row(index.row());
    const auto column = static_cast<TraceColumn>(index.column());
    if (role == Qt::DisplayRole)
        return shown.text(column);
    if (role == Qt::ToolTipRole) {
        if (column == TraceColumn::time)
            return RecordText::exactTime(shown.record.at);
        if (column == TraceColumn::kind)
            return RecordText::kindMeaning(shown.record.kind);
        return shown.text(column);
    }
    return {};
}

QVariant TraceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= traceColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return RecordText::columnTitle(static_cast<TraceColumn>(section));
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

} // namespace weir
