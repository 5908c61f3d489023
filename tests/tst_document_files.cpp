// Files and windows as a person uses them: new, open, save, close, and that no work is lost on the way.
#include "support/whole_window.h"
#include "ui/document/recovery.h"
#include "ui/studios.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
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
    void whatCannotBeOpenedLeavesThePresentDocument();
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
    void aFileThatChangesAndGoesIsGone();
    void whatIsOpenedIsLookedForWhereThereIsAFolder();
    void reloadCanBeUndone();
    void reloadSaysWhatItLost();
    void recentFilesAreBoundedAndWithoutDoubles();
    void eachFileHasOneWindow();
    void quittingAsksInFront();
    void workOfAKilledProgramIsFoundAgain();
    void allWorkThatIsFoundIsOfferedAtOnce();
    void givenUpWorkLeavesNoCopy();

  private:
    QString write(const QString& name, const std::string& text) const { return m_weir->write(name, text); }
    std::string read(const QString& path) const;
    void setSeed(int seed) {
        const std::vector<Edit> edits{{.pointer = "/run/seed", .value = Value(seed), .newName = {}}};
        QVERIFY(studio().editor().edit(QStringLiteral("Seed"), edits).empty());
        studio().editor().endStep();
    }
    std::string text() const { return studio().editor().document().text(); }
    MessageBar& bar() const { return m_weir->bar(); }
    bool answer(const QString& words) const { return m_weir->answerInBar(words); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier) const {
        QTest::keyClick(&studio().window(), key, modifiers);
    }
    Studio& studio() const { return *m_weir->studio; }

    std::unique_ptr<WholeWindow> m_weir;
};

void TestDocumentFiles::init() {
    m_weir = std::make_unique<WholeWindow>();
}

void TestDocumentFiles::cleanup() {
    m_weir.reset();
}

std::string TestDocumentFiles::read(const QString& path) const {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

void TestDocumentFiles::newMakesAnEmptyScenarioThatRuns() {
    key(Qt::Key_N);
    QVERIFY(studio().editor().isOpen());
    QCOMPARE(studio().session().mode(), Session::Mode::simulation);
    QVERIFY(studio().editor().scenario().channels.empty());
    QVERIFY(studio().window().windowTitle().startsWith(QStringLiteral("Untitled")));
    QVERIFY(!studio().window().isWindowModified());
    const std::vector<Edit> edits{{.pointer = "/channels/jobs", .value = Value(Value::Table{{"kind", Value("queue")}}), .newName = {}},
                                  {.pointer = "/layout/jobs", .value = Value(Value::List{Value(0), Value(0)}), .newName = {}}};
    QVERIFY(studio().editor().edit(QStringLiteral("Add Queue"), edits).empty());
    QCOMPARE(text(), std::string("{\n  \"weir\": \"1\",\n  \"run\": { \"seed\": 1, \"for\": \"10min\" },\n\n  \"events\": {},\n\n"
                                 "  \"channels\": {\n    \"jobs\": { \"kind\": \"queue\" }\n  },\n\n  \"services\": {},\n\n"
                                 "  \"layout\": {\n    \"jobs\": [0, 0]\n  }\n}\n"));
    studio().session().run();
    QVERIFY(studio().session().running());
}

void TestDocumentFiles::whatCannotBeOpenedLeavesThePresentDocument() {
    const QString broken = write(QStringLiteral("broken.json"), "{");
    QVERIFY(!studio().open(broken));
    QCOMPARE(bar().text(), QStringLiteral("broken.json could not be opened.")); // there is no document yet
    QVERIFY(studio().open(write(QStringLiteral("small.json"), small)));
    QVERIFY(!studio().open(broken));
    QCOMPARE(bar().text(), QStringLiteral("broken.json could not be opened. The present document stays as it is."));
    QVERIFY(studio().files().path().endsWith(QStringLiteral("/small.json")));
}

void TestDocumentFiles::aChangeShowsInTheTitleUntilItIsSaved() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(studio().open(path));
    QCOMPARE(studio().window().windowTitle(), QStringLiteral("Small — small.json[*] — Weir"));
    QVERIFY(!studio().window().isWindowModified());
    setSeed(2);
    QVERIFY(studio().window().isWindowModified());
    key(Qt::Key_Z);
    QVERIFY(!studio().window().isWindowModified());
    key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(studio().window().isWindowModified());
    key(Qt::Key_S);
    QVERIFY(!studio().window().isWindowModified());
    QCOMPARE(read(path), changed(2));
    key(Qt::Key_Z); // the saved state is a step like others
    QVERIFY(studio().window().isWindowModified());
}

