// What must hold whatever the scenario is: after every record of a thousand random scenarios with faults. The checkers
// follow the records by themselves, not through the Picture that they check. Numbers (I01 ...) are those of the list of
// invariants that the project keeps to.
#include "core/record/record_reader.h"
#include "core/simulation/simulation.h"
#include "support/random_scenario.h"

#include <QTest>

#include <map>
#include <set>
#include <utility>

using namespace weir;

namespace {

constexpr std::uint64_t scenarios = 1000;

using CopyKey = std::pair<Ordinal, std::uint16_t>; // message, subscription

// One copy's life as its records tell it. Several copies of a message can be in one queue (dead-letter cycles), so
// states are counted.
struct Lives {
    int delayed = 0, ready = 0, inFlight = 0;
    int attempt = 0; // of the last delivery
    SimTime retryDue{};
    bool retryPending = false;
};

// I17: in every window no more passes than the rate and the burst allow, in exact numbers.
class Passes {
  public:
    bool add(const RateLimitSpec& rate, SimTime at) {
        __extension__ using Wide = __int128;
        const Wide here = Wide{++m_count} * rate.per.count() - Wide{rate.tokens} * at.time_since_epoch().count();
        m_lowest = m_count == 1 ? here : std::min(m_lowest, here);
        return here - m_lowest + rate.per.count() <= Wide{rate.burst} * rate.per.count();
    }

  private:
    std::int64_t m_count = 0;
    __extension__ __int128 m_lowest = 0;
};

// What channels let in: rates, order behind a rate, repeats.
class AdmissionChecker {
  public:
    explicit AdmissionChecker(const Model& model) : m_model(model) {}

    void published(const Record& record, const Place& place) {
        m_messages.push_back({place.channel, record.isRepeat() ? static_cast<Ordinal>(record.value) : record.ordinal});
    }
    QString check(const Record& record, const Place& place) {
        if (place.subscription.valid())
            return {}; // a delivery that waits
        Known& message = m_messages[record.ordinal - 1];
        const ChannelSpec& spec = m_model.broker->channels[message.channel.index()].spec;
        if (record.kind == RecordKind::throttled) {
            m_lines[message.channel.value].push_back(record.ordinal);
            return {};
        }
        const BrokerReasons& reasons = m_model.broker->reasons;
        const bool passes = record.kind != RecordKind::refused || record.reason == reasons.maxLength ||
                            record.reason == reasons.messageSize || record.reason == reasons.sequence;
        std::vector<Ordinal>& line = m_lines[message.channel.value];
        if (const auto found = std::find(line.begin(), line.end(), record.ordinal); found != line.end()) {
            if (passes && found != line.begin())
                return QStringLiteral("I17: shaping reorders");
            line.erase(found);
        }
        if (passes && !message.passed && spec.rate && !m_passes[message.channel.value].add(*spec.rate, record.at))
            return QStringLiteral("I17: more passed than the rate allows");
        message.passed = message.passed || passes;
        if (record.kind != RecordKind::routed || spec.kind != ChannelKind::queue || !spec.dedup ||
            spec.dedup->key != "id" || spec.dedup->keysMax < 100)
            return {};
        const auto [seen, first] = m_seen.try_emplace({message.channel.value, message.identity}, record.at);
        if (!first && record.at - std::exchange(seen->second, record.at) < spec.dedup->window)
            return QStringLiteral("I04: let in twice within the window");
        return {};
    }
    QString delivered(const Record& record, const Place& place) {
        const ChannelSpec& spec = m_model.broker->channels[place.channel.index()].spec;
        if (spec.deliveryRate && !m_deliveries[place.subscription.value].add(*spec.deliveryRate, record.at))
            return QStringLiteral("I17: more delivered than the rate allows");
        return {};
    }

  private:
    struct Known {
        ChannelId channel;
        Ordinal identity = 0;
        bool passed = false;
    };
    const Model& m_model;
    std::vector<Known> m_messages; // by ordinal - 1
    std::map<std::uint16_t, std::vector<Ordinal>> m_lines; // by channel: who waits
    std::map<std::uint16_t, Passes> m_passes, m_deliveries; // by channel, by subscription
    std::map<std::pair<std::uint16_t, Ordinal>, SimTime> m_seen;
};

class Checker {
  public:
    Checker(const Model& model) : m_model(model), m_admission(model) {}

