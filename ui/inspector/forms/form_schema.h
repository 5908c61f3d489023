// FormSchema: the schema of scenario files as forms need it: which fields a kind of table has, in order, and of each
// what it takes, its default, its bounds and its description. Read once from resources/scenario.schema.json, so that a
// field that is added there has a form. Labels are field_words.h's; it reads no scenario.
#pragma once

#include "core/value.h"

#include <QString>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace weir {

enum class FieldKind : std::uint8_t {
    constant, // says what the table is; not to be changed
    text,
    title, // a text, or one a language
    truth,
    choice, // one of FormField::words
    whole,
    number,
    duration,
    rate,
    size,
    amount, // duration or number
    time,   // duration or distribution of durations
    count,  // number or distribution of numbers
    expression,
    path,
    textTemplate,
    scalar, // number, text or JSON
    textList,
    durationList,
    json,
    table,        // of FormField::definitions
    truthOrTable, // true, or that table
    list,         // of tables of FormField::definitions, or their short forms
    map,          // by names of the user's own
    actions
};

struct FormField {
    std::string key;
    FieldKind kind = FieldKind::json;
    std::vector<std::string> definitions; // of the tables inside
    std::vector<std::string> words;       // of a choice, or allowed besides: "end", "unbounded"
    Value fallback;                       // holds where the file says nothing; null: nothing does
    std::optional<Decimal> least, most;
    bool aboveZero = false; // durations
    bool required = false;
    QString english, chinese;  // what it means
    QString unit, unitChinese; // "duration", "rate": what is to be written
};

class FormSchema {
  public:
    // The program's own, from its resources.
    static FormSchema ofScenarios();

    // In the order of the schema; empty where there is no such definition.
    const std::vector<FormField>& fields(const std::string& definition) const;
    const FormField* field(const std::string& definition, const std::string& key) const;
    std::vector<std::string> definitions() const; // those that have fields

  private:
    std::map<std::string, std::vector<FormField>> m_definitions;
};

// What a field means, what is to be written, its bounds and its default, in the language that the window speaks.
QString helpOf(const FormField& field);
QString defaultText(const FormField& field); // empty: there is none

} // namespace weir
