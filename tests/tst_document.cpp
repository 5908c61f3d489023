// Editing a scenario file in place: what is touched changes as asked, everything else stays byte for byte.
#include "core/scenario/document.h"
#include "core/scenario/given.h"
#include "core/scenario/load.h"

#include <QFile>
#include <QTest>

#include <random>

using namespace weir;

namespace {

Document made(std::string text) {
    Result<Document, Errors> document = Document::read(std::move(text));
    if (!document)
        qFatal("%s", document.error().front().text().c_str());
    return std::move(*document);
}

Value json(std::string_view text) {
    return Value::parse(text).value();
}

std::string after(const std::string& text, const std::vector<Edit>& edits) {
    const Result<Document> edited = made(text).with(edits);
    return edited ? edited->text() : "refused: " + edited.error().text();
}
std::string set(const std::string& text, std::string pointer, std::string_view value) {
    return after(text, {{.pointer = std::move(pointer), .value = json(value), .newName = {}}});
}
std::string removed(const std::string& text, std::string pointer) {
    return after(text, {{.pointer = std::move(pointer), .value = std::nullopt, .newName = {}}});
}
std::string renamed(const std::string& text, std::string pointer, std::string name) {
    return after(text, {{.pointer = std::move(pointer), .value = std::nullopt, .newName = std::move(name)}});
}

// --- random documents, written with everything that an author may put between two tokens ---

struct Spot {
    std::string pointer;
    std::size_t begin = 0, end = 0;             // of the value in the text
    std::size_t parentBegin = 0, parentEnd = 0; // of the list or table around it
    bool inTable = false;
    bool container = false;
};

struct Author {
    explicit Author(unsigned seed) : dice(seed) {}

    int roll(int sides) { return static_cast<int>(dice() % static_cast<unsigned>(sides)); }

    void blanks() {
        static const char* const some[] = {"", "", "", " ", " ", "\n  ", "\n\n  ", " // ,]}\"\n", " /* {\" */ ", "\n  // über [\n  ", "\t", "\r\n"};
        for (int i = roll(3); i > 0; --i)
            text += some[roll(std::size(some))];
    }

    void scalar() {
        static const char* const some[] = {"1", "-2.50", "1e3", "true", "null", "\"a // b\"", "\"\\\"/*\"", "\"数\"", "\"\""};
        text += some[roll(std::size(some))];
    }

    std::size_t value(const std::string& pointer, int depth) {
        const std::size_t spot = spots.size();
        spots.push_back({.pointer = pointer, .begin = text.size()});
        const int kind = depth == 0 ? 0 : depth > 3 ? 2 : roll(4);
        if (kind >= 2) {
            scalar();
        } else {
            spots[spot].container = true;
            const bool table = kind == 0;
            text += table ? '{' : '[';
            blanks();
            std::vector<std::size_t> children;
            const int count = roll(4) + (depth == 0 ? 1 : 0);
            for (int i = 0; i < count; ++i) {
                const std::string name = (table ? "k/~" : "") + std::to_string(i);
                if (table) {
                    text += Value(name).canonical();
                    blanks();
                    text += ':';
                    blanks();
                }
                children.push_back(value(pointerTo(pointer, name), depth + 1));
                blanks();
                if (i + 1 < count) {
                    text += ',';
                    blanks();
                }
            }
            text += table ? '}' : ']';
            for (const std::size_t child : children) {
                spots[child].inTable = table;
                spots[child].parentBegin = spots[spot].begin;
                spots[child].parentEnd = text.size();
            }
        }
        spots[spot].end = text.size();
        return spot;
    }

