#include "ui/outline/outline_model.h"

#include "ui/format.h"

#include <cmath>

namespace weir {
namespace {

QString named(std::string_view name) {
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

OutlineModel::OutlineModel(QObject* parent) : QAbstractListModel(parent) {}

void OutlineModel::setCatalogue(std::shared_ptr<const Catalogue> catalogue, const Scenario* scenario) {
    beginResetModel();
    m_catalogue = std::move(catalogue);
    m_services.clear();
    m_channels.clear();
    m_eventTypes.clear();
    if (m_catalogue && scenario) {
        for (const ServiceSpec& service : scenario->services)
            m_services.push_back(m_catalogue->service(service.name).value);
        for (const ChannelSpec& channel : scenario->channels)
            m_channels.push_back(m_catalogue->channel(channel.name).value);
        for (const EventTypeSpec& event : scenario->events)
            m_eventTypes.push_back(m_catalogue->eventType(event.name).value);
    }
    m_items = items();
    endResetModel();
}

std::vector<OutlineModel::Item> OutlineModel::items() const {
    std::vector<Item> items;
    if (!m_catalogue)
        return items;
    const auto group = [&items](Row row, std::size_t count, const std::vector<std::uint16_t>& inOrder) {
        if (count > 0)
            items.push_back({.row = Row::header, .id = static_cast<std::uint16_t>(row)});
        std::vector<bool> listed(count);
        const auto list = [&](std::uint16_t id) {
            if (id < count && !listed[id])
                items.push_back({.row = row, .id = id});
            if (id < count)
                listed[id] = true;
        };
        for (const std::uint16_t id : inOrder)
            list(id);
        for (std::size_t id = 0; id < count; ++id)
            list(static_cast<std::uint16_t>(id));
    };
    group(Row::service, m_catalogue->services().size(), m_services);
    group(Row::channel, m_catalogue->channels().size(), m_channels);
    group(Row::eventType, m_catalogue->eventTypes().size(), m_eventTypes);
    return items;
}

void OutlineModel::show(const Picture& picture, const RecentFigures& recent) {
    if (!m_catalogue)
        return;
    std::vector<Item> next = items();
    for (Item& item : next)
        fillIn(item, picture, recent);
    if (next.size() != m_items.size()) { // a live system was found to have more
        beginResetModel();
        m_items = std::move(next);
        endResetModel();
        return;
    }
    for (int i = 0; i < rowCount(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (next[at] != m_items[at]) {
            m_items[at] = next[at];
            Q_EMIT dataChanged(index(i), index(i));
        }
    }
}

void OutlineModel::fillIn(Item& item, const Picture& picture, const RecentFigures& recent) const {
    if (item.row == Row::service) {
        const double share = recent.service(ServiceId{item.id}).utilisation;
        // Steps of half a percent: finer ones cannot be seen, and would repaint for nothing.
        item.share = std::isfinite(share) ? std::round(share * 200) / 200 : 0;
    } else if (item.row == Row::channel) {
        const ChannelRow& row = m_catalogue->channels()[item.id];
        item.deadLetter = row.deadLetter;
        if (row.kind == ChannelKind::queue || row.kind == ChannelKind::stream) {
            item.value = countText(static_cast<std::int64_t>(recent.channel(ChannelId{item.id}).depth));
            const std::int64_t delayed = picture.channel(ChannelId{item.id}).copies.delayed;
            item.delayed = row.kind == ChannelKind::queue && delayed > 0 ? countText(delayed) : QString();
        } else {
            item.value = row.kind == ChannelKind::topic ? tr("topic") : tr("exchange");
        }
    }
}

void OutlineModel::retranslate() {
    if (!m_items.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

NodeRef OutlineModel::nodeAt(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    const Item& item = m_items[static_cast<std::size_t>(index.row())];
    if (item.row == Row::service)
        return NodeRef::of(ServiceId{item.id});
    return item.row == Row::channel ? NodeRef::of(ChannelId{item.id}) : NodeRef();
}

EventTypeId OutlineModel::eventTypeAt(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    const Item& item = m_items[static_cast<std::size_t>(index.row())];
    return item.row == Row::eventType ? EventTypeId{item.id} : EventTypeId::none();
}

QModelIndex OutlineModel::find(Row row, std::uint16_t id) const {
    for (int i = 0; i < rowCount(); ++i)
        if (const Item& item = m_items[static_cast<std::size_t>(i)]; item.row == row && item.id == id)
            return index(i);
    return {};
}

QModelIndex OutlineModel::indexOf(NodeRef node) const {
    if (node.kind == NodeRef::Kind::none)
        return {};
    return find(node.kind == NodeRef::Kind::service ? Row::service : Row::channel, node.index);
}

QModelIndex OutlineModel::indexOf(EventTypeId type) const {
    return type.valid() ? find(Row::eventType, type.value) : QModelIndex();
}

QString OutlineModel::groupTitle(Row row) {
    switch (row) {
    case Row::service:
        return tr("Services");
    case Row::channel:
        return tr("Channels");
    case Row::eventType:
        return tr("Event types");
    case Row::header:
        break;
    }
    return {};
}

int OutlineModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant OutlineModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Item& item = m_items[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        switch (item.row) {
        case Row::header:
            return groupTitle(static_cast<Row>(item.id));
        case Row::service:
            return named(m_catalogue->services()[item.id].name);
        case Row::channel:
            return named(m_catalogue->channels()[item.id].name);
        case Row::eventType:
            return named(m_catalogue->eventTypes()[item.id].name);
        }
        return {};
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        switch (item.row) {
        case Row::service:
            return tr("busy %1 of the last 10 s").arg(percentText(item.share));
        case Row::channel: {
            const ChannelKind kind = m_catalogue->channels()[item.id].kind;
            if (kind == ChannelKind::queue)
                return item.delayed.isEmpty() ? tr("%1 waiting").arg(item.value)
                                              : tr("%1 waiting, %2 wait for their retry").arg(item.value, item.delayed);
            return kind == ChannelKind::stream ? tr("%1 still to be read, by all groups").arg(item.value) : item.value;
        }
        default:
            return {};
        }
    case RowRole:
        return static_cast<int>(item.row);
    case ShareRole:
        return item.share;
    case ValueRole:
        return item.value;
    case DeadLetterRole:
        return item.deadLetter;
    case IdRole:
        return item.id;
    default:
        return {};
    }
}

Qt::ItemFlags OutlineModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::NoItemFlags;
    if (m_items[static_cast<std::size_t>(index.row())].row == Row::header)
        return Qt::ItemNeverHasChildren;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace weir
