// Fingerprints: the same story gives the same number whatever its handles are; any other fact gives another one.
#include "core/record/fingerprint.h"

#include <QTest>

#include <functional>
#include <set>

using namespace weir;

class TestFingerprint : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void numberingOfNamesDoesNotMatter();
    void everyFactMatters();
    void everyNameMatters();
    void channelInAValueCountsByItsName();
    void emitSiteOfAPublishedMessageDoesNotMatter();
    void orderMatters();
    void valueIsGolden();
    void childrenAreCombinedInTheirOrder();
};

namespace {

Place placeOf(ChannelId channel, ServiceId service = {}, std::uint16_t instance = Place::noIndex,
              std::uint16_t partition = Place::noIndex) {
    Place place;
    place.channel = channel;
    place.service = service;
    place.instance = instance;
    place.partition = partition;
    return place;
}

// The names of a small system, given numbers in one order or in the other.
struct Names {
    Catalogue catalogue;
    ChannelId orders, queue;
    SubscriptionId subscription;
    ServiceId service, other;
    EventTypeId type, otherType;
    ReasonId reason, otherReason;
    PlaceId place;
    std::uint32_t slot = 0;

    explicit Names(bool reversed) {
        const std::vector<std::function<void()>> steps{
            [&] { orders = catalogue.addChannel({.name = "orders", .kind = ChannelKind::topic}); },
            [&] { queue = catalogue.addChannel({.name = "queue"}); },
            [&] { service = catalogue.addService({.name = "worker"}); },
            [&] { other = catalogue.addService({.name = "other"}); },
            [&] { type = catalogue.addEventType("order.created", "1.0"); },
            [&] { otherType = catalogue.addEventType("order.paid", "1.0"); },
            [&] { reason = catalogue.addReason("rejected"); },
            [&] { otherReason = catalogue.addReason("crash"); }};
        if (reversed)
            for (auto step = steps.rbegin(); step != steps.rend(); ++step)
                (*step)();
        else
            for (const auto& step : steps)
                step();
        if (reversed) { // numbers that the other numbering has not
            catalogue.addPlace(placeOf(orders));
            catalogue.addStateSlot(other, "stock", "PROD-000");
        }
        subscription = catalogue.addSubscription({.name = "queue", .channel = queue, .service = service});
        Place work = placeOf(queue, service, 1);
        work.subscription = subscription;
        place = catalogue.addPlace(work);
        slot = catalogue.addStateSlot(service, "stock", "PROD-001");
    }
    Record record(RecordKind kind = RecordKind::retryScheduled) const {
        Record made;
        made.at = SimTime{1500ms};
        made.ordinal = 7;
        made.value = 1000;
        made.place = place;
        made.extra = 3;
        made.type = type;
        made.reason = reason;
        made.attempt = 2;
        made.kind = kind;
        return made;
    }
    std::uint64_t of(const Record& record, std::uint64_t payload = 99) const {
        Fingerprint fingerprint;
        fingerprint.add(record, catalogue, payload);
        return fingerprint.value();
    }
};

} // namespace

void TestFingerprint::numberingOfNamesDoesNotMatter() {
    const Names forwards(false), backwards(true);
    QVERIFY(forwards.orders != backwards.orders);
    QVERIFY(forwards.place != backwards.place);
    QVERIFY(forwards.slot != backwards.slot);
    QCOMPARE(forwards.of(forwards.record()), backwards.of(backwards.record()));
    Record one = forwards.record(RecordKind::enqueued), two = backwards.record(RecordKind::enqueued);
    one.value = forwards.orders.value;
    two.value = backwards.orders.value;
    QCOMPARE(forwards.of(one), backwards.of(two));
    one = forwards.record(RecordKind::stateChanged);
    two = backwards.record(RecordKind::stateChanged);
    one.extra = forwards.slot;
    two.extra = backwards.slot;
    QCOMPARE(forwards.of(one), backwards.of(two));
}

