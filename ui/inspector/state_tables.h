// StateTables: the business state of one service as lines for people: small tables entry by entry, statuses counted,
// large tables of quantities as their number and sum. Reads the Picture; finds new entries as the run makes them, with
// bounded work each time.
#pragma once

#include "core/record/picture.h"
#include "ui/inspector/behaviour.h"

#include <map>
#include <string>
#include <vector>

namespace weir {

class StateTables {
  public:
    static constexpr std::size_t entriesShown = 12;           // of a table of quantities
    static constexpr std::size_t slotsReadMax = 100'000;      // a time
    static constexpr std::size_t statusesCountedMax = 50'000; // a time; the newest ones

    void setService(ServiceId service); // none: nothing
    // A heading per table, then its lines. Empty where the service has no state.
    std::vector<Fact> facts(const Picture& picture, const Catalogue& catalogue);

  private:
    void findSlots(const Catalogue& catalogue);

    ServiceId m_service;
    std::size_t m_slotsRead = 0;
    std::map<std::string, std::vector<std::uint32_t>> m_tables;
};

} // namespace weir
