#include "ui/session/selection.h"

namespace weir {

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

} // namespace weir
