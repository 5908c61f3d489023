// Topology: a scenario by index: who handles what, where a routing key leads, where each thing stands in the file.
// For check(); a run has its own, compiled one.
#pragma once

#include "core/broker/pattern.h"
#include "core/scenario/scenario.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

// A mean that may depend on what only a run knows: what is certain, what is likely (a condition that data decide holds
// every other time), and what it is at most.
struct Amount {
    double sure = 0;
    double likely = 0;
    double most = 0;

    Amount& operator+=(const Amount& other) {
        sure += other.sure;
        likely += other.likely;
        most += other.most;
        return *this;
    }
    friend Amount operator*(const Amount& left, double right) {
        return {left.sure * right, left.likely * right, left.most * right};
    }
    friend Amount operator*(const Amount& left, const Amount& right) {
        return {left.sure * right.sure, left.likely * right.likely, left.most * right.most};
    }
};

class Topology {
  public:
    struct HandlerAt {
        std::size_t service = 0;
        std::size_t handler = 0;
    };
    struct Subscription {
        std::string name; // of the queue, or of the service that reads a stream
        std::size_t channel = 0;
        std::vector<HandlerAt> handlers;
    };
    // An emit of a source or handler, with how often it happens each time.
    struct Emission {
        const EmitAction* emit = nullptr;
        Amount times;
        Amount between; // the same where its service dies between its state and its events: before its state changes
    };
    struct Target {
        std::size_t channel = 0; // a queue or stream
        Amount share{1, 1, 1};   // of messages; the key may be made only while it runs
    };

    // Borrows the scenario.
    explicit Topology(const Scenario& scenario);

    const Scenario& scenario() const { return m_scenario; }
    const std::vector<Subscription>& subscriptions() const { return m_subscriptions; }
    const std::vector<std::size_t>& subscriptionsOf(std::size_t channel) const { return m_ofChannel[channel]; }
    std::optional<std::size_t> channel(std::string_view name) const;
    const HandlerSpec& handler(HandlerAt at) const { return m_scenario.services[at.service].handlers[at.handler]; }
    bool isDeadLetterTarget(std::size_t channel) const { return m_deadLetterTarget[channel]; }

    // Where messages that are published to a channel under this key (nothing: one made while it runs) end up; a channel
    // that gets several copies stands there as often.
    std::vector<Target> route(std::size_t channel, const std::optional<std::string>& key);
    // Whether some key that was routed so far passed this binding, or at least reached its exchange.
    bool bindingPassed(std::size_t channel, std::size_t binding) const { return m_passed[channel][binding]; }
    bool exchangeReached(std::size_t channel) const { return m_reached[channel]; }

    // What actions emit when this type of event (empty: none) sets them off.
    std::vector<Emission> emissions(const Actions& actions, const std::string& type) const;
    static std::optional<std::string> routingKey(const EmitAction& emit);
    // Whether an expression holds for events of this type, as far as the type alone tells.
    static Amount chance(const std::string& expression, const std::string& type);

    // Between a service and the broker; null: none is given.
    const LinkSpec* linkOf(std::size_t service) const;
    // What each hop between them takes, seconds; nothing: no time.
    std::optional<Distribution> hopOf(std::size_t service) const;
    // The share of a service's publishes that get their answer within so many seconds: none where it takes longer on
    // the mean. An answer may wait for replicas.
    double answersWithin(double limit, std::size_t service, const EmitAction& emit);
    // The share of times beyond a limit that is above their mean, at most (Cantelli); all of them below it.
    static double laterThan(double limit, double mean, double variance);

    std::string pointer(HandlerAt at) const;
    std::string sourcePointer(std::size_t service, std::size_t source) const;
    std::string channelPointer(std::size_t channel) const; // a handler's own queue: the handler

  private:
    struct Route {
        std::size_t to = 0;
        std::size_t binding = 0;
        std::optional<Pattern> pattern; // nothing: everything
        bool takesAll = false;          // whatever the key is
        bool asksMore = false;          // than the key: only a run can tell
        bool prepended = false;         // before those of the same pattern
    };
    struct Way {
        bool sure = true;
        bool again = false; // a queue gets one copy for each binding that leads to it
    };
    void addRoutes();
    std::optional<Distribution> slowestNodeHop() const;
    std::int64_t bytesOf(const EmitAction& emit) const; // of content, as far as a template tells
    bool isReplicated(const EmitAction& emit);
    void follow(std::size_t channel, const std::optional<std::string>& key, Way way, std::vector<char>& seen,
                std::vector<Target>& targets);

    const Scenario& m_scenario;
    std::map<std::string_view, std::size_t> m_channels;
    std::vector<Subscription> m_subscriptions;
    std::vector<std::vector<std::size_t>> m_ofChannel;
    std::vector<std::vector<Route>> m_routes; // by exchange
    std::vector<char> m_deadLetterTarget;
    std::vector<std::vector<char>> m_passed;
    std::vector<char> m_reached;
};

} // namespace weir
