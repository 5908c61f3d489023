// Any text as an expression, asked about an event that has a bit of everything. The text before the first NUL is the
// expression; what follows, where it is JSON, is the event.
#include "core/expression/cloud_event_subject.h"
#include "core/expression/expression.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

const char* const usualEvent =
    R"({"specversion":"1.0","id":"A-1","source":"/shop","type":"order.created","time":"2024-05-06T07:08:09Z",)"
    R"("sequence":"7","flag":true,"number":-2147483648,"text":"中é","kind":"acked","attempt":2,)"
    R"("data":{"items":[{"price":19.99,"n":3},[]],"order-id":"","big":1e6000,"none":null}})";

void require(bool condition) {
    if (!condition)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(bytes), size);
    const std::size_t split = std::min(input.find('\0'), input.size());
    const auto expression = weir::Expression::parse(input.substr(0, split));
    const auto given = weir::Value::parse(input.substr(std::min(split + 1, input.size())));
    const weir::Value event = given.ok() ? *given : weir::Value::parse(usualEvent).value();
    if (given.ok()) // what was read is written and read back to the same
        require(weir::Value::parse(event.canonical()).value() == event);
    if (!expression.ok()) {
        require(expression.error().where.starts_with("column ") && !expression.error().what.empty());
        return 0;
    }
    const weir::CloudEventSubject subject(event);
    const weir::Outcome outcome = expression->evaluate(subject);
    const bool passes = !outcome.error && outcome.value.truth() && *outcome.value.truth();
    require(expression->holds(subject) == passes);
    require(weir::Value::parse(outcome.value.canonical()).ok());
    require(!outcome.value.isNull()); // CESQL is total
    return 0;
}
