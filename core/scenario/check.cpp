#include "core/scenario/check.h"

#include "core/scenario/inspection.h"

#include <algorithm>
#include <charconv>

namespace weir {

std::string_view name(Severity severity) {
    switch (severity) {
    case Severity::error:
        return "error";
    case Severity::warning:
        return "warning";
    case Severity::note:
        break;
    }
    return "note";
}

std::string figure(double number) {
    const int decimals = number >= 100 ? 0 : number >= 10 ? 1 : number >= 1 ? 2 : 3;
    char buffer[400]; // the longest double in plain notation has 309 digits before the point
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed, decimals);
    std::string text(buffer, error == std::errc{} ? end : buffer);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.')
            text.pop_back();
    }
    return text;
}

std::string percent(double fraction) {
    return figure(fraction * 100) + " %";
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return text;
}

std::vector<Finding> check(const Scenario& scenario) {
    std::vector<Finding> findings;
    Topology topology(scenario);
    const Flow flow(topology);
    Inspection inspection{scenario, topology, flow, findings};
    inspectLoad(inspection);
    inspectStructure(inspection);
    inspectDelivery(inspection);
    inspectAdmission(inspection);
    inspectStreams(inspection);
    inspectLinks(inspection);
    inspectNodes(inspection);
    inspectExpressions(inspection);
    inspectProfiles(inspection);
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& left, const Finding& right) { return left.severity < right.severity; });
    return findings;
}

} // namespace weir
