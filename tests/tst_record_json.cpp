// Records as JSON lines, messages as CloudEvents, and what expressions see of a record.
#include "core/expression/expression.h"
#include "core/record/record_json.h"
#include "core/record/record_subject.h"

#include <QTest>

#include <map>

using namespace weir;

namespace {

class TwoMessages final : public MessageSource {
  public:
    TwoMessages() {
        MessageView root;
        root.ordinal = 1;
        root.id = "m-1";
        root.source = "order-service";
        root.type = "order.created";
        root.subject = "ORD-\"1\"";
        root.version = "1.0";
        root.routingKey = "order.created";
        root.partitionKey = "u-7";
        root.time = SimTime{86'400s + 3661s + 50ms};
        root.correlation = 1;
        root.correlationId = "m-1";
        root.data = Value::parse(R"({"orderId":"ORD-1","totalAmount":99.50})").value();
        messages[1] = root;
        MessageView reply;
        reply.ordinal = 2;
        reply.id = "m-2";
        reply.source = "inventory-service";
        reply.type = "inventory.updated";
        reply.routingKey = "stock";
        reply.cause = 1;
        reply.correlation = 1;
        reply.causationId = "m-1";
        reply.correlationId = "m-1";
        messages[2] = reply;
    }
    std::optional<MessageView> message(Ordinal ordinal) const override {
        ++asked;
        const auto found = messages.find(ordinal);
        return found == messages.end() ? std::nullopt : std::optional(found->second);
    }
    std::map<Ordinal, MessageView> messages;
    mutable int asked = 0;
};

} // namespace

class TestRecordJson : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void publishedLineHasAttributesAndData();
    void deliveryLineHasPlaceAttemptAndLatency();
    void reasonOffsetAndPartitionStandWhereTheyApply();
    void lineWithoutAMessageIsShort();
    void stateChangeTellsItsValue();
    void unknownMessageLeavesWhatTheRecordHolds();
    void attributesAreFetchedOncePerBunch();
    void cloudEventHasItsAttributes();
    void expressionSeesMessageAndRecord();
    void expressionSeesFiguresAndState();

  private:
    std::string line(const Record& record, const MessageSource* messages) {
        std::string out;
        RecordJson(*m_catalogue, messages).append(out, record);
        return out;
    }
    bool holds(const char* text, const Subject& subject) {
        const auto expression = Expression::parse(text);
        return expression.ok() && expression->holds(subject);
    }

    std::unique_ptr<Catalogue> m_catalogue;
    TwoMessages m_messages;
    PlaceId m_source, m_worker, m_log;
    ServiceId m_service;
    EventTypeId m_type;
};

void TestRecordJson::init() {
    m_catalogue = std::make_unique<Catalogue>();
    const ChannelId orders = m_catalogue->addChannel({.name = "orders", .kind = ChannelKind::topic});
    const ChannelId queue = m_catalogue->addChannel({.name = "inventory"});
    const ChannelId log = m_catalogue->addChannel({.name = "log", .kind = ChannelKind::stream, .partitions = 4});
    const ServiceId producer = m_catalogue->addService({.name = "order-service"});
    m_service = m_catalogue->addService({.name = "inventory-service", .instances = 2, .workers = 1});
    Place place;
    place.channel = orders;
    place.service = producer;
    m_source = m_catalogue->addPlace(place);
    place.channel = queue;
    place.service = m_service;
    place.subscription = m_catalogue->addSubscription({.name = "inventory", .channel = queue, .service = m_service});
    place.instance = 1;
    m_worker = m_catalogue->addPlace(place);
    place = Place();
    place.channel = log;
    place.partition = 3;
    m_log = m_catalogue->addPlace(place);
    m_type = m_catalogue->addEventType("order.created", "1.0");
}

static void compare(const std::string& actual, const std::string& expected) {
    QCOMPARE(actual, expected);
}