void TestDocumentFiles::anUntitledScenarioAsksForItsName() {
    key(Qt::Key_N);
    setSeed(5);
    key(Qt::Key_S);
    const QString path = m_weir->folder.filePath(QStringLiteral("mine.json"));
    QVERIFY(m_weir->chooseInDialog(path));
    QTRY_COMPARE(studio().files().path(), path);
    QVERIFY(!studio().window().isWindowModified());
    QVERIFY(read(path).find("\"seed\": 5") != std::string::npos);
    QCOMPARE(studio().session().path(), path);
    QVERIFY(studio().window().windowTitle().startsWith(QStringLiteral("mine.json")));
}

void TestDocumentFiles::savingKeepsPermissionsAndLinks() {
    const QString path = write(QStringLiteral("small.json"), small);
    const QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup;
    QVERIFY(QFile::setPermissions(path, permissions));
    const QString link = m_weir->folder.filePath(QStringLiteral("link.json"));
    QVERIFY(QFile::link(path, link));
    QVERIFY(studio().open(link));
    setSeed(3);
    key(Qt::Key_S);
    QCOMPARE(read(path), changed(3));
    QVERIFY(QFileInfo(link).isSymLink());
    constexpr QFile::Permissions users = QFile::ReadUser | QFile::WriteUser | QFile::ExeUser; // the same once more
    QCOMPARE(QFile::permissions(path) & ~users, permissions);
}

void TestDocumentFiles::undoAndRedoNameTheirSteps() {
    QVERIFY(studio().open(write(QStringLiteral("small.json"), small)));
    const QList<QAction*> steps = studio().files().actions().inEditMenu();
    QVERIFY(!steps[0]->isEnabled() && !steps[1]->isEnabled());
    setSeed(3);
    QCOMPARE(steps[0]->text(), QStringLiteral("&Undo Seed"));
    steps[0]->trigger();
    QCOMPARE(text(), std::string(small));
    QCOMPARE(steps[1]->text(), QStringLiteral("&Redo Seed"));
    QVERIFY(!steps[0]->isEnabled());
}

void TestDocumentFiles::closingWithChangesAsks() {
    QVERIFY(studio().open(write(QStringLiteral("small.json"), small)));
    setSeed(2);
    studio().window().close();
    QVERIFY(studio().window().isVisible());
    QVERIFY(bar().asks());
    QVERIFY(bar().text().contains(QStringLiteral("small.json")));
    QVERIFY(answer(QStringLiteral("Cancel")));
    QVERIFY(studio().window().isVisible());
    QVERIFY(studio().window().isWindowModified());
    studio().window().close();
    QVERIFY(answer(QStringLiteral("Discard")));
    QVERIFY(!studio().window().isVisible());
    QCOMPARE(read(m_weir->folder.filePath(QStringLiteral("small.json"))), std::string(small));
}

void TestDocumentFiles::closingCanSave() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(studio().open(path));
    setSeed(2);
    studio().window().close();
    QTest::keyClick(bar().focusWidget() ? bar().focusWidget() : &bar(), Qt::Key_Return); // what is suggested
    QVERIFY(!studio().window().isVisible());
    QCOMPARE(read(path), changed(2));
}

