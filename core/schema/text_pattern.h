// TextPattern: a regular expression of ECMA-262 as JSON Schema uses them (over characters, with "u" in mind), and
// whether it is found in a text. A set of states goes through the text once, and once more for each look-around, so
// that time grows with the text's length times the pattern's and no pattern can stand still; the standard library's
// search tries ways again and overflows the stack. Only whether it is found is asked, so groups and laziness mean
// nothing here; what a group matched is not kept, so references back (\1) are refused. Immutable, shared by threads.
#pragma once

#include "core/result.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace weir {

class TextPattern {
  public:
    // As many steps, with its counts written out ("a{3}" is "aaa").
    static constexpr std::size_t stepsMax = 5'000;

    // The error's `where` is "column N", counted from 1 in characters.
    static Result<TextPattern> compile(std::string_view pattern);

    bool foundIn(std::string_view text) const;
    std::size_t stepCount() const;

  private:
    friend class TextPatternCompiler;
    friend class TextPatternSearch;

    // The characters that one step takes.
    struct Class {
        struct Range {
            char32_t first;
            char32_t last;
        };
        std::vector<Range> ranges;
        bool negated = false;
        std::array<std::uint64_t, 2> ascii{}; // of the verdict, for the first 128

        bool has(char32_t character) const;
        void settle();
    };
    enum class Op : std::uint8_t { take, split, jump, atStart, atEnd, atWordEdge, insideWord, look, lookNot, found };
    struct Step {
        Op op = Op::found;
        std::uint32_t a = 0; // class, look-around, or where to go on
        std::uint32_t b = 0; // the other way of a split
    };
    // A machine that goes through the text forwards or backwards, and says at each place whether it is found to end
    // there.
    struct Machine {
        std::vector<Step> steps;
        bool backwards = false;
    };

    std::vector<Class> m_classes;
    std::vector<Machine> m_looks; // those within others come first
    Machine m_whole;
};

} // namespace weir
