#include "core/live/live_content.h"

#include "core/kernel/hash.h"

namespace weir {

std::shared_ptr<const LiveContent> LiveContent::ofData(std::string data, std::string partitionKey) {
    auto content = std::make_shared<LiveContent>();
    content->hash = hash64(data);
    content->payload = std::move(data);
    content->partitionKey = std::move(partitionKey);
    return content;
}

} // namespace weir
