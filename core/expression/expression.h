// Expression: CloudEvents SQL 1.0 (CESQL), the one language for filters, routing rules, breakpoints, alerts,
// expectations and searches. Parsed once, then immutable: copies are cheap and any number of threads may evaluate it.
// Evaluation never fails and never blocks: there is always a value, and an error beside it where one arose.
//
// Attributes, literals, operators, functions, casts and errors are CESQL's: Integer has 32 bits, NOT binds tighter than
// any binary operator, AND, OR and XOR have one precedence and go from left to right. Where the specification leaves
// the choice: names of attributes and functions are case-insensitive; the first error is reported, and an operation on
// an erroneous operand gives the zero of its type; a sum, difference, product, quotient or negation beyond 32 bits is a
// math error and 0; a backslash in a text escapes only the quote that closes it.
//
// Extensions of Weir, all outside what CESQL accepts:
//   data.items[0].price, data['order-id']   the event's data; numbers there are decimals, null counts as missing
//   kind channel subscription service instance partition offset ordinal attempt reason at latency
//                                           facts of a record, where the event has no attribute of that name
//   99.5  20ms  1.5s  10min  5%  1KiB       exact decimals; durations are seconds, percentages fractions, sizes bytes
//                                           (so an attribute cannot be called 20ms; in "5% 2" the sign is the operator)
//   metric('channel', 'orders', 'waitP99')  a figure of the run
//   state('inventory', 'stock', 'PROD-001') business state of a service; two arguments where it is no table
// An operation that touches one of these is exact decimal, not 32-bit. INT() drops the fraction.
#pragma once

#include "core/expression/evaluation_error.h"
#include "core/expression/subject.h"
#include "core/result.h"

#include <memory>
#include <optional>

namespace weir {

struct Outcome {
    Value value;
    std::optional<EvaluationError> error;
};

class Expression {
  public:
    static constexpr std::size_t lengthMax = 16'384;
    static constexpr int nestingMax = 100; // parentheses, calls and signs inside one another
    static constexpr int depthMax = 1'000; // operators that wait for one another, as in a long chain of ORs

    // The error's `where` is "column N", counted from 1 in characters.
    static Result<Expression> parse(std::string_view text);

    Outcome evaluate(const Subject& subject) const;
    // Whether it is true, and without error: what a filter lets pass.
    bool holds(const Subject& subject) const;

    const std::string& text() const;
    // What cannot work whatever the subject is: a function that does not exist. A filter bar should say so at once.
    std::optional<Error> certainError() const;
    bool readsData() const;
    bool readsRun() const; // metric() or state(): figures of an instant rather than of an event or a record

    bool operator==(const Expression& other) const { return text() == other.text(); }

  private:
    explicit Expression(std::shared_ptr<const struct Program> program) : m_program(std::move(program)) {}
    std::shared_ptr<const struct Program> m_program;
};

} // namespace weir
