#include "ui/inspector/forms/field_text.h"

#include "core/expression/expression.h"
#include "core/scenario/channel_reader.h"
#include "core/scenario/distribution_reader.h"
#include "ui/format.h"
#include "ui/inspector/behaviour.h"
#include "ui/inspector/forms/choice_words.h"
#include "ui/inspector/forms/form_schema.h"
#include "ui/inspector/forms/form_values.h"

#include <QCoreApplication>

#include <algorithm>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::FieldText)
};

const QString separator = QStringLiteral(" · ");
constexpr qsizetype jsonShownMax = 60;

QString plain(const Value& value) {
    return QString::fromStdString(value.text() ? *value.text() : value.canonical());
}

QString member(const Value& table, const char* key) {
    const Value* const there = table.member(key);
    return there ? plain(*there) : QString();
}

QString shownDuration(const Value& value) {
    const auto duration = value.text() ? parseDuration(*value.text()) : Result<Duration>(Error{});
    return duration ? durationText(*duration) : plain(value);
}

// A member of a table that is told in one line: a time as times are shown, a word of a choice in words.
QString shownMember(const std::string& key, const Value& value) {
    if (!value.text())
        return plain(value);
    return parseDuration(*value.text()) ? shownDuration(value) : choiceLabel(*value.text(), key);
}

QString shownRate(const Value& value) {
    const auto rate = value.text() ? parseRate(*value.text()) : Result<Rate>(Error{});
    return rate ? rateText(*rate) : plain(value);
}

QString shownDistribution(const Value& value, bool times) {
    Complaints complaints;
    const Given given(value, {}, complaints);
    const auto distribution = times ? readDistribution(given) : readNumberDistribution(given);
    if (!distribution)
        return plain(value);
    if (times)
        return distributionText(*distribution);
    if (value.number())
        return numberText(value.number()->toDouble());
    return shapeLabel(distribution->shapeName()) + separator +
           Words::tr("mean %1").arg(numberText(distribution->mean()));
}

QString shownArrivals(const Value& value) {
    const Value* const users = value.member("users");
    if (users && users->number())
        return Words::tr("%1 users").arg(plain(*users));
    Complaints complaints;
    const auto arrivals = readArrivals(Given(value, {}, complaints));
    const QString kind = kindLabel(variantsOf("arrivals")[variantIn(value, "arrivals")].name);
    const auto rate = arrivals ? arrivals->meanRate() : std::nullopt;
    return rate ? kind + separator + rateText({*rate}) : kind;
}

QString shownRetry(const Value& value) {
    Complaints complaints;
    ChannelSpec queue;
    const Names names;
    const Value settings(Value::Table{{"retry", value}});
    readQueueSettings(Given(settings, {}, complaints), names, queue);
    return queue.retry ? retryText(*queue.retry) : plain(value);
}

QString shownShare(const Value& value) {
    return value.number() ? percentText(value.number()->toDouble()) : plain(value);
}

QString shownFailure(const Value& given) {
    const Value value = unfolded(given, "failure");
    QStringList parts;
    if (const Value* const every = value.member("every"))
        parts << Words::tr("1 in %1").arg(plain(*every));
    const Value* const probability = value.member("probability");
    if (probability && !(probability->number() && *probability->number() == Decimal(1)))
        parts << shownShare(*probability);
    const Value* const how = value.member("how");
    parts << choiceLabel(how && how->text() ? *how->text() : "nack").toLower();
    if (const Value* const when = value.member("when"))
        parts << Words::tr("when %1").arg(plain(*when));
    if (const Value* const attempts = value.member("attempts"))
        parts << Words::tr("in the first %1 attempts").arg(plain(*attempts));
    return parts.join(QLatin1Char(' '));
}

