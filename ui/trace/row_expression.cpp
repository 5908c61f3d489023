#include "ui/trace/row_expression.h"

#include "ui/errors/error_text.h"

#include <QCoreApplication>

namespace weir {
namespace {

constexpr std::size_t cellMax = 200; // of a list or table; more is read in the details

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::RowExpression)
};

} // namespace

RowExpression rowExpression(const QString& text) {
    if (text.trimmed().isEmpty())
        return {};
    const Result<Expression> parsed = Expression::parse(text.toStdString());
    if (!parsed)
        return {std::nullopt, errorText(parsed.error())};
    if (const auto certain = parsed->certainError())
        return {std::nullopt, errorText(*certain)};
    if (parsed->readsRun())
        return {std::nullopt, Words::tr("metric() and state() are figures of the run: a record has none")};
    return {*parsed, {}};
}

QString cellText(const Expression& expression, const Subject& subject) {
    const Outcome outcome = expression.evaluate(subject);
    if (outcome.error || outcome.value.isNull())
        return {};
    if (const std::string* text = outcome.value.text())
        return QString::fromStdString(*text);
    return QString::fromStdString(outcome.value.canonical().substr(0, cellMax));
}

} // namespace weir
