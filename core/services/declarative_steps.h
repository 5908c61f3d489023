// What an action list is compiled into: one step an action, tables and statuses as handles. For
// declarative_compiler.cpp (which makes it) and declarative_processor.cpp (which runs it) only.
#pragma once

#include "core/expression/expression.h"
#include "core/services/declarative_processor.h"
#include "core/services/event_path.h"
#include "core/services/template.h"

#include <utility>
#include <variant>
#include <vector>

namespace weir {

struct DeclarativeProcessor::Step {
    using Steps = std::vector<Step>;
    struct Emit {
        SiteId site;
    };
    struct Items { // the list in the event, and the members of each item
        EventPath list;
        DataPath key;
        DataPath quantity;
    };
    struct Reserve {
        TableId table;
        Items items;
        bool hasElse = false;
        Steps orElse;
    };
    struct Release {
        TableId table;
        Items items;
    };
    struct Add {
        TableId table;
        Template key;
        Template by;
    };
    struct Fill {
        TableId table;
        std::vector<std::pair<std::string, Decimal>> to;
    };
    struct Set {
        TableId table;
        Template key;
        StatusId to;
        std::vector<StatusId> from; // empty: from anything
    };
    struct Choose {
        std::vector<double> upTo; // cumulated weights
        std::vector<Steps> branches;
    };
    struct If {
        Expression condition;
        Steps then;
        Steps orElse;
    };
    std::variant<Emit, Reserve, Release, Add, Fill, Set, Choose, If> what;
};

} // namespace weir
