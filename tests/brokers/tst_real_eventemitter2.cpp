// Experiments on a real EventEmitter2 and on the simulated one, side by side; and what the real one does beside that,
// which the simulated one leaves out (README's table says so).
#include "brokers/emitter_driver.h"
#include "brokers/experiment.h"
#include "brokers/simulated_driver.h"

#include <QTest>

#include <memory>

using namespace weir;

namespace {

constexpr BenchConsumer listener{.prefetch = 1, .automatic = true};

const std::string emitter = R"("in": {"kind": "topic"})";

void attachAll(Trial& trial, std::initializer_list<const char*> queues) {
    for (const char* each : queues)
        trial.attach(each, each, listener);
}

void namesByPattern(Trial& trial) {
    trial.tell({.keys = true, .inOrder = true});
    attachAll(trial, {"one", "all", "below", "deep", "middle", "end", "exact"});
    publishTo(trial, "in", {"a", "a.b", "a.b.c", "b.b", "a.c.b", "A.b", "a.b.c.d", "a.x.c"});
    trial.given();
}

// In which order it calls them then depends on the order in which all names were first listened to; that is not
// simulated.
void wildcardsInAName(Trial& trial) {
    trial.tell({.keys = true});
    attachAll(trial, {"one", "all", "below", "deep", "middle", "end", "exact"});
    publishTo(trial, "in", {"a.*", "*.b", "**", "a.**", "*", "a.*.c"});
    trial.given();
}

void literalsComeFirst(Trial& trial) {
    trial.tell({.inOrder = true});
    attachAll(trial, {"1", "2", "3", "4", "5", "6", "7"});
    publishTo(trial, "in", {"a.b", "a.c", "c.b", "a"});
    trial.given();
}

// Whoever puts itself in front, always or for so many calls.
void someInFrontOfOthers(Trial& trial) {
    trial.tell({.keys = true, .inOrder = true});
    attachAll(trial, {"1", "2", "3", "4", "5"});
    trial.attach("6", "6", {.automatic = true, .calls = 1});
    publishTo(trial, "in", {"a.b", "a.b", "a.c"});
    trial.given();
    trial.retire("4");
    publishTo(trial, "in", {"a.b", "a.c"});
    trial.given();
}

void oneListenerTwice(Trial& trial) {
    trial.tell({.inOrder = true});
    trial.attach("q", "q", listener);
    publishTo(trial, "in", {"a.b", "a.c", "b"});
    trial.given();
}

void nobodyListens(Trial& trial) {
    trial.publish("in", {.routingKey = "x", .mandatory = true}); // bound to nothing
    trial.publish("in", {.routingKey = "a"});
    trial.attach("first", "q", listener);
    trial.publish("in", {.routingKey = "a", .mandatory = true});
    trial.given();
    trial.retire("first");
    trial.publish("in", {.routingKey = "a"});
    trial.attach("second", "q", listener);
    trial.publish("in", {.routingKey = "a", .mandatory = true});
    trial.given();
}

void oneLeavesTheOthersStay(Trial& trial) {
    trial.tell({.inOrder = true});
    attachAll(trial, {"1", "2", "3"});
    publishTo(trial, "in", {"a.b"});
    trial.given();
    trial.retire("2");
    publishTo(trial, "in", {"a.b", "a.c"});
    trial.given();
}

void soManyCalls(Trial& trial) {
    trial.tell({.keys = true, .inOrder = true});
    trial.attach("always", "always", listener);
    trial.attach("once", "once", {.automatic = true, .calls = 1});
    trial.attach("twice", "twice", {.automatic = true, .calls = 2});
    publishTo(trial, "in", {"a.1", "b", "a.2", "a.3", "a.4"});
    trial.given();
}

// Whoever is before it has heard of it, whoever is behind it has not, and emit() throws.
void whatAListenerThrowsEndsTheCall(Trial& trial) {
    trial.tell({.keys = true, .inOrder = true});
    trial.attach("broken", "broken", {.automatic = true, .fails = true});
    attachAll(trial, {"all", "later", "exact"});
    publishTo(trial, "in", {"a.b", "b", "a.c"});
    trial.given();
    trial.retire("broken");
    publishTo(trial, "in", {"a.b", "a.c"});
    trial.given();
    trial.attach("once", "once", {.automatic = true, .calls = 1, .fails = true});
    publishTo(trial, "in", {"a.c", "a.c"});
    trial.given();
}

void anErrorNeedsAListener(Trial& trial) {
    trial.tell({.keys = true, .inOrder = true});
    publishTo(trial, "in", {"error", "a.error", "errors"}); // which are bound to, and nobody listens
    trial.attach("any", "any", listener);
    publishTo(trial, "in", {"error"});
    trial.given();
    trial.retire("any");
    publishTo(trial, "in", {"error"});
    trial.attach("other", "other", listener);
    publishTo(trial, "in", {"error"});
    trial.attach("it", "it", {.automatic = true, .fails = true});
    publishTo(trial, "in", {"error", "a"});
    trial.given();
}

void errorsMayBeIgnored(Trial& trial) {
    trial.tell({.keys = true, .inOrder = true});
    trial.publish("in", {.routingKey = "error"});
    attachAll(trial, {"any"});
    trial.publish("in", {.routingKey = "error"});
    trial.given();
}

using Listening = std::pair<const char*, const char*>; // name and pattern

std::string listeners(const std::vector<Listening>& all) {
    std::string text = emitter;
    for (const auto& [name, pattern] : all)
        text += boundQueue(name, {pattern});
    return text;
}

std::string inFront(const char* name, const char* pattern) {
    std::string queue = boundQueue(name, {pattern});
    return queue.insert(queue.rfind("}]"), ", \"prepend\": true");
}

const Experiments& experiments() {
    static const std::vector<std::string> profile{"eventemitter2"};
    static const std::vector<Listening> several{{"one", "*"},     {"all", "**"},       {"below", "a.*"},
                                                {"deep", "a.**"}, {"middle", "a.*.c"}, {"end", "**.b"},
                                                {"exact", "a.b"}};
    static const Experiments all{
        {"names by pattern", {profile, listeners(several), namesByPattern}},
        {"an emitted name may hold wildcards", {profile, listeners(several), wildcardsInAName}},
        {"literals come first",
         {profile,
          listeners({{"1", "a.*"}, {"2", "a.b"}, {"3", "**"}, {"4", "*.b"}, {"5", "a.**"}, {"6", "a.b"}, {"7", "*.*"}}),
          literalsComeFirst}},
        {"literals come first, listened to in another order",
         {profile,
          listeners({{"1", "*.*"}, {"2", "a.b"}, {"3", "a.**"}, {"4", "*.b"}, {"5", "**"}, {"6", "a.b"}, {"7", "a.*"}}),
          literalsComeFirst}},
        {"some in front of others",
         {profile,
          listeners({{"1", "a.b"}, {"2", "*.b"}}) + inFront("3", "a.b") + inFront("4", "a.b") + inFront("5", "*.*") +
              inFront("6", "a.b"),
          someInFrontOfOthers}},
        {"one listener twice", {profile, emitter + boundQueue("q", {"a.*", "a.b"}), oneListenerTwice}},
        {"one listener twice to one name", {profile, emitter + boundQueue("q", {"a.b", "a.b"}), oneListenerTwice}},
        {"nobody listens", {profile, emitter + boundQueue("q", {"a"}), nobodyListens}},
        {"one leaves and the others stay",
         {profile, listeners({{"1", "a.b"}, {"2", "a.*"}, {"3", "a.b"}}), oneLeavesTheOthersStay}},
        {"what a listener throws ends the call",
         {profile, listeners({{"all", "**"}, {"broken", "a.*"}, {"later", "a.*"}, {"once", "a.*"}, {"exact", "a.b"}}),
          whatAListenerThrowsEndsTheCall}},
        {"an error needs a listener",
         {profile, listeners({{"any", "**"}, {"other", "a"}, {"it", "error"}}), anErrorNeedsAListener}},
        {"errors may be ignored",
         {profile, R"("in": {"kind": "topic", "mustBeHeard": ""})" + boundQueue("any", {"**"}), errorsMayBeIgnored}},
        {"so many calls and no more",
         {profile, listeners({{"always", "a.*"}, {"once", "a.*"}, {"twice", "a.*"}}), soManyCalls}}};
    return all;
}

} // namespace

