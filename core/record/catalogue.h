// Catalogue: the names behind a run's handles: event types, channels, subscriptions, services, reasons, places, state
// slots. One writer appends (at compile time of a scenario, or while a live system is being discovered), any number of
// threads read without locks: rows never move and never change. It holds no figures.
#pragma once

#include "core/ids.h"
#include "core/value.h"

#include <array>
#include <atomic>
#include <cassert>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace weir {

// Append-only table with stable addresses. Rows below size() are immutable and visible to every thread.
template <class Row, std::size_t blockSize = 256, std::size_t blocksMax = 4096>
class StableTable {
  public:
    static constexpr std::size_t capacity = blockSize * blocksMax;

    std::size_t size() const { return m_size.load(std::memory_order_acquire); }
    const Row& operator[](std::size_t index) const {
        assert(index < size());
        return m_blocks[index / blockSize][index % blockSize];
    }
    // Writer only. False, and nothing happens, when the table is full.
    bool append(Row row) {
        const std::size_t index = m_size.load(std::memory_order_relaxed);
        if (index == capacity)
            return false;
        auto& block = m_blocks[index / blockSize];
        if (!block)
            block = std::make_unique<Row[]>(blockSize);
        block[index % blockSize] = std::move(row);
        m_size.store(index + 1, std::memory_order_release);
        return true;
    }

  private:
    std::array<std::unique_ptr<Row[]>, blocksMax> m_blocks;
    std::atomic<std::size_t> m_size = 0;
};

enum class ChannelKind : std::uint8_t { exchange, topic, queue, stream };
std::string_view name(ChannelKind kind); // "exchange" ...

struct EventTypeRow {
    std::string name;    // "order.created"
    std::string version; // "1.0"
    std::uint64_t nameHash = 0;
};
struct ChannelRow {
    std::string name;
    ChannelKind kind = ChannelKind::queue;
    std::uint32_t partitions = 0;    // streams
    std::uint32_t replicas = 0;      // queues and streams of a broker with nodes
    std::int64_t capacity = 0;       // queues: copies ready at most; 0 = unbounded
    bool deadLetter = false;         // some channel sends its dead letters here
    std::uint64_t nameHash = 0;
};
struct SubscriptionRow {
    std::string name; // a queue's subscription is named like the queue, a stream's like its group (the service)
    ChannelId channel;
    ServiceId service; // none where nobody consumes
    bool committedOnly = false; // of a stream: it reads what is committed, see ChannelFigures::stables
    std::uint64_t nameHash = 0;
};
struct ServiceRow {
    std::string name;
    std::uint32_t instances = 1;
    std::uint32_t workers = 0; // per instance, over all handlers
    std::uint64_t nameHash = 0;
};
struct NodeRow { // of the broker
    std::string name;
    std::uint64_t nameHash = 0;
};
struct ReasonRow {
    std::string name; // "insufficient_stock", "maxlen", "rejected", "crash" ...
    std::uint64_t nameHash = 0;
};
// Where something happened. Absent parts are none / noIndex.
struct Place {
    static constexpr std::uint16_t noIndex = 0xFFFF;
    ChannelId channel;
    SubscriptionId subscription;
    ServiceId service;
    std::uint16_t instance = noIndex;  // from 0; shown as #1
    std::uint16_t partition = noIndex; // from 0
    NodeId node = {};                  // of the broker
    bool operator==(const Place&) const = default;
};
struct PlaceRow {
    Place place;
    std::uint64_t nameHash = 0; // over the names, never the ids: fingerprints outlive numbering
};
struct StateSlotRow {
    ServiceId service;
    std::string table; // "stock"
    std::string key;   // "PROD-001"
    std::uint64_t nameHash = 0;
};

// An event that somebody published by hand: what other messages are made from templates, here it is kept.
struct GivenEventRow {
    Value data; // null: none
    std::string key, subject, routingKey;
};

class Catalogue {
  public:
    Catalogue() = default;
    Catalogue(const Catalogue&) = delete;
    Catalogue& operator=(const Catalogue&) = delete;

    // The same rows under the same ids, with a writer of its own: for a run that forks off. Any thread.
    std::shared_ptr<Catalogue> copy() const;

    // Writer only. The same name gives the same id (event types: the same name and version; subscriptions: the same name
    // on the same channel); none() when the table is full (the caller counts that). nameHash is filled in here.
    EventTypeId addEventType(std::string_view name, std::string_view version);
    ChannelId addChannel(ChannelRow row);
    SubscriptionId addSubscription(SubscriptionRow row);
    ServiceId addService(ServiceRow row);
    NodeId addNode(std::string_view name);
    ReasonId addReason(std::string_view name);
    PlaceId addPlace(const Place& place);
    std::uint32_t addStateSlot(ServiceId service, std::string_view table, std::string_view key);
    std::uint32_t addGivenEvent(GivenEventRow row); // noSlot: the table is full
    static constexpr std::uint32_t noSlot = 0xFFFFFFFF;

    // Any thread.
    const StableTable<EventTypeRow>& eventTypes() const { return m_eventTypes; }
    const StableTable<ChannelRow>& channels() const { return m_channels; }
    const StableTable<SubscriptionRow>& subscriptions() const { return m_subscriptions; }
    const StableTable<ServiceRow>& services() const { return m_services; }
    const StableTable<NodeRow>& nodes() const { return m_nodes; }
    const StableTable<ReasonRow>& reasons() const { return m_reasons; }
    const StableTable<PlaceRow>& places() const { return m_places; }
    const StableTable<StateSlotRow>& stateSlots() const { return m_stateSlots; }
    const StableTable<GivenEventRow>& givenEvents() const { return m_givenEvents; }
    const Place& place(PlaceId id) const { return m_places[id.index()].place; }

    // By name, linear in the table; none() where there is none. For views, expressions and tests, not for hot paths.
    ChannelId channel(std::string_view name) const;
    SubscriptionId subscription(std::string_view name) const;
    ServiceId service(std::string_view name) const;
    NodeId node(std::string_view name) const;
    EventTypeId eventType(std::string_view name) const; // the first of its versions
    EventTypeId eventType(std::string_view name, std::string_view version) const;
    ReasonId reason(std::string_view name) const;

  private:
    StableTable<EventTypeRow> m_eventTypes;
    StableTable<ChannelRow> m_channels;
    StableTable<SubscriptionRow> m_subscriptions;
    StableTable<ServiceRow> m_services;
    StableTable<NodeRow> m_nodes;
    StableTable<ReasonRow> m_reasons;
    StableTable<PlaceRow> m_places;
    StableTable<StateSlotRow> m_stateSlots;
    StableTable<GivenEventRow> m_givenEvents;
    // Writer's lookup only.
    std::unordered_map<std::string, std::uint32_t> m_index;
};

} // namespace weir
