// What expressions ask for by name: figures, channels, services and tables that there are not.
#include "core/expression/expression.h"
#include "core/record/metrics.h"
#include "core/scenario/given.h"
#include "core/scenario/inspection.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace weir {
namespace {

using Asked = std::tuple<std::string, std::string, std::string>;

// Answers everything with the same number and remembers the questions.
class CuriousSubject final : public Subject {
  public:
    CuriousSubject(std::int64_t answer, std::set<Asked>& metrics, std::set<Asked>& states)
        : m_answer(answer), m_metrics(metrics), m_states(states) {}

    Datum field(Field) const override { return Datum::decimal(Decimal(m_answer)); }
    Datum attribute(std::string_view) const override { return Datum::decimal(Decimal(m_answer)); }
    Datum metric(const MetricName& name) const override {
        m_metrics.insert({std::string(name.scope), std::string(name.name), std::string(name.figure)});
        return Datum::decimal(Decimal(m_answer));
    }
    Datum state(const StateName& name) const override {
        m_states.insert({std::string(name.service), std::string(name.name), std::string(name.key)});
        return Datum::decimal(Decimal(m_answer));
    }

  private:
    std::int64_t m_answer;
    std::set<Asked>& m_metrics;
    std::set<Asked>& m_states;
};

void collectTables(const std::shared_ptr<Actions>& actions, std::set<std::string>& tables);
void collectTables(const Actions& actions, std::set<std::string>& tables) {
    for (const Action& action : actions) {
        if (const auto* reserve = std::get_if<ReserveAction>(&action.what)) {
            tables.insert(reserve->table);
            collectTables(reserve->orElse, tables);
        } else if (const auto* release = std::get_if<ReleaseAction>(&action.what)) {
            tables.insert(release->table);
        } else if (const auto* add = std::get_if<AddAction>(&action.what)) {
            tables.insert(add->table);
        } else if (const auto* fill = std::get_if<FillAction>(&action.what)) {
            tables.insert(fill->table);
        } else if (const auto* set = std::get_if<SetAction>(&action.what)) {
            tables.insert(set->table);
        } else if (const auto* choose = std::get_if<ChooseAction>(&action.what)) {
            for (const ChooseAction::Branch& branch : choose->branches)
                collectTables(branch.then, tables);
        } else if (const auto* condition = std::get_if<IfAction>(&action.what)) {
            collectTables(condition->then, tables);
            collectTables(condition->orElse, tables);
        }
    }
}
void collectTables(const std::shared_ptr<Actions>& actions, std::set<std::string>& tables) {
    if (actions)
        collectTables(*actions, tables);
}

void collectConditions(const std::shared_ptr<Actions>& actions, std::vector<std::string>& conditions);
void collectConditions(const Actions& actions, std::vector<std::string>& conditions) {
    for (const Action& action : actions) {
        if (const auto* reserve = std::get_if<ReserveAction>(&action.what)) {
            collectConditions(reserve->orElse, conditions);
        } else if (const auto* choose = std::get_if<ChooseAction>(&action.what)) {
            for (const ChooseAction::Branch& branch : choose->branches)
                collectConditions(branch.then, conditions);
        } else if (const auto* condition = std::get_if<IfAction>(&action.what)) {
            conditions.push_back(condition->condition);
            collectConditions(condition->then, conditions);
            collectConditions(condition->orElse, conditions);
        }
    }
}
void collectConditions(const std::shared_ptr<Actions>& actions, std::vector<std::string>& conditions) {
    if (actions)
        collectConditions(*actions, conditions);
}

class ExpressionRules {
  public:
    explicit ExpressionRules(Inspection& inspection) : m_inspection(inspection), m_scenario(inspection.scenario) {}

    void inspect() {
        for (std::size_t i = 0; i < m_scenario.expect.size(); ++i)
            inspectExpectation(m_scenario.expect[i], "/expect/" + std::to_string(i));
        for (std::size_t s = 0; s < m_scenario.services.size(); ++s) {
            const ServiceSpec& service = m_scenario.services[s];
            for (std::size_t i = 0; i < service.sources.size(); ++i) {
                std::vector<std::string> conditions;
                collectConditions(service.sources[i].then, conditions);
                inspectConditions(conditions, service, m_inspection.topology.sourcePointer(s, i));
            }
            for (std::size_t i = 0; i < service.handlers.size(); ++i) {
                std::vector<std::string> conditions{service.handlers[i].filter};
                for (const FailureSpec& failure : service.handlers[i].fails)
                    conditions.push_back(failure.when);
                collectConditions(service.handlers[i].then, conditions);
                inspectConditions(conditions, service, m_inspection.topology.pointer({s, i}));
            }
        }
    }

