#include "core/services/declarative_processor.h"
#include "core/services/declarative_steps.h"

namespace weir {

namespace {

using Step = DeclarativeProcessor::Step;

class ActionCompiler {
  public:
    ActionCompiler(SiteId first, State& shape) : m_next(first), m_shape(shape) {}

    Errors errors;

    Step::Steps compile(const Actions& actions, const std::string& where) {
        Step::Steps steps;
        for (std::size_t i = 0; i < actions.size(); ++i) {
            const std::string inside = where + '/' + std::to_string(i);
            steps.push_back(std::visit([&](const auto& action) { return compile(action, inside); }, actions[i].what));
        }
        return steps;
    }

  private:
    Step compile(const EmitAction&, const std::string&) {
        const SiteId site = m_next;
        ++m_next.value;
        return {Step::Emit{site}};
    }

    Step compile(const ReserveAction& action, const std::string& where) {
        Step::Reserve reserve{.table = table(action.table, where + "/reserve"),
                              .items = items(action.items, action.key, action.quantity, where),
                              .hasElse = action.orElse != nullptr,
                              .orElse = {}};
        if (action.orElse)
            reserve.orElse = compile(*action.orElse, where + "/else");
        return {std::move(reserve)};
    }

    Step compile(const ReleaseAction& action, const std::string& where) {
        return {Step::Release{.table = table(action.table, where + "/release"),
                              .items = items(action.items, action.key, action.quantity, where)}};
    }

    Step compile(const AddAction& action, const std::string& where) {
        Step::Add add{.table = table(action.table, where + "/add"),
                      .key = compileTemplate(Value(action.key), where + "/key"),
                      .by = compileTemplate(action.by, where + "/by")};
        if (add.by.isConstant() && !add.by.constant().number())
            errors.push_back({where + "/by", "needs a number or a template of one", action.by.canonical()});
        return {std::move(add)};
    }

    Step compile(const FillAction& action, const std::string& where) {
        Step::Fill fill{.table = table(action.table, where + "/fill"), .to = {}};
        for (const auto& [key, least] : action.to)
            fill.to.emplace_back(key, least);
        return {std::move(fill)};
    }

    Step compile(const SetAction& action, const std::string& where) {
        Step::Set set{.table = table(action.table, where + "/set"),
                      .key = compileTemplate(Value(action.key), where + "/key"),
                      .to = {},
                      .from = {}};
        set.to = status(set.table, action.to, where + "/to");
        for (const std::string& from : action.from)
            set.from.push_back(status(set.table, from, where + "/from"));
        return {std::move(set)};
    }

    Step compile(const ChooseAction& action, const std::string& where) {
        Step::Choose choose;
        double sum = 0;
        for (std::size_t i = 0; i < action.branches.size(); ++i) {
            const ChooseAction::Branch& branch = action.branches[i];
            const std::string inside = where + "/choose/" + std::to_string(i);
            if (!(branch.weight >= 0 && branch.weight <= 1e15))
                errors.push_back({inside + "/weight", "needs a weight of 0 or more", std::to_string(branch.weight)});
            sum += branch.weight;
            choose.upTo.push_back(sum);
            choose.branches.push_back(branch.then ? compile(*branch.then, inside + "/then") : Step::Steps());
        }
        if (!(sum > 0))
            errors.push_back({where + "/choose", "needs a branch with a weight above 0", ""});
        return {std::move(choose)};
    }

    Step compile(const IfAction& action, const std::string& where) {
        Step::Steps then = action.then ? compile(*action.then, where + "/then") : Step::Steps();
        Step::Steps orElse = action.orElse ? compile(*action.orElse, where + "/else") : Step::Steps();
        Result<Expression> condition = Expression::parse(action.condition);
        const std::optional<Error> wrong = condition ? condition->certainError() : condition.error();
        if (wrong) {
            errors.push_back({where + "/if", wrong->where + ": " + wrong->what, wrong->given});
            return {Step::Emit{}}; // never runs: the errors come back instead
        }
        return {Step::If{std::move(*condition), std::move(then), std::move(orElse)}};
    }

    Step::Items items(const std::string& list, const std::string& key, const std::string& quantity,
                      const std::string& where) {
        Step::Items made;
        Result<EventPath> listPath = EventPath::compile(list);
        if (listPath && listPath->attribute() == EventAttribute::data)
            made.list = std::move(*listPath);
        else
            errors.push_back({where + "/items", "needs the path of a list such as \"data.items\"", '"' + list + '"'});
        made.key = member(key, where + "/key");
        made.quantity = member(quantity, where + "/quantity");
        return made;
    }

    DataPath member(const std::string& text, const std::string& where) {
        Result<DataPath> path = DataPath::compile(text);
        if (path && !path->empty())
            return std::move(*path);
        errors.push_back({where, "needs a member of each item", '"' + text + '"'});
        return {};
    }

    TableId table(const std::string& name, const std::string& where) {
        if (name.empty())
            errors.push_back({where, "needs the name of a table", ""});
        return m_shape.addTable(name);
    }

    StatusId status(TableId table, const std::string& name, const std::string& where) {
        const StatusId made = m_shape.addStatus(table, name);
        if (name.empty() || !made.valid())
            errors.push_back({where, name.empty() ? "needs a status" : "a table has too many statuses", name});
        return made;
    }

    Template compileTemplate(const Value& source, const std::string& where) {
        Result<Template> compiled = Template::compile(source);
        if (compiled)
            return std::move(*compiled);
        const Error& error = compiled.error();
        errors.push_back({where + error.where, error.what, error.given});
        return {};
    }

    SiteId m_next;
    State& m_shape;
};

} // namespace

Result<DeclarativeProcessor, Errors> DeclarativeProcessor::compile(const Actions& actions, SiteId first, State& shape,
                                                                   const std::string& where) {
    ActionCompiler compiler(first, shape);
    auto steps = std::make_shared<const std::vector<Step>>(compiler.compile(actions, where));
    if (!compiler.errors.empty())
        return std::move(compiler.errors);
    DeclarativeProcessor made;
    made.m_steps = std::move(steps);
    for (const Step& step : *made.m_steps) {
        const auto* emit = std::get_if<Step::Emit>(&step.what);
        if (!emit) {
            made.m_plainEmits.clear();
            break;
        }
        made.m_plainEmits.push_back(emit->site);
    }
    return made;
}

State initialState(const ServiceSpec& service, State::Limits limits) {
    State state(limits);
    for (const auto& [name, entries] : service.state) {
        const TableId table = state.addTable(name);
        for (const auto& [key, value] : entries) {
            if (const Decimal* quantity = value.number())
                state.put(table, key, Cell::ofQuantity(*quantity));
            else if (const std::string* status = value.text())
                state.put(table, key, Cell{.quantity = {}, .status = state.addStatus(table, *status), .previous = {}});
        }
    }
    return state;
}

} // namespace weir
