// Animation: a stretch of simulated time as a moving picture: frame by frame the playhead is set, the canvas painted and
// handed to ffmpeg, which makes a GIF or a WebM of it. Times are the run's own: however slowly frames are made, the
// result plays evenly. It needs the program `ffmpeg` (Debian: ffmpeg) and says so where there is none.
#pragma once

#include "core/units.h"
#include "ui/session/session.h"

#include <QObject>
#include <QProcess>
#include <QSize>
#include <QString>
#include <QTimer>

#include <functional>

class QImage;

namespace weir {

class Animation final : public QObject {
    Q_OBJECT
  public:
    static constexpr int framesMax = 3000;

    struct Plan {
        SimTime begin;
        SimTime end;
        double factor = 1; // simulated seconds per second of the film
        int framesPerSecond = 25;
        QString path; // its ending says the format: .gif or .webm
    };
    // `frame` paints what is shown at the playhead, always in the same size.
    Animation(Session& session, std::function<QImage()> frame, QObject* parent = nullptr);

    static QString tool(); // its path; empty: there is none
    // An error in words, or nothing where it has begun.
    QString start(const Plan& plan);
    void cancel(); // removes what there is of the file
    bool busy() const { return m_process.state() != QProcess::NotRunning; }
    int frames() const { return m_frames; }
    int framesDone() const { return m_done; }

  Q_SIGNALS:
    void advanced();
    void finished(const QString& path);
    void failed(const QString& why);

  private:
    void next();
    void end(int code);
    void restorePlayhead();

    Session& m_session;
    std::function<QImage()> m_frame;
    Plan m_plan;
    QProcess m_process;
    QTimer m_timer;
    QSize m_size;
    int m_frames = 0;
    int m_done = 0;
    bool m_cancelled = false;
    std::uint64_t m_playheadBefore = 0;
};

} // namespace weir
