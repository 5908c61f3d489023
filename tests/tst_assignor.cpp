// Dividing partitions among a group's members: against what Kafka's own assignors did, row by row, and as properties
// over thousands of random histories.
#include "core/broker/assignor.h"
#include "core/broker/group_history.h"
#include "core/kernel/random.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <map>

using namespace weir;

namespace {

Value json(std::string_view text) {
    const Result<Value> value = Value::parse(text);
    return value ? *value : Value("not JSON: " + value.error().text());
}

// Each step's assignment, members in the order in which they are written.
QString assigned(std::string_view history) {
    const Result<Value> steps = assignHistory(json(history));
    if (!steps)
        return "refused: " + QString::fromStdString(steps.error().text());
    std::string text;
    for (const Value& step : *steps->list())
        text += (text.empty() ? "" : " | ") + step.member("assignment")->canonical();
    std::erase(text, '"');
    return QString::fromStdString(text);
}

using Owners = std::map<TopicPartition, std::size_t>;

Owners ownersOf(const std::vector<std::vector<TopicPartition>>& owned) {
    Owners owners;
    for (std::size_t member = 0; member < owned.size(); ++member)
        for (const TopicPartition& place : owned[member])
            owners.emplace(place, member);
    return owners;
}

bool subscribes(const GroupMember& member, std::uint32_t topic) {
    return std::find(member.topics.begin(), member.topics.end(), topic) != member.topics.end();
}

// A group whose members come, go and change their minds; what each owns goes on from step to step.
class RandomGroup {
  public:
    explicit RandomGroup(std::uint64_t seed) : m_draw(Stream(seed, "group").draw(1)) {
        const std::uint64_t topics = 1 + m_draw.below(4);
        for (std::uint64_t topic = 0; topic < topics; ++topic)
            group.partitions.push_back(static_cast<std::uint32_t>(m_draw.below(9)));
        m_mixed = m_draw.below(2) == 1;
        const std::uint64_t members = 1 + m_draw.below(6);
        for (std::uint64_t member = 0; member < members; ++member)
            join();
    }
    void change() {
        const std::uint64_t what = m_draw.below(10);
        if (what < 4 || group.members.size() == 1)
            join();
        else if (what < 8)
            group.members.erase(group.members.begin() +
                                static_cast<std::ptrdiff_t>(m_draw.below(group.members.size())));
        else if (what == 8 && m_mixed)
            group.members[m_draw.below(group.members.size())].topics = topics();
        else
            group.partitions[m_draw.below(group.partitions.size())] += 1;
    }
    void keep(const Assignment& assignment) {
        for (std::size_t member = 0; member < group.members.size(); ++member)
            group.members[member].owned = assignment.owned[member];
    }

    Group group;

  private:
    void join() { group.members.push_back({topics(), {}}); }
    std::vector<std::uint32_t> topics() {
        std::vector<std::uint32_t> chosen;
        for (std::uint32_t topic = 0; topic < group.partitions.size(); ++topic)
            if (!m_mixed || m_draw.below(2) == 1)
                chosen.push_back(topic);
        return chosen;
    }

