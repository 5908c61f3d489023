// ProblemModel: the problems of a ProblemFeed as a table.
#pragma once

#include "ui/problems/problem_feed.h"
#include "ui/widgets/keyed_model.h"

namespace weir {

class ProblemModel final : public KeyedModel {
    Q_OBJECT
  public:
    enum Column { Kind, What, Where, columns };

    explicit ProblemModel(const ProblemFeed& feed, QObject* parent = nullptr) : KeyedModel(parent), m_feed(feed) {}

    void show();
    const Problem& problem(int row) const;

    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int{columns}; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static QString kindText(const Problem& problem);

  private:
    const ProblemFeed& m_feed;
    std::vector<Problem> m_shown; // in step with the rows
};

} // namespace weir
