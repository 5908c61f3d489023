// DesktopPortal: what GNOME, KDE and others tell of light and dark only through the XDG desktop portal
// (org.freedesktop.portal.Settings, org.freedesktop.appearance color-scheme). Asks without waiting; without a session
// bus or a portal it stays silent.
#pragma once

#include "ui/theme.h"

#include <QDBusMessage>
#include <QObject>

namespace weir {

class DesktopPortal final : public QObject {
    Q_OBJECT
  public:
    explicit DesktopPortal(QObject* parent = nullptr);

    void ask();

  Q_SIGNALS:
    void schemeTold(weir::Scheme scheme);

  private Q_SLOTS:
    // Takes the message whole: a slot with QDBusVariant was refused by this Qt unless its types had been seen before.
    void settingChanged(const QDBusMessage& message);

  private:
    void heed(uint colourScheme);
};

} // namespace weir
