#include "core/expression/parser.h"

#include "core/expression/expression.h"
#include "core/expression/lexer.h"
#include "core/letter_case.h"
#include "core/utf8.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace weir {

std::string columnText(std::string_view text, std::size_t at) {
    return "column " + std::to_string(1 + characterCount(text.substr(0, at)));
}

namespace {

struct FunctionName {
    std::string_view name;
    std::uint32_t argumentsMin;
    std::uint32_t argumentsMax;
    Function function;
};
constexpr std::uint32_t anyNumber = std::numeric_limits<std::uint32_t>::max();
constexpr std::array functions{FunctionName{"LENGTH", 1, 1, Function::length},
                               FunctionName{"CONCAT", 0, anyNumber, Function::concat},
                               FunctionName{"CONCAT_WS", 1, anyNumber, Function::concatWs},
                               FunctionName{"LOWER", 1, 1, Function::lower},
                               FunctionName{"UPPER", 1, 1, Function::upper},
                               FunctionName{"TRIM", 1, 1, Function::trim},
                               FunctionName{"LEFT", 2, 2, Function::left},
                               FunctionName{"RIGHT", 2, 2, Function::right},
                               FunctionName{"SUBSTRING", 2, 3, Function::substring},
                               FunctionName{"ABS", 1, 1, Function::abs},
                               FunctionName{"INT", 1, 1, Function::toInt},
                               FunctionName{"BOOL", 1, 1, Function::toBool},
                               FunctionName{"STRING", 1, 1, Function::toString},
                               FunctionName{"IS_INT", 1, 1, Function::isInt},
                               FunctionName{"IS_BOOL", 1, 1, Function::isBool},
                               FunctionName{"METRIC", 3, 3, Function::metric},
                               FunctionName{"STATE", 2, 3, Function::state}};

Function functionNamed(std::string_view name, std::size_t arguments) {
    for (const FunctionName& known : functions)
        if (known.name == name && arguments >= known.argumentsMin && arguments <= known.argumentsMax)
            return known.function;
    return Function::unknown;
}

struct Binary {
    Operation operation;
    int precedence;
};
std::optional<Binary> binaryOperation(TokenKind kind) {
    switch (kind) {
    case TokenKind::orWord:
        return Binary{Operation::logicalOr, 1};
    case TokenKind::andWord:
        return Binary{Operation::logicalAnd, 1};
    case TokenKind::xorWord:
        return Binary{Operation::logicalXor, 1};
    case TokenKind::equal:
        return Binary{Operation::equal, 2};
    case TokenKind::notEqual:
        return Binary{Operation::notEqual, 2};
    case TokenKind::less:
        return Binary{Operation::less, 2};
    case TokenKind::lessOrEqual:
        return Binary{Operation::lessOrEqual, 2};
    case TokenKind::greater:
        return Binary{Operation::greater, 2};
    case TokenKind::greaterOrEqual:
        return Binary{Operation::greaterOrEqual, 2};
    case TokenKind::plus:
        return Binary{Operation::add, 3};
    case TokenKind::minus:
        return Binary{Operation::subtract, 3};
    case TokenKind::times:
        return Binary{Operation::multiply, 4};
    case TokenKind::slash:
        return Binary{Operation::divide, 4};
    case TokenKind::percent:
        return Binary{Operation::modulo, 4};
    default:
        return std::nullopt;
    }
}

using Index = std::optional<std::uint32_t>; // of a node; nothing once an error stands

class Parser {
  public:
    explicit Parser(std::string_view text) : m_program(std::make_shared<Program>()), m_lexer(text), m_text(text) {
        m_program->text = text;
    }

    Result<std::shared_ptr<const Program>> parse() {
        advance();
        if (binary(1) && m_token.kind != TokenKind::end)
            fail(m_token.kind == TokenKind::close ? "needs a '(' for this ')'" : "needs an operator or the end");
        if (m_error)
            return *m_error;
        return std::shared_ptr<const Program>(std::move(m_program));
    }

  private:
    std::nullopt_t failAt(std::size_t at, std::string what, std::string given) {
        if (!m_error)
            m_error = Error{columnText(m_text, at), std::move(what), std::move(given)};
        return std::nullopt;
    }
    std::nullopt_t fail(std::string what) {
        if (m_token.kind == TokenKind::bad)
            what = m_token.problem;
        return failAt(m_token.at, std::move(what), given());
    }
    std::string given() const {
        if (m_token.at == m_text.size())
            return "the end";
        const std::string_view written = m_text.substr(m_token.at, m_token.end - m_token.at);
        const std::size_t cut = characterOffset(written, 20);
        return std::string(written.substr(0, cut)) + (cut < written.size() ? "..." : "");
    }