void TestDocumentFiles::openingAnotherFileAsks() {
    QVERIFY(studio().open(write(QStringLiteral("small.json"), small)));
    setSeed(2);
    const QString other = write(QStringLiteral("other.json"), changed(9));
    QVERIFY(!studio().open(other));
    QVERIFY(bar().asks());
    QCOMPARE(text(), changed(2));
    QVERIFY(answer(QStringLiteral("Discard")));
    QCOMPARE(studio().files().path(), other);
    QCOMPARE(text(), changed(9));
    QVERIFY(!studio().window().isWindowModified());
}

void TestDocumentFiles::aReadOnlyFileIsLeftAlone() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    QVERIFY(studio().open(path));
    QVERIFY(studio().window().windowTitle().contains(QStringLiteral("read-only")));
    setSeed(2);
    key(Qt::Key_S);
    QVERIFY(bar().asks());
    QVERIFY(studio().window().isWindowModified());
    QCOMPARE(read(path), std::string(small));
    QVERIFY(answer(QStringLiteral("Save as…")));
    const QString other = m_weir->folder.filePath(QStringLiteral("mine.json"));
    QVERIFY(m_weir->chooseInDialog(other));
    QTRY_COMPARE(read(other), changed(2));
    QVERIFY(!studio().window().isWindowModified());
}

void TestDocumentFiles::aFailedSaveLosesNothing() {
    QVERIFY(QDir(m_weir->folder.path()).mkdir(QStringLiteral("sub")));
    const QString path = write(QStringLiteral("sub/small.json"), small);
    QVERIFY(studio().open(path));
    setSeed(2);
    QVERIFY(QDir(m_weir->folder.filePath(QStringLiteral("sub"))).removeRecursively());
    key(Qt::Key_S);
    QVERIFY(bar().isVisible());
    QVERIFY(bar().text().contains(QStringLiteral("could not be saved")));
    QCOMPARE(bar().details().count(), 1);
    QVERIFY(bar().details().item(0)->text().contains(path));
    QVERIFY(studio().window().isWindowModified());
    QCOMPARE(text(), changed(2));
}

void TestDocumentFiles::aChangeByAnotherProgramIsTakenUpOrNot() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(studio().open(path));
    write(QStringLiteral("small.json"), changed(7));
    QTRY_VERIFY(bar().asks());
    QVERIFY(bar().text().contains(QStringLiteral("another program")));
    QVERIFY(answer(QStringLiteral("Reload")));
    QCOMPARE(text(), changed(7));
    QVERIFY(!studio().window().isWindowModified());
    // A new file in its place, as many editors write.
    write(QStringLiteral("new.json"), changed(8));
    QVERIFY(QFile::remove(path));
    QVERIFY(QFile::rename(m_weir->folder.filePath(QStringLiteral("new.json")), path));
    QTRY_VERIFY(bar().asks());
    QVERIFY(answer(QStringLiteral("Keep mine")));
    QCOMPARE(text(), changed(7));
    QVERIFY(studio().window().isWindowModified());
    key(Qt::Key_S); // it has been decided
    QCOMPARE(read(path), changed(7));
}

void TestDocumentFiles::savingDoesNotOverwriteWhatAnotherProgramWrote() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(studio().open(path));
    setSeed(2);
    write(QStringLiteral("small.json"), changed(7));
    key(Qt::Key_S); // before anything could be noticed
    QCOMPARE(read(path), changed(7));
    QVERIFY(answer(QStringLiteral("Overwrite")));
    QCOMPARE(read(path), changed(2));
}

void TestDocumentFiles::aFileThatGoesIsMissed() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(studio().open(path));
    QVERIFY(QFile::remove(path));
    QTRY_VERIFY(bar().isVisible() && bar().text().contains(QStringLiteral("gone"))); // a run that ends tells that there too
    QVERIFY(studio().window().isWindowModified());
    key(Qt::Key_S);
    QCOMPARE(read(path), std::string(small));
    QVERIFY(!studio().window().isWindowModified());
}

