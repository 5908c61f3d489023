// FormRows: an element of a scenario (a service, a queue, the run) as the rows of a form, top down: fields with what
// the file says or the default that holds, tables and lists folded to a line or unfolded beneath it, variants, and what
// can be added. Plain values made from a document; FormView shows them.
#pragma once

#include "core/value.h"
#include "ui/inspector/forms/form_schema.h"
#include "ui/inspector/forms/form_values.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace weir {

struct FormRow {
    enum class Role : std::uint8_t {
        value,   // edited in place
        fold,    // a table, list or item: a click shows or hides what is in it
        variant, // which of several kinds it is
        add,     // a new item, table or entry
        more,    // shows the fields that the file leaves out
        density  // a picture of the distribution
    };
    Role role = Role::value;
    std::string pointer;    // of what it shows
    std::string container;  // of the table in which `key` stands
    std::string definition; // that says what the container holds, or, of items, what they are
    std::string key;
    const FormField* field = nullptr; // of a value, and of a fold that is a field; borrowed from the schema
    std::optional<Value> value;       // as the file has it
    QString label;
    QString text; // what is shown; of a value that is not given, its profile's, or the default
    int depth = 0;
    bool open = false;
    bool item = false;              // of a list or map: it can be removed, and moved in a list
    bool names = false;             // an entry of a map: its label is a name of the user's own
    std::vector<std::string> kinds; // add: what can be added
    QStringList choices;            // variant: their names
    std::size_t chosen = 0;

    bool given() const { return value.has_value(); }
    // What one comes for stands open; what is said of it elsewhere is unfolded when asked.
    bool opensByItself() const;
    // Which row it is from one time to the next.
    std::string identity() const { return pointer + '#' + std::to_string(static_cast<int>(role)) + key; }
};

struct FormScope {
    std::string pointer; // of the element
    std::string definition;
    std::vector<std::string> leftOut = {}; // keys that have a place of their own elsewhere
};

// `unfolded`: pointers of folds that are to show what is in them, and of tables that show every field ("..." + "/*").
std::vector<FormRow> formRows(const FormSchema& schema, const Value& document, const FormScope& scope,
                              const std::set<std::string>& unfolded);

// Whether the fields of a retry policy that this backoff does not use are hidden, and the like.
bool isUsed(const std::string& definition, const std::string& key, const Value& table);

} // namespace weir
