// Archives: what was published to an exchange and matches the archive's pattern is kept for so long, whatever became of
// it, and can be published again. Rules: Amazon EventBridge, "Archiving and replaying events": a replay goes to all
// rules or to those that are named, its events have a `replay-name`, and they are not archived a second time.
#include "core/broker/broker.h"
#include "core/services/event_value.h"

#include <algorithm>

namespace weir {

void Broker::archive(const Publish& publish, BrokerDoor& door) {
    const ArchivePlan& plan = *m_plan->channels[publish.channel.index()].archive;
    if (plan.pattern && !plan.pattern->matches(eventValue(door.effects.view(publish.message))))
        return;
    if (m_archives.empty())
        m_archives.resize(m_plan->channels.size());
    Ring<Archived>& kept = m_archives[publish.channel.index()];
    Message& message = m_messages[publish.message];
    ++message.references;
    ++m_families[message.family].references;
    kept.pushBack({publish.message, door.now});
    forgetArchived(publish.channel, door.now);
    if (static_cast<std::int64_t>(kept.size()) > m_plan->copiesMax)
        m_boundReached = true;
}

void Broker::forgetArchived(ChannelId channel, SimTime now) {
    const ArchivePlan& plan = *m_plan->channels[channel.index()].archive;
    Ring<Archived>& kept = m_archives[channel.index()];
    while (plan.keep && !kept.empty() && kept.front().at + *plan.keep <= now) {
        const MessageHandle old = kept.popFront().message;
        const FamilyHandle family = m_messages[old].family;
        dropReference(old);
        dropFamily(family);
    }
}

std::vector<MessageHandle> Broker::archived(ChannelId channel, SimTime from, SimTime until, SimTime now) {
    std::vector<MessageHandle> found;
    if (m_archives.empty() || !m_plan->channels[channel.index()].archive)
        return found;
    forgetArchived(channel, now);
    const Ring<Archived>& kept = m_archives[channel.index()];
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (kept[i].at >= from && kept[i].at <= until)
            found.push_back(kept[i].message);
    return found;
}

// Those of the targets that the replay is for.
std::vector<RouteTarget> Broker::replayTargets(const Publish& publish, std::span<const RouteTarget> targets) const {
    std::vector<RouteTarget> chosen(targets.begin(), targets.end());
    const std::vector<ChannelId>& rules = m_messages[publish.message].content->replay->rules;
    if (!rules.empty())
        std::erase_if(chosen, [&rules](const RouteTarget& target) {
            return std::find(rules.begin(), rules.end(), target.channel) == rules.end();
        });
    return chosen;
}

} // namespace weir
