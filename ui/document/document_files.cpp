#include "ui/document/document_files.h"

#include "ui/cut_text.h"
#include "ui/document/document_editor.h"
#include "ui/main_window.h"
#include "ui/session/session.h"

#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QStandardPaths>

namespace weir {
namespace {

using Tell = MessageBar::Severity;

// What New makes. Its sections are there, so that each has its place in the file from the beginning.
const char* const emptyScenario = R"({
  "weir": "1",
  "run": { "seed": 1, "for": "10min" },

  "events": {},

  "channels": {},

  "services": {},

  "layout": {}
}
)";

QString filters() {
    return DocumentFiles::tr("Scenarios (*.json *.jsonc)") + QStringLiteral(";;") + DocumentFiles::tr("All files (*)");
}

// Where documents are kept; some systems name a folder that is not there, which a dialog would take for a file's name.
QString documentsFolder() {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

} // namespace

DocumentFiles::DocumentFiles(Session& session, DocumentEditor& editor, const Language& language,
                             const ThemeSource& themes, QSettings& settings, QObject* parent)
    : QObject(parent), m_session(session), m_editor(editor), m_language(language), m_recent(settings),
      m_actions(themes, editor.undoStack(), m_recent), m_recovery(editor) {
    connect(&m_actions, &FileActions::newRequested, this, [this] { whenNothingIsLost([this] { openNew(); }); });
    connect(&m_actions, &FileActions::windowRequested, this, &DocumentFiles::windowRequested);
    connect(&m_actions, &FileActions::openRequested, this, &DocumentFiles::chooseFile);
    connect(&m_actions, &FileActions::recentRequested, this, &DocumentFiles::open);
    connect(&m_actions, &FileActions::saveRequested, this, [this] { save(); });
    connect(&m_actions, &FileActions::saveAsRequested, this, [this] { saveAs(); });
    connect(&m_actions, &FileActions::reloadRequested, this, &DocumentFiles::reload);
    connect(&m_editor, &DocumentEditor::changed, this, &DocumentFiles::follow);
    connect(&m_session, &Session::documentChanged, this, &DocumentFiles::showTitle);
    connect(&m_disk, &DiskFile::changed, this, &DocumentFiles::lookAtDisk);
}

void DocumentFiles::attachTo(MainWindow& window) {
    m_window = &window;
    window.installEventFilter(this);
    connect(&window, &MainWindow::openRequested, this, &DocumentFiles::open);
    showTitle();
}

bool DocumentFiles::modified() const {
    return m_editor.isOpen() && m_saved != m_editor.document().text();
}

QString DocumentFiles::shownName() const {
    return m_path.isEmpty() ? tr("Untitled") : QFileInfo(m_path).fileName();
}

// --- opening ---

bool DocumentFiles::open(const QString& path) {
    if (m_elsewhere && m_elsewhere(path))
        return false;
    bool opened = false;
    if (!modified())
        opened = openNow(path);
    else
        whenNothingIsLost([this, path] { openNow(path); });
    return opened;
}

bool DocumentFiles::openNow(const QString& path) {
    Result<std::string> text = DiskFile::read(path);
    const Errors errors = text ? m_editor.open(*text, path) : Errors{text.error()};
    if (!errors.empty()) {
        tellNotOpened(path, errors);
        if (!QFileInfo::exists(path))
            m_recent.remove(path);
        return false;
    }
    m_window->messageBar().dismiss();
    takeUp(path, *text);
    m_session.run();
    return true;
}

void DocumentFiles::tellNotOpened(const QString& path, const Errors& errors) {
    const QString said = m_session.mode() == Session::Mode::empty
                             ? tr("%1 could not be opened.")
                             : tr("%1 could not be opened. The present document stays as it is.");
    m_window->messageBar().tell(Tell::Error, said.arg(QFileInfo(path).fileName()), errors);
}

void DocumentFiles::openNew() {
    const Errors errors = m_editor.open(emptyScenario, QString());
    Q_ASSERT(errors.empty());
    m_window->messageBar().dismiss();
    takeUp(QString(), emptyScenario);
}

void DocumentFiles::openCopy(const QString& path) {
    whenNothingIsLost([this, path] {
        const Result<std::string> text = DiskFile::read(path);
        if (const Errors errors = text ? m_editor.open(*text, QString()) : Errors{text.error()}; !errors.empty()) {
            tellNotOpened(path, errors);
            return;
        }
        m_window->messageBar().dismiss();
        takeUp(QString(), *text);
        m_suggested = QFileInfo(path).fileName();
        m_session.run();
    });
}

// The document is that file's now, and says the same.
void DocumentFiles::takeUp(const QString& path, const std::string& text) {
    m_path = path;
    m_saved = text;
    m_suggested.clear();
    m_disk.follow(path, text);
    if (!path.isEmpty())
        m_recent.add(path);
    follow();
}

void DocumentFiles::chooseFile() {
    const QString folder = m_path.isEmpty() ? documentsFolder() : QFileInfo(m_path).absolutePath();
    auto* dialog = new QFileDialog(m_window, tr("Open a scenario"), folder, filters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &DocumentFiles::open);
    dialog->open();
}

