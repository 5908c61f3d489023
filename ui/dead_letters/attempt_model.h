// AttemptModel: the deliveries that a dead letter had, one a row: when, by whom, how it ended, and how long until the
// next.
#pragma once

#include "ui/dead_letters/attempts.h"

#include <QAbstractTableModel>

namespace weir {

class AttemptModel final : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Number, When, Who, Outcome, Next, columns };
    using QAbstractTableModel::QAbstractTableModel;

    // `cause`: what is known of why every attempt fails; empty: nothing.
    void show(LetterHistory history, const Catalogue* catalogue, const QString& cause = {});
    const LetterHistory& history() const { return m_history; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int{columns}; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString text(const Attempt& attempt, int column) const;

    LetterHistory m_history;
    const Catalogue* m_catalogue = nullptr;
    QString m_cause;
};

} // namespace weir
