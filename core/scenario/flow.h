// Flow: how many copies of what go where on the average. Copies of one event type under one routing key in one
// subscription are a class; handling one of a class bears others, on the mean so and so many: a branching process in
// many types. Where the spectral radius of the offspring matrix reaches 1 the flow feeds itself for ever.
#pragma once

#include "core/scenario/topology.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace weir {

class Flow {
  public:
    static constexpr std::size_t classesMax = 20'000;
    static constexpr std::size_t none = SIZE_MAX;

    struct Edge {
        std::size_t to = 0;         // class
        Amount offspring;           // mean number of copies born per copy
        double atWorst = 0;         // the same where every ack and every confirm comes too late
        std::size_t service = none; // that emits; none: the channel itself dead-letters
        std::size_t channel = 0;    // that it goes to; an exchange may lie before the class's own
    };
    struct Class {
        std::size_t subscription = 0;
        std::string type;
        std::optional<std::string> key;
        Amount work;         // mean worker seconds per copy, all its attempts together
        bool handled = true; // some handler takes it, rather than filtering it out
        std::vector<Edge> edges;
        Amount rate;     // copies per second, in the long run; infinite in and behind a dead loop
        double peak = 0; // the same while every source is at its highest
    };
    struct Loop {
        std::vector<std::string> hops; // names, the first again at the end
        double radius = 0;
        bool sure = true;           // false: only where conditions hold that data decide
        bool repeated = false;      // only where acks or confirms come too late, so that it is delivered or sent again
        std::size_t service = none; // one that takes part; none: dead-lettering alone keeps it going
    };

    explicit Flow(Topology& topology);

    const std::vector<Class>& classes() const { return m_classes; }
    bool complete() const { return m_complete; } // false: more classes than it follows
    std::vector<Loop> deadLoops() const;
    // Queues that block their producers, in a circle: once all are full, nobody can go on.
    std::vector<Loop> blockingLoops() const;

  private:
    using ClassKey = std::tuple<std::size_t, std::string, std::optional<std::string>>;

    void addSources();
    std::size_t classOf(std::size_t subscription, const std::string& type, const std::optional<std::string>& key);
    void expand(std::size_t index);
    struct Share { // of the copies, that one of several handlers gets
        double mean = 1, atWorst = 1;
    };
    std::vector<Edge> handle(std::size_t index, Topology::HandlerAt at, Share share);
    void bury(std::size_t index, Amount dead, double deadAtWorst, std::vector<Edge>& made);
    // Calls visit(class, share of the messages) for every class that a message published there turns into.
    template <class Visit>
    void publish(std::size_t channel, const std::string& type, const std::optional<std::string>& key, Visit visit);
    void addEdge(std::size_t from, const Edge& edge);
    double doublingOf(std::size_t service) const;
    void solve();
    template <class Weight> std::vector<double> solved(const std::vector<double>& born, Weight weight) const;
    template <class Weight> std::vector<std::vector<std::size_t>> components(Weight weight) const;
    template <class Weight> double radius(const std::vector<std::size_t>& component, Weight weight) const;
    template <class Weight> Loop loopIn(const std::vector<std::size_t>& component, Weight weight) const;

    Topology& m_topology;
    std::vector<Class> m_classes;
    std::map<ClassKey, std::size_t> m_index;
    std::vector<Amount> m_born; // per second, by sources
    std::vector<double> m_bornAtPeak;
    bool m_complete = true;
};

// Whether one consumer gets all there is, as long as it is there.
bool hasOneActive(const ChannelSpec& channel);

// The attempts of one copy at one handler, on the mean.
struct Attempts {
    double work = 0;    // in units of the service time
    double effects = 0; // how often its actions take effect
    double dead = 0;    // how often it ends as a dead letter (or dropped)
};
// `doubtful`: failures whose condition cannot be told count as happening.
Attempts attemptsOf(const HandlerSpec& handler, const ChannelSpec& channel, const std::string& type, bool doubtful);
// Where every ack comes too late: what was done is done again until the attempts are used up.
Attempts attemptsAtWorst(const HandlerSpec& handler, const ChannelSpec& channel);

} // namespace weir
