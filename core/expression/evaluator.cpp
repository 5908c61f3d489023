#include "core/expression/evaluator.h"

#include "core/letter_case.h"

#include <charconv>
#include <limits>

namespace weir {
namespace {

constexpr std::int64_t integerMin = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t integerMax = std::numeric_limits<std::int32_t>::max();

std::optional<bool> parsedBoolean(std::string_view text) {
    const auto is = [text](std::string_view word) { return text.size() == word.size() && lowerCase(text) == word; };
    return is("true") ? std::optional(true) : is("false") ? std::optional(false) : std::nullopt;
}

std::optional<std::int32_t> parsedInteger(std::string_view text) {
    if (!text.empty() && text.front() == '+' && (text.size() < 2 || text[1] != '-'))
        text.remove_prefix(1);
    std::int32_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::string pathText(const std::vector<PathStep>& path) {
    std::string text = "data";
    for (const PathStep& step : path)
        text += step.isIndex ? '[' + std::to_string(step.index) + ']' : '[' + Value(step.name).canonical() + ']';
    return text;
}

} // namespace

std::optional<EvaluationError> Evaluator::error() const {
    if (!m_failed)
        return std::nullopt;
    std::string message = columnText(m_program.text, m_failed->at) + ": ";
    switch (m_kind) {
    case ErrorKind::missingAttribute:
        message += m_failed->operation == Operation::dataPath
                       ? "there is no " + pathText(m_program.paths[m_failed->item])
                   : m_failed->operation == Operation::field ? "there is no " + std::string(fieldName(m_failed->field))
                                                             : "there is no " + m_program.names[m_failed->item];
        break;
    case ErrorKind::missingFunction:
        message += "there is no function " + m_program.names[m_failed->item] + " with " +
                   std::to_string(m_failed->count) + (m_failed->count == 1 ? " argument" : " arguments");
        break;
    case ErrorKind::cast:
        message += m_culprit.shown() + " is no " + m_detail;
        break;
    default:
        message += m_detail;
        if (!m_culprit.isAbsent())
            message += ", got " + m_culprit.shown();
    }
    return EvaluationError{m_kind, std::move(message)};
}

Datum Evaluator::evaluate(std::uint32_t index) {
    const Node& node = m_program.nodes[index];
    switch (node.operation) {
    case Operation::literal:
        return m_program.literals[node.item];
    case Operation::field:
    case Operation::attribute:
    case Operation::dataPath:
        return read(node);
    case Operation::exists:
        return Datum::boolean(exists(node));
    case Operation::negate:
        return negate(node);
    case Operation::logicalNot: {
        const Datum operand = evaluate(node.left);
        const bool truth = !failed() && toBoolean(node, operand);
        return Datum::boolean(!failed() && !truth);
    }
    case Operation::logicalAnd:
    case Operation::logicalOr:
    case Operation::logicalXor:
        return logical(node);
    case Operation::equal:
    case Operation::notEqual:
        return equal(node);
    case Operation::less:
    case Operation::lessOrEqual:
    case Operation::greater:
    case Operation::greaterOrEqual:
        return ordered(node);
    case Operation::multiply:
    case Operation::divide:
    case Operation::modulo:
    case Operation::add:
    case Operation::subtract:
        return arithmetic(node);
    case Operation::like:
        return like(node);
    case Operation::in:
        return in(node);
    case Operation::call:
        return call(node);
    }
    return {};
}

Datum Evaluator::read(const Node& node) {
    if (node.operation == Operation::field) {
        const Datum found = m_subject.field(node.field);
        return found.isAbsent() ? missing(node) : found;
    }
    if (node.operation == Operation::attribute) {
        const Datum found = m_subject.attribute(m_program.names[node.item]);
        return found.isAbsent() ? missing(node) : found;
    }
    const Value* found = inData(node);
    return found && !found->isNull() ? Datum::data(*found) : missing(node);
}

Datum Evaluator::missing(const Node& node) {
    fail(ErrorKind::missingAttribute, node);
    return Datum::boolean(false);
}

const Value* Evaluator::inData(const Node& node) const {
    const Value* place = m_subject.data();
    for (const PathStep& step : m_program.paths[node.item]) {
        if (!place)
            return nullptr;
        if (!step.isIndex) {
            place = place->member(step.name);
        } else {
            const Value::List* list = place->list();
            place = list && step.index < list->size() ? &(*list)[step.index] : nullptr;
        }
    }
    return place;
}

bool Evaluator::exists(const Node& node) const {
    if (node.asked == Operation::field)
        return !m_subject.field(node.field).isAbsent();
    if (node.asked == Operation::attribute)
        return !m_subject.attribute(m_program.names[node.item]).isAbsent();
    const Value* found = inData(node);
    return found && !found->isNull();
}

Datum Evaluator::negate(const Node& node) {
    const Datum operand = evaluate(node.left);
    if (failed())
        return Datum::integer(0);
    if (const Decimal* number = operand.decimal())
        return Datum::decimal(-*number);
    const std::int64_t number = -std::int64_t{toInteger(node, operand)};
    if (number > integerMax)
        fail(ErrorKind::math, node, "needs a result of 32 bits", operand);
    return Datum::integer(failed() ? 0 : static_cast<std::int32_t>(number));
}

Datum Evaluator::logical(const Node& node) {
    const Datum left = evaluate(node.left);
    const bool first = !failed() && toBoolean(node, left);
    if (failed() || (node.operation == Operation::logicalAnd && !first))
        return Datum::boolean(false);
    if (node.operation == Operation::logicalOr && first)
        return Datum::boolean(true);
    const Datum right = evaluate(node.right);
    const bool second = !failed() && toBoolean(node, right);
    if (failed())
        return Datum::boolean(false);
    return Datum::boolean(node.operation == Operation::logicalXor ? first != second : second);
}

// `target` decides the type that both take.
bool Evaluator::same(const Node& node, const Datum& left, const Datum& right, const Datum& target) {
    if (left.decimal() && right.decimal())
        return *left.decimal() == *right.decimal();
    if (target.boolean())
        return toBoolean(node, left) == toBoolean(node, right);
    if (target.decimal() || (target.integer() && (left.decimal() || right.decimal())))
        return toDecimal(node, left) == toDecimal(node, right);
    if (target.integer())
        return toInteger(node, left) == toInteger(node, right);
    if (left.structure() && right.structure())
        return *left.structure() == *right.structure();
    return toText(left) == toText(right);
}

Datum Evaluator::equal(const Node& node) {
    const Datum left = evaluate(node.left);
    const Datum right = failed() ? Datum() : evaluate(node.right);
    const bool result = !failed() && same(node, left, right, right) == (node.operation == Operation::equal);
    return Datum::boolean(!failed() && result);
}

Datum Evaluator::ordered(const Node& node) {
    const Datum left = evaluate(node.left);
    const Datum right = failed() ? Datum() : evaluate(node.right);
    if (failed())
        return Datum::boolean(false);
    std::strong_ordering order = std::strong_ordering::equal;
    if (left.decimal() || right.decimal()) {
        const Decimal first = toDecimal(node, left);
        order = first <=> toDecimal(node, right);
    } else {
        const std::int32_t first = toInteger(node, left);
        order = first <=> toInteger(node, right);
    }
    const bool result = node.operation == Operation::less          ? order < 0
                        : node.operation == Operation::lessOrEqual ? order <= 0
                        : node.operation == Operation::greater     ? order > 0
                                                                   : order >= 0;
    return Datum::boolean(!failed() && result);
}

Datum Evaluator::arithmetic(const Node& node) {
    const Datum left = evaluate(node.left);
    const Datum right = failed() ? Datum() : evaluate(node.right);
    if (failed())
        return Datum::integer(0);
    if (left.decimal() || right.decimal()) {
        const Decimal first = toDecimal(node, left);
        const Decimal second = toDecimal(node, right);
        return failed() ? Datum::integer(0) : decimalArithmetic(node, first, second);
    }
    const std::int64_t first = toInteger(node, left);
    const std::int64_t second = toInteger(node, right);
    if (failed())
        return Datum::integer(0);
    std::int64_t result = 0;
    if (node.operation == Operation::add) {
        result = first + second;
    } else if (node.operation == Operation::subtract) {
        result = first - second;
    } else if (node.operation == Operation::multiply) {
        result = first * second;
    } else if (second == 0) {
        fail(ErrorKind::math, node, "needs a divisor other than 0");
    } else {
        result = node.operation == Operation::divide ? first / second : first % second;
    }
    if (result < integerMin || result > integerMax) {
        fail(ErrorKind::math, node, "needs a result of 32 bits; write a number with a point for more");
        result = 0;
    }
    return Datum::integer(static_cast<std::int32_t>(result));
}

Datum Evaluator::decimalArithmetic(const Node& node, const Decimal& left, const Decimal& right) {
    switch (node.operation) {
    case Operation::add:
        return Datum::decimal(left + right);
    case Operation::subtract:
        return Datum::decimal(left - right);
    case Operation::multiply:
        return Datum::decimal(left * right);
    default:
        break;
    }
    const auto result = node.operation == Operation::divide ? weir::divide(left, right) : remainder(left, right);
    if (!result)
        fail(ErrorKind::math, node,
             right == Decimal() ? "needs a divisor other than 0" : "needs a dividend nearer to its divisor");
    return Datum::decimal(result.value_or(Decimal()));
}

Datum Evaluator::like(const Node& node) {
    const Datum operand = evaluate(node.left);
    if (failed())
        return Datum::boolean(false);
    return Datum::boolean(m_program.patterns[node.item].matches(toText(operand)) != node.negated);
}

Datum Evaluator::in(const Node& node) {
    const Datum left = evaluate(node.left);
    bool found = false;
    for (std::uint32_t i = 0; i < node.count && !failed(); ++i) {
        const Datum element = evaluate(m_program.operands[node.first + i]);
        found = !failed() && (same(node, left, element, left) || found); // every element is cast, found or not
    }
    return Datum::boolean(!failed() && found != node.negated);
}

bool Evaluator::toBoolean(const Node& node, const Datum& datum) {
    if (const bool* truth = datum.boolean())
        return *truth;
    if (const std::int32_t* number = datum.integer())
        return *number != 0;
    if (const Decimal* number = datum.decimal())
        return *number != Decimal();
    if (const std::string_view* text = datum.text())
        if (const auto truth = parsedBoolean(*text))
            return *truth;
    fail(ErrorKind::cast, node, "Boolean", datum);
    return false;
}

std::int32_t Evaluator::toInteger(const Node& node, const Datum& datum) {
    if (const std::int32_t* number = datum.integer())
        return *number;
    if (const bool* truth = datum.boolean())
        return *truth ? 1 : 0;
    if (const std::string_view* text = datum.text())
        if (const auto number = parsedInteger(*text))
            return *number;
    if (const Decimal* number = datum.decimal()) {
        const auto whole = (*number - remainder(*number, Decimal(1)).value_or(Decimal())).whole();
        if (whole && *whole >= integerMin && *whole <= integerMax)
            return static_cast<std::int32_t>(*whole);
    }
    fail(ErrorKind::cast, node, "Integer of 32 bits", datum);
    return 0;
}

Decimal Evaluator::toDecimal(const Node& node, const Datum& datum) {
    if (const Decimal* number = datum.decimal())
        return *number;
    if (const std::int32_t* number = datum.integer())
        return Decimal(*number);
    if (const bool* truth = datum.boolean())
        return Decimal(*truth ? 1 : 0);
    if (const std::string_view* text = datum.text())
        if (const auto number = Decimal::parse(text->substr(0, 1) == "+" ? text->substr(1) : *text))
            return *number;
    fail(ErrorKind::cast, node, "number", datum);
    return {};
}

std::string_view Evaluator::toText(const Datum& datum) {
    if (const std::string_view* text = datum.text())
        return *text;
    if (const bool* truth = datum.boolean())
        return *truth ? "true" : "false";
    return own(datum.value().canonical());
}

} // namespace weir
