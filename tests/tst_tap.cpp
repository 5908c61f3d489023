// The tap: what follows from events that are only seen passing by, and how it reads sockets: counting what it drops,
// coming back after a publisher did.
#include "core/live/event_reader.h"
#include "core/live/flow_inference.h"
#include "core/live/tap.h"
#include "core/record/record_reader.h"

#include <QProcess>
#include <QTest>

#include <zmq.hpp>

#include <optional>

using namespace weir;

namespace {

constexpr Duration patient = 20s; // longer than any test should take

struct Attributes {
    std::string id, source, type;
    std::string causation, correlation;
};

std::string eventOf(const Attributes& event) {
    std::string text = R"({"specversion":"1.0","id":")" + event.id + R"(","source":")" + event.source +
                       R"(","type":")" + event.type + '"';
    if (!event.causation.empty())
        text += R"(,"causationid":")" + event.causation + '"';
    if (!event.correlation.empty())
        text += R"(,"correlationid":")" + event.correlation + '"';
    return text + R"(,"data":{"n":1}})";
}

// Inference alone, on times given by hand.
struct Observed {
    std::shared_ptr<Catalogue> catalogue = std::make_shared<Catalogue>();
    Recorder recorder{catalogue};
    StoredMessages messages{catalogue, {}};
    FlowInference inference;

    explicit Observed(FlowInference::Options options = {}) : inference(catalogue, recorder, messages, options) {}

    void see(const Attributes& event, Duration at, std::string_view topic = {}) {
        inference.observe(topic, eventOf(event), SimTime{at});
    }
    // "published order > orders": kind, service and channel of each record, from the n-th on.
    std::vector<std::string> told(std::uint64_t from = 0) const {
        RecordReader reader(recorder.store());
        reader.refresh();
        std::vector<std::string> lines;
        for (std::uint64_t i = from; i < reader.end(); ++i) {
            const Record& record = reader.at(i);
            std::string line = std::to_string(record.ordinal) + ' ' + std::string(name(record.kind));
            if (record.place.valid()) {
                const Place& place = catalogue->place(record.place);
                if (place.service.valid())
                    line += ' ' + catalogue->services()[place.service.index()].name;
                if (place.channel.valid())
                    line += " @" + catalogue->channels()[place.channel.index()].name;
            }
            if (record.reason.valid())
                line += ' ' + catalogue->reasons()[record.reason.index()].name;
            lines.push_back(line);
        }
        return lines;
    }
    std::uint64_t records() const { return recorder.head().index(); }
    const Ledger& ledger() const { return recorder.head().ledger(); }
};

using Lines = std::vector<std::string>;

// A publisher that knows when somebody listens.
class Publisher {
  public:
    explicit Publisher(const std::string& address = "tcp://127.0.0.1:*") {
        m_socket.set(zmq::sockopt::linger, 0);
        m_socket.set(zmq::sockopt::sndhwm, 0); // nothing is dropped here
        m_socket.set(zmq::sockopt::rcvtimeo, 20'000);
        m_socket.bind(address);
        m_address = m_socket.get(zmq::sockopt::last_endpoint);
    }
    const std::string& address() const { return m_address; }
    bool awaitSubscriber() {
        zmq::message_t message;
        return m_socket.recv(message).has_value();
    }
    void send(const std::string& event) { (void)m_socket.send(zmq::buffer(event), zmq::send_flags::none); }
    void send(const std::string& topic, const std::string& event) {
        (void)m_socket.send(zmq::buffer(topic), zmq::send_flags::sndmore);
        send(event);
    }

  private:
    zmq::context_t m_context;
    zmq::socket_t m_socket{m_context, zmq::socket_type::xpub};
    std::string m_address;
};

Ledger ledgerOf(const Tap& tap) {
    RecordReader reader(tap.store());
    reader.refresh();
    return reader.picture(reader.end()).ledger();
}

} // namespace

