#include "tests/field_reference.h"

namespace weir {
namespace {

struct Words {
    const char *title, *intro, *key, *value, *standard, *meaning, *required, *listOf, *tableOf, *text, *number, *whole,
        *truth, *any, *alternative, *units;
};
constexpr Words english{"Scenario files: field reference",
                        "<!-- Made from `resources/scenario.schema.json`; do not edit by hand. -->",
                        "Key",
                        "Value",
                        "Default",
                        "Meaning",
                        "required",
                        "list of ",
                        "table by name of ",
                        "text",
                        "number",
                        "whole number",
                        "true or false",
                        "any JSON",
                        " or ",
                        "Values"};
constexpr Words chinese{"场景文件：字段参考",
                        "<!-- 由 `resources/scenario.schema.json` 生成，请勿手工修改。 -->",
                        "键",
                        "值",
                        "默认值",
                        "含义",
                        "必填",
                        "列表：",
                        "按名称的表：",
                        "文本",
                        "数字",
                        "整数",
                        "true 或 false",
                        "任意 JSON",
                        " 或 ",
                        "取值"};

class Writer {
  public:
    Writer(const Value& schema, ReferenceLanguage language)
        : m_definitions(*schema.member("definitions")), m_zh(language == ReferenceLanguage::chinese),
          m_words(m_zh ? chinese : english) {}

    std::string write() {
        std::string out = "# " + std::string(m_words.title) + "\n\n" + m_words.intro + "\n";
        for (const auto& [name, definition] : *m_definitions.table())
            if (definition.member("properties"))
                out += section(name, definition);
        out += "\n## " + std::string(m_words.units) + "\n\n";
        for (const auto& [name, definition] : *m_definitions.table())
            if (!definition.member("properties"))
                out += "- **" + title(definition) + "**" + (m_zh ? "：" : ": ") + description(definition) + "\n";
        return out;
    }

  private:
    const std::string& textOf(const Value& value, const char* key) const { return *value.member(key)->text(); }
    const std::string& description(const Value& value) const {
        return textOf(value, m_zh ? "x-description-zh" : "description");
    }
    const std::string& title(const Value& value) const { return textOf(value, m_zh ? "x-title-zh" : "title"); }

    std::string section(const std::string& name, const Value& definition) const {
        std::string out = "\n## " + name + "\n\n" + description(definition) + "\n\n| " + m_words.key + " | " +
                          m_words.value + " | " + m_words.standard + " | " + m_words.meaning +
                          " |\n|---|---|---|---|\n";
        for (const auto& [key, property] : *definition.member("properties")->table()) {
            const Value* standard = property.member("default");
            out += "| `" + key + "` | " + valueOf(property) + " | " +
                   (standard                      ? '`' + plain(*standard) + '`'
                    : isRequired(definition, key) ? m_words.required
                                                  : std::string()) +
                   " | " + escaped(description(property)) + " |\n";
        }
        return out;
    }

    static bool isRequired(const Value& definition, const std::string& key) {
        const Value* required = definition.member("required");
        if (required)
            for (const Value& name : *required->list())
                if (*name.text() == key)
                    return true;
        return false;
    }

    static std::string plain(const Value& value) { return value.text() ? *value.text() : value.canonical(); }
    static std::string escaped(const std::string& text) {
        std::string out;
        for (const char c : text)
            out += c == '|' ? std::string("\\|") : std::string(1, c);
        return out;
    }

    std::string joined(const Value::List& alternatives) const {
        std::string out;
        for (const Value& alternative : alternatives)
            out += (out.empty() ? "" : m_words.alternative) + valueOf(alternative);
        return out;
    }

    // What may stand there, in a few words.
    std::string valueOf(const Value& schema) const {
        if (const Value* all = schema.member("allOf"))
            return valueOf(all->list()->front());
        if (const Value* reference = schema.member("$ref")) {
            const std::string name = reference->text()->substr(std::string("#/definitions/").size());
            const Value& definition = *m_definitions.member(name);
            return definition.member("properties") ? "[" + name + "](#" + name + ")" : title(definition);
        }
        if (const Value* any = schema.member("anyOf"))
            return joined(*any->list());
        if (const Value* constant = schema.member("const"))
            return '`' + constant->canonical() + '`';
        if (const Value* words = schema.member("enum")) {
            std::string out;
            for (const Value& word : *words->list())
                out += (out.empty() ? "`" : ", `") + *word.text() + '`';
            return out;
        }
        const Value* type = schema.member("type");
        if (!type)
            return m_words.any;
        if (*type->text() == "array")
            return m_words.listOf + valueOf(*schema.member("items"));
        if (*type->text() == "object") {
            const Value* members = schema.member("additionalProperties");
            return m_words.tableOf + (members ? valueOf(*members) : m_words.any);
        }
        if (*type->text() == "boolean")
            return m_words.truth;
        if (*type->text() == "string")
            return m_words.text;
        const Value* low = schema.member("minimum");
        const std::string kind = *type->text() == "integer" ? m_words.whole : m_words.number;
        return low ? kind + ' ' + low->canonical() + " .. " + schema.member("maximum")->canonical() : kind;
    }

    const Value& m_definitions;
    bool m_zh;
    const Words& m_words;
};

} // namespace

std::string fieldReference(const Value& schema, ReferenceLanguage language) {
    return Writer(schema, language).write();
}

} // namespace weir
