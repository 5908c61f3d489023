#include "ui/dead_letters/attempt_model.h"

#include "ui/format.h"
#include "ui/trace/record_text.h"
#include "ui/widgets/data_table.h"

namespace weir {

void AttemptModel::show(LetterHistory history, const Catalogue* catalogue, const QString& cause) {
    beginResetModel();
    m_history = std::move(history);
    m_cause = cause;
    m_catalogue = catalogue;
    endResetModel();
}

int AttemptModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_history.attempts.size());
}

QString AttemptModel::text(const Attempt& attempt, int column) const {
    switch (column) {
    case Number:
        return QString::number(attempt.number);
    case When:
        return RecordText::time(attempt.started.value_or(attempt.delivered));
    case Who:
        return RecordText(*m_catalogue, nullptr).service(attempt.place);
    case Outcome: {
        if (!attempt.ended)
            return tr("open");
        const QString after = durationText(*attempt.ended - attempt.started.value_or(attempt.delivered));
        const QString what = RecordText::kind(attempt.ending);
        if (attempt.ending == RecordKind::failed && !m_cause.isEmpty())
            return tr("%1: %2, after %3").arg(what, m_cause, after);
        const QString reason =
            attempt.reason.valid() ? toQt(m_catalogue->reasons()[attempt.reason.index()].name) : QString();
        return reason.isEmpty() ? tr("%1 after %2").arg(what, after) : tr("%1 after %2: %3").arg(what, after, reason);
    }
    case Next:
        return attempt.backoff ? durationText(*attempt.backoff) : QString();
    default:
        return {};
    }
}

QVariant AttemptModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid) || !m_catalogue)
        return {};
    const Attempt& attempt = m_history.attempts[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return text(attempt, index.column());
    if (role == ToneRole && index.column() == Outcome)
        return static_cast<int>(RecordText::kindTone(attempt.ending));
    if (role == FigureRole)
        return index.column() == Next;
    return {};
}

QVariant AttemptModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columns)
        return {};
    const std::array<QString, columns> titles{tr("No."), tr("Time"), tr("By"), tr("Outcome"), tr("Next after")};
    return titles[static_cast<std::size_t>(section)];
}

} // namespace weir
