// The recorder and its readers: Pictures of any instant, eviction, look-ups, and reading beside a writing thread.
#include "core/kernel/hash.h"
#include "core/record/record_reader.h"
#include "core/record/recorder.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace weir;

class TestRecorder : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void pictureOfAnyIndexIsTheFoldOverAllRecordsBefore();
    void pictureSurvivesTheEvictionOfItsKeyframe();
    void wholeChunksAreEvictedAndCounted();
    void readerKeepsWhatItLooksAt();
    void publishedRecordIsFoundByOrdinal();
    void timeIsSearched();
    void nothingIsKeptWhereNothingIsWanted();
    void fingerprintDoesNotDependOnWhatIsKept();
    void readerBesideAWriterSeesOnlyWholeRecords();
    void aStretchIsToldOfAsAWholeWhenItEnds();
    void anotherThreadFoldsTheSame_data();
    void anotherThreadFoldsTheSame();
    void manyPlacesAreFoldedTheSame();
};

namespace {

constexpr std::uint64_t chunk = RecordChunk::capacity;

// Records of a queue that goes up and down, made up by a counter: some kinds, a few places, a state slot now and then.
struct Story {
    std::shared_ptr<Catalogue> catalogue = std::make_shared<Catalogue>();
    PlaceId queue, worker;
    EventTypeId type;
    std::uint32_t slots = 0;

    explicit Story(std::uint32_t stateSlots = 1) : slots(stateSlots) {
        const ChannelId channel = catalogue->addChannel({.name = "queue"});
        const ServiceId service = catalogue->addService({.name = "worker", .instances = 1, .workers = 3});
        Place place;
        place.channel = channel;
        place.subscription = catalogue->addSubscription({.name = "queue", .channel = channel, .service = service});
        queue = catalogue->addPlace(place);
        place.service = service;
        place.instance = 0;
        worker = catalogue->addPlace(place);
        type = catalogue->addEventType("job", "1.0");
        for (std::uint32_t i = 0; i < slots; ++i)
            catalogue->addStateSlot(service, "stock", "PROD-" + std::to_string(i));
    }
    Record record(std::uint64_t index) const {
        static constexpr std::array kinds{RecordKind::published, RecordKind::routed,      RecordKind::enqueued,
                                          RecordKind::delivered, RecordKind::started,     RecordKind::finished,
                                          RecordKind::acked,     RecordKind::stateChanged};
        Record made;
        made.kind = kinds[index % kinds.size()];
        made.at = SimTime{Duration{static_cast<std::int64_t>(index) * 1000}};
        made.ordinal = index / kinds.size() + 1;
        made.value = static_cast<std::int64_t>(mix64(index) >> 40);
        made.place = made.kind < RecordKind::delivered ? queue : worker;
        made.type = type;
        made.bits = made.kind == RecordKind::started ? Record::bitsOf(CopyState::inFlight) : std::uint8_t{0};
        if (made.kind == RecordKind::published)
            made.value = 0;
        if (made.kind == RecordKind::enqueued)
            made.value = -1;
        if (made.kind == RecordKind::stateChanged)
            made.extra = slots - 1 - static_cast<std::uint32_t>(mix64(index) % slots) / 2;
        return made;
    }
    void tell(Recorder& recorder, std::uint64_t from, std::uint64_t to) const {
        for (std::uint64_t index = from; index < to; ++index)
            recorder.append(record(index), mix64(index));
    }
};

} // namespace

