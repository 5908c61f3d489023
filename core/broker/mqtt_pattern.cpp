#include "core/broker/mqtt_pattern.h"

#include "core/broker/word_cursor.h"

#include <algorithm>

namespace weir {
namespace {

constexpr std::size_t sizeMax = 65535;     // a UTF-8 string on the wire has a length of two bytes
constexpr std::ptrdiff_t slashesMax = 200; // mosquitto's limit on the depth of its tree

// The code point at the front of text, which is cut off; nothing where the bytes are not UTF-8.
std::optional<char32_t> takeCodePoint(std::string_view& text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const std::size_t size = byte(0) < 0x80 ? 1 : byte(0) < 0xc0 ? 0 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
    if (size == 0 || byte(0) > 0xf4 || text.size() < size)
        return std::nullopt;
    char32_t point = size == 1 ? byte(0) : byte(0) & (0x7f >> size);
    for (std::size_t at = 1; at < size; ++at) {
        if ((byte(at) & 0xc0) != 0x80)
            return std::nullopt;
        point = point << 6 | (byte(at) & 0x3f);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < smallest[size] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        return std::nullopt;
    text.remove_prefix(size);
    return point;
}

// What filters and topic names have in common. MQTT 5.0 forbids U+0000 (1.5.4-2) and lets a broker refuse the other
// control characters and the non-characters, which mosquitto does.
std::optional<Error> checkText(std::string_view text) {
    if (text.empty() || text.size() > sizeMax)
        return Error{"", "needs 1 to 65535 bytes", std::to_string(text.size()) + " bytes"};
    if (std::count(text.begin(), text.end(), '/') > slashesMax)
        return Error{"", "needs at most 200 slashes", ""};
    while (!text.empty()) {
        const auto point = takeCodePoint(text);
        if (!point)
            return Error{"", "needs UTF-8", "other bytes"};
        const bool control = *point < 0x20 || (*point >= 0x7f && *point < 0xa0);
        const bool nonCharacter = (*point >= 0xfdd0 && *point <= 0xfdef) || (*point & 0xfffe) == 0xfffe;
        if (control || nonCharacter)
            return Error{"", "needs text without control characters", ""};
    }
    return std::nullopt;
}

} // namespace

Result<MqttPattern> MqttPattern::compile(std::string_view text) {
    if (const auto error = checkText(text))
        return *error;
    MqttPattern pattern;
    for (WordCursor level(text, "/"); !level.atEnd(); level.advance()) {
        const std::string_view word = level.word();
        if (word.size() > 1 && word.find_first_of("+#") != std::string_view::npos)
            return Error{"", "needs + and # alone at their level", '"' + std::string(word) + '"'};
        if (!pattern.m_levels.empty() && pattern.m_levels.back() == "#")
            return Error{"", "needs # at the last level only", '"' + std::string(text) + '"'};
        pattern.m_levels.emplace_back(word);
    }
    if (pattern.m_levels.front() == "$share") {
        if (pattern.m_levels.size() < 2)
            return Error{"", "needs a group and a filter behind $share", '"' + std::string(text) + '"'};
        pattern.m_group = pattern.m_levels[1];
        pattern.m_levels.erase(pattern.m_levels.begin(), pattern.m_levels.begin() + 2);
        // mosquitto takes "$share/group" too, and "$share/group/$topic", and never delivers anything for them.
        pattern.m_unreachable = pattern.m_levels.empty() || pattern.m_levels.front().starts_with('$');
    }
    return pattern;
}

std::optional<Error> MqttPattern::checkKey(std::string_view key) {
    if (auto error = checkText(key))
        return error;
    if (key.find_first_of("+#") != std::string_view::npos)
        return Error{"", "needs a topic name without wildcards", '"' + std::string(key) + '"'};
    return std::nullopt;
}

bool MqttPattern::matches(std::string_view topic) const {
    if (m_unreachable)
        return false;
    const std::string& first = m_levels.front();
    if (topic.starts_with('$') && (first == "+" || first == "#"))
        return false;
    WordCursor at(topic, "/");
    for (const std::string& level : m_levels) {
        if (level == "#")
            return true; // also where the topic has ended: "a/#" includes "a"
        if (at.atEnd() || (level != "+" && level != at.word()))
            return false;
        at.advance();
    }
    return at.atEnd();
}

std::vector<PatternWord> MqttPattern::words() const {
    std::vector<PatternWord> words;
    for (const std::string& level : m_levels)
        words.push_back(level == "+"   ? PatternWord{PatternWord::Kind::one}
                        : level == "#" ? PatternWord{PatternWord::Kind::many}
                                       : PatternWord{PatternWord::Kind::literal, level});
    return words;
}

} // namespace weir