QString shownAction(const Value& value) {
    const std::string kind = actionDefinition(value);
    if (kind == "emit")
        return Words::tr("emit %1 to %2").arg(member(value, "emit"), member(value, "to"));
    if (kind == "reserve")
        return Words::tr("reserve from %1").arg(member(value, "reserve"));
    if (kind == "release")
        return Words::tr("release to %1").arg(member(value, "release"));
    if (kind == "add")
        return Words::tr("add to %1").arg(member(value, "add"));
    if (kind == "fill")
        return Words::tr("fill %1").arg(member(value, "fill"));
    if (kind == "set")
        return Words::tr("set %1 to %2").arg(member(value, "set"), member(value, "to"));
    if (kind == "choose")
        return Words::tr("choose one of %1")
            .arg(value.member("choose")->list() ? value.member("choose")->list()->size() : 0);
    if (kind == "condition")
        return Words::tr("if %1").arg(member(value, "if"));
    return plain(value);
}

QString joined(const Value& value, QString (*shown)(const Value&)) {
    if (!value.list())
        return shown(value);
    QStringList parts;
    for (const Value& item : *value.list())
        parts << shown(item);
    return parts.join(QStringLiteral(", "));
}

// Of a link or a cut: who is on either side; else the one that a fault is about.
QString shownSides(const Value& value) {
    if (!value.list())
        return plain(value);
    QStringList sides;
    for (const Value& side : *value.list())
        sides << joined(side, plain);
    return sides.join(QStringLiteral(" \u2194 "));
}

// "2 min · Crash payment-service #1 · for 20 s"
QString shownFault(const std::string& definition, const Value& value) {
    const std::string& kind = keysOfKind(definition).front();
    QString what = kindLabel(definition) + QLatin1Char(' ') + shownSides(*value.member(kind));
    if (const Value* const instance = value.member("instance"); instance && instance->number())
        what += QStringLiteral(" #") + QString::fromStdString((*instance->number() + Decimal(1)).text());
    QStringList parts{shownDuration(*value.member("at")), what};
    for (const auto& [key, inside] : *value.table())
        if (key != "at" && key != "instance" && key != kind)
            parts << (key == "for" ? Words::tr("for %1").arg(shownDuration(inside)) : plain(inside));
    return parts.join(separator);
}

QString shownExpectation(const std::string& definition, const Value& value) {
    if (const Value* const title = value.member("title"))
        return title->table() ? textOf({member(*title, "en").toStdString(), member(*title, "zh").toStdString()})
                              : plain(*title);
    if (definition == "ledgerClosed")
        return kindLabel(definition);
    return kindLabel(definition) + separator + member(value, keysOfKind(definition).front().c_str());
}

bool isOneOf(std::string_view definition, std::initializer_list<std::string_view> kinds) {
    return std::find(kinds.begin(), kinds.end(), definition) != kinds.end();
}

QString cut(QString text) {
    return text.size() > jsonShownMax ? text.left(jsonShownMax) + QStringLiteral("...") : text;
}

bool isShare(const FormField& field) {
    return field.least && field.most && *field.least == Decimal(0) && *field.most == Decimal(1);
}

// --- reading ---

Error refusal(const QString& what) {
    return {{}, what.toStdString(), {}};
}

template <class Parsed> Result<std::optional<Value>> unitText(const QString& text, Parsed parsed, const QString& need) {
    if (!parsed)
        return refusal(need);
    return std::optional<Value>(text.toStdString());
}

Result<std::optional<Value>> readNumber(const FormField& field, QString text) {
    // Spaces group digits, as they do where figures are shown.
    text.remove(QChar(0x202F)).remove(QChar(0x00A0)).remove(QLatin1Char(' '));
    const bool percent = text.endsWith(QLatin1Char('%'));
    if (percent)
        text.chop(1);
    auto number = Decimal::parse(text.toStdString());
    if (!number)
        return refusal(field.kind == FieldKind::whole ? Words::tr("needs a whole number")
                                                      : Words::tr("needs a number"));
    if (percent)
        number = *number * *Decimal::parse("0.01");
    if (field.kind == FieldKind::whole && !number->whole())
        return refusal(Words::tr("needs a whole number"));
    if ((field.least && *number < *field.least) || (field.most && *number > *field.most))
        return refusal(Words::tr("needs a number from %1 to %2")
                           .arg(field.least ? QString::fromStdString(field.least->text()) : QStringLiteral("-∞"),
                                field.most ? QString::fromStdString(field.most->text()) : QStringLiteral("∞")));
    return std::optional<Value>(*number);
}

