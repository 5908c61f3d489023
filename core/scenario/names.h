// Names: what a scenario file declares, gathered before the rest is read, so that each reference can be checked where
// it stands.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/scenario.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace weir {

struct Names {
    struct Channel {
        std::optional<ChannelKind> kind; // nothing: cannot be read, which is complained of where channels are read
        RoutingSpec routing = {}; // its type, dialect and order
    };
    std::set<std::string> events;
    std::set<std::string> services;
    std::set<std::string> nodes; // of the broker
    std::map<std::string, Channel, std::less<>> channels;

    // Complains of nothing: what is malformed is left out.
    static Names in(const Value& document);

    // --- references: nothing, and a complaint, where there is no such thing ---
    std::optional<std::string> readEvent(const Given& given) const;
    std::optional<std::string> readService(const Given& given) const;
    std::optional<std::string> readNode(const Given& given) const;
    std::optional<std::string> readChannel(const Given& given) const;
    std::optional<std::string> readExchange(const Given& given) const; // or a topic
};

std::optional<ChannelKind> readChannelKind(const Given& given);
std::optional<ExchangeType> readExchangeType(const Given& given);
std::optional<DialectKind> readTopicDialect(const Given& given);
std::optional<CopyOrder> readCopyOrder(const Given& given);

} // namespace weir
