#include "ui/session/selection.h"

#include <algorithm>

namespace weir {
namespace {

// Edits may swap names, so each is followed once.
std::string followed(const std::string& name, const Renames& renames) {
    const auto found =
        std::find_if(renames.begin(), renames.end(), [&](const Rename& rename) { return rename.from == name; });
    return found == renames.end() ? name : found->to;
}

} // namespace

void Selection::selectNode(NodeRef node) {
    if (m_node == node)
        return;
    m_node = node;
    Q_EMIT changed();
}

void Selection::selectEventType(EventTypeId type) {
    m_eventType = m_eventType == type ? EventTypeId::none() : type;
    Q_EMIT changed();
}

void Selection::selectRecord(std::uint64_t index, Ordinal message, NodeRef node, EventTypeId type) {
    m_record = index;
    m_message = message;
    if (node.kind != NodeRef::Kind::none)
        m_node = node;
    m_eventType = type;
    Q_EMIT changed();
}

void Selection::selectMessage(Ordinal message) {
    if (m_message == message)
        return;
    m_message = message;
    m_record.reset();
    Q_EMIT changed();
}

void Selection::setBrush(std::optional<TimeRange> range) {
    if (range && range->begin >= range->end)
        range.reset();
    if (m_brush == range)
        return;
    m_brush = range;
    Q_EMIT changed();
}

void Selection::clear() {
    m_brush.reset();
    m_node = {};
    m_eventType = {};
    m_message = 0;
    m_record.reset();
    Q_EMIT changed();
}

void Selection::carry(const Catalogue& before, const Catalogue& now, const Renames& renames) {
    if (const ServiceId service = m_node.service(); service.valid()) {
        const ServiceId found = now.service(followed(before.services()[service.index()].name, renames));
        m_node = found.valid() ? NodeRef::of(found) : NodeRef();
    } else if (const ChannelId channel = m_node.channel(); channel.valid()) {
        const ChannelId found = now.channel(followed(before.channels()[channel.index()].name, renames));
        m_node = found.valid() ? NodeRef::of(found) : NodeRef();
    }
    if (m_eventType.valid())
        m_eventType = now.eventType(followed(before.eventTypes()[m_eventType.index()].name, renames));
    m_message = 0;
    m_record.reset();
    QMetaObject::invokeMethod(this, &Selection::changed, Qt::QueuedConnection);
}

} // namespace weir
