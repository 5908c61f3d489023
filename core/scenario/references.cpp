#include "core/scenario/references.h"

#include "core/expression/names_in.h"
#include "core/json_pointer.h"
#include "core/scenario/by_name.h"

#include <algorithm>
#include <set>

namespace weir {
namespace {

using Kind = Reference::Kind;
using What = NameInExpression::What;

const Value* memberOf(const Value* value, std::string_view name) {
    return value ? value->member(name) : nullptr;
}

std::string at(const std::string& pointer, std::size_t index) {
    return pointer + '/' + std::to_string(index);
}

// A queue that belongs to a handler on a topic is named "topic/service", the second one "topic/service#2": this is how
// long the name is without its number.
std::size_t lengthUnnumbered(std::string_view name) {
    const std::size_t digits = name.find_last_not_of("0123456789");
    return digits != std::string_view::npos && name[digits] == '#' && digits + 1 < name.size() ? digits : name.size();
}

// A reference, and what it reads after a rename.
struct Found {
    Reference reference;
    Value renamed;
    bool isKey = false; // of the member itself
};

class Search {
  public:
    Search(const Value& document, const Element& element, std::string newName = {})
        : m_document(document), m_element(element), m_newName(std::move(newName)) {}

    std::vector<Found> all() {
        for (const auto& [name, channel] : members(&m_document, "channels"))
            readChannel(name, channel, elementPointer("/channels", name));
        for (const auto& [name, service] : members(&m_document, "services"))
            readService(name, service, elementPointer("/services", name));
        m_owner.clear();
        eachItem(m_document, "", "faults", [&](const Value& fault, const std::string& pointer) {
            for (const char* key : {"crash", "pause", "slow", "rate", "drop", "duplicate", "poison", "redrive",
                                    "purge", "clockSkew"})
                if (const Value* target = fault.member(key); target && target->text() && strikes(key, *target->text()))
                    add(Kind::fault, pointer + '/' + key, pointer, m_newName);
            name(Element::Kind::channel, fault, "seek", Kind::fault, pointer, pointer);
            name(Element::Kind::channel, fault, "replay", Kind::fault, pointer, pointer);
            eachItem(fault, pointer, "rules", [&](const Value& rule, const std::string& place) {
                if (rule.text() && *rule.text() == m_element.name && m_element.kind == Element::Kind::channel)
                    add(Kind::fault, place, place, m_newName);
            });
            if (fault.member("seek")) // whose "to" is a place in it
                name(Element::Kind::service, fault, "group", Kind::fault, pointer, pointer);
            else
                name(Element::Kind::channel, fault, "to", Kind::fault, pointer, pointer);
        });
        eachItem(m_document, "", "faults", [&](const Value& fault, const std::string& pointer) { readEnds(fault, pointer); });
        eachItem(m_document, "", "links", [&](const Value& link, const std::string& pointer) {
            end(link, "between", Kind::link, pointer, pointer);
        });
        eachItem(m_document, "", "expect", [&](const Value& expectation, const std::string& pointer) {
            readExpectation(expectation, pointer);
        });
        eachItem(m_document, "", "breakpoints", [&](const Value& breakpoint, const std::string& pointer) {
            name(Element::Kind::eventType, breakpoint, "type", Kind::breakpoint, pointer, pointer);
            for (const char* key : {"when", "metric"})
                expression(breakpoint, key, Kind::breakpoint, pointer, pointer);
        });
        for (const auto& [group, nodes] : members(&m_document, "groups"))
            readGroup(nodes, elementPointer("/groups", group));
        for (const auto& [name, position] : members(&m_document, "layout"))
            if (const std::optional<std::string> renamed = renamedNode(name)) {
                const std::string place = elementPointer("/layout", name);
                m_found.push_back({{Kind::position, place, {}, place}, *renamed, true});
            }
        return std::move(m_found);
    }

  private:
    static Value::Table members(const Value* value, const char* name) {
        const Value* section = memberOf(value, name);
        return section && section->table() ? *section->table() : Value::Table();
    }
    template <class Each>
    static void eachItem(const Value& value, const std::string& pointer, const char* key, Each each) {
        const Value* list = value.member(key);
        if (!list || !list->list())
            return;
        for (std::size_t i = 0; i < list->list()->size(); ++i)
            each((*list->list())[i], at(pointer + '/' + key, i));
    }

    void add(Kind kind, std::string pointer, std::string removal, Value renamed) {
        m_found.push_back({{kind, std::move(pointer), m_owner, std::move(removal)}, std::move(renamed), false});
    }

