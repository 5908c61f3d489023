// Flow: how many copies of what go where on the average. Copies of one event type under one routing key in one
// subscription are a class; handling one of a class bears others, on the mean so and so many: a branching process in
// many types. Where the spectral radius of the offspring matrix reaches 1 the flow feeds itself for ever. What expires,
// overflows or fails for the last time comes to no queue a second time, until somebody rejects it on the way; then it
// may go round by deaths alone, by what its history says.
#pragma once

#include "core/scenario/topology.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace weir {

struct Attempts;

class Flow {
  public:
    static constexpr std::size_t classesMax = 20'000;
    static constexpr std::size_t none = SIZE_MAX;

    enum class Death : std::uint8_t {
        unhandled, // expired, or had no room, or went out too fast
        rejected,
        lastAttempt, // its last one failed
        retried      // it is tried again through another queue
    };
    // Of a copy's deaths: channel and reason, the latest first.
    using History = std::vector<std::pair<std::size_t, Death>>;
    struct Edge {
        std::size_t to = 0;             // class
        Amount offspring;               // mean number of copies born per copy
        double atWorst = 0;             // the same where every ack and every confirm comes too late
        double whenFull = 0;            // the same where besides all overflows and expires that can
        std::size_t service = none;     // that emits; none: the channel itself dead-letters
        std::size_t channel = 0;        // that it goes to; an exchange may lie before the class's own
        bool onceOnly = false;          // unhandled or tried in vain: dropped instead where it died before
        Death death = Death::unhandled; // where no service emits
    };
    struct Class {
        std::size_t subscription = 0;
        std::string type;
        std::optional<std::string> key;
        // The channels that have sent it on to be tried again, in order. Where it comes back to them it is one of their
        // attempts, which are counted there.
        std::vector<std::size_t> retriedBy;
        Amount work;         // mean worker seconds per copy, all its attempts together
        bool handled = true; // some handler takes it, rather than filtering it out
        std::vector<Edge> edges;
        Amount rate;     // copies per second, in the long run; infinite in and behind a dead loop
        double peak = 0; // the same while every source is at its highest
    };
    struct Loop {
        std::vector<std::string> hops; // names, the first again at the end
        double radius = 0;
        enum class When : std::uint8_t {
            always,
            conditionsHold, // that data decide
            late,           // acks or confirms come too late, so that it is delivered or sent again
            full            // queues overflow, or what waits expires
        };
        When when = When::always;
        std::size_t service = none; // one that takes part; none: dead-lettering alone keeps it going
    };

    explicit Flow(Topology& topology);

    const std::vector<Class>& classes() const { return m_classes; }
    bool complete() const { return m_complete; } // false: more classes than it follows
    std::vector<Loop> deadLoops() const;
    // Queues that block their producers, in a circle: once all are full, nobody can go on.
    std::vector<Loop> blockingLoops() const;

  private:
    using ClassKey = std::tuple<std::size_t, std::string, std::optional<std::string>, std::vector<std::size_t>>;
    struct Way { // over edges of which the last alone may be taken again and again, or none
        std::size_t to = 0;
        Amount offspring{1, 1, 1};
        double atWorst = 1, whenFull = 1;
        std::vector<std::pair<std::size_t, std::size_t>> edges; // class, and which of its edges
    };
    using Ways = std::vector<std::vector<Way>>; // by where they begin
    struct Dead {                               // so many of the copies
        Amount died;
        double atWorst = 0, whenFull = 0;
        Death death = Death::unhandled;
    };
    static constexpr std::size_t waysMax = 1'000;       // from one class
    static constexpr std::size_t historiesMax = 10'000; // of all classes

    void findMortal();
    void addSources();
    std::size_t classOf(std::size_t subscription, const std::string& type, const std::optional<std::string>& key,
                        const std::vector<std::size_t>& retriedBy = {});
    void expand(std::size_t index);
    struct Share { // of the copies, that one of several handlers gets
        double mean = 1, atWorst = 1;
    };
    std::vector<Edge> handle(std::size_t index, Topology::HandlerAt at, Share share);
    bool mayGoToOne(const Topology::Subscription& subscription) const;
    double unhandledWhenFull(const Class& copies, const ChannelSpec& channel, double consumers) const;
    void bury(std::size_t index, const Dead& dead, std::vector<Edge>& made);
    struct Through { // where retries wait that do not only come back to their queue
        std::size_t channel = none;
        bool comesBack = false;   // from there, as well
        bool mayComeBack = false; // by more deaths
    };
    Through throughOf(std::size_t index, const HandlerSpec& handler);
    void sendThrough(std::size_t index, const Through& through, const Dead& retried, std::vector<Edge>& made);
    bool mayBeRefusedBeside(std::size_t channel, const std::vector<Topology::Target>& targets) const;
    // Calls visit(class, the target by which it gets there, and with which share) for every class that a message
    // published there turns into.
    template <class Visit>
    void publish(std::size_t channel, const std::string& type, const std::optional<std::string>& key, Visit visit,
                 const std::vector<std::size_t>& retriedBy = {});
    void addEdge(std::size_t from, const Edge& edge);
    double doublingOf(std::size_t service) const;
    Amount betweenOf(Topology::HandlerAt at, const Attempts& known, const Attempts& doubtful) const;
    double relaysOf(std::size_t service, const EmitAction& emit) const;
    void followDeaths();
    void followDeaths(std::size_t start, const Way& way);
    void followHistories(std::size_t sourced);
    std::size_t channelOf(std::size_t index) const {
        return m_topology.subscriptions()[m_classes[index].subscription].channel;
    }
    const Edge& last(const Way& way) const { return m_classes[way.edges.back().first].edges[way.edges.back().second]; }
    void solve();
    template <class Weight> std::vector<double> solved(const std::vector<double>& born, Weight weight) const;
    using Component = std::vector<std::size_t>;
    template <class Weight> static std::vector<Component> components(const Ways& ways, Weight weight);
    template <class Weight> static double radius(const Ways& ways, const Component& component, Weight weight);
    template <class Weight> Loop loopIn(const Ways& ways, const Component& component, Weight weight) const;
    // What goes round by deaths alone, by its history.
    template <class Weight> std::vector<Component> rounds(Weight weight) const;
    template <class Weight> std::vector<char> diesInto(Weight weight) const;

    Topology& m_topology;
    std::set<std::string> m_mortal; // event types that some emit gives a time to live
    std::vector<Class> m_classes;
    std::map<ClassKey, std::size_t> m_index;
    Ways m_ways;                           // by class: to what its handling or rejection bears, or a death's after it
    Ways m_deaths;                         // by class: where it comes by deaths alone
    Ways m_histories;                      // by class and history: the same, one death at a time
    std::vector<std::size_t> m_classDying; // by class and history
    std::size_t m_firstDying = 0;          // so many of these have no history yet
    std::vector<Amount> m_born;            // per second, by sources
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
    double between = 0; // how often its service dies between its state and its events
    double retried = 0; // how often it fails and is tried again
};
// `doubtful`: failures whose condition cannot be told count as happening, and data as invalid where that is checked.
Attempts attemptsOf(const HandlerSpec& handler, const ChannelSpec& channel, const std::string& type, bool doubtful);
// Where every ack comes too late: what was done is done again until the attempts are used up.
// `leaves`: what comes too late is tried again through another queue, and does not come back.
Attempts attemptsAtWorst(const HandlerSpec& handler, const ChannelSpec& channel, bool leaves = false);

} // namespace weir
