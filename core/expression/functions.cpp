// The functions of CESQL 1.0 and of the extensions. Positions and lengths count characters, not bytes.
#include "core/expression/evaluator.h"

#include "core/letter_case.h"
#include "core/utf8.h"

#include <algorithm>
#include <limits>

namespace weir {
namespace {

constexpr std::size_t textMax = 1 << 20; // what CONCAT may make, so that a filter cannot eat the memory

// Unicode's White_Space property.
bool isWhiteSpace(char32_t c) {
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

std::string_view trimmed(std::string_view text) {
    std::size_t from = 0;
    while (const std::size_t length = characterLength(text, from)) {
        if (!isWhiteSpace(decoded(text, from, length)))
            break;
        from += length;
    }
    text.remove_prefix(from);
    while (!text.empty()) {
        std::size_t last = text.size() - 1;
        while (last > 0 && isContinuation(text[last]))
            --last;
        const std::size_t length = characterLength(text, last);
        if (last + length != text.size() || !isWhiteSpace(decoded(text, last, length)))
            break;
        text.remove_suffix(length);
    }
    return text;
}

} // namespace

Datum Evaluator::call(const Node& node) {
    switch (node.function) {
    case Function::length:
    case Function::lower:
    case Function::upper:
    case Function::trim:
        return textFunction(node);
    case Function::concat:
        return concat(node, false);
    case Function::concatWs:
        return concat(node, true);
    case Function::left:
    case Function::right:
        return piece(node);
    case Function::substring:
        return substring(node);
    case Function::abs:
        return absolute(node);
    case Function::toInt:
    case Function::toBool:
    case Function::toString:
    case Function::isInt:
    case Function::isBool:
        return cast(node);
    case Function::metric:
    case Function::state:
        return asked(node);
    case Function::unknown:
        break;
    }
    fail(ErrorKind::missingFunction, node);
    return Datum::boolean(false);
}

Datum Evaluator::textFunction(const Node& node) {
    const Datum operand = argument(node, 0);
    if (failed())
        return node.function == Function::length ? Datum::integer(0) : Datum::text("");
    const std::string_view text = toText(operand);
    switch (node.function) {
    case Function::length:
        return Datum::integer(static_cast<std::int32_t>(
            std::min<std::size_t>(characterCount(text), std::numeric_limits<std::int32_t>::max())));
    case Function::lower:
        return Datum::text(own(lowerCase(text)));
    case Function::upper:
        return Datum::text(own(upperCase(text)));
    default:
        return Datum::text(trimmed(text));
    }
}

Datum Evaluator::concat(const Node& node, bool withSeparator) {
    std::string_view separator;
    std::string result;
    for (std::uint32_t i = 0; i < node.count; ++i) {
        const Datum operand = argument(node, i);
        if (failed())
            return Datum::text("");
        const std::string_view text = toText(operand);
        if (withSeparator && i == 0) {
            separator = text;
            continue;
        }
        if (withSeparator && i > 1)
            result += separator;
        result += text;
        if (result.size() > textMax) {
            fail(ErrorKind::functionEvaluation, node, "needs a result of at most 1 MiB");
            return Datum::text("");
        }
    }
    return Datum::text(own(std::move(result)));
}

Datum Evaluator::piece(const Node& node) {
    const Datum operand = argument(node, 0);
    const Datum wanted = failed() ? Datum() : argument(node, 1);
    const std::int32_t count = failed() ? 0 : toInteger(node, wanted);
    if (failed())
        return Datum::text("");
    const std::string_view text = toText(operand);
    if (count < 0) {
        fail(ErrorKind::functionEvaluation, node, "needs a length of 0 or more", wanted);
        return Datum::text(text);
    }
    const auto length = static_cast<std::size_t>(count);
    if (node.function == Function::left)
        return Datum::text(text.substr(0, characterOffset(text, length)));
    const std::size_t all = characterCount(text);
    return Datum::text(length >= all ? text : text.substr(characterOffset(text, all - length)));
}

Datum Evaluator::substring(const Node& node) {
    const Datum operand = argument(node, 0);
    const Datum start = failed() ? Datum() : argument(node, 1);
    const bool open = node.count == 2;
    const Datum wanted = failed() || open ? Datum() : argument(node, 2);
    if (failed())
        return Datum::text("");
    const std::string_view text = toText(operand);
    const std::int64_t all = static_cast<std::int64_t>(characterCount(text));
    const std::int64_t position = toInteger(node, start);
    const std::int64_t length = open ? all : toInteger(node, wanted);
    if (failed())
        return Datum::text("");
    if (position > all || position < -all)
        fail(ErrorKind::functionEvaluation, node, "needs a position within the text", start);
    else if (length < 0)
        fail(ErrorKind::functionEvaluation, node, "needs a length of 0 or more", wanted);
    if (failed() || position == 0)
        return Datum::text("");
    const auto first = static_cast<std::size_t>(position > 0 ? position - 1 : all + position);
    const std::string_view rest = text.substr(characterOffset(text, first));
    return Datum::text(rest.substr(0, characterOffset(rest, static_cast<std::size_t>(length))));
}

Datum Evaluator::absolute(const Node& node) {
    const Datum operand = argument(node, 0);
    if (failed())
        return Datum::integer(0);
    if (const Decimal* number = operand.decimal())
        return Datum::decimal(*number < Decimal() ? -*number : *number);
    const std::int32_t number = toInteger(node, operand);
    if (number == std::numeric_limits<std::int32_t>::min()) {
        fail(ErrorKind::math, node, "needs a number whose opposite has 32 bits", operand);
        return Datum::integer(std::numeric_limits<std::int32_t>::max());
    }
    return Datum::integer(number < 0 ? -number : number);
}

Datum Evaluator::cast(const Node& node) {
    const Datum operand = argument(node, 0);
    if (node.function == Function::toString)
        return Datum::text(failed() ? std::string_view() : toText(operand));
    if (node.function == Function::toInt)
        return Datum::integer(failed() ? 0 : toInteger(node, operand));
    if (failed())
        return Datum::boolean(false);
    if (node.function == Function::toBool)
        return Datum::boolean(toBoolean(node, operand));
    // IS_INT and IS_BOOL: of that type, or a text that can be read as one.
    if (!operand.text())
        return Datum::boolean(node.function == Function::isInt ? operand.integer() != nullptr
                                                               : operand.boolean() != nullptr);
    Evaluator attempt(m_program, m_subject);
    if (node.function == Function::isInt)
        attempt.toInteger(node, operand);
    else
        attempt.toBoolean(node, operand);
    return Datum::boolean(!attempt.failed());
}

// What the subject knows beyond the event: figures of the run, business state.
Datum Evaluator::asked(const Node& node) {
    std::string_view words[3];
    for (std::uint32_t i = 0; i < node.count; ++i) {
        const Datum operand = argument(node, i);
        if (failed())
            return Datum::integer(0);
        words[i] = toText(operand);
    }
    const Datum answer = node.function == Function::metric
                             ? m_subject.metric({.scope = words[0], .name = words[1], .figure = words[2]})
                             : m_subject.state({.service = words[0], .name = words[1], .key = words[2]});
    if (!answer.isAbsent())
        return answer;
    fail(ErrorKind::functionEvaluation, node,
         node.function == Function::metric ? "there is no such figure here" : "there is no such state here",
         Datum::text(words[1]));
    return Datum::integer(0);
}

} // namespace weir
