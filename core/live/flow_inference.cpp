#include "core/live/flow_inference.h"

#include "core/kernel/hash.h"
#include "core/utf8.h"

#include <algorithm>
#include <bit>

namespace weir {
namespace {

constexpr std::string_view other = "other"; // what found no room for a name of its own

bool isName(std::string_view text) {
    return !text.empty() && text.size() <= EventReader::nameMax && isUtf8(text);
}

std::string_view firstWord(std::string_view type) {
    const std::string_view word = type.substr(0, type.find('.'));
    return word.empty() ? type : word;
}

std::uint64_t bitOf(std::size_t index) {
    return std::uint64_t{1} << index;
}

} // namespace

FlowInference::FlowInference(std::shared_ptr<Catalogue> catalogue, Recorder& recorder, StoredMessages& messages,
                             Options options)
    : m_catalogue(std::move(catalogue)), m_recorder(recorder), m_messages(messages), m_options(options),
      m_notAnEvent(m_catalogue->addReason("not_a_cloudevent")), m_noAnswer(m_catalogue->addReason("no_answer_seen")) {}

void FlowInference::observe(std::string_view topic, std::string_view event, SimTime at) {
    advance(at);
    ++m_ordinals;
    const std::optional<EventHead> head = m_reader.read(event);
    if (!head) {
        refuse(topic, event);
        return;
    }
    const Way& way = wayOf(topic, *head);
    Seen seen{.id = hash64(head->id) | 1U, .at = m_now, .flow = way.flow};
    Ordinal cause = head->causationId.empty() ? 0 : known(head->causationId);
    if (!head->correlationId.empty() && head->correlationId != head->id) {
        seen.correlation = known(head->correlationId);
        if (cause == 0 && head->causationId.empty())
            cause = seen.correlation;
        if (seen.correlation == 0) {
            const std::uint64_t family = hash64(head->correlationId);
            const Ordinal* const first = m_byCorrelation.find(family);
            seen.correlation = first ? *first : m_ordinals;
            if (!first && m_byCorrelation.size() >= m_options.eventsMax)
                m_byCorrelation = {}; // families that go on count from here
            if (!first)
                m_byCorrelation.set(family, m_ordinals);
        }
    }
    if (seen.correlation == 0)
        seen.correlation = cause == 0 ? m_ordinals : this->seen(cause).correlation;
    const Answer answer = cause == 0 ? Answer{} : beginAnswer(cause, way.service);

    auto content = LiveContent::ofEvent(event, *head);
    const Flow& flow = m_flows[way.flow];
    Record record = recordOf(RecordKind::published, m_ordinals, seen, way.place);
    record.value = static_cast<std::int64_t>(cause);
    m_recorder.append(record, content->hash);
    m_messages.add({.ordinal = m_ordinals,
                    .cause = cause,
                    .correlation = seen.correlation,
                    .at = m_now,
                    .content = std::move(content),
                    .type = flow.type,
                    .source = way.service});
    record.kind = RecordKind::routed;
    record.value = static_cast<std::int64_t>(flow.consumers.size());
    record.extra = static_cast<std::uint32_t>(std::min<std::size_t>(event.size(), UINT32_MAX));
    m_recorder.append(record);
    for (std::size_t i = 0; i < flow.consumers.size(); ++i) {
        record = recordOf(RecordKind::enqueued, m_ordinals, seen, m_consumers[flow.consumers[i]].queue);
        record.value = flow.channel.value;
        m_recorder.append(record);
        seen.open |= bitOf(i);
    }
    if (answer.ordinal != 0) {
        record = recordOf(RecordKind::acked, answer.ordinal, this->seen(answer.ordinal),
                          m_consumers[answer.consumer].delivery);
        record.attempt = 1;
        record.value = (m_now - answer.since).count();
        m_recorder.append(record);
    }
    remember(seen);
}

void FlowInference::refuse(std::string_view topic, std::string_view event) {
    ++m_refused;
    Place place;
    if (isName(topic))
        place.channel = channelNamed(topic);
    Seen seen{.at = m_now, .correlation = m_ordinals};
    Record record;
    record.at = m_now;
    record.ordinal = m_ordinals;
    record.place = place.channel.valid() ? m_catalogue->addPlace(place) : PlaceId::none();
    record.kind = RecordKind::published;
    auto content = LiveContent::ofData(std::string(event));
    m_recorder.append(record, content->hash);
    m_messages.add({.ordinal = m_ordinals, .correlation = m_ordinals, .at = m_now, .content = std::move(content)});
    record.kind = RecordKind::refused;
    record.reason = m_notAnEvent;
    m_recorder.append(record);
    remember(seen);
}

// Who answers an event has consumed it.
FlowInference::Answer FlowInference::beginAnswer(Ordinal cause, ServiceId service) {
    Seen& trigger = seen(cause);
    Flow& flow = m_flows[trigger.flow];
    const std::uint32_t consumer = consumerOf(flow.channel, service);
    if (consumer == noHandle)
        return {};
    std::size_t index = static_cast<std::size_t>(std::find(flow.consumers.begin(), flow.consumers.end(), consumer) -
                                                 flow.consumers.begin());
    if (index == flow.consumers.size()) {
        if (index == consumersPerFlow)
            return {};
        flow.consumers.push_back(consumer);
    }
    if ((trigger.answered & bitOf(index)) != 0)
        return {}; // it emits more than one event, or its answer comes after the copy expired
    if ((trigger.open & bitOf(index)) == 0) {
        Record record = recordOf(RecordKind::enqueued, cause, trigger, m_consumers[consumer].queue);
        record.value = flow.channel.value;
        m_recorder.append(record);
    }
    Record record = recordOf(RecordKind::delivered, cause, trigger, m_consumers[consumer].delivery);
    record.attempt = 1;
    record.value = (trigger.open & bitOf(index)) == 0 ? 0 : (m_now - trigger.at).count();
    m_recorder.append(record);
    trigger.open &= ~bitOf(index);
    trigger.answered |= bitOf(index);
    return {.ordinal = cause, .consumer = consumer, .since = trigger.at};
}

void FlowInference::remember(const Seen& fresh) {
    if (m_seen.size() >= m_options.eventsMax) {
        expireOpen(m_firstSeen);
        const Seen oldest = m_seen.popFront();
        if (const Ordinal* const last = m_byId.find(oldest.id); last && *last == m_firstSeen)
            m_byId.take(oldest.id);
        ++m_firstSeen;
        m_openFrom = std::max(m_openFrom, m_firstSeen);
    }
    m_seen.pushBack(fresh);
    if (fresh.id != 0)
        m_byId.set(fresh.id, m_ordinals);
}

void FlowInference::advance(SimTime now) {
    m_now = std::max(m_now, now);
    while (m_openFrom < m_firstSeen + m_seen.size() && seen(m_openFrom).at + m_options.answerWithin <= m_now)
        expireOpen(m_openFrom++);
}

void FlowInference::expireOpen(Ordinal ordinal) {
    Seen& old = seen(ordinal);
    old.answered |= old.open;
    for (; old.open != 0; old.open &= old.open - 1) {
        const auto index = static_cast<std::size_t>(std::countr_zero(old.open));
        Record record =
            recordOf(RecordKind::expired, ordinal, old, m_consumers[m_flows[old.flow].consumers[index]].queue);
        record.reason = m_noAnswer;
        record.bits = Record::bitsOf(CopyState::ready);
        m_recorder.append(record);
    }
}

Ordinal FlowInference::known(std::string_view id) const {
    const Ordinal* const ordinal = m_byId.find(hash64(id) | 1U);
    return ordinal ? *ordinal : 0;
}

Record FlowInference::recordOf(RecordKind kind, Ordinal ordinal, const Seen& seen, PlaceId place) const {
    Record record;
    record.at = m_now;
    record.ordinal = ordinal;
    record.place = place;
    record.type = m_flows[seen.flow].type;
    record.kind = kind;
    return record;
}

// --- names ---

const FlowInference::Way& FlowInference::wayOf(std::string_view topic, const EventHead& head) {
    const std::uint64_t key = hash64(head.version, hash64(head.type, hash64(head.source, hash64(topic))));
    if (const std::uint32_t* const way = m_wayIds.find(key))
        return m_ways[*way];
    if (m_ways.size() == waysMax) {
        m_ways.clear();
        m_wayIds = {};
    }
    const ChannelId channel = channelNamed(isName(topic) && topic != head.type ? topic : firstWord(head.type));
    const ServiceId service = serviceNamed(serviceOf(head.source));
    const EventTypeId type = typeNamed(head.type, head.version.empty() ? "1.0" : head.version);
    m_wayIds.set(key, static_cast<std::uint32_t>(m_ways.size()));
    m_ways.push_back({.place = m_catalogue->addPlace({.channel = channel, .subscription = {}, .service = service}),
                      .service = service,
                      .flow = flowOf(channel, type)});
    return m_ways.back();
}

ServiceId FlowInference::serviceNamed(std::string_view name) {
    const std::uint64_t key = hash64(name);
    if (const std::uint16_t* const id = m_serviceIds.find(key))
        return ServiceId{*id};
    if (m_serviceIds.size() >= m_options.servicesMax && name != other)
        return serviceNamed(other);
    ServiceRow row;
    row.name = name;
    row.workers = 1;
    const ServiceId id = m_catalogue->addService(std::move(row));
    m_serviceIds.set(key, id.value);
    return id;
}

ChannelId FlowInference::channelNamed(std::string_view name) {
    const std::uint64_t key = hash64(name);
    if (const std::uint16_t* const id = m_channelIds.find(key))
        return ChannelId{*id};
    if (m_channels >= m_options.channelsMax && name != other)
        return channelNamed(other);
    ++m_channels;
    ChannelRow row;
    row.name = name;
    row.kind = ChannelKind::topic;
    const ChannelId id = m_catalogue->addChannel(std::move(row));
    m_channelIds.set(key, id.value);
    return id;
}

EventTypeId FlowInference::typeNamed(std::string_view name, std::string_view version) {
    const std::uint64_t key = hash64(version, hash64(name));
    if (const std::uint16_t* const id = m_typeIds.find(key))
        return EventTypeId{*id};
    if (m_typeIds.size() >= m_options.typesMax && name != other)
        return typeNamed(other, "1.0");
    const EventTypeId id = m_catalogue->addEventType(name, version);
    m_typeIds.set(key, id.value);
    return id;
}

std::uint32_t FlowInference::flowOf(ChannelId channel, EventTypeId type) {
    const std::uint64_t key = std::uint64_t{channel.value} << 16 | type.value;
    if (const std::uint32_t* const flow = m_flowIds.find(key))
        return *flow;
    const auto flow = static_cast<std::uint32_t>(m_flows.size());
    m_flowIds.set(key, flow);
    m_flows.push_back({.channel = channel, .type = type, .consumers = {}});
    return flow;
}

// noHandle: there are too many.
std::uint32_t FlowInference::consumerOf(ChannelId channel, ServiceId service) {
    const std::uint64_t key = std::uint64_t{channel.value} << 16 | service.value;
    if (const std::uint32_t* const consumer = m_consumerIds.find(key))
        return *consumer;
    if (m_consumers.size() >= m_options.consumersMax)
        return noHandle;
    ChannelRow queue;
    queue.name = m_catalogue->channels()[channel.index()].name + '/' + m_catalogue->services()[service.index()].name;
    SubscriptionRow subscription;
    subscription.name = queue.name;
    subscription.service = service;
    subscription.channel = m_catalogue->addChannel(std::move(queue));
    Place place;
    place.channel = subscription.channel;
    place.subscription = m_catalogue->addSubscription(std::move(subscription));
    Consumer consumer{.service = service, .queue = m_catalogue->addPlace(place), .delivery = {}};
    place.service = service;
    place.instance = 0;
    consumer.delivery = m_catalogue->addPlace(place);
    const auto number = static_cast<std::uint32_t>(m_consumers.size());
    m_consumerIds.set(key, number);
    m_consumers.push_back(consumer);
    return number;
}

} // namespace weir
