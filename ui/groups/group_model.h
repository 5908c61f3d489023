// GroupModel: consumer groups and what they have still to do, as a tree: a subscription, and under it its partitions
// (of a stream) or its consumers (of a queue). Figures come from the Picture, hands and members from the GroupFold, the
// prefetch from the scenario where there is one.
#pragma once

#include "core/record/picture.h"
#include "core/scenario/scenario.h"
#include "ui/groups/group_fold.h"
#include "ui/session/selection.h"

#include <QAbstractItemModel>

#include <memory>

namespace weir {

class GroupModel final : public QAbstractItemModel {
    Q_OBJECT
  public:
    enum Column { Name, Where, Members, Committed, End, Lag, InFlight, Prefetch, Generation, columns };

    explicit GroupModel(const GroupFold& fold, QObject* parent = nullptr) : QAbstractItemModel(parent), m_fold(fold) {}

    // Another run: no rows until the next show(). The scenario may be null.
    void setRun(std::shared_ptr<const Catalogue> catalogue, const Scenario* scenario);
    void show(const Picture& picture);
    // What a click on a row means: the channel, or the service of a consumer.
    NodeRef nodeAt(const QModelIndex& index) const;
    // The group there, or whose partition is there, where it reads a stream; else none.
    SubscriptionId streamGroupAt(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex&) const override { return columns; }
    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

  private:
    static constexpr std::int64_t notApplicable = -1;
    struct Row {
        QString name, where, members;
        std::int64_t committed = notApplicable, end = notApplicable, lag = notApplicable, inFlight = notApplicable,
                     prefetch = notApplicable, generation = notApplicable;
        double share = 0;  // of the bar
        bool down = false; // nobody, or not this consumer, is up
    };
    struct Group {
        SubscriptionId id;
        Row row;
        std::vector<Row> parts; // partitions or consumers
    };
    static std::int64_t figure(const Row& row, int column);
    const Row& rowAt(const QModelIndex& index) const;
    const Group& groupAt(const QModelIndex& index) const;
    int placeOf(SubscriptionId id) const;
    void fill(Group& group, const Picture& picture) const;
    void fillStream(Group& group, const Picture& picture) const;
    void fillQueue(Group& group, const Picture& picture) const;
    bool before(const Group& a, const Group& b) const;
    void arrange();

    const GroupFold& m_fold;
    std::shared_ptr<const Catalogue> m_catalogue;
    std::map<std::string, std::int64_t> m_prefetch; // by queue or stream and service: "orders/order-service"
    std::vector<Group> m_groups;
    int m_sortColumn = Lag;
    Qt::SortOrder m_order = Qt::DescendingOrder;
};

} // namespace weir
