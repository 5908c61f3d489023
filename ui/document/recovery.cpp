#include "ui/document/recovery.h"

#include "ui/document/disk_file.h"
#include "ui/document/document_editor.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>

namespace weir {
namespace {

const QString ending = QStringLiteral(".recovery");

QDir folder() {
    const QString path = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/recovery");
    QDir().mkpath(path);
    return QDir(path);
}

QString lockOf(const QString& file) {
    return file + QStringLiteral(".lock");
}

// Taken by us, or nothing where its program is there still.
std::shared_ptr<QLockFile> taken(const QString& file) {
    auto lock = std::make_shared<QLockFile>(lockOf(file));
    lock->setStaleLockTime(0); // only a dead program's is stale, however old
    return lock->tryLock(0) ? lock : nullptr;
}

} // namespace

Recovery::Recovery(const DocumentEditor& editor, QObject* parent) : QObject(parent), m_editor(editor) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(delayMs);
    connect(&m_timer, &QTimer::timeout, this, &Recovery::keepNow);
}

Recovery::~Recovery() = default;

void Recovery::keepSoon(const QString& path) {
    m_path = path;
    if (!m_timer.isActive()) // counts from the first change, so that one who never pauses has a copy too
        m_timer.start();
}

void Recovery::keepNow() {
    m_timer.stop();
    if (m_file.isEmpty()) {
        m_file = folder().filePath(QStringLiteral("%1-%2").arg(QCoreApplication::applicationPid()).arg(
                     QUuid::createUuid().toString(QUuid::Id128)) + ending);
        m_lock = std::make_unique<QLockFile>(lockOf(m_file));
        m_lock->setStaleLockTime(0);
        m_lock->tryLock(0);
    }
    const QJsonObject copy{{QStringLiteral("path"), m_path},
                           {QStringLiteral("at"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
                           {QStringLiteral("text"), QString::fromStdString(m_editor.document().text())}};
    // Where it cannot be written (a full disk), the next change tries again; saving tells.
    if (!DiskFile::write(m_file, QJsonDocument(copy).toJson(QJsonDocument::Compact).toStdString()).empty())
        m_timer.start();
}

void Recovery::drop() {
    m_timer.stop();
    if (m_file.isEmpty())
        return;
    QFile::remove(m_file);
    m_lock.reset();
    m_file.clear();
}

QList<Recovery::Copy> Recovery::leftBehind() {
    QList<Copy> copies;
    const QDir place = folder();
    for (const QString& name : place.entryList({QLatin1Char('*') + ending}, QDir::Files)) {
        const QString path = place.filePath(name);
        std::shared_ptr<QLockFile> lock = taken(path);
        QFile file(path);
        if (!lock || !file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject copy = QJsonDocument::fromJson(file.readAll()).object();
        const QString text = copy.value(QStringLiteral("text")).toString();
        if (text.isEmpty()) { // not one of ours
            continue;
        }
        copies.append({copy.value(QStringLiteral("path")).toString(), text.toStdString(),
                       QDateTime::fromString(copy.value(QStringLiteral("at")).toString(), Qt::ISODateWithMs), path,
                       std::move(lock)});
    }
    std::sort(copies.begin(), copies.end(), [](const Copy& left, const Copy& right) { return left.at > right.at; });
    return copies;
}

void Recovery::discard(const Copy& copy) {
    QFile::remove(copy.file);
    copy.lock->unlock();
}

} // namespace weir
