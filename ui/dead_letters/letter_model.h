// LetterModel: the dead letters that lie in the system at one instant, as a table; the newest of them where there are
// very many.
#pragma once

#include "core/record/message_source.h"
#include "ui/dead_letters/letter_fold.h"
#include "ui/widgets/keyed_model.h"

#include <memory>

namespace weir {

class LetterModel final : public KeyedModel {
    Q_OBJECT
  public:
    enum Column { Event, Reason, DiedIn, LiesIn, Attempts, Age, State, columns };
    static constexpr std::uint64_t rowsMax = 10'000;

    explicit LetterModel(const LetterFold& fold, QObject* parent = nullptr) : KeyedModel(parent), m_fold(fold) {}

    void setMessages(std::shared_ptr<const MessageSource> messages); // another run: no rows until the next show()
    // Those that lie there now.
    void show(SimTime now);
    // At a row; keys are the numbers of letters.
    const DeadLetter& letter(int row) const { return m_fold.at(keyAt(row)); }

    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int{columns}; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

  private:
    QString text(const DeadLetter& letter, int column) const;
    bool before(const DeadLetter& a, const DeadLetter& b) const;
    void arrange(std::vector<std::uint64_t>& numbers) const;

    const LetterFold& m_fold;
    std::shared_ptr<const MessageSource> m_messages;
    SimTime m_now;
    int m_sortColumn = Age;
    Qt::SortOrder m_order = Qt::AscendingOrder; // the youngest first
};

} // namespace weir
