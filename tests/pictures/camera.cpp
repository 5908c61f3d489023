#include "pictures/camera.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QPixmap>
#include <QRegularExpression>
#include <QWidget>

#include <algorithm>

namespace weir {
namespace {

void processFor(int milliseconds, const std::function<bool()>& enough) {
    QElapsedTimer clock;
    clock.start();
    while (!enough() && clock.elapsed() < milliseconds)
        QApplication::processEvents(QEventLoop::AllEvents, 5);
}

QString fileNameOf(const QString& name, Edition edition, int density) {
    return QStringLiteral("%1_%2_%3_%4x.png")
        .arg(name, edition.theme == ThemeChoice::Dark ? QStringLiteral("dark") : QStringLiteral("light"),
             edition.language == Language::Choice::Chinese ? QStringLiteral("zh") : QStringLiteral("en"))
        .arg(density);
}

} // namespace

void settle(int milliseconds) {
    processFor(milliseconds, [] { return false; });
}

bool waitFor(const std::function<bool()>& holds) {
    processFor(20'000, holds);
    return holds();
}

Camera::Camera(QDir folder, QStringList wanted, int density, ThemeSource& themes, Language& language)
    : m_folder(std::move(folder)), m_wanted(std::move(wanted)), m_density(density), m_themes(themes),
      m_language(language) {}

void Camera::setEdition(Edition edition) {
    m_edition = edition;
    m_themes.choose(edition.theme);
    m_language.choose(edition.language);
}

bool Camera::begin(const QString& album) {
    m_album = album;
    // "canvas/heat*" wants the album "canvas", "*" any.
    return m_wanted.isEmpty() || std::any_of(m_wanted.begin(), m_wanted.end(), [&](const QString& pattern) {
               const QString front = QRegularExpression::wildcardToRegularExpression(pattern.section(u'/', 0, 0));
               return QRegularExpression(front).match(album).hasMatch();
           });
}

bool Camera::wanted(const QString& name) const {
    return m_wanted.isEmpty() || std::any_of(m_wanted.begin(), m_wanted.end(), [&](const QString& pattern) {
               const QString whole = pattern.contains(u'/') ? pattern : pattern + QStringLiteral("/*");
               return QRegularExpression(QRegularExpression::wildcardToRegularExpression(whole))
                   .match(m_album + u'/' + name)
                   .hasMatch();
           });
}

QString Camera::path(const QString& name) const {
    m_folder.mkpath(m_album);
    return m_folder.filePath(m_album + u'/' + fileNameOf(name, m_edition, m_density));
}

void Camera::shoot(QWidget& widget, const QString& name) {
    if (!wanted(name))
        return;
    settle();
    keep(widget.grab().toImage(), name);
}

void Camera::keep(const QImage& image, const QString& name) {
    if (!wanted(name))
        return;
    if (!image.save(path(name)))
        qFatal("%s cannot be written", qPrintable(path(name)));
    ++m_taken;
}

} // namespace weir