    // The first rule that the record breaks; empty where it breaks none.
    QString check(const Record& record) {
        if (record.at < m_last)
            return QStringLiteral("I21: time went back");
        m_last = record.at;
        const Catalogue& catalogue = *m_model.catalogue;
        const Place place = record.place.valid() ? catalogue.place(record.place) : Place{};
        switch (record.kind) {
        case RecordKind::published:
            if (record.ordinal != m_published.size() + 1)
                return QStringLiteral("I21: ordinals are not consecutive");
            if (record.value < 0 || static_cast<Ordinal>(record.value) >= record.ordinal)
                return QStringLiteral("I21: a cause that comes after its effect");
            m_published.push_back({record.at, 0});
            m_admission.published(record, place);
            return {};
        case RecordKind::throttled:
        case RecordKind::blocked:
            return m_admission.check(record, place);
        case RecordKind::refused:
        case RecordKind::deduplicated:
        case RecordKind::unroutable:
        case RecordKind::routed:
            if (const QString wrong = m_admission.check(record, place); !wrong.isEmpty())
                return wrong;
            if (++m_published[record.ordinal - 1].second != 1)
                return QStringLiteral("I01: a message decided twice");
            m_born.clear();
            return {};
        case RecordKind::completed:
            if (!m_completed.insert(record.ordinal).second)
                return QStringLiteral("a correlation completed twice");
            return {};
        default:
            break;
        }
        // A commit by time and going elsewhere are about no message.
        if (!place.subscription.valid() || (record.ordinal == 0 && record.kind != RecordKind::committed))
            return {};
        return checkCopy(record, place);
    }

  private:
    const ChannelSpec& specOf(const Place& place) const { return m_model.broker->channels[place.channel.index()].spec; }

    QString checkCopy(const Record& record, const Place& place) {
        Lives& copy = m_copies[{record.ordinal, place.subscription.value}];
        const ChannelSpec& spec = specOf(place);
        const bool stream = spec.kind == ChannelKind::stream;
        const auto leave = [&](CopyState from) -> QString {
            int& count = from == CopyState::delayed ? copy.delayed : from == CopyState::ready ? copy.ready : copy.inFlight;
            return --count < 0 ? QStringLiteral("I01: a copy left a state that it was not in") : QString();
        };
        switch (record.kind) {
        case RecordKind::enqueued:
            ++(record.bornDelayed() ? copy.delayed : copy.ready);
            m_readyNow[place.subscription.value] += record.bornDelayed() ? 0 : 1;
            return {};
        case RecordKind::released:
            if (copy.retryPending && record.at != copy.retryDue && copy.delayed == 1 && !record.reason.valid())
                return QStringLiteral("I16: a retry that is not on time");
            copy.retryPending = false;
            ++copy.ready;
            ++m_readyNow[place.subscription.value];
            return leave(CopyState::delayed);
        case RecordKind::delivered: {
            if (record.at < m_published[record.ordinal - 1].first)
                return QStringLiteral("I21: delivered before it was published");
            if (record.attempt < 1)
                return QStringLiteral("I05: attempts count from 1");
            const bool unlimited = spec.retry && !spec.retry->max;
            // What a group reads again begins with its second delivery.
            if (spec.retry && !unlimited && record.attempt > std::max<std::int64_t>(*spec.retry->max + 1, stream ? 2 : 1))
                return QStringLiteral("I05: more deliveries than the limit allows");
            if (const QString wrong = checkConsumer(record, place, spec); !wrong.isEmpty())
                return wrong;
            ++copy.inFlight;
            copy.attempt = record.attempt;
            if (const QString wrong = m_admission.delivered(record, place); !wrong.isEmpty())
                return wrong;
            const HandlerPlan* handler = handlerAt(place);
            auto& unacked = m_unacked[record.place.value];
            ++unacked;
            m_readyNow[place.subscription.value] -= 1;
            if (handler && !handler->automatic && !stream && unacked > static_cast<int>(handler->prefetch))
                return QStringLiteral("I07: more unacked than the prefetch allows");
            return leave(CopyState::ready);
        }
        case RecordKind::acked:
            if (record.from() == CopyState::ready)
                --m_readyNow[place.subscription.value];
            if (record.from() != CopyState::none)
                return leave(record.from());
            --m_unacked[record.place.value];
            return leave(CopyState::inFlight);
        case RecordKind::requeued:
            --m_unacked[record.place.value];
            ++m_readyNow[place.subscription.value];
            ++copy.ready;
            return leave(CopyState::inFlight);
        case RecordKind::retryScheduled:
            --m_unacked[record.place.value];
            ++copy.delayed;
            if (record.value < 0)
                return leave(CopyState::inFlight); // it stays
            copy.retryPending = true;
            copy.retryDue = record.at + Duration{record.value};
            return leave(CopyState::inFlight);
        case RecordKind::deadLettered:
        case RecordKind::expired:
        case RecordKind::dropped:
        case RecordKind::purged:
        case RecordKind::lost:
            if (record.from() == CopyState::none)
                return {};
            if (record.from() == CopyState::inFlight)
                --m_unacked[record.place.value];
            if (record.from() == CopyState::delayed)
                copy.retryPending = false;
            if (record.from() == CopyState::ready)
                --m_readyNow[place.subscription.value];
            return leave(record.from());
        case RecordKind::committed: {
            auto& committed = m_committed[{place.subscription.value, place.partition}];
            if (record.extra < committed && record.reason != m_model.broker->reasons.seek)
                return QStringLiteral("I11: a commit that goes back");
            committed = record.extra;
            return {};
        }
        case RecordKind::appended: {
            return {};
        }
        default:
            return {};
        }
    }

