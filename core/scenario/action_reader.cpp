#include "core/scenario/action_reader.h"
#include "core/scenario/publish_reader.h"

#include "core/expression/expression.h"
#include "core/services/event_path.h"
#include "core/services/template.h"

#include <array>

namespace weir {
namespace {

constexpr double weightMax = 1e15;
constexpr std::array<std::string_view, 8> verbs{"emit", "reserve", "release", "add", "fill", "set", "choose", "if"};

std::optional<std::string> readTable(const Given& given) {
    const std::string* name = given.value().text();
    if (name && !name->empty())
        return *name;
    given.refuse("needs the name of a state table");
    return std::nullopt;
}

std::optional<std::string> readStatus(const Given& given) {
    const std::string* name = given.value().text();
    if (name && !name->empty())
        return *name;
    given.refuse("needs a status");
    return std::nullopt;
}

std::optional<std::vector<std::string>> readStatuses(const Given& given) {
    std::vector<std::string> statuses;
    if (given.value().list()) {
        for (const Given& item : given.items())
            statuses.push_back(readStatus(item).value_or(""));
    } else {
        statuses.push_back(readStatus(given).value_or(""));
    }
    return statuses;
}

std::optional<std::string> readItemsPath(const Given& given) {
    const std::string* text = given.value().text();
    const auto path = text ? EventPath::compile(*text) : Result<EventPath>(Error{});
    if (path && path->attribute() == EventAttribute::data)
        return *text;
    given.refuse("needs the path of a list such as \"data.items\"");
    return std::nullopt;
}

std::optional<std::string> readMemberPath(const Given& given) {
    const std::string* text = given.value().text();
    const auto path = text ? DataPath::compile(*text) : Result<DataPath>(Error{});
    if (path && !path->empty())
        return *text;
    given.refuse("needs the name of a member of each item");
    return std::nullopt;
}

std::optional<Value> readHeaders(const Given& given) {
    return given.isTable("of headers by name") ? readTemplate(given) : std::nullopt;
}

template <class ItemsAction> void takeItems(const Given& given, ItemsAction& action) {
    given.take("items", action.items, readItemsPath);
    given.take("key", action.key, readMemberPath);
    given.take("quantity", action.quantity, readMemberPath);
}

} // namespace

std::optional<std::string> readExpression(const Given& given) {
    const auto text = readText(given);
    if (!text)
        return std::nullopt;
    const Result<Expression> expression = Expression::parse(*text);
    if (const auto wrong = expression ? expression->certainError() : expression.error()) {
        given.refuseText(*wrong);
        return std::nullopt;
    }
    return text;
}

std::optional<std::string> readEventPath(const Given& given) {
    const auto text = readText(given);
    if (!text)
        return std::nullopt;
    if (const auto path = EventPath::compile(*text); !path) {
        given.refuseText(path.error());
        return std::nullopt;
    }
    return text;
}

std::optional<Value> readTemplate(const Given& given) {
    if (const auto compiled = Template::compile(given.value()); !compiled) {
        given.refuse(compiled.error());
        return std::nullopt;
    }
    return given.value();
}

std::optional<std::string> readTextTemplate(const Given& given) {
    const auto text = readText(given);
    return text && readTemplate(given) ? text : std::nullopt;
}

Actions ActionReader::readActions(const Given& given) const {
    Actions actions;
    if (given.value().table()) {
        actions.push_back(readAction(given));
        return actions;
    }
    if (!given.isList("actions, or one of them"))
        return actions;
    for (const Given& item : given.items())
        actions.push_back(readAction(item));
    return actions;
}

Action ActionReader::readAction(const Given& given) const {
    if (given.has("emit")) {
        given.isTable(fields::emit);
        return readEmitOf(given);
    }
    if (given.has("reserve"))
        return readReserve(given);
    if (given.has("release"))
        return readRelease(given);
    if (given.has("add"))
        return readAdd(given);
    if (given.has("fill"))
        return readFill(given);
    if (given.has("set"))
        return readSet(given);
    if (given.has("choose"))
        return readChoose(given);
    if (given.has("if"))
        return readIf(given);
    std::string need = "needs an action: a table with emit, reserve, release, add, fill, set, choose or if";
    const Value::Table* table = given.value().table();
    if (table && !table->empty()) {
        const std::vector<std::string> known(verbs.begin(), verbs.end());
        if (const std::string near = suggestionOf(table->front().first, known); near.starts_with(" (did"))
            need += near;
    }
    given.refuse(need);
    return {};
}

Action ActionReader::readEmitOf(const Given& given) const {
    EmitAction emit;
    given.take("emit", emit.type, [this](const Given& type) { return m_names.readEvent(type); });
    if (!given.has("to"))
        given.missing("to", "the channel that it publishes to");
    given.take("to", emit.to, [this](const Given& channel) { return m_names.readChannel(channel); });
    given.take("routingKey", emit.routingKey, readTextTemplate);
    given.take("data", emit.data, readTemplate);
    given.take("headers", emit.headers, readHeaders);
    given.take("mandatory", emit.mandatory, readTruth);
    given.take("retain", emit.retain, readTruth);
    readPublish(given, emit);
    const auto when = given.member("when");
    if (!when)
        return {std::move(emit)};
    IfAction condition;
    condition.condition = readExpression(*when).value_or("");
    condition.then = std::make_shared<Actions>(Actions{Action{std::move(emit)}});
    return {std::move(condition)};
}

Action ActionReader::readReserve(const Given& given) const {
    ReserveAction reserve;
    given.isTable(fields::reserve);
    given.take("reserve", reserve.table, readTable);
    takeItems(given, reserve);
    given.take("else", reserve.orElse, asActions());
    return {std::move(reserve)};
}

Action ActionReader::readRelease(const Given& given) const {
    ReleaseAction release;
    given.isTable(fields::release);
    given.take("release", release.table, readTable);
    takeItems(given, release);
    return {std::move(release)};
}

Action ActionReader::readAdd(const Given& given) const {
    AddAction add;
    given.isTable(fields::add);
    given.take("add", add.table, readTable);
    if (!given.has("key"))
        given.missing("key", "a text such as \"{event.data.userId}\"");
    given.take("key", add.key, readTextTemplate);
    given.take("by", add.by, [](const Given& by) -> std::optional<Value> {
        const auto compiled = Template::compile(by.value());
        if (compiled && compiled->isConstant() && !compiled->constant().number()) {
            by.refuse("needs a number or a template of one");
            return std::nullopt;
        }
        return readTemplate(by);
    });
    return {std::move(add)};
}

Action ActionReader::readFill(const Given& given) const {
    FillAction fill;
    given.isTable(fields::fill);
    given.take("fill", fill.table, readTable);
    const auto to = given.member("to");
    if (!to)
        given.missing("to", "a table of quantities by key");
    else if (to->isTable("of quantities by key"))
        for (const auto& [key, quantity] : to->members()) {
            if (const Decimal* number = quantity.value().number())
                fill.to[key] = *number;
            else
                quantity.refuse("needs a number");
        }
    return {std::move(fill)};
}

Action ActionReader::readSet(const Given& given) const {
    SetAction set;
    given.isTable(fields::set);
    given.take("set", set.table, readTable);
    if (!given.has("key"))
        given.missing("key", "a text such as \"{event.data.orderId}\"");
    given.take("key", set.key, readTextTemplate);
    if (!given.has("to"))
        given.missing("to", "a status");
    given.take("to", set.to, readStatus);
    given.take("from", set.from, readStatuses);
    return {std::move(set)};
}

Action ActionReader::readChoose(const Given& given) const {
    ChooseAction choose;
    given.isTable(fields::choose);
    const Given branches = *given.member("choose");
    if (!branches.isList("branches {\"weight\", \"then\"}"))
        return {std::move(choose)};
    double sum = 0;
    for (const Given& item : branches.items()) {
        ChooseAction::Branch branch;
        if (!item.isTable(fields::branch))
            continue;
        item.take("weight", branch.weight, numberBetween(0, weightMax));
        item.take("then", branch.then, asActions());
        sum += branch.weight;
        choose.branches.push_back(std::move(branch));
    }
    if (!(sum > 0))
        branches.refuse("needs a branch with a weight above 0");
    return {std::move(choose)};
}

Action ActionReader::readIf(const Given& given) const {
    IfAction condition;
    given.isTable(fields::condition);
    given.take("if", condition.condition, readExpression);
    if (!given.has("then"))
        given.missing("then", "actions");
    given.take("then", condition.then, asActions());
    given.take("else", condition.orElse, asActions());
    return {std::move(condition)};
}

} // namespace weir
