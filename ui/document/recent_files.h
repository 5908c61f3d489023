// RecentFiles: the files that were open lately, the last one first, without doubles. Kept in the settings, so that every
// window and the next start have the same ones.
#pragma once

#include <QStringList>

class QSettings;

namespace weir {

class RecentFiles {
  public:
    static constexpr int countMax = 8;

    explicit RecentFiles(QSettings& settings) : m_settings(settings) {}

    QStringList paths() const; // absolute
    void add(const QString& path);
    void remove(const QString& path);

  private:
    QSettings& m_settings;
};

} // namespace weir
