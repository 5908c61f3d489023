#include "core/live/event_reader.h"

#include <simdjson.h>

#include <string>

namespace weir {

struct EventReader::Parser {
    simdjson::dom::parser parser;
    std::string padded; // the parser reads a little beyond the text
};

EventReader::EventReader() : m_parser(std::make_unique<Parser>()) {}
EventReader::~EventReader() = default;

std::optional<EventHead> EventReader::read(std::string_view json) {
    std::string& padded = m_parser->padded;
    if (padded.size() < json.size() + simdjson::SIMDJSON_PADDING)
        padded.resize(json.size() + simdjson::SIMDJSON_PADDING);
    json.copy(padded.data(), json.size());
    simdjson::dom::object event;
    if (m_parser->parser.parse(padded.data(), json.size(), false).get_object().get(event) != simdjson::SUCCESS)
        return std::nullopt;
    EventHead head;
    std::string_view specVersion;
    for (const simdjson::dom::key_value_pair member : event) {
        std::string_view text;
        if (member.value.get_string().get(text) != simdjson::SUCCESS)
            continue;
        const std::string_view name = member.key;
        if (name == "specversion")
            specVersion = text;
        else if (name == "id")
            head.id = text;
        else if (name == "source")
            head.source = text;
        else if (name == "type")
            head.type = text;
        else if (name == "subject")
            head.subject = text;
        else if (name == "version")
            head.version = text;
        else if (name == "partitionkey")
            head.partitionKey = text;
        else if (name == "routingkey")
            head.routingKey = text;
        else if (name == "correlationid")
            head.correlationId = text;
        else if (name == "causationid")
            head.causationId = text;
    }
    if (specVersion != "1.0" || head.id.empty() || head.source.empty() || head.type.empty() ||
        head.source.size() > nameMax || head.type.size() > nameMax)
        return std::nullopt;
    return head;
}

std::string_view serviceOf(std::string_view source) {
    std::string_view path = source.substr(0, source.find_first_of("?#"));
    while (!path.empty() && path.back() == '/')
        path.remove_suffix(1);
    const std::size_t before = path.find_last_of("/:");
    const std::string_view last = before == std::string_view::npos ? path : path.substr(before + 1);
    return last.empty() ? source : last;
}

} // namespace weir
