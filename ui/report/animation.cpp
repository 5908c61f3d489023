#include "ui/report/animation.h"

#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QStandardPaths>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {
constexpr qint64 waitingMax = 32 << 20; // bytes that ffmpeg has not taken yet: beyond that frames wait
}

Animation::Animation(Session& session, std::function<QImage()> frame, QObject* parent)
    : QObject(parent), m_session(session), m_frame(std::move(frame)) {
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &Animation::next);
    connect(&m_process, &QProcess::finished, this, &Animation::end);
    connect(&m_session, &Session::documentChanged, this, &Animation::cancel);
}

QString Animation::tool() {
    return QStandardPaths::findExecutable(QStringLiteral("ffmpeg"));
}

QString Animation::start(const Plan& plan) {
    if (busy())
        return tr("An animation is being made already.");
    if (tool().isEmpty())
        return tr("Animations need the program ffmpeg (Debian: apt install ffmpeg).");
    const double filmSeconds = seconds(plan.end - plan.begin) / plan.factor;
    const double frames = std::ceil(filmSeconds * plan.framesPerSecond);
    if (!(frames >= 1))
        return tr("There is no time between the beginning and the end.");
    if (frames > framesMax)
        return tr("That would be %1 frames, at most %2 are possible. Choose a shorter stretch or a higher speed.")
            .arg(frames, 0, 'f', 0)
            .arg(framesMax);
    m_plan = plan;
    m_frames = static_cast<int>(frames);
    m_done = 0;
    m_cancelled = false;
    m_session.pause();
    m_playheadBefore = m_session.playhead();
    m_size = m_frame().size();
    QStringList arguments{QStringLiteral("-y"),       QStringLiteral("-loglevel"), QStringLiteral("error"),
                          QStringLiteral("-f"),       QStringLiteral("rawvideo"),  QStringLiteral("-pix_fmt"),
                          QStringLiteral("bgra"),     QStringLiteral("-s"),
                          QStringLiteral("%1x%2").arg(m_size.width()).arg(m_size.height()),
                          QStringLiteral("-r"),       QString::number(plan.framesPerSecond),
                          QStringLiteral("-i"),       QStringLiteral("-")};
    if (plan.path.endsWith(QLatin1String(".gif"), Qt::CaseInsensitive))
        // One palette for the whole film, made of its own colours.
        arguments += {QStringLiteral("-vf"), QStringLiteral("split[a][b];[a]palettegen[p];[b][p]paletteuse")};
    else
        arguments += {QStringLiteral("-c:v"), QStringLiteral("libvpx-vp9"), QStringLiteral("-b:v"), QStringLiteral("0"),
                      QStringLiteral("-crf"), QStringLiteral("30"), QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"),
                      QStringLiteral("-vf"), QStringLiteral("pad=ceil(iw/2)*2:ceil(ih/2)*2"),
                      QStringLiteral("-deadline"), QStringLiteral("realtime"), QStringLiteral("-cpu-used"), QStringLiteral("6")};
    arguments << plan.path;
    m_process.start(tool(), arguments);
    m_timer.start();
    return {};
}

void Animation::next() {
    if (m_process.state() == QProcess::NotRunning || m_process.bytesToWrite() > waitingMax)
        return;
    if (m_done == m_frames) {
        m_timer.stop();
        m_process.closeWriteChannel();
        return;
    }
    const double passed = static_cast<double>(m_done) / m_plan.framesPerSecond * m_plan.factor;
    const SimTime at = std::min(m_plan.begin + Duration{std::llround(passed * 1e9)}, m_session.headTime());
    m_session.seek(at);
    if (m_session.now() != at) // what is no longer kept is on its way
        return;
    QImage image = m_frame();
    if (image.size() != m_size) // the window was resized meanwhile
        image = image.scaled(m_size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    image.convertTo(QImage::Format_RGB32);
    m_process.write(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes());
    ++m_done;
    Q_EMIT advanced();
}

void Animation::cancel() {
    if (!busy())
        return;
    m_cancelled = true;
    m_timer.stop();
    m_process.kill();
    m_process.waitForFinished(1000);
    QFile::remove(m_plan.path);
}

void Animation::end(int code) {
    m_timer.stop();
    restorePlayhead();
    if (m_cancelled)
        return;
    if (code == 0 && m_done == m_frames) {
        Q_EMIT finished(m_plan.path);
        return;
    }
    // What ffmpeg says is for those who call it by hand.
    const QFileInfo folder(QFileInfo(m_plan.path).path());
    Q_EMIT failed(folder.isDir() && folder.isWritable()
                      ? tr("ffmpeg ended with code %1. Is there room on the disk?").arg(code)
                      : tr("%1 is no folder that can be written to.").arg(folder.filePath()));
}

void Animation::restorePlayhead() {
    if (m_session.store() && m_playheadBefore <= m_session.head())
        m_session.seekRecord(m_playheadBefore);
}

} // namespace weir
