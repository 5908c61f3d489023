#include "ui/theme_source.h"

#include "ui/desktop_portal.h"
#include "ui/style.h"

#include <QApplication>
#include <QEvent>

namespace weir {
namespace {

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
    auto* portal = new DesktopPortal(this);
    connect(portal, &DesktopPortal::schemeTold, this, &ThemeSource::setSystemScheme);
    if (QGuiApplication::platformName() != QLatin1String("offscreen")) // there is no desktop to follow
        portal->ask();
}

void ThemeSource::choose(ThemeChoice choice) {
    m_choice = choice;
    settle();
}

void ThemeSource::setPresenting(bool presenting) {
    m_presenting = presenting;
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
    const Theme theme = m_presenting ? presented(themeOf(wanted)) : themeOf(wanted);
    if (theme.scheme == m_theme.scheme && theme.typeScale == m_theme.typeScale)
        return;
    m_theme = theme;
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

} // namespace weir
