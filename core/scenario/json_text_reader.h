// JsonTextReader: takes a JSON text with comments apart into nodes that keep every byte. The text has passed the strict
// reader, so nothing here can fail.
#pragma once

#include "core/scenario/json_text.h"

#include <string>
#include <string_view>

namespace weir {

class JsonTextReader {
  public:
    explicit JsonTextReader(std::string_view text) : m_text(text) {}

    std::string blanks(); // comments among them
    JsonNode node();

  private:
    char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    std::string scalar();
    JsonNode container();

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace weir