    std::mt19937 dice;
    std::string text;
    std::vector<Spot> spots;
};

// The edit on the value alone, by rebuilding the tables and lists on the way.
Value edited(const Value& value, std::span<const std::string> steps, const Edit& edit) {
    if (steps.empty())
        return *edit.value;
    if (const Value::Table* table = value.table()) {
        Value::Table copy;
        bool found = false;
        for (const auto& [name, inside] : *table) {
            if (name != steps[0]) {
                copy.emplace_back(name, inside);
                continue;
            }
            found = true;
            if (steps.size() > 1)
                copy.emplace_back(name, edited(inside, steps.subspan(1), edit));
            else if (!edit.newName.empty())
                copy.emplace_back(edit.newName, inside);
            else if (edit.value)
                copy.emplace_back(name, *edit.value);
        }
        if (!found)
            copy.emplace_back(steps[0], *edit.value);
        return copy;
    }
    Value::List copy = *value.list();
    if (steps[0] == "-") {
        copy.push_back(*edit.value);
        return copy;
    }
    const auto at = copy.begin() + std::stoi(steps[0]);
    if (steps.size() > 1)
        *at = edited(*at, steps.subspan(1), edit);
    else if (edit.value)
        *at = *edit.value;
    else
        copy.erase(at);
    return copy;
}

std::vector<std::string> stepsOf(std::string_view pointer) {
    std::vector<std::string> steps;
    for (const char c : pointer) {
        if (c == '/')
            steps.emplace_back();
        else
            steps.back() += c;
    }
    for (std::string& step : steps)
        for (const auto& [escape, meaning] : {std::pair("~1", "/"), std::pair("~0", "~")})
            for (std::size_t at = 0; (at = step.find(escape, at)) != std::string::npos; ++at)
                step.replace(at, 2, meaning);
    return steps;
}

std::size_t samePrefix(const std::string& a, const std::string& b) {
    return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}
std::size_t sameSuffix(const std::string& a, const std::string& b) {
    return static_cast<std::size_t>(std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin());
}

const std::string orderFlow = [] {
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}();

// The lines of both texts that the other does not have: what a diff shows.
std::vector<std::string> changedLines(const std::string& before, const std::string& after) {
    const auto lines = [](const std::string& text) {
        std::vector<std::string> list;
        for (const QString& line : QString::fromStdString(text).split('\n'))
            list.push_back(line.toStdString());
        return list;
    };
    std::vector<std::string> changed;
    const std::vector<std::string> old = lines(before);
    const std::vector<std::string> now = lines(after);
    for (const std::string& line : old)
        if (std::find(now.begin(), now.end(), line) == now.end())
            changed.push_back("-" + line);
    for (const std::string& line : now)
        if (std::find(old.begin(), old.end(), line) == old.end())
            changed.push_back("+" + line);
    return changed;
}

} // namespace

class TestDocument : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void anUntouchedDocumentIsItsText();
    void anInlineTableStaysInline();
    void aTableOverLinesStaysOverLines();
    void aSectionGrowsByALine();
    void missingTablesOnTheWayAreAdded();
    void aCommentGoesWithWhatItIsAbout();
    void aLineCommentNeverSwallowsWhatFollows();
    void aRenameTouchesTheKeyAlone();
    void aTableIsSetMemberByMember();
    void aListIsSetWhereItDiffers();
    void theAuthorsLineEndsAndIndentationAreTakenUp();
    void editsAreDoneAllOrNone();
    void aMistakeIsToldWithItsPlace();
    void textIsFoundByPointer();
    void aSmallEditOfTheOrderFlowIsASmallDiff();
    void randomEditsDoWhatTheyDoToTheValueAndNothingElse();
};

void TestDocument::anUntouchedDocumentIsItsText() {
    QVERIFY(!orderFlow.empty());
    QCOMPARE(after(orderFlow, {}), orderFlow);
    const std::string odd = "\xEF\xBB\xBF // first\r\n{ /* a */ \"a\" /* b */ : [ ] , // c\r\n\t\"b\":{}/**/}// end";
    QCOMPARE(after(odd, {}), odd);
    QCOMPARE(set(odd, "/b", "{}"), odd); // the same again is no change
}

