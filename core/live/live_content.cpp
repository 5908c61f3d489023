#include "core/live/live_content.h"

#include "core/kernel/hash.h"
#include "core/live/event_reader.h"

namespace weir {

std::shared_ptr<const LiveContent> LiveContent::ofData(std::string data, std::string partitionKey) {
    auto content = std::make_shared<LiveContent>();
    content->hash = hash64(data);
    content->payload = std::move(data);
    content->partitionKey = std::move(partitionKey);
    return content;
}

std::shared_ptr<const LiveContent> LiveContent::ofEvent(std::string_view event, const EventHead& head) {
    auto content = std::make_shared<LiveContent>();
    content->form = Form::event;
    content->hash = hash64(event);
    content->payload = event;
    content->id = head.id;
    if (!content->id.empty())
        content->identity = hash64(content->id) | 1ULL << 63U; // apart from ordinals
    content->subject = head.subject;
    content->partitionKey = head.partitionKey;
    content->routingKey = head.routingKey;
    return content;
}

} // namespace weir