class TestRealEventemitter2 : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void bothDoTheSame_data();
    void bothDoTheSame();
    void bothDoTheSameWhenItIsAsynchronous();
    void whoComesBeforeOthersOfItsName();
    void anErrorThatNobodyListensToIsThrown();
    void whatAListenerThrowsKeepsTheEventFromThoseAfterIt();
    void tooManyListenersAreAWarningOnly();
    void whoWaitsForAllGetsAnAnswerFromEach();

  private:
    // "name=key ..." of what was called since it was last asked.
    std::string calls();
    std::string call(const std::string& step, Value::Table with = {}) {
        return m_node->call(step, std::move(with)).canonical();
    }
    void open(Value::Table options = {}) { m_node->call("open", {{"options", Value(std::move(options))}}); }
    void listen(const std::string& name, const std::string& pattern, const std::string& how,
                const std::string& throws = {}) {
        m_node->call(
            "listen",
            {{"name", Value(name)}, {"pattern", Value(pattern)}, {"how", Value(how)}, {"throws", Value(throws)}});
    }

    std::unique_ptr<NodeProcess> m_node;
};

void TestRealEventemitter2::initTestCase() {
    if (!NodeProcess::has("eventemitter2"))
        QSKIP("npm's eventemitter2 is not installed");
    m_node = std::make_unique<NodeProcess>("eventemitter2_end.js");
}

