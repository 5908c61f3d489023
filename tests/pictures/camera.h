// Camera: takes pictures of widgets as they are, in one edition (theme and language), into
// FOLDER/ALBUM/NAME_EDITION.png. What nobody asked for is not taken; albums of which nothing is wanted are not even set
// up.
#pragma once

#include "ui/language.h"
#include "ui/theme_source.h"

#include <QDir>
#include <QString>
#include <QStringList>

#include <functional>

class QImage;
class QWidget;

namespace weir {

struct Edition {
    ThemeChoice theme = ThemeChoice::Dark;
    Language::Choice language = Language::Choice::English;
    bool operator==(const Edition&) const = default;
};

// Lets the window do what it has to do, for a moment in which everything that is drawn late has been drawn.
void settle(int milliseconds = 150);
// False where it did not come to hold within some seconds.
bool waitFor(const std::function<bool()>& holds);

class Camera {
  public:
    // `wanted`: wildcards over "album/name"; none: everything. `density`: what the file names say, the device decides.
    Camera(QDir folder, QStringList wanted, int density, ThemeSource& themes, Language& language);

    void setEdition(Edition edition);
    Edition edition() const { return m_edition; }
    ThemeSource& themes() const { return m_themes; }
    Language& language() const { return m_language; }

    bool begin(const QString& album); // false: nothing of it is wanted
    void shoot(QWidget& widget, const QString& name);
    void keep(const QImage& image, const QString& name);
    QString path(const QString& name) const; // of that picture of the present album; its folder is there
    int taken() const { return m_taken; }

  private:
    bool wanted(const QString& name) const;

    QDir m_folder;
    QStringList m_wanted;
    int m_density;
    ThemeSource& m_themes;
    Language& m_language;
    Edition m_edition;
    QString m_album;
    int m_taken = 0;
};

} // namespace weir
