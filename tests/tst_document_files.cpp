// Files and windows as a person uses them: new, open, save, close, and that no work is lost on the way.
#include "ui/document/recovery.h"
#include "ui/studio.h"
#include "ui/studios.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace weir;

namespace {

const char* const small = R"({
  "weir": "1", // one queue
  "title": "Small",
  "run": { "seed": 1, "for": "10min" },
  "channels": { "jobs": { "kind": "queue" } }
}
)";

std::string changed(int seed) {
    return QString::fromUtf8(small).replace(QStringLiteral("\"seed\": 1"), QStringLiteral("\"seed\": %1").arg(seed)).toStdString();
}

} // namespace

class TestDocumentFiles : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void cleanup();
    void newMakesAnEmptyScenarioThatRuns();
    void aChangeShowsInTheTitleUntilItIsSaved();
    void anUntitledScenarioAsksForItsName();
    void savingKeepsPermissionsAndLinks();
    void undoAndRedoNameTheirSteps();
    void closingWithChangesAsks();
    void closingCanSave();
    void openingAnotherFileAsks();
    void aReadOnlyFileIsLeftAlone();
    void aFailedSaveLosesNothing();
    void aChangeByAnotherProgramIsTakenUpOrNot();
    void savingDoesNotOverwriteWhatAnotherProgramWrote();
    void aFileThatGoesIsMissed();
    void reloadCanBeUndone();
    void recentFilesAreBoundedAndWithoutDoubles();
    void eachFileHasOneWindow();
    void workOfAKilledProgramIsFoundAgain();
    void givenUpWorkLeavesNoCopy();

  private:
    QString write(const QString& name, const std::string& text) const;
    std::string read(const QString& path) const;
    void setSeed(int seed) {
        const std::vector<Edit> edits{{.pointer = "/run/seed", .value = Value(seed), .newName = {}}};
        QVERIFY(m_studio->editor().edit(QStringLiteral("Seed"), edits).empty());
        m_studio->editor().endStep();
    }
    std::string text() const { return m_studio->editor().document().text(); }
    MessageBar& bar() const { return m_studio->window().messageBar(); }
    bool answer(const QString& words) const;
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier) const {
        QTest::keyClick(&m_studio->window(), key, modifiers);
    }
    bool chooseInDialog(const QString& path) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Language> m_language;
    std::unique_ptr<Studio> m_studio;
};

void TestDocumentFiles::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_folder->path().toLocal8Bit()); // where copies for recovery are kept
    QApplication::setApplicationName(QStringLiteral("weir"));
    QApplication::setOrganizationName(QStringLiteral("weir"));
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("weir.ini")), QSettings::IniFormat);
    m_settings->setValue(QStringLiteral("window/language"), 1);
    m_themes = std::make_unique<ThemeSource>(*qApp);
    m_language = std::make_unique<Language>();
    m_studio = std::make_unique<Studio>(*m_themes, *m_language, *m_settings);
    m_studio->window().show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_studio->window()));
}

void TestDocumentFiles::cleanup() {
    m_studio.reset();
    m_language.reset();
    m_themes.reset();
    m_settings.reset();
    m_folder.reset();
}

QString TestDocumentFiles::write(const QString& name, const std::string& text) const {
    QFile file(m_folder->filePath(name));
    const QByteArray bytes = QByteArray::fromStdString(text);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
}

std::string TestDocumentFiles::read(const QString& path) const {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

bool TestDocumentFiles::answer(const QString& words) const {
    for (auto* button : bar().findChildren<QToolButton*>())
        if (button->isVisible() && button->text() == words) {
            QTest::mouseClick(button, Qt::LeftButton);
            return true;
        }
    return false;
}

bool TestDocumentFiles::chooseInDialog(const QString& path) const {
    auto* dialog = m_studio->window().findChild<QFileDialog*>();
    auto* name = dialog ? dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")) : nullptr;
    // Its list writes into a field that has not the keyboard.
    if (!name || !QTest::qWaitForWindowActive(dialog))
        return false;
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, path);
    QTest::keyClick(name, Qt::Key_Return);
    return true;
}

void TestDocumentFiles::newMakesAnEmptyScenarioThatRuns() {
    key(Qt::Key_N);
    QVERIFY(m_studio->editor().isOpen());
    QCOMPARE(m_studio->session().mode(), Session::Mode::simulation);
    QVERIFY(m_studio->editor().scenario().channels.empty());
    QVERIFY(m_studio->window().windowTitle().startsWith(QStringLiteral("Untitled")));
    QVERIFY(!m_studio->window().isWindowModified());
    const std::vector<Edit> edits{{.pointer = "/channels/jobs", .value = Value(Value::Table{{"kind", Value("queue")}}), .newName = {}},
                                  {.pointer = "/layout/jobs", .value = Value(Value::List{Value(0), Value(0)}), .newName = {}}};
    QVERIFY(m_studio->editor().edit(QStringLiteral("Add Queue"), edits).empty());
    QCOMPARE(text(), std::string("{\n  \"weir\": \"1\",\n  \"run\": { \"seed\": 1, \"for\": \"10min\" },\n\n  \"events\": {},\n\n"
                                 "  \"channels\": {\n    \"jobs\": { \"kind\": \"queue\" }\n  },\n\n  \"services\": {},\n\n"
                                 "  \"layout\": {\n    \"jobs\": [0, 0]\n  }\n}\n"));
    m_studio->session().run();
    QVERIFY(m_studio->session().running());
}

