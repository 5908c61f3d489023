#include "ui/theme_source.h"

#include "ui/style.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QEvent>

namespace weir {
namespace {

const QString portalService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString portalInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString colourSchemeKey = QStringLiteral("color-scheme");

Scheme schemeOf(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness()
               ? Scheme::Dark
               : Scheme::Light;
}

} // namespace

ThemeSource::ThemeSource(QApplication& application, QObject* parent)
    : QObject(parent), m_application(application), m_system(schemeOf(QApplication::palette())),
      m_paletteScheme(m_system) {
    m_theme = themeOf(m_system);
    install();
    application.installEventFilter(this);
    askPortal();
}

void ThemeSource::choose(ThemeChoice choice) {
    m_choice = choice;
    settle();
}

void ThemeSource::setSystemScheme(Scheme scheme) {
    m_system = scheme;
    settle();
}

void ThemeSource::settle() {
    const Scheme wanted = m_choice == ThemeChoice::System ? m_system
                          : m_choice == ThemeChoice::Dark ? Scheme::Dark
                                                          : Scheme::Light;
    if (wanted == m_theme.scheme)
        return;
    m_theme = themeOf(wanted);
    install();
    Q_EMIT changed();
}

void ThemeSource::install() {
    QApplication::setStyle(new Style(m_theme)); // the application owns its style
    QApplication::setFont(m_theme.font(TextRole::Body));
}

// The desktop's palette reaches us through the style, which is asked to polish it; Qt then sends this event.
bool ThemeSource::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_application && event->type() == QEvent::ApplicationPaletteChange) {
        if (const auto* style = qobject_cast<const Style*>(QApplication::style())) {
            const Scheme seen = schemeOf(style->desktopPalette());
            if (seen != m_paletteScheme) {
                m_paletteScheme = seen;
                // Not from inside the event: settle() replaces the style that is being told.
                QMetaObject::invokeMethod(
                    this, [this, seen] { setSystemScheme(seen); }, Qt::QueuedConnection);
            }
        }
    }
    return QObject::eventFilter(watched, event);
}

// GNOME and others tell dark only through the portal. Asked without waiting; silence leaves the palette's answer.
void ThemeSource::askPortal() {
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
        QGuiApplication::platformName() == QLatin1String("offscreen"))
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portalService, portalPath, portalInterface, QStringLiteral("SettingChanged"), this,
                SLOT(portalSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question =
        QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, QStringLiteral("Read"));
    question << appearance << colourSchemeKey;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* call) {
        const QDBusPendingReply<QDBusVariant> reply = *call;
        call->deleteLater();
        if (!reply.isError()) // the answer is a variant in a variant
            heed(qvariant_cast<QDBusVariant>(reply.value().variant()).variant().toUInt());
    });
}

void ThemeSource::portalSettingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
    if (group == appearance && key == colourSchemeKey)
        heed(value.variant().toUInt());
}

// 0: no preference, 1: dark, 2: light (XDG desktop portal, org.freedesktop.appearance).
void ThemeSource::heed(uint colourScheme) {
    if (colourScheme == 1)
        setSystemScheme(Scheme::Dark);
    else if (colourScheme == 2)
        setSystemScheme(Scheme::Light);
}

} // namespace weir
