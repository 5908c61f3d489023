#include "ui/desktop_portal.h"

#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace weir {
namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString settings = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString colourSchemeKey = QStringLiteral("color-scheme");

} // namespace

DesktopPortal::DesktopPortal(QObject* parent) : QObject(parent) {}

void DesktopPortal::ask() {
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return; // Qt would start a bus of its own
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, settings, QStringLiteral("SettingChanged"), this, SLOT(settingChanged(QDBusMessage)));
    QDBusMessage question = QDBusMessage::createMethodCall(service, path, settings, QStringLiteral("Read"));
    question << appearance << colourSchemeKey;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* call) {
        const QDBusPendingReply<QDBusVariant> reply = *call;
        call->deleteLater();
        if (!reply.isError()) // the answer is a variant in a variant
            heed(qvariant_cast<QDBusVariant>(reply.value().variant()).variant().toUInt());
    });
}

// SettingChanged(group, key, value).
void DesktopPortal::settingChanged(const QDBusMessage& message) {
    const QVariantList said = message.arguments();
    if (said.size() == 3 && said[0].toString() == appearance && said[1].toString() == colourSchemeKey)
        heed(qvariant_cast<QDBusVariant>(said[2]).variant().toUInt());
}

// 0: no preference, 1: dark, 2: light.
void DesktopPortal::heed(uint colourScheme) {
    if (colourScheme == 1)
        Q_EMIT schemeTold(Scheme::Dark);
    else if (colourScheme == 2)
        Q_EMIT schemeTold(Scheme::Light);
}

} // namespace weir
