#include "ui/trace/trace_model.h"

#include <algorithm>

namespace weir {

TraceModel::TraceModel(const TraceRows& rows, QObject* parent) : QAbstractTableModel(parent), m_rows(rows) {}

// When the row before happened, where somebody wants to know.
std::optional<SimTime> TraceModel::before(std::uint64_t row) const {
    if (m_look.time != TraceTime::delta || row == 0 || row > m_rows.count())
        return std::nullopt;
    return m_rows.reader().at(m_rows.indexOf(row - 1)).at;
}

TraceRow TraceModel::made(std::uint64_t row) const {
    return TraceCells(m_rows.reader(), m_rows.messages(), m_look).row(m_rows.indexOf(row), before(row));
}

void TraceModel::setLook(const TraceLook& look) {
    if (look == m_look)
        return;
    beginResetModel();
    m_window.clear();
    endResetModel();
    for (std::size_t i = m_look.columns.size(); i-- > 0;)
        if (std::find(look.columns.begin(), look.columns.end(), m_look.columns[i]) == look.columns.end()) {
            const int column = traceColumnCount + static_cast<int>(i);
            beginRemoveColumns({}, column, column);
            m_look.columns.erase(m_look.columns.begin() + static_cast<std::ptrdiff_t>(i));
            endRemoveColumns();
        }
    for (const Expression& column : look.columns)
        if (std::find(m_look.columns.begin(), m_look.columns.end(), column) == m_look.columns.end()) {
            const int last = columnCount();
            beginInsertColumns({}, last, last);
            m_look.columns.push_back(column);
            endInsertColumns();
        }
    m_look.rules = look.rules;
    m_look.time = look.time;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void TraceModel::show(std::uint64_t firstRow, int height) {
    m_firstRow = firstRow;
    std::vector<std::uint64_t> wanted;
    const std::uint64_t end =
        std::min(m_rows.count(), firstRow + static_cast<std::uint64_t>(std::clamp(height, 0, heightMax)));
    for (std::uint64_t row = firstRow; row < end; ++row)
        wanted.push_back(m_rows.indexOf(row));

    std::optional<TraceCells> cells; // without a run there are none
    if (!wanted.empty())
        cells.emplace(m_rows.reader(), m_rows.messages(), m_look);
    const auto make = [&](std::size_t i) { return cells->row(wanted[i], before(firstRow + i)); };

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
        for (std::size_t i = 0; i < wanted.size(); ++i)
            m_window.push_back(make(i));
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
        for (auto i = static_cast<std::size_t>(begin - wanted.begin()); i-- > 0;)
            m_window.push_front(make(i));
        endInsertRows();
    }
    if (const auto shown = m_window.size(); shown < wanted.size()) {
        beginInsertRows({}, static_cast<int>(shown), static_cast<int>(wanted.size()) - 1);
        for (std::size_t i = shown; i < wanted.size(); ++i)
            m_window.push_back(make(i));
        endInsertRows();
    }
    retime();
}

// A filter may have found another row before the first one in sight.
void TraceModel::retime() {
    if (m_look.time != TraceTime::delta || m_window.empty())
        return;
    TraceRow& first = m_window.front();
    QString& text = first.texts[static_cast<std::size_t>(TraceColumn::time)];
    const QString now = timeText(m_look.time, first.record.at, before(m_firstRow));
    if (now == text)
        return;
    text = now;
    const QModelIndex cell = index(0, static_cast<int>(TraceColumn::time));
    Q_EMIT dataChanged(cell, cell);
}

void TraceModel::rebuild() {
    beginResetModel();
    m_window.clear();
    endResetModel();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

int TraceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_window.size());
}

int TraceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : TraceCells::columnCount(m_look);
}

QVariant TraceModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TraceRow& shown = row(index.row());
    if (role == Qt::DisplayRole)
        return shown.text(index.column());
    return role == Qt::ToolTipRole ? tip(shown, index.column()) : QVariant();
}

QString TraceModel::tip(const TraceRow& shown, int column) const {
    if (column == static_cast<int>(TraceColumn::time))
        return RecordText::exactTime(shown.record.at);
    if (column == static_cast<int>(TraceColumn::kind)) {
        const QString meaning = RecordText::kindMeaning(shown.record.kind);
        const QString code = toQt(name(shown.record.kind)); // for expressions, where it is shown by another word
        return RecordText::kind(shown.record.kind) == code ? meaning
                                                           : meaning + QStringLiteral("\nkind = ") + quotedTerm(code);
    }
    return shown.text(column);
}

QVariant TraceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole)
        return TraceCells::columnTitle(m_look, section);
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

} // namespace weir
