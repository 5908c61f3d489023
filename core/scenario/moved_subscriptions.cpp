#include "core/scenario/moved_subscriptions.h"

#include "core/letter_case.h"

#include <algorithm>
#include <array>
#include <optional>

namespace weir {
namespace {

constexpr std::array expressionKeys = {std::string_view("that"), std::string_view("always"), std::string_view("when"),
                                       std::string_view("metric")};

// Of an exchange, too; all others are those of what is read from.
constexpr std::array figuresOfExchanges = {std::string_view("published"), std::string_view("bytes"),
                                           std::string_view("taken"), std::string_view("rate")};

// metric('subscription', 'alarm', 'lag'): where it stands, around the name in the middle of it.
struct Asking {
    std::size_t call, figure, figureEnd, end; // bytes, the last two behind what they end
};

std::optional<Asking> askingAround(std::string_view expression, const NameInExpression& name) {
    const std::size_t call = lowerCase(expression.substr(0, name.at)).rfind("metric");
    const std::size_t figure = expression.find_first_of("'\"", name.end);
    const std::size_t figureEnd =
        figure == std::string_view::npos ? figure : expression.find(expression[figure], figure + 1);
    const std::size_t end = figureEnd == std::string_view::npos ? figureEnd : expression.find(')', figureEnd);
    if (call == std::string_view::npos || end == std::string_view::npos || expression.find(')', call) < name.at)
        return std::nullopt; // it stands in no call: it is compared with
    return Asking{call, figure, figureEnd + 1, end + 1};
}

// A queue has no lag: what it is behind is what waits in it.
std::string figureOfQueue(std::string_view figure) {
    return figure == "lag" ? "depth" : std::string(figure);
}

} // namespace

void MovedSubscriptions::toQueue(const std::string& service, const std::string& fanOut) {
    const std::string first = fanOut + '/' + service;
    m_moved.try_emplace(service, Moved{first, true});
    std::vector<std::string>& queues = m_queues[fanOut];
    std::string queue = first;
    for (int number = 2; std::find(queues.begin(), queues.end(), queue) != queues.end(); ++number)
        queue = first + '#' + std::to_string(number);
    queues.push_back(std::move(queue));
}

void MovedSubscriptions::followSubscription(std::string& expression, const NameInExpression& name) const {
    const auto moved = m_moved.find(name.name);
    if (moved == m_moved.end())
        return;
    if (const auto asking = moved->second.toQueue ? askingAround(expression, name) : std::nullopt) {
        const std::string_view whole(expression);
        const std::string_view quoted = whole.substr(asking->figure, asking->figureEnd - asking->figure);
        const std::string figure = quotedLike(figureOfQueue(quoted.substr(1, quoted.size() - 2)), quoted);
        expression.replace(asking->figure, quoted.size(), figure);
    }
    const std::string renamed = quotedLike(moved->second.name, std::string_view(expression).substr(name.at));
    expression.replace(name.at, name.end - name.at, renamed);
}

// What a stream's groups come to together is the sum of what its readers' queues come to.
void MovedSubscriptions::followFanOut(std::string& expression, const NameInExpression& name) const {
    const auto queues = m_queues.find(name.name);
    const auto asking = queues == m_queues.end() ? std::nullopt : askingAround(expression, name);
    if (!asking)
        return;
    const std::string figure = expression.substr(asking->figure + 1, asking->figureEnd - asking->figure - 2);
    if (std::find(figuresOfExchanges.begin(), figuresOfExchanges.end(), figure) != figuresOfExchanges.end())
        return;
    std::string sum;
    for (const std::string& queue : queues->second)
        sum += (sum.empty() ? "metric('channel', " : " + metric('channel', ") + quotedLike(queue, "'") + ", '" +
               figureOfQueue(figure) + "')";
    expression.replace(asking->call, asking->end - asking->call, queues->second.size() == 1 ? sum : '(' + sum + ')');
}

std::string MovedSubscriptions::followedIn(std::string expression) const {
    const std::vector<NameInExpression> names = namesIn(expression);
    for (auto name = names.rbegin(); name != names.rend(); ++name) // from the end: what stands before stays in place
        if (name->what == NameInExpression::What::subscription)
            followSubscription(expression, *name);
        else if (name->what == NameInExpression::What::channel)
            followFanOut(expression, *name);
    return expression;
}

Value::List MovedSubscriptions::followed(const Value::List& expectationsOrBreakpoints) const {
    Value::List list = expectationsOrBreakpoints;
    if (m_moved.empty())
        return list;
    for (Value& item : list) {
        if (!item.table())
            continue;
        Value::Table table = *item.table();
        for (auto& [key, value] : table) {
            if (!value.text())
                continue;
            if (std::find(expressionKeys.begin(), expressionKeys.end(), key) != expressionKeys.end())
                value = Value(followedIn(*value.text()));
            else if (const auto moved = m_moved.find(*value.text()); key == "ordered" && moved != m_moved.end())
                value = Value(moved->second.name);
        }
        item = Value(std::move(table));
    }
    return list;
}

} // namespace weir