void TestDocumentFiles::aChangeShowsInTheTitleUntilItIsSaved() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(m_studio->open(path));
    QCOMPARE(m_studio->window().windowTitle(), QStringLiteral("Small — small.json[*] — Weir"));
    QVERIFY(!m_studio->window().isWindowModified());
    setSeed(2);
    QVERIFY(m_studio->window().isWindowModified());
    key(Qt::Key_Z);
    QVERIFY(!m_studio->window().isWindowModified());
    key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_studio->window().isWindowModified());
    key(Qt::Key_S);
    QVERIFY(!m_studio->window().isWindowModified());
    QCOMPARE(read(path), changed(2));
    key(Qt::Key_Z); // the saved state is a step like others
    QVERIFY(m_studio->window().isWindowModified());
}

void TestDocumentFiles::anUntitledScenarioAsksForItsName() {
    QSKIP("open: Return in the file dialog does not take the name offscreen");
    key(Qt::Key_N);
    setSeed(5);
    key(Qt::Key_S);
    const QString path = m_folder->filePath(QStringLiteral("mine.json"));
    QVERIFY(chooseInDialog(path));
    QTRY_COMPARE(m_studio->files().path(), path);
    QVERIFY(!m_studio->window().isWindowModified());
    QVERIFY(read(path).find("\"seed\": 5") != std::string::npos);
    QCOMPARE(m_studio->session().path(), path);
    QVERIFY(m_studio->window().windowTitle().startsWith(QStringLiteral("mine.json")));
}

void TestDocumentFiles::savingKeepsPermissionsAndLinks() {
    const QString path = write(QStringLiteral("small.json"), small);
    const QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup;
    QVERIFY(QFile::setPermissions(path, permissions));
    const QString link = m_folder->filePath(QStringLiteral("link.json"));
    QVERIFY(QFile::link(path, link));
    QVERIFY(m_studio->open(link));
    setSeed(3);
    key(Qt::Key_S);
    QCOMPARE(read(path), changed(3));
    QVERIFY(QFileInfo(link).isSymLink());
    constexpr QFile::Permissions users = QFile::ReadUser | QFile::WriteUser | QFile::ExeUser; // the same once more
    QCOMPARE(QFile::permissions(path) & ~users, permissions);
}

void TestDocumentFiles::undoAndRedoNameTheirSteps() {
    QVERIFY(m_studio->open(write(QStringLiteral("small.json"), small)));
    const QList<QAction*> steps = m_studio->files().actions().inEditMenu();
    QVERIFY(!steps[0]->isEnabled() && !steps[1]->isEnabled());
    setSeed(3);
    QCOMPARE(steps[0]->text(), QStringLiteral("&Undo Seed"));
    steps[0]->trigger();
    QCOMPARE(text(), std::string(small));
    QCOMPARE(steps[1]->text(), QStringLiteral("&Redo Seed"));
    QVERIFY(!steps[0]->isEnabled());
}

void TestDocumentFiles::closingWithChangesAsks() {
    QVERIFY(m_studio->open(write(QStringLiteral("small.json"), small)));
    setSeed(2);
    m_studio->window().close();
    QVERIFY(m_studio->window().isVisible());
    QVERIFY(bar().asks());
    QVERIFY(bar().text().contains(QStringLiteral("small.json")));
    QVERIFY(answer(QStringLiteral("Cancel")));
    QVERIFY(m_studio->window().isVisible());
    QVERIFY(m_studio->window().isWindowModified());
    m_studio->window().close();
    QVERIFY(answer(QStringLiteral("Discard")));
    QVERIFY(!m_studio->window().isVisible());
    QCOMPARE(read(m_folder->filePath(QStringLiteral("small.json"))), std::string(small));
}

void TestDocumentFiles::closingCanSave() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(m_studio->open(path));
    setSeed(2);
    m_studio->window().close();
    QTest::keyClick(bar().focusWidget() ? bar().focusWidget() : &bar(), Qt::Key_Return); // what is suggested
    QVERIFY(!m_studio->window().isVisible());
    QCOMPARE(read(path), changed(2));
}

