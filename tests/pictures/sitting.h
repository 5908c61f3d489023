// Sitting: one window with a scenario, ready to have its picture taken: opened, run to some time, with this or that
// selected and this or that panel in front. Settings are its own and gone with it.
#pragma once

#include "pictures/camera.h"
#include "ui/studio.h"

#include <QSettings>
#include <QTemporaryDir>

#include <string>

class QDockWidget;

namespace weir {

QString scenarioFile(const char* name); // "order_flow.json"

class Sitting {
  public:
    explicit Sitting(Camera& camera, QSize size = {1440, 900});

    void open(const QString& path);                              // and pauses
    void openText(const std::string& text, const QString& name); // of a scenario that is no example
    void runTo(Duration time);                                   // in strides, as a person watches

    // --- pictures ---
    void shoot(const QString& name); // of the whole window
    // The panel in its place in the window, and as large as when it was torn off: NAME and NAME_large.
    void shootPanel(const char* panel, const QString& name);
    void shootTornOff(const char* panel, const QString& name, QSize size = {1200, 640});

    // --- what is chosen ---
    void front(const char* panel);
    void selectService(const char* name);
    void selectChannel(const char* name);
    // The last record of that kind before that index that is about a message. Its index.
    std::uint64_t selectLast(RecordKind kind, std::uint64_t before = UINT64_MAX);

    template <class View> View& view() { return *window().findChild<View*>(); }
    Studio& studio() { return *m_studio; }
    Session& session() { return m_studio->session(); }
    Selection& selection() { return m_studio->selection(); }
    MainWindow& window() { return m_studio->window(); }
    QSettings& settings() { return m_settings; }
    Camera& camera() { return m_camera; }

  private:
    QDockWidget& dock(const char* panel);

    Camera& m_camera;
    QTemporaryDir m_folder;
    QSettings m_settings;
    std::unique_ptr<Studio> m_studio;
};

} // namespace weir
