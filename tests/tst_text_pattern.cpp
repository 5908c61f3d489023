// Patterns of JSON Schemas: what they find, held against the standard library's search where that may be trusted, in a
// time that grows with the text alone, and what is refused by name.
#include "core/kernel/random.h"
#include "core/schema/text_pattern.h"

#include <QTest>

#include <ctime>
#include <regex>

using namespace weir;

namespace {

bool found(std::string_view pattern, std::string_view text) {
    return TextPattern::compile(pattern).value().foundIn(text);
}

std::string refusal(std::string_view pattern) {
    const auto compiled = TextPattern::compile(pattern);
    return compiled ? std::string() : compiled.error().text();
}

// Small patterns over "ab", without what the standard library's search takes long for, and without places within
// look-arounds, which it takes for texts of their own ("a(?!\b)a" is not found in "aa" there).
class Generator {
  public:
    explicit Generator(std::uint64_t seed) : m_draw(Stream(seed, "test/patterns").draw(0)) {}

    std::string pattern(int depth = 3) {
        switch (m_draw.below(depth > 0 ? 12 : 5)) {
        case 0:
            return "b";
        case 1:
            return m_draw.happens(0.5) ? "[^b]" : "[a-b]";
        case 2:
            return m_draw.happens(0.5) ? "\\w" : ".";
        case 3:
        case 4:
            return "a";
        case 5:
            return "(" + pattern(depth - 1) + "|" + pattern(depth - 1) + ")";
        case 6:
            return "(?:" + pattern(depth - 1) + ")" + repeat();
        case 7:
            if (m_looking)
                return pattern(depth - 1);
            return m_draw.happens(0.5) ? "^" + pattern(depth - 1) : pattern(depth - 1) + "$";
        case 8: {
            const bool outer = std::exchange(m_looking, true);
            const std::string ahead = (m_draw.happens(0.5) ? "(?=" : "(?!") + pattern(depth - 1) + ")";
            m_looking = outer;
            return ahead + pattern(depth - 1);
        }
        case 9:
            if (m_looking)
                return pattern(depth - 1);
            return (m_draw.happens(0.5) ? "\\b" : "\\B") + pattern(depth - 1);
        default:
            return pattern(depth - 1) + pattern(depth - 1);
        }
    }
    std::string text() {
        std::string made;
        for (std::uint64_t i = m_draw.below(8); i > 0; --i)
            made += "ab-"[m_draw.below(3)];
        return made;
    }

  private:
    std::string repeat() {
        constexpr const char* repeats[] = {"*", "+", "?", "*?", "{2}", "{1,}", "{0,2}", "{1,3}?"};
        return repeats[m_draw.below(std::size(repeats))];
    }
    Draw m_draw;
    bool m_looking = false;
};

double cpuSeconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace

class TestTextPattern : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void whatIsFoundIsWhatTheStandardLibraryFinds();
    void aPatternIsFoundAnywhereUnlessItSaysWhere();
    void charactersAreThoseOfUnicode();
    void classesAndEscapesMeanWhatTheyMeanInEcmaScript();
    void whatStandsBeforeAndBehindIsLookedAt();
    void noPatternTakesLongerThanTheTextIsLong();
    void aLongTextTakesNoStack();
    void whatIsNotKnownIsRefusedByName();
};

void TestTextPattern::whatIsFoundIsWhatTheStandardLibraryFinds() {
    int positive = 0;
    for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
        Generator generator(seed);
        const std::string pattern = generator.pattern();
        const std::string text = generator.text();
        const bool expected = std::regex_search(text, std::regex(pattern));
        QVERIFY2(found(pattern, text) == expected, qPrintable(QString::fromStdString(pattern + " in " + text)));
        positive += expected ? 1 : 0;
    }
    QVERIFY2(positive > 4'000 && positive < 16'000, qPrintable(QString::number(positive)));
}

void TestTextPattern::aPatternIsFoundAnywhereUnlessItSaysWhere() {
    QVERIFY(found("b", "abc"));
    QVERIFY(found("", ""));
    QVERIFY(!found("^b", "abc"));
    QVERIFY(found("^$", ""));
    QVERIFY(!found("^$", "\n")); // no lines: "multiline" is off
    QVERIFY(!found("a$", "a\n"));
    QVERIFY(found("^(a|b$)+$", "aab"));
    QVERIFY(!found("(^a|b)$", "ba"));
}

void TestTextPattern::charactersAreThoseOfUnicode() {
    QVERIFY(found("^.$", "é"));
    QVERIFY(found("^.{2}$", "披萨"));
    QVERIFY(found("^[一-龥]+$", "披萨"));
    QVERIFY(!found("^[一-龥]+$", "pizza"));
    QVERIFY(found(R"(^\u62ab)", "披萨"));
    QVERIFY(found(R"(^\u{1F355}$)", "🍕"));
    QVERIFY(found(R"(^\ud83c\udf55$)", "🍕"));
    QVERIFY(found("^🍕?$", "🍕"));
}

