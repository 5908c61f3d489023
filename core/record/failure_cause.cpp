#include "core/record/failure_cause.h"

#include "core/expression/expression.h"
#include "core/record/record_subject.h"

#include <algorithm>

namespace weir {
namespace {

// A handler on a topic reads a queue that is named after both.
bool reads(const ServiceSpec& service, const HandlerSpec& handler, const std::string& channel) {
    return handler.on == channel || handler.on + "/" + service.name == channel;
}

bool befallsEveryAttempt(const FailureSpec& failure) {
    return failure.probability >= 1 && failure.every == 0 && failure.attemptsMax == 0;
}

} // namespace

std::optional<std::string> failureCondition(const Scenario& scenario, const Catalogue& catalogue,
                                            const MessageSource& messages, const Record& record) {
    const Place place = record.place.valid() ? catalogue.place(record.place) : Place{};
    if (!place.service.valid() || !place.channel.valid())
        return std::nullopt;
    const std::string& name = catalogue.services()[place.service.index()].name;
    const std::string& channel = catalogue.channels()[place.channel.index()].name;
    const auto service = std::find_if(scenario.services.begin(), scenario.services.end(),
                                      [&name](const ServiceSpec& each) { return each.name == name; });
    if (service == scenario.services.end())
        return std::nullopt;
    RecordSubject subject(catalogue, &messages);
    subject.set(record);
    for (const HandlerSpec& handler : service->handlers) {
        if (!reads(*service, handler, channel))
            continue;
        for (const FailureSpec& failure : handler.fails) {
            if (failure.when.empty() || !befallsEveryAttempt(failure))
                continue;
            const Result<Expression> condition = Expression::parse(failure.when);
            if (condition && !condition->readsRun() && condition->holds(subject))
                return failure.when;
        }
    }
    return std::nullopt;
}

} // namespace weir
