#include "support/invariants/passage_rules.h"

#include <algorithm>

namespace weir::invariants {

PassageRules::PassageRules(const Shared& shared, MessageRules& messages)
    : m_shared(shared), m_messages(messages), m_finished(shared.model.services.size()) {
    for (const ServicePlan& service : shared.model.services)
        m_hasOutbox.push_back(service.outbox.has_value());
}

Broken PassageRules::apply(const Record& record, const Place& place) {
    switch (record.kind) {
    case RecordKind::published:
        return published(record);
    case RecordKind::refused:
    case RecordKind::deduplicated:
    case RecordKind::unroutable:
    case RecordKind::routed:
        return decided(record);
    case RecordKind::finished:
        m_finished[place.service.index()] = {record.at, record.ordinal};
        return {};
    case RecordKind::stateChanged:
        if (record.ordinal == 0 || !m_hasOutbox[place.service.index()])
            return {};
        m_shared.exercised.add(18);
        return m_finished[place.service.index()] == std::pair(record.at, record.ordinal)
                   ? Broken()
                   : "I18: a handling that did not finish has changed the state beside its outbox";
    case RecordKind::stored:
        m_shared.exercised.add(18);
        if (m_messages.at(record.ordinal).decision)
            return "I18: published before it was stored in the outbox";
        return m_rows.try_emplace(record.ordinal, Row{record.at}).second ? Broken() : "I18: stored twice";
    case RecordKind::relayed:
        return relayed(record);
    case RecordKind::appended:
        if (const Broken wrong = isInRules(record, place); !wrong.empty())
            return wrong;
        return appended(record, place);
    case RecordKind::enqueued:
        return m_shared.kindOf(place.channel.value) == ChannelKind::queue ? isInRules(record, place) : Broken();
    default:
        return {};
    }
}

bool PassageRules::isRelayedBy(Ordinal ordinal) const {
    const KnownMessage& message = m_messages.at(ordinal);
    if (!message.site.valid() || m_replayOf.contains(ordinal))
        return false;
    const EmitSites& sites = m_shared.model.generator->sites();
    const EmitSite& site = sites.all()[message.site.index()];
    return site.serviceId.valid() && m_hasOutbox[site.serviceId.index()] && sites.will(site.service) != message.site;
}

Broken PassageRules::published(const Record& record) {
    m_types.push_back(record.type);
    if (record.isRepeat())
        return record.reason.valid() ? replayed(record) : Broken();
    if (record.value == 0 || !isRelayedBy(record.ordinal))
        return {};
    m_shared.exercised.add(18);
    const ServiceId service = m_shared.model.generator->sites()[m_messages.at(record.ordinal).site].serviceId;
    return m_finished[service.index()] == std::pair(record.at, static_cast<Ordinal>(record.value))
               ? Broken()
               : "I18: a handling that did not finish has published beside its outbox";
}

Broken PassageRules::decided(const Record& record) {
    const KnownMessage& message = m_messages.at(record.ordinal);
    if (isRelayedBy(record.ordinal) && !m_rows.contains(message.identity))
        return "I18: published past the outbox";
    if (record.kind != RecordKind::routed && record.kind != RecordKind::unroutable)
        return {};
    if (const auto& archive = m_shared.specOf(message.channel).archive;
        archive && !m_replayOf.contains(record.ordinal) && keeps(*archive, record.ordinal))
        m_archives[message.channel.value].push_back({record.ordinal, record.at});
    return {};
}

Broken PassageRules::relayed(const Record& record) {
    m_shared.exercised.add(18);
    const auto row = m_rows.find(record.ordinal);
    if (row == m_rows.end() || row->second.relayed)
        return "I18: relayed, and there is no row of it";
    row->second.relayed = true;
    if (record.value != (record.at - row->second.stored).count())
        return "I23: not the time that it lay in the outbox";
    return m_messages.isTaken(record.ordinal) || m_messages.isSafeUnasked(m_messages.at(record.ordinal))
               ? Broken()
               : "I18: noted as published, and the broker has never taken it";
}

// --- archives ---

// As random_parts.h makes patterns: of the type alone.
bool PassageRules::keeps(const ArchiveSpec& archive, Ordinal ordinal) const {
    const Value* types = archive.pattern.isNull() ? nullptr : archive.pattern.member("type");
    if (!types)
        return true;
    const std::string& type = m_shared.model.catalogue->eventTypes()[m_types[ordinal - 1].index()].name;
    const auto& list = *types->list();
    return std::any_of(list.begin(), list.end(),
                       [&](const Value& each) { return each.text() && *each.text() == type; });
}

std::vector<Ordinal> PassageRules::archivedFor(const FaultSpec& fault, SimTime now) const {
    std::vector<Ordinal> found;
    const ChannelId exchange = m_shared.model.catalogue->channel(fault.channel);
    const auto archive = m_archives.find(exchange.value);
    if (archive == m_archives.end())
        return found;
    const std::optional<Duration> keep = m_shared.specOf(exchange).archive->keep;
    const SimTime until = fault.until ? SimTime{*fault.until} : now;
    for (const Archived& each : archive->second)
        if (each.at >= SimTime{fault.from} && each.at <= until && (!keep || each.at + *keep > now))
            found.push_back(each.ordinal);
    return found;
}

// The same events in the order in which they came, each once.
Broken PassageRules::replayed(const Record& record) {
    m_shared.exercised.add(20);
    const std::string_view name = m_shared.model.catalogue->reasons()[record.reason.index()].name;
    const auto first = static_cast<Ordinal>(record.value);
    const auto [entry, begins] = m_replays.try_emplace(name);
    Replay& replay = entry->second;
    if (begins) {
        for (const FaultPlan& fault : m_shared.model.faults)
            if (fault.spec.kind == FaultKind::replay && fault.spec.name == name) {
                replay.fault = &fault.spec;
                replay.expected = archivedFor(fault.spec, record.at);
                for (const std::string& rule : fault.spec.rules)
                    replay.rules.push_back(m_shared.model.catalogue->channel(rule));
            }
    }
    m_replayOf.emplace(record.ordinal, name);
    const auto& archive = m_archives[m_messages.at(first).channel.value];
    const auto at = [&](Ordinal ordinal) {
        return std::find_if(archive.begin(), archive.end(),
                            [ordinal](const Archived& each) { return each.ordinal == ordinal; });
    };
    if (at(first) == archive.end() || (replay.last != 0 && at(replay.last) >= at(first)))
        return "I20: a replay of what was not archived, or in another order";
    replay.last = first;
    if (replay.fault && (replay.done == replay.expected.size() || replay.expected[replay.done++] != first))
        return "I20: a replay that is not what the archive holds";
    return {};
}

Broken PassageRules::isInRules(const Record& record, const Place& place) {
    const auto name = m_replayOf.find(record.ordinal);
    if (name == m_replayOf.end() || !m_shared.published(record.value) || m_messages.at(record.ordinal).redriven)
        return {};
    const std::vector<ChannelId>& rules = m_replays.at(name->second).rules;
    return rules.empty() || std::find(rules.begin(), rules.end(), place.channel) != rules.end()
               ? Broken()
               : "I20: a replay reaches a channel that it is not for";
}

// --- other clusters ---

std::optional<Duration> PassageRules::takes(Way way) const {
    const std::string& to = m_shared.specOf(ChannelId{way.second}).name;
    for (const ReplicateSpec& replicate : m_shared.specOf(ChannelId{way.first}).replicate)
        if (replicate.to == to)
            return replicate.takes;
    return std::nullopt;
}

// Nothing is turned away there, or comes as late as its transaction or its delay ends, or has nobody who leads.
bool PassageRules::allComesOver(Way way) const {
    const ChannelPlan& to = m_shared.model.broker->channels[way.second];
    return !m_shared.onNodes() && !to.gated && !to.spec.refuseWhenFull &&
           to.spec.delayHolds != DelayHolds::append && !m_open.contains(way.first);
}

Broken PassageRules::appended(const Record& record, const Place& place) {
    if (record.hasCrossed())
        return arrived(record, place);
    const ChannelSpec& spec = m_shared.specOf(place.channel);
    if (!spec.replicate.empty() && record.isOpen())
        m_open[place.channel.value].insert(record.ordinal);
    else
        for (const ReplicateSpec& replicate : spec.replicate)
            m_lines[{place.channel.value, m_shared.model.catalogue->channel(replicate.to).value}].push_back(
                {record.ordinal, place.partition, record.at});
    return {};
}

Broken PassageRules::arrived(const Record& record, const Place& place) {
    m_shared.exercised.add(9);
    const Way way{static_cast<std::uint16_t>(record.value), place.channel.value};
    const std::optional<Duration> takes = this->takes(way);
    if (!takes)
        return "I09: it comes over from a stream that does not replicate to this one";
    std::deque<Crossing>& line = m_lines[way];
    const std::uint32_t partitions = m_shared.specOf(place.channel).partitions;
    const auto isIt = [&](const Crossing& each) { return each.ordinal == record.ordinal; };
    // Of one that was published twice the other one may have come to a partition that nobody leads.
    auto found = std::find_if(line.begin(), line.end(), [&](const Crossing& each) {
        return isIt(each) && each.partition % partitions == place.partition;
    });
    if (found == line.end())
        found = std::find_if(line.begin(), line.end(), isIt);
    if (found == line.end())
        return m_open.contains(way.first) && m_open.at(way.first).contains(record.ordinal)
                   ? Broken()
                   : "I09: it comes over, and was not published there, or a second time";
    const bool all = allComesOver(way);
    if (all && found != line.begin())
        return "I09: it overtakes what was before it in the log that it comes from";
    if (record.at < found->at + *takes || (all && record.at != found->at + *takes))
        return "I21: it does not take the time that it takes to come over";
    if (place.partition != found->partition % partitions)
        return "I09: it comes to another partition";
    line.erase(found);
    return {};
}

// --- between dues, and at the end ---

Broken PassageRules::afterDue(SimTime now) {
    for (const auto& [name, replay] : m_replays)
        if (replay.done != replay.expected.size())
            return "I20: a replay that leaves out some of what the archive holds";
    for (const auto& [way, line] : m_lines)
        if (!line.empty() && allComesOver(way) && line.front().at + *takes(way) < now)
            return "I01: what was to come over by now has not";
    return {};
}

Broken PassageRules::finish(SimTime now, bool idle) const {
    for (const FaultPlan& fault : m_shared.model.faults)
        if (fault.spec.kind == FaultKind::replay && SimTime{fault.spec.at} < now &&
            !m_replays.contains(std::string_view(fault.spec.name))) {
            FaultSpec before = fault.spec; // what came at the same instant may have come after it
            before.until = std::min(before.until.value_or(Duration::max()), before.at - Duration{1});
            if (!archivedFor(before, SimTime{fault.spec.at}).empty())
                return "I20: a replay of what the archive holds never came";
        }
    if (idle && std::any_of(m_rows.begin(), m_rows.end(), [](const auto& row) { return !row.second.relayed; }))
        return "I18: an outbox holds something, and nothing is left to do";
    return {};
}

} // namespace weir::invariants
