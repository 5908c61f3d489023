// Reads an EventBridge pattern from JSON and refuses what EventBridge refuses. It matches nothing itself.
#pragma once

#include "core/broker/event_pattern.h"

#include <optional>
#include <string>
#include <string_view>

namespace weir {

class EventPatternReader {
  public:
    static Result<EventPattern::Node> node(const Value& pattern, const std::string& where);
    // "10.1.2.3" or "fe80::1"; nothing where text is no address.
    static std::optional<EventPattern::Network> address(std::string_view text);

  private:
    using Filter = EventPattern::Filter;
    using Kind = EventPattern::Kind;

    static Result<Filter> alternative(const Value& value, const std::string& where);
    static Result<Filter> filter(const std::string& name, const Value& value, const std::string& where);
    static Result<Filter> textual(Kind kind, const Value& value, const std::string& where);
    static Result<Filter> wildcard(const Value& value, const std::string& where);
    static Result<Filter> anythingBut(const Value& value, const std::string& where);
    static Result<Filter> numeric(const Value& value, const std::string& where);
    static Result<Filter> cidr(const Value& value, const std::string& where);
};

} // namespace weir
