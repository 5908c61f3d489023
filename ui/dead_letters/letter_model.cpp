#include "ui/dead_letters/letter_model.h"

#include "ui/format.h"
#include "ui/theme.h"
#include "ui/trace/record_text.h"
#include "ui/widgets/data_table.h"

#include <algorithm>

namespace weir {

void LetterModel::setMessages(std::shared_ptr<const MessageSource> messages) {
    m_messages = std::move(messages);
    forget();
}

void LetterModel::show(SimTime now) {
    m_now = now;
    std::vector<std::uint64_t> numbers;
    const std::uint64_t count = m_fold.count();
    for (std::uint64_t n = count - std::min(count, rowsMax); n < count; ++n)
        numbers.push_back(m_fold.number(n));
    arrange(numbers);
    setKeys(numbers);
    renewRows(); // ages and states
}

bool LetterModel::before(const DeadLetter& a, const DeadLetter& b) const {
    const auto& catalogue = m_fold.reader().catalogue();
    const auto channel = [&](ChannelId id) -> std::string_view {
        return id.valid() ? std::string_view(catalogue.channels()[id.index()].name) : std::string_view();
    };
    switch (m_sortColumn) {
    case Event:
        return a.ordinal < b.ordinal;
    case LiesIn:
        return channel(a.channel) < channel(b.channel);
    case DiedIn:
        return channel(a.from) < channel(b.from);
    case Reason: {
        const auto reason = [&](ReasonId id) -> std::string_view {
            return id.valid() ? std::string_view(catalogue.reasons()[id.index()].name) : std::string_view();
        };
        return reason(a.reason) < reason(b.reason);
    }
    case Attempts:
        return a.attempts < b.attempts;
    case State:
        return a.state < b.state;
    default:
        return a.at > b.at; // by age
    }
}

void LetterModel::arrange(std::vector<std::uint64_t>& numbers) const {
    std::stable_sort(numbers.begin(), numbers.end(), [this](std::uint64_t a, std::uint64_t b) {
        return m_order == Qt::AscendingOrder ? before(m_fold.at(a), m_fold.at(b)) : before(m_fold.at(b), m_fold.at(a));
    });
}

void LetterModel::sort(int column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_order = order;
    std::vector<std::uint64_t> numbers = keys();
    std::erase_if(numbers, [this](std::uint64_t number) { return number < m_fold.forgotten(); });
    arrange(numbers);
    setKeys(numbers);
}

QString LetterModel::text(const DeadLetter& letter, int column) const {
    const RecordText words(m_fold.reader().catalogue(), m_messages.get());
    switch (column) {
    case Event: {
        const auto message = m_messages ? m_messages->message(letter.ordinal) : std::nullopt;
        return message && !message->id.empty() ? toQt(message->id) : QStringLiteral("#%1").arg(letter.ordinal);
    }
    case LiesIn:
        return words.channel({.channel = letter.channel});
    case DiedIn:
        return words.channel({.channel = letter.from});
    case Reason:
        return letter.reason.valid() ? toQt(m_fold.reader().catalogue().reasons()[letter.reason.index()].name)
                                     : QString();
    case Attempts:
        return QString::number(letter.attempts);
    case Age:
        return durationText(std::max(Duration::zero(), m_now - letter.at));
    case State:
        return letter.state == DeadLetter::State::inHand ? tr("being handled") : tr("waits");
    default:
        return {};
    }
}

QVariant LetterModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid) ||
        keyAt(index.row()) < m_fold.forgotten())
        return {};
    const DeadLetter& shown = letter(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(shown, index.column());
    case Qt::ToolTipRole:
        return index.column() == Age ? RecordText::exactTime(shown.at) : text(shown, index.column());
    case MarkRole:
        return index.column() == Event && shown.type.valid() ? QVariant(shown.type.value) : QVariant();
    case FigureRole:
        return index.column() == Attempts || index.column() == Age;
    case ToneRole:
        if (index.column() == Reason)
            return static_cast<int>(Tone::Danger);
        return index.column() == State && shown.state == DeadLetter::State::inHand
                   ? QVariant(static_cast<int>(Tone::Accent))
                   : QVariant();
    default:
        return {};
    }
}

QVariant LetterModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Attempts || section == Age ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const std::array<QString, columns> titles{tr("Event"),    tr("Reason"), tr("Died in"), tr("Lies in"),
                                              tr("Attempts"), tr("Age"),    tr("State")};
    return titles[static_cast<std::size_t>(section)];
}

} // namespace weir
