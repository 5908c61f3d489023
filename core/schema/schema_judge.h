// SchemaJudge: what valijson says of data, but for what may take without end there: patterns are TextPattern's, what a
// part of a schema says of one place of the data is found out once, and levels are counted. valijson's own visitor
// makes others of its kind for what is within, so all that leads further in is said here; what does not is left to it.
#pragma once

#include "core/schema/text_pattern.h"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/validation_visitor.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace weir {

// In the place of a reference: the number of the part that it leads to.
class PartConstraint final : public valijson::constraints::PolyConstraint {
  public:
    explicit PartConstraint(std::size_t part) : m_part(part) {}
    std::size_t part() const { return m_part; }
    // The judge asks the part instead.
    bool validate(const valijson::adapters::Adapter& target, const std::vector<std::string>& context,
                  valijson::ValidationResults* results) const override;

  private:
    valijson::constraints::Constraint* cloneInto(void* place) const override;
    std::size_t sizeOf() const override { return sizeof(PartConstraint); }
    std::size_t m_part;
};

struct SchemaLibrary {
    std::deque<valijson::Schema> parts;
    std::map<std::string, TextPattern, std::less<>> patterns;
};

// One asking of a schema.
struct SchemaTrial {
    // Schemas within schemas that data may lead through, each being about the data or about what is within them.
    static constexpr std::size_t levelsMax = 2'000;

    explicit SchemaTrial(const SchemaLibrary& library_) : library(library_) {}

    struct Question {
        std::size_t part;
        const nlohmann::json* data;
        bool operator==(const Question&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Question& question) const;
    };
    const SchemaLibrary& library;
    std::unordered_map<Question, bool, Hash> answers;
    std::deque<nlohmann::json> names; // of members that were asked about, where they stay
    std::unordered_map<std::string, std::regex> unused;
    std::size_t levels = 0;
    bool tooDeep = false;
};

class SchemaJudge final : private valijson::ValidationVisitor<valijson::adapters::NlohmannJsonAdapter> {
  public:
    SchemaJudge(SchemaTrial& trial, const nlohmann::json& data);
    bool accepts(const valijson::Subschema& schema) { return validateSchema(schema); }

  private:
    using Base = valijson::ValidationVisitor<valijson::adapters::NlohmannJsonAdapter>;
    using Base::visit;

    bool visit(const AllOfConstraint& constraint) override;
    bool visit(const AnyOfConstraint& constraint) override;
    bool visit(const OneOfConstraint& constraint) override;
    bool visit(const NotConstraint& constraint) override;
    bool visit(const ConditionalConstraint& constraint) override;
    bool visit(const DependenciesConstraint& constraint) override;
    bool visit(const ContainsConstraint& constraint) override;
    bool visit(const SingularItemsConstraint& constraint) override;
    bool visit(const LinearItemsConstraint& constraint) override;
    bool visit(const PropertiesConstraint& constraint) override;
    bool visit(const PropertyNamesConstraint& constraint) override;
    bool visit(const FormatConstraint& constraint) override;
    bool visit(const MultipleOfIntConstraint& constraint) override;
    bool visit(const PatternConstraint& constraint) override;
    bool visit(const PolyConstraint& constraint) override;

    bool fits(const valijson::Subschema* schema, const nlohmann::json& data);
    bool isFound(const std::string& pattern, const std::string& text) const;

    SchemaTrial& m_trial;
    const nlohmann::json& m_data;
};

} // namespace weir
