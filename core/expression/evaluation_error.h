// EvaluationError: what went wrong while an expression was evaluated. CESQL is total: there is a value nonetheless.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir {

enum class ErrorKind : std::uint8_t {
    parse,
    math,
    cast,
    missingAttribute,
    missingFunction,
    functionEvaluation,
    generic
};

constexpr std::string_view errorKindName(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::parse:
        return "parse";
    case ErrorKind::math:
        return "math";
    case ErrorKind::cast:
        return "cast";
    case ErrorKind::missingAttribute:
        return "missingAttribute";
    case ErrorKind::missingFunction:
        return "missingFunction";
    case ErrorKind::functionEvaluation:
        return "functionEvaluation";
    case ErrorKind::generic:
        break;
    }
    return "generic";
}

struct EvaluationError {
    ErrorKind kind = ErrorKind::generic;
    std::string message;
};

} // namespace weir
