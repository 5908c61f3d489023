#include "ui/canvas/dot_process.h"

#include <utility>

namespace weir {

DotProcess::DotProcess(QObject* parent) : QObject(parent) {
    m_limit.setSingleShot(true);
    m_limit.setInterval(timeLimitMs);
    connect(&m_limit, &QTimer::timeout, this, [this] { finish(std::nullopt); });
}

DotProcess::~DotProcess() {
    drop();
}

void DotProcess::ask(LayoutGraph graph, Answer answer) {
    drop();
    m_graph = std::move(graph);
    m_answer = std::move(answer);
    m_process = std::make_unique<QProcess>();
    connect(m_process.get(), &QProcess::errorOccurred, this, [this] { finish(std::nullopt); });
    connect(m_process.get(), &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        const bool fine = status == QProcess::NormalExit && code == 0;
        finish(fine ? dotPositions(m_process->readAllStandardOutput(), m_graph) : std::nullopt);
    });
    m_limit.start();
    // The limits keep network simplex and crossing minimization from taking minutes on dense graphs.
    m_process->start(m_program,
                     {QStringLiteral("-Tjson"), QStringLiteral("-Gnslimit=1"), QStringLiteral("-Gnslimit1=1"),
                      QStringLiteral("-Gmclimit=0.1"), QStringLiteral("-Gsplines=line")});
    if (!m_process) // it could not be started, and that has been answered
        return;
    m_process->write(dotText(m_graph));
    m_process->closeWriteChannel();
}

void DotProcess::finish(std::optional<Positions> positions) {
    if (!m_process)
        return;
    const Answer answer = std::exchange(m_answer, nullptr);
    drop();
    answer(std::move(positions));
}

void DotProcess::drop() {
    m_limit.stop();
    if (!m_process)
        return;
    m_process->disconnect(this);
    // Not here and now: a signal of the process may be what called us.
    QProcess* const process = m_process.release();
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->kill();
    if (process->state() == QProcess::NotRunning)
        process->deleteLater();
}

} // namespace weir
