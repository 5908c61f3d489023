// TraceLook: how somebody wants to see the rows of the trace: further columns by expression, colours by expression, and
// how time is told. A plain value; settings keep it as text, and what can no longer be read there is passed over.
#pragma once

#include "core/expression/expression.h"
#include "core/units.h"
#include "ui/theme.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

class QSettings;

namespace weir {

enum class TraceTime : std::uint8_t {
    seconds, // since the run's start: 192.480 113
    clock,   // the same as a clock: 00:03:12.480 113
    delta    // since the row before: +0.005 000
};

struct ColourRule {
    Expression when;
    Tone tone = Tone::Accent;
    bool on = true;
    bool operator==(const ColourRule&) const = default;
};

struct TraceLook {
    static constexpr std::size_t columnsMax = 16;
    static constexpr std::size_t rulesMax = 16;

    std::vector<Expression> columns; // beside the trace's own
    std::vector<ColourRule> rules;   // the first that holds colours the row
    TraceTime time = TraceTime::seconds;
    bool operator==(const TraceLook&) const = default;

    void write(QSettings& settings) const;
    static TraceLook read(const QSettings& settings);
};

// `previous`: the row before, for a delta; nothing: there is none.
QString timeText(TraceTime how, SimTime at, std::optional<SimTime> previous);

} // namespace weir