void DocumentFiles::reload() {
    if (m_path.isEmpty())
        return;
    const bool changed = modified();
    const Result<std::string> text = DiskFile::read(m_path);
    const Errors errors = text ? m_editor.editText(tr("Reload"), *text) : Errors{text.error()};
    if (!errors.empty()) {
        m_window->messageBar().tell(Tell::Error,
                                    tr("%1 could not be loaded. The present document stays as it is.").arg(shownName()),
                                    errors);
        return;
    }
    m_editor.undoStack().setClean();
    m_window->messageBar().dismiss();
    takeUp(m_path, *text);
    if (changed)
        tellReloaded();
}

// Undo is offered until something else is done: it would take that back instead.
void DocumentFiles::tellReloaded() {
    QUndoStack& steps = m_editor.undoStack();
    MessageBar& bar = m_window->messageBar();
    const int message = bar.ask(Tell::Note, tr("%1 was loaded again. Changes that were not saved are gone.").arg(shownName()),
                                {{tr("Undo"), [&steps] { steps.undo(); }}});
    connect(&steps, &QUndoStack::indexChanged, &bar, [&bar, message] { bar.withdraw(message); }, Qt::SingleShotConnection);
}

// --- saving ---

void DocumentFiles::save(const std::function<void()>& then) {
    if (!m_editor.isOpen())
        return;
    if (m_path.isEmpty()) {
        saveAs(then);
    } else if (DiskFile::isReadOnly(m_path)) {
        m_window->messageBar().ask(Tell::Warning, tr("%1 is read-only.").arg(shownName()),
                                   {{tr("Save as…"), [this, then] { saveAs(then); }, true}, {tr("Cancel"), [] {}}});
    } else if (m_disk.state() == DiskFile::State::other) {
        askBeforeOverwriting(then);
    } else if (writeTo(m_path) && then) {
        then();
    }
}

void DocumentFiles::askBeforeOverwriting(const std::function<void()>& then) {
    const auto overwrite = [this, then] {
        if (writeTo(m_path) && then)
            then();
    };
    m_window->messageBar().ask(
        Tell::Warning, tr("%1 was changed by another program. Saving would write over that.").arg(shownName()),
        {{tr("Save as…"), [this, then] { saveAs(then); }, true}, {tr("Overwrite"), overwrite}, {tr("Cancel"), [] {}}});
}

void DocumentFiles::saveAs(const std::function<void()>& then) {
    if (!m_editor.isOpen())
        return;
    const QString folder = documentsFolder();
    const QString name = m_suggested.isEmpty() ? tr("scenario") + QStringLiteral(".json") : m_suggested;
    const QString suggested = m_path.isEmpty() ? folder + QLatin1Char('/') + name : m_path;
    auto* dialog = new QFileDialog(m_window, tr("Save the scenario"), QFileInfo(suggested).path(), filters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QFileInfo(suggested).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, then](const QString& path) {
        if (writeTo(path) && then)
            then();
    });
    dialog->open();
}

bool DocumentFiles::writeTo(const QString& path) {
    const std::string& text = m_editor.document().text();
    if (const Errors errors = DiskFile::write(path, text); !errors.empty()) {
        m_window->messageBar().ask(
            Tell::Error,
            tr("%1 could not be saved. Nothing is lost: your changes are still here.").arg(QFileInfo(path).fileName()),
            {{tr("Save as…"), [this] { saveAs(); }, true}}, errors);
        return false;
    }
    m_window->messageBar().dismiss();
    m_editor.undoStack().setClean();
    takeUp(path, text);
    m_session.setPath(path);
    showTitle();
    Q_EMIT written();
    return true;
}

// --- that nothing is lost ---

void DocumentFiles::whenNothingIsLost(const std::function<void()>& next) {
    if (!modified()) {
        next();
        return;
    }
    m_window->messageBar().ask(Tell::Warning, tr("%1 has changes that are not saved.").arg(shownName()),
                               {{tr("Save"), [this, next] { save(next); }, true},
                                {tr("Discard"), next},
                                {tr("Cancel"), [] {}}});
}

bool DocumentFiles::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_window && event->type() == QEvent::Close) {
        if (modified() && !m_leaving) {
            event->ignore();
            m_window->comeForward(); // it may be behind the one from which all were to be closed
            whenNothingIsLost([this] {
                m_leaving = true;
                m_window->close();
            });
            return true;
        }
        m_recovery.drop();
    } else if (watched == m_window && event->type() == QEvent::WindowActivate) {
        lookAtDisk(); // not every file system tells
    } else if (watched == m_window && event->type() == QEvent::LanguageChange) {
        m_actions.retranslate();
        showTitle();
    }
    return QObject::eventFilter(watched, event);
}

