// WaterfallView: a story's rows with their bars on a common time: drawn by hand, only those in sight. Closing a row
// sticks, also while the run goes on. A click selects the message; it gathers and derives nothing.
#pragma once

#include "ui/biography/folded_time.h"
#include "ui/biography/story.h"
#include "ui/biography/waterfall_rows.h"
#include "ui/theme_source.h"

#include <QAbstractScrollArea>

#include <functional>
#include <memory>
#include <optional>

namespace weir {

class WaterfallView final : public QAbstractScrollArea {
    Q_OBJECT
  public:
    static constexpr int rowHeight = 20;
    static constexpr int rulerHeight = 16;

    using EventName = std::function<QString(Ordinal)>; // "e-58177"

    WaterfallView(const ThemeSource& themes, QWidget* parent = nullptr);

    void setNames(EventName names) { m_eventName = std::move(names); }
    void setStory(std::shared_ptr<const Story> story, std::shared_ptr<const Catalogue> catalogue);
    void setFolded(bool folded);
    void setCriticalShown(bool shown);
    // Which part of the line of time is in sight, 0..1.
    void setRange(double from, double to);
    std::pair<double, double> range() const { return {m_from, m_to}; }

    const Story* story() const { return m_story.get(); }
    const std::vector<WaterfallRow>& rows() const { return m_rows; }
    const FoldedTime& time() const { return m_time; }
    const std::set<RowKey>& closed() const { return m_closed; }
    // Of the row's segments, in this order, in the viewport's coordinates; all rows, also those out of sight.
    QRectF barOf(std::size_t row, std::size_t segment) const;
    QRect rowRect(std::size_t row) const;
    QPoint handleOf(std::size_t row) const; // what opens and closes it
    void toggle(std::size_t row);
    QString wordsAt(QPoint point) const; // what is there, with its times; empty where nothing is

  Q_SIGNALS:
    void messageChosen(weir::Ordinal message);
    void timeWanted(weir::SimTime time); // the playhead, please
    void rangeChanged();
    void storyChanged();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void rebuild();
    void layOut();
    void reveal(std::size_t row);
    void moveTo(std::size_t row);
    int labelWidth() const;
    QRectF barArea() const; // of the viewport, below the ruler
    qreal xAt(SimTime time) const;
    std::optional<std::size_t> rowAt(QPoint point) const;
    std::optional<std::size_t> current() const; // the row of m_current
    QString label(const WaterfallRow& row) const;
    QString segmentWords(const WaterfallRow& row, const Span& span) const;
    void paintRuler(QPainter& painter) const;
    void paintRow(QPainter& painter, std::size_t index, const QRect& rect) const;
    void paintBars(QPainter& painter, std::size_t index) const;

    const ThemeSource& m_themes;
    EventName m_eventName;
    std::shared_ptr<const Story> m_story;
    std::shared_ptr<const Catalogue> m_catalogue;
    std::set<RowKey> m_closed;
    std::vector<WaterfallRow> m_rows;
    std::vector<std::optional<std::pair<SimTime, SimTime>>> m_lit; // by span: what of it is on the critical path
    FoldedTime m_time;
    RowKey m_current{0, {}};
    bool m_folded = true;
    bool m_criticalShown = true;
    double m_from = 0, m_to = 1;
};

} // namespace weir
