// Lexer: the words, literals and signs of an expression, one at a time. Within core/expression only.
#pragma once

#include "core/expression/program.h"

#include <string>
#include <string_view>

namespace weir {

enum class TokenKind : std::uint8_t {
    end,
    bad, // `problem` says why
    word,
    integer, // digits without a sign
    quantity,
    text,
    dataPath,
    // keywords
    truth,
    andWord,
    orWord,
    xorWord,
    notWord,
    likeWord,
    inWord,
    existsWord,
    // signs
    open,
    close,
    comma,
    plus,
    minus,
    times,
    slash,
    percent,
    equal,
    notEqual,
    less,
    lessOrEqual,
    greater,
    greaterOrEqual,
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::size_t at = 0; // bytes in the text
    std::size_t end = 0;
    bool truth = false;
    Decimal number;
    std::string content; // of a text, its quotes and escapes taken off; of a word, as written
    std::vector<PathStep> path;
    const char* problem = "";
};

class Lexer {
  public:
    explicit Lexer(std::string_view text) : m_text(text) {}
    Token next();

  private:
    Token sign();
    Token quoted();
    Token numeric();
    Token word();
    Token dataPath(Token token);
    bool pathBracket(Token& token);
    bool percentEndsLiteral(std::size_t at) const;

    char at(std::size_t index) const { return index < m_text.size() ? m_text[index] : '\0'; }
    Token bad(std::size_t where, const char* problem) const;
    Token until(Token token, std::size_t end);
    void skipSpace();

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace weir
