#include "core/expression/expression.h"

#include "core/expression/evaluator.h"
#include "core/expression/parser.h"

#include <algorithm>

namespace weir {

Result<Expression> Expression::parse(std::string_view text) {
    auto program = parseProgram(text);
    if (!program)
        return program.error();
    return Expression(std::move(program).value());
}

Outcome Expression::evaluate(const Subject& subject) const {
    Evaluator evaluator(*m_program, subject);
    const Datum result = evaluator.run();
    return {result.value(), evaluator.error()};
}

bool Expression::holds(const Subject& subject) const {
    Evaluator evaluator(*m_program, subject);
    const Datum result = evaluator.run();
    return !evaluator.failed() && result.boolean() && *result.boolean();
}

const std::string& Expression::text() const {
    return m_program->text;
}

std::optional<Error> Expression::certainError() const {
    for (const Node& node : m_program->nodes)
        if (node.operation == Operation::call && node.function == Function::unknown)
            return Error{columnText(m_program->text, node.at), "needs a function that exists",
                         m_program->names[node.item] + " with " + std::to_string(node.count) +
                             (node.count == 1 ? " argument" : " arguments")};
    return std::nullopt;
}

bool Expression::readsData() const {
    return std::any_of(m_program->nodes.begin(), m_program->nodes.end(), [](const Node& node) {
        return node.operation == Operation::dataPath ||
               (node.operation == Operation::exists && node.asked == Operation::dataPath);
    });
}

bool Expression::readsRun() const {
    return std::any_of(m_program->nodes.begin(), m_program->nodes.end(), [](const Node& node) {
        return node.operation == Operation::call &&
               (node.function == Function::metric || node.function == Function::state);
    });
}

} // namespace weir
