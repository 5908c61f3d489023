// RunActions: what can be asked of a run, as QActions that run bar, menu and shortcuts share. Holds no run: each action
// is a wish, and whoever owns the run says through setState() which wishes make sense.
#pragma once

#include "ui/theme_source.h"

#include <QAction>
#include <QObject>

namespace weir {

class RunActions final : public QObject {
    Q_OBJECT
  public:
    struct State {
        bool available = false;   // there is a run
        bool ended = false;       // nothing is left of it to show or to run: there is only the way back
        bool running = false;     // it advances now
        bool canStepBack = false; // the playhead is not at the start
        bool canStep = false;     // live runs go at their own pace: no stepping, no restart
        bool operator==(const State&) const = default;
    };

    explicit RunActions(const ThemeSource& themes, QObject* parent = nullptr);

    void setState(State state);
    const State& state() const { return m_state; }

    QAction& restart() { return *m_restart; }
    QAction& stepBack() { return *m_stepBack; }
    QAction& runPause() { return *m_runPause; } // reads Run or Pause, as it will do
    QAction& step() { return *m_step; }
    QAction& runUntil() { return *m_runUntil; }
    QAction& slower() { return *m_slower; }
    QAction& faster() { return *m_faster; }
    QAction& realTime() { return *m_realTime; }
    QAction& fullSpeed() { return *m_fullSpeed; }

    void retranslate();

  Q_SIGNALS:
    void runRequested();
    void pauseRequested();
    void stepRequested();
    void stepBackRequested();
    void restartRequested();

  private:
    void dress();
    void refresh();

    const ThemeSource& m_themes;
    State m_state;
    QAction* m_restart;
    QAction* m_stepBack;
    QAction* m_runPause;
    QAction* m_step;
    QAction* m_runUntil;
    QAction* m_slower;
    QAction* m_faster;
    QAction* m_realTime;
    QAction* m_fullSpeed;
};

// "Pause (F5)": tooltip of an action, with its shortcut as this desktop writes it.
QString tooltipWithShortcut(const QString& text, const QKeySequence& shortcut);

} // namespace weir