    Draw m_draw;
    bool m_mixed = false;
};

// What is wrong with it; empty: nothing.
std::string wrongWith(const Group& group, const Assignment& assignment) {
    std::map<TopicPartition, int> times;
    for (std::size_t member = 0; member < group.members.size(); ++member)
        for (const TopicPartition& place : assignment.owned[member]) {
            ++times[place];
            if (!subscribes(group.members[member], place.topic))
                return "a member owns what it does not subscribe to";
        }
    for (const TopicPartition& place : assignment.withheld)
        ++times[place];
    std::size_t expected = 0;
    for (std::uint32_t topic = 0; topic < group.partitions.size(); ++topic)
        if (std::any_of(group.members.begin(), group.members.end(),
                        [&](const GroupMember& member) { return subscribes(member, topic); }))
            for (std::uint32_t partition = 0; partition < group.partitions[topic]; ++partition, ++expected)
                if (times[{topic, partition}] != 1)
                    return "a partition has not exactly one owner";
    return times.size() == expected ? "" : "something is owned that does not exist or that nobody wants";
}

// As balanced as the subscriptions allow: no partition could go to a member that has at least two fewer.
bool balanced(const Group& group, const std::vector<std::vector<TopicPartition>>& owned) {
    for (std::size_t from = 0; from < owned.size(); ++from)
        for (const TopicPartition& place : owned[from])
            for (std::size_t to = 0; to < owned.size(); ++to)
                if (subscribes(group.members[to], place.topic) && owned[from].size() > owned[to].size() + 1)
                    return false;
    return true;
}

std::vector<std::vector<TopicPartition>> ownedBefore(const Group& group) {
    std::vector<std::vector<TopicPartition>> owned;
    for (const GroupMember& member : group.members) {
        owned.emplace_back();
        for (const TopicPartition& place : member.owned)
            if (place.partition < group.partitions[place.topic] && subscribes(member, place.topic))
                owned.back().push_back(place);
    }
    return owned;
}

// A move is needless where taking it back leaves the group as balanced: where the former owner has fewer than the new
// one, or where another partition came to the former owner that could have gone to the new one at once.
std::string needlessMove(const Group& group, const std::vector<std::vector<TopicPartition>>& now) {
    const Owners before = ownersOf(ownedBefore(group));
    const Owners after = ownersOf(now);
    for (const auto& [place, to] : after) {
        const auto was = before.find(place);
        if (was == before.end() || was->second == to)
            continue;
        const std::size_t from = was->second;
        if (now[from].size() < now[to].size())
            return "a partition left a member that has fewer than the one it went to";
        for (const TopicPartition& other : now[from]) {
            const auto earlier = before.find(other);
            if ((earlier == before.end() || earlier->second != from) && subscribes(group.members[to], other.topic))
                return "a partition left a member for one where another took its place";
        }
    }
    return "";
}

std::vector<Value> observedRows() {
    QFile lines(WEIR_SOURCE_DIR "/tests/data/kafka/assignors.jsonl");
    std::vector<Value> rows;
    if (lines.open(QIODevice::ReadOnly))
        while (!lines.atEnd())
            rows.push_back(json(lines.readLine().toStdString()));
    return rows;
}

// One recorded step, beginning with what Kafka's members owned then. Topics that nobody subscribes to are left out:
// Kafka hears of those that somebody reads only.
struct ObservedStep {
    Group group;
    std::vector<std::vector<TopicPartition>> owned;

    ObservedStep(const Value& row, const Value& step, const Value* before) {
        std::vector<std::string> topics;
        for (const auto& [topic, count] : *row.member("partitions")->table()) {
            topics.push_back(topic);
            group.partitions.push_back(static_cast<std::uint32_t>(*count.number()->whole()));
        }
        for (const auto& [name, subscribed] : *step.member("subscriptions")->table()) {
            GroupMember member;
            for (const Value& topic : *subscribed.list())
                member.topics.push_back(static_cast<std::uint32_t>(
                    std::find(topics.begin(), topics.end(), *topic.text()) - topics.begin()));
            if (const Value* earlier = before ? before->member(name) : nullptr)
                member.owned = places(*earlier);
            group.members.push_back(member);
        }
        for (std::size_t member = 0; member < group.members.size(); ++member) {
            owned.push_back(places((*step.member("assignment")->table())[member].second));
            std::erase_if(owned.back(), [&](const TopicPartition& place) {
                return std::none_of(group.members.begin(), group.members.end(),
                                    [&](const GroupMember& other) { return subscribes(other, place.topic); });
            });
        }
    }

  private:
    static std::vector<TopicPartition> places(const Value& texts) { // "t1-4"
        std::vector<TopicPartition> list;
        for (const Value& text : *texts.list())
            list.push_back({static_cast<std::uint32_t>(text.text()->at(1) - '0'),
                            static_cast<std::uint32_t>(std::stoul(text.text()->substr(3)))});
        return list;
    }
};

std::vector<std::size_t> sizes(const std::vector<std::vector<TopicPartition>>& owned) {
    std::vector<std::size_t> sizes;
    for (const std::vector<TopicPartition>& places : owned)
        sizes.push_back(places.size());
    std::sort(sizes.begin(), sizes.end());
    return sizes;
}

std::size_t kept(const Group& group, const std::vector<std::vector<TopicPartition>>& owned) {
    const Owners before = ownersOf(ownedBefore(group));
    std::size_t count = 0;
    for (const auto& [place, owner] : ownersOf(owned))
        count += before.contains(place) && before.at(place) == owner ? 1 : 0;
    return count;
}

} // namespace

