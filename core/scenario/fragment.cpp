#include "core/scenario/fragment.h"

#include "core/scenario/new_nodes.h"
#include "core/scenario/ties.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace weir {
namespace {

constexpr std::string_view marker = "weir-fragment";

// Visits the event types that actions and sources emit, wherever they stand.
template <class Visit> void forEachEmitted(const Value& value, const Visit& visit) {
    if (const Value::List* list = value.list()) {
        for (const Value& item : *list)
            forEachEmitted(item, visit);
        return;
    }
    if (!value.table())
        return;
    if (const Value* type = value.member("emit"); type && type->text())
        visit(*type->text());
    for (const std::string_view key : {"then", "else", "choose"})
        if (const Value* inner = value.member(key))
            forEachEmitted(*inner, visit);
}

template <class Visit> void forEachEmittedBy(const Value& service, const Visit& visit) {
    for (const std::string_view key : {"sources", "handlers"})
        if (const Value* list = service.member(key))
            forEachEmitted(*list, visit);
}

// Nodes under the names they get in the target; ties to what is not there are left out.
class Rewriter {
  public:
    Rewriter(const std::map<std::string, std::string>& names, const Scenario& target, std::set<std::string>& dropped)
        : m_names(names), m_target(target), m_dropped(dropped) {}

    Value channel(const Value& given) const {
        Value::Table table;
        for (const auto& [key, value] : *given.table()) {
            if (key == "deadLetter" || key == "alternate")
                append(table, key, name(value));
            else if (key == "bind")
                append(table, key, bindings(value));
            else if (key == "retry" && value.member("through"))
                append(table, key, retry(value));
            else
                table.emplace_back(key, value);
        }
        return table;
    }

    Value retry(const Value& given) const {
        Value::Table table;
        for (const auto& [key, value] : *given.table())
            append(table, key, key == "through" ? name(value) : std::optional(value));
        return table;
    }

    Value service(const Value& given) const {
        Value::Table table;
        for (const auto& [key, value] : *given.table()) {
            if (key == "sources" && value.list())
                append(table, key, listOf(value, [this](const Value& item) { return source(item); }));
            else if (key == "handlers" && value.list())
                append(table, key, listOf(value, [this](const Value& item) { return handler(item); }));
            else if (key == "will")
                append(table, key, replaced(value, "to"));
            else
                table.emplace_back(key, value);
        }
        return table;
    }

  private:
    static void append(Value::Table& table, const std::string& key, std::optional<Value> value) {
        if (value)
            table.emplace_back(key, std::move(*value));
    }
    template <class Rewrite> static std::optional<Value> listOf(const Value& list, Rewrite rewrite) {
        Value::List items;
        for (const Value& item : *list.list())
            if (std::optional<Value> kept = rewrite(item))
                items.push_back(std::move(*kept));
        return items.empty() ? std::nullopt : std::optional<Value>(std::move(items));
    }

    std::optional<Value> name(const Value& given) const {
        const std::string* text = given.text();
        if (!text)
            return std::nullopt;
        if (const auto found = m_names.find(*text); found != m_names.end())
            return Value(found->second);
        if (const ChannelSpec* channel = channelOf(m_target, *text); channel && !channel->implicit)
            return given;
        m_dropped.insert(*text);
        return std::nullopt;
    }

    std::optional<Value> bindings(const Value& given) const {
        if (!given.list())
            return std::nullopt;
        return listOf(given, [this](const Value& binding) { return replaced(binding, "to"); });
    }

    // The table with that member's name rewritten; nothing where it leads nowhere. A text alone stands for the member.
    std::optional<Value> replaced(const Value& given, std::string_view key) const {
        if (given.text())
            return name(given);
        const Value* there = given.member(key);
        const std::optional<Value> renamed = there ? name(*there) : std::nullopt;
        if (!renamed)
            return std::nullopt;
        Value::Table table;
        for (const auto& [member, value] : *given.table())
            table.emplace_back(member, member == key ? *renamed : value);
        return table;
    }

    std::optional<Value> source(const Value& given) const {
        if (!given.table())
            return given;
        if (given.member("to")) {
            if (std::optional<Value> kept = replaced(given, "to"))
                return kept;
            Value::Table idle; // when it emits is worth keeping
            if (const Value* arrivals = given.member("arrivals"))
                idle.emplace_back("arrivals", *arrivals);
            idle.emplace_back("then", Value::List{});
            return idle;
        }
        return withActions(given);
    }

    std::optional<Value> handler(const Value& given) const {
        if (!given.table())
            return std::nullopt;
        const Value acting = withActions(given); // where it goes as a whole, what it emitted to is said too
        const std::optional<Value> kept = replaced(acting, "on");
        if (!kept)
            return std::nullopt;
        Value::Table table;
        for (const auto& [key, value] : *kept->table()) {
            if (key == "queue" && value.table()) {
                Value::Table queue;
                for (const auto& [setting, content] : *value.table())
                    append(queue, setting, setting == "deadLetter" ? name(content) : std::optional(content));
                table.emplace_back(key, std::move(queue));
            } else {
                table.emplace_back(key, value);
            }
        }
        return table;
    }

    Value withActions(const Value& given) const {
        Value::Table table;
        for (const auto& [key, value] : *given.table()) {
            if (key == "then" || key == "else" || key == "choose")
                table.emplace_back(key, actions(value));
            else
                table.emplace_back(key, value);
        }
        return table;
    }

    Value actions(const Value& given) const {
        if (const Value::List* list = given.list()) {
            Value::List kept;
            for (const Value& item : *list)
                if (std::optional<Value> action = this->action(item))
                    kept.push_back(std::move(*action));
            return kept;
        }
        const std::optional<Value> only = action(given);
        return only ? *only : Value(Value::List{});
    }