void TestFingerprint::everyFactMatters() {
    const Names names(false);
    const std::vector<std::function<void(Record&)>> changes{
        [](Record&) {},
        [](Record& record) { record.at += 1ns; },
        [](Record& record) { ++record.ordinal; },
        [](Record& record) { ++record.value; },
        [](Record& record) { record.value = -record.value; },
        [](Record& record) { ++record.extra; },
        [](Record& record) { ++record.attempt; },
        [](Record& record) { record.place = {}; },
        [&](Record& record) { record.type = names.otherType; },
        [](Record& record) { record.type = {}; },
        [&](Record& record) { record.reason = names.otherReason; },
        [](Record& record) { record.reason = {}; },
        [](Record& record) { record.kind = RecordKind::acked; },
        [](Record& record) { record.bits = Record::bitsOf(CopyState::ready); }};
    std::set<std::uint64_t> seen;
    for (const auto& change : changes) {
        Record record = names.record();
        change(record);
        seen.insert(names.of(record));
    }
    seen.insert(names.of(names.record(), 98));
    QCOMPARE(seen.size(), changes.size() + 1);
}

void TestFingerprint::everyNameMatters() {
    std::set<std::uint64_t> hashes;
    Catalogue catalogue;
    const ChannelId first = catalogue.addChannel({.name = "a"});
    const ChannelId second = catalogue.addChannel({.name = "b"});
    const ServiceId service = catalogue.addService({.name = "a"});
    const auto add = [&](const Place& place) {
        hashes.insert(catalogue.places()[catalogue.addPlace(place).index()].nameHash);
    };
    add(Place());
    add(placeOf(first));
    add(placeOf(second));
    add(placeOf({}, service));
    add(placeOf(first, {}, 0));
    add(placeOf(first, {}, 1));
    add(placeOf(first, {}, Place::noIndex, 0));
    add(placeOf(first, {}, Place::noIndex, 1));
    QCOMPARE(hashes.size(), 8u);
}

void TestFingerprint::channelInAValueCountsByItsName() {
    const Names names(false);
    Record record = names.record(RecordKind::deadLettered);
    std::set<std::uint64_t> seen;
    for (const std::int64_t value :
         {std::int64_t{-1}, std::int64_t{names.orders.value}, std::int64_t{names.queue.value}}) {
        record.value = value;
        seen.insert(names.of(record));
    }
    QCOMPARE(seen.size(), 3u);
}

void TestFingerprint::emitSiteOfAPublishedMessageDoesNotMatter() {
    const Names names(false);
    Record record = names.record(RecordKind::published);
    const std::uint64_t before = names.of(record);
    record.attempt = 5;
    record.extra = 77;
    QCOMPARE(names.of(record), before);
    record.value = 6; // another cause
    QVERIFY(names.of(record) != before);
}

void TestFingerprint::orderMatters() {
    const Names names(false);
    const Record one = names.record(RecordKind::acked), two = names.record(RecordKind::finished);
    Fingerprint forwards, backwards;
    forwards.add(one, names.catalogue, 0);
    forwards.add(two, names.catalogue, 0);
    backwards.add(two, names.catalogue, 0);
    backwards.add(one, names.catalogue, 0);
    QVERIFY(forwards.value() != backwards.value());
    // The same record twice is not nothing.
    Fingerprint twice;
    twice.add(one, names.catalogue, 0);
    twice.add(one, names.catalogue, 0);
    QVERIFY(twice.value() != Fingerprint().value());
}

// Recorded from a first run: a change of this number means that every fingerprint that was ever written down is void.
void TestFingerprint::valueIsGolden() {
    const Names names(true);
    QCOMPARE(fingerprintText(names.of(names.record())), std::string("310347e65d1b9ebf"));
    QCOMPARE(fingerprintText(0x00000000000000afULL), std::string("00000000000000af"));
}

void TestFingerprint::childrenAreCombinedInTheirOrder() {
    const std::array<std::uint64_t, 2> forwards{1, 2}, backwards{2, 1};
    const std::array<std::uint64_t, 3> longer{1, 2, 0};
    QVERIFY(Fingerprint::combine(forwards) != Fingerprint::combine(backwards));
    QVERIFY(Fingerprint::combine(forwards) != Fingerprint::combine(longer));
    QCOMPARE(Fingerprint::combine(forwards), Fingerprint::combine(std::array<std::uint64_t, 2>{1, 2}));
}

QTEST_APPLESS_MAIN(TestFingerprint)
#include "tst_fingerprint.moc"