class TestTap : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void attributesAreRead();
    void whatIsNoCloudEventIsRefused_data();
    void whatIsNoCloudEventIsRefused();
    void servicesAreTheLastSegmentOfTheirSource();
    void anEventIsPublishedAndRouted();
    void channelsAreTopicsOrTheTypesFirstWord();
    void whoAnswersIsAConsumerFromThenOn();
    void oneAnswerSettlesOneCopy();
    void aCorrelationThatIsAnEventsIdTellsTheCause();
    void aCorrelationOfItsOwnJoinsAFamily();
    void copiesWithoutAnAnswerExpire();
    void forgottenEventsSettleNothing();
    void namesBeyondTheLimitAreOther();
    void eventsBecomeRecords();
    void aPublisherThatComesBackIsHeardAgain();
    void whatTheInboxCannotHoldIsCounted();
    void unusableEndpointsAreNamed();
    void theCommandLinePrintsUntilItIsAskedToStop();
    void theCommandLineExitsWithThreeWhereItCannotReach();
};

void TestTap::attributesAreRead() {
    EventReader reader;
    const std::string text =
        R"({"data":{"id":"inner"},"specversion":"1.0","id":"A\n1","source":"/s","type":"t","partitionkey":"k",)"
        R"("subject":"s","version":"2","routingkey":"r","correlationid":"c","causationid":"b"})";
    const auto head = reader.read(text);
    QVERIFY(head.has_value());
    QCOMPARE(head->id, std::string_view("A\n1"));
    QCOMPARE(head->source, std::string_view("/s"));
    QCOMPARE(head->type, std::string_view("t"));
    QCOMPARE(head->partitionKey, std::string_view("k"));
    QCOMPARE(head->subject, std::string_view("s"));
    QCOMPARE(head->version, std::string_view("2"));
    QCOMPARE(head->routingKey, std::string_view("r"));
    QCOMPARE(head->correlationId, std::string_view("c"));
    QCOMPARE(head->causationId, std::string_view("b"));
}

void TestTap::whatIsNoCloudEventIsRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a word") << QByteArray("hello");
    QTest::newRow("a list") << QByteArray("[1]");
    QTest::newRow("cut off") << QByteArray(R"({"specversion":"1.0","id":"1","source":"s","type":"t")");
    QTest::newRow("another version") << QByteArray(R"({"specversion":"0.3","id":"1","source":"s","type":"t"})");
    QTest::newRow("without an id") << QByteArray(R"({"specversion":"1.0","source":"s","type":"t"})");
    QTest::newRow("an empty type") << QByteArray(R"({"specversion":"1.0","id":"1","source":"s","type":""})");
    QTest::newRow("a number for an id") << QByteArray(R"({"specversion":"1.0","id":1,"source":"s","type":"t"})");
    QTest::newRow("broken UTF-8") << QByteArray(
        "{\"specversion\":\"1.0\",\"id\":\"\xff\",\"source\":\"s\",\"type\":\"t\"}");
    QTest::newRow("bytes") << QByteArray(200, '\x80');
}

void TestTap::whatIsNoCloudEventIsRefused() {
    QFETCH(QByteArray, text);
    Observed seen;
    seen.inference.observe("prices", {text.constData(), static_cast<std::size_t>(text.size())}, SimTime{1s});
    QCOMPARE(seen.told(), (Lines{"1 published @prices", "1 refused @prices not_a_cloudevent"}));
    QCOMPARE(seen.inference.refused(), std::uint64_t{1});
    QVERIFY(seen.ledger().closed());
    QVERIFY(seen.messages.message(1).has_value());
}

void TestTap::servicesAreTheLastSegmentOfTheirSource() {
    for (const char* source : {"order-service", "/services/order-service", "https://shop.example/order-service/?a=/b",
                               "urn:shop:order-service", "/order-service#top"})
        QCOMPARE(serviceOf(source), std::string_view("order-service"));
    QCOMPARE(serviceOf("/"), std::string_view("/"));
}

void TestTap::anEventIsPublishedAndRouted() {
    Observed seen;
    seen.see({"A-1", "/services/order-service", "order.created", "", ""}, 2s, "orders");
    QCOMPARE(seen.told(), (Lines{"1 published order-service @orders", "1 routed order-service @orders"}));
    const auto message = seen.messages.message(1);
    QCOMPARE(message->id, std::string("A-1"));
    QCOMPARE(message->type, std::string("order.created"));
    QCOMPARE(message->source, std::string("order-service"));
    QCOMPARE(message->data.canonical(), std::string(R"({"n":1})"));
    QCOMPARE(message->time, SimTime{2s});
    const ChannelId orders = seen.catalogue->channel("orders");
    QCOMPARE(seen.recorder.head().channel(orders).published, std::int64_t{1});
}

