// Studio: one window with its session: makes the views, ties the user's wishes to the session and the session's facts to
// the window. Everything that is neither a view nor a run is here, and nothing else.
#pragma once

#include "ui/charts/series_pool.h"
#include "ui/commands/commands.h"
#include "ui/document/document_editor.h"
#include "ui/document/document_files.h"
#include "ui/inspector/fault_actions.h"
#include "ui/inspector/parameter_changes.h"
#include "ui/language.h"
#include "ui/main_window.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/session/view_history.h"
#include "ui/theme_source.h"
#include "ui/timeline/run_marks.h"

#include <QObject>

#include <memory>

class QAction;
class QLineEdit;
class QSettings;

namespace weir {

class AttachPopup;
class CanvasEditor;
class Canvas;
class Exports;
class Help;
class Layouts;
class Presenter;
class SettingsView;
class Charts;

class Studio final : public QObject {
    Q_OBJECT
  public:
    Studio(ThemeSource& themes, Language& language, QSettings& settings);
    ~Studio() override;

    MainWindow& window() { return *m_window; }
    Session& session() { return m_session; }
    Selection& selection() { return m_selection; }
    DocumentEditor& editor() { return m_editor; }
    DocumentFiles& files() { return m_files; }
    FaultActions& faults() { return m_faults; }
    Commands& commands() { return m_commands; }
    CanvasEditor& canvasEditor() { return *m_canvasEditor; }
    ViewHistory& history() { return m_history; }

    bool open(const QString& path) { return m_files.open(path); }
    Presenter& presenter() { return *m_presenter; }
    Exports& exports() { return *m_exports; }
    Layouts& layouts() { return *m_layouts; }
    Help& help() { return *m_help; }
    SettingsView& settingsView() { return *m_settingsView; }
    AttachPopup& attachPopup() { return *m_attachPopup; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    WindowPieces makePieces();
    QWidget* makeCentre(Canvas& canvas);
    void connectRunBar();
    void makeSettings();
    void connectCharts(Charts& charts);
    void connectHistory(QLineEdit& filter);
    void showDocument();
    void showRun();
    void tellEnd();
    void attach(const QStringList& endpoints);
    void offerToKeep();
    void dress();
    void retranslate();

    ThemeSource& m_themes;
    Language& m_language;
    QSettings& m_settings;
    QAction* m_attach;
    QAction* m_detach;
    Session m_session;
    Selection m_selection;
    DocumentEditor m_editor; // before the views, see there
    DocumentFiles m_files;
    ParameterChanges m_changes;
    FaultActions m_faults;
    RunMarks m_marks;
    SeriesPool m_seriesPool;
    int m_endMessage = 0; // of the bar: how the last run ended
    ViewHistory m_history;
    Commands m_commands;
    QAction* m_openSettings;
    Layouts* m_layouts;
    Help* m_help;
    CanvasEditor* m_canvasEditor = nullptr; // the canvas's
    Exports* m_exports = nullptr;     // made with the pieces
    Presenter* m_presenter = nullptr; // the same
    std::unique_ptr<MainWindow> m_window;
    AttachPopup* m_attachPopup;                // the window's
    SettingsView* m_settingsView;              // the window's
};

} // namespace weir
