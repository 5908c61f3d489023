#include "core/record/message_source.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace weir {
namespace {

std::string timestamp(SimTime time) {
    const std::chrono::sys_time<Duration> moment{time.time_since_epoch()};
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{moment - day};
    std::array<char, 48> text;
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    std::string result = text.data();
    if (const std::int64_t rest = clock.subseconds().count(); rest != 0) {
        std::string decimals = std::to_string(1'000'000'000 + rest).substr(1);
        decimals.erase(decimals.find_last_not_of('0') + 1);
        result += '.' + decimals;
    }
    return result + 'Z';
}

} // namespace

std::string MessageView::timeText() const {
    return timestamp(time);
}

Value MessageView::cloudEvent() const {
    if (!original.isNull())
        return original;
    Value::Table event;
    const auto put = [&event](const char* name, const std::string& text) {
        if (!text.empty())
            event.emplace_back(name, Value(text));
    };
    put("specversion", "1.0");
    put("id", id);
    put("source", source);
    put("type", type);
    put("subject", subject);
    put("time", timeText());
    if (!data.isNull())
        put("datacontenttype", "application/json");
    put("version", version);
    put("partitionkey", partitionKey);
    if (routingKey != type)
        put("routingkey", routingKey);
    put("correlationid", correlationId);
    put("causationid", causationId);
    if (!data.isNull())
        event.emplace_back("data", data);
    return Value(std::move(event));
}

} // namespace weir
