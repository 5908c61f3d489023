// ReportWriter: makes a Report of what the window shows, at the playhead, in the language of the window. Series are
// folded and pictures painted in slices of their own, so that nothing stalls the window; progress is told, and it can
// be given up. Writing the report to a file is not its matter.
#pragma once

#include "ui/charts/series_feed.h"
#include "ui/report/figure_chart.h"
#include "ui/report/report.h"
#include "ui/session/session.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <utility>
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

    // With this text as the configuration. A second start gives the first up.
    void start(Canvas canvas, QString configuration);
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
    std::size_t slices() const; // all of them
    Report gather() const;
    ReportTable channelTable() const;
    ReportTable serviceTable() const;
    std::pair<QString, FigureChart> chartOf(const Wanted& wanted, std::size_t which) const; // with its title
    void addChart(const Wanted& wanted, std::size_t which);

    Session& m_session;
    Canvas m_canvas;
    QString m_configuration;
    std::vector<Wanted> m_wanted;
    std::size_t m_at = 0; // of its slices
    Report m_report;      // as far as it has got
    QTimer m_timer;
};

} // namespace weir