    // With one active consumer all others get nothing, as long as it is the one; I07 of an instance as a whole.
    QString checkConsumer(const Record& record, const Place& place, const ChannelSpec& spec) {
        if (spec.kind == ChannelKind::queue && spec.dispatch == DispatchMode::exclusive) {
            const auto [owner, first] = m_exclusive.try_emplace(place.subscription.value, record.place.value);
            if (!first && owner->second != record.place.value && m_unacked[owner->second] > 0)
                return QStringLiteral("an exclusive queue delivers to two consumers");
            owner->second = record.place.value;
        }
        const ServicePlan& service = m_model.services[place.service.index()];
        if (service.prefetch == 0)
            return {};
        int unacked = 1;
        for (std::size_t i = 0; i < m_model.consumers.size(); ++i)
            if (m_model.consumers[i].service == place.service && m_model.consumers[i].instance == place.instance) {
                if (m_model.services[place.service.index()].handlers[m_model.consumers[i].handler].automatic)
                    return {};
                unacked += unackedAt(i);
            }
        return unacked > static_cast<int>(service.prefetch)
                   ? QStringLiteral("I07: an instance has more unacked than it may have")
                   : QString();
    }
    int unackedAt(std::size_t consumer) const {
        int sum = 0;
        const auto count = [&](PlaceId place) {
            const auto found = m_unacked.find(place.value);
            sum += found == m_unacked.end() ? 0 : found->second;
        };
        if (m_model.consumerPartitionPlaces[consumer].empty())
            count(m_model.consumerPlaces[consumer]);
        for (const PlaceId place : m_model.consumerPartitionPlaces[consumer])
            count(place);
        return sum;
    }

    const HandlerPlan* handlerAt(const Place& place) const {
        for (const HandlerPlan& handler : m_model.services[place.service.index()].handlers)
            if (handler.subscription == place.subscription)
                return &handler;
        return nullptr;
    }

  public:
    // I14: after each due no queue has more ready copies than its capacity, returned and released ones aside.
    int ready(SubscriptionId id) const {
        const auto found = m_readyNow.find(id.value);
        return found == m_readyNow.end() ? 0 : found->second;
    }

  private:
    const Model& m_model;
    AdmissionChecker m_admission;
    SimTime m_last{};
    std::vector<std::pair<SimTime, int>> m_published; // by ordinal - 1: when, how often decided
    std::set<Ordinal> m_completed;
    std::set<std::uint16_t> m_born;
    std::map<CopyKey, Lives> m_copies;
    std::map<std::uint32_t, int> m_unacked; // by place
    std::map<std::uint16_t, std::uint32_t> m_exclusive; // by subscription: the place that had the last delivery
    std::map<std::uint16_t, int> m_readyNow;
    std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint32_t> m_committed;
};

std::string describe(std::uint64_t seed, const Model& model, const Record& record) {
    const Place place = record.place.valid() ? model.catalogue->place(record.place) : Place{};
    std::string text = "seed " + std::to_string(seed) + " at " + secondsText(record.at) + " " + std::string(name(record.kind)) +
                       " message " + std::to_string(record.ordinal) + " attempt " + std::to_string(record.attempt);
    if (place.channel.valid())
        text += " in " + model.catalogue->channels()[place.channel.index()].name;
    if (record.reason.valid())
        text += " reason " + model.catalogue->reasons()[record.reason.index()].name;
    return text;
}

std::shared_ptr<const Model> modelOf(const Scenario& scenario, std::uint64_t seed) {
    auto model = Model::compile(scenario);
    if (!model)
        qFatal("seed %llu: %s", static_cast<unsigned long long>(seed), model.error().front().text().c_str());
    return std::move(model).value();
}

std::uint64_t fingerprintOf(const Scenario& scenario, std::uint64_t seed) {
    const auto model = modelOf(scenario, seed);
    Simulation simulation(model);
    Recorder recorder(model->catalogue, {.recordsMax = 0});
    simulation.run(SimTime::max(), 3'000'000, recorder);
    return recorder.fingerprint();
}

// Steps through a run, checking every record and, after every due, what is ready.
class Follower {
  public:
    Follower(std::shared_ptr<const Model> model, std::uint64_t seed)
        : m_model(std::move(model)), m_seed(seed), simulation(m_model), recorder(m_model->catalogue),
          m_reader(recorder.store()), m_checker(*m_model) {}

