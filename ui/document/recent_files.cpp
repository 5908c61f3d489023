#include "ui/document/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace weir {

namespace {
const QString recentKey = QStringLiteral("files/recent");
}

QStringList RecentFiles::paths() const {
    return m_settings.value(recentKey).toStringList();
}

void RecentFiles::add(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList recent = paths();
    recent.removeAll(absolute);
    recent.prepend(absolute);
    m_settings.setValue(recentKey, recent.mid(0, countMax));
}

void RecentFiles::remove(const QString& path) {
    QStringList recent = paths();
    if (recent.removeAll(QFileInfo(path).absoluteFilePath()) > 0)
        m_settings.setValue(recentKey, recent);
}

} // namespace weir