Result<std::optional<Value>> readDurationText(const FormField& field, const QString& text) {
    const auto duration = parseDuration(text.toStdString());
    if (!duration)
        return refusal(Words::tr("needs a time with its unit, such as 250ms or 1.5s"));
    if (field.aboveZero && duration->count() == 0)
        return refusal(Words::tr("must be above 0"));
    return std::optional<Value>(text.toStdString());
}

Result<std::optional<Value>> readList(const FormField& field, const QString& text) {
    Value::List list;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString item = part.trimmed();
        if (field.kind == FieldKind::durationList)
            if (const auto duration = parseDuration(item.toStdString()); !duration)
                return refusal(Words::tr("needs times with their units, such as 1s, 2s, 4s"));
        list.emplace_back(item.toStdString());
    }
    return std::optional<Value>(Value(std::move(list)));
}

Result<std::optional<Value>> readJson(const QString& text) {
    auto read = Value::parse(text.toStdString());
    if (!read)
        return read.error();
    return std::optional<Value>(std::move(*read));
}

Result<std::optional<Value>> readExpressionText(const QString& text) {
    const auto parsed = Expression::parse(text.toStdString());
    if (!parsed)
        return parsed.error();
    if (const auto certain = parsed->certainError())
        return *certain;
    return std::optional<Value>(text.toStdString());
}

} // namespace

QString shownCount(std::size_t count) {
    return count == 0   ? Words::tr("none")
           : count == 1 ? Words::tr("1 entry")
                        : Words::tr("%1 entries").arg(countText(static_cast<std::int64_t>(count)));
}

QString shownActions(const Value& value) {
    if (!value.list())
        return shownAction(value);
    const std::size_t count = value.list()->size();
    if (count == 0)
        return Words::tr("nothing");
    const QString first = shownAction(value.list()->front());
    return count == 1 ? first : Words::tr("%1, %2 more").arg(first).arg(count - 1);
}

QString shownTable(const std::string& definition, const Value& value) {
    if (definition == "retry")
        return shownRetry(value);
    if (definition == "failure")
        return shownFailure(value);
    if (definition == "arrivals")
        return shownArrivals(value);
    if (definition == "handler")
        return Words::tr("On %1").arg(member(value, "on"));
    if (definition == "source") {
        const QString what = value.member("emit")   ? member(value, "emit")
                             : value.member("then") ? shownActions(*value.member("then"))
                                                    : QString();
        const Value* const arrivals = value.member("arrivals");
        return arrivals ? what + separator + shownArrivals(*arrivals) : what;
    }
    if (definition == "binding") {
        const Value table = unfolded(value, definition);
        const QString pattern = member(table, "pattern");
        return pattern.isEmpty() ? member(table, "to") : member(table, "to") + separator + pattern;
    }
    if (definition == "branch")
        return (value.member("weight") ? member(value, "weight") + separator : QString()) +
               (value.member("then") ? shownActions(*value.member("then")) : Words::tr("nothing"));
    if (value.member("at") && !keysOfKind(definition).empty())
        return shownFault(definition, value);
    if (isOneOf(definition, {"ledgerClosed", "atEnd", "always", "ordered"}))
        return cut(shownExpectation(definition, value));
    if (!actionDefinition(value).empty() && value.member("at") == nullptr)
        return shownAction(value);
    // What it is about comes first, then its other members.
    QStringList parts;
    if (value.table())
        for (const auto& [key, inside] : *value.table())
            if (key != "title" && key != "kind")
                parts << shownMember(key, inside);
    return parts.isEmpty() ? Words::tr("as it comes") : cut(parts.join(separator));
}

