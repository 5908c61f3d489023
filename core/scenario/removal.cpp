#include "core/scenario/removal.h"

#include "core/scenario/given.h"

#include <algorithm>
#include <map>

namespace weir {
namespace {

class Remover {
  public:
    Remover(const Value& document, const Scenario& scenario, const std::set<std::string>& nodes,
            const std::set<NodeTie>& ties)
        : m_document(document), m_scenario(scenario), m_nodes(nodes), m_ties(ties) {}

    Removal remove() {
        for (const ServiceSpec& service : m_scenario.services)
            removeFromService(service);
        for (const ChannelSpec& channel : m_scenario.channels)
            if (!channel.implicit)
                removeFromChannel(channel);
        removeFaults();
        removeExpectations();
        removePositions();
        return std::move(m_removal);
    }

  private:
    bool gone(const std::string& node) const { return m_nodes.contains(node); }
    bool goes(TieKind kind, const std::string& from, const std::string& to) const {
        return gone(from) || gone(to) || m_ties.contains({kind, from, to});
    }
    void drop(std::string pointer) { m_removal.edits.push_back({std::move(pointer), std::nullopt, ""}); }

    // The items at these indices, or the whole list where all of them go.
    void dropItems(const std::string& list, const std::vector<std::size_t>& indices, std::size_t count) {
        if (!indices.empty() && indices.size() == count)
            return drop(list);
        for (std::size_t i = indices.size(); i-- > 0;) // from the end: the others keep their numbers
            drop(list + '/' + std::to_string(indices[i]));
    }

    const Value& given(std::initializer_list<std::string_view> place) const { return *within(m_document, place); }

    // --- services ---

    void removeFromService(const ServiceSpec& service) {
        const std::string pointer = pointerOf({"services", service.name});
        if (gone(service.name)) {
            for (const HandlerSpec& handler : service.handlers)
                noteOwnQueue(handler);
            return drop(pointer);
        }
        std::vector<std::size_t> sources;
        for (std::size_t i = 0; i < service.sources.size(); ++i)
            if (sourceGoes(service, i))
                sources.push_back(i);
        m_removal.sources += static_cast<int>(sources.size());
        std::vector<std::size_t> handlers;
        for (std::size_t i = 0; i < service.handlers.size(); ++i) {
            if (handlerGoes(service, service.handlers[i])) {
                handlers.push_back(i);
                noteOwnQueue(service.handlers[i]);
            } else {
                removeFromHandler(service, i);
            }
        }
        m_removal.handlers += static_cast<int>(handlers.size());
        dropItems(pointer + "/sources", sources, service.sources.size());
        dropItems(pointer + "/handlers", handlers, service.handlers.size());
        if (!handlers.empty())
            renumberOwnQueues(service, handlers);
    }

    // Emits to what goes are taken out of it; it goes itself where nothing is left.
    bool sourceGoes(const ServiceSpec& service, std::size_t index) {
        const std::string number = std::to_string(index);
        const Value& source = given({"services", service.name, "sources", number});
        if (const Value* to = source.member("to"))
            return goes(TieKind::emit, service.name, *to->text());
        const Value* then = source.member("then");
        if (!then)
            return false;
        const std::size_t before = m_removal.edits.size();
        const int emitsBefore = m_removal.emits;
        const bool left = prune(*then, pointerOf({"services", service.name, "sources", number, "then"}), service.name);
        if (left || m_removal.emits == emitsBefore)
            return false;
        m_removal.edits.resize(before);
        m_removal.emits = emitsBefore;
        return true;
    }

    bool handlerGoes(const ServiceSpec& service, const HandlerSpec& handler) const {
        const ChannelSpec* channel = channelOf(m_scenario, handler.on);
        if (goes(TieKind::handle, handler.on, service.name))
            return true;
        return channel && channel->implicit && goes(TieKind::bind, channel->bindings.front().to, channel->name);
    }

