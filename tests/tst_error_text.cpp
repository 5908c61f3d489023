// Core's errors speak the window's language: every sentence that core can say has its template, and what a broken file
// is told comes out in Chinese, with the names and figures of the file.
#include "core/scenario/document.h"
#include "core/scenario/fields.h"
#include "core/scenario/given.h"
#include "core/scenario/load.h"
#include "core/schema/json_schema.h"
#include "ui/errors/error_templates.h"
#include "ui/errors/error_text.h"
#include "ui/inspector/finding_advice.h"
#include "ui/inspector/finding_text.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>

using namespace weir;

namespace {

QString textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// What a string literal of the source stands for.
QString unescaped(QString literal) {
    literal.replace(QLatin1String("\\\""), QLatin1String("\""));
    return literal.replace(QLatin1String("\\\\"), QLatin1String("\\"));
}

bool beginsSentence(const QString& text) {
    static const QRegularExpression begin(
        QStringLiteral("^(needs|must|has nothing|there is no|does not know|is not known) "));
    return text.contains(begin);
}

// What never comes into the window: what the live broker tells its clients (it runs in the command line alone), what
// `weir assign`, `weir partition` and the file of a journal are refused with, profiles (they are built in, and a test
// reads them all), and a comparison that was cancelled, which nobody waits for any more.
bool isForTheWindow(const QString& path) {
    static const QRegularExpression others(
        QStringLiteral("core/live/"
                       "(?!tap)|group_history|partitioner|journal_json|profile\\.cpp|replicated_comparison|"
                       "(error|scenario|schema)_templates"));
    return !path.contains(others);
}

QStringList sources() {
    QStringList paths;
    for (const char* part : {"/core", "/ui"}) {
        QDirIterator files(QStringLiteral(WEIR_SOURCE_DIR) + QLatin1String(part),
                           {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            paths << files.next();
    }
    return paths;
}

// A value of every other kind, and figures that nothing allows.
const std::vector<std::string_view> wrongValues = {
    R"("no such thing")",    R"("")",         "true",     "-1", "1e300", "0.5", "[]", R"([[1], "x"])", "{}", "null",
    R"({"no such key": 1})", R"("9999999h")", R"("-1/s")"};

// Every place in a value, as a pointer.
void placesIn(const Value& value, const std::string& pointer, std::vector<std::string>& places) {
    places.push_back(pointer);
    if (const Value::Table* table = value.table())
        for (const auto& [name, inside] : *table)
            placesIn(inside, pointerTo(pointer, name), places);
    else if (const Value::List* list = value.list())
        for (std::size_t i = 0; i < list->size(); ++i)
            placesIn((*list)[i], pointer + "/" + std::to_string(i), places);
}

} // namespace

class TestErrorText : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everySentenceIsATemplate();
    void whatNoSentenceBeginsLikeIsATemplate();
    void everyTableOfAFileHasItsWords();
    void inEnglishNothingIsChanged();
    void inChineseItSaysTheSame_data();
    void inChineseItSaysTheSame();
    void whateverIsWrongInAFileIsSaidInChinese();
    void whateverIsWrongInASchemaIsSaidInChinese();
    void whatItDoesNotKnowStaysAsItIs();
    void everyFindingHasItsLineAndItsAdvice();
    void cleanup() { QCoreApplication::removeTranslator(&m_chinese); }

  private:
    void speakChinese() {
        QVERIFY(m_chinese.load(QStringLiteral(":/i18n/weir_zh_CN.qm")));
        QCoreApplication::installTranslator(&m_chinese);
    }

    QTranslator m_chinese;
};

void TestErrorText::everySentenceIsATemplate() {
    QStringList known;
    for (const char* source : errorTemplates())
        known << QString::fromUtf8(source);
    // Literals that stand side by side are one; what is added with + is a place of the template.
    static const QRegularExpression seam(QStringLiteral("\"\\s*\n\\s*\""));
    static const QRegularExpression literal(QStringLiteral("\"((?:[^\"\\\\\n]|\\\\.)*)\"(\\s*\\+)?"));
    static const QRegularExpression place(QStringLiteral("%\\d.*$"));
    // The window's own sentences are translated where they stand.
    static const QRegularExpression saidInTheWindow(
        QStringLiteral("(\\btr\\(|NOOP\\(\"[^\"]*\",|assert\\([^\"\n]*)\\s*\"(?:[^\"\\\\\n]|\\\\.)*\""));
    QStringList missing;
    int found = 0;
    for (const QString& path : sources()) {
        if (!isForTheWindow(path))
            continue;
        QString source = textOf(path).replace(seam, QString());
        source.remove(saidInTheWindow);
        for (auto each = literal.globalMatch(source); each.hasNext();) {
            const auto match = each.next();
            const QString text = unescaped(match.captured(1));
            if (!beginsSentence(text))
                continue;
            ++found;
            static const QRegularExpression words(QStringLiteral("\\w+(, \\w+){2,}$")); // names of keys are no sentence
            const QString open = QString(text).replace(words, QStringLiteral("%1"));
            const bool goesOn = !match.captured(2).isEmpty();
            const bool there = std::any_of(known.begin(), known.end(), [&](QString sentence) {
                return sentence == text || sentence == open ||
                       (goesOn && sentence.replace(place, QString()).startsWith(text));
            });
            if (!there)
                missing << QStringLiteral("%1: %2").arg(path.section(QLatin1Char('/'), -2), text);
        }
    }
    QVERIFY(found > 300);
    QVERIFY2(missing.isEmpty(),
             qPrintable(QStringLiteral("not in ui/errors/*_templates.cpp:\n") + missing.join(QLatin1Char('\n'))));
}

// Errors that are made in one piece, however their sentence begins.
void TestErrorText::whatNoSentenceBeginsLikeIsATemplate() {
    QStringList known;
    for (const char* source : errorTemplates())
        known << QString::fromUtf8(source).section(QLatin1Char('%'), 0, 0);
    static const QRegularExpression made(
        QStringLiteral("\\bError\\{[^;{}]*?,\\s*\"((?:[^\"\\\\\n]|\\\\.)+)\"\\s*[,+]"));
    QStringList missing;
    int found = 0;
    for (const QString& path : sources()) {
        if (!isForTheWindow(path))
            continue;
        const QString source = textOf(path);
        for (auto each = made.globalMatch(source); each.hasNext();) {
            const QString text = unescaped(each.next().captured(1));
            ++found;
            if (!std::any_of(known.begin(), known.end(),
                             [&](const QString& sentence) { return sentence.startsWith(text); }))
                missing << QStringLiteral("%1: %2").arg(path.section(QLatin1Char('/'), -2), text);
        }
    }
    QVERIFY(found > 100);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

void TestErrorText::everyTableOfAFileHasItsWords() {
    speakChinese();
    for (const FieldTable& table : fields::all) {
        const std::string what(table.what);
        QVERIFY2(errorText({{}, what, {}}) != QString::fromStdString(what), what.c_str());
    }
}

void TestErrorText::inEnglishNothingIsChanged() {
    for (const Error& error :
         {Error{"/run/for", "needs a duration above 0 such as \"10min\", or \"end\" to run until nothing is left to do",
                "\"soon\""},
          Error{"", "needs a file", ""}, Error{"line 3, column 9", "needs ',' or '}'", "the end of the text"},
          Error{"column 5", "needs a function that exists", "F with 2 arguments"},
          Error{"/services/a/handlers/0", "needs a key of a handler (did you mean \"takes\"?)", "\"take\""},
          Error{"/x", "needs what nobody has thought of", "100%1"}})
        QCOMPARE(errorText(error), QString::fromStdString(error.text()));
}

void TestErrorText::inChineseItSaysTheSame_data() {
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const char* where, const char* what, const char* given, const char* said) {
        QTest::newRow(name) << QString::fromUtf8(where) << QString::fromUtf8(what) << QString::fromUtf8(given)
                            << QString::fromUtf8(said);
    };
    row("a value", "/run/seed", "needs a whole number from 0 to 9", "\"x\"",
        "/run/seed：需要 0 到 9 之间的整数，给出的是 \"x\"");
    row("a place in the text", "line 3, column 9", "needs ',' or '}'", "the end of the text",
        "第 3 行第 9 列：需要“,”或“}”，给出的是 文本结尾");
    row("a missing key", "/services/a/handlers/0", "needs \"on\", the channel that it takes from", "",
        "/services/a/handlers/0：需要 \"on\"：从中接收的通道");
    row("an unknown key", "/run/sed", "needs a key of a run (did you mean \"seed\"?)", "\"sed\"",
        "/run/sed：这里是运行，没有这个键（是否指 \"seed\"？），给出的是 \"sed\"");
    row("keys to choose from", "/run/x", "needs a key of a run (seed, for)", "\"x\"",
        "/run/x：这里是运行，没有这个键（seed, for），给出的是 \"x\"");
    row("an expression inside", "/expect/0/that", "needs ')' (column 12)", "\"(1\"",
        "/expect/0/that：需要“)”（第 12 列），给出的是 \"(1\"");
    row("an endpoint", "tcp://nowhere:99999", "needs a ZeroMQ endpoint such as tcp://127.0.0.1:5556",
        "Invalid argument", "tcp://nowhere:99999：需要 ZeroMQ 端点，例如 tcp://127.0.0.1:5556，给出的是 参数无效");
    row("a moment that is gone", "command", "needs a moment whose records are kept", "record 17",
        "命令：需要记录仍被保留的时刻，给出的是 记录 17");
    row("a folder", "", "needs a file", "a folder", "需要一个文件，给出的是 文件夹");
    row("a disk", "/tmp/a.json", "needs a place that can be written", "No space left on device",
        "/tmp/a.json：需要可以写入的位置，给出的是 设备上没有剩余空间");
    row("a schema in a file", "/events/a/schema",
        "needs a file that holds a JSON Schema (/properties/a: needs one or more of \"null\", \"boolean\", "
        "\"integer\", \"number\", \"string\", \"array\", \"object\", got \"text\")",
        "",
        "/events/a/schema：需要存有 JSON Schema 的文件（/properties/a：需要 \"null\"、\"boolean\"、\"integer\"、"
        "\"number\"、\"string\"、\"array\"、\"object\" 中的一种或多种，给出的是 \"text\"）");
    row("a pattern in a schema", "/events/a",
        "needs a JSON Schema for version 2 (/properties/a b/pattern: needs a regular expression of ECMA-262 (column 3: "
        "needs a \")\" for this \"(\"), got \"f,(x\")",
        "",
        "/events/a：需要版本 2 的 JSON Schema（/properties/a b/pattern：需要 ECMA-262 的正则表达式（第 3 列：这个“(”"
        "需要对应的“)”），给出的是 \"f,(x\"）");
    row("a class in a pattern", "/pattern",
        "needs a regular expression of ECMA-262 (column 2: does not know \"\\q\" within \"[\" and \"]\")",
        "\"[\\\\q]\"",
        "/pattern：需要 ECMA-262 的正则表达式（第 2 列：在“[”和“]”之间不支持 \"\\q\"），给出的是 "
        "\"[\\\\q]\"");
    row("a figure of its own", "/services", "needs no pattern, since \"a %1\" is a queue", "",
        "/services：不需要模式，因为 \"a %1\" 是 队列");
}

void TestErrorText::inChineseItSaysTheSame() {
    QFETCH(const QString, where);
    QFETCH(const QString, what);
    QFETCH(const QString, given);
    QFETCH(const QString, said);
    speakChinese();
    QCOMPARE(errorText({where.toStdString(), what.toStdString(), given.toStdString()}), said);
}

// Each place of a file with everything in it takes each wrong value.
void TestErrorText::whateverIsWrongInAFileIsSaidInChinese() {
    speakChinese();
    static const QRegularExpression english(QStringLiteral("\\b(needs|must|has nothing|is no)\\b"));
    const auto document =
        Document::read(textOf(QStringLiteral(WEIR_SOURCE_DIR "/tests/data/scenario/full.json")).toStdString());
    QVERIFY(document.ok());
    std::vector<std::string> places;
    placesIn(document->value(), "", places);
    QVERIFY(places.size() > 500);
    int refusals = 0;
    QStringList unknown;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i].empty())
            continue;
        const auto wrong = Value::parse(wrongValues[i % wrongValues.size()]);
        QVERIFY(wrong.ok());
        const Edit edits[] = {{.pointer = places[i], .value = *wrong, .newName = {}}};
        const auto edited = document->with(edits);
        if (!edited)
            continue;
        const auto scenario = readScenario(edited->value());
        if (scenario)
            continue;
        for (const Error& error : scenario.error()) {
            ++refusals;
            if (const QString sentence = errorText({{}, error.what, {}}); sentence.contains(english))
                unknown << sentence;
        }
    }
    unknown.removeDuplicates();
    QVERIFY2(unknown.isEmpty(), qPrintable(unknown.join(QLatin1Char('\n'))));
    QVERIFY(refusals > 300);
}