void TestDocument::anInlineTableStaysInline() {
    QCOMPARE(set("{ \"a\": 1 }", "/b", "2"), std::string("{ \"a\": 1, \"b\": 2 }"));
    QCOMPARE(set("{\"a\":1}", "/b", "{\"c\":[1,2]}"), std::string("{\"a\":1,\"b\":{\"c\":[1,2]}}"));
    QCOMPARE(set("{ \"list\": [1, 2] }", "/list/-", "3"), std::string("{ \"list\": [1, 2, 3] }"));
    QCOMPARE(set("{ \"list\": [1, 2] }", "/list/2", "3"), std::string("{ \"list\": [1, 2, 3] }"));
    QCOMPARE(removed("{ \"a\": 1, \"b\": 2, \"c\": 3 }", "/a"), std::string("{ \"b\": 2, \"c\": 3 }"));
    QCOMPARE(removed("{ \"a\": 1, \"b\": 2, \"c\": 3 }", "/b"), std::string("{ \"a\": 1, \"c\": 3 }"));
    QCOMPARE(removed("{ \"a\": 1, \"b\": 2, \"c\": 3 }", "/c"), std::string("{ \"a\": 1, \"b\": 2 }"));
    QCOMPARE(removed("{ \"a\": 1 }", "/a"), std::string("{}"));
    QCOMPARE(set("{ \"a\": { \"b\": 1 } }", "/a/c", "{\"d\":true}"),
             std::string("{ \"a\": { \"b\": 1, \"c\": { \"d\": true } } }"));
}

