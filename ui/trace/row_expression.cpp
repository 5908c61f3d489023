#include "ui/trace/row_expression.h"

#include "ui/errors/error_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

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

RowExpression rowCondition(const QString& text) {
    // At the end, or after what joins conditions; data may be true or false by itself.
    static const QRegularExpression bare(
        QStringLiteral(R"((?:^|\b(?:AND|OR|XOR|NOT)\s|\()\s*([A-Za-z][A-Za-z0-9]*)\s*$)"),
        QRegularExpression::CaseInsensitiveOption);
    RowExpression read = rowExpression(text);
    if (!read.expression)
        return read;
    const QString name = bare.match(text).captured(1);
    if (name.isEmpty() || name.compare(QLatin1String("true"), Qt::CaseInsensitive) == 0 ||
        name.compare(QLatin1String("false"), Qt::CaseInsensitive) == 0)
        return read;
    return {std::nullopt, Words::tr("%1 alone is no condition: compare it, such as kind = 'failed'").arg(name)};
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
