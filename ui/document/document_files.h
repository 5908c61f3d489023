// DocumentFiles: the life of a document between disk and window: new, open, save, reload, and that nobody loses work: it
// asks before a change is thrown away, tells when the file was changed by another program, and keeps a copy for the case
// that the program dies. All questions stand in the message bar. What a document means is the editor's matter.
#pragma once

#include "ui/document/disk_file.h"
#include "ui/document/file_actions.h"
#include "ui/document/recent_files.h"
#include "ui/document/recovery.h"
#include "ui/language.h"

#include <QObject>
#include <QString>

#include <functional>

namespace weir {

class DocumentEditor;
class MainWindow;
class Session;

class DocumentFiles final : public QObject {
    Q_OBJECT
  public:
    DocumentFiles(Session& session, DocumentEditor& editor, const Language& language, const ThemeSource& themes,
                  QSettings& settings, QObject* parent = nullptr);

    FileActions& actions() { return m_actions; }
    RecentFiles& recent() { return m_recent; }
    void attachTo(MainWindow& window);

    // Asks first where work would be lost. True where it was opened at once; it is running then. Errors are told, and the
    // present document stays.
    bool open(const QString& path);
    void openNew();
    // A copy without a file of its own, for instance of an example; it is running then.
    void openCopy(const QString& path);
    void chooseFile();
    // `then` follows when it has been written.
    void save(const std::function<void()>& then = {});
    void saveAs(const std::function<void()>& then = {});
    void reload(); // as a step that can be undone; says so where something is lost by it
    // Does it at once where nothing is unsaved; else asks whether to save, and does it after, or not at all.
    void whenNothingIsLost(const std::function<void()>& next);

    QString path() const { return m_path; } // empty: it has no file yet
    bool modified() const; // it says something else than its file; what commands have done to the run is not in it
    // Asked before a file is opened: whether another window shows it, and is in front now.
    void setElsewhere(std::function<bool(const QString& path)> elsewhere) { m_elsewhere = std::move(elsewhere); }

    // Offers what programs that died have left, one after the other.
    void offerRecoveries();
    void restore(const Recovery::Copy& copy); // instead of what is open

  Q_SIGNALS:
    void windowRequested();
    void restoreElsewhereRequested(const weir::Recovery::Copy& copy); // in a window of its own
    void written(); // to its file, by whatever way

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    bool openNow(const QString& path);
    void tellNotOpened(const QString& path, const Errors& errors);
    bool writeTo(const QString& path);
    void askBeforeOverwriting(const std::function<void()>& then);
    void lookAtDisk();
    void follow();
    void takeUp(const QString& path, const std::string& text);
    void restoreAll(const QList<Recovery::Copy>& copies);
    void tellReloaded();
    void showTitle();
    QString shownName() const;

    Session& m_session;
    DocumentEditor& m_editor;
    const Language& m_language;
    RecentFiles m_recent;
    FileActions m_actions;
    DiskFile m_disk;
    int m_diskMessage = 0; // of the bar: what was last said of the file on the disk
    Recovery m_recovery;
    MainWindow* m_window = nullptr;
    std::function<bool(const QString&)> m_elsewhere;
    QString m_path;
    std::optional<std::string> m_saved; // what its file says; nothing where that is not known to be ours
    QString m_suggested;    // a name for what has no file yet
    bool m_leaving = false; // the question has been answered: the window may close
};

} // namespace weir
