#include "pictures/sitting.h"

#include "core/record/record_reader.h"

#include <QApplication>
#include <QDockWidget>
#include <QFile>

#include <algorithm>

namespace weir {

QString scenarioFile(const char* name) {
    return QStringLiteral(WEIR_SOURCE_DIR "/scenarios/") + QString::fromLatin1(name);
}

Sitting::Sitting(Camera& camera, QSize size)
    : m_camera(camera), m_settings(m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat) {
    // The window takes theme and language from its settings.
    m_settings.setValue(QStringLiteral("window/theme"), static_cast<int>(camera.edition().theme));
    m_settings.setValue(QStringLiteral("window/language"), static_cast<int>(camera.edition().language));
    m_studio = std::make_unique<Studio>(camera.themes(), camera.language(), m_settings);
    window().resize(size);
    window().show();
    settle(20);
}

void Sitting::open(const QString& path) {
    if (!m_studio->open(path))
        qFatal("%s cannot be opened", qPrintable(path));
    session().pause();
    session().restart();
    session().pause();
    session().setSpeed(Speed::max());
}

void Sitting::openText(const std::string& text, const QString& name) {
    const QString path = m_folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0)
        qFatal("%s cannot be written", qPrintable(path));
    file.close();
    open(path);
}

void Sitting::runTo(Duration time) {
    constexpr int strides = 60;
    const Duration from = session().now().time_since_epoch();
    for (int i = 1; i <= strides; ++i) {
        session().runUntil(SimTime{from + (time - from) * i / strides});
        waitFor([this] { return !session().running(); });
    }
}

void Sitting::shoot(const QString& name) {
    m_camera.shoot(window(), name);
}

void Sitting::shootPanel(const char* panel, const QString& name) {
    front(panel);
    shoot(name);
    shootTornOff(panel, name + QStringLiteral("_large"));
}

void Sitting::shootTornOff(const char* panel, const QString& name, QSize size) {
    QDockWidget& docked = dock(panel);
    docked.setFloating(true);
    docked.resize(size);
    m_camera.shoot(docked, name);
    docked.setFloating(false);
    settle(20);
}

QDockWidget& Sitting::dock(const char* panel) {
    auto* const found = window().findChild<QDockWidget*>(QString::fromLatin1(panel));
    if (!found)
        qFatal("there is no panel %s", panel);
    return *found;
}

void Sitting::front(const char* panel) {
    dock(panel).show();
    dock(panel).raise();
    settle(20);
}

void Sitting::selectService(const char* name) {
    selection().selectNode(NodeRef::of(session().catalogue()->service(name)));
}

void Sitting::selectChannel(const char* name) {
    selection().selectNode(NodeRef::of(session().catalogue()->channel(name)));
}

std::uint64_t Sitting::selectLast(RecordKind kind, std::uint64_t before) {
    const RecordReader reader(session().store());
    for (std::uint64_t index = std::min(before, session().playhead()); index-- > reader.first();) {
        const Record& record = reader.at(index);
        if (record.kind != kind || record.ordinal == 0)
            continue;
        selection().selectRecord(index, record.ordinal, NodeRef::of(reader.catalogue(), record.place), record.type);
        return index;
    }
    qFatal("no record of the kind that a picture wants");
}

} // namespace weir
