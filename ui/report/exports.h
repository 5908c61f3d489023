// Exports: what leaves the window as a file to show to others: the report (HTML and PDF side by side) and an animation,
// with the actions for the File menu. Progress and results stand in the message bar.
#pragma once

#include "ui/report/animation.h"
#include "ui/report/report_writer.h"
#include "ui/session/selection.h"
#include "ui/theme_source.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

class QAction;

namespace weir {

class Canvas;
class DocumentEditor;
class MainWindow;
class MessageBar;

class Exports final : public QObject {
    Q_OBJECT
  public:
    Exports(Session& session, const DocumentEditor& editor, const Selection& selection, const Canvas& canvas,
            const ThemeSource& themes, QObject* parent = nullptr);

    QList<QAction*> actions() const { return {m_report, m_animation}; } // for the File menu
    void attachTo(MainWindow& window);

    // Writes PATH.html and PATH.pdf (an ending of PATH's own is left off).
    void exportReport(const QString& path);
    // Of the stretch of time that is selected, else of the ten seconds before the playhead, at the session's speed. A path
    // with another ending than those of animations gets one.
    void exportAnimation(const QString& path);
    bool busy() const { return m_writer.busy() || m_writing || m_film.busy(); }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void write(const Report& report);
    void tellWritten(const QString& html, const QString& failed, const QString& why);
    void chooseReport();
    void chooseAnimation();
    QString suggestedPath(const QString& ending) const;
    void tellProgress(const QString& what, double share);
    void tellDone(const QString& path);
    void dress();
    void retranslate();

    Session& m_session;
    const DocumentEditor& m_editor;
    const Selection& m_selection;
    const Canvas& m_canvas;
    const ThemeSource& m_themes;
    ReportWriter m_writer;
    Animation m_film;
    QAction* m_report;
    QAction* m_animation;
    MainWindow* m_window = nullptr;
    QString m_reportPath;
    int m_toldPercent = -1;
    int m_message = 0; // that tells the progress
    std::shared_ptr<std::atomic<bool>> m_givenUp; // of what is being written
    bool m_writing = false;
    QThreadPool m_pool; // last: what it still writes is written before anything else goes
};

} // namespace weir