static Record recordOf(RecordKind kind, Ordinal ordinal, PlaceId place, EventTypeId type) {
    Record record;
    record.at = SimTime{192'480'113'000ns};
    record.kind = kind;
    record.ordinal = ordinal;
    record.place = place;
    record.type = type;
    return record;
}

void TestRecordJson::publishedLineHasAttributesAndData() {
    Record record = recordOf(RecordKind::published, 1, m_source, m_type);
    record.attempt = 3; // the emit site: nobody's business
    compare(line(record, &m_messages),
            R"({"at":192.480113,"kind":"published","ordinal":1,"id":"m-1","type":"order.created",)"
            R"("source":"order-service","subject":"ORD-\"1\"","routingkey":"order.created",)"
            R"("channel":"orders","service":"order-service","correlationid":"m-1",)"
            R"("data":{"orderId":"ORD-1","totalAmount":99.5}})");
}

void TestRecordJson::deliveryLineHasPlaceAttemptAndLatency() {
    Record record = recordOf(RecordKind::started, 2, m_worker, EventTypeId::none());
    record.attempt = 2;
    record.value = 1'250'000;
    const std::string expected =
        R"({"at":192.480113,"kind":"started","ordinal":2,"id":"m-2","type":"inventory.updated",)"
        R"("source":"inventory-service","routingkey":"stock","channel":"inventory","subscription":"inventory",)"
        R"("service":"inventory-service","instance":2,"attempt":2,"correlationid":"m-1","causationid":"m-1",)"
        R"("latency":0.00125})";
    QCOMPARE(line(record, &m_messages), expected);
    // Data stands on published records only, unless asked for.
    Record first = recordOf(RecordKind::acked, 1, m_worker, m_type);
    QVERIFY(line(first, &m_messages).find("\"data\"") == std::string::npos);
    std::string out;
    RecordJson(*m_catalogue, &m_messages, {.dataOnEvery = true}).append(out, first);
    const std::string data = R"("latency":0,"data":{"orderId")";
    QVERIFY(out.find(data) != std::string::npos);
}

void TestRecordJson::reasonOffsetAndPartitionStandWhereTheyApply() {
    Record record = recordOf(RecordKind::appended, 9, m_log, m_type);
    record.extra = 41;
    record.value = -1;
    compare(line(record, nullptr), R"({"at":192.480113,"kind":"appended","ordinal":9,)"
                                   R"("type":"order.created","channel":"log","partition":3,"offset":41})");
    record.kind = RecordKind::dropped;
    record.reason = m_catalogue->addReason("maxlen");
    compare(line(record, nullptr), R"({"at":192.480113,"kind":"dropped","ordinal":9,)"
                                   R"("type":"order.created","channel":"log","partition":3,"reason":"maxlen"})");
}

void TestRecordJson::lineWithoutAMessageIsShort() {
    Record record = recordOf(RecordKind::stopped, 0, PlaceId::none(), EventTypeId::none());
    record.at = SimTime{600s};
    record.reason = m_catalogue->addReason("done");
    compare(line(record, &m_messages), R"({"at":600,"kind":"stopped","reason":"done"})");
}

void TestRecordJson::stateChangeTellsItsValue() {
    Record record = recordOf(RecordKind::stateChanged, 0, PlaceId::none(), EventTypeId::none());
    record.extra = m_catalogue->addStateSlot(m_service, "stock", "PROD-001");
    record.value = 97;
    compare(line(record, nullptr), R"({"at":192.480113,"kind":"stateChanged",)"
                                   R"("data":{"table":"stock","key":"PROD-001","value":97}})");
    record.reason = m_catalogue->addReason("paid");
    compare(line(record, nullptr), R"({"at":192.480113,"kind":"stateChanged",)"
                                   R"("data":{"table":"stock","key":"PROD-001","value":"paid"}})");
}

void TestRecordJson::unknownMessageLeavesWhatTheRecordHolds() {
    compare(line(recordOf(RecordKind::published, 77, m_source, m_type), &m_messages),
            R"({"at":192.480113,"kind":"published","ordinal":77,"type":"order.created",)"
            R"("channel":"orders","service":"order-service"})");
}

void TestRecordJson::attributesAreFetchedOncePerBunch() {
    m_messages.asked = 0;
    RecordJson json(*m_catalogue, &m_messages);
    std::string out;
    for (int i = 0; i < 10; ++i)
        json.append(out, recordOf(RecordKind::acked, 1 + static_cast<Ordinal>(i % 2), m_worker, m_type));
    QCOMPARE(m_messages.asked, 2);
}

