// Evaluator: walks a program once for one subject. Within core/expression only.
//
// An operation on an erroneous operand gives the zero of its type and leaves the error as it is; only the operation
// that raised an error chooses its own value (ABS of the least integer, LEFT with a negative length).
#pragma once

#include "core/expression/evaluation_error.h"
#include "core/expression/program.h"
#include "core/expression/subject.h"

#include <forward_list>
#include <optional>
#include <span>

namespace weir {

class Evaluator {
  public:
    Evaluator(const Program& program, const Subject& subject) : m_program(program), m_subject(subject) {}

    // Views into the subject and into this evaluator.
    Datum run() { return evaluate(static_cast<std::uint32_t>(m_program.nodes.size() - 1)); }
    bool failed() const { return m_failed != nullptr; }
    std::optional<EvaluationError> error() const;

  private:
    Datum evaluate(std::uint32_t index);
    Datum read(const Node& node);
    Datum missing(const Node& node);
    bool exists(const Node& node) const;
    const Value* inData(const Node& node) const;
    Datum negate(const Node& node);
    Datum logical(const Node& node);
    Datum equal(const Node& node);
    Datum ordered(const Node& node);
    Datum arithmetic(const Node& node);
    Datum decimalArithmetic(const Node& node, const Decimal& left, const Decimal& right);
    Datum like(const Node& node);
    Datum in(const Node& node);
    bool same(const Node& node, const Datum& left, const Datum& right, const Datum& target);

    Datum call(const Node& node);
    Datum argument(const Node& node, std::uint32_t which) { return evaluate(m_program.operands[node.first + which]); }
    Datum concat(const Node& node, bool withSeparator);
    Datum textFunction(const Node& node);
    Datum piece(const Node& node);
    Datum substring(const Node& node);
    Datum absolute(const Node& node);
    Datum cast(const Node& node);
    Datum asked(const Node& node);

    // Casts; where one is not possible they fail and give the zero of their type.
    bool toBoolean(const Node& node, const Datum& datum);
    std::int32_t toInteger(const Node& node, const Datum& datum);
    Decimal toDecimal(const Node& node, const Datum& datum);
    std::string_view toText(const Datum& datum); // always possible

    std::string_view own(std::string text) { return m_texts.emplace_front(std::move(text)); }
    void fail(ErrorKind kind, const Node& node, const char* detail = "", Datum culprit = {}) {
        if (m_failed)
            return; // the first error counts
        m_failed = &node;
        m_kind = kind;
        m_detail = detail;
        m_culprit = culprit;
    }

    const Program& m_program;
    const Subject& m_subject;
    const Node* m_failed = nullptr;
    ErrorKind m_kind = ErrorKind::generic;
    const char* m_detail = "";
    Datum m_culprit;
    std::forward_list<std::string> m_texts; // results of functions, for as long as the evaluation lasts
};

} // namespace weir
