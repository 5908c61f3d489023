// Fill: how much of a queue's capacity something takes: copies, and the bytes of their messages.
#pragma once

#include <cassert>
#include <cstdint>

namespace weir {

struct Fill {
    std::int64_t copies = 0;
    std::int64_t bytes = 0;

    void add(std::int64_t size) {
        ++copies;
        bytes += size;
    }
    void take(std::int64_t size) {
        --copies;
        bytes -= size;
        assert(copies >= 0 && bytes >= 0);
    }
};

} // namespace weir
