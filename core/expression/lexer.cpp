#include "core/expression/lexer.h"

#include "core/letter_case.h"

#include <algorithm>
#include <array>
#include <optional>

namespace weir {
namespace {

constexpr std::size_t pathMax = 32;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return lowerAscii(c) >= 'a' && lowerAscii(c) <= 'z';
}
bool isWordPart(char c) {
    return isDigit(c) || isLetter(c) || c == '_';
}
bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct Unit {
    std::string_view name;
    Decimal factor;
};

// Durations in seconds, sizes in bytes.
std::optional<Decimal> unitFactor(std::string_view name) {
    static const std::array units{Unit{"ns", Decimal(1, 9)},          Unit{"us", Decimal(1, 6)},
                                  Unit{"ms", Decimal(1, 3)},          Unit{"s", Decimal(1)},
                                  Unit{"min", Decimal(60)},           Unit{"h", Decimal(3600)},
                                  Unit{"d", Decimal(86'400)},         Unit{"B", Decimal(1)},
                                  Unit{"kB", Decimal(1'000)},         Unit{"KB", Decimal(1'000)},
                                  Unit{"KiB", Decimal(1'024)},        Unit{"MB", Decimal(1'000'000)},
                                  Unit{"MiB", Decimal(1'048'576)},    Unit{"GB", Decimal(1'000'000'000)},
                                  Unit{"GiB", Decimal(1'073'741'824)}};
    for (const Unit& unit : units)
        if (unit.name == name)
            return unit.factor;
    return std::nullopt;
}

struct Keyword {
    std::string_view name;
    TokenKind kind;
};
constexpr std::array keywords{
    Keyword{"true", TokenKind::truth},    Keyword{"false", TokenKind::truth}, Keyword{"and", TokenKind::andWord},
    Keyword{"or", TokenKind::orWord},     Keyword{"xor", TokenKind::xorWord}, Keyword{"not", TokenKind::notWord},
    Keyword{"like", TokenKind::likeWord}, Keyword{"in", TokenKind::inWord},   Keyword{"exists", TokenKind::existsWord}};

bool sameWord(std::string_view written, std::string_view lower) {
    return written.size() == lower.size() &&
           std::equal(written.begin(), written.end(), lower.begin(), [](char a, char b) { return lowerAscii(a) == b; });
}

} // namespace

Token Lexer::bad(std::size_t where, const char* problem) const {
    Token token;
    token.kind = TokenKind::bad;
    token.at = where;
    token.end = m_text.size();
    token.problem = problem;
    return token;
}

Token Lexer::until(Token token, std::size_t end) {
    token.end = m_at = end;
    return token;
}

void Lexer::skipSpace() {
    while (m_at < m_text.size() && isSpace(m_text[m_at]))
        ++m_at;
}

Token Lexer::next() {
    skipSpace();
    if (m_at == m_text.size()) {
        Token token;
        token.at = token.end = m_at;
        return token;
    }
    const char c = m_text[m_at];
    if (c == '\'' || c == '"')
        return quoted();
    if (isDigit(c))
        return numeric();
    return isLetter(c) ? word() : sign();
}

Token Lexer::sign() {
    struct Sign {
        std::string_view written;
        TokenKind kind;
    };
    constexpr std::array signs{
        Sign{"!=", TokenKind::notEqual},       Sign{"<>", TokenKind::notEqual}, Sign{"<=", TokenKind::lessOrEqual},
        Sign{">=", TokenKind::greaterOrEqual}, Sign{"(", TokenKind::open},      Sign{")", TokenKind::close},
        Sign{",", TokenKind::comma},           Sign{"+", TokenKind::plus},      Sign{"-", TokenKind::minus},
        Sign{"*", TokenKind::times},           Sign{"/", TokenKind::slash},     Sign{"%", TokenKind::percent},
        Sign{"=", TokenKind::equal},           Sign{"<", TokenKind::less},      Sign{">", TokenKind::greater}};
    if (m_text.substr(m_at, 2) == "==")
        return bad(m_at, "needs a single '=' to compare");
    for (const Sign& sign : signs)
        if (m_text.substr(m_at, sign.written.size()) == sign.written) {
            Token token;
            token.kind = sign.kind;
            token.at = m_at;
            return until(std::move(token), m_at + sign.written.size());
        }
    return bad(m_at, "needs a value, a name or an operator");
}

// A backslash keeps the next character from closing the text; only the one before the closing kind of quote goes.
Token Lexer::quoted() {
    Token token;
    token.kind = TokenKind::text;
    token.at = m_at;
    const char quote = m_text[m_at];
    for (std::size_t i = m_at + 1; i < m_text.size(); ++i) {
        if (m_text[i] == quote)
            return until(std::move(token), i + 1);
        if (m_text[i] == '\\' && i + 1 < m_text.size()) {
            if (m_text[i + 1] != quote)
                token.content += '\\';
            ++i;
        }
        token.content += m_text[i];
    }
    return bad(m_at, quote == '"' ? "needs a closing '\"'" : "needs a closing quote");
}

Token Lexer::numeric() {
    Token token;
    token.at = m_at;
    std::size_t end = m_at;
    while (isDigit(at(end)))
        ++end;
    std::size_t digitsEnd = end;
    const bool fraction = at(end) == '.' && isDigit(at(end + 1));
    if (fraction)
        for (digitsEnd = end + 1; isDigit(at(digitsEnd));)
            ++digitsEnd;
    end = digitsEnd;
    while (isWordPart(at(end)))
        ++end;
    const std::string_view unit = m_text.substr(digitsEnd, end - digitsEnd);
    // JSON's numbers have no leading zeros, CESQL's may.
    std::string_view digits = m_text.substr(m_at, digitsEnd - m_at);
    while (digits.size() > 1 && digits.front() == '0' && isDigit(digits[1]))
        digits.remove_prefix(1);
    token.number = Decimal::parse(digits).value_or(Decimal());
    if (unit.empty() && percentEndsLiteral(end)) {
        token.kind = TokenKind::quantity;
        token.number = token.number * Decimal(1, 2);
        return until(std::move(token), end + 1);
    }
    if (unit.empty()) {
        token.kind = fraction ? TokenKind::quantity : TokenKind::integer;
        return until(std::move(token), end);
    }
    if (const auto factor = unitFactor(unit)) {
        token.kind = TokenKind::quantity;
        token.number = token.number * *factor;
        return until(std::move(token), end);
    }
    if (fraction)
        return bad(digitsEnd, "needs a unit (ns us ms s min h d, %, B kB KB KiB MB MiB GB GiB)");
    token.kind = TokenKind::word; // names of attributes may begin with digits
    token.content = m_text.substr(m_at, end - m_at);
    return until(std::move(token), end);
}

// "5%" is a percentage only where CESQL would find no operand behind the sign, so that "5 % 2", "5%2" and "5% -x" stay
// remainders.
bool Lexer::percentEndsLiteral(std::size_t index) const {
    if (at(index) != '%')
        return false;
    Lexer rest(m_text);
    const auto wordAt = [&rest, this] {
        rest.skipSpace();
        std::size_t end = rest.m_at;
        while (isWordPart(at(end)))
            ++end;
        const std::string_view word = m_text.substr(rest.m_at, end - rest.m_at);
        rest.m_at = end;
        return word;
    };
    rest.m_at = index + 1;
    const std::string_view word = wordAt();
    if (word.empty())
        return rest.m_at == m_text.size() ||
               std::string_view("),=!<>*/%").find(m_text[rest.m_at]) != std::string_view::npos;
    for (const std::string_view name : {"and", "or", "xor", "like", "in"})
        if (sameWord(word, name))
            return true;
    if (!sameWord(word, "not"))
        return false;
    const std::string_view second = wordAt();
    return sameWord(second, "like") || sameWord(second, "in");
}

Token Lexer::word() {
    Token token;
    token.at = m_at;
    std::size_t end = m_at;
    while (isWordPart(at(end)))
        ++end;
    token.content = m_text.substr(m_at, end - m_at);
    for (const Keyword& keyword : keywords)
        if (sameWord(token.content, keyword.name)) {
            token.kind = keyword.kind;
            token.truth = keyword.name == "true";
            return until(std::move(token), end);
        }
    m_at = end;
    if (sameWord(token.content, "data"))
        return dataPath(std::move(token));
    token.kind = TokenKind::word;
    return until(std::move(token), end);
}

Token Lexer::dataPath(Token token) {
    token.kind = TokenKind::dataPath;
    while (at(m_at) == '.' || at(m_at) == '[') {
        if (token.path.size() == pathMax)
            return bad(m_at, "needs at most 32 steps into the data");
        if (at(m_at) == '[') {
            if (!pathBracket(token))
                return bad(m_at, "needs [number] or ['name'] into the data");
            continue;
        }
        std::size_t end = ++m_at;
        while (isWordPart(at(end)))
            ++end;
        if (end == m_at || isDigit(at(m_at)))
            return bad(m_at, "needs a name after '.'; other names go into ['...']");
        token.path.push_back({std::string(m_text.substr(m_at, end - m_at)), 0, false});
        m_at = end;
    }
    return until(std::move(token), m_at);
}

bool Lexer::pathBracket(Token& token) {
    ++m_at;
    skipSpace();
    PathStep step;
    if (at(m_at) == '\'' || at(m_at) == '"') {
        Token name = quoted();
        if (name.kind == TokenKind::bad)
            return false;
        step.name = std::move(name.content);
    } else {
        std::size_t digits = 0;
        for (; isDigit(at(m_at)) && digits < 9; ++m_at, ++digits)
            step.index = step.index * 10 + static_cast<std::uint32_t>(at(m_at) - '0');
        if (digits == 0)
            return false;
        step.isIndex = true;
    }
    skipSpace();
    if (at(m_at) != ']')
        return false;
    ++m_at;
    token.path.push_back(std::move(step));
    return true;
}

} // namespace weir
