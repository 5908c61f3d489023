// NATS' subscription subject: tokens between points, `*` for exactly one token, `>` at the end for one or more. A token
// that merely contains a wildcard is a literal. A subject with an empty token is published without complaint (unless
// the client is pedantic) and reaches nobody.
#pragma once

#include "core/broker/pattern_word.h"
#include "core/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

class NatsPattern {
  public:
    static Result<NatsPattern> compile(std::string_view text);
    // Why a pedantic publisher is refused this subject, if so.
    static std::optional<Error> checkKey(std::string_view key);

    bool matches(std::string_view subject) const;
    std::vector<PatternWord> words() const;

  private:
    std::vector<std::string> m_tokens; // without the closing `>`
    bool m_openEnd = false;            // there was one
};

} // namespace weir
