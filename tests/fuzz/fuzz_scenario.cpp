// Any text as a scenario file. What loads must be checked and compiled without a complaint; what does not says where
// and why, within bounds.
#include "core/scenario/check.h"
#include "core/scenario/load.h"
#include "core/simulation/model.h"

#include <cstdint>
#include <cstdlib>
#include <iostream>

namespace {

void require(bool condition) {
    if (!condition)
        std::abort();
}

// Compiling gives every instance and partition a place, which is allowed but slow by the million.
bool isSmall(const weir::Scenario& scenario) {
    std::uint64_t size = 0;
    for (const weir::ChannelSpec& channel : scenario.channels)
        size += channel.partitions;
    for (const weir::ServiceSpec& service : scenario.services)
        size += service.instances * (1 + service.handlers.size());
    return size < 1'000;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto scenario = weir::loadScenario(text);
    if (!scenario) {
        require(!scenario.error().empty() && scenario.error().size() <= 51);
        for (const weir::Error& error : scenario.error())
            require(!error.what.empty() && error.given.size() < 200);
        return 0;
    }
    for (const weir::Finding& finding : weir::check(*scenario))
        require(!finding.code.empty() && finding.text.ends_with('.'));
    if (!isSmall(*scenario))
        return 0;
    const auto model = weir::Model::compile(*scenario);
    if (!model) {
        for (const weir::Error& error : model.error())
            std::cerr << error.text() << '\n';
        std::abort();
    }
    return 0;
}