void TestTextPattern::classesAndEscapesMeanWhatTheyMeanInEcmaScript() {
    QVERIFY(found(R"(^\d{4}-\d\d$)", "2026-11"));
    QVERIFY(!found(R"(\d)", "٣")); // ASCII's digits alone
    QVERIFY(found(R"(^\s$)", "\xC2\xA0"));
    QVERIFY(!found(R"(\S)", "\xC2\xA0"));
    QVERIFY(found(R"(^[\w.-]+@[\w.-]+$)", "a.b-c@d.e"));
    QVERIFY(found(R"(^[^\d]$)", "x"));
    QVERIFY(found(R"(^[\D]$)", "x"));
    QVERIFY(!found(R"(^[\D]$)", "7"));
    QVERIFY(found(R"(^[a\]b]$)", "]"));
    QVERIFY(found("^[^]$", "x")); // any at all
    QVERIFY(!found("[]", "x"));   // none
    QVERIFY(!found("^.$", "\n"));
    QVERIFY(found(R"(^\x41\cJ\t\/\-$)", "A\n\t/-"));
    QVERIFY(found(R"(^\0$)", std::string_view("\0", 1)));
    QVERIFY(found(R"(^\$\{[a-z]+\}$)", "${name}"));
    QVERIFY(found("^a{,2}$", "a{,2}")); // no count, so it stands for itself
    QVERIFY(found("^(?<year>[0-9]{2,4})$", "2026"));
    QVERIFY(!found("^(?<year>[0-9]{2,4})$", "20267"));
}

void TestTextPattern::whatStandsBeforeAndBehindIsLookedAt() {
    constexpr std::string_view password = R"(^(?=.*[A-Z])(?=.*\d)(?!.*\s).{8,}$)";
    QVERIFY(found(password, "Secret12"));
    QVERIFY(!found(password, "secret12"));
    QVERIFY(!found(password, "Secret 12"));
    QVERIFY(!found(password, "Secre12"));
    QVERIFY(found(R"((?<=\$)\d+)", "$42"));
    QVERIFY(!found(R"((?<=\$)\d+$)", "x42"));
    QVERIFY(found(R"((?<!\$)\b\d+)", "x 42"));
    QVERIFY(!found(R"((?<!\$)\b\d+)", "$42"));
    QVERIFY(found("a(?=b(?!c))", "abcabd"));
    QVERIFY(!found("a(?=b(?!c))", "abcabc"));
}

// Each of them takes the standard library's search longer than anybody lives.
void TestTextPattern::noPatternTakesLongerThanTheTextIsLong() {
    for (const char* const pattern : {"(a+)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a|aa)+$", "^(a?){50}a{50}$", "(a*)*b",
                                      "^(?=(a+)+$)", "(.*a){20}$"}) {
        const TextPattern compiled = TextPattern::compile(pattern).value();
        const auto seconds = [&](std::size_t length) {
            const std::string text = std::string(length, 'a') + "!";
            const double before = cpuSeconds();
            const bool is = compiled.foundIn(text);
            const double took = cpuSeconds() - before;
            return is ? -1 : took;
        };
        const double once = seconds(20'000);
        const double fourTimes = seconds(80'000);
        QVERIFY2(once >= 0 && fourTimes >= 0, pattern);
        QVERIFY2(fourTimes < 12 * std::max(once, 0.001), pattern); // in proportion: 4; the square of it: 16
    }
}

void TestTextPattern::aLongTextTakesNoStack() {
    const std::string text(3'000'000, 'a');
    QVERIFY(found("^[a-z]*$", text));
    QVERIFY(found("^(a|b)*$", text));
    QVERIFY(!found("^([a-z])*[0-9]$", text));
}

void TestTextPattern::whatIsNotKnownIsRefusedByName() {
    QCOMPARE(refusal(R"((a)\1)"),
             std::string(R"(column 4: does not know references back to what a group matched, such as "\1")"));
    QCOMPARE(refusal(R"((?<x>a)\k<x>)"),
             std::string(R"(column 8: does not know references back to what a group matched, such as "\k")"));
    QCOMPARE(refusal(R"(^\p{L}+$)"), std::string(R"(column 2: does not know properties of characters ("\p"))"));
    QCOMPARE(refusal(R"([\p{L}])"), std::string(R"(column 2: does not know properties of characters ("\p"))"));
    QCOMPARE(refusal("(?i)a"), std::string("column 1: does not know \"(?i\""));
    QCOMPARE(refusal(R"(a\Z)"), std::string(R"(column 2: does not know "\Z")"));
    QCOMPARE(refusal("a("), std::string("column 2: needs a \")\" for this \"(\""));
    QCOMPARE(refusal("披)"), std::string("column 2: needs a \"(\" before its \")\""));
    QCOMPARE(refusal("[z-a]"), std::string("column 2: needs a range whose last character is not before its first"));
    QCOMPARE(refusal("[a"), std::string(R"(column 1: needs a "]" for this "[")"));
    QCOMPARE(refusal("a|*"), std::string(R"(column 3: needs something before "*" that it repeats)"));
    QCOMPARE(refusal("a**"), std::string(R"(column 3: needs something before "*" that it repeats)"));
    QCOMPARE(refusal("a{3,2}"), std::string("column 1: needs a count whose most is not below its least"));
    QCOMPARE(refusal("\\"), std::string(R"(column 1: needs a character behind its last "\")"));
    QCOMPARE(refusal("((a{1000}){1000}){1000}"),
             std::string("column 1: needs a shorter pattern: with its counts written out it has more than 5000 steps"));
    QCOMPARE(refusal("((((){10000}){10000}){10000}){10000}"),
             std::string("column 1: needs a shorter pattern: with its counts written out it has more than 5000 steps"));
    QCOMPARE(refusal(std::string(101, '(') + std::string(101, ')')),
             std::string("column 101: needs at most 100 groups within one another"));
}

QTEST_APPLESS_MAIN(TestTextPattern)
#include "tst_text_pattern.moc"
