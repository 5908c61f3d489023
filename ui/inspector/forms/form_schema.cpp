#include "ui/inspector/forms/form_schema.h"

#include "ui/inspector/forms/field_text.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

#include <algorithm>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::FormSchema)
};

QString shown(const Value* text) {
    return text && text->text() ? QString::fromStdString(*text->text()) : QString();
}

// "#/definitions/retry" -> "retry"; empty where it refers to nothing.
std::string referred(const Value& property) {
    const Value* reference = property.member("$ref");
    if (const Value* const all = property.member("allOf"); !reference && all && all->list() && !all->list()->empty())
        reference = all->list()->front().member("$ref");
    if (!reference || !reference->text())
        return {};
    return reference->text()->substr(reference->text()->rfind('/') + 1);
}

class Reader {
  public:
    explicit Reader(const Value& definitions) : m_definitions(definitions) {}

    std::vector<FormField> fieldsOf(const Value& definition) const {
        std::vector<FormField> fields;
        const Value* const properties = definition.member("properties");
        if (!properties || !properties->table())
            return fields;
        const Value* const required = definition.member("required");
        for (const auto& [key, property] : *properties->table()) {
            FormField field = fieldOf(property);
            field.key = key;
            if (required && required->list())
                field.required = std::any_of(required->list()->begin(), required->list()->end(),
                                             [&key](const Value& name) { return name.text() && *name.text() == key; });
            fields.push_back(std::move(field));
        }
        return fields;
    }

  private:
    bool hasFields(const std::string& name) const {
        const Value* const definition = m_definitions.member(name);
        return definition && definition->member("properties");
    }

    FormField fieldOf(const Value& property) const {
        FormField field;
        field.kind = kindOf(property, field);
        field.english = shown(property.member("description"));
        field.chinese = shown(property.member("x-description-zh"));
        if (const Value* const fallback = property.member("default"))
            field.fallback = *fallback;
        takeBounds(property, field);
        return field;
    }

    static void takeBounds(const Value& property, FormField& field) {
        if (const Value* const least = property.member("minimum"))
            field.least = *least->number();
        if (const Value* const most = property.member("maximum"))
            field.most = *most->number();
    }

    void takeUnit(const std::string& definition, FormField& field) const {
        const Value* const there = m_definitions.member(definition);
        if (!there)
            return;
        field.unit = shown(there->member("title"));
        field.unitChinese = shown(there->member("x-title-zh"));
        takeBounds(*there, field);
    }

    FieldKind kindOf(const Value& property, FormField& field) const {
        if (const std::string name = referred(property); !name.empty()) {
            takeUnit(name, field);
            return kindOfDefinition(name, field);
        }
        if (property.member("const"))
            return FieldKind::constant;
        if (const Value* const words = property.member("enum")) {
            for (const Value& word : *words->list())
                field.words.push_back(*word.text());
            return FieldKind::choice;
        }
        if (const Value* const any = property.member("anyOf"))
            return kindOfAny(*any->list(), field);
        const Value* const type = property.member("type");
        if (!type || !type->text())
            return FieldKind::json;
        if (*type->text() == "array")
            return kindOfItems(property, field);
        if (*type->text() == "object")
            return property.member("additionalProperties") ? FieldKind::map : FieldKind::json;
        return *type->text() == "integer"   ? FieldKind::whole
               : *type->text() == "number"  ? FieldKind::number
               : *type->text() == "boolean" ? FieldKind::truth
                                            : FieldKind::text;
    }

    FieldKind kindOfDefinition(const std::string& name, FormField& field) const {
        static constexpr std::pair<std::string_view, FieldKind> known[] = {
            {"duration", FieldKind::duration}, {"positiveDuration", FieldKind::duration},
            {"rate", FieldKind::rate},         {"size", FieldKind::size},
            {"amount", FieldKind::amount},     {"time", FieldKind::time},
            {"count", FieldKind::count},       {"probability", FieldKind::number},
            {"title", FieldKind::title},       {"expression", FieldKind::expression},
            {"eventPath", FieldKind::path},    {"textTemplate", FieldKind::textTemplate},
            {"actions", FieldKind::actions},
        };
        field.aboveZero = name == "positiveDuration";
        for (const auto& [word, kind] : known)
            if (word == name)
                return kind;
        if (!hasFields(name))
            return FieldKind::json;
        field.definitions = {name};
        return FieldKind::table;
    }

