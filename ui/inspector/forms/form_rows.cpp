#include "ui/inspector/forms/form_rows.h"

#include "core/json_pointer.h"
#include "core/scenario/given.h"
#include "core/scenario/profiled_document.h"
#include "ui/inspector/forms/choice_words.h"
#include "ui/inspector/forms/field_text.h"
#include "ui/inspector/forms/field_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::FormRows)
};

using Role = FormRow::Role;

std::string wordOf(const Value& table, const char* key, const char* otherwise) {
    const Value* const there = table.member(key);
    return there && there->text() ? *there->text() : otherwise;
}

bool oneOf(const std::string& word, std::initializer_list<const char*> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class RowMaker {
  public:
    RowMaker(const FormSchema& schema, const Value& document, const std::set<std::string>& unfolded)
        : m_schema(schema), m_document(document), m_profiled(withProfiles(document).document), m_unfolded(unfolded) {}

    void addFields(const std::string& definition, const std::string& container, int depth,
                   const std::vector<std::string>& leftOut = {}) {
        const Value* const there = valueAt(m_document, container);
        const Value table = there ? unfolded(*there, definition) : Value(Value::Table{});
        const bool everything = m_unfolded.contains(container + "/*");
        std::size_t hidden = 0;
        for (const FormField& field : m_schema.fields(definition)) {
            if (field.kind == FieldKind::constant ||
                std::find(leftOut.begin(), leftOut.end(), field.key) != leftOut.end())
                continue;
            const bool given = table.member(field.key) != nullptr;
            if (!given && !isUsed(definition, field.key, table))
                continue;
            const FieldWord* const word = fieldWord(definition, field.key);
            if (!given && !everything && !(word && word->always)) {
                ++hidden;
                continue;
            }
            addField(definition, container, table, field, depth);
        }
        if (hidden > 0 || everything)
            m_rows.push_back({.role = Role::more,
                              .pointer = container + "/*",
                              .container = container,
                              .definition = definition,
                              .text = everything    ? Words::tr("Fewer settings")
                                      : hidden == 1 ? Words::tr("1 more setting")
                                                    : Words::tr("%1 more settings").arg(hidden),
                              .depth = depth,
                              .open = everything});
    }

    std::vector<FormRow> take() { return std::move(m_rows); }

  private:
    FormRow& push(Role role, const std::string& pointer, const std::string& definition, int depth) {
        FormRow row;
        row.role = role;
        row.pointer = pointer;
        row.definition = definition;
        row.depth = depth;
        m_rows.push_back(std::move(row));
        return m_rows.back();
    }

    void addField(const std::string& definition, const std::string& container, const Value& table,
                  const FormField& field, int depth) {
        const Value* const there = table.member(field.key);
        const std::string pointer = pointerTo(container, field.key);
        FormRow row{.role = Role::value,
                    .pointer = pointer,
                    .container = container,
                    .definition = definition,
                    .key = field.key,
                    .field = &field,
                    .value = there ? std::optional(*there) : std::nullopt,
                    .label = fieldLabel(definition, field.key),
                    .depth = depth};
        if (const Value* const holds = there ? there : valueAt(m_profiled, pointer))
            row.text = shownValue(field, *holds);
        else
            row.text = defaultText(field);
        if (row.text.isEmpty() && !there)
            row.text = absentText(definition, field);
        switch (field.kind) {
        case FieldKind::table:
        case FieldKind::truthOrTable:
            addTable(std::move(row));
            return;
        case FieldKind::time:
        case FieldKind::count:
            addDistribution(std::move(row));
            return;
        case FieldKind::list:
        case FieldKind::actions:
            addList(std::move(row));
            return;
        case FieldKind::map:
            addMap(std::move(row), definition == "service");
            return;
        case FieldKind::title:
            addTitle(std::move(row));
            return;
        default:
            m_rows.push_back(std::move(row));
        }
    }

    // What holds where neither the file nor the schema says anything.
    static QString absentText(const std::string& definition, const FormField& field) {
        if (field.required)
            return Words::tr("must be given");
        if (field.key == "capacity")
            return Words::tr("unbounded");
        if (field.key == "deadLetter")
            return Words::tr("none: dropped and counted");
        if (definition == "retain" || field.key == "retain")
            return Words::tr("everything");
        if (field.key == "prefetch")
            return Words::tr("as many as workers");
        if (field.key == "routingKey")
            return Words::tr("the event type");
        if (field.key == "fails")
            return Words::tr("never");
        if (field.key == "then")
            return Words::tr("nothing");
        return Words::tr("none");
    }

    bool isOpen(const std::string& pointer) const { return m_unfolded.contains(pointer); }

    void addTable(FormRow row) {
        const std::string inside = row.field->definitions.front();
        const std::string pointer = row.pointer;
        const int depth = row.depth;
        const bool present = row.given() && !(row.value->truth() && !*row.value->truth());
        row.role = Role::fold;
        row.open = row.opensByItself() ? !isOpen(pointer + "/-") : present && isOpen(pointer);
        const bool open = row.open;
        m_rows.push_back(std::move(row));
        if (!open)
            return;
        if (inside == "arrivals" || inside == "bursts")
            addVariantFields(inside, pointer, depth + 1);
        else
            addFields(inside, pointer, depth + 1);
    }

    // A variant row where the kind has variants, then the fields of the variant that it is.
    void addVariantFields(const std::string& definition, const std::string& container, int depth, bool times = true) {
        const std::vector<Variant>& variants = variantsOf(definition);
        if (variants.empty()) {
            addFields(definition, container, depth);
            return;
        }
        const Value* const there = valueAt(m_document, container);
        const Value table = there ? unfolded(*there, definition) : Value(Value::Table{});
        const std::size_t chosen = variantIn(table, definition);
        FormRow& row = push(Role::variant, container, definition, depth);
        row.label = kindLabel(definition);
        row.value = there ? std::optional(*there) : std::nullopt;
        row.text = variantLabel(definition, chosen);
        row.key = times ? "times" : "numbers";
        row.chosen = chosen;
        for (std::size_t i = 0; i < variants.size(); ++i)
            row.choices << variantLabel(definition, i);
        if (definition == "distribution") {
            addShape(container, table, variants[chosen].keys.front(), depth, times);
            return;
        }
        std::vector<std::string> leftOut;
        for (const Variant& variant : variants)
            for (const std::string& key : variant.keys)
                if (std::find(variants[chosen].keys.begin(), variants[chosen].keys.end(), key) ==
                    variants[chosen].keys.end())
                    leftOut.push_back(key);
        addFields(definition, container, depth, leftOut);
    }

    static QString variantLabel(const std::string& definition, std::size_t index) {
        const Variant& variant = variantsOf(definition)[index];
        if (!variant.name.empty())
            return kindLabel(variant.name);
        QStringList parts;
        for (const std::string& key : variant.keys)
            parts << fieldLabel(definition, key);
        return parts.join(Words::tr(" and ", "between two parameters"));
    }

    void addDistribution(FormRow row) {
        const std::string pointer = row.pointer;
        const int depth = row.depth;
        const bool times = row.field->kind == FieldKind::time;
        row.role = Role::fold;
        row.open = isOpen(pointer);
        const bool open = row.open;
        m_rows.push_back(std::move(row));
        if (open)
            addVariantFields("distribution", pointer, depth + 1, times);
    }

    void addShape(const std::string& container, const Value& table, const std::string& key, int depth, bool times) {
        const FormField* const field = m_schema.field("distribution", key);
        if (!field)
            return;
        if (field->kind == FieldKind::amount)
            addField("distribution", container, table, *field, depth);
        else if (field->kind == FieldKind::table)
            addVariantFields(key, pointerTo(container, key), depth, times);
        else
            addItems(pointerTo(container, key), field->definitions, depth);
        FormRow& row = push(Role::density, container, "distribution", depth);
        row.key = times ? "times" : "numbers";
        if (const Value* const there = valueAt(m_document, container))
            row.value = *there;
    }

    void addList(FormRow row) {
        const std::string pointer = row.pointer;
        const std::vector<std::string> kinds =
            row.field->kind == FieldKind::actions ? actionDefinitions() : row.field->definitions;
        const int depth = row.depth;
        row.role = Role::fold;
        row.open = row.opensByItself() ? !isOpen(pointer + "/-") : isOpen(pointer);
        const bool open = row.open;
        m_rows.push_back(std::move(row));
        if (open)
            addItems(pointer, kinds, depth + 1);
    }

    void addItems(const std::string& pointer, const std::vector<std::string>& kinds, int depth) {
        const Value* const there = valueAt(m_document, pointer);
        if (there && there->list())
            for (std::size_t i = 0; i < there->list()->size(); ++i)
                addItem(pointer + '/' + std::to_string(i), (*there->list())[i], kinds, depth);
        else if (there)
            addItem(pointer, *there, kinds, depth);
        FormRow& row = push(Role::add, pointer, kinds.front(), depth);
        row.kinds = kinds;
        row.text = kinds.size() == 1              ? Words::tr("Add: %1").arg(kindLabel(kinds.front()))
                   : kinds == actionDefinitions() ? Words::tr("Add an action")
                                                  : Words::tr("Add");
    }

    void addItem(const std::string& pointer, const Value& value, const std::vector<std::string>& kinds, int depth) {
        const bool action = kinds == actionDefinitions();
        std::string definition = action ? actionDefinition(value) : definitionOf(value, kinds);
        FormRow& row = push(Role::fold, pointer, definition, depth);
        row.value = value;
        row.item = true;
        row.label = kindLabel(definition);
        row.text = definition.empty() ? QString::fromStdString(value.canonical()) : shownTable(definition, value);
        row.open = !definition.empty() && (row.opensByItself() ? !isOpen(pointer + "/-") : isOpen(pointer));
        if (row.open)
            addFields(definition, pointer, depth + 1);
    }

    void addMap(FormRow row, bool ofTables) {
        const std::string pointer = row.pointer;
        const int depth = row.depth;
        row.role = Role::fold;
        row.open = isOpen(pointer);
        const bool open = row.open;
        m_rows.push_back(std::move(row));
        if (open)
            addEntries(pointer, ofTables, depth + 1);
    }

    void addEntries(const std::string& pointer, bool ofTables, int depth) {
        static const FormField entry = [] {
            FormField field;
            field.kind = FieldKind::scalar;
            field.required = true;
            return field;
        }();
        constexpr std::size_t entriesShown = 200;
        const Value* const there = valueAt(m_document, pointer);
        std::size_t shown = 0;
        if (there && there->table())
            for (const auto& [name, value] : *there->table()) {
                if (++shown > entriesShown)
                    break;
                FormRow& row = push(ofTables ? Role::fold : Role::value, pointerTo(pointer, name), "", depth);
                row.container = pointer;
                row.key = name;
                row.label = QString::fromStdString(name);
                row.value = value;
                row.item = row.names = true;
                row.field = ofTables ? nullptr : &entry;
                row.text = ofTables ? shownCount(value.table() ? value.table()->size() : 0) : shownValue(entry, value);
                row.open = ofTables && isOpen(row.pointer);
                if (row.open)
                    addEntries(pointerTo(pointer, name), false, depth + 1);
            }
        FormRow& row = push(Role::add, pointer, ofTables ? "table" : "entry", depth);
        row.kinds = {ofTables ? "table" : "entry"};
        row.text =
            there && there->table() && there->table()->size() > entriesShown
                ? Words::tr("Add an entry (%1 more are in the JSON text)").arg(there->table()->size() - entriesShown)
            : ofTables ? Words::tr("Add a table")
                       : Words::tr("Add an entry");
    }

    void addTitle(FormRow row) {
        // One text in the present language; both languages where the file has them.
        const std::string pointer = row.pointer;
        const int depth = row.depth;
        const bool both = row.given() && row.value->table();
        if (!both) {
            m_rows.push_back(std::move(row));
            return;
        }
        row.role = Role::fold;
        row.open = isOpen(pointer);
        const bool open = row.open;
        m_rows.push_back(std::move(row));
        if (open)
            addFields("text", pointer, depth + 1);
    }

    const FormSchema& m_schema;
    const Value& m_document;
    const Value m_profiled; // with what holds by its profiles where the file says nothing
    const std::set<std::string>& m_unfolded;
    std::vector<FormRow> m_rows;
};

} // namespace

