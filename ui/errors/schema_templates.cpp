#include "ui/errors/error_templates.h"

#include <QtGlobal>

namespace weir {
namespace {

// What JSON Schemas, and the regular expressions in them, are refused with.
constexpr const char* templates[] = {
    // a schema
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a JSON Schema (%1)"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a JSON Schema for version %1 (%2)"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a file that holds a JSON Schema (%1)"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a JSON Schema (a table, true or false)"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a JSON Schema of at most 1 MiB"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs JSON Schema draft 4, 6, 7, 2019-09 or 2020-12"),
    QT_TRANSLATE_NOOP("weir::ErrorText",
                      "needs a smaller JSON Schema: with what its references lead to, it has more than %1 schemas "
                      "within it"),
    QT_TRANSLATE_NOOP("weir::ErrorText",
                      "is not known here; of 2019-09 and 2020-12 all but \"unevaluatedItems\", "
                      "\"unevaluatedProperties\", \"minContains\", \"maxContains\" and dynamic references is"),

    // what is behind a keyword
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a list of JSON Schemas"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a list of JSON Schemas that is not empty"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a JSON Schema; 2020-12 calls a list of them \"prefixItems\""),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a table of JSON Schemas"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a table of JSON Schemas or names"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a list of names"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a list that is not empty"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a number above 0"),
    QT_TRANSLATE_NOOP("weir::ErrorText",
                      "needs one or more of \"null\", \"boolean\", \"integer\", \"number\", \"string\", \"array\", "
                      "\"object\""),

    // references
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a reference, as text"),
    QT_TRANSLATE_NOOP("weir::ErrorText",
                      "needs a reference to a place within the schema, such as \"#/definitions/name\""),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs to go into the data before it leads back to itself"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs to go into the data after at most %1 references"),

    // regular expressions
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a regular expression, as text"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a regular expression of ECMA-262 (%1)"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs \"\\u0000\" within a pattern written as \"\\\\0\""),
    QT_TRANSLATE_NOOP("weir::ErrorText",
                      "needs fewer patterns, or shorter ones: with their counts written out they have more than %1 "
                      "steps"),
    QT_TRANSLATE_NOOP("weir::ErrorText",
                      "needs a shorter pattern: with its counts written out it has more than %1 steps"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a \"(\" before its \")\""),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a \")\" for this \"(\""),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a \"]\" for this \"[\""),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs at most %1 groups within one another"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a group's name within \"<\" and \">\""),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs something before %1 that it repeats"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a count whose most is not below its least"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs counts of at most %1"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a range whose last character is not before its first"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "needs a character behind its last \"\\\""),
    QT_TRANSLATE_NOOP("weir::ErrorText", "does not know %1"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "does not know %1 within \"[\" and \"]\""),
    QT_TRANSLATE_NOOP("weir::ErrorText", "does not know references back to what a group matched, such as %1"),
    QT_TRANSLATE_NOOP("weir::ErrorText", "does not know properties of characters (\"\\p\")"),
};

} // namespace

std::span<const char* const> schemaTemplates() {
    return templates;
}

} // namespace weir