void TestRecorder::pictureOfAnyIndexIsTheFoldOverAllRecordsBefore() {
    const Story story;
    Recorder recorder(story.catalogue);
    const std::uint64_t end = 2 * chunk + 4001;
    story.tell(recorder, 0, end);
    RecordReader forwards(recorder.store()), jumping(recorder.store());
    QCOMPARE(forwards.first(), 0u);
    QCOMPARE(forwards.end(), end);
    Picture fold;
    for (std::uint64_t index = 0; index <= end; ++index) {
        const bool atABorder = index % chunk < 3 || index % chunk > chunk - 3 || index == end;
        if (atABorder || index % 4093 == 0) {
            QVERIFY2(forwards.picture(index) == fold, qPrintable(QString::number(index)));
            jumping.picture(mix64(index) % end);
            QVERIFY2(jumping.picture(index) == fold, qPrintable(QString::number(index)));
        }
        if (index < end)
            fold.apply(story.record(index), *story.catalogue);
    }
    QVERIFY(recorder.head() == fold);
    QVERIFY(fold.ledger().closed());
    QCOMPARE(fold.ledger().copies.acked, static_cast<std::int64_t>(end / 8));
}

void TestRecorder::pictureSurvivesTheEvictionOfItsKeyframe() {
    // So much state that a keyframe is worth its room only at every other chunk.
    const Story story(50'000);
    Recorder recorder(story.catalogue, {2 * chunk});
    story.tell(recorder, 0, 5 * chunk + 10);
    std::size_t keyframes = 0;
    for (const RecordStore::Entry& entry : recorder.store()->entries())
        keyframes += entry.keyframe ? 1 : 0;
    RecordReader reader(recorder.store());
    QCOMPARE(reader.first(), 4 * chunk);
    QVERIFY(keyframes >= 1);
    Picture fold;
    for (std::uint64_t index = 0; index < reader.first(); ++index)
        fold.apply(story.record(index), *story.catalogue);
    QVERIFY(reader.picture(reader.first()) == fold);
    for (std::uint64_t index = reader.first(); index < reader.end(); ++index)
        fold.apply(story.record(index), *story.catalogue);
    QVERIFY(reader.picture(reader.end()) == fold);
}

void TestRecorder::wholeChunksAreEvictedAndCounted() {
    const Story story;
    Recorder recorder(story.catalogue, {3 * chunk + 7});
    story.tell(recorder, 0, 3 * chunk);
    QCOMPARE(recorder.evicted(), 0u);
    story.tell(recorder, 3 * chunk, 3 * chunk + 1);
    QCOMPARE(recorder.evicted(), chunk);
    story.tell(recorder, 3 * chunk + 1, 10 * chunk);
    QCOMPARE(recorder.evicted(), 7 * chunk);
    QVERIFY(recorder.memoryBytes() < 4 * chunk * sizeof(Record));
    RecordReader reader(recorder.store());
    QCOMPARE(reader.first(), 7 * chunk);
    QCOMPARE(reader.at(reader.first()).at, story.record(7 * chunk).at);
    QCOMPARE(recorder.head().index(), 10 * chunk);
}

void TestRecorder::readerKeepsWhatItLooksAt() {
    const Story story;
    auto recorder = std::make_unique<Recorder>(story.catalogue, Recorder::Options{2 * chunk});
    story.tell(*recorder, 0, 100);
    RecordReader reader(recorder->store());
    story.tell(*recorder, 100, 6 * chunk);
    QCOMPARE(reader.end(), 100u);
    QCOMPARE(reader.from(98).size(), 2u);
    QVERIFY(reader.from(100).empty());
    QCOMPARE(reader.at(99).at, story.record(99).at);
    QCOMPARE(reader.picture(100).index(), 100u);
    recorder.reset();
    QCOMPARE(reader.at(7).at, story.record(7).at);
    QVERIFY(reader.refresh());
    QCOMPARE(reader.first(), 4 * chunk);
    QVERIFY(!reader.refresh());
    QCOMPARE(reader.picture(reader.end()).index(), 6 * chunk);
}

void TestRecorder::publishedRecordIsFoundByOrdinal() {
    const Story story;
    Recorder recorder(story.catalogue, {2 * chunk});
    story.tell(recorder, 0, 3 * chunk + 9);
    const RecordReader reader(recorder.store());
    QCOMPARE(reader.first(), 2 * chunk);
    for (Ordinal ordinal = 1; ordinal <= (3 * chunk + 16) / 8; ++ordinal) {
        const std::optional<std::uint64_t> index = reader.publishedIndex(ordinal);
        const std::uint64_t expected = (ordinal - 1) * 8;
        if (expected < reader.first())
            QVERIFY(!index);
        else
            QCOMPARE(*index, expected);
    }
    QCOMPARE(reader.published(2 * chunk / 8 + 1)->kind, RecordKind::published);
    QVERIFY(!reader.published((3 * chunk + 9) / 8 + 2));
    QVERIFY(!reader.published(0));
}

void TestRecorder::timeIsSearched() {
    const Story story;
    Recorder recorder(story.catalogue, {2 * chunk});
    QCOMPARE(RecordReader(recorder.store()).indexAt(SimTime{1s}), 0u);
    story.tell(recorder, 0, 3 * chunk);
    const RecordReader reader(recorder.store()); // record i is at i microseconds
    QCOMPARE(reader.indexAt(SimTime{}), chunk);
    QCOMPARE(reader.indexAt(SimTime{100'000us}), 100'000u);
    QCOMPARE(reader.indexAt(SimTime{100'000us + 1ns}), 100'001u);
    QCOMPARE(reader.indexAt(SimTime{1us * (2 * chunk)}), 2 * chunk);
    QCOMPARE(reader.indexAt(SimTime{1us * (2 * chunk - 1) + 1ns}), 2 * chunk);
    QCOMPARE(reader.indexAt(SimTime{1h}), 3 * chunk);
}

void TestRecorder::nothingIsKeptWhereNothingIsWanted() {
    const Story story;
    Recorder recorder(story.catalogue, {0});
    story.tell(recorder, 0, 1000);
    QVERIFY(!recorder.store());
    QCOMPARE(recorder.head().index(), 1000u);
    QCOMPARE(recorder.evicted(), 1000u);
    RecordReader reader(recorder.store());
    QVERIFY(!reader.refresh());
    QCOMPARE(reader.end(), 0u);
    QVERIFY(!reader.published(1));
}

void TestRecorder::fingerprintDoesNotDependOnWhatIsKept() {
    const Story story;
    Recorder all(story.catalogue), few(story.catalogue, {2 * chunk}), none(story.catalogue, {0});
    const std::uint64_t fresh = none.fingerprint();
    for (Recorder* recorder : {&all, &few, &none})
        story.tell(*recorder, 0, 3 * chunk + 5);
    QVERIFY(all.fingerprint() != fresh);
    QCOMPARE(few.fingerprint(), all.fingerprint());
    QCOMPARE(none.fingerprint(), all.fingerprint());
}

void TestRecorder::readerBesideAWriterSeesOnlyWholeRecords() {
    const auto catalogue = std::make_shared<Catalogue>();
    Recorder recorder(catalogue, {2 * chunk});
    const auto store = recorder.store();
    constexpr std::uint64_t total = 6 * chunk;
    std::atomic<bool> wrong = false;
    std::atomic<std::uint64_t> rounds = 0;
    std::thread reading([&] {
        RecordReader reader(store);
        do { // at least once: the writer may be through before this thread begins
            reader.refresh();
            const std::uint64_t end = reader.end();
            for (std::uint64_t index = std::max(reader.first(), end - std::min<std::uint64_t>(end, 500)); index < end;)
                for (const Record& record : reader.from(index)) {
                    if (record.ordinal != index + 1 || record.at != SimTime{Duration{static_cast<std::int64_t>(index)}})
                        wrong = true;
                    ++index;
                }
            const Picture& picture = reader.picture(end);
            if (picture.index() != end || picture.ledger().messages.published != static_cast<std::int64_t>(end))
                wrong = true;
            if (end > reader.first() && reader.publishedIndex(end) != std::optional(end - 1))
                wrong = true;
            ++rounds;
        } while (reader.end() < total && !wrong);
    });
    for (std::uint64_t index = 0; index < total; ++index) {
        Record record;
        record.at = SimTime{Duration{static_cast<std::int64_t>(index)}};
        record.ordinal = index + 1;
        recorder.append(record);
    }
    reading.join();
    QVERIFY(!wrong);
    QVERIFY(rounds > 0);
}

void TestRecorder::aStretchIsToldOfAsAWholeWhenItEnds() {
    const Story story;
    Recorder one(story.catalogue), many(story.catalogue);
    const std::uint64_t end = chunk + 321;
    story.tell(one, 0, end);
    for (std::uint64_t from = 0; from < end; from += 777) {
        const Recorder::Stretch stretch(many);
        story.tell(many, from, std::min(from + 777, end));
    }
    QVERIFY(many.head() == one.head());
    QCOMPARE(many.fingerprint(), one.fingerprint());
    RecordReader reader(many.store());
    QCOMPARE(reader.end(), end);
    QVERIFY(reader.picture(chunk + 5) == RecordReader(one.store()).picture(chunk + 5));
}

void TestRecorder::anotherThreadFoldsTheSame_data() {
    QTest::addColumn<quint64>("stretch");
    QTest::newRow("one at a time") << quint64{1};
    QTest::newRow("less than a block") << quint64{900};
    QTest::newRow("a block and a little") << quint64{1030};
    QTest::newRow("more than may be on its way") << quint64{200'000};
}

void TestRecorder::anotherThreadFoldsTheSame() {
    QFETCH(quint64, stretch);
    const Story story;
    const std::uint64_t end = stretch == 1 ? 3'000 : 5 * chunk + 99;
    Recorder here(story.catalogue, {.recordsMax = 3 * chunk}),
        there(story.catalogue, {.recordsMax = 3 * chunk, .ownThread = true});
    story.tell(here, 0, end);
    for (std::uint64_t from = 0; from < end; from += stretch) {
        {
            const Recorder::Stretch together(there);
            story.tell(there, from, std::min<std::uint64_t>(from + stretch, end));
        }
        QCOMPARE(there.head().index(), std::min<std::uint64_t>(from + stretch, end));
    }
    QVERIFY(there.head() == here.head());
    QCOMPARE(there.fingerprint(), here.fingerprint());
    QCOMPARE(there.evicted(), here.evicted());
    const Recorder moved = std::move(there); // the thread goes along
    RecordReader reader(moved.store());
    QVERIFY(reader.picture(end) == here.head());
}

// What is far is asked for ahead; that changes nothing.
void TestRecorder::manyPlacesAreFoldedTheSame() {
    const Story story;
    Place place = story.catalogue->place(story.worker);
    std::vector<PlaceId> places;
    for (std::uint16_t i = 1; i < 900; ++i) {
        place.channel = story.catalogue->addChannel({.name = "queue " + std::to_string(i)});
        place.subscription = story.catalogue->addSubscription({.name = "queue", .channel = place.channel});
        place.instance = static_cast<std::uint16_t>(i % 5);
        places.push_back(story.catalogue->addPlace(place));
    }
    Recorder recorder(story.catalogue, {.recordsMax = 0});
    Picture fold;
    Fingerprint fingerprint;
    constexpr std::uint64_t end = 60'000;
    for (std::uint64_t from = 0; from < end; from += 6'000) {
        const Recorder::Stretch stretch(recorder);
        for (std::uint64_t index = from; index < from + 6'000; ++index) {
            Record record = story.record(index);
            record.place = index % 50 == 0 ? PlaceId::none() : places[mix64(record.ordinal) % places.size()];
            recorder.append(record, mix64(index));
            fold.apply(record, *story.catalogue);
            fingerprint.add(record, *story.catalogue, mix64(index));
        }
    }
    QVERIFY(recorder.head() == fold);
    QCOMPARE(recorder.fingerprint(), fingerprint.value());
}

QTEST_APPLESS_MAIN(TestRecorder)
#include "tst_recorder.moc"
