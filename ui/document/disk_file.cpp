#include "ui/document/disk_file.h"

#include "core/scenario/load.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace weir {
namespace {

constexpr int settleMs = 150; // programs write in several goes

QByteArray digestOf(const std::string& text) {
    return QCryptographicHash::hash(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())),
                                    QCryptographicHash::Sha256);
}

} // namespace

DiskFile::DiskFile(QObject* parent) : QObject(parent) {
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMs);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_settle, &QTimer::timeout, this, [this] {
        watch(); // a file that was replaced is another one
        if (state() != State::same)
            Q_EMIT changed();
    });
}

Result<std::string> DiskFile::read(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir())
        return Error{"", "needs a file", "a folder"};
    if (info.size() > static_cast<qint64>(scenarioBytesMax))
        return Error{"", "needs at most 64 MiB", std::to_string(info.size()) + " bytes"};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{"", "needs a file that can be read", file.errorString().toStdString()};
    const QByteArray bytes = file.read(static_cast<qint64>(scenarioBytesMax) + 1);
    if (file.error() != QFile::NoError)
        return Error{"", "needs a file that can be read", file.errorString().toStdString()};
    return bytes.toStdString();
}

Errors DiskFile::write(const QString& path, const std::string& text) {
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    if (file.open(QIODevice::WriteOnly) && file.write(text.data(), size) == size && file.commit())
        return {};
    return {{path.toStdString(), "needs a place that can be written", file.errorString().toStdString()}};
}

bool DiskFile::isReadOnly(const QString& path) {
    const QFileInfo info(path);
    // The system's administrator may write anything: what nobody may write is meant to stay.
    constexpr QFile::Permissions writing = QFile::WriteOwner | QFile::WriteGroup | QFile::WriteOther;
    return info.exists() && (!info.isWritable() || !(info.permissions() & writing));
}

void DiskFile::follow(const QString& path, const std::string& text) {
    m_settle.stop();
    if (const QStringList watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    m_path = path.isEmpty() ? QString() : QFileInfo(path).absoluteFilePath();
    m_digest = digestOf(text);
    watch();
}

// The folder tells when the file goes and comes again, as it does where programs write a new one in its place.
void DiskFile::watch() {
    if (m_path.isEmpty())
        return;
    const QString folder = QFileInfo(m_path).path();
    if (!m_watcher.directories().contains(folder))
        m_watcher.addPath(folder);
    if (!m_watcher.files().contains(m_path) && QFileInfo::exists(m_path))
        m_watcher.addPath(m_path);
}

DiskFile::State DiskFile::state() const {
    if (m_path.isEmpty())
        return State::same;
    const Result<std::string> text = read(m_path);
    if (!text)
        return State::gone;
    return digestOf(*text) == m_digest ? State::same : State::other;
}

} // namespace weir