    void advance() { m_token = m_lexer.next(); }
    bool take(TokenKind kind) {
        if (m_token.kind != kind)
            return false;
        advance();
        return true;
    }

    Index add(Node node, std::size_t at) {
        node.at = static_cast<std::uint32_t>(at);
        int depth = 0;
        const auto under = [&](std::uint32_t child) { depth = std::max<int>(depth, m_program->nodes[child].depth); };
        if (node.operation >= Operation::negate && node.operation != Operation::call)
            under(node.left);
        if (node.operation >= Operation::logicalAnd && node.operation <= Operation::subtract)
            under(node.right);
        for (std::uint32_t i = 0; i < node.count; ++i)
            under(m_program->operands[node.first + i]);
        if (depth >= Expression::depthMax)
            return failAt(at, "needs at most 1000 operators in a chain; parentheses halve it", "");
        node.depth = static_cast<std::uint16_t>(depth + 1);
        m_program->nodes.push_back(node);
        return static_cast<std::uint32_t>(m_program->nodes.size() - 1);
    }

    Index literal(Datum value, std::size_t at) {
        Node node;
        node.item = static_cast<std::uint32_t>(m_program->literals.size());
        m_program->literals.push_back(value);
        return add(node, at);
    }

    Index binary(int precedenceMin) {
        Index left = postfix();
        while (left) {
            const auto found = binaryOperation(m_token.kind);
            if (!found || found->precedence < precedenceMin)
                break;
            const std::size_t at = m_token.at;
            advance();
            const Index right = binary(found->precedence + 1); // all go from left to right
            if (!right)
                return right;
            Node node;
            node.operation = found->operation;
            node.left = *left;
            node.right = *right;
            left = add(node, at);
        }
        return left;
    }

    Index postfix() {
        Index left = unary();
        while (left) {
            const std::size_t at = m_token.at;
            const bool negated = take(TokenKind::notWord);
            if (take(TokenKind::likeWord))
                left = like(*left, negated, at);
            else if (take(TokenKind::inWord))
                left = in(*left, negated, at);
            else if (negated)
                return fail("needs LIKE or IN after NOT");
            else
                break;
        }
        return left;
    }

    Index like(std::uint32_t left, bool negated, std::size_t at) {
        if (m_token.kind != TokenKind::text)
            return fail("needs a pattern in quotes after LIKE");
        Node node;
        node.operation = Operation::like;
        node.left = left;
        node.negated = negated;
        node.item = static_cast<std::uint32_t>(m_program->patterns.size());
        m_program->patterns.emplace_back(m_token.content);
        advance();
        return add(node, at);
    }

    Index in(std::uint32_t left, bool negated, std::size_t at) {
        if (!take(TokenKind::open))
            return fail("needs '(' after IN");
        Node node;
        node.operation = Operation::in;
        node.left = left;
        node.negated = negated;
        return list(node, at, false);
    }

    // What stands between '(' and ')', separated by commas; the '(' is taken.
    Index list(Node node, std::size_t at, bool mayBeEmpty) {
        const Nesting nesting(*this);
        if (m_nesting > Expression::nestingMax)
            return fail("needs at most 100 levels of nesting");
        std::vector<std::uint32_t> operands;
        if (!mayBeEmpty || m_token.kind != TokenKind::close) {
            do {
                const Index operand = binary(1);
                if (!operand)
                    return operand;
                operands.push_back(*operand);
            } while (take(TokenKind::comma));
        }
        if (m_token.kind != TokenKind::close)
            return fail("needs ',' or ')'");
        advance();
        node.first = static_cast<std::uint32_t>(m_program->operands.size());
        node.count = static_cast<std::uint32_t>(operands.size());
        m_program->operands.insert(m_program->operands.end(), operands.begin(), operands.end());
        if (node.operation == Operation::call)
            node.function = functionNamed(m_program->names[node.item], operands.size());
        return add(node, at);
    }

    Index unary() {
        const Token sign = m_token;
        if (sign.kind != TokenKind::minus && sign.kind != TokenKind::plus && sign.kind != TokenKind::notWord)
            return primary();
        const Nesting nesting(*this);
        if (m_nesting > Expression::nestingMax)
            return fail("needs at most 100 levels of nesting");
        advance();
        // A sign that touches a number belongs to it: -2147483648 is a literal.
        if (sign.kind != TokenKind::notWord && m_token.at == sign.end &&
            (m_token.kind == TokenKind::integer || m_token.kind == TokenKind::quantity))
            return number(sign.kind == TokenKind::minus, sign.at);
        if (sign.kind == TokenKind::plus)
            return failAt(sign.at, "needs a value; '+' here goes only before a number", "+");
        const Index operand = unary();
        if (!operand)
            return operand;
        Node node;
        node.operation = sign.kind == TokenKind::minus ? Operation::negate : Operation::logicalNot;
        node.left = *operand;
        return add(node, sign.at);
    }

