// Profile: how a named broker behaves, as a table of values of the scenario format's own fields. A profile knows no
// engine: it says which defaults its channels, handlers and publishes have, which fields the real system has nothing
// like, and where each rule was taken from. The tables are core/broker/profiles/*.json, built into the program.
#pragma once

#include "core/result.h"
#include "core/scenario/text.h"
#include "core/value.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

class Profile {
  public:
    enum class Grade : std::uint8_t {
        held,      // compared with the real system, experiment by experiment
        documented // after the system's documents
    };
    struct Rule {
        Text text;
        std::string source; // document, experiment or observed behaviour
    };
    // A field that the real system has nothing like: where a scenario gives it, it is left out and said.
    struct Limit {
        std::string field;
        std::string value; // of the field, where the system has others; empty: whatever it is
        Value instead;     // what stands there then; null: nothing
        Text why;

        bool concerns(const Value& given) const { return value.empty() || (given.text() && *given.text() == value); }
        const std::string& name() const { return value.empty() ? field : value; }
    };

    // One of names().
    static std::optional<Profile> named(std::string_view name);
    static std::span<const std::string_view> names(); // in alphabetical order
    // From a table's text. For the tables that are built in, and for tests.
    static Result<Profile> parse(std::string_view json);

    const std::string& name() const { return m_name; }
    const Text& title() const { return m_title; }
    const std::string& system() const { return m_system; } // with its version, "RabbitMQ 3.10.8"
    Grade grade() const { return m_grade; }
    const std::vector<Rule>& rules() const { return m_rules; }

    // `part` is the kind of a channel ("queue", "stream", "topic", "exchange"), "handler" or "emit"; "boundQueue" is a
    // queue that receives from an exchange or topic, where that makes a difference: ZeroMQ's subscribers are other
    // sockets than its pullers. "ownedStream" is a stream whose partitions have owners that handle them in order, where
    // the profile's streams are shared: RocketMQ's orderly consumption.
    const Value::Table& defaults(std::string_view part) const;
    // What is added to a table that the file gives itself, where it does not say otherwise ("retry": {"afterLast"}).
    // "firstAlone" is added to a "retry" that says "first", and not how the delays go on.
    const Value::Table& within(std::string_view part) const;
    // Beside those parts "group" (what the groups of a stream do), "retry", "confirm", "binding" and "fault" (by what
    // happens).
    std::span<const Limit> limits(std::string_view part) const;
    // Fields that the system has, without a default of its own: what the file gives stands.
    std::span<const std::string> has(std::string_view part) const;
    // A table of what clients may speak: by the name of a protocol what it costs, as a link's "access". Empty: nothing is
    // known of that.
    const Value& access() const { return m_access; }
    // What stands for a kind of channel in this system: a queue of another is a stream in Kafka, and a stream is an
    // exchange where nothing keeps a log.
    std::string_view kindFor(std::string_view kind) const;

  private:
    std::optional<Error> readLimits(const Value& cannot);

    std::string m_name;
    Text m_title;
    std::string m_system;
    Grade m_grade = Grade::documented;
    std::vector<Rule> m_rules;
    Value m_kinds, m_defaults, m_within, m_access;
    std::map<std::string, std::vector<Limit>, std::less<>> m_limits;
    std::map<std::string, std::vector<std::string>, std::less<>> m_has;
    // Their own defaults, and those of any queue or stream that they do not say; null: not that one either.
    std::optional<Value::Table> m_boundQueue, m_ownedStream;
};

// With those of the defaults that are not given.
Value::Table filled(Value::Table given, const Value::Table& defaults);

} // namespace weir