void TestDocument::aTableOverLinesStaysOverLines() {
    QCOMPARE(set("{\n    \"a\": 1\n}\n", "/b", "\"x\""), std::string("{\n    \"a\": 1,\n    \"b\": \"x\"\n}\n"));
    QCOMPARE(removed("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "/b"), std::string("{\n  \"a\": 1\n}\n"));
    QCOMPARE(removed("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "/a"), std::string("{\n  \"b\": 2\n}\n"));
    // What shares a line with its neighbour takes over the line.
    QCOMPARE(removed("{\n  \"a\": 1, \"b\": 2\n}\n", "/a"), std::string("{\n  \"b\": 2\n}\n"));
}

void TestDocument::aSectionGrowsByALine() {
    const std::string text = "{\n  \"weir\": \"1\",\n\n  \"channels\": {\n    \"a\": {\n      \"kind\": \"queue\"\n    }\n  },\n\n"
                             "  \"layout\": {}\n}\n";
    QCOMPARE(set(text, "/channels/b", R"({"kind":"queue"})"),
             std::string("{\n  \"weir\": \"1\",\n\n  \"channels\": {\n    \"a\": {\n      \"kind\": \"queue\"\n    },\n"
                         "    \"b\": {\n      \"kind\": \"queue\"\n    }\n  },\n\n  \"layout\": {}\n}\n"));
    QCOMPARE(set(text, "/layout/a", "[1, 2.5]"),
             std::string("{\n  \"weir\": \"1\",\n\n  \"channels\": {\n    \"a\": {\n      \"kind\": \"queue\"\n    }\n  },\n\n"
                         "  \"layout\": {\n    \"a\": [1, 2.5]\n  }\n}\n"));
}

void TestDocument::missingTablesOnTheWayAreAdded() {
    QCOMPARE(set("{\n  \"weir\": \"1\"\n}\n", "/layout/jobs", "[0, 0]"),
             std::string("{\n  \"weir\": \"1\",\n  \"layout\": {\n    \"jobs\": [0, 0]\n  }\n}\n"));
    QCOMPARE(set("{\n  \"weir\": \"1\"\n}\n", "/expect/-", R"({"ledger":"closed"})"),
             std::string("{\n  \"weir\": \"1\",\n  \"expect\": [\n    { \"ledger\": \"closed\" }\n  ]\n}\n"));
    QCOMPARE(set("{ \"a\": 1 }", "/title/en", "\"Jobs\""), std::string("{ \"a\": 1, \"title\": { \"en\": \"Jobs\" } }"));
}

void TestDocument::aCommentGoesWithWhatItIsAbout() {
    const std::string text = "{\n  // about a\n  \"a\": 1, // more about a\n\n  // a section\n\n  // about b\n  \"b\": 2, /* b */\n"
                             "  \"c\": 3 // about c\n  // the end\n}\n";
    QCOMPARE(removed(text, "/a"), std::string("{\n\n  // a section\n\n  // about b\n  \"b\": 2, /* b */\n"
                                              "  \"c\": 3 // about c\n  // the end\n}\n"));
    QCOMPARE(removed(text, "/b"), std::string("{\n  // about a\n  \"a\": 1, // more about a\n\n  // a section\n\n"
                                              "  \"c\": 3 // about c\n  // the end\n}\n"));
    QCOMPARE(removed(text, "/c"), std::string("{\n  // about a\n  \"a\": 1, // more about a\n\n  // a section\n\n  // about b\n"
                                              "  \"b\": 2 /* b */\n  // the end\n}\n"));
    QCOMPARE(set(text, "/a", "7"), std::string("{\n  // about a\n  \"a\": 7, // more about a\n\n  // a section\n\n  // about b\n"
                                               "  \"b\": 2, /* b */\n  \"c\": 3 // about c\n  // the end\n}\n"));
    QCOMPARE(set(text, "/d", "4"),
             std::string("{\n  // about a\n  \"a\": 1, // more about a\n\n  // a section\n\n  // about b\n  \"b\": 2, /* b */\n"
                         "  \"c\": 3, // about c\n  \"d\": 4\n  // the end\n}\n"));
}

void TestDocument::aLineCommentNeverSwallowsWhatFollows() {
    QCOMPARE(set("{ \"a\": [1 // one\n ] }", "/a/-", "2"), std::string("{ \"a\": [1, // one\n  2\n ] }"));
    QCOMPARE(removed("[1, // one\n 2]", "/1"), std::string("[1 // one\n]"));
    QCOMPARE(removed("[ // head\n 1]", "/0"), std::string("[ // head\n]"));
    QCOMPARE(set("[ // head\n]", "/-", "1"), std::string("[ // head\n  1\n]"));
}

void TestDocument::aRenameTouchesTheKeyAlone() {
    const std::string text = "{ \"a\" /* x */ : [ 1,2 ], \"b\": 2 }";
    QCOMPARE(renamed(text, "/a", "say \"c\""), std::string("{ \"say \\\"c\\\"\" /* x */ : [ 1,2 ], \"b\": 2 }"));
    QCOMPARE(renamed(text, "/a", "a"), text);
    QCOMPARE(renamed(text, "/a", "b"), std::string("refused: /a: needs a new name that nothing else here has, got \"b\""));
    QCOMPARE(renamed(text, "/a/0", "b").substr(0, 7), std::string("refused"));
}

void TestDocument::aTableIsSetMemberByMember() {
    const std::string text = "{\n  \"job\": {\n    \"kind\": \"queue\", // reads are destructive\n    \"capacity\":   10,\n"
                             "    \"old\": 1\n  }\n}\n";
    QCOMPARE(set(text, "/job", R"({"kind":"queue","ttl":"1s","capacity":20})"),
             std::string("{\n  \"job\": {\n    \"kind\": \"queue\", // reads are destructive\n    \"ttl\": \"1s\",\n"
                         "    \"capacity\":   20\n  }\n}\n"));
}

void TestDocument::aListIsSetWhereItDiffers() {
    const std::string text = "{ \"l\": [ 1, /* two */ 2, 3.0, 4 ] }";
    QCOMPARE(set(text, "/l", "[1,2,3,5,4]"), std::string("{ \"l\": [ 1, /* two */ 2, 3.0, 5, 4 ] }"));
    QCOMPARE(set(text, "/l", "[0,1,2,3,4]"), std::string("{ \"l\": [ 0, 1, /* two */ 2, 3.0, 4 ] }"));
    QCOMPARE(set(text, "/l", "[1,4]"), std::string("{ \"l\": [ 1, 4 ] }"));
    QCOMPARE(set(text, "/l", "[1,2,9,4]"), std::string("{ \"l\": [ 1, /* two */ 2, 9, 4 ] }"));
}

void TestDocument::theAuthorsLineEndsAndIndentationAreTakenUp() {
    QCOMPARE(set("{\r\n\t\"a\": {\r\n\t\t\"x\": 1\r\n\t}\r\n}\r\n", "/b", R"({"x":2})"),
             std::string("{\r\n\t\"a\": {\r\n\t\t\"x\": 1\r\n\t},\r\n\t\"b\": {\r\n\t\t\"x\": 2\r\n\t}\r\n}\r\n"));
}

void TestDocument::editsAreDoneAllOrNone() {
    const Document document = made("{ \"a\": 1, \"b\": [] }");
    const std::vector<Edit> good = {{.pointer = "/a", .value = Value(2), .newName = {}},
                                    {.pointer = "/b/-", .value = Value(3), .newName = {}},
                                    {.pointer = "/a", .value = std::nullopt, .newName = "c"},
                                    {.pointer = "/c", .value = Value(4), .newName = {}}};
    QCOMPARE(document.with(good)->text(), std::string("{ \"c\": 4, \"b\": [3] }"));
    std::vector<Edit> bad = good;
    bad.push_back({.pointer = "/a", .value = std::nullopt, .newName = {}}); // it is c by then
    QVERIFY(!document.with(bad));
    QCOMPARE(document.text(), std::string("{ \"a\": 1, \"b\": [] }"));
}

void TestDocument::aMistakeIsToldWithItsPlace() {
    const std::string text = "{ \"jobs\": { \"capacity\": 3 }, \"list\": [1] }";
    QCOMPARE(removed(text, "/jobs/capasity"),
             std::string("refused: /jobs: needs a key that the file has (did you mean capacity?), got \"capasity\""));
    QCOMPARE(removed(text, "/list/1"), std::string("refused: /list: needs an index below 1, got \"1\""));
    QCOMPARE(set(text, "/list/01", "1"), std::string("refused: /list: needs an index below 1, got \"01\""));
    QCOMPARE(set(text, "/jobs/capacity/x", "1"), std::string("refused: /jobs/capacity: has nothing inside, got \"x\""));
    QVERIFY(removed(text, "").starts_with("refused: needs a place inside the document"));
    QVERIFY(set(text, "jobs", "1").starts_with("refused: needs a JSON pointer"));
    QCOMPARE(Document::read("{ \"a\": 1,\n }").error().front().where, std::string("2:2"));
}

void TestDocument::textIsFoundByPointer() {
    const Document document = made("{ \"a\": [1, /* two */ 2 ], \"b\" : \"x\" }");
    QCOMPARE(document.textAt("/a").value(), std::string("[1, /* two */ 2 ]"));
    QCOMPARE(document.textAt("/a/1").value(), std::string("2"));
    QCOMPARE(document.textAt("").value(), document.text());
    QVERIFY(!document.textAt("/a/2"));
    QVERIFY(!document.textAt("/c"));
}

void TestDocument::aSmallEditOfTheOrderFlowIsASmallDiff() {
    using Lines = std::vector<std::string>;
    QCOMPARE(changedLines(orderFlow, set(orderFlow, "/services/payment-service/instances", "5")),
             (Lines{"-      \"instances\": 3,", "+      \"instances\": 5,"}));
    QCOMPARE(changedLines(orderFlow, set(orderFlow, "/channels/audit", R"({"kind":"queue","capacity":5})")),
             (Lines{"-    \"notices-dead\": { \"kind\": \"queue\", \"title\": { \"en\": \"Dead notices\", \"zh\": \"死信通知\" } }",
                    "+    \"notices-dead\": { \"kind\": \"queue\", \"title\": { \"en\": \"Dead notices\", \"zh\": \"死信通知\" } },",
                    "+    \"audit\": { \"kind\": \"queue\", \"capacity\": 5 }"}));
    QCOMPARE(changedLines(orderFlow, set(orderFlow, "/layout/mail", "[500, 416]")),
             (Lines{"-    \"mail\": [480, 416], \"email-service\": [720, 416], \"notices-dead\": [480, 496]",
                    "+    \"mail\": [500, 416], \"email-service\": [720, 416], \"notices-dead\": [480, 496]"}));
    QCOMPARE(changedLines(orderFlow, set(orderFlow, "/services/inventory-service/handlers/0/prefetch", "20")).size(),
             std::size_t{2});
    QCOMPARE(changedLines(orderFlow, removed(orderFlow, "/channels/mail/deadLetter")).size(), std::size_t{1});
}

void TestDocument::randomEditsDoWhatTheyDoToTheValueAndNothingElse() {
    static const char* const values[] = {"7", "\"new\"", "[]", "{}", "[1,[2]]", R"({"n":{"m":1},"k/~0":2})", "null"};
    for (unsigned seed = 1; seed <= 4000; ++seed) {
        Author author(seed);
        author.blanks();
        author.value("", 0);
        author.blanks();
        const Document document = made(author.text);
        const Spot& spot = author.spots[static_cast<std::size_t>(author.roll(static_cast<int>(author.spots.size())))];
        Edit edit{.pointer = spot.pointer, .value = json(values[author.roll(std::size(values))]), .newName = {}};
        std::size_t from = spot.begin, to = spot.end; // what may change
        const int way = author.roll(4);
        if (way == 1 && !spot.pointer.empty()) { // away with it
            edit.value.reset();
            from = spot.parentBegin + 1;
            to = spot.parentEnd - 1;
        } else if (way == 2 && spot.inTable) {
            edit.value.reset();
            edit.newName = "new \"name\"";
            from = spot.parentBegin + 1;
            to = spot.begin;
        } else if (way == 3 && spot.container) { // one more
            edit.pointer += author.text[spot.begin] == '[' ? "/-" : "/a new one";
        }
        const QByteArray story = QByteArray("seed ") + QByteArray::number(seed) + " " + edit.pointer.c_str() + "\n" + author.text.c_str();
        const Result<Document> result = document.with(std::vector<Edit>{edit});
        QVERIFY2(result.ok(), story + (result ? "" : result.error().text().c_str()));
        const Value expected = edited(document.value(), stepsOf(edit.pointer), edit);
        QVERIFY2(result->value() == expected, story + "\n=>\n" + result->text().c_str());
        QVERIFY2(samePrefix(author.text, result->text()) >= from || author.text == result->text(), story + "\n=>\n" + result->text().c_str());
        QVERIFY2(sameSuffix(author.text, result->text()) >= author.text.size() - to || author.text == result->text(),
                 story + "\n=>\n" + result->text().c_str());
        // Nobody else's text is lost: values and comments before and behind are there still, and in their order.
        for (const Spot& other : author.spots)
            if (!other.container && (other.end <= spot.begin || other.begin >= spot.end)) {
                const std::string kept = author.text.substr(other.begin, other.end - other.begin);
                QVERIFY2(result->textAt(other.pointer).value_or(kept) == kept || !edit.value, story + "\n=>\n" + result->text().c_str());
            }
        // And back again: undoing by setting the whole gives the same value.
        const Result<Document> back = result->with(std::vector<Edit>{{.pointer = "", .value = document.value(), .newName = {}}});
        QVERIFY2(back.ok() && back->value() == document.value(), story + "\n=>\n" + (back ? back->text().c_str() : ""));
    }
}

QTEST_APPLESS_MAIN(TestDocument)
#include "tst_document.moc"
