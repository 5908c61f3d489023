#include "core/scenario/given.h"

#include "core/nearest.h"
#include "core/utf8.h"

#include <algorithm>
#include <charconv>

namespace weir {
namespace {

constexpr std::size_t givenMax = 80; // bytes of a value that an error quotes
constexpr std::size_t nameMax = 200;
constexpr std::size_t listedMax = 12;

std::string cut(std::string text) {
    if (text.size() <= givenMax)
        return text;
    std::size_t end = givenMax;
    while (end > 0 && isContinuation(text[end]))
        --end;
    return text.substr(0, end) + "...";
}

std::string joined(std::span<const std::string> words) {
    std::string line;
    for (const std::string& word : words)
        line += (line.empty() ? "" : ", ") + word;
    return line;
}

std::string textOf(double number) {
    char buffer[32];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
    return error == std::errc{} ? std::string(buffer, end) : std::string();
}

template <class Quantity> std::optional<Quantity> taken(const Given& given, Result<Quantity> result) {
    if (result)
        return *result;
    given.refuse(result.error().what);
    return std::nullopt;
}

} // namespace

std::string pointerTo(std::string_view base, std::string_view name) {
    std::string pointer(base);
    pointer += '/';
    for (const char c : name) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
    return pointer;
}

std::string quotedText(std::string_view text) {
    return cut(Value(text).canonical());
}

void Complaints::add(Error error) {
    if (m_errors.size() == errorsMax)
        ++m_leftOut;
    else
        m_errors.push_back(std::move(error));
}

Errors Complaints::all() const {
    Errors errors = m_errors;
    if (m_leftOut > 0)
        errors.push_back({"", "has " + std::to_string(m_leftOut) + " more errors", ""});
    return errors;
}

void Given::refuse(std::string what) const {
    m_complaints->add({m_pointer, std::move(what), cut(m_value->canonical())});
}

void Given::refuse(const Error& error) const {
    m_complaints->add({m_pointer + error.where, error.what, cut(error.given)});
}

void Given::refuseInside(const Error& error) const {
    const Value* there = m_value;
    std::string_view rest = error.where;
    while (there && rest.starts_with('/')) {
        const std::size_t end = std::min(rest.find('/', 1), rest.size());
        const std::string_view step = rest.substr(1, end - 1);
        std::size_t index = 0;
        if (const Value::List* list = there->list())
            there =
                std::from_chars(step.data(), step.data() + step.size(), index).ec == std::errc{} && index < list->size()
                    ? &(*list)[index]
                    : nullptr;
        else
            there = there->member(step);
        rest.remove_prefix(end);
    }
    if (there)
        Given(*there, m_pointer + error.where, *m_complaints).refuse(error.what);
    else
        refuse(error.what);
}

void Given::refuseText(const Error& error) const {
    refuse(error.where.empty() ? error.what : error.what + " (" + error.where + ")");
}

std::optional<Given> Given::member(std::string_view key) const {
    if (const Value* there = m_value->member(key))
        return Given(*there, pointerTo(m_pointer, key), *m_complaints);
    return std::nullopt;
}

void Given::missing(std::string_view key, std::string_view need) const {
    m_complaints->add({m_pointer, "needs \"" + std::string(key) + "\", " + std::string(need), ""});
}

std::vector<Given> Given::items() const {
    std::vector<Given> all;
    if (const Value::List* list = m_value->list())
        for (std::size_t i = 0; i < list->size(); ++i)
            all.emplace_back((*list)[i], m_pointer + '/' + std::to_string(i), *m_complaints);
    return all;
}

std::vector<std::pair<std::string, Given>> Given::members() const {
    std::vector<std::pair<std::string, Given>> all;
    if (const Value::Table* table = m_value->table())
        for (const auto& [name, value] : *table)
            all.emplace_back(name, Given(value, pointerTo(m_pointer, name), *m_complaints));
    return all;
}

bool Given::isTable(const FieldTable& fields) const {
    if (!isTable(fields.what))
        return false;
    for (const auto& [key, value] : *m_value->table()) {
        if (std::find(fields.keys.begin(), fields.keys.end(), key) != fields.keys.end())
            continue;
        const std::vector<std::string> known(fields.keys.begin(), fields.keys.end());
        m_complaints->add({pointerTo(m_pointer, key),
                           "needs a key of " + std::string(fields.what) + suggestionOf(key, known), quotedText(key)});
    }
    return true;
}

bool Given::isTable(std::string_view what) const {
    if (m_value->table())
        return true;
    refuse("needs a table, " + std::string(what));
    return false;
}

bool Given::isList(std::string_view what) const {
    if (m_value->list())
        return true;
    refuse("needs a list of " + std::string(what));
    return false;
}

bool isName(std::string_view name) {
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    return !name.empty() && name.size() <= nameMax && std::none_of(name.begin(), name.end(), isControl);
}

std::optional<std::string> readText(const Given& given) {
    if (const std::string* text = given.value().text())
        return *text;
    given.refuse("needs a text");
    return std::nullopt;
}

std::optional<bool> readTruth(const Given& given) {
    if (const bool* truth = given.value().truth())
        return *truth;
    given.refuse("needs true or false");
    return std::nullopt;
}

std::optional<Duration> readDuration(const Given& given) {
    const std::string* text = given.value().text();
    return taken(given, parseDuration(text ? *text : ""));
}

std::optional<Duration> readPositiveDuration(const Given& given) {
    const auto duration = readDuration(given);
    if (!duration || *duration > Duration::zero())
        return duration;
    given.refuse("needs a duration above 0");
    return std::nullopt;
}

std::optional<Rate> readRate(const Given& given) {
    const std::string* text = given.value().text();
    return taken(given, parseRate(text ? *text : ""));
}

std::optional<Bytes> readBytes(const Given& given) {
    const std::string* text = given.value().text();
    return taken(given, parseBytes(text ? *text : ""));
}

std::optional<double> readNumber(const Given& given, double low, double high) {
    const Decimal* decimal = given.value().number();
    const double number = decimal ? decimal->toDouble() : low - 1;
    if (number >= low && number <= high)
        return number;
    given.refuse("needs a number from " + textOf(low) + " to " + textOf(high));
    return std::nullopt;
}

std::optional<std::int64_t> readWhole(const Given& given, std::int64_t low, std::int64_t high) {
    const Decimal* decimal = given.value().number();
    const auto whole = decimal ? decimal->whole() : std::nullopt;
    if (whole && *whole >= low && *whole <= high)
        return whole;
    given.refuse("needs a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    return std::nullopt;
}

std::optional<std::size_t> readWord(const Given& given, std::span<const std::string> words) {
    const std::string* text = given.value().text();
    const auto found = text ? std::find(words.begin(), words.end(), *text) : words.end();
    if (found != words.end())
        return static_cast<std::size_t>(found - words.begin());
    const std::string near = text ? nearest(*text, words) : std::string();
    given.refuse("needs one of " + joined(words) + (near.empty() ? "" : " (did you mean " + quotedText(near) + "?)"));
    return std::nullopt;
}

std::string suggestionOf(std::string_view word, std::span<const std::string> known) {
    const std::string near = nearest(word, known);
    if (!near.empty())
        return " (did you mean " + quotedText(near) + "?)";
    if (known.empty() || known.size() > listedMax)
        return {};
    return " (" + joined(known) + ")";
}

} // namespace weir
