// TemplateCompiler: reads the JSON of a template into nodes, and says where it is wrong. Template::compile uses it;
// nobody else needs it.
#pragma once

#include "core/services/template_nodes.h"

#include <string>
#include <string_view>

namespace weir {

class TemplateCompiler {
  public:
    // `where` is the JSON pointer of `source`.
    Result<Template::Node> compile(const Value& source, const std::string& where);

    bool needsEvent() const { return m_needsEvent; }
    bool needsCorrelation() const { return m_needsCorrelation; }

  private:
    using Node = Template::Node;

    Result<Node> compileText(std::string_view text, const std::string& where);
    Result<Placeholder> compilePlaceholder(std::string_view name, const std::string& where);
    Result<Node> compileList(const Value::List& list, const std::string& where);
    Result<Node> compileTable(const Value::Table& table, const std::string& where);
    Result<Node> compileGenerator(const Value::Table& table, const std::string& name, const std::string& where);
    Result<Node> compilePick(const Value::Table& table, const std::string& where);
    Result<Node> compileInteger(const Value& bounds, const std::string& where);
    Result<Node> compileNumber(const Value::Table& table, const std::string& where);
    Result<Node> compileRepeat(const Value& repeat, const std::string& where);
    Result<Node> compileMerge(const Value& tables, const std::string& where);
    Result<Node> compileSum(const Value& sum, const std::string& where);
    Result<EventPath> compileEventPath(std::string_view text, const std::string& where);

    bool m_needsEvent = false;
    bool m_needsCorrelation = false;
};

} // namespace weir
