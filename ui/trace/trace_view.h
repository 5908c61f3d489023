// TraceView: the trace with its bar: filter with its history, how far it has got, the stretch of time it keeps to, and
// following or standing still. Reads the session's records as the playhead moves; at most a few milliseconds a tick,
// the rest of a filter's work waits for the next one; while a run goes on, rows are shown twenty times a second.
#pragma once

#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"
#include "ui/trace/filter_field.h"
#include "ui/trace/trace_copies.h"
#include "ui/trace/trace_export.h"
#include "ui/trace/trace_list.h"
#include "ui/trace/trace_menu.h"
#include "ui/trace/trace_rows.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QSettings;
class QToolButton;

namespace weir {

class ColourPopup;
class ExpressionPopup;

class TraceView final : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::chrono::milliseconds budget{4}; // of filtering, a tick
    static constexpr int rowsMilliseconds = 50;           // rows that run by faster cannot be read

    TraceView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);
    ~TraceView() override;

    // Takes up columns, colours and time from there, and keeps them there from now on.
    void remember(QSettings& settings);

    TraceList& list() { return *m_list; }
    FilterField& filterField() { return *m_filter; }
    const TraceRows& rows() const { return m_rows; }
    ColourPopup& colours() { return *m_colours; }
    ExpressionPopup& columnPopup() { return *m_columnPopup; }

    // --- wishes ---
    void movePlayhead(std::uint64_t index);
    bool canAddColumn(const Expression& expression) const; // it is none yet, and there is room
    void addColumn(const Expression& expression);
    void askForColumn();
    void hideColumn(int column); // one by expression goes
    void resetColumns();
    void setTime(TraceTime time);
    void addColour(const QString& term, Tone tone);
    void openColours();
    void copyRow(std::uint64_t row, CopyForm form);
    void copyMarked(CopyForm form);
    void askForExport(TraceExport::Form form);
    // What passes the filter now. Only one at a time.
    void exportTo(const QString& path, TraceExport::Form form);
    bool exporting() const { return m_export != nullptr; }

    // A cell as a filter; empty where there is none.
    QString filterTerm(std::uint64_t row, int column) const;
    // A record as people paste it: the event as CloudEvents JSON, or the row under its titles as CSV.
    QString eventJson(std::uint64_t index) const; // empty where it is about no message that is known
    QString csv(std::uint64_t index) const;       // empty where it is no row
    QString note() const;                         // what the bar says

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void buildBar();
    void connectAll();
    void takeUpDocument();
    void takeUpSelection();
    void tick();
    void showRows();
    void tellProgress();
    void tellRefusal();
    void tellStretch();
    void tellHistory();
    void tell(const QString& note); // for a while
    void goOnExporting();
    void endExport(const QString& note);
    void setLook(const TraceLook& look);
    void keepLook();
    QString copied(CopyForm form, std::span<const std::uint64_t> rows) const;
    void place();
    void retranslate();
    void dress();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    QSettings* m_settings = nullptr; // where the look is kept
    TraceRows m_rows;
    TraceList* m_list;
    FilterField* m_filter;
    TraceMenu m_menu;
    ColourPopup* m_colours;
    ExpressionPopup* m_columnPopup;
    QToolButton* m_back;
    QToolButton* m_forward;
    QToolButton* m_stretch; // says what stretch of time is shown, and shows all again
    QLabel* m_progress;
    QToolButton* m_cancel; // the export
    QLabel* m_refusal;     // over the list's head, so that nothing moves
    QLabel* m_hint;        // over the list while it has no rows
    QToolButton* m_colour;
    QToolButton* m_more;
    QToolButton* m_follow;
    QTimer m_searching;
    QTimer m_noteOver;
    QTimer m_exporting;
    std::unique_ptr<TraceExport> m_export;
    QString m_note;
    QElapsedTimer m_rowsShownFor;
};

} // namespace weir