// Whether the change is to be taken up is no question any more.
void TestDocumentFiles::aFileThatChangesAndGoesIsGone() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(studio().open(path));
    write(QStringLiteral("small.json"), changed(7));
    QTRY_VERIFY(bar().asks() && bar().text().contains(QStringLiteral("another program")));
    QVERIFY(QFile::remove(path));
    QTRY_VERIFY(bar().text().contains(QStringLiteral("gone")));
    QVERIFY(!bar().asks());
}

void TestDocumentFiles::whatIsOpenedIsLookedForWhereThereIsAFolder() {
    const QByteArray home = qgetenv("HOME");
    const QByteArray config = qgetenv("XDG_CONFIG_HOME");
    qputenv("HOME", m_weir->folder.path().toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", m_weir->folder.path().toLocal8Bit()); // no folder of documents is named, none is there
    QVERIFY(!QFileInfo::exists(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)));
    key(Qt::Key_O);
    auto* const dialog = studio().window().findChild<QFileDialog*>();
    QVERIFY(dialog);
    QCOMPARE(dialog->directory().canonicalPath(), QDir(m_weir->folder.path()).canonicalPath());
    QVERIFY(dialog->selectedFiles().isEmpty() || QFileInfo(dialog->selectedFiles().front()).isDir());
    dialog->close();
    qputenv("HOME", home);
    config.isEmpty() ? qunsetenv("XDG_CONFIG_HOME") : qputenv("XDG_CONFIG_HOME", config);
}

void TestDocumentFiles::reloadCanBeUndone() {
    const QString path = write(QStringLiteral("small.json"), small);
    QVERIFY(studio().open(path));
    setSeed(2);
    key(Qt::Key_R);
    QCOMPARE(text(), std::string(small));
    QVERIFY(!studio().window().isWindowModified());
    key(Qt::Key_Z);
    QCOMPARE(text(), changed(2));
    QVERIFY(studio().window().isWindowModified());
}

void TestDocumentFiles::reloadSaysWhatItLost() {
    QVERIFY(studio().open(write(QStringLiteral("small.json"), small)));
    key(Qt::Key_R);
    QVERIFY(!bar().asks()); // nothing
    setSeed(2);
    key(Qt::Key_R);
    QVERIFY(bar().text().contains(QStringLiteral("small.json was loaded again")));
    QVERIFY(answer(QStringLiteral("Undo")));
    QCOMPARE(text(), changed(2));
    key(Qt::Key_R);
    QVERIFY(bar().asks());
    setSeed(3); // undoing would take this back
    QVERIFY(!bar().isVisible());
}

void TestDocumentFiles::recentFilesAreBoundedAndWithoutDoubles() {
    for (int i = 0; i < 12; ++i)
        studio().files().recent().add(QStringLiteral("/files/%1.json").arg(i));
    studio().files().recent().add(QStringLiteral("/files/10.json"));
    const QStringList recent = studio().files().recent().paths();
    QCOMPARE(recent.size(), 8);
    QCOMPARE(recent.at(0), QStringLiteral("/files/10.json"));
    QCOMPARE(recent.at(1), QStringLiteral("/files/11.json"));
    QCOMPARE(recent.at(7), QStringLiteral("/files/4.json"));
    const QString path = write(QStringLiteral("a&b.json"), small);
    QVERIFY(studio().open(path));
    QVERIFY(studio().open(write(QStringLiteral("other.json"), small)));
    QMenu* menu = studio().files().actions().inFileMenu().at(3)->menu();
    QVERIFY(menu);
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().at(1)->text(), QString(path).replace(QStringLiteral("&"), QStringLiteral("&&")));
    menu->actions().at(1)->trigger();
    QCOMPARE(studio().files().path(), path);
    // What cannot be found any more is not offered again.
    menu->actions().at(3)->trigger();
    QVERIFY(bar().text().contains(QStringLiteral("could not be opened")));
    QVERIFY(!studio().files().recent().paths().contains(QStringLiteral("/files/11.json")));
}