    // `holder[key]` is the name of such an element; without it, `removal` has to go.
    void name(Element::Kind what, const Value& holder, const char* key, Kind kind, const std::string& pointer,
              const std::string& removal) {
        const Value* value = holder.member(key);
        if (what == m_element.kind && value && value->text() && *value->text() == m_element.name)
            add(kind, pointer + '/' + key, removal, m_newName);
    }

    void expression(const Value& holder, const char* key, Kind kind, const std::string& pointer,
                    const std::string& removal) {
        const Value* value = holder.member(key);
        if (!value || !value->text())
            return;
        std::string text = *value->text();
        std::vector<NameInExpression> names = namesIn(text);
        bool named = false;
        for (auto each = names.rbegin(); each != names.rend(); ++each) {
            const std::optional<std::string> renamed = renamedIn(*each);
            if (!renamed)
                continue;
            named = true;
            text.replace(each->at, each->end - each->at, quotedLike(*renamed, std::string_view(text).substr(each->at)));
        }
        if (named)
            add(kind, pointer + '/' + key, removal, text);
    }

    // What the text of an expression becomes; nothing where it does not speak of the element.
    std::optional<std::string> renamedIn(const NameInExpression& name) const {
        const bool itself = name.name == m_element.name;
        switch (name.what) {
        case What::eventType:
            return itself && m_element.kind == Element::Kind::eventType ? std::optional(m_newName) : std::nullopt;
        case What::service:
            return itself && m_element.kind == Element::Kind::service ? std::optional(m_newName) : std::nullopt;
        case What::channel:
            if (itself && m_element.kind == Element::Kind::channel)
                return m_newName;
            return renamedOwnQueue(name.name);
        case What::subscription: // a queue's is named like the queue, a stream's like the service that reads it
            if (itself && m_element.kind != Element::Kind::eventType)
                return m_newName;
            return renamedOwnQueue(name.name);
        }
        return std::nullopt;
    }

    // Of a node on the canvas: a channel, a handler's own queue among them, or a service.
    std::optional<std::string> renamedNode(const std::string& name) const {
        if (name == m_element.name && m_element.kind != Element::Kind::eventType)
            return m_newName;
        return renamedOwnQueue(name);
    }

    // Channels and services share their names; a type that is named like a service gives way to it.
    bool strikes(std::string_view fault, const std::string& target) const {
        if (target != m_element.name)
            return false;
        const bool service = memberOf(m_document.member("services"), target) != nullptr;
        if (fault == "poison")
            return m_element.kind == (service ? Element::Kind::service : Element::Kind::eventType);
        if (fault == "redrive" || fault == "purge")
            return m_element.kind == Element::Kind::channel;
        if (fault == "drop" || fault == "duplicate")
            return m_element.kind == (service ? Element::Kind::service : Element::Kind::channel);
        return m_element.kind == Element::Kind::service;
    }

    // Names may hold slashes and numbers themselves, so the element's own name says where the other one begins.
    std::optional<std::string> renamedOwnQueue(const std::string& name) const {
        for (const std::size_t length : {name.size(), lengthUnnumbered(name)}) {
            const std::string whole = name.substr(0, length);
            if (m_element.kind == Element::Kind::channel && whole.starts_with(m_element.name + '/') &&
                handles(whole.substr(m_element.name.size() + 1), m_element.name))
                return m_newName + name.substr(m_element.name.size());
            if (m_element.kind != Element::Kind::service || !whole.ends_with('/' + m_element.name))
                continue;
            const std::string channel = whole.substr(0, length - m_element.name.size() - 1);
            if (handles(m_element.name, channel))
                return channel + '/' + m_newName + name.substr(length);
        }
        return std::nullopt;
    }

    bool handles(const std::string& service, const std::string& channel) const {
        const Value* spec = memberOf(m_document.member("services"), service);
        bool found = false;
        if (spec)
            eachItem(*spec, "", "handlers", [&](const Value& handler, const std::string&) {
                const Value* on = handler.member("on");
                found = found || (on && on->text() && *on->text() == channel);
            });
        return found;
    }

    void readChannel(const std::string& name, const Value& channel, const std::string& pointer) {
        m_owner = name;
        eachItem(channel, pointer, "bind", [&](const Value& binding, const std::string& place) {
            if (binding.text() && *binding.text() == m_element.name && m_element.kind == Element::Kind::channel)
                add(Kind::binding, place, place, m_newName);
            this->name(Element::Kind::channel, binding, "to", Kind::binding, place, place);
            this->name(Element::Kind::eventType, binding, "pattern", Kind::pattern, place, {});
            expression(binding, "where", Kind::condition, place, {});
        });
        eachItem(channel, pointer, "replicate", [&](const Value& replicate, const std::string& place) {
            this->name(Element::Kind::channel, replicate, "to", Kind::binding, place, place);
        });
        this->name(Element::Kind::channel, channel, "alternate", Kind::binding, pointer, pointer + "/alternate");
        this->name(Element::Kind::channel, channel, "deadLetter", Kind::deadLetter, pointer, pointer + "/deadLetter");
        readRetry(channel, pointer);
    }

