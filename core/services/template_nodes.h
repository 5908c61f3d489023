// What a Template is compiled into: one node a construct. For template.cpp (which makes data of it) and
// template_compiler.cpp (which makes it of JSON) only.
#pragma once

#include "core/services/event_path.h"
#include "core/services/template.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace weir {

enum class Counter : std::uint8_t { count, ordinal, id, now, uuid, reason };

struct OwnData { // {data.<path>}
    DataPath path;
};
using Placeholder = std::variant<Counter, EventPath, OwnData>;

struct Template::Node {
    struct Constant {
        Value value;
    };
    struct Single { // a text that is one placeholder keeps its type
        Placeholder placeholder;
    };
    struct Mixed {
        std::vector<std::variant<std::string, Placeholder>> parts;
    };
    struct ListOf {
        std::vector<Node> items;
    };
    struct TableOf {
        std::vector<std::string> names;
        std::vector<Node> members; // in step; apart, since a pair of an incomplete type is none to clang
    };
    struct Pick {
        std::vector<Node> options;
        std::vector<double> upTo; // cumulated weights; empty: each as likely
    };
    struct Number { // digits * 10^-scale
        std::int64_t low = 0;
        std::int64_t high = 0;
        int scale = 0;
    };
    struct Repeat {
        std::vector<Node> count; // one
        std::vector<Node> of;    // one
    };
    struct Merge {
        std::vector<Node> tables;
    };
    struct Sum {
        std::variant<EventPath, DataPath> of;
        std::vector<std::string> times;
    };
    std::variant<Constant, Single, Mixed, ListOf, TableOf, Pick, Number, Repeat, Merge, Sum> what;
};

} // namespace weir
