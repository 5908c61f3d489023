#include "core/scenario/breakpoint_value.h"

namespace weir {

Value breakpointsValue(const std::vector<BreakpointSpec>& breakpoints) {
    Value::List list;
    for (const BreakpointSpec& breakpoint : breakpoints) {
        Value::Table table;
        switch (breakpoint.kind) {
        case BreakpointSpec::Kind::when:
            table.emplace_back("when", Value(breakpoint.text));
            break;
        case BreakpointSpec::Kind::type:
            table.emplace_back("type", Value(breakpoint.text));
            break;
        case BreakpointSpec::Kind::metric:
            table.emplace_back("metric", Value(breakpoint.text));
            break;
        case BreakpointSpec::Kind::broken:
            table.emplace_back("broken", Value("any"));
            break;
        case BreakpointSpec::Kind::at:
            table.emplace_back("at", Value(toText(breakpoint.at)));
            break;
        }
        if (!breakpoint.enabled)
            table.emplace_back("enabled", Value(false));
        list.emplace_back(std::move(table));
    }
    return Value(std::move(list));
}

} // namespace weir
