// DeclarativeProcessor: a scenario's action list, compiled. Actions run in order, all or none: one that fails without
// an orElse takes back what the others did. It makes no data: an emit is a site, DataGenerator does the rest.
#pragma once

#include "core/services/processor.h"

#include <array>
#include <memory>

namespace weir {

class DeclarativeProcessor final : public Processor {
  public:
    // Why a handling fails or an orElse branch runs.
    static constexpr std::string_view insufficientStock = "insufficient_stock";
    static constexpr std::string_view productNotFound = "product_not_found";
    static constexpr std::string_view invalidItem = "invalid_item";             // no list, no key, no quantity >= 0
    static constexpr std::string_view transitionRefused = "transition_refused"; // set: present status is not in `from`
    static constexpr std::string_view stateFull = "state_full";
    static constexpr std::array<std::string_view, 5> reasons = {insufficientStock, productNotFound, invalidItem,
                                                                transitionRefused, stateFull};

    // `first` is the list's first emit site (EmitSites::firstOfSource ...). Tables and statuses that the actions name
    // are added to `shape`, of which every run's State is a copy. The errors' `where` begins with `where`.
    static Result<DeclarativeProcessor, Errors> compile(const Actions& actions, SiteId first, State& shape,
                                                        const std::string& where);

    HandleOutcome handle(const Handling& handling, State& state, ProcessorOutput& output, Draw& draw) const override;
    std::span<const SiteId> plainEmits() const override { return m_plainEmits; }

    struct Step; // declarative_steps.h

  private:
    std::shared_ptr<const std::vector<Step>> m_steps;
    std::vector<SiteId> m_plainEmits;
};

// The state a service starts with: the tables and statuses that its spec gives.
State initialState(const ServiceSpec& service, State::Limits limits = {});

} // namespace weir
