// DataGenerator: makes what an emission carries. The simulation calls it when it publishes, GeneratedMessages when
// somebody reads: one function, so both get the same bytes. Immutable, shared by threads.
#pragma once

#include "core/services/emit_sites.h"

#include <memory>

namespace weir {

// One emission: what, besides the site and the seed, its data depends on.
struct Emission {
    SiteId site = {};
    Ordinal ordinal = 0;     // of the event that is being made
    std::uint64_t count = 0; // of this site, from 1
    SimTime now = {};
    std::string_view reason = {};
    const EventView* event = nullptr; // the trigger; null: a source's
};

class DataGenerator {
  public:
    DataGenerator(std::shared_ptr<const EmitSites> sites, std::uint64_t seed);

    const EmitSites& sites() const { return *m_sites; }
    std::uint64_t seed() const { return m_seed; }

    // Draws from Stream(seed, "data/" + site.name) at (ordinal, 0).
    Value generateData(const Emission& emission) const;
    // Made from the finished data; subject, routing key and headers draw at (ordinal, 1) to (ordinal, 3). Empty: none.
    std::string partitionKey(const Emission& emission, const Value& data) const;
    std::string subject(const Emission& emission, const Value& data) const;
    std::string routingKey(const Emission& emission, const Value& data) const;
    Value headers(const Emission& emission, const Value& data) const; // null: none
    // The event type's size, else the length of the canonical data.
    std::int64_t size(const Emission& emission, const Value& data) const;

  private:
    std::string text(const Template& source, const Emission& emission, const Value& data, std::uint64_t purpose) const;

    std::shared_ptr<const EmitSites> m_sites;
    std::vector<Stream> m_streams; // by site
    std::uint64_t m_seed;
};

} // namespace weir
