// Studios: the windows of one program. Makes them, opens each file in one of them only, and forgets them when they are
// closed; when the last one is, the program ends. They share theme, language and settings, nothing else.
#pragma once

#include "ui/language.h"
#include "ui/theme_source.h"

#include <QObject>

#include <memory>
#include <vector>

class QSettings;

namespace weir {

class Studio;

class Studios final : public QObject {
    Q_OBJECT
  public:
    Studios(ThemeSource& themes, Language& language, QSettings& settings);
    ~Studios() override;

    Studio& add(); // shown, with nothing open; offers unsaved work that a program has left
    // In the window that has the file already, or one that has nothing, or a new one.
    void open(const QString& path);
    const std::vector<std::unique_ptr<Studio>>& all() const { return m_all; }

  private:
    bool raise(const QString& path, const Studio* but);
    void forget(const Studio& studio);

    ThemeSource& m_themes;
    Language& m_language;
    QSettings& m_settings;
    std::vector<std::unique_ptr<Studio>> m_all;
};

} // namespace weir
