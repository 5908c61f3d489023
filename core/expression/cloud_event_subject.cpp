#include "core/expression/cloud_event_subject.h"

#include "core/letter_case.h"

#include <algorithm>
#include <limits>

namespace weir {
namespace {

// Names of attributes are in lower case; one that is not is found all the same.
bool sameName(std::string_view written, std::string_view lower) {
    return written.size() == lower.size() &&
           std::equal(written.begin(), written.end(), lower.begin(), [](char a, char b) { return lowerAscii(a) == b; });
}

} // namespace

CloudEventSubject::CloudEventSubject(const Value& event)
    : m_event(event), m_isEvent(event.member("specversion") != nullptr) {}

Datum CloudEventSubject::field(Field field) const {
    return attribute(fieldName(field));
}

Datum CloudEventSubject::attribute(std::string_view name) const {
    const Value::Table* members = m_event.table();
    if (!members)
        return {};
    const auto found = std::find_if(members->begin(), members->end(),
                                    [name](const Value::Member& member) { return sameName(member.first, name); });
    if (found == members->end())
        return {};
    const Decimal* number = found->second.number();
    const auto whole = number && m_isEvent ? number->whole() : std::nullopt;
    if (whole && *whole >= std::numeric_limits<std::int32_t>::min() &&
        *whole <= std::numeric_limits<std::int32_t>::max())
        return Datum::integer(static_cast<std::int32_t>(*whole));
    return Datum::data(found->second);
}

const Value* CloudEventSubject::data() const {
    return m_event.member("data");
}

} // namespace weir