class TestAssignor : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void rangeAndRoundRobinAgreeWithEveryObservedRow();
    void stickyKeepsMovesAndWithholdsAsManyAsInEveryObservedRow();
    void rangeGivesTheFirstMembersTheRemainderOfEachTopic();
    void roundRobinPassesOverMembersThatDoNotSubscribe();
    void aTopicThatNobodySubscribesToHasNoOwner();
    void stickyMovesOnlyWhatBalanceNeeds();
    void stickyGivesFirstWhatHasTheFewestReaders();
    void cooperativeWithholdsWhatMovesUntilTheFollowUp();
    void aStaticMemberComesBackUnderAnotherNameToWhatItHad();
    void staticMembersStandBeforeOthers();
    void newPartitionsAreDividedWithoutAMove();
    void anEmptyGroupOwnsNothing();
    void whatCannotBeReadIsRefused_data();
    void whatCannotBeReadIsRefused();
    void everyAssignmentOfRandomHistoriesIsValid();
    void stickyAssignmentsOfRandomHistoriesAreBalancedAndMoveNothingInVain();
    void cooperativeGivesAwayNothingInTheRoundInWhichItIsRevoked();
    void aThousandPartitionsTakeNoLongerThanTenMilliseconds();
};

void TestAssignor::rangeAndRoundRobinAgreeWithEveryObservedRow() {
    int rows = 0;
    for (const Value& row : observedRows()) {
        const std::string& assignor = *row.member("assignor")->text();
        if (assignor != "range" && assignor != "roundrobin")
            continue;
        const Result<Value> steps = assignHistory(row);
        QVERIFY(steps.ok());
        QVERIFY2(*steps == *row.member("steps"), steps->canonical().c_str());
        ++rows;
    }
    QCOMPARE(rows, 22);
}

// Which of several equal members keeps one more depends on the order of a hash table there; how many partitions each
// step leaves, moves and withholds does not.
void TestAssignor::stickyKeepsMovesAndWithholdsAsManyAsInEveryObservedRow() {
    int steps = 0;
    for (const Value& row : observedRows()) {
        const std::optional<Assignor> assignor = assignorNamed(*row.member("assignor")->text());
        if (assignor != Assignor::sticky && assignor != Assignor::cooperativeSticky)
            continue;
        const Value* before = nullptr;
        for (const Value& step : *row.member("steps")->list()) {
            const ObservedStep observed(row, step, before);
            const Assignment assignment = assignPartitions(*assignor, observed.group);
            const std::string& where = *row.member("id")->text() + " " + *step.member("event")->text();
            QVERIFY2(wrongWith(observed.group, assignment).empty(), where.c_str());
            QVERIFY2(sizes(assignment.owned) == sizes(observed.owned), where.c_str());
            QVERIFY2(kept(observed.group, assignment.owned) == kept(observed.group, observed.owned), where.c_str());
            before = step.member("assignment");
            ++steps;
        }
    }
    QCOMPARE(steps, 100);
}

void TestAssignor::rangeGivesTheFirstMembersTheRemainderOfEachTopic() {
    const QString made = assigned(R"({"assignor":"range","partitions":{"t":5,"u":2},
                          "steps":[{"subscriptions":{"b":["t","u"],"a":["t","u"],"c":["t"]}}]})");
    QCOMPARE(made, "{a:[t-0,t-1,u-0],b:[t-2,t-3,u-1],c:[t-4]}");
}

void TestAssignor::roundRobinPassesOverMembersThatDoNotSubscribe() {
    const QString made = assigned(R"({"assignor":"roundrobin","partitions":{"t":2,"u":3},
                          "steps":[{"subscriptions":{"a":["u"],"b":["t","u"],"c":["u"]}}]})");
    QCOMPARE(made, "{a:[u-1],b:[t-0,t-1,u-2],c:[u-0]}");
}

void TestAssignor::aTopicThatNobodySubscribesToHasNoOwner() {
    for (const char* const name : {"range", "roundrobin", "sticky", "cooperative-sticky"}) {
        const QString made = assigned(std::string(R"({"assignor":")") + name + R"(","partitions":{"t":1,"u":9},
                          "steps":[{"subscriptions":{"a":["t","missing"],"b":["t"]}}]})");
        QCOMPARE(made, "{a:[t-0],b:[]}");
    }
}

void TestAssignor::stickyMovesOnlyWhatBalanceNeeds() {
    const QString made = assigned(R"({"assignor":"sticky","partitions":{"t":6},
                          "steps":[{"subscriptions":{"a":["t"],"b":["t"]}},
                                   {"subscriptions":{"a":["t"],"b":["t"],"c":["t"]}},
                                   {"subscriptions":{"b":["t"],"c":["t"]}}]})");
    QCOMPARE(made, "{a:[t-0,t-2,t-4],b:[t-1,t-3,t-5]} | {a:[t-0,t-2],b:[t-1,t-3],c:[t-4,t-5]} | "
                   "{b:[t-1,t-3,t-0],c:[t-4,t-5,t-2]}");
}

