// MQTT's topic filter (OASIS MQTT 5.0, section 4.7): levels between slashes, `+` for one level, `#` at the end for the
// level above it and everything below. Wildcards at the first level leave alone the topics that begin with `$`.
// A shared filter, `$share/GROUP/FILTER`, matches what FILTER does; it does not say who of the group is served.
#pragma once

#include "core/broker/pattern_word.h"
#include "core/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

class MqttPattern {
  public:
    static Result<MqttPattern> compile(std::string_view text);
    // Why no client may publish under this name, if so.
    static std::optional<Error> checkKey(std::string_view key);

    bool matches(std::string_view topic) const;
    std::vector<PatternWord> words() const; // of the filter, without $share and its group
    bool reachable() const { return !m_unreachable; }
    const std::string& group() const { return m_group; } // of a shared filter; empty: none

  private:
    std::vector<std::string> m_levels; // `+` and `#` stand for themselves: no literal level can hold them
    std::string m_group;
    bool m_unreachable = false;        // a shared filter with nothing, or a $topic, behind the group
};

} // namespace weir