void TestDocumentFiles::eachFileHasOneWindow() {
    Studios studios(m_weir->themes, m_weir->language, m_weir->settings);
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
    const QString link = m_weir->folder.filePath(QStringLiteral("link.json"));
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

// The question must not stand where nobody looks.
void TestDocumentFiles::quittingAsksInFront() {
    Studios studios(m_weir->themes, m_weir->language, m_weir->settings);
    studios.add();
    studios.add();
    Studio& behind = *studios.all().front();
    MainWindow& front = studios.all().back()->window();
    QVERIFY(behind.open(write(QStringLiteral("small.json"), small)));
    QVERIFY(behind.editor().edit(QStringLiteral("Seed"), {{.pointer = "/run/seed", .value = Value(5), .newName = {}}}).empty());
    front.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&front));
    behind.window().close(); // as quitting does, window by window
    QVERIFY(behind.window().messageBar().asks());
    QTRY_VERIFY(behind.window().isActiveWindow());
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

    studio().files().offerRecoveries();
    QVERIFY(bar().asks());
    QVERIFY(bar().text().contains(QStringLiteral("small.json")));
    QVERIFY(answer(QStringLiteral("Restore")));
    QCOMPARE(text(), changed(77));
    QCOMPARE(studio().files().path(), path);
    QVERIFY(studio().window().isWindowModified());
    QCOMPARE(copies().size(), 1); // by now it is ours
    key(Qt::Key_Z);
    QCOMPARE(text(), std::string(small));
    key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    key(Qt::Key_S);
    QCOMPARE(read(path), changed(77));
    QVERIFY(copies().isEmpty());
    QVERIFY(Recovery::leftBehind().isEmpty());
}

void TestDocumentFiles::allWorkThatIsFoundIsOfferedAtOnce() {
    QStringList paths;
    for (const char* name : {"one.json", "two.json", "three.json"}) {
        paths << write(QString::fromLatin1(name), small);
        QProcess child;
        child.start(QStringLiteral(WEIR_RECOVERY_CHILD), {paths.back(), QStringLiteral("77")});
        QVERIFY(child.waitForStarted());
        QTRY_COMPARE_WITH_TIMEOUT(
            QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/recovery"))
                .entryList({QStringLiteral("*.recovery")}, QDir::Files)
                .size(),
            paths.size(), 20'000);
        child.kill();
        QVERIFY(child.waitForFinished());
    }
    Studios studios(m_weir->themes, m_weir->language, m_weir->settings);
    MessageBar& offer = studios.add().window().messageBar();
    for (const char* name : {"one.json", "two.json", "three.json"})
        QVERIFY(offer.text().contains(QString::fromLatin1(name)));
    for (auto* button : offer.findChildren<QToolButton*>())
        if (button->isVisible() && button->text() == QLatin1String("Restore all")) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    QCOMPARE(studios.all().size(), std::size_t{3});
    QStringList restored;
    for (const auto& studio : studios.all()) {
        QCOMPARE(studio->editor().document().text(), changed(77));
        QVERIFY(studio->window().isWindowModified());
        QVERIFY(!studio->window().messageBar().asks());
        restored << studio->files().path();
    }
    restored.sort();
    paths.sort();
    QCOMPARE(restored, paths);
}

void TestDocumentFiles::givenUpWorkLeavesNoCopy() {
    const auto copies = [] {
        const QDir kept(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/recovery"));
        return kept.entryList({QStringLiteral("*.recovery")}, QDir::Files).size();
    };
    QVERIFY(studio().open(write(QStringLiteral("small.json"), small)));
    setSeed(2);
    QTRY_COMPARE_WITH_TIMEOUT(copies(), 1, 10'000);
    studio().window().close();
    QVERIFY(answer(QStringLiteral("Discard")));
    QCOMPARE(copies(), 0);
}

QTEST_MAIN(TestDocumentFiles)
#include "tst_document_files.moc"
