// ThemeSource: which theme holds now, and word when it changes. Follows the desktop's light or dark setting unless the
// user chose one. Made once by the program and handed to every view as `ThemeSource&`; there is no global one.
// A view paints with theme() and connects changed() to update(); it never keeps a copy of a colour.
#pragma once

#include "ui/theme.h"

#include <QObject>

class QApplication;

namespace weir {

enum class ThemeChoice { System, Light, Dark };

class ThemeSource final : public QObject {
    Q_OBJECT
  public:
    // Installs our style and font in the application, and from then on keeps them in step with the theme.
    explicit ThemeSource(QApplication& application, QObject* parent = nullptr);

    const Theme& theme() const { return m_theme; }
    ThemeChoice choice() const { return m_choice; }
    void choose(ThemeChoice choice);
    // Larger type and more contrast, as a projector needs it.
    void setPresenting(bool presenting);
    bool presenting() const { return m_presenting; }
    // What the desktop prefers; told by the palette and by the desktop portal.
    void setSystemScheme(Scheme scheme);

  Q_SIGNALS:
    void changed();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void settle();
    void install();

    QApplication& m_application;
    Theme m_theme;
    ThemeChoice m_choice = ThemeChoice::System;
    bool m_presenting = false;
    Scheme m_system = Scheme::Light;
    Scheme m_paletteScheme = Scheme::Light; // as last seen; the portal's word stands until it changes
};

} // namespace weir
