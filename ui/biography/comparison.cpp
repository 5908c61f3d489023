#include "ui/biography/comparison.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace weir {
namespace {

// An instance is chance; the channel, the group and the service are the step.
using StepName = std::tuple<EventTypeId, ChannelId, SubscriptionId, SpanKind, std::uint16_t, std::size_t>;

class Steps {
  public:
    void take(const Story& story, bool second) {
        std::map<StepName, std::size_t> seen; // how many of this name there were
        for (const Span& span : story.spans) {
            if (span.kind == SpanKind::message)
                continue;
            const auto type = story.types.find(span.ordinal);
            StepName name(type == story.types.end() ? EventTypeId::none() : type->second, span.place.channel,
                          span.place.subscription, span.kind, span.attempt, 0);
            std::get<5>(name) = seen[name]++;
            const auto [found, added] = m_places.try_emplace(name, m_steps.size());
            if (added)
                m_steps.push_back({.type = std::get<0>(name),
                                   .place = span.place,
                                   .kind = span.kind,
                                   .attempt = span.attempt,
                                   .first = {},
                                   .second = {}});
            ComparedStep& step = m_steps[found->second];
            (second ? step.second : step.first) =
                ComparedStep::Side{span.begin - story.begin, span.end - span.begin, span.open, span.ending};
        }
    }
    std::vector<ComparedStep> inOrder() && {
        const auto begin = [](const ComparedStep& step) {
            return std::min(step.first ? step.first->begin : Duration::max(),
                            step.second ? step.second->begin : Duration::max());
        };
        const auto tookTime = [](const std::optional<ComparedStep::Side>& side) {
            return side && side->length > Duration::zero();
        };
        std::erase_if(m_steps, [&](const ComparedStep& step) {
            return !isWork(step.kind) && !tookTime(step.first) && !tookTime(step.second);
        });
        std::stable_sort(m_steps.begin(), m_steps.end(), [&](const ComparedStep& a, const ComparedStep& b) {
            return begin(a) < begin(b);
        });
        return std::move(m_steps);
    }

  private:
    std::map<StepName, std::size_t> m_places;
    std::vector<ComparedStep> m_steps;
};

// A copy that lies among dead letters goes on for ever: that is no duration of the conversation.
Duration whole(const Story& story) {
    Duration last{};
    for (const Span& span : story.spans)
        if (span.kind != SpanKind::deadLetter)
            last = std::max(last, span.end - story.begin);
    return last;
}

} // namespace

Comparison compared(const Story& first, const Story& second) {
    Steps steps;
    steps.take(first, false);
    steps.take(second, true);
    Comparison comparison;
    comparison.steps = std::move(steps).inOrder();
    comparison.firstWhole = whole(first);
    comparison.secondWhole = whole(second);
    Duration most{};
    for (std::size_t i = 0; i < comparison.steps.size(); ++i)
        if (const Duration difference = std::chrono::abs(comparison.steps[i].difference()); difference > most) {
            most = difference;
            comparison.largest = i;
        }
    return comparison;
}

} // namespace weir