    void removeFromHandler(const ServiceSpec& service, std::size_t index) {
        const std::string number = std::to_string(index);
        const std::string pointer = pointerOf({"services", service.name, "handlers", number});
        const Value& handler = given({"services", service.name, "handlers", number});
        if (const Value* then = handler.member("then"))
            prune(*then, pointer + "/then", service.name);
        const ChannelSpec* own = channelOf(m_scenario, service.handlers[index].on);
        if (own && own->implicit && !own->deadLetter.empty() &&
            goes(TieKind::deadLetter, own->name, own->deadLetter)) {
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

    // --- a handler's own queue ---

    void noteOwnQueue(const HandlerSpec& handler) {
        if (const ChannelSpec* own = channelOf(m_scenario, handler.on); own && own->implicit)
            m_ownGone.insert(own->name);
    }

    // The second handler of a service on one exchange has the queue "exchange/service#2": with the first one gone it is
    // "exchange/service".
    void renumberOwnQueues(const ServiceSpec& service, const std::vector<std::size_t>& gone) {
        std::map<std::string, int> counts;
        for (std::size_t i = 0; i < service.handlers.size(); ++i) {
            const ChannelSpec* own = channelOf(m_scenario, service.handlers[i].on);
            if (!own || !own->implicit || std::binary_search(gone.begin(), gone.end(), i))
                continue;
            std::string name = own->bindings.front().to + '/' + service.name;
            if (const int number = ++counts[name]; number > 1)
                name += '#' + std::to_string(number);
            if (name != own->name)
                m_ownRenamed.emplace_back(own->name, name);
        }
    }

    // --- channels ---

    void removeFromChannel(const ChannelSpec& channel) {
        const std::string pointer = pointerOf({"channels", channel.name});
        if (gone(channel.name))
            return drop(pointer);
        std::vector<std::size_t> bindings;
        for (std::size_t i = 0; i < channel.bindings.size(); ++i)
            if (goes(TieKind::bind, channel.bindings[i].to, channel.name))
                bindings.push_back(i);
        m_removal.bindings += static_cast<int>(bindings.size());
        dropItems(pointer + "/bind", bindings, channel.bindings.size());
        if (!channel.deadLetter.empty() && goes(TieKind::deadLetter, channel.name, channel.deadLetter)) {
            ++m_removal.deadLetters;
            drop(pointer + "/deadLetter");
        }
    }

    // --- the rest of the file ---

    void removeFaults() {
        std::vector<std::size_t> indices;
        for (std::size_t i = 0; i < m_scenario.faults.size(); ++i)
            if (gone(m_scenario.faults[i].service))
                indices.push_back(i);
        m_removal.faults += static_cast<int>(indices.size());
        dropItems("/faults", indices, m_scenario.faults.size());
    }

    bool readsStream(const ServiceSpec& service) const {
        return std::any_of(service.handlers.begin(), service.handlers.end(), [&](const HandlerSpec& handler) {
            const ChannelSpec* channel = channelOf(m_scenario, handler.on);
            return channel && channel->kind == ChannelKind::stream && !handlerGoes(service, handler);
        });
    }

    void removeExpectations() {
        std::vector<std::size_t> indices;
        for (std::size_t i = 0; i < m_scenario.expect.size(); ++i) {
            const Expectation& expectation = m_scenario.expect[i];
            if (expectation.kind != Expectation::Kind::orderPerKey)
                continue;
            const ServiceSpec* group = serviceOf(m_scenario, expectation.expression);
            if (gone(expectation.expression) || m_ownGone.contains(expectation.expression) ||
                (group && !readsStream(*group)))
                indices.push_back(i);
        }
        m_removal.expectations += static_cast<int>(indices.size());
        dropItems("/expect", indices, m_scenario.expect.size());
    }

    void removePositions() {
        const Value* layout = m_document.member("layout");
        if (!layout || !layout->table())
            return;
        std::size_t left = layout->table()->size();
        std::vector<Edit> edits;
        for (const Value::Member& member : *layout->table())
            if (gone(member.first) || m_ownGone.contains(member.first)) {
                edits.push_back({pointerTo("/layout", member.first), std::nullopt, ""});
                --left;
            }
        if (left == 0 && !edits.empty())
            return drop("/layout");
        for (Edit& edit : edits)
            m_removal.edits.push_back(std::move(edit));
        for (const auto& [before, after] : m_ownRenamed)
            if (layout->member(before))
                m_removal.edits.push_back({pointerTo("/layout", before), std::nullopt, after});
    }

    const Value& m_document;
    const Scenario& m_scenario;
    const std::set<std::string>& m_nodes;
    const std::set<NodeTie>& m_ties;
    Removal m_removal;
    std::set<std::string> m_ownGone; // handlers' own queues
    std::vector<std::pair<std::string, std::string>> m_ownRenamed;
};

} // namespace

Removal removalOf(const Value& document, const Scenario& scenario, const std::set<std::string>& nodes,
                  const std::set<NodeTie>& ties) {
    return Remover(document, scenario, nodes, ties).remove();
}

} // namespace weir
