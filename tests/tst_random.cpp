// Random streams: that draws depend on their place alone, and that they look like chance along every axis of the place.
// Seeds are fixed; the bounds are such that a good generator fails one of them about once in 100,000 seeds.
#include "core/kernel/random.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <functional>
#include <set>
#include <vector>

using namespace weir;

namespace {

// The ways in which one draw follows another.
struct Axis {
    const char* name;
    std::function<std::uint64_t(std::uint64_t)> bits;
};
std::vector<Axis> axes() {
    const Stream stream(42, "axis");
    Draw sequence = stream.draw(1);
    std::vector<Stream> named, seeded;
    for (std::uint64_t i = 0; i < 65'536; ++i) {
        named.emplace_back(42, "service-" + std::to_string(i));
        seeded.emplace_back(i, "axis");
    }
    return {{"index", [sequence](std::uint64_t) mutable { return sequence.bits(); }},
            {"ordinal", [stream](std::uint64_t i) { return stream.draw(i).bits(); }},
            {"attempt", [stream](std::uint64_t i) { return stream.draw(9, i).bits(); }},
            {"name", [named](std::uint64_t i) { return named[i % 65'536].draw(i / 65'536).bits(); }},
            {"seed", [seeded](std::uint64_t i) { return seeded[i % 65'536].draw(i / 65'536).bits(); }},
            {"replication", [](std::uint64_t i) { return Stream(deriveSeed(7, i), "axis").draw(0).bits(); }}};
}

double unit(std::uint64_t bits) {
    return static_cast<double>(bits >> 11) * 0x1p-53;
}

} // namespace

class TestRandom : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void drawDependsOnItsPlaceAlone();
    void valuesAreTheSameForEver();
    void uniformIsOpenAndHas53Bits();
    void everyAxisIsUniform();
    void everyAxisIsSeriallyIndependent();
    void neighbouringStreamsAreIndependent();
    void everyInputBitChangesHalfOfTheOutput();
    void belowIsUnbiased();
    void placesDoNotCollide();
    void replicationZeroIsTheSeedItself();
    void hashDependsOnEveryByteAndOnTheLength();
};

void TestRandom::drawDependsOnItsPlaceAlone() {
    const Stream arrivals(7, "order-service/arrivals");
    Draw draw = arrivals.draw(17, 2);
    const std::uint64_t first = draw.bits();
    const std::uint64_t second = draw.bits();
    const Stream other(7, "fault");
    Draw(other.draw(17, 2)).bits();
    Draw again = Stream(7, "order-service/arrivals").draw(17, 2);
    QCOMPARE(again.bits(), first);
    QCOMPARE(again.bits(), second);
    QVERIFY(first != second);
    QVERIFY(other.draw(17, 2).bits() != first);
    QVERIFY(arrivals.draw(17, 1).bits() != first);
    QVERIFY(Stream(8, "order-service/arrivals").draw(17, 2).bits() != first);
}

// Computed by an independent transcription of the definitions in Python; a change of these changes every run.
void TestRandom::valuesAreTheSameForEver() {
    QCOMPARE(mix64(1), 0x23085D6F7A569905u);
    QCOMPARE(hash64(""), 0xA4DDF4022EA4AC0Bu);
    QCOMPARE(hash64("order-service/arrivals"), 0xFBE027C24B13BA4Cu);
    QCOMPARE(deriveSeed(7, 3), 0x9252EC76FE368692u);
    Draw draw = Stream(7, "order-service/arrivals").draw(17, 2);
    QCOMPARE(draw.bits(), 0x93C3FFDDACEDDFC3u);
    QCOMPARE(draw.bits(), 0x58F5AC81581B6554u);
}

void TestRandom::uniformIsOpenAndHas53Bits() {
    const Stream stream(1, "uniform");
    bool odd = false;
    for (std::uint64_t i = 0; i < 1'000'000; ++i) {
        const double number = stream.draw(i).uniform();
        QVERIFY(number > 0 && number < 1);
        odd = odd || std::fmod(number * 0x1p53, 2) == 1;
    }
    QVERIFY(odd);
}

void TestRandom::everyAxisIsUniform() {
    constexpr int count = 1 << 20;
    for (const Axis& axis : axes()) {
        std::vector<int> upper(256), lower(256);
        std::vector<int> ones(64);
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t bits = axis.bits(i);
            ++upper[bits >> 56];
            ++lower[bits & 255];
            for (int bit = 0; bit < 64; ++bit)
                ones[static_cast<std::size_t>(bit)] += static_cast<int>(bits >> bit & 1);
        }
        for (const std::vector<int>* cells : {&upper, &lower}) {
            double chiSquare = 0;
            for (const int seen : *cells)
                chiSquare += std::pow(seen - count / 256.0, 2) / (count / 256.0);
            // 255 degrees of freedom: mean 255, standard deviation 22.6.
            QVERIFY2(chiSquare > 160 && chiSquare < 370, axis.name);
        }
        for (const int seen : ones) // standard deviation 512
            QVERIFY2(std::abs(seen - count / 2) < 2'600, axis.name);
    }
}