    std::optional<Value> action(const Value& given) const {
        if (!given.table())
            return given;
        return given.member("emit") ? replaced(given, "to") : std::optional(withActions(given));
    }

    const std::map<std::string, std::string>& m_names;
    const Scenario& m_target;
    std::set<std::string>& m_dropped;
};

struct Parts {
    Value document;
    std::vector<std::pair<bool, std::string>> nodes; // service?, name; in the text's order
};

Result<Parts> partsOf(std::string_view text) {
    if (text.size() > fragmentBytesMax)
        return Error{"", "needs at most 4 MiB", std::to_string(text.size()) + " bytes"};
    Result<Value> parsed = Value::parse(text);
    if (!parsed)
        return parsed.error();
    if (!parsed->member(marker))
        return Error{"", "needs an object with \"weir-fragment\"", ""};
    Parts parts;
    for (const std::string_view key : {"services", "channels"})
        if (const Value* table = parsed->member(key); table && table->table())
            for (const Value::Member& member : *table->table()) {
                if (!member.second.table())
                    return Error{pointerOf({key, member.first}), "needs a node", ""};
                parts.nodes.emplace_back(key == "services", member.first);
            }
    parts.document = std::move(*parsed);
    return parts;
}

std::optional<Point> placeIn(const Value& fragment, const std::string& name) {
    const Value* x = within(fragment, {"layout", name, "0"});
    const Value* y = within(fragment, {"layout", name, "1"});
    if (!x || !y || !x->number() || !y->number())
        return std::nullopt;
    return Point{x->number()->toDouble(), y->number()->toDouble()};
}

// How far everything moves.
Point shiftOf(const Parts& parts, std::optional<Point> middle, const FreeShift& freeShift) {
    std::vector<Point> centres;
    Point low{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
    Point high{std::numeric_limits<double>::lowest(), std::numeric_limits<double>::lowest()};
    for (const auto& [service, name] : parts.nodes)
        if (const auto at = placeIn(parts.document, name)) {
            low = {std::min(low.x, at->x), std::min(low.y, at->y)};
            high = {std::max(high.x, at->x), std::max(high.y, at->y)};
            centres.push_back(*at);
        }
    if (centres.empty())
        return middle.value_or(Point{});
    const Point shift =
        middle ? Point{middle->x - (low.x + high.x) / 2, middle->y - (low.y + high.y) / 2} : Point{};
    for (Point& centre : centres)
        centre = {centre.x + shift.x, centre.y + shift.y};
    const Point more = freeShift(centres);
    return {shift.x + more.x, shift.y + more.y};
}

} // namespace

std::string fragmentText(const Value& document, const Scenario& scenario, const std::set<std::string>& nodes,
                         const std::map<std::string, Point>& positions) {
    Value::Table events, channels, services, layout;
    std::set<std::string> emitted;
    for (const std::string& name : nodes) {
        if (const Value* channel = within(document, {"channels", name})) {
            channels.emplace_back(name, *channel);
        } else if (const Value* service = within(document, {"services", name})) {
            services.emplace_back(name, *service);
            forEachEmittedBy(*service, [&](const std::string& type) { emitted.insert(type); });
        } else {
            continue;
        }
        if (const auto at = positions.find(name); at != positions.end())
            layout.emplace_back(name, positionValue(at->second));
    }
    for (const EventTypeSpec& event : scenario.events)
        if (emitted.contains(event.name))
            if (const Value* given = within(document, {"events", event.name}))
                events.emplace_back(event.name, *given);
    Value::Table fragment{{std::string(marker), "1"}};
    fragment.emplace_back("events", std::move(events));
    fragment.emplace_back("channels", std::move(channels));
    fragment.emplace_back("services", std::move(services));
    fragment.emplace_back("layout", std::move(layout));
    return Value(std::move(fragment)).pretty();
}

bool looksLikeFragment(std::string_view text) {
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    return start != std::string_view::npos && text[start] == '{' &&
           text.substr(0, 200).find(marker) != std::string_view::npos;
}

Result<Paste> pasteOf(const Value& document, const Scenario& scenario, std::string_view text,
                      std::optional<Point> middle, const FreeShift& freeShift) {
    const Result<Parts> parts = partsOf(text);
    if (!parts)
        return parts.error();
    Paste paste;
    std::set<std::string> taken = takenNames(scenario);
    std::map<std::string, std::string> names;
    for (const auto& [service, name] : parts->nodes) {
        const std::string fresh = freeName(name, taken);
        taken.insert(fresh);
        names[name] = fresh;
        paste.nodes.push_back(fresh);
    }
    const Rewriter rewriter(names, scenario, paste.dropped);
    const Point move = shiftOf(*parts, middle, freeShift);
    const auto add = [&paste](std::string_view table, const std::string& name, Value value) {
        paste.edits.push_back({pointerOf({table, name}), std::move(value), ""});
    };
    if (const Value* given = parts->document.member("events"); given && given->table())
        for (const Value::Member& event : *given->table())
            if (!within(document, {"events", event.first}))
                add("events", event.first, event.second);
    for (const auto& [service, name] : parts->nodes) {
        const std::string_view table = service ? "services" : "channels";
        const Value& node = *within(parts->document, {table, name});
        add(table, names[name], service ? rewriter.service(node) : rewriter.channel(node));
        if (const auto at = placeIn(parts->document, name))
            add("layout", names[name], positionValue({at->x + move.x, at->y + move.y}));
    }
    return paste;
}

} // namespace weir