    void readRetry(const Value& queue, const std::string& pointer) {
        if (const Value* retry = queue.member("retry"))
            name(Element::Kind::channel, *retry, "through", Kind::deadLetter, pointer + "/retry",
                 pointer + "/retry/through");
    }

    void readService(const std::string& name, const Value& service, const std::string& pointer) {
        m_owner = name;
        eachItem(service, pointer, "sources", [&](const Value& source, const std::string& place) {
            readEmit(source, Kind::source, place, place);
            readActions(source, "then", place, place);
        });
        eachItem(service, pointer, "handlers", [&](const Value& handler, const std::string& place) {
            readHandler(handler, place);
        });
        if (const Value* will = service.member("will"))
            readEmit(*will, Kind::action, pointer + "/will", pointer + "/will");
    }

    void readHandler(const Value& handler, const std::string& place) {
        name(Element::Kind::channel, handler, "on", Kind::handler, place, place);
        name(Element::Kind::eventType, handler, "pattern", Kind::pattern, place, {});
        if (const Value* queue = handler.member("queue")) {
            name(Element::Kind::channel, *queue, "deadLetter", Kind::deadLetter, place + "/queue",
                 place + "/queue/deadLetter");
            readRetry(*queue, place + "/queue");
        }
        expression(handler, "filter", Kind::condition, place, {});
        if (const Value* fails = handler.member("fails"); fails && fails->table())
            expression(*fails, "when", Kind::condition, place + "/fails", {});
        eachItem(handler, place, "fails", [&](const Value& failure, const std::string& inside) {
            expression(failure, "when", Kind::condition, inside, {});
        });
        eachItem(handler, place, "reads", [&](const Value& demand, const std::string& inside) {
            name(Element::Kind::eventType, demand, "event", Kind::condition, inside, inside);
        });
        readActions(handler, "then", place, place + "/then");
    }

    void readEmit(const Value& emit, Kind kind, const std::string& pointer, const std::string& removal) {
        const std::size_t before = m_found.size();
        name(Element::Kind::eventType, emit, "emit", kind, pointer, removal);
        if (m_found.size() > before) // a routing key that says the type goes with the type
            name(Element::Kind::eventType, emit, "routingKey", Kind::pattern, pointer, {});
        if (emit.member("emit"))
            name(Element::Kind::channel, emit, "to", kind, pointer, removal);
        expression(emit, "when", Kind::condition, pointer, {});
    }

    // A list of actions, or one of them: `alone` is what has to go when that one does.
    void readActions(const Value& holder, const char* key, const std::string& pointer, const std::string& alone) {
        const Value* actions = holder.member(key);
        if (actions && actions->table())
            readAction(*actions, pointer + '/' + key, alone);
        eachItem(holder, pointer, key,
                 [&](const Value& action, const std::string& place) { readAction(action, place, place); });
    }

    void readAction(const Value& action, const std::string& pointer, const std::string& removal) {
        readEmit(action, Kind::action, pointer, removal);
        expression(action, "if", Kind::condition, pointer, {});
        readActions(action, "then", pointer, removal); // there is no condition without a consequence
        readActions(action, "else", pointer, pointer + "/else");
        eachItem(action, pointer, "choose", [&](const Value& branch, const std::string& place) {
            readActions(branch, "then", place, place + "/then");
        });
    }

    // `holder[key]` lists ends; without the service among them `removal` has to go.
    void end(const Value& holder, const char* key, Kind kind, const std::string& pointer, const std::string& removal) {
        eachItem(holder, pointer, key, [&](const Value& end, const std::string& place) {
            if (isEnd(end))
                add(kind, place, removal, m_newName);
        });
    }
    bool isEnd(const Value& value) const {
        return m_element.kind == Element::Kind::service && value.text() && *value.text() == m_element.name;
    }

    void readEnds(const Value& fault, const std::string& pointer) {
        for (const char* key : {"delay", "reorder", "lose"})
            end(fault, key, Kind::fault, pointer, pointer);
        eachItem(fault, pointer, "partition", [&](const Value& side, const std::string& place) {
            for (std::size_t i = 0; side.list() && i < side.list()->size(); ++i)
                if (isEnd((*side.list())[i]))
                    add(Kind::fault, at(place, i), pointer, m_newName);
        });
    }

