#include "core/expression/names_in.h"

#include "core/expression/expression.h"
#include "core/expression/lexer.h"
#include "core/letter_case.h"

#include <optional>

namespace weir {
namespace {

using What = NameInExpression::What;

std::optional<What> whatOf(std::string_view word) {
    const std::string name = lowerCase(word);
    if (name == "type")
        return What::eventType;
    if (name == "channel")
        return What::channel;
    if (name == "subscription")
        return What::subscription;
    return name == "service" ? std::optional(What::service) : std::nullopt;
}

// Goes along the words and remembers what a text would stand for.
class Walk {
  public:
    explicit Walk(std::string_view text) {
        Lexer lexer(text);
        do
            m_tokens.push_back(lexer.next());
        while (m_tokens.back().kind != TokenKind::end && m_tokens.back().kind != TokenKind::bad);
    }

    std::vector<NameInExpression> names() {
        for (m_at = 0; m_at < m_tokens.size(); ++m_at)
            take(m_tokens[m_at]);
        return std::move(m_names);
    }

  private:
    struct Call {
        std::string function; // empty: parentheses
        std::size_t argument = 0;
        std::string scope; // of metric(): its first argument
    };

    void take(const Token& token) {
        switch (token.kind) {
        case TokenKind::word:
            if (next().kind != TokenKind::open)
                m_field = whatOf(token.content);
            break;
        case TokenKind::open:
            m_calls.emplace_back();
            if (m_at > 0 && m_tokens[m_at - 1].kind == TokenKind::word)
                m_calls.back().function = lowerCase(m_tokens[m_at - 1].content);
            break;
        case TokenKind::close:
            if (!m_calls.empty())
                m_calls.pop_back();
            break;
        case TokenKind::comma:
            if (!m_calls.empty())
                ++m_calls.back().argument;
            break;
        case TokenKind::andWord:
        case TokenKind::orWord:
        case TokenKind::xorWord:
            m_field.reset();
            break;
        case TokenKind::text:
            if (const std::optional<What> what = meaning(token))
                m_names.push_back({*what, token.content, token.at, token.end});
            break;
        default:
            break;
        }
    }

    std::optional<What> meaning(const Token& token) {
        if (!m_calls.empty() && m_calls.back().function == "metric") {
            if (m_calls.back().argument == 0)
                m_calls.back().scope = token.content;
            return m_calls.back().argument == 1 ? whatOf(m_calls.back().scope) : std::nullopt;
        }
        if (!m_calls.empty() && m_calls.back().function == "state")
            return m_calls.back().argument == 0 ? std::optional(What::service) : std::nullopt;
        if (m_field)
            return m_field;
        // 'order.created' = type
        const bool compares = next().kind == TokenKind::equal || next().kind == TokenKind::notEqual;
        if (compares && m_at + 2 < m_tokens.size() && m_tokens[m_at + 2].kind == TokenKind::word)
            return whatOf(m_tokens[m_at + 2].content);
        return std::nullopt;
    }

    const Token& next() const { return m_tokens[m_at + 1 < m_tokens.size() ? m_at + 1 : m_at]; }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    std::vector<Call> m_calls;
    std::optional<What> m_field; // the field that is compared
    std::vector<NameInExpression> m_names;
};

} // namespace

std::vector<NameInExpression> namesIn(std::string_view expression) {
    if (!Expression::parse(expression))
        return {};
    return Walk(expression).names();
}

std::string quotedLike(std::string_view text, std::string_view like) {
    const char quote = like.starts_with('"') ? '"' : '\'';
    std::string quoted(1, quote);
    for (const char c : text) {
        if (c == quote)
            quoted += '\\';
        quoted += c;
    }
    return quoted + quote;
}

} // namespace weir
