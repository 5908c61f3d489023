#include "ui/problems/problem_model.h"

#include "ui/widgets/data_table.h"

namespace weir {

void ProblemModel::show() {
    std::vector<std::uint64_t> keys;
    for (const Problem& problem : m_feed.problems())
        keys.push_back(problem.key);
    m_shown = m_feed.problems();
    setKeys(keys);
    renewRows();
}

// While rows are being moved their keys tell which is which.
const Problem& ProblemModel::problem(int row) const {
    const std::uint64_t key = keyAt(row);
    const auto at = static_cast<std::size_t>(row);
    if (at < m_shown.size() && m_shown[at].key == key)
        return m_shown[at];
    static const Problem gone;
    const auto found =
        std::find_if(m_shown.begin(), m_shown.end(), [key](const Problem& each) { return each.key == key; });
    return found == m_shown.end() ? gone : *found;
}

QString ProblemModel::kindText(const Problem& problem) {
    switch (problem.state) {
    case Problem::State::broken:
        return tr("broken");
    case Problem::State::waits:
        return tr("expected");
    case Problem::State::holds:
        return tr("holds");
    case Problem::State::finding:
        break;
    }
    switch (problem.severity) {
    case Severity::error:
        return tr("error");
    case Severity::warning:
        return tr("warning");
    case Severity::note:
        return tr("note");
    }
    Q_UNREACHABLE();
}

QVariant ProblemModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Problem& shown = problem(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Kind ? kindText(shown) : index.column() == What ? shown.text : shown.place;
    case Qt::ToolTipRole:
        return shown.detail;
    case ToneRole:
        if (index.column() == Kind && toneOf(shown) != Tone::Neutral)
            return static_cast<int>(toneOf(shown));
        return {};
    default:
        return {};
    }
}

QVariant ProblemModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columns)
        return {};
    const std::array<QString, columns> titles{tr("Kind"), tr("What"), tr("Where")};
    return titles[static_cast<std::size_t>(section)];
}

} // namespace weir