  private:
    void ask(const std::string& text, std::set<Asked>& metrics, std::set<Asked>& states) const {
        const auto expression = Expression::parse(text);
        // What a short cut hides under one answer comes up under another.
        for (const std::int64_t answer : {0, 1, 1'000'000'000})
            if (expression)
                expression->evaluate(CuriousSubject(answer, metrics, states));
    }

    void inspectExpectation(const Expectation& expectation, const std::string& where) {
        if (expectation.kind != Expectation::Kind::atEnd && expectation.kind != Expectation::Kind::always)
            return;
        std::set<Asked> metrics, states;
        ask(expectation.expression, metrics, states);
        const std::string place = where + (expectation.kind == Expectation::Kind::atEnd ? "/that" : "/always");
        for (const auto& [scope, name, figure] : metrics)
            inspectMetric(scope, name, figure, place);
        for (const auto& [service, table, key] : states)
            inspectState(service, table, place);
    }

    void inspectMetric(const std::string& scopeName, const std::string& name, const std::string& figure,
                       const std::string& where) {
        const auto scope = metricScope(scopeName);
        if (!scope) {
            refuse("scope", scopeName, "is neither run, channel, subscription nor service",
                   {"run", "channel", "subscription", "service"}, where);
            return;
        }
        const std::vector<std::string> known = namesIn(*scope);
        if (*scope != MetricScope::run && std::find(known.begin(), known.end(), name) == known.end())
            refuse(scopeName, name, "is no " + scopeName + " here", known, where);
        const auto figures = metricNames(*scope);
        if (std::find(figures.begin(), figures.end(), figure) == figures.end())
            refuse("figure", figure, "is no figure of a " + scopeName, {figures.begin(), figures.end()}, where);
    }

    std::vector<std::string> namesIn(MetricScope scope) const {
        std::vector<std::string> names;
        for (const ChannelSpec& channel : m_scenario.channels)
            if (scope == MetricScope::channel)
                names.push_back(channel.name);
        for (const ServiceSpec& service : m_scenario.services)
            if (scope == MetricScope::service)
                names.push_back(service.name);
        for (const Topology::Subscription& subscription : m_inspection.topology.subscriptions())
            if (scope == MetricScope::subscription)
                names.push_back(subscription.name);
        return names;
    }

    void inspectState(const std::string& serviceName, const std::string& table, const std::string& where) {
        std::vector<std::string> services;
        for (const ServiceSpec& service : m_scenario.services) {
            services.push_back(service.name);
            if (service.name != serviceName)
                continue;
            std::set<std::string> tables;
            for (const auto& [name, entries] : service.state)
                tables.insert(name);
            for (const SourceSpec& source : service.sources)
                collectTables(source.then, tables);
            for (const HandlerSpec& handler : service.handlers)
                collectTables(handler.then, tables);
            if (!tables.contains(table) && !tables.contains(table.substr(0, table.find('.'))))
                refuse("table", table, "is no state table of " + serviceName, {tables.begin(), tables.end()}, where);
            return;
        }
        refuse("service", serviceName, "is no service here", services, where);
    }

    void refuse(const std::string& kind, const std::string& name, const std::string& problem,
                const std::vector<std::string>& known, const std::string& where) {
        const std::string sentence = "\"" + name + "\" " + problem + suggestionOf(name, known);
        m_inspection.add({.severity = Severity::error,
                          .code = "unknownName",
                          .where = where,
                          .text = sentence + ", so the expectation can never be judged; correct the name.",
                          .names = {},
                          .arguments = {name, kind}});
    }

    // A handler sees the event and the state of its own service, as a real one would.
    void inspectConditions(const std::vector<std::string>& conditions, const ServiceSpec& service,
                           const std::string& where) {
        std::set<Asked> metrics, states;
        for (const std::string& condition : conditions)
            if (!condition.empty())
                ask(condition, metrics, states);
        std::set<std::string> foreign; // services; empty: figures of the run
        for (const auto& [other, table, key] : states)
            if (other != service.name)
                foreign.insert(other);
        if (!metrics.empty())
            foreign.insert("");
        for (const std::string& other : foreign)
            m_inspection.add({.severity = Severity::warning,
                              .code = "unseen",
                              .where = where,
                              .text = service.name + " asks for " +
                                      (other.empty() ? std::string("figures of the run") : "the state of " + other) +
                                      ", but sees only its event and its own state; carry what it needs in the event.",
                              .names = {service.name},
                              .arguments = {service.name, other}});
    }

    Inspection& m_inspection;
    const Scenario& m_scenario;
};

} // namespace

void inspectExpressions(Inspection& inspection) {
    ExpressionRules(inspection).inspect();
}

} // namespace weir
