#include "core/schema/compiled_schema.h"

#include "core/schema/schema_judge.h"

#include <valijson/constraint_builder.hpp>
#include <valijson/schema_parser.hpp>

namespace weir {
namespace {

using nlohmann::json;

json jsonOf(const Value& value) {
    if (const bool* truth = value.truth())
        return *truth;
    if (const std::string* text = value.text())
        return *text;
    if (const Decimal* number = value.number()) {
        if (const auto whole = number->whole())
            return *whole;
        const json parsed = json::parse(number->text(), nullptr, false);
        return parsed.is_discarded() ? json(number->toDouble()) : parsed; // beyond a double's range
    }
    if (const Value::List* list = value.list()) {
        json::array_t items;
        items.reserve(list->size());
        for (const Value& item : *list)
            items.push_back(jsonOf(item));
        return items;
    }
    if (const Value::Table* table = value.table()) {
        json::object_t members;
        for (const auto& [name, member] : *table)
            members.emplace(name, jsonOf(member));
        return members;
    }
    return nullptr;
}

class PartBuilder final : public valijson::ConstraintBuilder {
  public:
    valijson::constraints::Constraint* make(const valijson::adapters::Adapter& part) const override {
        return new PartConstraint(static_cast<std::size_t>(part.asInteger()));
    }
};

// valijson speaks by exceptions.
std::optional<Error> populate(valijson::Schema& into, const Value& part) {
    const json text = jsonOf(part);
    try {
        valijson::SchemaParser parser; // owns the builder
        parser.addConstraintBuilder(std::string(SchemaParts::reference), new PartBuilder);
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), into);
    } catch (const std::exception& problem) {
        return Error{"", "needs a JSON Schema (" + std::string(problem.what()) + ")", ""};
    }
    return std::nullopt;
}

} // namespace

struct CompiledSchema::Place {
    valijson::Schema schema;
};

CompiledSchema::CompiledSchema(std::shared_ptr<const SchemaLibrary> library, std::unique_ptr<const Place> place)
    : m_library(std::move(library)), m_place(std::move(place)) {}
CompiledSchema::~CompiledSchema() = default;

Result<std::shared_ptr<const CompiledSchema>> CompiledSchema::compile(const SchemaParts& parts) {
    auto library = std::make_shared<SchemaLibrary>();
    library->patterns = parts.patterns;
    for (const Value& part : parts.parts)
        if (const auto problem = populate(library->parts.emplace_back(), part))
            return *problem;
    return std::shared_ptr<const CompiledSchema>(new CompiledSchema(std::move(library), nullptr));
}

Result<std::shared_ptr<const CompiledSchema>> CompiledSchema::within(const Value& place) const {
    auto own = std::make_unique<Place>();
    if (const auto problem = populate(own->schema, place))
        return *problem;
    return std::shared_ptr<const CompiledSchema>(new CompiledSchema(m_library, std::move(own)));
}

bool CompiledSchema::accepts(const Value& data) const {
    const json text = jsonOf(data);
    SchemaTrial trial(*m_library);
    const bool fitting = SchemaJudge(trial, text).accepts(m_place ? m_place->schema : m_library->parts.front());
    return fitting && !trial.tooDeep;
}

} // namespace weir
