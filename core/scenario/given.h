// Given: what a file gives at one place: the value there, its JSON pointer, and where complaints about it go. Readers
// descend with it and take what they need; a reader that gets nothing goes on, so that one loading reports many errors.
#pragma once

#include "core/result.h"
#include "core/scenario/fields.h"
#include "core/units.h"
#include "core/value.h"

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weir {

// base + "/name", escaped as RFC 6901 says.
std::string pointerTo(std::string_view base, std::string_view name);
// Text within quotes, cut where it is long.
std::string quotedText(std::string_view text);

// Errors in the order in which they were found. Bounded; how many it left out is said in a last one.
class Complaints {
  public:
    static constexpr std::size_t errorsMax = 50;

    void add(Error error);
    std::size_t count() const { return m_errors.size() + m_leftOut; }
    Errors all() const;

  private:
    Errors m_errors;
    std::size_t m_leftOut = 0;
};

class Given {
  public:
    // Borrows both.
    Given(const Value& value, std::string pointer, Complaints& complaints)
        : m_value(&value), m_pointer(std::move(pointer)), m_complaints(&complaints) {}

    const Value& value() const { return *m_value; }
    const std::string& pointer() const { return m_pointer; }
    Complaints& complaints() const { return *m_complaints; }

    // Complains, naming this place and what is given there.
    void refuse(std::string what) const;
    // Another library's complaint about this value: its `where` is a pointer from here on.
    void refuse(const Error& error) const;
    // The same, but quoting what is given at the place that its `where` leads to; this one, where it leads nowhere.
    void refuseInside(const Error& error) const;
    // The same about a text that was parsed: its `where` is a column or empty.
    void refuseText(const Error& error) const;

    bool has(std::string_view key) const { return m_value->member(key) != nullptr; }
    std::optional<Given> member(std::string_view key) const;
    // Of this place, though nothing stands there; for what must be given and is not.
    void missing(std::string_view key, std::string_view need) const;
    std::vector<Given> items() const; // of a list; empty where this is none
    std::vector<std::pair<std::string, Given>> members() const;

    // Whether this is a table; complains about it, or about each key that is not known.
    bool isTable(const FieldTable& fields) const;
    bool isTable(std::string_view what) const; // with names of the user's own as keys
    bool isList(std::string_view what) const;

    // Reads a member, where it is there, into `into`; what cannot be read leaves the default.
    template <class Target, class Read> void take(std::string_view key, Target& into, Read read) const {
        if (const std::optional<Given> there = member(key))
            if (auto got = std::invoke(read, *there))
                into = std::move(*got);
    }

  private:
    const Value* m_value;
    std::string m_pointer;
    Complaints* m_complaints;
};

// 1 to 200 bytes, no control characters: of event types, channels and services.
bool isName(std::string_view name);

// --- leaves: nothing where it is not what is needed, which has been complained of ---

std::optional<std::string> readText(const Given& given);
std::optional<bool> readTruth(const Given& given);
std::optional<Duration> readDuration(const Given& given);
std::optional<Duration> readPositiveDuration(const Given& given);
std::optional<Rate> readRate(const Given& given);
std::optional<Bytes> readBytes(const Given& given);
std::optional<double> readNumber(const Given& given, double low, double high);
std::optional<std::int64_t> readWhole(const Given& given, std::int64_t low, std::int64_t high);

template <std::integral Number = std::int64_t> auto wholeBetween(std::int64_t low, std::int64_t high) {
    return [low, high](const Given& given) -> std::optional<Number> {
        if (const auto whole = readWhole(given, low, high))
            return static_cast<Number>(*whole);
        return std::nullopt;
    };
}
inline auto numberBetween(double low, double high) {
    return [low, high](const Given& given) { return readNumber(given, low, high); };
}

// One of a few words.
template <class Enum> struct Word {
    std::string_view text;
    Enum meaning;
};
std::optional<std::size_t> readWord(const Given& given, std::span<const std::string> words);
template <class Enum, std::size_t count> auto oneOf(const Word<Enum> (&words)[count]) {
    return [&words](const Given& given) -> std::optional<Enum> {
        std::vector<std::string> texts;
        for (const Word<Enum>& word : words)
            texts.emplace_back(word.text);
        if (const auto index = readWord(given, texts))
            return words[*index].meaning;
        return std::nullopt;
    };
}

// " (did you mean "prefetch"?)", or the words themselves where none is near and they are few: " (a, b)".
std::string suggestionOf(std::string_view word, std::span<const std::string> known);

} // namespace weir
