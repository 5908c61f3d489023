#include "core/record/catalogue.h"

#include "core/kernel/hash.h"

#include <algorithm>
#include <limits>

namespace weir {
namespace {

// Order matters and an absent part is a part: ("a", "") is not ("", "a").
class NameHash {
  public:
    NameHash& operator<<(std::uint64_t part) {
        m_hash = mix64(m_hash ^ part) + 0x9e3779b97f4a7c15ULL;
        return *this;
    }
    NameHash& operator<<(std::string_view part) { return *this << hash64(part); }
    std::uint64_t value() const { return m_hash; }

  private:
    std::uint64_t m_hash = 0x6a09e667f3bcc908ULL;
};

constexpr char separator = '\0';

std::string keyOf(char table, std::string_view first, std::string_view second = {}) {
    std::string key(1, table);
    key.append(first);
    if (!second.empty()) {
        key += separator;
        key.append(second);
    }
    return key;
}

void appendNumber(std::string& key, std::uint16_t number) {
    key += static_cast<char>(number & 0xFF);
    key += static_cast<char>(number >> 8);
}

// The id that the next row of a table gets; none where the table, or the id's range, is full.
template <class IdType, class Row> IdType next(const StableTable<Row>& table) {
    using Number = decltype(IdType::value);
    constexpr std::size_t limit = std::min<std::size_t>(StableTable<Row>::capacity, std::numeric_limits<Number>::max());
    return table.size() < limit ? IdType{static_cast<Number>(table.size())} : IdType::none();
}

template <class IdType, class Row> IdType find(const StableTable<Row>& table, std::string_view name) {
    const std::size_t size = table.size();
    for (std::size_t i = 0; i < size; ++i)
        if (table[i].name == name)
            return IdType{static_cast<decltype(IdType::value)>(i)};
    return IdType::none();
}

template <class IdType, class Row> std::uint64_t hashOf(const StableTable<Row>& table, IdType id) {
    return id.valid() ? table[id.index()].nameHash : 0;
}

// Finds the key's id, or appends the row and remembers it.
// The row is taken by reference: keys are made of its name in the same argument list.
template <class IdType, class Row>
IdType add(StableTable<Row>& table, std::unordered_map<std::string, std::uint32_t>& index, std::string key, Row&& row) {
    if (const auto found = index.find(key); found != index.end())
        return IdType{static_cast<decltype(IdType::value)>(found->second)};
    const IdType id = next<IdType>(table);
    if (!id.valid())
        return id;
    table.append(std::move(row));
    index.emplace(std::move(key), static_cast<std::uint32_t>(id.value));
    return id;
}

} // namespace

std::string_view name(ChannelKind kind) {
    switch (kind) {
    case ChannelKind::exchange:
        return "exchange";
    case ChannelKind::topic:
        return "topic";
    case ChannelKind::queue:
        return "queue";
    case ChannelKind::stream:
        return "stream";
    }
    return {};
}

std::shared_ptr<Catalogue> Catalogue::copy() const {
    auto copy = std::make_shared<Catalogue>();
    const auto each = [](const auto& table, auto add) {
        const std::size_t size = table.size();
        for (std::size_t i = 0; i < size; ++i)
            add(table[i]);
    };
    each(m_eventTypes, [&](const EventTypeRow& row) { copy->addEventType(row.name, row.version); });
    each(m_channels, [&](const ChannelRow& row) { copy->addChannel(row); });
    each(m_services, [&](const ServiceRow& row) { copy->addService(row); });
    each(m_subscriptions, [&](const SubscriptionRow& row) { copy->addSubscription(row); });
    each(m_nodes, [&](const NodeRow& row) { copy->addNode(row.name); });
    each(m_reasons, [&](const ReasonRow& row) { copy->addReason(row.name); });
    each(m_places, [&](const PlaceRow& row) { copy->addPlace(row.place); });
    each(m_givenEvents, [&](const GivenEventRow& row) { copy->addGivenEvent(row); });
    each(m_stateSlots, [&](const StateSlotRow& row) { copy->addStateSlot(row.service, row.table, row.key); });
    return copy;
}

EventTypeId Catalogue::addEventType(std::string_view name, std::string_view version) {
    EventTypeRow row{std::string(name), std::string(version), (NameHash() << name << version).value()};
    return add<EventTypeId>(m_eventTypes, m_index, keyOf('t', name, version), std::move(row));
}

ChannelId Catalogue::addChannel(ChannelRow row) {
    row.nameHash = (NameHash() << row.name).value();
    return add<ChannelId>(m_channels, m_index, keyOf('c', row.name), std::move(row));
}

SubscriptionId Catalogue::addSubscription(SubscriptionRow row) {
    row.nameHash = (NameHash() << hashOf(m_channels, row.channel) << row.name).value();
    std::string key(1, 's');
    appendNumber(key, row.channel.value);
    key += row.name;
    return add<SubscriptionId>(m_subscriptions, m_index, std::move(key), std::move(row));
}

ServiceId Catalogue::addService(ServiceRow row) {
    row.nameHash = (NameHash() << row.name).value();
    return add<ServiceId>(m_services, m_index, keyOf('v', row.name), std::move(row));
}

NodeId Catalogue::addNode(std::string_view name) {
    NodeRow row{std::string(name), (NameHash() << name).value()};
    return add<NodeId>(m_nodes, m_index, keyOf('n', name), std::move(row));
}

ReasonId Catalogue::addReason(std::string_view name) {
    ReasonRow row{std::string(name), (NameHash() << name).value()};
    return add<ReasonId>(m_reasons, m_index, keyOf('r', name), std::move(row));
}

PlaceId Catalogue::addPlace(const Place& place) {
    std::string key(1, 'p');
    for (const std::uint16_t number :
         {place.channel.value, place.subscription.value, place.service.value, place.instance, place.partition,
          place.node.value})
        appendNumber(key, number);
    NameHash hash;
    hash << hashOf(m_channels, place.channel) << hashOf(m_subscriptions, place.subscription)
         << hashOf(m_services, place.service) << place.instance << place.partition;
    if (place.node.valid())
        hash << hashOf(m_nodes, place.node);
    return add<PlaceId>(m_places, m_index, std::move(key), PlaceRow{place, hash.value()});
}

std::uint32_t Catalogue::addStateSlot(ServiceId service, std::string_view table, std::string_view key) {
    std::string lookup(1, 'k');
    appendNumber(lookup, service.value);
    lookup.append(table);
    lookup += separator;
    lookup.append(key);
    StateSlotRow row{service, std::string(table), std::string(key),
                     (NameHash() << hashOf(m_services, service) << table << key).value()};
    return add<Id<struct StateSlotTag>>(m_stateSlots, m_index, std::move(lookup), std::move(row)).value;
}

std::uint32_t Catalogue::addGivenEvent(GivenEventRow row) {
    const std::size_t number = m_givenEvents.size();
    // A journal that is played again gives the same ones.
    for (std::size_t i = 0; i < number; ++i)
        if (const GivenEventRow& same = m_givenEvents[i]; same.data == row.data && same.key == row.key &&
                                                          same.subject == row.subject && same.routingKey == row.routingKey)
            return static_cast<std::uint32_t>(i);
    return m_givenEvents.append(std::move(row)) ? static_cast<std::uint32_t>(number) : noSlot;
}

ChannelId Catalogue::channel(std::string_view name) const {
    return find<ChannelId>(m_channels, name);
}
SubscriptionId Catalogue::subscription(std::string_view name) const {
    return find<SubscriptionId>(m_subscriptions, name);
}
ServiceId Catalogue::service(std::string_view name) const {
    return find<ServiceId>(m_services, name);
}
NodeId Catalogue::node(std::string_view name) const {
    return find<NodeId>(m_nodes, name);
}
EventTypeId Catalogue::eventType(std::string_view name) const {
    return find<EventTypeId>(m_eventTypes, name);
}
EventTypeId Catalogue::eventType(std::string_view name, std::string_view version) const {
    for (std::size_t i = 0; i < m_eventTypes.size(); ++i)
        if (m_eventTypes[i].name == name && m_eventTypes[i].version == version)
            return EventTypeId{static_cast<std::uint16_t>(i)};
    return EventTypeId::none();
}
ReasonId Catalogue::reason(std::string_view name) const {
    return find<ReasonId>(m_reasons, name);
}

} // namespace weir
