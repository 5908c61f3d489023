// The subscription index against matching pattern by pattern, on patterns and keys drawn at random.
#include "core/broker/subscription_index.h"
#include "core/kernel/random.h"

#include <QTest>

using namespace weir;

class TestSubscriptionIndex : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void findsWhatMatchingOneByOneFinds_data();
    void findsWhatMatchingOneByOneFinds();
    void severalHashesCostNoMoreThanNodesTimesWords();
    void aPatternAddedTwiceIsFoundTwice();
};

void TestSubscriptionIndex::findsWhatMatchingOneByOneFinds_data() {
    QTest::addColumn<int>("dialect");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("separator");
    QTest::newRow("rabbitmq-topic")
        << static_cast<int>(DialectKind::rabbitmqTopic)
        << "a b c  * # a* b a-word-that-is-longer-than-twenty-bytes another-word-that-is-longer-than-twenty"
        << ".";
    QTest::newRow("rabbitmq-direct") << static_cast<int>(DialectKind::rabbitmqDirect) << "a b c  *"
                                     << ".";
    QTest::newRow("mqtt") << static_cast<int>(DialectKind::mqtt) << "a b c  + # $s $share"
                          << "/";
    QTest::newRow("nats") << static_cast<int>(DialectKind::nats) << "a b c * > a* b"
                          << ".";
}

void TestSubscriptionIndex::findsWhatMatchingOneByOneFinds() {
    QFETCH(int, dialect);
    QFETCH(QString, words);
    QFETCH(QString, separator);
    const Dialect in{static_cast<DialectKind>(dialect), {}};
    const QStringList vocabulary = words.split(' ');
    const Stream draws(1, "patterns");
    const auto text = [&](std::uint64_t ordinal, std::uint64_t purpose, std::size_t most) {
        Draw draw = draws.draw(ordinal, purpose);
        QStringList chosen;
        for (std::uint64_t count = 1 + draw.below(most); count > 0; --count)
            chosen << vocabulary[static_cast<qsizetype>(draw.below(static_cast<std::uint64_t>(vocabulary.size())))];
        return chosen.join(separator).toStdString();
    };
    std::vector<Pattern> patterns;
    SubscriptionIndex index(in.kind);
    for (std::uint64_t i = 0; patterns.size() < 400; ++i) {
        const auto pattern = Pattern::compile(in, std::string_view(text(i, 0, 5)));
        if (!pattern)
            continue;
        if (const auto pieces = pattern->words())
            index.add(*pieces, static_cast<std::uint32_t>(patterns.size()));
        patterns.push_back(*pattern);
    }
    SubscriptionIndex::Scratch scratch;
    std::size_t found = 0;
    for (std::uint64_t i = 0; i < 3000; ++i) {
        const std::string key = i == 0 ? std::string() : text(i, 1, 6);
        std::vector<std::uint32_t> expected, got;
        for (std::uint32_t id = 0; id < patterns.size(); ++id)
            if (patterns[id].matches(std::string_view(key)))
                expected.push_back(id);
        index.match(key, scratch, got);
        std::sort(got.begin(), got.end());
        QVERIFY2(got == expected, key.c_str());
        found += got.size();
    }
    QVERIFY(found > 1000);
}

void TestSubscriptionIndex::severalHashesCostNoMoreThanNodesTimesWords() {
    SubscriptionIndex index(DialectKind::rabbitmqTopic);
    std::size_t nodes = 1;
    std::string text = "#";
    for (std::uint32_t i = 0; i < 15; ++i, text += ".a.#", nodes += 2)
        index.add(*Pattern::compile({}, std::string_view(text))->words(), i);
    std::string key = "a";
    for (int i = 0; i < 30; ++i)
        key += ".a";
    SubscriptionIndex::Scratch scratch;
    std::vector<std::uint32_t> ids;
    index.match(key, scratch, ids);
    QCOMPARE(ids.size(), std::size_t{15});
    QVERIFY2(scratch.steps <= nodes * 31, qPrintable(QString::number(scratch.steps)));
}

void TestSubscriptionIndex::aPatternAddedTwiceIsFoundTwice() {
    SubscriptionIndex index(DialectKind::rabbitmqDirect);
    const std::vector<PatternWord> word{{PatternWord::Kind::literal, "a"}};
    index.add(word, 1);
    index.add(word, 2);
    SubscriptionIndex::Scratch scratch;
    std::vector<std::uint32_t> ids;
    index.match("a", scratch, ids);
    index.match("b", scratch, ids);
    QCOMPARE(ids, (std::vector<std::uint32_t>{1, 2}));
}

QTEST_APPLESS_MAIN(TestSubscriptionIndex)
#include "tst_subscription_index.moc"
