// Reads an EventBridge pattern from JSON and refuses what EventBridge refuses. It matches nothing itself.
#pragma once

#include "core/broker/event_pattern.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

class EventPatternReader {
  public:
    static Result<std::vector<EventPattern::Rule>> rules(const Value& pattern);
    // "10.1.2.3" or "fe80::1"; nothing where text is no address.
    static std::optional<EventPattern::Network> address(std::string_view text);

  private:
    using Filter = EventPattern::Filter;
    using Kind = EventPattern::Kind;

    using Rule = EventPattern::Rule;
    using Way = std::vector<std::string>;

    // What a table at the end of `way` adds to all the rules there are.
    static std::optional<Error> read(const Value& pattern, const std::string& where, Way& way,
                                     std::vector<Rule>& rules);
    static std::optional<Error> readEither(const Value::List& choices, const std::string& where, Way& way,
                                           std::vector<Rule>& rules);
    static Result<Filter> alternative(const Value& value, const std::string& where);
    static Result<Filter> filter(const std::string& name, const Value& value, const std::string& where);
    static Result<Filter> textual(Kind kind, const Value& value, const std::string& where);
    static Result<Filter> wildcard(const Value& value, const std::string& where);
    static Result<Filter> anythingBut(const Value& value, const std::string& where);
    static Result<Filter> numeric(const Value& value, const std::string& where);
    static Result<Filter> cidr(const Value& value, const std::string& where);
};

} // namespace weir
