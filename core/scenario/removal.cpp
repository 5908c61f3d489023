#include "core/scenario/removal.h"

#include "core/scenario/given.h"
#include "core/scenario/references.h"

#include <algorithm>
#include <map>

namespace weir {
namespace {

// Takes ties out of services and channels.
class TieRemover {
  public:
    TieRemover(const Value& document, const Scenario& scenario, const std::set<NodeTie>& ties, Removal& removal)
        : m_document(document), m_scenario(scenario), m_ties(ties), m_removal(removal) {}

    void remove() {
        for (const ServiceSpec& service : m_scenario.services)
            removeFromService(service);
        for (const ChannelSpec& channel : m_scenario.channels)
            if (!channel.implicit)
                removeFromChannel(channel);
    }

  private:
    bool goes(TieKind kind, const std::string& from, const std::string& to) const {
        return m_ties.contains({kind, from, to});
    }
    void drop(std::string pointer) { m_removal.edits.push_back({std::move(pointer), std::nullopt, ""}); }

    // The items at these indices, or the whole list where all of them go.
    void dropItems(const std::string& list, const std::vector<std::size_t>& indices, std::size_t count) {
        if (!indices.empty() && indices.size() == count)
            return drop(list);
        for (std::size_t i = indices.size(); i-- > 0;) // from the end: the others keep their numbers
            drop(list + '/' + std::to_string(indices[i]));
    }

    void removeFromService(const ServiceSpec& service) {
        std::vector<std::size_t> sources;
        for (std::size_t i = 0; i < service.sources.size(); ++i)
            if (sourceGoes(service, i))
                sources.push_back(i);
        std::vector<std::size_t> handlers;
        for (std::size_t i = 0; i < service.handlers.size(); ++i)
            if (handlerGoes(service, service.handlers[i]))
                handlers.push_back(i);
            else
                removeFromHandler(service, i);
        for (const Action& action : service.will)
            if (const auto* emit = std::get_if<EmitAction>(&action.what); emit && goes(TieKind::emit, service.name, emit->to)) {
                ++m_removal.emits;
                drop(pointerOf({"services", service.name, "will"}));
            }
        m_removal.sources += static_cast<int>(sources.size());
        m_removal.handlers += static_cast<int>(handlers.size());
        dropItems(pointerOf({"services", service.name, "sources"}), sources, service.sources.size());
        dropItems(pointerOf({"services", service.name, "handlers"}), handlers, service.handlers.size());
    }

    // Emits that go are taken out of it; it goes itself where nothing is left.
    bool sourceGoes(const ServiceSpec& service, std::size_t index) {
        const std::string number = std::to_string(index);
        const Value& source = *within(m_document, {"services", service.name, "sources", number});
        if (const Value* to = source.member("to"))
            return goes(TieKind::emit, service.name, *to->text());
        const Value* then = source.member("then");
        const std::size_t before = m_removal.edits.size();
        const int emitsBefore = m_removal.emits;
        if (!then || prune(*then, pointerOf({"services", service.name, "sources", number, "then"}), service.name) ||
            m_removal.emits == emitsBefore)
            return false;
        m_removal.edits.resize(before);
        m_removal.emits = emitsBefore;
        return true;
    }

    bool handlerGoes(const ServiceSpec& service, const HandlerSpec& handler) const {
        const ChannelSpec* channel = channelOf(m_scenario, handler.on);
        return goes(TieKind::handle, handler.on, service.name) ||
               (channel && channel->implicit && goes(TieKind::bind, channel->bindings.front().to, channel->name));
    }

    void removeFromHandler(const ServiceSpec& service, std::size_t index) {
        const std::string number = std::to_string(index);
        const std::string pointer = pointerOf({"services", service.name, "handlers", number});
        if (const Value* then = within(m_document, {"services", service.name, "handlers", number, "then"}))
            prune(*then, pointer + "/then", service.name);
        const ChannelSpec* own = channelOf(m_scenario, service.handlers[index].on);
        if (own && own->implicit && goes(TieKind::deadLetter, own->name, own->deadLetter)) {
            ++m_removal.deadLetters;
            drop(pointer + "/queue/deadLetter");
        }
    }