void DocumentFiles::lookAtDisk() {
    // Another question is not pushed aside; our own is about a file that may have changed again, gone or come back.
    MessageBar& bar = m_window->messageBar();
    const bool told = bar.stands(m_diskMessage);
    if (!m_editor.isOpen() || m_path.isEmpty() || (bar.asks() && !told))
        return;
    switch (m_disk.state()) {
    case DiskFile::State::same:
        bar.withdraw(m_diskMessage);
        return;
    case DiskFile::State::gone:
        m_diskMessage = bar.tell(
            Tell::Warning, tr("%1 is gone from the disk, or cannot be read. Saving writes it again.").arg(shownName()));
        m_saved.reset();
        follow();
        return;
    case DiskFile::State::other:
        if (told && bar.asks())
            return;
        break;
    }
    const auto keepMine = [this] {
        if (const Result<std::string> text = DiskFile::read(m_path))
            m_disk.follow(m_path, *text);
        m_saved.reset();
        follow();
    };
    m_diskMessage = bar.ask(Tell::Warning, tr("%1 was changed by another program.").arg(shownName()),
                            {{tr("Reload"), [this] { reload(); }, true}, {tr("Keep mine"), keepMine}});
}

void DocumentFiles::follow() {
    if (!m_editor.isOpen() && !m_path.isNull()) { // a live system is watched instead
        m_path.clear();
        m_disk.follow(QString(), std::string());
    }
    if (modified())
        m_recovery.keepSoon(m_path);
    else
        m_recovery.drop();
    m_actions.setState(m_editor.isOpen(), !m_path.isEmpty());
    showTitle();
}

void DocumentFiles::offerRecoveries() {
    constexpr qsizetype namedMax = 6;
    const QList<Recovery::Copy> copies = Recovery::leftBehind();
    if (copies.isEmpty())
        return;
    QStringList found;
    for (const Recovery::Copy& copy : copies.first(std::min(copies.size(), namedMax)))
        found << tr("%1, from %2").arg(copy.path.isEmpty() ? tr("an untitled scenario") : QFileInfo(copy.path).fileName(),
                                       QLocale().toString(copy.at.toLocalTime(), QLocale::ShortFormat));
    if (copies.size() > namedMax)
        found << tr("and %1 more").arg(copies.size() - namedMax);
    const bool one = copies.size() == 1;
    m_window->messageBar().ask(
        Tell::Warning,
        one ? tr("Unsaved work was found on %1.").arg(found.front())
            : tr("Unsaved work was found on %1 scenarios: %2.").arg(copies.size()).arg(found.join(QStringLiteral("; "))),
        {{one ? tr("Restore") : tr("Restore all"),
          [this, copies] { whenNothingIsLost([this, copies] { restoreAll(copies); }); }, true},
         {one ? tr("Discard") : tr("Discard all"), [copies] {
              for (const Recovery::Copy& copy : copies)
                  Recovery::discard(copy);
          }}});
}

// The latest here, the others in windows of their own.
void DocumentFiles::restoreAll(const QList<Recovery::Copy>& copies) {
    for (const Recovery::Copy& copy : copies.sliced(1))
        Q_EMIT restoreElsewhereRequested(copy);
    restore(copies.front());
    m_window->comeForward();
}

// As a change of the file that is on disk, so that undo leads back to it; alone where there is none.
void DocumentFiles::restore(const Recovery::Copy& copy) {
    Result<std::string> onDisk = copy.path.isEmpty() ? Result<std::string>(Error{}) : DiskFile::read(copy.path);
    Errors errors;
    if (onDisk && m_editor.open(*onDisk, copy.path).empty()) {
        takeUp(copy.path, *onDisk);
        errors = m_editor.editText(tr("Restore"), copy.text);
    } else {
        errors = m_editor.open(copy.text, copy.path);
        if (errors.empty()) {
            takeUp(copy.path, copy.text);
            m_saved.reset();
        }
    }
    if (!errors.empty()) {
        m_window->messageBar().tell(Tell::Error, tr("The work could not be restored. It is kept in %1.").arg(copy.file),
                                    errors);
        return;
    }
    follow();
    m_recovery.keepNow(); // ours before theirs goes
    Recovery::discard(copy);
}

// --- the title ---

void DocumentFiles::showTitle() {
    if (!m_window)
        return;
    if (m_editor.isOpen()) {
        const Text& title = m_editor.scenario().title;
        constexpr qsizetype most = 120; // letters that a title bar has room for
        const QString words = cutText(
            QString::fromStdString(m_language.speaksChinese() && !title.zh.empty() ? title.zh : title.en), most);
        QString name = shownName();
        if (!m_path.isEmpty() && DiskFile::isReadOnly(m_path))
            name = tr("%1 (read-only)").arg(name);
        m_window->setDocument(words.isEmpty() || words == name ? name : words + QStringLiteral(" — ") + name, m_path);
    } else if (m_session.mode() == Session::Mode::live) {
        m_window->setDocument(tr("Watching %1").arg(m_session.path()), QString());
    } else {
        m_window->setDocument(QString(), QString());
    }
    m_window->setModified(modified());
}

} // namespace weir