void TestDocumentFiles::openingAnotherFileAsks() {
    QVERIFY(m_studio->open(write(QStringLiteral("small.json"), small)));
    setSeed(2);
    const QString other = write(QStringLiteral("other.json"), changed(9));
    QVERIFY(!m_studio->open(other));
    QVERIFY(bar().asks());
    QCOMPARE(text(), changed(2));
    QVERIFY(answer(QStringLiteral("Discard")));
    QCOMPARE(m_studio->files().path(), other);
    QCOMPARE(text(), changed(9));
    QVERIFY(!m_studio->window().isWindowModified());
}

void TestDocumentFiles::aReadOnlyFileIsLeftAlone() {
    QSKIP("open: Return in the file dialog does not take the name offscreen");
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    QVERIFY(m_studio->open(path));
    QVERIFY(m_studio->window().windowTitle().contains(QStringLiteral("read-only")));
    setSeed(2);
    key(Qt::Key_S);
    QVERIFY(bar().asks());
    QVERIFY(m_studio->window().isWindowModified());
    QCOMPARE(read(path), std::string(small));
    QVERIFY(answer(QStringLiteral("Save as…")));
    const QString other = m_folder->filePath(QStringLiteral("mine.json"));
    QVERIFY(chooseInDialog(other));
    QTRY_COMPARE(read(other), changed(2));
    QVERIFY(!m_studio->window().isWindowModified());
}

void TestDocumentFiles::aFailedSaveLosesNothing() {
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("sub")));
    const QString path = write(QStringLiteral("sub/small.json"), small);
    QVERIFY(m_studio->open(path));
    setSeed(2);
    QVERIFY(QDir(m_folder->filePath(QStringLiteral("sub"))).removeRecursively());
    key(Qt::Key_S);
    QVERIFY(bar().isVisible());
    QVERIFY(bar().text().contains(QStringLiteral("could not be saved")));
    QCOMPARE(bar().details().count(), 1);
    QVERIFY(bar().details().item(0)->text().contains(path));
    QVERIFY(m_studio->window().isWindowModified());
    QCOMPARE(text(), changed(2));
}

void TestDocumentFiles::aChangeByAnotherProgramIsTakenUpOrNot() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(m_studio->open(path));
    write(QStringLiteral("small.json"), changed(7));
    QTRY_VERIFY(bar().asks());
    QVERIFY(bar().text().contains(QStringLiteral("another program")));
    QVERIFY(answer(QStringLiteral("Reload")));
    QCOMPARE(text(), changed(7));
    QVERIFY(!m_studio->window().isWindowModified());
    // A new file in its place, as many editors write.
    write(QStringLiteral("new.json"), changed(8));
    QVERIFY(QFile::remove(path));
    QVERIFY(QFile::rename(m_folder->filePath(QStringLiteral("new.json")), path));
    QTRY_VERIFY(bar().asks());
    QVERIFY(answer(QStringLiteral("Keep mine")));
    QCOMPARE(text(), changed(7));
    QVERIFY(m_studio->window().isWindowModified());
    key(Qt::Key_S); // it has been decided
    QCOMPARE(read(path), changed(7));
}

void TestDocumentFiles::savingDoesNotOverwriteWhatAnotherProgramWrote() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(m_studio->open(path));
    setSeed(2);
    write(QStringLiteral("small.json"), changed(7));
    key(Qt::Key_S); // before anything could be noticed
    QCOMPARE(read(path), changed(7));
    QVERIFY(answer(QStringLiteral("Overwrite")));
    QCOMPARE(read(path), changed(2));
}

void TestDocumentFiles::aFileThatGoesIsMissed() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(m_studio->open(path));
    QVERIFY(QFile::remove(path));
    QTRY_VERIFY(bar().isVisible() && bar().text().contains(QStringLiteral("gone"))); // a run that ends tells that there too
    QVERIFY(m_studio->window().isWindowModified());
    key(Qt::Key_S);
    QCOMPARE(read(path), std::string(small));
    QVERIFY(!m_studio->window().isWindowModified());
}

void TestDocumentFiles::reloadCanBeUndone() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(m_studio->open(path));
    setSeed(2);
    key(Qt::Key_R);
    QCOMPARE(text(), std::string(small));
    QVERIFY(!m_studio->window().isWindowModified());
    key(Qt::Key_Z);
    QCOMPARE(text(), changed(2));
    QVERIFY(m_studio->window().isWindowModified());
}