bool FormRow::opensByItself() const {
    if (role != Role::fold || names)
        return false;
    if (item)
        return definition == "handler" || definition == "source";
    return (definition == "service" && oneOf(key, {"handlers", "sources"})) || key == "bind" ||
           (definition == "scenario" && oneOf(key, {"run", "faults", "expect"}));
}

bool isUsed(const std::string& definition, const std::string& key, const Value& table) {
    if (definition == "retry") {
        const std::string backoff = wordOf(table, "backoff", "exponential");
        if (key == "steps")
            return backoff == "explicit";
        if (key == "factor")
            return backoff == "exponential" || backoff == "summed";
        if (key == "jitter" && !oneOf(wordOf(table, "jitterKind", "proportional"), {"proportional", "below"}))
            return false;
        if (oneOf(key, {"first", "ceiling", "jitter", "jitterKind"}))
            return backoff != "none" && !(backoff == "explicit" && key == "first");
    }
    if (key == "overflow" || key == "capacityCounts")
        return table.member("capacity") || table.member("capacityBytes");
    if (key == "deadLetterKey")
        return table.member("deadLetter") != nullptr;
    if (key == "ackEvery")
        return oneOf(wordOf(table, "ack", "manual"), {"batch", "cumulative"});
    if (definition == "source" && table.member("emit"))
        return key != "then";
    if (definition == "source" && table.member("then"))
        return key == "arrivals" || key == "then";
    if (definition == "arrivals") {
        if (key == "think")
            return table.member("users") != nullptr;
        if (key == "spacing")
            return table.member("bursts") || table.member("schedule");
        if (key == "repeat")
            return table.member("schedule") != nullptr;
    }
    return true;
}

std::vector<FormRow> formRows(const FormSchema& schema, const Value& document, const FormScope& scope,
                              const std::set<std::string>& unfolded) {
    RowMaker maker(schema, document, unfolded);
    maker.addFields(scope.definition, scope.pointer, 0, scope.leftOut);
    return maker.take();
}

} // namespace weir