// Each keyword with what it does not take, at the top and within: the validator, which has words of its own, is not
// asked before all of it is known to be right.
void TestErrorText::whateverIsWrongInASchemaIsSaidInChinese() {
    speakChinese();
    const char* const keywords[] = {"allOf",
                                    "anyOf",
                                    "oneOf",
                                    "not",
                                    "if",
                                    "then",
                                    "else",
                                    "dependencies",
                                    "properties",
                                    "patternProperties",
                                    "items",
                                    "propertyNames",
                                    "additionalItems",
                                    "contains",
                                    "type",
                                    "enum",
                                    "const",
                                    "format",
                                    "pattern",
                                    "required",
                                    "multipleOf",
                                    "minimum",
                                    "maximum",
                                    "minLength",
                                    "maxLength",
                                    "minItems",
                                    "maxItems",
                                    "minProperties",
                                    "maxProperties",
                                    "uniqueItems",
                                    "$ref",
                                    "prefixItems",
                                    "$schema",
                                    "title",
                                    "description",
                                    "divisibleBy",
                                    "disallow",
                                    "extends",
                                    "$defs",
                                    "definitions",
                                    "exclusiveMinimum",
                                    "exclusiveMaximum",
                                    "additionalProperties",
                                    "dependentRequired",
                                    "dependentSchemas"};
    static const QRegularExpression english(
        QStringLiteral("\\b(needs|must|has nothing|is no|Expected|Failed|Invalid|constraint|Not|not|should)\\b"));
    QStringList unknown;
    int refusals = 0;
    for (const char* const draft : {"draft-04", "draft-07", "2020-12"})
        for (const char* const keyword : keywords)
            for (const std::string_view wrong : wrongValues)
                for (const bool inside : {false, true}) {
                    Value schema(Value::Table{{keyword, Value::parse(wrong).value()}});
                    if (inside)
                        schema = Value(Value::Table{{"properties", Value(Value::Table{{"n", schema}})}});
                    Value::Table whole = *schema.table();
                    if (std::string_view(keyword) != "$schema" || inside)
                        whole.emplace_back("$schema", Value(draft));
                    const auto compiled = JsonSchema::compile(Value(std::move(whole)));
                    if (compiled)
                        continue;
                    ++refusals;
                    if (const QString said = errorText({{}, compiled.error().what, {}}); said.contains(english))
                        unknown << said;
                }
    unknown.removeDuplicates();
    QVERIFY2(unknown.isEmpty(), qPrintable(unknown.join(QLatin1Char('\n'))));
    QVERIFY(refusals > 500);
}