    // What is wrong; empty where nothing is.
    QString check() {
        m_reader.refresh();
        for (; seen < m_reader.end(); ++seen) {
            const Record& record = m_reader.at(seen);
            QString broken = m_checker.check(record);
            ledger.apply(record);
            if (broken.isEmpty() && !ledger.closed())
                broken = QStringLiteral("I01");
            if (!broken.isEmpty())
                return broken + QStringLiteral(": ") + QString::fromStdString(describe(m_seed, *m_model, record));
        }
        for (std::size_t i = 0; i < m_model->broker->subscriptions.size(); ++i) {
            const SubscriptionId id{static_cast<std::uint16_t>(i)};
            const ChannelPlan& channel = m_model->broker->channels[m_model->broker->subscriptions[i].channel.index()];
            if (channel.kind == ChannelKind::queue && m_checker.ready(id) != static_cast<int>(simulation.broker().ready(id)))
                return QStringLiteral("the records' ready copies are not the broker's, seed %1").arg(m_seed);
            if (channel.spec.overflow == Overflow::dropOldest && channel.spec.capacity &&
                channel.spec.capacityCounts == CapacityCounts::ready && m_checker.ready(id) > *channel.spec.capacity)
                return QStringLiteral("I14: more ready copies than places in %1, seed %2")
                    .arg(QString::fromStdString(channel.name))
                    .arg(m_seed);
        }
        return {};
    }

  private:
    std::shared_ptr<const Model> m_model;
    std::uint64_t m_seed;

  public:
    Simulation simulation;
    Recorder recorder;
    Ledger ledger;
    std::uint64_t seen = 0;

  private:
    RecordReader m_reader;
    Checker m_checker;
};

Command randomCommand(const Model& model, std::uint64_t messages, Draw& draw) {
    const auto service = [&] { return model.services[draw.below(model.services.size())].name; };
    const auto channel = [&] { return model.broker->channels[draw.below(model.broker->channels.size())].name; };
    const auto type = [&] { return model.catalogue->eventTypes()[draw.below(model.catalogue->eventTypes().size())].name; };
    constexpr CommandKind kinds[] = {CommandKind::crash,  CommandKind::restart,   CommandKind::pause,
                                     CommandKind::resume, CommandKind::slow,      CommandKind::rate,
                                     CommandKind::drop,   CommandKind::duplicate, CommandKind::poison,
                                     CommandKind::redrive, CommandKind::redrive,  CommandKind::discard,
                                     CommandKind::publish, CommandKind::partition, CommandKind::heal,
                                     CommandKind::delay,   CommandKind::reorder,  CommandKind::lose,
                                     CommandKind::clockSkew};
    Command command{.kind = kinds[draw.below(std::size(kinds))]};
    const bool some = draw.happens(0.5);
    switch (command.kind) {
    case CommandKind::drop:
        command.target = some ? service() : channel();
        break;
    case CommandKind::duplicate:
    case CommandKind::redrive:
    case CommandKind::discard:
    case CommandKind::publish:
        command.target = channel();
        break;
    case CommandKind::poison:
        command.target = some ? service() : type();
        break;
    case CommandKind::partition:
    case CommandKind::heal:
        command.sides = {{service(), "broker"}, {"*"}};
        if (some)
            std::swap(command.sides[0][1], command.sides[1][0]);
        break;
    case CommandKind::delay:
    case CommandKind::reorder:
    case CommandKind::lose:
        command.sides = {{some ? service() : "*"}, {"broker"}};
        break;
    default:
        command.target = service();
    }
    command.by = Duration{static_cast<std::int64_t>(draw.below(50'000'000))};
    command.factor = draw.uniform() * 3;
    command.probability = draw.uniform();
    command.count = draw.below(20);
    command.type = type();
    if (draw.happens(0.5))
        command.lasts = Duration{static_cast<std::int64_t>(1 + draw.below(500'000'000))};
    if (command.kind == CommandKind::redrive && draw.happens(0.3))
        command.to = channel();
    if (draw.happens(0.3))
        command.ordinal = 1 + draw.below(messages + 1);
    if (draw.happens(0.5)) {
        command.value = Value(Value::Table{{"key", Value(1)}, {"n", Value("by hand")}});
        command.key = "1";
    }
    return command;
}

} // namespace