QString shownValue(const FormField& field, const Value& value) {
    if (value.text() && std::find(field.words.begin(), field.words.end(), *value.text()) != field.words.end())
        return choiceLabel(*value.text(), field.key);
    switch (field.kind) {
    case FieldKind::title:
        return value.table() ? textOf({member(value, "en").toStdString(), member(value, "zh").toStdString()})
                             : plain(value);
    case FieldKind::truth:
        return value.truth() && *value.truth() ? Words::tr("yes") : Words::tr("no");
    case FieldKind::whole:
        return value.number() && value.number()->whole() ? countText(*value.number()->whole()) : plain(value);
    case FieldKind::number:
        return isShare(field)   ? shownShare(value)
               : value.number() ? numberText(value.number()->toDouble())
                                : plain(value);
    case FieldKind::duration:
        return shownDuration(value);
    case FieldKind::amount:
        return value.number() ? numberText(value.number()->toDouble()) : shownDuration(value);
    case FieldKind::rate:
        return shownRate(value);
    case FieldKind::size: {
        const auto bytes = value.text() ? parseBytes(*value.text()) : Result<Bytes>(Error{});
        return bytes ? bytesText(*bytes) : plain(value);
    }
    case FieldKind::time:
        return shownDistribution(value, true);
    case FieldKind::count:
        return shownDistribution(value, false);
    case FieldKind::durationList:
        return joined(value, shownDuration);
    case FieldKind::textList:
        return joined(value, plain);
    case FieldKind::actions:
        return shownActions(value);
    case FieldKind::table:
        return shownTable(field.definitions.front(), value);
    case FieldKind::truthOrTable:
        if (value.truth())
            return !*value.truth()             ? Words::tr("no")
                   : field.key == "idempotent" ? Words::tr("by id")
                                               : Words::tr("yes");
        return shownTable(field.definitions.front(), value);
    case FieldKind::list: {
        if (!value.list())
            return shownTable(definitionOf(value, field.definitions), value);
        if (value.list()->size() == 1)
            return shownTable(definitionOf(value.list()->front(), field.definitions), value.list()->front());
        return shownCount(value.list()->size());
    }
    case FieldKind::map:
        return shownCount(value.table() ? value.table()->size() : 0);
    case FieldKind::json:
    case FieldKind::scalar:
        return cut(plain(value));
    case FieldKind::constant:
    case FieldKind::text:
    case FieldKind::choice:
    case FieldKind::expression:
    case FieldKind::path:
    case FieldKind::textTemplate:
        break;
    }
    return plain(value);
}

QString editedText(const FormField& field, const std::optional<Value>& value) {
    if (!value)
        return {};
    if (field.kind == FieldKind::json)
        return QString::fromStdString(value->pretty());
    if (value->list()) {
        QStringList parts;
        for (const Value& item : *value->list())
            parts << plain(item);
        return parts.join(QStringLiteral(", "));
    }
    return plain(*value);
}

Result<std::optional<Value>> readEdited(const FormField& field, const QString& typed) {
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return field.required ? Result<std::optional<Value>>(refusal(Words::tr("must be given")))
                              : Result<std::optional<Value>>(std::optional<Value>());
    for (const std::string& word : field.words)
        if (text == QString::fromStdString(word) ||
            text.compare(choiceLabel(word, field.key), Qt::CaseInsensitive) == 0)
            return std::optional<Value>(word);
    switch (field.kind) {
    case FieldKind::whole:
    case FieldKind::number:
        return readNumber(field, text);
    case FieldKind::duration:
        return readDurationText(field, text);
    case FieldKind::amount:
        if (Decimal::parse(text.toStdString()))
            return readNumber(field, text);
        return readDurationText(field, text);
    case FieldKind::rate:
        return unitText(text, parseRate(text.toStdString()), Words::tr("needs a rate with its unit, such as 20/s"));
    case FieldKind::size:
        return unitText(text, parseBytes(text.toStdString()),
                        Words::tr("needs a size with its unit, such as 512B or 1KiB"));
    case FieldKind::expression:
        return readExpressionText(text);
    case FieldKind::durationList:
    case FieldKind::textList:
        return readList(field, text);
    case FieldKind::json:
        return readJson(typed);
    case FieldKind::scalar:
        if (const auto number = Decimal::parse(text.toStdString()))
            return std::optional<Value>(*number);
        return text.startsWith(QLatin1Char('{')) && text.contains(QLatin1Char('"'))
                   ? readJson(typed)
                   : std::optional<Value>(text.toStdString());
    default:
        return std::optional<Value>(text.toStdString());
    }
}

} // namespace weir
