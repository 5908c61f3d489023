// TraceList: the rows of the trace, drawn by hand, because a table of ten million rows must open, jump and follow in
// milliseconds. Follows the playhead (its record is the last row) or stands still at a record. One row is current (the
// shared Selection), any number are marked, to be copied. It makes no rows and keeps no records: TraceRows does.
#pragma once

#include "ui/session/selection.h"
#include "ui/text_cache.h"
#include "ui/theme_source.h"
#include "ui/trace/index_ranges.h"
#include "ui/trace/trace_header.h"
#include "ui/trace/trace_model.h"

#include <QAbstractScrollArea>

#include <optional>

namespace weir {

class TraceList final : public QAbstractScrollArea {
    Q_OBJECT
  public:
    static constexpr int rowHeight = 20;

    TraceList(TraceRows& rows, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    // The rows changed: shows them. Cheap where nothing in sight did.
    void refresh();
    // Other rows altogether: another run, another language.
    void rebuild();

    bool following() const { return m_following; }
    void setFollowing(bool following);

    const TraceModel& model() const { return *m_model; }
    TraceHeader& header() { return *m_header; }
    const TraceLook& look() const { return m_model->look(); }
    void setLook(const TraceLook& look);
    // Whether Alt+Left and Alt+Right are asked for here; else they are the window's.
    void setHistory(bool back, bool forward) {
        m_back = back;
        m_forward = forward;
    }
    std::uint64_t topRow() const { return m_top; }
    int rowsPerPage() const; // whole ones
    // The record in the row under a point of the viewport.
    std::optional<std::uint64_t> recordAt(QPoint point) const;
    // Selects the record, marks it alone and brings it into sight.
    void choose(std::uint64_t index);
    bool isMarked(std::uint64_t index) const;
    // Marked rows, the first `max` of them, and how many there are.
    std::vector<std::uint64_t> marked(std::size_t max) const; // rows
    std::uint64_t markedCount() const;
    int rowsInSight() const { return m_model->rowCount(); }
    QRect rowArea(int row) const; // in the viewport; of a row in sight
    int currentInSight() const;   // its place among the rows in sight, -1: none of them

  Q_SIGNALS:
    void followingChanged(bool following);
    // The user wants the playhead behind this many records.
    void playheadWanted(std::uint64_t index);
    // A right click into that cell.
    void menuWanted(const QPoint& globalPosition, std::uint64_t row, int column);
    void copyWanted();
    void markedChanged();
    void filterHistoryWanted(bool back);
    void arranged(); // columns came to other places or widths

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    enum class Marking : std::uint8_t { alone, upTo, toggle };
    void scrollTo(std::uint64_t top);
    void scrolled(int value);
    void reveal(std::uint64_t row);
    void move(std::int64_t rows, Marking marking);
    void choose(std::uint64_t index, Marking marking);
    void chooseRow(std::uint64_t row, Marking marking = Marking::alone);
    void mark(std::uint64_t index, Marking marking);
    void markAll();
    void showSelection();
    void showCause();
    void showEffect();
    void placeHeader();
    void tellCurrent();
    std::uint64_t lastTop() const;
    std::optional<std::uint64_t> current() const { return m_selection.record(); }
    int rowAt(int y) const; // in the model; -1: none
    QModelIndex cellAt(QPoint point) const;
    void paintRow(QPainter& painter, const TraceRow& row, int y, const std::vector<int>& columns);
    void paintCell(QPainter& painter, const TraceRow& row, int column, const QRect& cell);

    TraceRows& m_rows;
    Selection& m_selection;
    const ThemeSource& m_themes;
    TraceModel* m_model;
    TraceHeader* m_header;
    TextCache m_texts;
    bool m_following = true;
    std::uint64_t m_top = 0;    // row
    std::uint64_t m_first = 0;  // row drawn first: at the end one more, cut, so that the last one stands at the bottom
    int m_offset = 0;           // y of that row, 0 or less
    std::uint64_t m_anchor = 0; // the record at the top while it stands still
    int m_wheel = 0;            // eighths of a degree that make no whole row yet
    bool m_choosing = false;    // the selection changes by our own hand
    std::optional<std::uint64_t> m_shownRecord;
    bool m_back = false;
    bool m_forward = false;
    IndexRanges m_marked;
    std::uint64_t m_pivot = 0; // record from which Shift marks
};

} // namespace weir