void TestAssignor::stickyGivesFirstWhatHasTheFewestReaders() {
    const QString made = assigned(R"({"assignor":"sticky","partitions":{"t":2,"u":1},
                          "steps":[{"subscriptions":{"a":["t","u"],"b":["t"]}}]})");
    QCOMPARE(made, "{a:[u-0,t-1],b:[t-0]}");
}

void TestAssignor::cooperativeWithholdsWhatMovesUntilTheFollowUp() {
    const QString made = assigned(R"({"assignor":"cooperative-sticky","partitions":{"t":2},
                          "steps":[{"subscriptions":{"a":["t"]}},
                                   {"subscriptions":{"a":["t"],"b":["t"]}},
                                   {"subscriptions":{"a":["t"],"b":["t"]}}]})");
    QCOMPARE(made, "{a:[t-0,t-1]} | {a:[t-0],b:[]} | {a:[t-0],b:[t-1]}");
}

void TestAssignor::aStaticMemberComesBackUnderAnotherNameToWhatItHad() {
    const QString made = assigned(R"({"assignor":"sticky","partitions":{"t":4},
                          "steps":[{"subscriptions":{"m1":{"topics":["t"],"instance":"x"},"m2":["t"]}},
                                   {"subscriptions":{"m9":{"topics":["t"],"instance":"x"},"m2":["t"]}}]})");
    QCOMPARE(made, "{m1:[t-0,t-2],m2:[t-1,t-3]} | {m9:[t-0,t-2],m2:[t-1,t-3]}");
}

void TestAssignor::staticMembersStandBeforeOthers() {
    const QString made = assigned(R"({"assignor":"range","partitions":{"t":3},
                          "steps":[{"subscriptions":{"a":["t"],"z":{"topics":["t"],"instance":"x"}}}]})");
    QCOMPARE(made, "{z:[t-0,t-1],a:[t-2]}");
}

void TestAssignor::newPartitionsAreDividedWithoutAMove() {
    const QString made = assigned(R"({"assignor":"sticky","partitions":{"t":2},
                          "steps":[{"subscriptions":{"a":["t"],"b":["t"]}},
                                   {"partitions":{"t":5},"subscriptions":{"a":["t"],"b":["t"]}}]})");
    QCOMPARE(made, "{a:[t-0],b:[t-1]} | {a:[t-0,t-2,t-4],b:[t-1,t-3]}");
}

void TestAssignor::anEmptyGroupOwnsNothing() {
    const QString made = assigned(R"({"assignor":"sticky","partitions":{"t":2},"steps":[{"subscriptions":{}}]})");
    QCOMPARE(made, "{}");
}

void TestAssignor::whatCannotBeReadIsRefused_data() {
    QTest::addColumn<QString>("history");
    QTest::addColumn<QString>("error");
    QTest::newRow("assignor") << R"({"assignor":"stiky"})"
                              << R"(assignor: needs one of range, roundrobin, sticky, cooperative-sticky, got "stiky")";
    QTest::newRow("partitions") << R"({"assignor":"range","partitions":{"t":-1}})"
                                << "partitions/t: needs a whole number of partitions, at most 1000000 in all, got -1";
    QTest::newRow("steps") << R"({"assignor":"range","partitions":{}})"
                           << "steps: needs a list of steps {event, subscriptions}";
    QTest::newRow("subscriptions") << R"({"assignor":"range","partitions":{},"steps":[{}]})"
                                   << "steps/0/subscriptions: needs a table of topics by member, at most 10000";
    QTest::newRow("topics") << R"({"assignor":"range","partitions":{},"steps":[{"subscriptions":{"a":"t"}}]})"
                            << R"(steps/0/subscriptions/a: needs a list of topics, got "t")";
    QTest::newRow("instance") << R"({"assignor":"range","partitions":{},"steps":[{"subscriptions":
                                    {"a":{"topics":[],"instance":"x"},"b":{"topics":[],"instance":"x"}}}]})"
                              << "steps/0/subscriptions/b: needs an instance that no other member has, got x";
}

void TestAssignor::whatCannotBeReadIsRefused() {
    QFETCH(QString, history);
    QFETCH(QString, error);
    QCOMPARE(assigned(history.toStdString()), "refused: " + error);
}

void TestAssignor::everyAssignmentOfRandomHistoriesIsValid() {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed)
        for (const Assignor assignor :
             {Assignor::range, Assignor::roundRobin, Assignor::sticky, Assignor::cooperativeSticky}) {
            RandomGroup random(seed);
            for (int step = 0; step < 10; ++step) {
                const Assignment assignment = assignPartitions(assignor, random.group);
                const std::string wrong = wrongWith(random.group, assignment);
                QVERIFY2(wrong.empty(),
                         qPrintable(QString("seed %1 step %2: %3").arg(seed).arg(step).arg(wrong.c_str())));
                random.keep(assignment);
                random.change();
            }
        }
}