    // Takes emits out of actions (a list, or one alone). False where nothing is left.
    bool prune(const Value& actions, const std::string& pointer, const std::string& service) {
        if (actions.table()) {
            if (pruneAction(actions, pointer, service))
                return true;
            m_removal.edits.push_back({pointer, Value(Value::List{}), ""});
            return false;
        }
        const Value::List* list = actions.list();
        if (!list)
            return true;
        std::size_t left = list->size();
        for (std::size_t i = list->size(); i-- > 0;) {
            const std::string place = pointer + '/' + std::to_string(i);
            if (pruneAction((*list)[i], place, service))
                continue;
            drop(place);
            --left;
        }
        return left > 0;
    }

    // False where the action itself has to go.
    bool pruneAction(const Value& action, const std::string& pointer, const std::string& service) {
        if (action.member("emit")) {
            if (!goes(TieKind::emit, service, *action.member("to")->text()))
                return true;
            ++m_removal.emits;
            return false;
        }
        if (const Value* branches = action.member("choose"))
            for (std::size_t i = branches->list()->size(); i-- > 0;)
                if (const Value* then = (*branches->list())[i].member("then"))
                    prune(*then, pointer + "/choose/" + std::to_string(i) + "/then", service);
        for (const std::string_view key : {"then", "else"})
            if (const Value* inner = action.member(key))
                prune(*inner, pointer + '/' + std::string(key), service);
        return true;
    }

    void removeFromChannel(const ChannelSpec& channel) {
        const std::string pointer = pointerOf({"channels", channel.name});
        std::vector<std::size_t> bindings;
        for (std::size_t i = 0; i < channel.bindings.size(); ++i)
            if (goes(TieKind::bind, channel.bindings[i].to, channel.name))
                bindings.push_back(i);
        m_removal.bindings += static_cast<int>(bindings.size());
        dropItems(pointer + "/bind", bindings, channel.bindings.size());
        if (goes(TieKind::deadLetter, channel.name, channel.deadLetter)) {
            ++m_removal.deadLetters;
            drop(pointer + "/deadLetter");
        }
        if (goes(TieKind::bind, channel.name, channel.alternate)) {
            ++m_removal.bindings;
            drop(pointer + "/alternate");
        }
    }