class TestInvariants : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void holdAfterEveryRecordOfAThousandRandomScenarios();
    void holdWhateverCommandsAreGiven();
    void theOrderOfUnrelatedElementsDoesNotMatter();
    void aSnapshotAtARandomDueGoesOnIdentically();
};

void TestInvariants::holdAfterEveryRecordOfAThousandRandomScenarios() {
    std::uint64_t records = 0;
    for (std::uint64_t seed = 1; seed <= scenarios; ++seed) {
        Follower follower(modelOf(randomScenario(seed), seed), seed);
        bool going = true;
        while (going) {
            going = follower.simulation.step(follower.recorder);
            const QString wrong = follower.check();
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
        QCOMPARE(follower.recorder.head().ledger(), follower.ledger);
        records += follower.seen;
    }
    QVERIFY(records > 1'000'000); // the scenarios were alive
}

// And their journal gives the same run again.
void TestInvariants::holdWhateverCommandsAreGiven() {
    std::map<CommandKind, int> given;
    for (std::uint64_t seed = 1; seed <= scenarios; ++seed) {
        const auto model = modelOf(randomScenario(seed), seed);
        Follower follower(model, seed);
        Journal journal;
        bool going = true;
        for (std::uint64_t due = 0; going; ++due) {
            Draw draw = Stream(seed, "test/commands").draw(due);
            if (draw.happens(0.02)) {
                const Command command = randomCommand(*model, follower.simulation.messages(), draw);
                if (const auto entry = follower.simulation.apply(command, follower.recorder)) {
                    journal.push_back(*entry);
                    ++given[command.kind];
                }
                const QString wrong = follower.check();
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            }
            going = follower.simulation.step(follower.recorder);
            const QString wrong = follower.check();
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
        QCOMPARE(follower.recorder.head().ledger(), follower.ledger);
        Simulation again(model);
        Recorder recorder(model->catalogue, {.recordsMax = 0});
        QVERIFY2(again.replay(journal, SimTime::max(), recorder).ok(), qPrintable(QStringLiteral("seed %1").arg(seed)));
        QVERIFY2(recorder.fingerprint() == follower.recorder.fingerprint(), qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
    for (const auto& [kind, count] : given)
        QVERIFY2(count > 50, qPrintable(QStringLiteral("command %1 was given %2 times").arg(static_cast<int>(kind)).arg(count)));
    QCOMPARE(given.size(), std::size_t{18});
}

void TestInvariants::theOrderOfUnrelatedElementsDoesNotMatter() {
    for (std::uint64_t seed = 1; seed <= scenarios; seed += 10) {
        const Scenario scenario = randomScenario(seed);
        QVERIFY2(fingerprintOf(scenario, seed) == fingerprintOf(shuffled(scenario, seed), seed),
                 qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

void TestInvariants::aSnapshotAtARandomDueGoesOnIdentically() {
    for (std::uint64_t seed = 5; seed <= scenarios; seed += 10) {
        const auto model = modelOf(randomScenario(seed), seed);
        Simulation simulation(model);
        Recorder before(model->catalogue, {.recordsMax = 0});
        simulation.run(SimTime::max(), Stream(seed, "test/due").draw(0).below(3000), before);
        Simulation snapshot = simulation;
        Recorder one(model->catalogue, {.recordsMax = 0});
        Recorder other(model->catalogue, {.recordsMax = 0});
        simulation.run(SimTime::max(), UINT64_MAX, one);
        snapshot.run(SimTime::max(), UINT64_MAX, other);
        QVERIFY2(one.fingerprint() == other.fingerprint(), qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

QTEST_APPLESS_MAIN(TestInvariants)
#include "tst_invariants.moc"
