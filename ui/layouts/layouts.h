// Layouts: arrangements of the window's panels under a name: a few that fit a task, and those that the user saved. Kept
// in the settings it is given. It moves panels through MainWindow and knows no view.
#pragma once

#include "ui/theme_source.h"

#include <QObject>
#include <QStringList>

class QAction;
class QMenu;
class QSettings;

namespace weir {

class MainWindow;
class NamePopup;

class Layouts final : public QObject {
    Q_OBJECT
  public:
    static constexpr int savedMax = 20;

    Layouts(const ThemeSource& themes, QSettings& settings, QObject* parent = nullptr);
    ~Layouts() override;

    QAction* action() const { return m_action; } // with a menu, for the View menu
    void attachTo(MainWindow& window);

    QStringList saved() const; // names, in the order of the alphabet
    void save(const QString& name);
    void apply(const QString& name);
    void forget(const QString& name);
    NamePopup& namePopup() { return *m_naming; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void list();
    void retranslate();

    const ThemeSource& m_themes;
    QSettings& m_settings;
    MainWindow* m_window = nullptr;
    QAction* m_action;
    QMenu* m_menu; // m_action's
    NamePopup* m_naming = nullptr; // the window's
};

} // namespace weir
