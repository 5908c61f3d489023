// The rules of the house that a machine can check, over the source tree as it stands.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace {

struct Source {
    QString path; // from the root: "core/units.h"
    QStringList lines;

    bool isHeader() const { return path.endsWith(".h"); }
    QString place(qsizetype line) const { return QString("%1:%2").arg(path).arg(line + 1); }
};

// Files below the given folders whose names end so, in the order of their paths.
std::vector<Source> sources(const QStringList& folders, const QStringList& endings) {
    const QDir root(WEIR_SOURCE_DIR);
    QStringList paths;
    for (const QString& folder : folders)
        for (QDirIterator at(root.filePath(folder), QDir::Files, QDirIterator::Subdirectories); at.hasNext();) {
            const QString path = root.relativeFilePath(at.next());
            const auto endsSo = [&](const QString& ending) { return path.endsWith(ending); };
            if (std::any_of(endings.begin(), endings.end(), endsSo))
                paths.append(path);
        }
    paths.sort();
    std::vector<Source> found;
    for (const QString& path : paths) {
        QFile file(root.filePath(path));
        if (file.open(QIODevice::ReadOnly))
            found.push_back({path, QString::fromUtf8(file.readAll()).split('\n')});
    }
    return found;
}

std::vector<Source> code(const QStringList& folders = {"app", "core", "ui", "tests"}) {
    return sources(folders, {".h", ".cpp"});
}

// Comments and empty lines do not count.
qsizetype linesOfCode(const Source& source) {
    return std::count_if(source.lines.begin(), source.lines.end(), [](const QString& line) {
        const QString text = line.trimmed();
        return !text.isEmpty() && !text.startsWith("//");
    });
}

// All offences at once, one a line, so that one run shows the whole bill.
void failOn(const QStringList& offences) {
    if (!offences.isEmpty())
        QFAIL(qPrintable('\n' + offences.join('\n')));
}

} // namespace

class TestTidy : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theTreeIsSeen();
    void coreIncludesNoQtOutsideTheGateway();
    void includesPointOneWay();
    void filesAndTypesHaveNamesOfTheDomain();
    void filesStayShort();
    void everyHeaderOpensBySayingWhatItIs();
    void nothingIsPutOff();
};

void TestTidy::theTreeIsSeen() {
    QVERIFY(code({"core"}).size() >= 10);
    QVERIFY(code({"app"}).size() >= 5);
    QVERIFY(code({"tests"}).size() >= 3);
}

void TestTidy::coreIncludesNoQtOutsideTheGateway() {
    static const QRegularExpression qtInclude(R"(^\s*#\s*include\s*[<"](Q[A-Z]|Qt))");
    QStringList offences;
    for (const Source& source : code({"core"})) {
        if (source.path.startsWith("core/gateway/"))
            continue;
        for (qsizetype i = 0; i < source.lines.size(); ++i)
            if (qtInclude.match(source.lines[i]).hasMatch())
                offences.append(source.place(i) + ": core has no Qt: " + source.lines[i]);
    }
    failOn(offences);
}

void TestTidy::includesPointOneWay() {
    static const QRegularExpression include(R"(^\s*#\s*include\s*"(app|core|ui)/)");
    const auto allowed = [](const QString& from, const QString& to) {
        return to == "core" || to == from || from == "app" || from == "tests";
    };
    QStringList offences;
    for (const Source& source : code())
        for (qsizetype i = 0; i < source.lines.size(); ++i)
            if (const auto found = include.match(source.lines[i]);
                found.hasMatch() && !allowed(source.path.section('/', 0, 0), found.captured(1)))
                offences.append(source.place(i) + ": ui -> core, app -> ui and core, nothing back: " + source.lines[i]);
    failOn(offences);
}

void TestTidy::filesAndTypesHaveNamesOfTheDomain() {
    static const QRegularExpression badFile("(^|[_/])(manager|helper|util|utilitie|utility|misc)s?([_.]|$)");
    static const QRegularExpression badType(
        R"(\b(class|struct|enum|union|concept|using)\s+(class\s+)?\w*(Manager|Helper|Util|Misc)s?(?![a-z])\w*)");
    QStringList offences;
    for (const Source& source : code()) {
        if (badFile.match(source.path).hasMatch())
            offences.append(source.path + ": name it after what it is");
        for (qsizetype i = 0; i < source.lines.size(); ++i)
            if (badType.match(source.lines[i].section("//", 0, 0)).hasMatch())
                offences.append(source.place(i) + ": name it after what it is: " + source.lines[i].trimmed());
    }
    failOn(offences);
}

void TestTidy::filesStayShort() {
    QStringList offences;
    for (const Source& source : code({"app", "core", "ui"}))
        if (const qsizetype lines = linesOfCode(source); lines > 600)
            offences.append(QString("%1: %2 lines of code, 600 are enough").arg(source.path).arg(lines));
    failOn(offences);
}

void TestTidy::everyHeaderOpensBySayingWhatItIs() {
    QStringList offences;
    for (const Source& source : code({"app", "core", "ui"})) {
        if (!source.isHeader())
            continue;
        if (!source.lines.first().startsWith("// "))
            offences.append(source.path + ": opens without saying what it is");
        if (!source.lines.contains("#pragma once"))
            offences.append(source.path + ": lacks #pragma once");
    }
    failOn(offences);
}

void TestTidy::nothingIsPutOff() {
    static const QRegularExpression putOff("\\b(TO"
                                           "DO|FIX"
                                           "ME|XX"
                                           "X)\\b");
    QStringList offences;
    std::vector<Source> all = sources({"app", "core", "ui", "tests", "resources", ".ci"},
                                      {".h", ".cpp", "CMakeLists.txt", "run", ".bash", ".py"});
    for (const Source& source : all)
        for (qsizetype i = 0; i < source.lines.size(); ++i)
            if (putOff.match(source.lines[i]).hasMatch())
                offences.append(source.place(i) + ": do it or drop it: " + source.lines[i].trimmed());
    failOn(offences);
}

QTEST_APPLESS_MAIN(TestTidy)
#include "tst_tidy.moc"
