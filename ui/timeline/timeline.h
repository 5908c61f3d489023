// Timeline: the run along the bottom: its throughput from the start to the planned end, the head, the playhead with its
// time, and what happened on the way (crashes, restarts, commands). Drag or click to look at another moment. It reads
// records and moves the session's playhead; it runs nothing.
#pragma once

#include "ui/charts/series_feed.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

namespace weir {

class Timeline final : public QWidget {
    Q_OBJECT
  public:
    struct Event { // a mark above the strip
        SimTime at;
        QString text;
        Tone tone = Tone::Accent;
    };
    static constexpr std::size_t eventsMax = 500; // later ones are counted, not marked

    Timeline(Session& session, const ThemeSource& themes, QWidget* parent = nullptr);

    double endSeconds() const { return m_end; } // of the strip
    qreal xAt(double seconds) const;
    SimTime timeAt(qreal x) const;
    const std::vector<Event>& events() const { return m_events; }
    QSize sizeHint() const override { return {600, 58}; }
    QSize minimumSizeHint() const override { return {120, 58}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void takeUpDocument();
    void tick();
    void readEvents();
    void retranslate();
    void paintThroughput(QPainter& painter);
    void paintEvents(QPainter& painter);
    QRectF flag() const; // the playhead's time
    void paintPlayhead(QPainter& painter);

    Session& m_session;
    const ThemeSource& m_themes;
    SeriesFeed m_feed;
    QTimer m_catchUp; // while series and marks are behind the records
    std::unique_ptr<RecordReader> m_reader; // for the marks
    std::uint64_t m_read = 0;
    std::vector<Event> m_events;
    std::uint64_t m_eventsLeftOut = 0;
    double m_end = 60;
};

} // namespace weir
