#include "core/scenario/profiled_document.h"

#include "core/scenario/fields.h"
#include "core/scenario/given.h"
#include "core/scenario/profile.h"

#include <algorithm>
#include <map>
#include <optional>
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

class Profiling {
  public:
    explicit Profiling(const Value& document) : m_document(document) {}

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
        if (const Value* expect = m_document.member("expect"); expect && expect->list())
            replace(whole, "expect", withSubscriptions(*expect->list()));
        return {Value(std::move(whole)), std::move(m_leftOut)};
    }

  private:
    struct Channel {
        std::string profile;
        std::string kind; // as the profile has it
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
            m_channels[name] = {*profile, std::string(known(*profile)->kindFor(*kind))};
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

    // Without what the profile has nothing like, with its defaults for what is not given.
    Value::Table fitted(Value::Table given, const std::string& profileName, std::string_view kind,
                        const std::string& where) {
        const Profile& profile = *known(profileName);
        const std::string_view part = kind == "boundQueue" ? "queue" : kind;
        for (const Profile::Limit& limit : profile.limits(part))
            if (std::erase_if(given, [&](const Value::Member& member) { return member.first == limit.field; }) > 0)
                m_leftOut.push_back({pointerTo(where, limit.field), profileName, limit.field, limit.why});
        for (const auto& [field, inside] : profile.within(part))
            for (Value::Member& member : given)
                if (member.first == field && inside.table()) {
                    const bool* const truth = member.second.truth(); // true: with the defaults
                    if (member.second.table() || (truth && *truth))
                        member.second = Value(filled(truth ? Value::Table() : *member.second.table(), *inside.table()));
                }
        Value::Table defaults = profile.defaults(kind);
        if (!takesTurns(given)) // an order of turns says nothing where one consumer gets all
            std::erase_if(defaults, [](const Value::Member& member) { return member.first == "order"; });
        if (!sharesCopies(filled(given, defaults), kind == "stream"))
            std::erase_if(defaults, [](const Value::Member& member) { return member.first == "unackedMax"; });
        const auto bounds = [](const Value::Member& member) {
            return member.first == "capacity" || member.first == "capacityBytes";
        };
        if (std::none_of(given.begin(), given.end(), bounds) && std::none_of(defaults.begin(), defaults.end(), bounds))
            std::erase_if(defaults, [](const Value::Member& member) { return member.first == "capacityCounts"; });
        return filled(std::move(given), defaults);
    }

    // Whether a file says nothing of a queue's dispatch, or that several consumers share it or follow one another.
    static bool takesTurns(const Value::Table& channel) {
        const Value whole(channel);
        const std::string* const dispatch = textAt(whole, "dispatch");
        return !dispatch || *dispatch == "shared" || *dispatch == "keyShared" || *dispatch == "singleActive";
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
            Value::Table table = *channel.table();
            const std::string& kind = found->second.kind;
            const bool bound = kind == "queue" && channel.member("bind");
            replace(table, "kind", Value(kind));
            replace(table, "profile", Value(found->second.profile));
            channel = fitted(std::move(table), found->second.profile, bound ? "boundQueue" : std::string_view(kind),
                             pointerTo("/channels", name));
        }
        return all;
    }

    // As the reader names them: the n-th one of a service on the same topic has its number.
    void noteOwnLog(const Channel& channel, const std::string& topic, const std::string& service) {
        if (known(channel.profile)->kindFor("queue") != "stream")
            return;
        std::string name = topic + '/' + service;
        for (int number = 2; m_ownLogs.contains(name); ++number)
            name = topic + '/' + service + '#' + std::to_string(number);
        m_ownLogs[name] = service;
    }

    Value withServices(const Value::Table& services) {
        Value::Table all = services;
        for (auto& [name, service] : all) {
            if (!service.table())
                continue;
            const std::string where = pointerTo("/services", name);
            Value::Table table = *service.table();
            if (const Value* sources = service.member("sources"))
                replace(table, "sources", withEmits(*sources, where + "/sources"));
            if (const Value* handlers = service.member("handlers"); handlers && handlers->list()) {
                Value::List list;
                for (std::size_t i = 0; i < handlers->list()->size(); ++i)
                    list.push_back(withHandler((*handlers->list())[i], name, where + "/handlers/" + std::to_string(i)));
                replace(table, "handlers", Value(std::move(list)));
            }
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
        }
        if (const Value* then = handler.member("then"))
            replace(table, "then", withEmits(*then, where + "/then"));
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
        Value::Table queue = given ? *given->table() : Value::Table();
        if (kind == "stream")
            replace(queue, "kind", Value(kind));
        queue = fitted(std::move(queue), channel.profile, kind == "queue" ? "boundQueue" : std::string_view(kind),
                       where + "/queue");
        const auto has = [](const auto& keys, const std::string& key) {
            return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
        };
        std::erase_if(queue, [&](const Value::Member& member) {
            return !has(fields::ownQueueKeys, member.first) &&
                   (has(fields::queueKeys, member.first) || has(fields::streamKeys, member.first));
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

    // Order on a queue that has become a stream is order for the group that reads it: the service that handles it.
    Value withSubscriptions(const Value::List& expectations) const {
        Value::List list = expectations;
        for (Value& expectation : list) {
            const std::string* queue = textAt(expectation, "ordered");
            const auto channel = queue ? m_channels.find(*queue) : m_channels.end();
            const bool stream = channel != m_channels.end() && channel->second.kind == "stream";
            const auto owner = queue ? m_ownLogs.find(*queue) : m_ownLogs.end();
            if (!stream && owner == m_ownLogs.end())
                continue;
            if (const auto service = stream ? readerOf(*queue) : std::optional(owner->second)) {
                Value::Table table = *expectation.table();
                replace(table, "ordered", Value(*service));
                expectation = std::move(table);
            }
        }
        return list;
    }

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
    std::map<std::string, Channel, std::less<>> m_channels; // those that follow a profile
    std::map<std::string, std::optional<Profile>> m_profiles;
    std::map<std::string, std::string, std::less<>> m_ownLogs; // handlers' own queues that are logs; whose
    std::vector<LeftOut> m_leftOut;
};

} // namespace

ProfiledDocument withProfiles(const Value& document) {
    return Profiling(document).apply();
}

Value onProfile(const Value& document, std::string_view profile) {
    if (!document.table())
        return document;
    Value::Table whole = *document.table();
    replace(whole, "profile", Value(profile));
    if (const Value* channels = document.member("channels"); channels && channels->table()) {
        Value::Table all = *channels->table();
        for (auto& [name, channel] : all)
            if (channel.table()) {
                Value::Table table = *channel.table();
                std::erase_if(table, [](const Value::Member& member) { return member.first == "profile"; });
                channel = std::move(table);
            }
        replace(whole, "channels", Value(std::move(all)));
    }
    return whole;
}

} // namespace weir
