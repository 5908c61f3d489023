// TextPatternCompiler: reads a pattern into a tree and writes the tree out as the steps of machines: forwards for the
// whole and for what must stand before a place, backwards for what must stand behind one. What ECMA-262 has and this
// does not is refused by its name: references back, properties of characters (\p) and modifiers.
#pragma once

#include "core/schema/text_pattern.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

constexpr bool isWordCharacter(char32_t character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_';
}

class TextPatternCompiler {
  public:
    explicit TextPatternCompiler(std::string_view pattern);
    Result<TextPattern> compile();

  private:
    using Op = TextPattern::Op;
    using Class = TextPattern::Class;
    struct Node {
        enum class Kind : std::uint8_t { take, sequence, either, repeat, assertion } kind = Kind::sequence;
        std::vector<Node> children;
        std::uint32_t index = 0; // class or look-around
        std::uint32_t least = 0; // of a repeat
        std::optional<std::uint32_t> most;
        Op op = Op::found; // of an assertion
    };

    bool atEnd() const { return m_at >= m_text.size(); }
    char32_t peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : 0; }
    bool skip(std::u32string_view text);
    Node fail(std::string what, std::size_t at);

    Node readEither();
    Node readSequence();
    Node readAtom();
    Node readGroup();
    Node readEscape();
    Node readClass();
    bool readRange(Class& into);
    Node repeated(Node atom, std::size_t at);
    bool readCounts(Node& repeat);
    std::optional<std::uint32_t> readNumber();
    std::optional<char32_t> readCharacterEscape();
    std::optional<char32_t> readHex(std::size_t digits);
    Node look(bool behind, bool negated);
    Node taking(Class characters);
    static bool addNamedClass(char32_t letter, Class& into);

    void write(const Node& node, TextPattern::Machine& into);
    void writeRepeat(const Node& node, TextPattern::Machine& into);
    std::uint32_t writeStep(TextPattern::Machine& into, TextPattern::Step step);

    std::u32string m_text;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::size_t m_effort = 0;
    std::optional<Error> m_error;
    TextPattern m_pattern;
};

} // namespace weir