void TestAssignor::stickyAssignmentsOfRandomHistoriesAreBalancedAndMoveNothingInVain() {
    int moves = 0;
    for (std::uint64_t seed = 1; seed <= 5000; ++seed) {
        RandomGroup random(seed);
        for (int step = 0; step < 10; ++step) {
            const Assignment assignment = assignPartitions(Assignor::sticky, random.group);
            const QString where = QString("seed %1 step %2: ").arg(seed).arg(step);
            QVERIFY2(balanced(random.group, assignment.owned), qPrintable(where + "unbalanced"));
            const std::string needless = needlessMove(random.group, assignment.owned);
            QVERIFY2(needless.empty(), qPrintable(where + needless.c_str()));
            const Owners before = ownersOf(ownedBefore(random.group));
            for (const auto& [place, owner] : ownersOf(assignment.owned))
                moves += before.contains(place) && before.at(place) != owner ? 1 : 0;
            random.keep(assignment);
            // Nothing changed: nothing moves.
            QCOMPARE(ownersOf(assignPartitions(Assignor::sticky, random.group).owned), ownersOf(assignment.owned));
            random.change();
        }
    }
    QVERIFY(moves > 10'000); // the histories do need some
}

void TestAssignor::cooperativeGivesAwayNothingInTheRoundInWhichItIsRevoked() {
    int withheld = 0;
    for (std::uint64_t seed = 1; seed <= 5000; ++seed) {
        RandomGroup random(seed);
        for (int step = 0; step < 10; ++step) {
            std::vector<std::vector<TopicPartition>> ownedBefore;
            for (const GroupMember& member : random.group.members)
                ownedBefore.push_back(member.owned);
            const Owners before = ownersOf(ownedBefore);
            const Assignment first = assignPartitions(Assignor::cooperativeSticky, random.group);
            for (const auto& [place, owner] : ownersOf(first.owned))
                QVERIFY2(!before.contains(place) || before.at(place) == owner, qPrintable(QString::number(seed)));
            for (const TopicPartition& place : first.withheld)
                QVERIFY2(before.contains(place), qPrintable(QString::number(seed)));
            withheld += static_cast<int>(first.withheld.size());
            random.keep(first);
            Assignment last = first;
            for (int round = 0; round < 3 && !last.withheld.empty(); ++round) {
                last = assignPartitions(Assignor::cooperativeSticky, random.group);
                random.keep(last);
            }
            QVERIFY2(last.withheld.empty(), qPrintable(QString("seed %1 step %2").arg(seed).arg(step)));
            QVERIFY2(balanced(random.group, last.owned), qPrintable(QString("seed %1 step %2").arg(seed).arg(step)));
            random.change();
        }
    }
    QVERIFY(withheld > 10'000);
}

void TestAssignor::aThousandPartitionsTakeNoLongerThanTenMilliseconds() {
    for (const bool mixed : {false, true}) {
        Group group;
        group.partitions.assign(20, 50);
        for (std::uint32_t member = 0; member < 50; ++member) {
            group.members.emplace_back();
            for (std::uint32_t topic = 0; topic < 20; ++topic)
                if (!mixed || (member + topic) % 3 != 0)
                    group.members.back().topics.push_back(topic);
        }
        // All at one member first: the longest way to balance.
        for (const std::uint32_t topic : group.members.front().topics)
            for (std::uint32_t partition = 0; partition < 50; ++partition)
                group.members.front().owned.push_back({topic, partition});
        for (const Assignor assignor :
             {Assignor::range, Assignor::roundRobin, Assignor::sticky, Assignor::cooperativeSticky}) {
            auto best = std::chrono::steady_clock::duration::max(); // of several: the machine may be busy
            for (int time = 0; time < 10; ++time) {
                const auto start = std::chrono::steady_clock::now();
                const Assignment assignment = assignPartitions(assignor, group);
                best = std::min(best, std::chrono::steady_clock::now() - start);
                QCOMPARE(wrongWith(group, assignment), std::string());
            }
            QVERIFY2(best < std::chrono::milliseconds(10),
                     qPrintable(QString::number(std::chrono::duration<double>(best).count())));
        }
    }
}

QTEST_APPLESS_MAIN(TestAssignor)
#include "tst_assignor.moc"
