// ReportWriter: makes a Report of what the window shows, at the playhead, in the language of the window. Series are
// folded in slices of its own, so that a long run does not stall the window; progress is told, and it can be given up.
#pragma once

#include "ui/charts/series_feed.h"
#include "ui/report/figure_chart.h"
#include "ui/report/report.h"
#include "ui/session/session.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

class QPainter;

namespace weir {

class ReportWriter final : public QObject {
    Q_OBJECT
  public:
    static constexpr int chartsMax = 8; // the busiest channels and services; the tables have them all

    // What paints the canvas as it is, and how large it is.
    struct Canvas {
        QSizeF size;
        std::function<void(QPainter&)> paint;
    };
    ReportWriter(Session& session, QObject* parent = nullptr);

    void start(Canvas canvas); // a second start gives the first up
    void cancel();
    bool busy() const { return m_timer.isActive(); }
    double progress() const; // 0..1

  Q_SIGNALS:
    void advanced();
    void finished(const weir::Report& report);

  private:
    struct Wanted {
        QString title;
        SeriesScope scope;
        SeriesFeed feed;
    };
    void slice();
    Report gather() const;
    ReportTable channelTable() const;
    ReportTable serviceTable() const;
    std::vector<FigureChart> chartsOf(const Wanted& wanted, std::vector<QString>& titles) const;

    Session& m_session;
    Canvas m_canvas;
    std::vector<Wanted> m_wanted;
    std::size_t m_at = 0;
    QTimer m_timer;
};

// Of a still picture that some function paints, both forms.
ReportPicture reportPicture(const QString& title, QSizeF size, const std::function<void(QPainter&)>& paint);

} // namespace weir