    Index number(bool negative, std::size_t at) {
        const Decimal value = negative ? -m_token.number : m_token.number;
        if (m_token.kind == TokenKind::quantity) {
            advance();
            return literal(Datum::decimal(value), at);
        }
        const auto whole = value.whole();
        if (!whole || *whole < std::numeric_limits<std::int32_t>::min() ||
            *whole > std::numeric_limits<std::int32_t>::max())
            return failAt(at, "needs an integer of 32 bits, or a point (3000000000.0)", given());
        advance();
        return literal(Datum::integer(static_cast<std::int32_t>(*whole)), at);
    }

    Index primary() {
        const std::size_t at = m_token.at;
        switch (m_token.kind) {
        case TokenKind::integer:
        case TokenKind::quantity:
            return number(false, at);
        case TokenKind::truth: {
            const bool truth = m_token.truth;
            advance();
            return literal(Datum::boolean(truth), at);
        }
        case TokenKind::text:
            m_program->literalTexts.push_back(std::move(m_token.content));
            advance();
            return literal(Datum::text(m_program->literalTexts.back()), at);
        case TokenKind::existsWord: {
            advance();
            if ((m_token.kind != TokenKind::word && m_token.kind != TokenKind::dataPath) || !isAttributeName(m_token))
                return fail("needs the name of an attribute after EXISTS");
            Node node = named(takeToken());
            node.asked = node.operation;
            node.operation = Operation::exists;
            return add(node, at);
        }
        case TokenKind::open: {
            const Nesting nesting(*this);
            if (m_nesting > Expression::nestingMax)
                return fail("needs at most 100 levels of nesting");
            advance();
            const Index inner = binary(1);
            if (inner && !take(TokenKind::close))
                return fail("needs ')'");
            return inner;
        }
        case TokenKind::word:
            return nameOrCall();
        case TokenKind::dataPath:
            return add(named(takeToken()), at);
        default:
            return fail("needs a value, a name or '('");
        }
    }

    Token takeToken() {
        Token token = std::move(m_token);
        advance();
        return token;
    }

    static bool isAttributeName(const Token& word) { return word.content.find('_') == std::string::npos; }

    Index nameOrCall() {
        const Token name = takeToken();
        if (m_token.kind != TokenKind::open) {
            if (!isAttributeName(name))
                return failAt(name.at, "needs a name of letters and digits, or '(' after a function's name",
                              name.content);
            return add(named(name), name.at);
        }
        const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
        if (std::any_of(name.content.begin(), name.content.end(), isDigit))
            return failAt(name.at, "needs a function's name of letters and _", name.content);
        advance();
        Node node;
        node.operation = Operation::call;
        node.item = static_cast<std::uint32_t>(m_program->names.size());
        m_program->names.push_back(upperCase(name.content));
        return list(node, name.at, true);
    }

    // A word or path as a field, an attribute or a place in the data.
    Node named(const Token& token) {
        Node node;
        if (token.kind == TokenKind::dataPath) {
            node.operation = Operation::dataPath;
            node.item = static_cast<std::uint32_t>(m_program->paths.size());
            m_program->paths.push_back(token.path);
            return node;
        }
        std::string name = lowerCase(token.content);
        if (const auto field = fieldNamed(name)) {
            node.operation = Operation::field;
            node.field = *field;
            return node;
        }
        node.operation = Operation::attribute;
        node.item = static_cast<std::uint32_t>(m_program->names.size());
        m_program->names.push_back(std::move(name));
        return node;
    }

    struct Nesting {
        explicit Nesting(Parser& owner) : parser(owner) { ++parser.m_nesting; }
        ~Nesting() { --parser.m_nesting; }
        Nesting(const Nesting&) = delete;
        Nesting& operator=(const Nesting&) = delete;
        Parser& parser;
    };

    std::shared_ptr<Program> m_program;
    Lexer m_lexer;
    std::string_view m_text;
    Token m_token;
    std::optional<Error> m_error;
    int m_nesting = 0;
};

} // namespace

Result<std::shared_ptr<const Program>> parseProgram(std::string_view text) {
    if (text.size() > Expression::lengthMax)
        return Error{columnText(text, Expression::lengthMax), "needs at most 16384 bytes", std::to_string(text.size())};
    if (!isUtf8(text))
        return Error{"column 1", "needs UTF-8", ""};
    return Parser(text).parse();
}

} // namespace weir
