#include "ui/depth.h"

#include "core/record/catalogue.h"
#include "core/record/picture.h"

#include <algorithm>

namespace weir {

std::vector<std::int64_t> depths(const Picture& picture, const Catalogue& catalogue) {
    const auto& channels = catalogue.channels();
    std::vector<std::int64_t> waiting(channels.size());
    std::vector<bool> read(channels.size());
    for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i) {
        const SubscriptionId id{static_cast<std::uint16_t>(i)};
        const std::size_t channel = catalogue.subscriptions()[i].channel.index();
        if (channel >= channels.size())
            continue;
        read[channel] = true;
        if (channels[channel].kind == ChannelKind::queue)
            waiting[channel] += picture.subscription(id).depth.level();
        else if (channels[channel].kind == ChannelKind::stream)
            waiting[channel] = std::max(waiting[channel], picture.lag(id, catalogue).value_or(0));
    }
    for (std::size_t i = 0; i < channels.size(); ++i)
        if (channels[i].kind == ChannelKind::queue && !read[i])
            waiting[i] = picture.channel(ChannelId{static_cast<std::uint16_t>(i)}).copies.ready;
    return waiting;
}

} // namespace weir
