// "Did you mean": close words are found, far ones are left alone.
#include "core/nearest.h"

#include <QTest>

#include <vector>

using namespace weir;

class TestNearest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aSwapADropAndAnExtraLetterAreOneEdit();
    void whatIsFarOffGetsNoSuggestion();
    void ofTwoEquallyNearTheFirstIsTaken();
};

void TestNearest::aSwapADropAndAnExtraLetterAreOneEdit() {
    const std::vector<std::string> verbs{"run", "check", "match"};
    QCOMPARE(nearest("rnu", verbs), "run");
    QCOMPARE(nearest("chek", verbs), "check");
    QCOMPARE(nearest("mattch", verbs), "match");
    QCOMPARE(nearest("match", verbs), "match");
}

void TestNearest::whatIsFarOffGetsNoSuggestion() {
    const std::vector<std::string> verbs{"run", "check", "match"};
    QCOMPARE(nearest("serve", verbs), "");
    QCOMPARE(nearest("", verbs), "");
    QCOMPARE(nearest("x", verbs), "");
    QCOMPARE(nearest(std::string(1000, 'm'), verbs), "");
    QCOMPARE(nearest("run", {}), "");
}

void TestNearest::ofTwoEquallyNearTheFirstIsTaken() {
    const std::vector<std::string> words{"cat", "car"};
    QCOMPARE(nearest("cab", words), "cat");
}

QTEST_APPLESS_MAIN(TestNearest)
#include "tst_nearest.moc"
