// The protocol for participants in other processes: its words, the endpoint that speaks it, and a program in Python
// that takes part.
#include "core/live/endpoint.h"
#include "core/live/wire.h"
#include "core/record/record_reader.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <zmq.hpp>

#include <array>

using namespace weir;

namespace {

constexpr int patience = 10000; // ms; longer than any answer should take

using Frames = std::vector<std::string>;

Frames frames(std::initializer_list<const char*> texts) {
    return {texts.begin(), texts.end()};
}

Result<wire::Request> readFrames(const Frames& texts) {
    static std::vector<std::string> kept; // what was read points into it
    kept = texts;
    std::vector<std::string_view> views(kept.begin(), kept.end());
    return wire::read(views);
}

// A participant as another process would be.
class Participant {
  public:
    explicit Participant(const std::string& address) {
        m_socket.set(zmq::sockopt::linger, 0);
        m_socket.set(zmq::sockopt::rcvtimeo, patience);
        m_socket.connect(address);
    }
    void send(const Frames& texts) {
        for (std::size_t i = 0; i < texts.size(); ++i)
            (void)m_socket.send(zmq::buffer(texts[i]),
                                i + 1 < texts.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
    }
    // The next message that is no hello; nothing came in time where it is empty.
    Frames take() {
        while (true) {
            Frames texts;
            zmq::message_t frame;
            do {
                if (!m_socket.recv(frame))
                    return {};
                texts.push_back(frame.to_string());
            } while (frame.more());
            if (texts.front() != "hello")
                return texts;
        }
    }
    Frames ask(const Frames& texts) {
        send(texts);
        return take();
    }

  private:
    zmq::context_t m_context;
    zmq::socket_t m_socket{m_context, zmq::socket_type::dealer};
};

std::string eventOf(const std::string& id, const std::string& type, const std::string& more = {}) {
    return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/shop/orders\",\"type\":\"" + type + "\"" +
           more + "}";
}

// A topic "orders" with a queue "inventory" that takes what is created, and one that takes all.
struct Shop {
    std::unique_ptr<LiveBroker> broker;
    std::unique_ptr<Endpoint> endpoint;

    Shop() {
        Scenario scenario;
        ChannelSpec orders;
        orders.name = "orders";
        orders.kind = ChannelKind::topic;
        ChannelSpec inventory;
        inventory.name = "inventory";
        inventory.bindings.push_back({"orders", "*.created"});
        ChannelSpec all;
        all.name = "all";
        all.bindings.push_back({"orders", "#"});
        ChannelSpec small;
        small.name = "small";
        small.capacity = 1;
        scenario.channels = {orders, inventory, all, small};
        broker = LiveBroker::open(scenario, {}).value();
        endpoint = Endpoint::open(*broker, {}).value();
    }
    std::string address() const { return endpoint->address(); }
};

} // namespace

class TestWire : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void requestsAreRead();
    void unreadableRequestsSayWhatIsNeeded_data();
    void unreadableRequestsSayWhatIsNeeded();
    void tagsComeBackAsTheyWent();
    void theEndpointKeepsToThisMachine();
    void aParticipantPublishesAndConsumes();
    void mistakesAreAnswered();
    void aFullChannelRefuses();
    void whatIsNackedComesAgain();
    void answersKnowTheirCause();
    void whatByeLeavesGoesToTheNext();
    void whatALostConnectionLeavesGoesToTheNext();
    void oneThatSendsTooMuchDoesNotDisturbOthers();
    void aProgramInPythonTakesPart();
    void theHelpNamesEveryWord();
};

void TestWire::requestsAreRead() {
    QCOMPARE(std::get<wire::Hello>(*readFrames({"hello", "order-service"})).service, std::string_view("order-service"));
    const auto publish = readFrames({"publish", "orders", "{}"});
    QCOMPARE(std::get<wire::Publish>(*publish).channel, std::string_view("orders"));
    QCOMPARE(std::get<wire::Publish>(*publish).event, std::string_view("{}"));
    QCOMPARE(std::get<wire::Subscribe>(*readFrames({"subscribe", "orders"})).prefetch, 16U);
    QCOMPARE(std::get<wire::Subscribe>(*readFrames({"subscribe", "orders", "1000"})).prefetch, 1000U);
    const auto ack = readFrames({"ack", "0-17-3-9", "2-18-4-10"});
    QCOMPARE(std::get<wire::Ack>(*ack).tags.size(), std::size_t{2});
    QCOMPARE(std::get<wire::Ack>(*ack).tags[1], (wire::Tag{2, 18, {4, 10}}));
    const auto nack = readFrames({"nack", "0-17-3-9", "reject", "out of stock"});
    QVERIFY(std::get<wire::Nack>(*nack).settlement == Settlement::reject);
    QCOMPARE(std::get<wire::Nack>(*nack).reason, std::string_view("out of stock"));
    QVERIFY(std::get<wire::Nack>(*readFrames({"nack", "0-17-3-9"})).settlement == Settlement::retry);
    QVERIFY(std::holds_alternative<wire::Bye>(*readFrames({"bye"})));
}

