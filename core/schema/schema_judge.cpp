#include "core/schema/schema_judge.h"

#include "core/kernel/hash.h"

#include <cmath>
#include <set>

namespace weir {

using nlohmann::json;
using valijson::Subschema;

bool PartConstraint::validate(const valijson::adapters::Adapter&, const std::vector<std::string>&,
                              valijson::ValidationResults*) const {
    assert(false);
    return false;
}

valijson::constraints::Constraint* PartConstraint::cloneInto(void* place) const {
    return new (place) PartConstraint(*this);
}

std::size_t SchemaTrial::Hash::operator()(const Question& question) const {
    return mix64(question.part ^ mix64(reinterpret_cast<std::uintptr_t>(question.data)));
}

SchemaJudge::SchemaJudge(SchemaTrial& trial, const json& data)
    : Base(valijson::adapters::NlohmannJsonAdapter(data), {}, true, nullptr, trial.unused), m_trial(trial),
      m_data(data) {}

bool SchemaJudge::fits(const Subschema* schema, const json& data) {
    if (m_trial.levels == SchemaTrial::levelsMax)
        m_trial.tooDeep = true;
    if (m_trial.tooDeep)
        return false;
    ++m_trial.levels;
    const bool fitting = SchemaJudge(m_trial, data).accepts(*schema);
    --m_trial.levels;
    return fitting;
}

bool SchemaJudge::isFound(const std::string& pattern, const std::string& text) const {
    const auto known = m_trial.library.patterns.find(pattern);
    assert(known != m_trial.library.patterns.end());
    return known->second.foundIn(text);
}

bool SchemaJudge::visit(const AllOfConstraint& constraint) {
    bool all = true;
    constraint.applyToSubschemas([&](unsigned, const Subschema* each) { return all = fits(each, m_data); });
    return all;
}

bool SchemaJudge::visit(const AnyOfConstraint& constraint) {
    bool some = false;
    constraint.applyToSubschemas([&](unsigned, const Subschema* each) { return !(some = fits(each, m_data)); });
    return some;
}

bool SchemaJudge::visit(const OneOfConstraint& constraint) {
    int count = 0;
    constraint.applyToSubschemas([&](unsigned, const Subschema* each) {
        count += fits(each, m_data) ? 1 : 0;
        return count < 2;
    });
    return count == 1;
}

bool SchemaJudge::visit(const NotConstraint& constraint) {
    return !fits(constraint.getSubschema(), m_data);
}

bool SchemaJudge::visit(const ConditionalConstraint& constraint) {
    const Subschema* const then =
        fits(constraint.getIfSubschema(), m_data) ? constraint.getThenSubschema() : constraint.getElseSubschema();
    return !then || fits(then, m_data);
}

bool SchemaJudge::visit(const DependenciesConstraint& constraint) {
    if (!m_data.is_object())
        return true;
    bool good = true;
    constraint.applyToPropertyDependencies([&](const auto& name, const auto& others) {
        if (m_data.contains(name.c_str()))
            for (const auto& other : others)
                good = good && m_data.contains(other.c_str());
        return good;
    });
    if (good)
        constraint.applyToSchemaDependencies([&](const auto& name, const Subschema* schema) {
            return good = !m_data.contains(name.c_str()) || fits(schema, m_data);
        });
    return good;
}

bool SchemaJudge::visit(const ContainsConstraint& constraint) {
    return !m_data.is_array() || std::any_of(m_data.begin(), m_data.end(),
                                             [&](const json& item) { return fits(constraint.getSubschema(), item); });
}

bool SchemaJudge::visit(const SingularItemsConstraint& constraint) {
    const Subschema* const schema = constraint.getItemsSubschema();
    return !schema || !m_data.is_array() ||
           std::all_of(m_data.begin(), m_data.end(), [&](const json& item) { return fits(schema, item); });
}

bool SchemaJudge::visit(const LinearItemsConstraint& constraint) {
    if (!m_data.is_array())
        return true;
    bool good = true;
    constraint.applyToItemSubschemas([&](std::size_t index, const Subschema* each) {
        good = index >= m_data.size() || fits(each, m_data[index]);
        return good && index < m_data.size();
    });
    const Subschema* const rest = constraint.getAdditionalItemsSubschema();
    for (std::size_t i = constraint.getItemSubschemaCount(); good && i < m_data.size(); ++i)
        good = rest && fits(rest, m_data[i]);
    return good;
}

bool SchemaJudge::visit(const PropertiesConstraint& constraint) {
    if (!m_data.is_object())
        return true;
    bool good = true;
    std::set<const json*> named;
    constraint.applyToProperties([&](const auto& name, const Subschema* schema) {
        if (const auto member = m_data.find(name.c_str()); member != m_data.end()) {
            named.insert(&*member);
            good = fits(schema, *member);
        }
        return good;
    });
    constraint.applyToPatternProperties([&](const auto& pattern, const Subschema* schema) {
        for (auto member = m_data.begin(); good && member != m_data.end(); ++member)
            if (isFound(pattern.c_str(), member.key())) {
                named.insert(&*member);
                good = fits(schema, *member);
            }
        return good;
    });
    const Subschema* const rest = constraint.getAdditionalPropertiesSubschema();
    for (auto member = m_data.begin(); good && member != m_data.end(); ++member)
        good = named.contains(&*member) || (rest && fits(rest, *member));
    return good;
}

bool SchemaJudge::visit(const PropertyNamesConstraint& constraint) {
    if (!m_data.is_object())
        return true;
    for (auto member = m_data.begin(); member != m_data.end(); ++member)
        if (!fits(constraint.getSubschema(), m_trial.names.emplace_back(member.key())))
            return false;
    return true;
}

// valijson matches dates and times by std::regex, whose stack grows with the text; no date is as long as that.
bool SchemaJudge::visit(const FormatConstraint& constraint) {
    constexpr std::size_t dateBytesMax = 1'000;
    const std::string& format = constraint.getFormat();
    if (!m_data.is_string() || (format != "date" && format != "time" && format != "date-time"))
        return true;
    return m_data.get_ref<const std::string&>().size() <= dateBytesMax && Base::visit(constraint);
}

// valijson cuts a fraction off.
bool SchemaJudge::visit(const MultipleOfIntConstraint& constraint) {
    if (m_data.is_number_float())
        return std::remainder(m_data.get<double>(), static_cast<double>(constraint.getDivisor())) == 0;
    return Base::visit(constraint);
}

bool SchemaJudge::visit(const PatternConstraint& constraint) {
    return !m_data.is_string() ||
           isFound(constraint.getPattern<std::string::allocator_type>(), m_data.get_ref<const std::string&>());
}

// Who asks a part about a place while it is being asked about it already would ask for ever; such parts are refused
// when the schema is cut.
bool SchemaJudge::visit(const PolyConstraint& constraint) {
    const std::size_t part = static_cast<const PartConstraint&>(constraint).part();
    const auto known = m_trial.answers.find({part, &m_data});
    if (known != m_trial.answers.end())
        return known->second;
    const bool fitting = fits(m_trial.library.parts[part].root(), m_data);
    m_trial.answers.emplace(SchemaTrial::Question{part, &m_data}, fitting);
    return fitting;
}

} // namespace weir