    void readGroup(const Value& nodes, const std::string& pointer) {
        for (std::size_t i = 0; nodes.list() && i < nodes.list()->size(); ++i)
            if (const std::string* node = (*nodes.list())[i].text())
                if (const std::optional<std::string> renamed = renamedNode(*node))
                    add(Kind::position, at(pointer, i), at(pointer, i), *renamed);
    }

    void readExpectation(const Value& expectation, const std::string& pointer) {
        for (const char* key : {"that", "always"})
            expression(expectation, key, Kind::expectation, pointer, pointer);
        const Value* ordered = expectation.member("ordered");
        if (!ordered || !ordered->text())
            return;
        const NameInExpression subscription{What::subscription, *ordered->text()};
        if (const std::optional<std::string> renamed = renamedIn(subscription))
            add(Kind::expectation, pointer + "/ordered", pointer, *renamed);
    }

    const Value& m_document;
    const Element& m_element;
    std::string m_newName;
    std::string m_owner;
    std::vector<Found> m_found;
};

// --- deleting ---

bool liesIn(const std::string& pointer, const std::string& place) {
    return pointer.starts_with(place) && (pointer.size() == place.size() || pointer[place.size()] == '/');
}

// Behind each other in a list: from the end, so that the indices of the others stay what they are.
bool isBehind(const std::string& left, const std::string& right) {
    const auto a = pointerSteps(left).value();
    const auto b = pointerSteps(right).value();
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        if (a[i] != b[i])
            return a[i].size() != b[i].size() ? a[i].size() > b[i].size() : a[i] > b[i];
    return a.size() > b.size();
}

// Sections that need not be there go when the last of their elements does.
void takeEmptyLists(const Value& document, std::set<std::string>& gone) {
    std::set<std::string> lists;
    for (const std::string& pointer : gone)
        lists.insert(pointer.substr(0, pointer.rfind('/')));
    for (const std::string& list : lists) {
        const std::string key = list.substr(list.rfind('/') + 1);
        const Value* value = list.empty() ? nullptr : valueAt(document, list);
        if (!value || !value->list() || list.starts_with("/groups/") || key == "then" || key == "else" || key == "choose")
            continue;
        bool all = true;
        for (std::size_t i = 0; i < value->list()->size(); ++i)
            all = all && gone.contains(at(list, i));
        if (all)
            gone.insert(list);
    }
}

} // namespace

std::string Element::pointer() const {
    return elementPointer(kind == Kind::channel ? "/channels" : kind == Kind::service ? "/services" : "/events", name);
}

std::vector<Reference> referencesTo(const Value& document, const Element& element) {
    std::vector<Reference> references;
    for (Found& found : Search(document, element).all())
        references.push_back(std::move(found.reference));
    return references;
}

std::vector<Edit> renaming(const Value& document, const Element& element, const std::string& newName) {
    std::vector<Edit> edits;
    for (Found& found : Search(document, element, newName).all()) {
        if (found.isKey)
            edits.push_back({.pointer = found.reference.pointer, .value = std::nullopt, .newName = *found.renamed.text()});
        else
            edits.push_back({.pointer = found.reference.pointer, .value = std::move(found.renamed), .newName = {}});
    }
    edits.push_back({.pointer = element.pointer(), .value = std::nullopt, .newName = newName});
    return edits;
}

Deletion deletionOf(const Value& document, std::span<const Element> elements) {
    Deletion deletion;
    std::set<std::string> gone;
    for (const Element& element : elements)
        gone.insert(element.pointer());
    const std::set<std::string> deleted = gone;
    for (const Element& element : elements)
        for (Reference& reference : referencesTo(document, element)) {
            if (reference.removal.empty())
                continue;
            const bool with = std::any_of(deleted.begin(), deleted.end(), [&](const std::string& place) {
                return liesIn(reference.pointer, place);
            });
            // One action may name two things that go.
            if (!with && gone.insert(reference.removal).second && reference.kind != Kind::position)
                deletion.dependants.push_back(std::move(reference));
        }
    takeEmptyLists(document, gone);
    std::vector<std::string> order;
    for (const std::string& pointer : gone)
        if (std::none_of(gone.begin(), gone.end(), [&](const std::string& place) {
                return place != pointer && liesIn(pointer, place);
            }))
            order.push_back(pointer);
    std::sort(order.begin(), order.end(), isBehind);
    for (std::string& pointer : order)
        deletion.edits.push_back({.pointer = std::move(pointer), .value = std::nullopt, .newName = {}});
    return deletion;
}

} // namespace weir
