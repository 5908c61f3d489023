#include "ui/trace/filter_words.h"

#include "core/expression/field.h"
#include "core/record/record.h"

#include <QRegularExpression>

namespace weir {
namespace {

constexpr qsizetype wordsMax = 200;

QString toQString(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

template <class Table> QStringList namesOf(const Table& table) {
    QStringList names;
    for (std::size_t i = 0; i < table.size() && names.size() < wordsMax; ++i)
        names << toQString(table[i].name);
    return names;
}

QStringList valuesOf(const QString& field, const Catalogue* catalogue) {
    if (field == QLatin1String("kind")) {
        QStringList kinds;
        for (std::size_t i = 0; i < recordKindCount; ++i)
            kinds << toQString(name(static_cast<RecordKind>(i)));
        return kinds;
    }
    if (!catalogue)
        return {};
    if (field == QLatin1String("type"))
        return namesOf(catalogue->eventTypes());
    if (field == QLatin1String("channel"))
        return namesOf(catalogue->channels());
    if (field == QLatin1String("service") || field == QLatin1String("source"))
        return namesOf(catalogue->services());
    if (field == QLatin1String("subscription"))
        return namesOf(catalogue->subscriptions());
    if (field == QLatin1String("reason"))
        return namesOf(catalogue->reasons());
    return {};
}

// The facts of a record first: they are asked for most.
QStringList fieldsAndWords() {
    QStringList words;
    words << QStringLiteral("type");
    for (const std::string_view field : fieldNames)
        if (isRecordField(*fieldNamed(field)))
            words << toQString(field);
    for (const std::string_view field : fieldNames)
        if (!isRecordField(*fieldNamed(field)) && field != "type")
            words << toQString(field);
    words << QStringLiteral("data.");
    for (const char* word : {"AND", "OR", "XOR", "NOT", "LIKE", "IN", "EXISTS", "TRUE", "FALSE"})
        words << QLatin1String(word);
    return words;
}

QStringList beginningWith(const QString& prefix, const QStringList& words) {
    QStringList found;
    for (const QString& word : words)
        if (word.startsWith(prefix, Qt::CaseInsensitive) && word.compare(prefix, Qt::CaseInsensitive) != 0)
            found << word;
    return found;
}

} // namespace

FilterWords filterWords(const QString& text, qsizetype cursor, const Catalogue* catalogue) {
    qsizetype quote = -1; // the one that is open at the cursor
    for (qsizetype i = 0; i < cursor; ++i) {
        const QChar at = text[i];
        if (quote >= 0 && at == QLatin1Char('\\'))
            ++i;
        else if (quote >= 0 ? at == text[quote] : at == QLatin1Char('\'') || at == QLatin1Char('"'))
            quote = quote >= 0 ? -1 : i;
    }
    if (quote >= 0) {
        static const QRegularExpression fieldBefore(
            QStringLiteral(R"(([a-z]+)\s*(?:=|!=|<>|\bNOT\s+LIKE|\bLIKE|(?:\bNOT\s+)?\bIN\s*\([^()]*)\s*$)"),
            QRegularExpression::CaseInsensitiveOption);
        const auto match = fieldBefore.match(text.left(quote));
        const QString prefix = text.mid(quote + 1, cursor - quote - 1);
        return {.from = quote + 1,
                .length = prefix.size(),
                .words = beginningWith(prefix, valuesOf(match.captured(1).toLower(), catalogue))};
    }
    qsizetype from = cursor;
    while (from > 0 && text[from - 1].isLetterOrNumber())
        --from;
    // Within a number or a path there is nothing to offer.
    const bool inPath = from > 0 && text[from - 1] == QLatin1Char('.');
    if (from == cursor || text[from].isDigit() || inPath)
        return {.from = from, .length = cursor - from, .words = {}};
    return {
        .from = from, .length = cursor - from, .words = beginningWith(text.mid(from, cursor - from), fieldsAndWords())};
}

} // namespace weir
