// EmitSites: every place of a scenario that makes events, numbered in canonical order (services by name; in each the
// sources, then the handlers, in file order, then the will; actions in document order), with what its emissions are
// made from. A site's name does not change when unrelated elements come, go or move: random streams hang on it.
#pragma once

#include "core/ids.h"
#include "core/scenario/scenario.h"
#include "core/services/event_path.h"
#include "core/services/template.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weir {

using SiteId = Id<struct SiteTag, std::uint16_t>;

struct alignas(64) EmitSite { // what every emission asks stands in front
    SiteId id;
    EventTypeId typeId;  // set by bind()
    ChannelId channelId; // set by bind()
    ServiceId serviceId; // set by bind()
    int priority = 0;
    bool mandatory = false;
    bool retain = false;
    // No data, no key, no headers, no subject and a constant routing key: nothing has to be made when it emits.
    bool plain = true;
    bool simple = true;             // no deliverAt, no half message, no confirm
    std::optional<Bytes> size;      // nothing: length of the canonical data
    Duration ttl = Duration::max(); // max: none
    Duration delay{};
    Duration timeout = Duration::max(); // max: none
    std::optional<Duration> deliverAt;
    std::optional<HalfSpec> half;
    std::optional<ConfirmSpec> confirm;
    // "order-service/source/0/order.created/0": service, source (index) or handler (channel, which one on it), event
    // type, which one of that type there.
    std::string name;
    std::string service;
    std::string type;
    std::string version;
    std::string channel;
    Template data;                  // the emit's own, else the event type's
    Template routingKey;            // constant type where the scenario gives none
    Template subject;               // null: none
    Template headers;               // null: none
    std::optional<EventPath> key;   // of the partition key, over the data
    std::string constantRoutingKey; // where routingKey is constant
};

class EmitSites {
  public:
    // Errors: an event type that is not declared, a template or a path that cannot be compiled, too many sites.
    static Result<EmitSites, Errors> compile(const Scenario& scenario);

    // Fills the ids of every site from the catalogue, by name; ids of what it does not hold stay none().
    void bind(const Catalogue& catalogue);

    std::size_t size() const { return m_sites.size(); }
    const EmitSite& operator[](SiteId id) const { return m_sites[id.index()]; }
    const std::vector<EmitSite>& all() const { return m_sites; }
    // The first site of the n-th source or handler (file order) of a service; the others follow in document order.
    // Where it emits nothing, the site that the next one would have.
    SiteId firstOfSource(std::string_view service, std::size_t index) const;
    SiteId firstOfHandler(std::string_view service, std::size_t index) const;
    SiteId will(std::string_view service) const; // none where it has no will

  private:
    struct Group {
        std::vector<SiteId> sources;
        std::vector<SiteId> handlers;
        SiteId will = SiteId::none();
    };
    std::vector<EmitSite> m_sites;
    std::map<std::string, Group, std::less<>> m_groups;
};

} // namespace weir
