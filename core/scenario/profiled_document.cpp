#include "core/scenario/profiled_document.h"

#include "core/broker/pattern.h"
#include "core/json_pointer.h"
#include "core/scenario/fields.h"
#include "core/scenario/given.h"
#include "core/scenario/left_out_faults.h"
#include "core/scenario/moved_subscriptions.h"
#include "core/scenario/profile.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace weir {
namespace {

const std::string* textAt(const Value& table, std::string_view key) {
    const Value* value = table.member(key);
    return value ? value->text() : nullptr;
}

bool isExchange(std::string_view kind) {
    return kind == "topic" || kind == "exchange";
}

void replace(Value::Table& table, std::string_view key, Value value) {
    const auto found =
        std::find_if(table.begin(), table.end(), [key](const Value::Member& member) { return member.first == key; });
    if (found != table.end())
        found->second = std::move(value);
    else
        table.emplace_back(std::string(key), std::move(value));
}

template <class Keys> bool isOneOf(const Keys& keys, std::string_view key) {
    return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

// Of a stream's fields those that say what a log is: where there is none they go, and the others are a queue's.
bool isOfLogs(std::string_view key) {
    return isOneOf(fields::streamKeys, key) && !isOneOf(fields::exchangeKeys, key) && !isOneOf(fields::queueKeys, key);
}

// How retries are spaced.
bool isOfPace(std::string_view key) {
    constexpr std::array<std::string_view, 7> keys{"backoff", "first",      "factor", "steps",
                                                   "jitter",  "jitterKind", "paces"};
    return isOneOf(keys, key);
}

bool isGiven(const Value* value) {
    return value && (!value->table() || !value->table()->empty()) && (!value->list() || !value->list()->empty()) &&
           (!value->truth() || *value->truth());
}

// What the system does after a timeout goes with no other word of the file about that.
bool saysTimeouts(const Value::Table& retry) {
    return std::any_of(retry.begin(), retry.end(),
                       [](const Value::Member& each) { return each.first == "paces" || each.first == "timeouts"; });
}

// Whether something that is published may be lost on its way or with a node: else nobody needs an answer.
bool losesPublishes(const Value& document) {
    const Value* const faults = document.member("faults");
    const auto strikesLinks = [](const Value& fault) {
        return fault.member("partition") || fault.member("lose") || fault.member("delay") || fault.member("reorder");
    };
    return isGiven(document.member("nodes")) || isGiven(document.member("links")) ||
           (faults && faults->list() && std::any_of(faults->list()->begin(), faults->list()->end(), strikesLinks));
}

bool saysPace(const Value::Table& retry) {
    return std::any_of(retry.begin(), retry.end(), [](const Value::Member& each) { return isOfPace(each.first); });
}

class Profiling {
  public:
    explicit Profiling(const Value& document)
        : m_document(document), m_losesPublishes(document.table() && losesPublishes(document)) {}

    ProfiledDocument apply() {
        gatherChannels();
        if (m_channels.empty())
            return {m_document, {}};
        Value::Table whole = *m_document.table();
        if (const Value* channels = m_document.member("channels"); channels && channels->table())
            replace(whole, "channels", withChannels(*channels->table()));
        if (const Value* services = m_document.member("services"); services && services->table())
            replace(whole, "services", withServices(*services->table()));
        if (const Value* links = m_document.member("links"); links && links->list())
            replace(whole, "links", withAccess(*links->list()));
        if (const Value* faults = m_document.member("faults"); faults && faults->list())
            leaveFaultsOut(*faults->list());
        for (const char* const key : {"expect", "breakpoints"})
            if (const Value* asking = m_document.member(key); asking && asking->list())
                replace(whole, key, m_moved.followed(*asking->list()));
        return {Value(std::move(whole)), std::move(m_leftOut)};
    }

  private:
    struct Channel {
        std::string profile;
        std::string kind;          // as the profile has it
        bool isQueueAsLog = false; // a queue in the file, where queues are logs
        bool isLogLost = false;    // a stream in the file, where nothing keeps a log
        Value::Table forReaders;   // what it says then of the queues of those who read it
    };

    void gatherChannels() {
        const std::string* general = m_document.table() ? textAt(m_document, "profile") : nullptr;
        const Value* channels = m_document.member("channels");
        if (!channels || !channels->table())
            return;
        for (const auto& [name, channel] : *channels->table()) {
            const std::string* own = textAt(channel, "profile");
            const std::string* kind = textAt(channel, "kind");
            const std::string* profile = own ? own : general;
            if (!profile || !kind || !known(*profile))
                continue;
            Channel& entry = m_channels[name];
            entry.profile = *profile;
            entry.kind = known(*profile)->kindFor(*kind);
            entry.isQueueAsLog = *kind == "queue" && entry.kind == "stream";
            entry.isLogLost = *kind == "stream" && isExchange(entry.kind);
        }
    }

    const Profile* known(const std::string& name) {
        auto found = m_profiles.find(name);
        if (found == m_profiles.end())
            found = m_profiles.emplace(name, Profile::named(name)).first;
        return found->second ? &*found->second : nullptr;
    }

    const Channel* channelOf(const Value& table, std::string_view key) const {
        const std::string* name = textAt(table, key);
        const auto found = name ? m_channels.find(*name) : m_channels.end();
        return found == m_channels.end() ? nullptr : &found->second;
    }

    // Of a table those fields that the profile has nothing like; what says the same as the profile stays.
    void leaveOut(Value::Table& given, const std::string& profileName, std::string_view part, std::string_view kind,
                  const std::string& where) {
        const Profile& profile = *known(profileName);
        const Value::Table& defaults = profile.defaults(kind);
        for (const Profile::Limit& limit : profile.limits(part)) {
            const auto found = std::find_if(given.begin(), given.end(), [&](const Value::Member& member) {
                return member.first == limit.field && limit.concerns(member.second) &&
                       std::find(defaults.begin(), defaults.end(), member) == defaults.end();
            });
            if (found == given.end())
                continue;
            m_leftOut.push_back({pointerTo(where, limit.field), profileName, limit.name(), limit.why});
            if (limit.instead == Value())
                given.erase(found);
            else
                found->second = limit.instead;
        }
        for (const char* const inner : {"group", "retry", "confirm"})
            for (Value::Member& member : given)
                if (member.first == inner && member.second.table()) {
                    Value::Table table = *member.second.table();
                    leaveOut(table, profileName, inner, inner, pointerTo(where, inner));
                    member.second = Value(std::move(table));
                }
    }

    // Without what the profile has nothing like, with its defaults for what is not given.
    Value::Table fitted(Value::Table given, const std::string& profileName, std::string_view kind,
                        const std::string& where) {
        const Profile& profile = *known(profileName);
        const std::string_view part = kind == "boundQueue" ? "queue" : kind == "ownedStream" ? "stream" : kind;
        leaveOut(given, profileName, part, kind, where);
        Value::Table defaults = profile.defaults(kind);
        for (Value::Member& member : given)
            if (member.first == "retry" && member.second.table())
                member.second =
                    Value(completed(alone(*member.second.table(), profile), defaults, profile.within(part)));
        for (const auto& [field, inside] : profile.within(part))
            for (Value::Member& member : given)
                if (member.first == field && inside.table()) {
                    const bool* const truth = member.second.truth(); // true: with the defaults
                    Value::Table added = *inside.table();
                    if (field == "confirm" && (m_relays || !awaitsAll(member.second)))
                        std::erase_if(added, [](const Value::Member& each) { return each.first == "idempotent"; });
                    if (field == "retry") // what follows a timeout is the system's
                        std::erase_if(added, [&](const Value::Member& each) {
                            const Value::Table* const retry = member.second.table();
                            return each.first == "afterTimeout" ? retry && saysTimeouts(*retry)
                                                                : isOfPace(each.first) && each.first != "paces";
                        });
                    if (member.second.table() || (truth && *truth))
                        member.second = Value(filled(truth ? Value::Table() : *member.second.table(), added));
                }
        if (m_relays || m_transacts || !m_losesPublishes) // somebody else sees to it that it arrives, or it cannot but
            std::erase_if(defaults, [](const Value::Member& member) { return member.first == "confirm"; });
        if (!hasPatterns(given))
            std::erase_if(defaults, [](const Value::Member& member) { return member.first == "dialect"; });
        if (!takesTurns(given)) // an order of turns says nothing where one consumer gets all
            std::erase_if(defaults, [](const Value::Member& member) { return member.first == "order"; });
        if (!sharesCopies(filled(given, defaults), part == "stream"))
            std::erase_if(defaults, [](const Value::Member& member) { return member.first == "unackedMax"; });
        const auto bounds = [](const Value::Member& member) {
            return member.first == "capacity" || member.first == "capacityBytes";
        };
        if (std::none_of(given.begin(), given.end(), bounds) && std::none_of(defaults.begin(), defaults.end(), bounds))
            std::erase_if(defaults, [](const Value::Member& member) {
                return member.first == "capacityCounts" || member.first == "overflow";
            });
        return filled(std::move(given), defaults);
    }

    // Of a topic and of an exchange: whether its bindings are patterns of a language.
    static bool hasPatterns(const Value::Table& exchange) {
        const Value whole(exchange);
        const std::string* const type = textAt(whole, "type");
        return !type || *type == "topic";
    }

    // A first delay of which a file does not say how it goes on goes on as the profile says of such.
    static Value::Table alone(Value::Table retry, const Profile& profile) {
        const auto says = [&](std::string_view key) {
            return std::any_of(retry.begin(), retry.end(),
                               [&](const Value::Member& each) { return each.first == key; });
        };
        return says("first") && !says("backoff") && !says("factor")
                   ? filled(std::move(retry), profile.within("firstAlone"))
                   : retry;
    }

    // Retries of which a file does not say how many there are, are as many as the profile's own. Those of which it does
    // not say how they are spaced, are spaced as the profile's: what says how goes together, the file's or the
    // profile's.
    static Value::Table completed(Value::Table retry, const Value::Table& defaults, const Value::Table& within) {
        const bool isSpaced = saysPace(retry);
        for (const Value::Table* const table : {&defaults, &within})
            for (const Value::Member& member : *table)
                if (member.first == "retry" && member.second.table()) {
                    Value::Table lent = *member.second.table();
                    std::erase_if(lent, [isSpaced](const Value::Member& each) {
                        const bool spaces = isOfPace(each.first) || each.first == "ceiling";
                        return each.first != "max" && (isSpaced || !spaces);
                    });
                    retry = filled(std::move(retry), lent);
                }
        return retry;
    }

    // Whether a file says nothing of a queue's dispatch, or that several consumers share it or follow one another.
    static bool takesTurns(const Value::Table& channel) {
        const Value whole(channel);
        const std::string* const dispatch = textAt(whole, "dispatch");
        return !dispatch || *dispatch == "shared" || *dispatch == "keyShared" || *dispatch == "singleActive";
    }

    // Whose defaults a channel has: those of its kind, of a queue that is bound, or of a stream of which the file
    // itself says that its partitions have owners.
    static std::string_view partOf(std::string_view kind, const Value::Table& given, bool bound) {
        const Value whole(given);
        const Value* const group = whole.member("group");
        const std::string* const delivery = group ? textAt(*group, "delivery") : nullptr;
        if (kind == "stream" && delivery && *delivery == "partitions")
            return "ownedStream";
        return kind == "queue" && bound ? "boundQueue" : kind;
    }

    // Kafka 3: a producer that asks for less than all replicas is none that numbers what it publishes.
    static bool awaitsAll(const Value& confirm) {
        const std::string* const acks = confirm.table() ? textAt(confirm, "acks") : nullptr;
        return !acks || *acks == "all";
    }

    // Whether what is delivered can be delivered again to another one.
    static bool sharesCopies(Value::Table channel, bool stream) {
        const Value whole(std::move(channel));
        const Value* const group = whole.member("group");
        const std::string* const way =
            stream ? (group ? textAt(*group, "delivery") : nullptr) : textAt(whole, "dispatch");
        return stream ? way && *way != "partitions" : !way || *way != "broadcast";
    }

    Value withChannels(const Value::Table& channels) {
        Value::Table all = channels;
        for (auto& [name, channel] : all) {
            const auto found = m_channels.find(name);
            if (found == m_channels.end())
                continue;
            Channel& entry = found->second;
            const std::string where = pointerTo("/channels", name);
            Value::Table table = *channel.table();
            const bool bound = channel.member("bind") != nullptr;
            if (entry.isLogLost)
                table = asFanOut(std::move(table), entry, where);
            replace(table, "kind", Value(entry.kind));
            replace(table, "profile", Value(entry.profile));
            if (const Value* bindings = channel.member("bind"))
                replace(table, "bind", withBindings(*bindings, entry.profile, where + "/bind"));
            if (const Value* sender = retriesThrough(name))
                takeOver(table, *sender, entry.profile);
            const std::string_view as = partOf(entry.kind, table, bound);
            channel = fitted(std::move(table), entry.profile, as, where);
            if (const auto reader = entry.isQueueAsLog ? readerOf(name) : std::nullopt)
                m_moved.toService(name, *reader);
        }
        return all;
    }

    // Who lets its retries wait in the queue, as the file has it.
    const Value* retriesThrough(const std::string& queue) const {
        const auto through = [&](const Value& table) {
            const Value* const retry = table.member("retry");
            const std::string* const name = retry ? textAt(*retry, "through") : nullptr;
            return name && *name == queue;
        };
        for (const auto& [name, channel] : *m_document.member("channels")->table())
            if (through(channel))
                return &channel;
        const Value* const services = m_document.member("services");
        if (!services || !services->table())
            return nullptr;
        for (const auto& [name, service] : *services->table()) {
            const Value* const handlers = service.member("handlers");
            if (!handlers || !handlers->list())
                continue;
            for (const Value& handler : *handlers->list())
                if (const Value* const own = handler.member("queue"); own && through(*own))
                    return own;
        }
        return nullptr;
    }

    // What the queue does not say itself of what its profile lets the two have in common.
    void takeOver(Value::Table& queue, const Value& sender, const std::string& profileName) {
        for (const std::string& field : known(profileName)->has("retryQueue"))
            if (const Value* const value = sender.member(field);
                value && std::none_of(queue.begin(), queue.end(),
                                      [&](const Value::Member& member) { return member.first == field; }))
                queue.emplace_back(field, *value);
    }

    Value withBindings(const Value& bindings, const std::string& profile, const std::string& where) {
        if (!bindings.list())
            return bindings;
        Value::List list = *bindings.list();
        for (std::size_t i = 0; i < list.size(); ++i)
            if (list[i].table()) {
                Value::Table table = *list[i].table();
                leaveOut(table, profile, "binding", "binding", where + '/' + std::to_string(i));
                list[i] = Value(std::move(table));
            }
        return list;
    }

    // A stream where nothing keeps a log. What it says of deliveries is said of the queues of those who read it.
    Value::Table asFanOut(Value::Table stream, Channel& entry, const std::string& where) {
        leaveOut(stream, entry.profile, "stream", "stream", where);
        assert(!m_leftOut.empty()); // it has said that it is none
        const Text why = m_leftOut.back().why;
        Value::Table fanOut{{"type", "fanout"}};
        for (Value::Member& member : stream)
            if (isOfLogs(member.first))
                m_leftOut.push_back({pointerTo(where, member.first), entry.profile, member.first, why});
            else if (isOneOf(fields::ownQueueKeys, member.first) && member.first != "kind")
                entry.forReaders.push_back(std::move(member));
            else
                fanOut.push_back(std::move(member));
        leaveOut(entry.forReaders, entry.profile, "queue", "boundQueue", where);
        return fanOut;
    }

    // As the reader names them: the n-th one of a service on the same topic has its number.
    void noteOwnLog(const Channel& channel, const std::string& topic, const std::string& service) {
        if (known(channel.profile)->kindFor("queue") != "stream")
            return;
        std::string name = topic + '/' + service;
        for (int number = 2; m_ownLogs.contains(name); ++number)
            name = topic + '/' + service + '#' + std::to_string(number);
        m_ownLogs.insert(name);
        m_moved.toService(name, service);
    }

    Value withServices(const Value::Table& services) {
        Value::Table all = services;
        for (auto& [name, service] : all) {
            if (!service.table())
                continue;
            const std::string where = pointerTo("/services", name);
            m_relays = service.member("outbox") != nullptr;
            Value::Table table = *service.table();
            if (const Value* sources = service.member("sources"))
                replace(table, "sources", withEmits(*sources, where + "/sources"));
            if (const Value* handlers = service.member("handlers"); handlers && handlers->list()) {
                Value::List list;
                for (std::size_t i = 0; i < handlers->list()->size(); ++i)
                    list.push_back(withHandler((*handlers->list())[i], name, where + "/handlers/" + std::to_string(i)));
                replace(table, "handlers", Value(std::move(list)));
            }
            if (const Value* will = service.member("will"))
                replace(table, "will", withEmits(*will, where + "/will"));
            service = std::move(table);
        }
        return all;
    }

    Value withHandler(const Value& handler, const std::string& service, const std::string& where) {
        if (!handler.table())
            return handler;
        Value::Table table = *handler.table();
        if (const Channel* channel = channelOf(handler, "on")) {
            table = fitted(std::move(table), channel->profile, "handler", where);
            const std::string* const ack = textAt(handler, "ack");
            const bool alone = !ack || (*ack != "automatic" && *ack != "cumulative");
            const auto without = [&](const char* field) {
                std::erase_if(table, [&](const Value::Member& member) {
                    return member.first == field && !handler.member(field);
                });
            };
            if (ack && *ack == "automatic")
                without("commit");
            if (!alone || isStream(*channel, handler))
                without("ackSteps");
            if (isExchange(channel->kind)) {
                giveQueue(table, *channel, where);
                noteOwnLog(*channel, *textAt(handler, "on"), service);
            }
            if (channel->isLogLost)
                m_moved.toQueue(service, *textAt(handler, "on"));
            else if (channel->kind == "stream")
                m_moved.stays(service);
        }
        m_transacts = isGiven(handler.member("transaction"));
        if (const Value* then = handler.member("then"))
            replace(table, "then", withEmits(*then, where + "/then"));
        m_transacts = false;
        return table;
    }

    bool isStream(const Channel& channel, const Value& handler) {
        const Value* own = handler.member("queue");
        const std::string* kind = own ? textAt(*own, "kind") : nullptr;
        return channel.kind == "stream" || (kind && *kind == "stream") ||
               (isExchange(channel.kind) && known(channel.profile)->kindFor("queue") == "stream");
    }

    // The queue of its own that a handler on a topic has follows the topic's profile; it is a log where queues are
    // logs.
    void giveQueue(Value::Table& handler, const Channel& channel, const std::string& where) {
        const Value whole{Value::Table(handler)};
        const Value* given = whole.member("queue");
        if (given && !given->table())
            return;
        const std::string kind(known(channel.profile)->kindFor("queue"));
        Value::Table queue = given ? *given->table() : channel.forReaders;
        if (kind == "stream")
            replace(queue, "kind", Value(kind));
        const std::string_view as = partOf(kind, queue, true);
        queue = fitted(std::move(queue), channel.profile, as, where + "/queue");
        std::erase_if(queue, [](const Value::Member& member) {
            return !isOneOf(fields::ownQueueKeys, member.first) &&
                   (isOneOf(fields::queueKeys, member.first) || isOneOf(fields::streamKeys, member.first));
        });
        if (given || !queue.empty())
            replace(handler, "queue", Value(std::move(queue)));
    }

    // The names of protocols become what they cost: by the scenario's own profile, then by those of its channels.
    Value withAccess(const Value::List& links) {
        std::vector<const Profile*> profiles;
        const auto add = [&](const std::string& name) {
            if (const Profile* profile = known(name);
                profile && std::find(profiles.begin(), profiles.end(), profile) == profiles.end())
                profiles.push_back(profile);
        };
        if (const std::string* general = textAt(m_document, "profile"))
            add(*general);
        for (const auto& [name, channel] : m_channels)
            add(channel.profile);
        const bool someKnow = std::any_of(profiles.begin(), profiles.end(),
                                          [](const Profile* profile) { return !profile->access().table()->empty(); });
        Value::List all = links;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::string* const protocol = textAt(links[i], "access");
            if (!protocol)
                continue;
            Value::Table link = *links[i].table();
            for (const Profile* profile : profiles)
                if (const Value* costs = profile->access().member(*protocol)) {
                    replace(link, "access", Value(*costs));
                    break;
                }
            if (!someKnow) {
                std::erase_if(link, [](const Value::Member& member) { return member.first == "access"; });
                m_leftOut.push_back(
                    {pointerTo("/links", std::to_string(i)) + "/access",
                     profiles.front()->name(),
                     "access",
                     {.en = "It says nothing of protocols and what they cost.", .zh = "它没有说明各种协议及其开销。"}});
            }
            all[i] = Value(std::move(link));
        }
        return all;
    }

    // Faults that strike a channel in a way that its system knows nothing of. A log that is none has no copies of its
    // own to lose either.
    void leaveFaultsOut(const Value::List& faults) {
        for (std::size_t i = 0; i < faults.size(); ++i)
            for (const char* const key : {"purge", "redrive", "seek", "replay", "drop"}) {
                const Channel* channel = faults[i].table() ? channelOf(faults[i], key) : nullptr;
                const bool drops = std::string_view(key) == "drop";
                if (!channel || (drops && !channel->isLogLost))
                    continue;
                const auto limits = known(channel->profile)->limits("fault");
                const auto limit = std::find_if(limits.begin(), limits.end(), [&](const Profile::Limit& each) {
                    return each.field == (drops ? "seek" : key);
                });
                if (limit != limits.end())
                    m_leftOut.push_back(
                        {pointerTo("/faults/" + std::to_string(i), key), channel->profile, key, limit->why});
            }
    }

    // Who reads a queue that has become a stream: order on it is order for that service, and so are its figures.
    std::optional<std::string> readerOf(const std::string& channel) const {
        const Value* services = m_document.member("services");
        for (const auto& [name, service] : services && services->table() ? *services->table() : Value::Table()) {
            const Value* handlers = service.member("handlers");
            for (const Value& handler : handlers && handlers->list() ? *handlers->list() : Value::List())
                if (const std::string* on = textAt(handler, "on"); on && *on == channel)
                    return name;
        }
        return std::nullopt;
    }

    // Actions stand in lists, branches and single tables.
    Value withEmits(const Value& actions, const std::string& where) {
        if (const Value::List* list = actions.list()) {
            Value::List all;
            for (std::size_t i = 0; i < list->size(); ++i)
                all.push_back(withEmits((*list)[i], where + '/' + std::to_string(i)));
            return all;
        }
        if (!actions.table())
            return actions;
        Value::Table table = *actions.table();
        if (actions.member("emit"))
            if (const Channel* channel = channelOf(actions, "to"))
                table = fitted(std::move(table), channel->profile, "emit", where);
        for (const std::string_view key : {"then", "else", "choose"})
            if (const Value* inside = actions.member(key))
                replace(table, key, withEmits(*inside, pointerTo(where, key)));
        return table;
    }

    const Value& m_document;
    bool m_losesPublishes = false;
    std::map<std::string, Channel, std::less<>> m_channels; // those that follow a profile
    std::map<std::string, std::optional<Profile>> m_profiles;
    std::set<std::string> m_ownLogs; // handlers' own queues that are logs
    bool m_relays = false;           // the service at hand publishes through its outbox, which numbers nothing
    bool m_transacts = false;        // what the handler at hand publishes is decided by its ack
    MovedSubscriptions m_moved;
    std::vector<LeftOut> m_leftOut;
};

// Of a topic or an exchange that says nothing of it itself.
std::string dialectOn(std::string_view profile, std::string_view kind) {
    const std::optional<Profile> known = Profile::named(profile);
    const Value::Table& defaults = known ? known->defaults(kind) : Value::Table();
    const auto given = std::find_if(defaults.begin(), defaults.end(),
                                    [](const Value::Member& member) { return member.first == "dialect"; });
    return given != defaults.end() ? *given->second.text() : toText(DialectKind::rabbitmqTopic);
}

// Patterns were written in the language of the profile they come from, as routing keys were, and stay in it.
void keepDialect(Value::Table& channel, const std::string* from, std::string_view to) {
    const Value whole{Value::Table(channel)};
    const std::string* const kind = textAt(whole, "kind");
    const std::string* const type = textAt(whole, "type");
    if (!kind || !isExchange(*kind) || whole.member("dialect") || (type && *type != "topic"))
        return;
    const std::string written = dialectOn(from ? *from : std::string(), *kind);
    if (written != dialectOn(to, *kind))
        channel.emplace_back("dialect", Value(written));
}

} // namespace

