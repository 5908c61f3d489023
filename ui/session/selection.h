// Selection: what the user points at, shared by every view: one node, one event type, one message, one record, one stretch
// of time. A click anywhere sets it, every view shows it. It knows no view.
#pragma once

#include "core/record/catalogue.h"
#include "core/units.h"

#include <QObject>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weir {

// A node of the topology.
struct NodeRef {
    enum class Kind : std::uint8_t { none, service, channel };
    Kind kind = Kind::none;
    std::uint16_t index = 0; // ServiceId or ChannelId

    static NodeRef of(ServiceId id) { return {Kind::service, id.value}; }
    static NodeRef of(ChannelId id) { return {Kind::channel, id.value}; }
    // Where something happened: the service, where one is involved, else the channel.
    static NodeRef of(const Catalogue& catalogue, PlaceId where) {
        const Place place = where.valid() ? catalogue.place(where) : Place{};
        if (place.service.valid())
            return of(place.service);
        return place.channel.valid() ? of(place.channel) : NodeRef();
    }
    ServiceId service() const { return kind == Kind::service ? ServiceId{index} : ServiceId::none(); }
    ChannelId channel() const { return kind == Kind::channel ? ChannelId{index} : ChannelId::none(); }
    bool operator==(const NodeRef&) const = default;
};

// A stretch of simulated time, begin < end.
struct TimeRange {
    SimTime begin;
    SimTime end;
    bool operator==(const TimeRange&) const = default;
};

// Nodes and event types that go by another name now.
struct Rename {
    std::string from, to;
};
using Renames = std::vector<Rename>;

class Selection : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;

    NodeRef node() const { return m_node; }
    EventTypeId eventType() const { return m_eventType; }
    Ordinal message() const { return m_message; }                      // 0: none
    std::optional<std::uint64_t> record() const { return m_record; }   // index in the run

    std::optional<TimeRange> brush() const { return m_brush; }         // nothing: all of the run

    void selectNode(NodeRef node);            // leaves message and record alone
    void selectEventType(EventTypeId type);   // the same one again: none
    // A record selects its message, node and type too, so that every view can follow.
    void selectRecord(std::uint64_t index, Ordinal message, NodeRef node, EventTypeId type);
    void selectMessage(Ordinal message);
    void setBrush(std::optional<TimeRange> range); // an empty or inverted one is none
    void clear();
    // The same node and event type, by their names, in the catalogue of another run; what has gone is selected no more,
    // nor are message and record, which were of the former run. changed() comes when the views have taken up the run.
    void carry(const Catalogue& before, const Catalogue& now, const Renames& renames);

  Q_SIGNALS:
    void changed();

  private:
    NodeRef m_node;
    EventTypeId m_eventType;
    Ordinal m_message = 0;
    std::optional<std::uint64_t> m_record;
    std::optional<TimeRange> m_brush;
};

} // namespace weir