void TestErrorText::whatItDoesNotKnowStaysAsItIs() {
    speakChinese();
    QCOMPARE(errorText({{}, "quite another sentence", {}}), QStringLiteral("quite another sentence"));
}

// Each code that core's checks can give, as their source has it: where a function is handed the code, in its calls.
void TestErrorText::everyFindingHasItsLineAndItsAdvice() {
    static const QRegularExpression given(QStringLiteral("\\.code = (?:\"(\\w+)\"|(\\w+)),"));
    static const QRegularExpression taker(QStringLiteral("void (\\w+)\\(([^)]*)const char\\* code\\b"));
    static const QRegularExpression word(QStringLiteral("\"([a-z]+[A-Za-z]*)\""));
    QStringList codes;
    for (const QString& path : sources()) {
        const QString source = textOf(path);
        bool handed = false;
        for (auto each = given.globalMatch(source); each.hasNext();) {
            const auto match = each.next();
            if (!match.captured(1).isEmpty())
                codes << match.captured(1);
            handed = handed || match.captured(2) == QLatin1String("code");
            QVERIFY2(match.captured(2).isEmpty() || match.captured(2) == QLatin1String("code"), qPrintable(path));
        }
        const auto by = taker.match(source);
        QCOMPARE(by.hasMatch(), handed);
        if (!handed)
            continue;
        const qsizetype place = by.captured(2).count(QLatin1Char(',')); // of the code among what is handed over
        const QRegularExpression call(QStringLiteral("\\b%1\\(([^;{]*);").arg(by.captured(1)));
        int calls = 0;
        for (auto each = call.globalMatch(source); each.hasNext(); ++calls) {
            auto words = word.globalMatch(each.next().captured(1).section(QLatin1Char(','), place, place));
            QVERIFY2(words.hasNext(), qPrintable(path));
            while (words.hasNext())
                codes << words.next().captured(1);
        }
        QVERIFY2(calls > 0, qPrintable(path));
    }
    codes.removeDuplicates();
    QVERIFY(codes.size() >= 58);
    for (const char* const indirect : {"highLoad", "peakLoad", "evenMajority", "allOfOne", "oneOfAll"})
        QVERIFY2(codes.contains(QLatin1String(indirect)), indirect);
    speakChinese();
    QStringList missing;
    for (const QString& code : std::as_const(codes)) {
        const Finding finding{.code = code.toStdString(),
                              .where = {},
                              .text = "in core's words",
                              .names = {},
                              .arguments = {"a", "b", "c", "d", "e", "f"}};
        const QString line = findingText(finding);
        if (line == QLatin1String("in core's words"))
            missing << code + QStringLiteral(" has no line in ui/inspector/finding_text.cpp");
        if (findingDetail(finding) == QLatin1String("in core's words") || findingDetail(finding) == line)
            missing << code +
                           QStringLiteral(" has no advice in ui/inspector/finding_advice.cpp, or it is not translated");
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_error_text.moc"