    const Value& m_document;
    const Scenario& m_scenario;
    const std::set<NodeTie>& m_ties;
    Removal& m_removal;
};

int& counted(Removal& removal, Reference::Kind kind) {
    switch (kind) {
    case Reference::Kind::binding:
        return removal.bindings;
    case Reference::Kind::deadLetter:
        return removal.deadLetters;
    case Reference::Kind::handler:
        return removal.handlers;
    case Reference::Kind::source:
        return removal.sources;
    case Reference::Kind::fault:
        return removal.faults;
    case Reference::Kind::link:
        return removal.links;
    case Reference::Kind::expectation:
        return removal.expectations;
    case Reference::Kind::breakpoint:
        return removal.breakpoints;
    case Reference::Kind::action:
    case Reference::Kind::condition:
    case Reference::Kind::pattern:
    case Reference::Kind::position:
        break;
    }
    return removal.emits;
}

std::vector<std::string> keysOf(const Value* table) {
    std::vector<std::string> keys;
    if (table && table->table())
        for (const Value::Member& member : *table->table())
            keys.push_back(member.first);
    return keys;
}

std::string kindOf(const Value& document, const std::string& channel) {
    const Value* kind = within(document, {"channels", channel, "kind"});
    return kind && kind->text() ? *kind->text() : std::string();
}

// All nodes of a document, handlers' own queues among them; and the services that read a stream.
struct NodesThere {
    std::set<std::string> nodes;
    std::set<std::string> readers;
};
NodesThere nodesOf(const Value& document) {
    NodesThere there;
    for (const char* section : {"channels", "services"})
        for (std::string& name : keysOf(document.member(section)))
            there.nodes.insert(std::move(name));
    for (const std::string& service : keysOf(document.member("services"))) {
        const Value* handlers = within(document, {"services", service, "handlers"});
        if (!handlers || !handlers->list())
            continue;
        for (const Value& handler : *handlers->list()) {
            const Value* on = handler.member("on");
            const std::string channel = on && on->text() ? *on->text() : std::string();
            const std::string kind = kindOf(document, channel);
            if (kind == "stream")
                there.readers.insert(service);
            if (kind != "topic" && kind != "exchange")
                continue;
            const std::string first = channel + '/' + service;
            std::string name = first;
            for (int number = 2; there.nodes.contains(name); ++number)
                name = first + '#' + std::to_string(number);
            there.nodes.insert(std::move(name));
        }
    }
    return there;
}

// Positions, members of groups and expectations of order whose node has gone.
void tieUpLooseEnds(const Value& before, const Value& document, Removal& removal) {
    const NodesThere were = nodesOf(before);
    const NodesThere are = nodesOf(document);
    const auto gone = [&](const std::string& name) { return were.nodes.contains(name) && !are.nodes.contains(name); };
    const auto drop = [&](std::string pointer) { removal.edits.push_back({std::move(pointer), std::nullopt, ""}); };
    const std::vector<std::string> places = keysOf(document.member("layout"));
    const bool all = !places.empty() && std::all_of(places.begin(), places.end(), gone);
    if (all)
        drop("/layout");
    for (const std::string& name : places)
        if (!all && gone(name))
            drop(pointerOf({"layout", name}));
    for (const std::string& group : keysOf(document.member("groups"))) {
        const Value* members = within(document, {"groups", group});
        for (std::size_t i = members->list() ? members->list()->size() : 0; i-- > 0;)
            if (const std::string* name = (*members->list())[i].text(); name && gone(*name))
                drop(pointerOf({"groups", group, std::to_string(i)}));
    }
    const Value* expect = document.member("expect");
    for (std::size_t i = expect && expect->list() ? expect->list()->size() : 0; i-- > 0;) {
        const Value* ordered = (*expect->list())[i].member("ordered");
        const std::string* name = ordered ? ordered->text() : nullptr;
        if (!name || !(gone(*name) || (were.readers.contains(*name) && !are.readers.contains(*name))))
            continue;
        ++removal.expectations;
        drop("/expect/" + std::to_string(i));
    }
}

} // namespace

Removal removalOf(const Document& document, const Scenario& scenario, const std::set<std::string>& nodes,
                  const std::set<NodeTie>& ties) {
    Removal removal;
    std::set<NodeTie> allTies = ties;
    std::vector<Element> elements;
    for (const std::string& node : nodes) {
        if (const auto owner = ownerOf(scenario, node))
            allTies.insert({TieKind::handle, node, owner->service});
        else if (serviceOf(scenario, node))
            elements.push_back({Element::Kind::service, node});
        else if (channelOf(scenario, node))
            elements.push_back({Element::Kind::channel, node});
    }
    TieRemover(document.value(), scenario, allTies, removal).remove();
    // The next step is asked of what the one before leaves: places in lists have moved.
    const Result<Document> untied = document.with(removal.edits);
    if (!untied)
        return removal;
    const Deletion deletion = deletionOf(untied->value(), elements);
    for (const Reference& reference : deletion.dependants)
        ++counted(removal, reference.kind);
    removal.edits.insert(removal.edits.end(), deletion.edits.begin(), deletion.edits.end());
    if (const Result<Document> left = document.with(removal.edits))
        tieUpLooseEnds(document.value(), left->value(), removal);
    return removal;
}

} // namespace weir