void TestWire::unreadableRequestsSayWhatIsNeeded_data() {
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<QString>("where");
    QTest::newRow("nothing") << QStringList{} << "frames";
    QTest::newRow("an unknown word") << QStringList{"pubish", "a", "b"} << "frames";
    QTest::newRow("an empty frame in front") << QStringList{"", "hello", "a"} << "frames";
    QTest::newRow("a hello without a name") << QStringList{"hello"} << "hello";
    QTest::newRow("a hello with an empty name") << QStringList{"hello", ""} << "hello";
    QTest::newRow("a name that is too long") << QStringList{"hello", QString(257, 'x')} << "hello";
    QTest::newRow("a publish without an event") << QStringList{"publish", "orders"} << "publish";
    QTest::newRow("no prefetch") << QStringList{"subscribe", "orders", "0"} << "subscribe";
    QTest::newRow("too much prefetch") << QStringList{"subscribe", "orders", "1001"} << "subscribe";
    QTest::newRow("a prefetch with a unit") << QStringList{"subscribe", "orders", "5ms"} << "subscribe";
    QTest::newRow("an ack of nothing") << QStringList{"ack"} << "ack";
    QTest::newRow("half a tag") << QStringList{"ack", "0-17-3"} << "ack";
    QTest::newRow("a tag with a tail") << QStringList{"ack", "0-17-3-9-"} << "ack";
    QTest::newRow("a tag beyond all numbers") << QStringList{"ack", "0-17-3-99999999999"} << "ack";
    QTest::newRow("an unknown end") << QStringList{"nack", "0-17-3-9", "drop"} << "nack";
    QTest::newRow("a bye with words") << QStringList{"bye", "bye"} << "bye";
}

void TestWire::unreadableRequestsSayWhatIsNeeded() {
    QFETCH(QStringList, texts);
    QFETCH(QString, where);
    Frames given;
    for (const QString& text : texts)
        given.push_back(text.toStdString());
    const auto request = readFrames(given);
    QVERIFY(!request.ok());
    QCOMPARE(QString::fromStdString(request.error().where), where);
    QVERIFY(request.error().what.starts_with("needs "));
}

void TestWire::tagsComeBackAsTheyWent() {
    const wire::Tag tag{.consumer = 7, .ordinal = 18446744073709551615U, .delivery = {4294967295U, 1}};
    QCOMPARE(wire::text(tag), std::string("7-18446744073709551615-4294967295-1"));
    QCOMPARE(std::get<wire::Ack>(*readFrames({"ack", wire::text(tag)})).tags.front(), tag);
}

void TestWire::theEndpointKeepsToThisMachine() {
    const auto broker = LiveBroker::open({}, {}).value();
    for (const char* address : {"tcp://*:*", "tcp://0.0.0.0:*", "tcp://127.0.0.1.example:5600", "tcp://[::]:*"}) {
        const auto endpoint = Endpoint::open(*broker, {.address = address});
        QVERIFY2(!endpoint.ok(), address);
        QCOMPARE(endpoint.error().where, std::string(address));
    }
    QVERIFY(Endpoint::open(*broker, {.address = "tcp://*:*", .beyondThisMachine = true}).ok());
    const auto one = Endpoint::open(*broker, {}).value();
    QVERIFY(QString::fromStdString(one->address()).startsWith("tcp://127.0.0.1:"));
    QVERIFY(!Endpoint::open(*broker, {.address = one->address()}).ok()); // taken
}

