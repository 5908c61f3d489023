// OutlineModel: services with their utilisation, channels with their depth, event types: a flat list with a header
// above each group, in the order of the scenario's
// file, or of their discovery. Values change in place, and only those that changed are told.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/picture.h"
#include "core/scenario/scenario.h"
#include "ui/session/recent_figures.h"
#include "ui/session/selection.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace weir {

class OutlineModel final : public QAbstractListModel {
    Q_OBJECT
  public:
    enum class Row : std::uint8_t { header, service, channel, eventType };
    enum Role { RowRole = Qt::UserRole, ShareRole, ValueRole, DeadLetterRole, IdRole };

    explicit OutlineModel(QObject* parent = nullptr);

    // Without a catalogue there is nothing to show; without a scenario its own order holds.
    void setCatalogue(std::shared_ptr<const Catalogue> catalogue, const Scenario* scenario);
    // Takes up names that were found since, and the values at the Picture's instant.
    void show(const Picture& picture, const RecentFigures& recent);
    void retranslate();

    NodeRef nodeAt(const QModelIndex& index) const;
    EventTypeId eventTypeAt(const QModelIndex& index) const;
    QModelIndex indexOf(NodeRef node) const;
    QModelIndex indexOf(EventTypeId type) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

  private:
    struct Item {
        Row row = Row::header;
        std::uint16_t id = 0; // header: the Row of its group
        double share = 0;     // services; not a number: nothing known
        QString value;        // channels
        QString delayed;      // of queues: what comes back later; empty: nothing
        bool deadLetter = false;
        bool operator==(const Item&) const = default;
    };
    std::vector<Item> items() const;
    void fillIn(Item& item, const Picture& picture, const RecentFigures& recent) const;
    QModelIndex find(Row row, std::uint16_t id) const;
    static QString groupTitle(Row row);

    std::shared_ptr<const Catalogue> m_catalogue;
    // Ids in the order of the file; further ones follow.
    std::vector<std::uint16_t> m_services, m_channels, m_eventTypes;
    std::vector<Item> m_items;
};

} // namespace weir
