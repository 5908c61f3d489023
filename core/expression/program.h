// Program: a parsed expression as nodes in one vector, children before parents. Within core/expression only.
#pragma once

#include "core/expression/datum.h"
#include "core/expression/field.h"
#include "core/expression/like_pattern.h"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace weir {

enum class Operation : std::uint8_t {
    literal,
    field,
    attribute,
    dataPath,
    exists,
    negate,
    logicalNot,
    logicalAnd,
    logicalOr,
    logicalXor,
    equal,
    notEqual,
    less,
    lessOrEqual,
    greater,
    greaterOrEqual,
    multiply,
    divide,
    modulo,
    add,
    subtract,
    like,
    in,
    call,
};

enum class Function : std::uint8_t {
    length,
    concat,
    concatWs,
    lower,
    upper,
    trim,
    left,
    right,
    substring,
    abs,
    toInt,
    toBool,
    toString,
    isInt,
    isBool,
    metric,
    state,
    unknown,
};

struct PathStep {
    std::string name;
    std::uint32_t index = 0;
    bool isIndex = false;
};

struct Node {
    Operation operation = Operation::literal;
    Function function = Function::unknown;
    Field field = Field::id;
    bool negated = false;                   // NOT LIKE, NOT IN
    Operation asked = Operation::attribute; // exists: a field, an attribute or a data path
    std::uint16_t depth = 1;
    std::uint32_t at = 0;   // byte in the text, for errors
    std::uint32_t left = 0; // operands: indices of nodes
    std::uint32_t right = 0;
    std::uint32_t first = 0; // call, in: operands at Program::operands[first, first + count)
    std::uint32_t count = 0;
    std::uint32_t item = 0; // literal, name, path or pattern: index into its table
};

// Built in place and never moved, since literals view its texts.
struct Program {
    Program() = default;
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    std::string text;
    std::vector<Node> nodes; // the root is the last
    std::vector<std::uint32_t> operands;
    std::vector<Datum> literals;
    std::deque<std::string> literalTexts;
    std::vector<std::string> names;
    std::vector<std::vector<PathStep>> paths;
    std::vector<LikePattern> patterns;
};

// "column N", counted from 1 in characters.
std::string columnText(std::string_view text, std::size_t at);

} // namespace weir