void TestRecordJson::cloudEventHasItsAttributes() {
    compare(m_messages.messages[1].cloudEvent().canonical(),
            R"({"specversion":"1.0","id":"m-1","source":"order-service","type":"order.created",)"
            R"("subject":"ORD-\"1\"","time":"1970-01-02T01:01:01.05Z","datacontenttype":"application/json",)"
            R"("version":"1.0","partitionkey":"u-7","correlationid":"m-1",)"
            R"("data":{"orderId":"ORD-1","totalAmount":99.5}})");
    compare(m_messages.messages[2].cloudEvent().canonical(),
            R"({"specversion":"1.0","id":"m-2","source":"inventory-service","type":"inventory.updated",)"
            R"("time":"1970-01-01T00:00:00Z","routingkey":"stock","correlationid":"m-1","causationid":"m-1"})");
}

void TestRecordJson::expressionSeesMessageAndRecord() {
    RecordSubject subject(*m_catalogue, &m_messages);
    Record record = recordOf(RecordKind::started, 1, m_worker, m_type);
    record.attempt = 2;
    record.value = 250'000'000;
    subject.set(record);
    for (const char* text :
         {"kind = 'started' AND channel = 'inventory' AND service = 'inventory-service'", "instance = 2", "attempt > 1",
          "latency = 250ms", "at > 192s", "ordinal = 1", "type = 'order.created'", "source LIKE 'order-%'",
          "data.totalAmount = 99.5", "data.orderId = 'ORD-1'", "EXISTS subject AND NOT EXISTS causationid",
          "NOT EXISTS reason AND NOT EXISTS offset", "version = '1.0'", "time = '1970-01-02T01:01:01.05Z'"})
        QVERIFY2(holds(text, subject), text);
    record.ordinal = 2;
    record.kind = RecordKind::failed;
    record.reason = m_catalogue->addReason("insufficient_stock");
    subject.set(record);
    QVERIFY(holds("reason = 'insufficient_stock' AND causationid = 'm-1' AND routingkey = 'stock'", subject));
    QVERIFY(!holds("data.totalAmount = 99.5", subject));
}

void TestRecordJson::expressionSeesFiguresAndState() {
    Picture picture;
    const auto fold = [&](RecordKind kind, Duration at, std::int64_t value, std::uint32_t extra, ReasonId reason = {}) {
        Record record = recordOf(kind, 1, m_worker, m_type);
        record.at = SimTime{at};
        record.value = value;
        record.extra = extra;
        record.reason = reason;
        picture.apply(record, *m_catalogue);
    };
    const std::uint32_t stock = m_catalogue->addStateSlot(m_service, "stock", "PROD-001");
    const std::uint32_t order = m_catalogue->addStateSlot(m_service, "orders", "ORD-1");
    fold(RecordKind::enqueued, 0s, -1, 0);
    fold(RecordKind::enqueued, 0s, -1, 0);
    fold(RecordKind::stateChanged, 1s, 40, stock);
    fold(RecordKind::stateChanged, 1s, 0, order, m_catalogue->addReason("reserved"));
    RecordSubject subject(*m_catalogue, &m_messages);
    subject.set(recordOf(RecordKind::stopped, 0, PlaceId::none(), EventTypeId::none()), &picture);
    for (const char* text :
         {"metric('channel', 'inventory', 'depth') = 2", "metric('channel', 'inventory', 'depthMean') = 2",
          "metric('run', '', 'copies') = 2", "state('inventory-service', 'stock', 'PROD-001') = 40",
          "state('inventory-service', 'orders', 'ORD-1') = 'reserved'"})
        QVERIFY2(holds(text, subject), text);
    QVERIFY(!holds("metric('channel', 'inventory', 'waitP99') > 1s", subject));
    QVERIFY(!holds("state('inventory-service', 'stock', 'PROD-002') = 0", subject));
    // A slot that was added later is found, too.
    const std::uint32_t later = m_catalogue->addStateSlot(m_service, "stock", "PROD-002");
    fold(RecordKind::stateChanged, 2s, 7, later);
    QVERIFY(holds("state('inventory-service', 'stock', 'PROD-002') = 7", subject));
}

QTEST_APPLESS_MAIN(TestRecordJson)
#include "tst_record_json.moc"
