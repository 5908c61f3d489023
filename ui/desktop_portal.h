// DesktopPortal: what GNOME, KDE and others tell of light and dark only through the XDG desktop portal
// (org.freedesktop.portal.Settings, org.freedesktop.appearance color-scheme). Asks without waiting; without a session
// bus or a portal it stays silent.
#pragma once

#include "ui/theme.h"

#include <QDBusVariant> // whole: the bus matches the slot by its parameter's type
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
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

  private:
    void heed(uint colourScheme);
};

} // namespace weir