void TestWire::aParticipantPublishesAndConsumes() {
    const Shop shop;
    Participant service(shop.address());
    service.send({"hello", "inventory-service"});
    QCOMPARE(service.ask({"subscribe", "inventory", "1"}), frames({"subscribe", "inventory"}));
    Participant producer(shop.address());
    producer.send({"hello", "order-service"});
    const std::string one = eventOf("A-1", "order.created", R"(,"data":{"n":1})");
    QCOMPARE(producer.ask({"publish", "orders", one}), frames({"publish", "A-1", "accepted"}));
    QCOMPARE(producer.ask({"publish", "orders", eventOf("A-2", "order.created")}),
             frames({"publish", "A-2", "accepted"}));
    const Frames first = service.take();
    QCOMPARE(first.size(), std::size_t{5});
    QCOMPARE(first[0], std::string("deliver"));
    QCOMPARE(first[2], std::string("inventory"));
    QCOMPARE(first[3], std::string("1"));
    QCOMPARE(first[4], one);
    const Frames second = service.ask({"ack", first[1]}); // one unacked at most
    QCOMPARE(second[4], eventOf("A-2", "order.created"));
    service.send({"ack", second[1]});
    QCOMPARE(service.ask({"bye"}), frames({"bye"}));
    const Picture picture = shop.broker->picture();
    QVERIFY(picture.ledger().closed());
    QCOMPARE(picture.ledger().messages.published, 2);
    QCOMPARE(picture.ledger().copies.acked, 2); // in "inventory"; nobody reads "all"
    const auto message = shop.broker->messages()->message(1);
    QCOMPARE(message->id, std::string("A-1"));
    QCOMPARE(message->source, std::string("order-service"));
    QCOMPARE(message->data.canonical(), std::string(R"({"n":1})"));
    QCOMPARE(message->cloudEvent().canonical(), one);
    QCOMPARE(shop.endpoint->status().published, std::uint64_t{2});
    QCOMPARE(shop.endpoint->status().delivered, std::uint64_t{2});
}

void TestWire::mistakesAreAnswered() {
    const Shop shop;
    Participant participant(shop.address());
    const Frames early = participant.ask({"publish", "orders", eventOf("A-1", "order.created")});
    QCOMPARE(early, frames({"error", "publish", "needs a hello first"}));
    participant.send({"hello", "order-service"});
    QCOMPARE(participant.ask({"publish", "orders", "{}"}).at(1), std::string("publish"));
    QCOMPARE(participant.ask({"publish", "nowhere", eventOf("A-1", "order.created")}),
             frames({"error", "publish", "needs the name of a channel, got \"nowhere\"", "A-1"}));
    QCOMPARE(participant.ask({"subscribe", "orders"}).at(1), std::string("subscribe")); // a topic holds nothing
    QCOMPARE(participant.ask({"dance"}).at(1), std::string("frames"));
    QCOMPARE(participant.ask({"subscribe", "all"}), frames({"subscribe", "all"}));
    QCOMPARE(participant.ask({"subscribe", "all"}).at(0), std::string("error"));
    participant.send({"ack", "9-1-1-1"}); // no such subscription: nothing to settle
    QCOMPARE(participant.ask({"bye"}), frames({"bye"}));
    QCOMPARE(shop.endpoint->status().errors, std::uint64_t{6});
}

void TestWire::aFullChannelRefuses() {
    const Shop shop;
    Participant producer(shop.address());
    producer.send({"hello", "order-service"});
    QCOMPARE(producer.ask({"publish", "small", eventOf("A-1", "x")}), frames({"publish", "A-1", "accepted"}));
    QCOMPARE(producer.ask({"publish", "small", eventOf("A-2", "x")}),
             frames({"error", "publish", "needs room in the channel", "A-2"}));
}

void TestWire::whatIsNackedComesAgain() {
    const Shop shop;
    Participant participant(shop.address());
    participant.send({"hello", "order-service"});
    QCOMPARE(participant.ask({"subscribe", "all"}).at(0), std::string("subscribe"));
    participant.send({"publish", "orders", eventOf("A-1", "order.created")});
    Frames delivery = participant.take();
    if (delivery[0] == "publish") // the answer and the delivery may come in either order
        delivery = participant.take();
    QCOMPARE(delivery[3], std::string("1"));
    participant.send({"nack", delivery[1], "requeue"});
    Frames again = participant.take();
    if (again[0] == "publish")
        again = participant.take();
    QCOMPARE(again[3], std::string("2"));
    QCOMPARE(again[4], delivery[4]);
}

void TestWire::answersKnowTheirCause() {
    const Shop shop;
    Participant service(shop.address());
    service.send({"hello", "inventory-service"});
    QCOMPARE(service.ask({"subscribe", "inventory"}).at(0), std::string("subscribe"));
    Participant producer(shop.address());
    producer.send({"hello", "order-service"});
    producer.send({"publish", "orders", eventOf("A-1", "order.created")});
    const Frames delivery = service.take();
    QCOMPARE(service.ask({"publish", "orders", eventOf("B-1", "inventory.updated", R"(,"causationid":"A-1")")}),
             frames({"publish", "B-1", "accepted"}));
    service.send({"ack", delivery[1]});
    QCOMPARE(service.ask({"bye"}), frames({"bye"}));
    QCOMPARE(shop.broker->messages()->message(2)->cause, Ordinal{1});
    QCOMPARE(shop.broker->messages()->message(2)->correlation, Ordinal{1});
}