void TestTap::channelsAreTopicsOrTheTypesFirstWord() {
    Observed seen;
    seen.see({"1", "s", "order.created", "", ""}, 0s);
    seen.see({"2", "s", "order.created", "", ""}, 0s, "order.created");
    seen.see({"3", "s", "order.created", "", ""}, 0s, "shop");
    seen.see({"4", "s", "tick", "", ""}, 0s);
    QCOMPARE(seen.told(),
             (Lines{"1 published s @order", "1 routed s @order", "2 published s @order", "2 routed s @order",
                    "3 published s @shop", "3 routed s @shop", "4 published s @tick", "4 routed s @tick"}));
}

void TestTap::whoAnswersIsAConsumerFromThenOn() {
    Observed seen;
    seen.see({"A-1", "order", "order.created", "", ""}, 1s);
    seen.see({"B-1", "stock", "inventory.updated", "A-1", ""}, 3s);
    QCOMPARE(seen.told(2),
             (Lines{"1 enqueued @order/stock", "1 delivered stock @order/stock", "2 published stock @inventory",
                    "2 routed stock @inventory", "1 acked stock @order/stock"}));
    QVERIFY(seen.ledger().closed());
    RecordReader reader(seen.recorder.store());
    reader.refresh();
    QCOMPARE(reader.at(4).value, std::int64_t{1});             // B-1's cause
    QCOMPARE(reader.at(6).value, std::int64_t{2'000'000'000}); // from A-1 to its answer

    const std::uint64_t before = seen.records();
    seen.see({"A-2", "order", "order.created", "", ""}, 4s);
    seen.see({"A-3", "order", "order.cancelled", "", ""}, 4s); // another type: nobody is known to take it
    QCOMPARE(seen.told(before), (Lines{"3 published order @order", "3 routed order @order", "3 enqueued @order/stock",
                                       "4 published order @order", "4 routed order @order"}));
    QCOMPARE(seen.ledger().copies.ready, 1);
    seen.see({"B-2", "stock", "inventory.updated", "A-2", ""}, 5s);
    QCOMPARE(seen.ledger().copies.ready, 0);
    QCOMPARE(seen.ledger().copies.acked, 2);
    QCOMPARE(seen.ledger().copies.born, 2);
    QCOMPARE(seen.messages.message(5)->correlation, Ordinal{3});
    const SubscriptionId queue = seen.catalogue->subscription("order/stock");
    QCOMPARE(seen.catalogue->subscriptions()[queue.index()].service, seen.catalogue->service("stock"));
    QVERIFY(seen.recorder.head().edge(EdgeKind::deliver, queue.index(), seen.catalogue->service("stock").index()));
}

void TestTap::oneAnswerSettlesOneCopy() {
    Observed seen;
    seen.see({"A-1", "order", "order.created", "", ""}, 1s);
    seen.see({"B-1", "stock", "inventory.updated", "A-1", ""}, 2s);
    seen.see({"B-2", "stock", "inventory.low", "A-1", ""}, 3s); // the same service says more about it
    QCOMPARE(seen.ledger().copies.born, 1);
    seen.see({"C-1", "mail", "mail.sent", "A-1", ""}, 4s); // and so does another one
    QCOMPARE(seen.ledger().copies.born, 2);
    QCOMPARE(seen.ledger().copies.acked, 2);
    QVERIFY(seen.ledger().closed());
}

void TestTap::aCorrelationThatIsAnEventsIdTellsTheCause() {
    Observed seen;
    seen.see({"A-1", "order", "order.created", "", ""}, 1s);
    seen.see({"B-1", "stock", "inventory.updated", "", "A-1"}, 2s);
    QCOMPARE(seen.messages.message(2)->cause, Ordinal{1});
    QCOMPARE(seen.ledger().copies.acked, 1);
}

void TestTap::aCorrelationOfItsOwnJoinsAFamily() {
    Observed seen;
    seen.see({"A-1", "order", "order.created", "", "trace-7"}, 1s);
    seen.see({"B-1", "stock", "inventory.updated", "", "trace-7"}, 2s);
    QCOMPARE(seen.messages.message(2)->cause, Ordinal{0}); // that much it does not tell
    QCOMPARE(seen.messages.message(2)->correlation, Ordinal{1});
    QCOMPARE(seen.messages.message(2)->correlationId, std::string("trace-7"));
    QCOMPARE(seen.ledger().copies.born, 0);
}

void TestTap::copiesWithoutAnAnswerExpire() {
    Observed seen({.answerWithin = 10s});
    seen.see({"A-1", "order", "order.created", "", ""}, 1s);
    seen.see({"B-1", "stock", "inventory.updated", "A-1", ""}, 2s);
    seen.see({"A-2", "order", "order.created", "", ""}, 3s);
    seen.inference.advance(SimTime{12'999ms});
    QCOMPARE(seen.ledger().copies.ready, 1);
    const std::uint64_t before = seen.records();
    seen.inference.advance(SimTime{13s});
    QCOMPARE(seen.told(before), (Lines{"3 expired @order/stock no_answer_seen"}));
    QCOMPARE(seen.ledger().copies.expired, 1);
    seen.see({"B-2", "stock", "inventory.updated", "A-2", ""}, 14s); // too late to be told
    QCOMPARE(seen.ledger().copies.acked, 1);
    QVERIFY(seen.ledger().closed());
}

void TestTap::forgottenEventsSettleNothing() {
    Observed seen({.eventsMax = 2});
    seen.see({"A-1", "order", "order.created", "", ""}, 1s);
    seen.see({"B-1", "stock", "inventory.updated", "A-1", ""}, 1s);
    seen.see({"A-2", "order", "order.created", "", ""}, 1s);
    QCOMPARE(seen.ledger().copies.ready, 1);
    seen.see({"X-1", "other", "x", "", ""}, 1s);
    seen.see({"X-2", "other", "x", "", ""}, 1s); // A-2 is no longer among the last two
    QCOMPARE(seen.ledger().copies.ready, 0);
    QCOMPARE(seen.ledger().copies.expired, 1);
    seen.see({"B-2", "stock", "inventory.updated", "A-2", ""}, 1s);
    QCOMPARE(seen.messages.message(6)->cause, Ordinal{0});
    QVERIFY(seen.ledger().closed());
}

void TestTap::namesBeyondTheLimitAreOther() {
    Observed seen({.servicesMax = 2, .channelsMax = 2, .typesMax = 2});
    for (const char* letter : {"a", "b", "c", "d"})
        seen.see({letter, std::string("service-") + letter, letter, "", ""}, 1s, std::string("topic-") + letter);
    QCOMPARE(seen.told(4), (Lines{"3 published other @other", "3 routed other @other", "4 published other @other",
                                  "4 routed other @other"}));
    QCOMPARE(seen.catalogue->services().size(), std::size_t{3});
}

void TestTap::eventsBecomeRecords() {
    Publisher publisher;
    const auto tap = Tap::open({publisher.address()}).value();
    QVERIFY(publisher.awaitSubscriber());
    QVERIFY(tap->waitForConnections(patient));
    publisher.send("orders", eventOf({"A-1", "/shop/order-service", "order.created", "", ""}));
    publisher.send(eventOf({"B-1", "stock", "inventory.updated", "A-1", ""}));
    publisher.send("no event");
    QVERIFY(tap->waitFor(3, patient));
    QCOMPARE(tap->observed(), std::uint64_t{3});
    QCOMPARE(tap->refused(), std::uint64_t{1});
    QCOMPARE(tap->dropped(), std::uint64_t{0});
    const Ledger ledger = ledgerOf(*tap);
    QVERIFY(ledger.closed());
    QCOMPARE(ledger.messages.published, 3);
    QCOMPARE(ledger.messages.refused, 1);
    QCOMPARE(ledger.copies.acked, 1);
    QVERIFY(tap->catalogue()->channel("orders/stock").valid());
    QCOMPARE(tap->messages()->message(2)->cause, Ordinal{1});
    QCOMPARE(tap->status().front().received, std::uint64_t{3});
}

void TestTap::aPublisherThatComesBackIsHeardAgain() {
    std::optional<Publisher> publisher(std::in_place);
    const std::string address = publisher->address();
    const auto tap = Tap::open({address}).value();
    QVERIFY(publisher->awaitSubscriber());
    publisher->send(eventOf({"A-1", "s", "t", "", ""}));
    QVERIFY(tap->waitFor(1, patient));
    publisher.reset();
    publisher.emplace(address);
    QVERIFY(publisher->awaitSubscriber());
    publisher->send(eventOf({"A-2", "s", "t", "", ""}));
    QVERIFY(tap->waitFor(2, patient));
    QVERIFY(tap->waitForConnections(patient));
    QCOMPARE(tap->status().front().connections, std::uint64_t{2});
}

void TestTap::whatTheInboxCannotHoldIsCounted() {
    Publisher publisher;
    Tap::Options options;
    options.inboxBytesMax = 1'000; // some ten events
    const auto tap = Tap::open({publisher.address()}, options).value();
    QVERIFY(publisher.awaitSubscriber());
    constexpr std::uint64_t sent = 20'000;
    const std::string event = eventOf({"A-1", "s", "t", "", ""});
    for (std::uint64_t i = 0; i < sent; ++i)
        publisher.send(event);
    publisher.send(std::string(2'000, 'x')); // never fits
    QVERIFY2(tap->waitFor(sent + 1, patient), qPrintable(QString("received %1, recorded %2, dropped %3")
                                                             .arg(tap->status().front().received)
                                                             .arg(tap->observed())
                                                             .arg(tap->dropped())));
    QCOMPARE(tap->observed() + tap->dropped(), sent + 1);
    QVERIFY(tap->dropped() >= 1);
    QCOMPARE(static_cast<std::uint64_t>(ledgerOf(*tap).messages.published), tap->observed());
    QCOMPARE(tap->status().front().dropped, tap->dropped());
    QVERIFY(ledgerOf(*tap).closed());
}

void TestTap::unusableEndpointsAreNamed() {
    const auto tap = Tap::open({"tcp://127.0.0.1:5999", "nonsense", "tcp://"});
    QVERIFY(!tap.ok());
    QCOMPARE(tap.error().size(), std::size_t{2});
    QCOMPARE(tap.error().front().where, std::string("nonsense"));
    QVERIFY(!Tap::open({}).ok());
}

void TestTap::theCommandLinePrintsUntilItIsAskedToStop() {
    Publisher publisher;
    QProcess process;
    process.start(WEIR_PROGRAM, {"tap", QString::fromStdString(publisher.address()), "--format", "ndjson"});
    QVERIFY(publisher.awaitSubscriber());
    publisher.send("orders", eventOf({"A-1", "order-service", "order.created", "", ""}));
    QByteArray out;
    while (out.count('\n') < 2 && process.waitForReadyRead(20'000))
        out += process.readAllStandardOutput();
    process.terminate();
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    const QList<QByteArray> lines = out.split('\n');
    QVERIFY2(lines[0].contains(R"("kind":"published","ordinal":1,"id":"A-1","type":"order.created")"), lines[0]);
    QVERIFY2(lines[0].contains(R"("channel":"orders","service":"order-service")"), lines[0]);
    QVERIFY2(lines[1].contains(R"("kind":"routed")"), lines[1]);
    QCOMPARE(process.readAllStandardError(),
             QByteArray("weir tap: 1 events, 2 records, 0 were no CloudEvents, 0 dropped\n"));
}

void TestTap::theCommandLineExitsWithThreeWhereItCannotReach() {
    QProcess process;
    process.start(WEIR_PROGRAM, {"tap", "nonsense"});
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 3);
    QVERIFY(process.readAllStandardError().startsWith("weir tap: nonsense: needs a ZeroMQ endpoint"));
    process.start(WEIR_PROGRAM, {"tap"});
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 2);
}

QTEST_APPLESS_MAIN(TestTap)
#include "tst_tap.moc"
