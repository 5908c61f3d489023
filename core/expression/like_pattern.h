// LikePattern: the pattern of CESQL's LIKE. % is any run of characters, _ one character, \% and \_ those themselves;
// everything else, a lone backslash too, stands for itself.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace weir {

class LikePattern {
  public:
    explicit LikePattern(std::string_view pattern);
    // Time: at most the product of the lengths.
    bool matches(std::string_view text) const;

  private:
    std::vector<std::uint16_t> m_elements; // bytes, and the two wildcards
};

} // namespace weir
