// What a scenario file says of links: what they are like, and the faults that strike them.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/names.h"
#include "core/scenario/scenario.h"

#include <vector>

namespace weir {

// How far a link may be slowed down, and a clock be off.
inline constexpr Duration delayMost = 24h;
inline constexpr Duration skewMost = 24h;

std::vector<LinkSpec> readLinks(const Given& given, const Names& names);

// partition, delay, reorder, lose: whom it is between, and how much.
void readLinkFault(const Given& given, const Names& names, FaultSpec& fault);
// Whose clock, and how far it is off: "5s" ahead, "-5s" behind.
void readClockSkew(const Given& given, const Names& names, FaultSpec& fault);

// As a file has them: of a link its two ends, else a list a side.
Value valueOf(const Sides& sides, bool link);

// As text: "-5s". A duration alone has no sign.
std::string signedText(Duration duration);
std::optional<Duration> signedDuration(std::string_view text);

} // namespace weir