    // A kind that may be written in several ways: the widest of them says how it is edited.
    FieldKind kindOfAny(const Value::List& ways, FormField& field) const {
        bool number = false, truth = false, text = false, list = false, object = false;
        bool whole = false, duration = false, size = false;
        FieldKind single = FieldKind::json;
        for (const Value& way : ways) {
            if (const Value* const only = way.member("const")) {
                if (only->text())
                    field.words.push_back(*only->text());
                truth |= only->truth() != nullptr;
                continue;
            }
            FormField part;
            const FieldKind kind = kindOf(way, part);
            field.words.insert(field.words.end(), part.words.begin(), part.words.end());
            number |= kind == FieldKind::number;
            whole |= kind == FieldKind::whole;
            duration |= kind == FieldKind::duration;
            size |= kind == FieldKind::size;
            truth |= kind == FieldKind::truth;
            text |= kind == FieldKind::text;
            list |= kind == FieldKind::list || kind == FieldKind::textList;
            object |= kind == FieldKind::json;
            field.aboveZero |= part.aboveZero;
            for (const std::string& definition : part.definitions)
                if (std::find(field.definitions.begin(), field.definitions.end(), definition) ==
                    field.definitions.end())
                    field.definitions.push_back(definition);
            if (!part.unit.isEmpty()) {
                field.unit = part.unit;
                field.unitChinese = part.unitChinese;
            }
            if (part.least) {
                field.least = part.least;
                field.most = part.most;
            }
            single = kind;
        }
        if (truth)
            return FieldKind::truthOrTable;
        if (list)
            return field.definitions.empty() ? FieldKind::textList : FieldKind::list;
        if (text && !field.definitions.empty()) // a name, or a table of one's own
            return FieldKind::json;
        if ((number && text && object) || (size && whole))
            return FieldKind::scalar;
        if (duration && whole)
            return FieldKind::amount;
        return single;
    }

    FieldKind kindOfItems(const Value& property, FormField& field) const {
        const Value* const items = property.member("items");
        if (!items)
            return FieldKind::json;
        FormField item;
        const FieldKind kind = kindOf(*items, item);
        field.definitions = item.definitions;
        if (!field.definitions.empty())
            return FieldKind::list;
        return kind == FieldKind::duration ? FieldKind::durationList
               : kind == FieldKind::text   ? FieldKind::textList
                                           : FieldKind::json;
    }

    const Value& m_definitions;
};

} // namespace

FormSchema FormSchema::ofScenarios() {
    FormSchema schema;
    QFile file(QStringLiteral(":/schema/scenario.schema.json"));
    const bool opened = file.open(QIODevice::ReadOnly);
    assert(opened);
    const auto read = Value::parse(opened ? file.readAll().toStdString() : std::string("{}"));
    assert(read.ok());
    const Value* const definitions = read.value().member("definitions");
    if (!definitions || !definitions->table())
        return schema;
    const Reader reader(*definitions);
    for (const auto& [name, definition] : *definitions->table())
        if (auto fields = reader.fieldsOf(definition); !fields.empty())
            schema.m_definitions.emplace(name, std::move(fields));
    return schema;
}

const std::vector<FormField>& FormSchema::fields(const std::string& definition) const {
    static const std::vector<FormField> none;
    const auto found = m_definitions.find(definition);
    return found == m_definitions.end() ? none : found->second;
}

const FormField* FormSchema::field(const std::string& definition, const std::string& key) const {
    const std::vector<FormField>& all = fields(definition);
    const auto found =
        std::find_if(all.begin(), all.end(), [&key](const FormField& field) { return field.key == key; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> FormSchema::definitions() const {
    std::vector<std::string> names;
    for (const auto& [name, fields] : m_definitions)
        names.push_back(name);
    return names;
}

QString defaultText(const FormField& field) {
    return field.fallback.isNull() ? QString() : shownValue(field, field.fallback);
}

QString helpOf(const FormField& field) {
    const bool chinese = QLocale().language() == QLocale::Chinese;
    QStringList lines{chinese && !field.chinese.isEmpty() ? field.chinese : field.english};
    const QString unit = chinese && !field.unitChinese.isEmpty() ? field.unitChinese : field.unit;
    if (!unit.isEmpty())
        lines << Words::tr("Takes: %1").arg(unit);
    const bool bounded = field.least && field.most && field.kind != FieldKind::json;
    if (bounded)
        lines << Words::tr("From %1 to %2")
                     .arg(QString::fromStdString(field.least->text()), QString::fromStdString(field.most->text()));
    if (field.aboveZero)
        lines << Words::tr("Above 0");
    if (const QString fallback = defaultText(field); !fallback.isEmpty())
        lines << Words::tr("Default: %1").arg(fallback);
    else if (field.required)
        lines << Words::tr("Must be given");
    return lines.join(QLatin1Char('\n'));
}

} // namespace weir
