// RoutingSpec: which channels get a copy of what is published to an exchange, and what happens where none does.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace weir {

struct BindingSpec {
    std::string to;            // an exchange or topic
    std::string pattern = "#"; // rabbitmq-topic for topics, exact key for direct exchanges, ignored by fan-out
};

enum class ExchangeType : std::uint8_t { direct, fanout, topic };

struct RoutingSpec {
    std::vector<BindingSpec> bindings; // this channel receives from these exchanges
    ExchangeType exchangeType = ExchangeType::topic;
};

} // namespace weir