void TestRealEventemitter2::bothDoTheSame_data() {
    addRows(experiments());
}

void TestRealEventemitter2::bothDoTheSame() {
    compareRow(experiments(), [](const std::string&, std::vector<ChannelSpec> channels) {
        return std::make_unique<EmitterDriver>(std::move(channels));
    });
}

// Listeners are called later then, in the same order; an emit says at once whether there are any.
void TestRealEventemitter2::bothDoTheSameWhenItIsAsynchronous() {
    const std::vector<ChannelSpec> channels =
        channelsOf("eventemitter2", experiments().at("literals come first").channels);
    SimulatedDriver simulated(channels);
    EmitterDriver real(channels, {{"async", Value(true)}});
    Trial trial(simulated, real);
    literalsComeFirst(trial);
    QVERIFY(!trial.real().empty());
    QCOMPARE(QString::fromStdString(trial.simulated()), QString::fromStdString(trial.real()));
}

std::string TestRealEventemitter2::calls() {
    std::string text;
    const Value all = m_node->call("calls");
    for (const Value& each : *all.list())
        text += (text.empty() ? "" : " ") + *each.member("listener")->text() + '=' + *each.member("key")->text();
    return text;
}

// prependListener goes before those that listen to the same name, not before more specific names.
void TestRealEventemitter2::whoComesBeforeOthersOfItsName() {
    open();
    listen("first", "a.*", "on");
    listen("exact", "a.b", "on");
    listen("before", "a.*", "prependListener");
    listen("onceBefore", "a.*", "prependOnceListener");
    call("emit", {{"key", Value("a.b")}, {"message", Value(1)}});
    call("emit", {{"key", Value("a.b")}, {"message", Value(2)}});
    QCOMPARE(calls(), std::string("exact=a.b onceBefore=a.b before=a.b first=a.b exact=a.b before=a.b first=a.b"));
}

void TestRealEventemitter2::anErrorThatNobodyListensToIsThrown() {
    open();
    QCOMPARE(call("emitError", {{"text", Value("boom")}}), std::string(R"({"threw":"boom"})"));
    listen("any", "", "onAny");
    QCOMPARE(call("emitError", {{"text", Value("boom")}}), std::string(R"({"returned":true})"));
    QCOMPARE(calls(), std::string("any=error"));
    open({{"ignoreErrors", Value(true)}});
    QCOMPARE(call("emitError", {{"text", Value("boom")}}), std::string(R"({"returned":false})"));
}

void TestRealEventemitter2::whatAListenerThrowsKeepsTheEventFromThoseAfterIt() {
    open();
    listen("any", "", "onAny");
    listen("exact", "a.b", "on");
    listen("broken", "a.*", "on", "no");
    listen("after", "a.*", "on");
    listen("all", "**", "on");
    QCOMPARE(call("emit", {{"key", Value("a.b")}, {"message", Value(1)}}), std::string(R"({"threw":"no"})"));
    QCOMPARE(calls(), std::string("any=a.b exact=a.b broken=a.b"));
    QCOMPARE(call("emit", {{"key", Value("b")}, {"message", Value(2)}}), std::string(R"({"returned":true})"));
    QCOMPARE(calls(), std::string("any=b all=b"));
}

void TestRealEventemitter2::tooManyListenersAreAWarningOnly() {
    open();
    const auto listening = [this](int count) {
        return call("listenMany", {{"pattern", Value("a.b")}, {"count", Value(count)}});
    };
    QCOMPARE(listening(10), std::string(R"({"listeners":10,"warnings":[]})"));
    QCOMPARE(listening(1), std::string(R"({"listeners":11,"warnings":["MaxListenersExceededWarning"]})"));
    QCOMPARE(listening(1), std::string(R"({"listeners":12,"warnings":[]})")); // said once
}

void TestRealEventemitter2::whoWaitsForAllGetsAnAnswerFromEach() {
    open();
    for (const auto& [name, pattern] : {std::pair("1", "a.*"), std::pair("2", "a.b"), std::pair("3", "**")})
        listen(name, pattern, "on");
    QCOMPARE(call("emitAsync", {{"key", Value("a.b")}, {"message", Value(1)}}), std::string("3"));
    QCOMPARE(calls(), std::string("2=a.b 1=a.b 3=a.b"));
}

QTEST_GUILESS_MAIN(TestRealEventemitter2)
#include "tst_real_eventemitter2.moc"
