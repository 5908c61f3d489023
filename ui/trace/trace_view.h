// TraceView: the trace with its bar: title, filter, how far the filter has got, and following or frozen. Reads the
// session's records as the playhead moves; at most a few milliseconds a tick, the rest of a filter's work waits for the
// next one; while a run goes on, rows are shown twenty times a second.
#pragma once

#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"
#include "ui/trace/filter_field.h"
#include "ui/trace/trace_list.h"
#include "ui/trace/trace_rows.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace weir {

class TraceView final : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::chrono::milliseconds budget{4}; // of filtering, a tick
    static constexpr int rowsMilliseconds = 50;           // rows that run by faster cannot be read

    TraceView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    TraceList& list() { return *m_list; }
    FilterField& filterField() { return *m_filter; }
    const TraceRows& rows() const { return m_rows; }

    // A record as people paste it: the event as CloudEvents JSON, or the row under its titles as CSV.
    QString eventJson(std::uint64_t index) const; // empty where it is about no message that is known
    QString csv(std::uint64_t index) const;

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void takeUpDocument();
    void tick();
    void showRows();
    void tellProgress();
    void tellRefusal();
    void place();
    bool isKept(std::uint64_t index) const;
    std::optional<MessageView> messageOf(std::uint64_t index) const;
    void showMenu(const QPoint& globalPosition, std::uint64_t index, const QString& term);
    void addTerm(const QString& term, const QString& joint);
    void retranslate();
    void dress();

    Session& m_session;
    const ThemeSource& m_themes;
    TraceRows m_rows;
    TraceList* m_list;
    FilterField* m_filter;
    QLabel* m_title;
    QLabel* m_progress;
    QLabel* m_refusal; // over the list's head, so that nothing moves
    QLabel* m_hint;    // over the list while it has no rows
    QToolButton* m_follow;
    QTimer m_searching;
    QElapsedTimer m_rowsShownFor;
};

} // namespace weir