void TestRandom::everyAxisIsSeriallyIndependent() {
    constexpr int count = 1 << 20;
    for (const Axis& axis : axes()) {
        std::vector<double> numbers;
        for (std::uint64_t i = 0; i < count; ++i)
            numbers.push_back(unit(axis.bits(i)));
        for (const std::size_t lag : {1u, 2u, 3u, 7u, 64u, 1024u}) {
            double sum = 0;
            for (std::size_t i = 0; i + lag < numbers.size(); ++i)
                sum += (numbers[i] - 0.5) * (numbers[i + lag] - 0.5);
            // Correlation has standard deviation 2^-10.
            QVERIFY2(std::fabs(sum * 12 / count) < 5 * 0x1p-10, axis.name);
        }
        // Pairs on a 64 x 64 board: 4095 degrees of freedom, standard deviation 90.5.
        std::vector<int> board(64 * 64);
        for (std::size_t i = 0; i + 1 < numbers.size(); i += 2)
            ++board[static_cast<std::size_t>(numbers[i] * 64) * 64 + static_cast<std::size_t>(numbers[i + 1] * 64)];
        double chiSquare = 0;
        for (const int seen : board)
            chiSquare += std::pow(seen - 128.0, 2) / 128.0;
        QVERIFY2(std::fabs(chiSquare - 4095) < 450, axis.name);
    }
}

void TestRandom::neighbouringStreamsAreIndependent() {
    const Stream left(42, "service-1"), right(42, "service-2"), seed(43, "service-1");
    constexpr std::uint64_t count = 1 << 20;
    double names = 0, seeds = 0, attempts = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const double number = left.draw(i).uniform() - 0.5;
        names += number * (right.draw(i).uniform() - 0.5);
        seeds += number * (seed.draw(i).uniform() - 0.5);
        attempts += number * (left.draw(i, 1).uniform() - 0.5);
    }
    for (const double sum : {names, seeds, attempts})
        QVERIFY(std::fabs(sum * 12 / count) < 5 * 0x1p-10);
}

void TestRandom::everyInputBitChangesHalfOfTheOutput() {
    const Stream stream(3, "avalanche");
    constexpr int trials = 4'096;
    for (int bit = 0; bit < 64; ++bit) {
        int ordinalFlips = 0, attemptFlips = 0, hashFlips = 0;
        for (std::uint64_t i = 0; i < trials; ++i) {
            const std::uint64_t place = stream.draw(i, 5).bits();
            const std::uint64_t flipped = place ^ std::uint64_t{1} << bit;
            ordinalFlips += std::popcount(stream.draw(place).bits() ^ stream.draw(flipped).bits());
            attemptFlips += std::popcount(stream.draw(1, place).bits() ^ stream.draw(1, flipped).bits());
            const std::string_view before(reinterpret_cast<const char*>(&place), 8);
            const std::string_view after(reinterpret_cast<const char*>(&flipped), 8);
            hashFlips += std::popcount(hash64(before) ^ hash64(after));
        }
        // 262,144 flips possible, 131,072 expected, standard deviation 256.
        for (const int flips : {ordinalFlips, attemptFlips, hashFlips})
            QVERIFY2(std::abs(flips - trials * 32) < 1'500, qPrintable(QString("bit %1: %2").arg(bit).arg(flips)));
    }
}

void TestRandom::belowIsUnbiased() {
    const Stream stream(5, "below");
    std::vector<int> seen(7);
    for (std::uint64_t i = 0; i < 700'000; ++i)
        ++seen[stream.draw(i).below(7)];
    for (const int count : seen) // standard deviation 293
        QVERIFY(std::abs(count - 100'000) < 1'500);
    // A bound of 3/4 of the range: without the correction a third of the values would come twice as often.
    const std::uint64_t bound = std::uint64_t{3} << 62;
    int lowHalf = 0;
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        const std::uint64_t number = stream.draw(i, 1).below(bound);
        QVERIFY(number < bound);
        lowHalf += number % 3 == 0;
    }
    QVERIFY(std::abs(lowHalf - 33'333) < 750);
    QCOMPARE(stream.draw(1).below(1), 0u);
}

void TestRandom::placesDoNotCollide() {
    const Stream stream(9, "places");
    std::set<std::uint64_t> seen;
    for (std::uint64_t ordinal = 0; ordinal < 4'000; ++ordinal)
        for (std::uint64_t attempt = 0; attempt < 8; ++attempt) {
            Draw draw = stream.draw(ordinal, attempt);
            for (int index = 0; index < 8; ++index)
                seen.insert(draw.bits());
        }
    QCOMPARE(seen.size(), std::size_t{4'000 * 8 * 8});
}

void TestRandom::replicationZeroIsTheSeedItself() {
    QCOMPARE(deriveSeed(1234, 0), 1234u);
    std::set<std::uint64_t> seeds;
    for (std::uint64_t seed = 0; seed < 100; ++seed)
        for (std::uint64_t replication = 0; replication < 1'000; ++replication)
            seeds.insert(deriveSeed(seed, replication));
    QCOMPARE(seeds.size(), std::size_t{100'000});
}

void TestRandom::hashDependsOnEveryByteAndOnTheLength() {
    std::set<std::uint64_t> seen;
    std::string text;
    std::size_t made = 0;
    for (int length = 0; length < 40; ++length) {
        seen.insert(hash64(text)); // zeros only: the length alone differs
        ++made;
        for (std::size_t i = 0; i < text.size(); ++i)
            for (const char byte : {'\1', '\x80'}) {
                std::string changed = text;
                changed[i] = byte;
                seen.insert(hash64(changed));
                ++made;
            }
        text.push_back('\0');
    }
    QCOMPARE(seen.size(), made);
    QVERIFY(hash64("b", hash64("a")) != hash64("a", hash64("b")));
}

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