void TestWire::whatByeLeavesGoesToTheNext() {
    const Shop shop;
    Participant first(shop.address());
    first.send({"hello", "inventory-service"});
    QCOMPARE(first.ask({"subscribe", "inventory"}).at(0), std::string("subscribe"));
    Participant producer(shop.address());
    producer.send({"hello", "order-service"});
    producer.send({"publish", "orders", eventOf("A-1", "order.created")});
    QCOMPARE(first.take().at(3), std::string("1"));
    QCOMPARE(first.ask({"bye"}), frames({"bye"}));
    Participant second(shop.address());
    second.send({"hello", "inventory-service"});
    QCOMPARE(second.ask({"subscribe", "inventory"}).at(0), std::string("subscribe"));
    QCOMPARE(second.take().at(3), std::string("2"));
}

void TestWire::whatALostConnectionLeavesGoesToTheNext() {
    const Shop shop;
    Participant second(shop.address());
    second.send({"hello", "inventory-service"});
    {
        Participant first(shop.address());
        first.send({"hello", "inventory-service"});
        QCOMPARE(first.ask({"subscribe", "inventory"}).at(0), std::string("subscribe"));
        second.send({"publish", "orders", eventOf("A-1", "order.created")});
        QCOMPARE(first.take().at(3), std::string("1"));
    }
    QCOMPARE(second.take().at(0), std::string("publish"));
    QCOMPARE(second.ask({"subscribe", "inventory"}).at(0), std::string("subscribe"));
    const Frames delivery = second.take();
    QCOMPARE(delivery.size(), std::size_t{5});
    QCOMPARE(delivery[3], std::string("2"));
}

void TestWire::oneThatSendsTooMuchDoesNotDisturbOthers() {
    const Shop shop;
    Participant bad(shop.address());
    bad.send({"hello", std::string(2000000, 'x')}); // beyond the limit of a frame: cut off
    bad.send(Frames(2000, "ack"));
    Participant good(shop.address());
    good.send({"hello", "order-service"});
    QCOMPARE(good.ask({"publish", "orders", eventOf("A-1", "order.created")}), frames({"publish", "A-1", "accepted"}));
}

void TestWire::aProgramInPythonTakesPart() {
    QProcess probe;
    probe.start("/usr/bin/python3", {"-c", "import zmq"});
    if (!probe.waitForFinished(patience) || probe.exitCode() != 0)
        QSKIP("python3-zmq is not installed, so no participant in Python can be started");
    const Shop shop;
    QProcess participant;
    participant.setProcessChannelMode(QProcess::ForwardedChannels);
    participant.start("/usr/bin/python3",
                      {WEIR_SOURCE_DIR "/tests/data/pyzmq_participant.py", QString::fromStdString(shop.address())});
    QVERIFY(participant.waitForStarted(patience));
    const auto answers = shop.broker->subscribe({.service = "watcher", .channel = "all"}).value();
    const OutletId outlet =
        shop.broker->outlet({.service = "order-service", .channel = "orders", .type = "order.created"}).value();
    constexpr int orders = 20;
    for (int i = 0; i < orders; ++i)
        shop.broker->publish({.outlet = outlet, .content = LiveContent::ofData(R"({"n":)" + std::to_string(i) + '}')});
    int seen = 0;
    while (seen < orders) {
        const auto delivery = answers->receive(std::chrono::milliseconds(patience));
        QVERIFY2(delivery.has_value(), "no answer in time");
        answers->ack(*delivery);
        const auto message = shop.broker->messages()->message(delivery->ordinal);
        if (message->type != "inventory.updated")
            continue;
        QCOMPARE(message->cause, static_cast<Ordinal>(seen + 1));
        QCOMPARE(message->id, "answer-to-e-" + std::to_string(seen + 1));
        QCOMPARE(message->data.canonical(), R"({"n":)" + std::to_string(seen) + '}');
        ++seen;
    }
    participant.kill();
    QVERIFY(participant.waitForFinished(patience));
    QVERIFY(shop.broker->picture().ledger().closed());
    QCOMPARE(shop.broker->picture().ledger().messages.published, 2 * orders);
}

void TestWire::theHelpNamesEveryWord() {
    QFile file(WEIR_SOURCE_DIR "/resources/help/wire.md");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray help = file.readAll();
    for (const char* word : {"`hello`", "`publish`", "`subscribe`", "`deliver`", "`ack`", "`nack`", "`error`", "`bye`",
                             "`accepted`", "`retry`", "`requeue`", "`reject`"})
        QVERIFY2(help.contains(word), word);
    QVERIFY(help.contains('`' + QByteArray(wire::version.data(), static_cast<qsizetype>(wire::version.size())) + '`'));
    QVERIFY(help.contains("PREFETCH (" + QByteArray::number(wire::prefetchDefault) + ", at most " +
                          QByteArray::number(wire::prefetchMax) + ')'));
}

QTEST_APPLESS_MAIN(TestWire)
#include "tst_wire.moc"
