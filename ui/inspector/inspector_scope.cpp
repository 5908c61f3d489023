#include "ui/inspector/inspector_scope.h"

#include "core/json_pointer.h"
#include "core/scenario/given.h"

namespace weir {
namespace {

// "<topic>/<service>" is the queue of that service's handler on that topic.
std::optional<FormScope> ownQueueScope(const Value& document, const std::string& name) {
    const Value* const services = document.member("services");
    if (!services || !services->table())
        return std::nullopt;
    for (const auto& [service, inside] : *services->table()) {
        const Value* const handlers = inside.member("handlers");
        if (!name.ends_with('/' + service) || !handlers || !handlers->list())
            continue;
        for (std::size_t i = 0; i < handlers->list()->size(); ++i) {
            const Value* const on = (*handlers->list())[i].member("on");
            if (on && on->text() && *on->text() + '/' + service == name)
                return FormScope{.pointer =
                                     pointerTo("/services", service) + "/handlers/" + std::to_string(i) + "/queue",
                                 .definition = "ownQueue"};
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<FormScope> serviceScope(const Value& document, const std::string& name) {
    const std::string pointer = pointerTo("/services", name);
    if (!valueAt(document, pointer))
        return std::nullopt;
    return FormScope{.pointer = pointer, .definition = "service"};
}

std::optional<FormScope> channelScope(const Value& document, const std::string& name) {
    const std::string pointer = pointerTo("/channels", name);
    const Value* const channel = valueAt(document, pointer);
    if (!channel)
        return ownQueueScope(document, name);
    const Value* const kind = channel->member("kind");
    return FormScope{.pointer = pointer, .definition = kind && kind->text() ? *kind->text() : "queue"};
}

std::optional<FormScope> eventTypeScope(const Value& document, const std::string& name) {
    const std::string pointer = pointerTo("/events", name);
    if (!valueAt(document, pointer))
        return std::nullopt;
    return FormScope{.pointer = pointer, .definition = "event"};
}

FormScope scenarioScope() {
    return {.pointer = {},
            .definition = "scenario",
            .leftOut = {"$schema", "weir", "events", "channels", "services", "groups", "layout", "breakpoints"}};
}

} // namespace weir