ProfiledDocument withProfiles(const Value& document) {
    return Profiling(document).apply();
}

std::vector<std::size_t> faultsKept(const std::vector<LeftOut>& leftOut, std::size_t faults) {
    std::vector<bool> gone(faults);
    for (const LeftOut& left : leftOut)
        if (const auto steps = pointerSteps(left.where); steps && steps->size() > 1 && steps->front() == "faults")
            gone[std::stoul((*steps)[1])] = true;
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < faults; ++i)
        if (!gone[i])
            kept.push_back(i);
    return kept;
}

Value onProfile(const Value& document, std::string_view profile) {
    if (!document.table())
        return document;
    Value::Table whole = *document.table();
    replace(whole, "profile", Value(profile));
    if (const Value* channels = document.member("channels"); channels && channels->table()) {
        const std::string* const general = textAt(document, "profile");
        Value::Table all = *channels->table();
        for (auto& [name, channel] : all)
            if (channel.table()) {
                Value::Table table = *channel.table();
                const std::string* const own = textAt(channel, "profile");
                keepDialect(table, own ? own : general, profile);
                std::erase_if(table, [](const Value::Member& member) { return member.first == "profile"; });
                channel = std::move(table);
            }
        replace(whole, "channels", Value(std::move(all)));
    }
    return whole;
}

} // namespace weir
