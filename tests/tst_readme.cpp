// README.md as a newcomer reads it: its scenario loads and has nothing to complain of, its list of verbs is the
// program's, its links lead somewhere. The Chinese page is held to its links.
#include "core/scenario/check.h"
#include "core/scenario/load.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace weir;

namespace {

QString page(const QString& name) {
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// What stands between ```language and ``` .
QStringList blocks(const QString& text, const QString& language) {
    const QRegularExpression fence("^```" + language + "\n(.*?)^```$",
                                   QRegularExpression::MultilineOption |
                                       QRegularExpression::DotMatchesEverythingOption);
    QStringList found;
    for (auto at = fence.globalMatch(text); at.hasNext();)
        found.append(at.next().captured(1));
    return found;
}

std::set<QString> words(const QString& text, const QRegularExpression& pattern) {
    std::set<QString> found;
    for (auto at = pattern.globalMatch(text); at.hasNext();)
        found.insert(at.next().captured(1));
    return found;
}

// A heading's anchor, as GitHub makes it.
QString anchor(QString heading) {
    heading = heading.trimmed().toLower();
    static const QRegularExpression punctuation("[^\\w\\- ]", QRegularExpression::UseUnicodePropertiesOption);
    return heading.remove(punctuation).replace(' ', '-');
}

QStringList joined(const std::set<QString>& names) {
    return QStringList(names.begin(), names.end());
}

} // namespace

class TestReadme : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theScenarioLoadsAndChecksClean();
    void theVerbsAreTheProgrammes();
    void everyLinkLeadsSomewhere_data();
    void everyLinkLeadsSomewhere();
};

void TestReadme::theScenarioLoadsAndChecksClean() {
    const QStringList scenarios = blocks(page("README.md"), "jsonc");
    QCOMPARE(scenarios.size(), 1);
    const auto scenario = loadScenario(scenarios.first().toStdString());
    if (!scenario)
        QFAIL(scenario.error().front().text().c_str());
    QCOMPARE(scenario->services.size(), std::size_t{2});
    const std::vector<Finding> findings = check(*scenario);
    QVERIFY2(findings.empty(), findings.empty() ? "" : findings.front().text.c_str());
}

// The table of the command line has one row a verb: | `weir run SCENARIO` ... |
void TestReadme::theVerbsAreTheProgrammes() {
    static const QRegularExpression row("^\\| `weir ([a-z]+)", QRegularExpression::MultilineOption);
    static const QRegularExpression verb("^  ([a-z]+)  +", QRegularExpression::MultilineOption);
    QProcess weir;
    weir.start(WEIR_PROGRAM, {"--help"});
    QVERIFY(weir.waitForFinished());
    const QString help = QString::fromUtf8(weir.readAllStandardOutput());
    const std::set<QString> known = words(help.section("Verbs:", 1), verb);
    QVERIFY2(known.contains("run") && known.size() > 3, qPrintable(help));
    QCOMPARE(joined(words(page("README.md"), row)), joined(known));
}

void TestReadme::everyLinkLeadsSomewhere_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("English") << "README.md";
    QTest::newRow("Chinese") << "README.zh_CN.md";
}

void TestReadme::everyLinkLeadsSomewhere() {
    QFETCH(QString, name);
    static const QRegularExpression link("\\]\\(([^)\\s]+)\\)|src(?:set)?=\"([^\"]+)\"");
    static const QRegularExpression heading("^#+ (.*)$", QRegularExpression::MultilineOption);
    const QString text = page(name);
    int links = 0;
    for (auto at = link.globalMatch(text); at.hasNext();) {
        const auto found = at.next();
        const QString to = found.captured(1) + found.captured(2);
        if (to.startsWith("http"))
            continue;
        ++links;
        const QString path = to.section('#', 0, 0);
        QVERIFY2(QFileInfo::exists(QStringLiteral(WEIR_SOURCE_DIR "/") + path), qPrintable(to));
        const QString place = to.section('#', 1);
        if (place.isEmpty())
            continue;
        const QString target = path.isEmpty() ? text : page(path);
        bool there = false;
        for (auto each = heading.globalMatch(target); each.hasNext();)
            there = there || anchor(each.next().captured(1)) == place;
        QVERIFY2(there, qPrintable(to));
    }
    QVERIFY(links > 0);
}

QTEST_APPLESS_MAIN(TestReadme)
#include "tst_readme.moc"