void TestDocumentFiles::recentFilesAreBoundedAndWithoutDoubles() {
    for (int i = 0; i < 12; ++i)
        m_studio->files().recent().add(QStringLiteral("/files/%1.json").arg(i));
    m_studio->files().recent().add(QStringLiteral("/files/10.json"));
    const QStringList recent = m_studio->files().recent().paths();
    QCOMPARE(recent.size(), 8);
    QCOMPARE(recent.at(0), QStringLiteral("/files/10.json"));
    QCOMPARE(recent.at(1), QStringLiteral("/files/11.json"));
    QCOMPARE(recent.at(7), QStringLiteral("/files/4.json"));
    const QString path = write(QStringLiteral("a&b.json"), small);
    QVERIFY(m_studio->open(path));
    QVERIFY(m_studio->open(write(QStringLiteral("other.json"), small)));
    QMenu* menu = m_studio->files().actions().inFileMenu().at(3)->menu();
    QVERIFY(menu);
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().at(1)->text(), QString(path).replace(QStringLiteral("&"), QStringLiteral("&&")));
    menu->actions().at(1)->trigger();
    QCOMPARE(m_studio->files().path(), path);
    // What cannot be found any more is not offered again.
    menu->actions().at(3)->trigger();
    QVERIFY(bar().text().contains(QStringLiteral("could not be opened")));
    QVERIFY(!m_studio->files().recent().paths().contains(QStringLiteral("/files/11.json")));
}

void TestDocumentFiles::eachFileHasOneWindow() {
    Studios studios(*m_themes, *m_language, *m_settings);
    studios.add();
    const QString one = write(QStringLiteral("one.json"), small);
    const QString two = write(QStringLiteral("two.json"), small);
    studios.open(one); // into the window that is empty
    QCOMPARE(studios.all().size(), std::size_t{1});
    studios.open(two);
    QCOMPARE(studios.all().size(), std::size_t{2});
    studios.open(one);
    QCOMPARE(studios.all().size(), std::size_t{2});
    // Also where it is opened from another window, and by another way to it: that one comes to the front.
    const QString link = m_folder->filePath(QStringLiteral("link.json"));
    QVERIFY(QFile::link(two, link));
    QVERIFY(!studios.all().front()->files().open(link));
    QCOMPARE(studios.all().front()->files().path(), one);
    QTRY_VERIFY(studios.all().back()->window().isActiveWindow());
    MainWindow& first = studios.all().front()->window();
    first.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&first));
    QTest::keyClick(&first, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(studios.all().size(), std::size_t{3});
    QVERIFY(!studios.all().back()->editor().isOpen());
    studios.all().front()->window().close();
    QCOMPARE(studios.all().size(), std::size_t{2});
    QCOMPARE(studios.all().front()->files().path(), two);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    studios.all().front()->window().close();
    studios.all().front()->window().close();
    QVERIFY(studios.all().empty());
}

void TestDocumentFiles::workOfAKilledProgramIsFoundAgain() {
    const QString path = write(QStringLiteral("small.json"), small);
    QProcess child;
    child.start(QStringLiteral(WEIR_RECOVERY_CHILD), {path, QStringLiteral("77")});
    QVERIFY(child.waitForStarted());
    QElapsedTimer clock;
    QVERIFY(child.waitForReadyRead(30'000));
    clock.start();
    const QDir kept(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/recovery"));
    const auto copies = [&kept] { return QDir(kept).entryList({QStringLiteral("*.recovery")}, QDir::Files); };
    QTRY_COMPARE_WITH_TIMEOUT(copies().size(), 1, 10'000);
    QVERIFY(clock.elapsed() < 10'000);
    QVERIFY(Recovery::leftBehind().isEmpty()); // it lives: nobody else's to take
    child.kill();
    QVERIFY(child.waitForFinished());

    m_studio->files().offerRecoveries();
    QVERIFY(bar().asks());
    QVERIFY(bar().text().contains(QStringLiteral("small.json")));
    QVERIFY(answer(QStringLiteral("Restore")));
    QCOMPARE(text(), changed(77));
    QCOMPARE(m_studio->files().path(), path);
    QVERIFY(m_studio->window().isWindowModified());
    QCOMPARE(copies().size(), 1); // by now it is ours
    key(Qt::Key_Z);
    QCOMPARE(text(), std::string(small));
    key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    key(Qt::Key_S);
    QCOMPARE(read(path), changed(77));
    QVERIFY(copies().isEmpty());
    QVERIFY(Recovery::leftBehind().isEmpty());
}

void TestDocumentFiles::givenUpWorkLeavesNoCopy() {
    const auto copies = [] {
        const QDir kept(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/recovery"));
        return kept.entryList({QStringLiteral("*.recovery")}, QDir::Files).size();
    };
    QVERIFY(m_studio->open(write(QStringLiteral("small.json"), small)));
    setSeed(2);
    QTRY_COMPARE_WITH_TIMEOUT(copies(), 1, 10'000);
    m_studio->window().close();
    QVERIFY(answer(QStringLiteral("Discard")));
    QCOMPARE(copies(), 0);
}

QTEST_MAIN(TestDocumentFiles)
#include "tst_document_files.moc"
