// Services as a scenario file writes them: state, sources, handlers. A handler on a topic or exchange brings a queue of
// its own along, named "<topic>/<service>", as each subscription to a topic has.
#pragma once

#include "core/scenario/action_reader.h"
#include "core/scenario/given.h"
#include "core/scenario/names.h"
#include "core/scenario/scenario.h"

#include <set>
#include <string>
#include <vector>

namespace weir {

class ServiceReader {
  public:
    explicit ServiceReader(const Names& names) : m_names(names), m_actions(names) {}

    std::vector<ServiceSpec> readServices(const Given& given);
    // The queues that handlers on topics brought along.
    std::vector<ChannelSpec> takeImplicitQueues() { return std::move(m_implicit); }

  private:
    ServiceSpec readService(const std::string& name, const Given& given);
    SourceSpec readSource(const Given& given) const;
    HandlerSpec readHandler(const std::string& service, const Given& given);
    std::optional<std::map<std::string, std::string>> readVersions(const Given& given) const;
    std::string addImplicitQueue(const std::string& service, const std::string& exchange, const Given& given);

    const Names& m_names;
    ActionReader m_actions;
    std::vector<ChannelSpec> m_implicit;
    std::set<std::string> m_implicitNames;
};

} // namespace weir
