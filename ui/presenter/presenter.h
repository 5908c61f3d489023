// Presenter: the mode for a projector: large type and high contrast, canvas and timeline alone, a caption that says what
// happens now and a spotlight on where. Leaving it puts everything back.
#pragma once

#include "ui/theme_source.h"

#include <QObject>

class QAction;

namespace weir {

class Canvas;
class MainWindow;
class Session;
class Stage;

class Presenter final : public QObject {
    Q_OBJECT
  public:
    Presenter(Session& session, Canvas& canvas, ThemeSource& themes, QObject* parent = nullptr);

    QAction* action() const { return m_action; } // for the View menu
    void attachTo(MainWindow& window);
    bool presenting() const;
    Stage& stage() { return *m_stage; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void present(bool on);
    void retranslate();

    Canvas& m_canvas;
    ThemeSource& m_themes;
    Stage* m_stage; // the canvas's
    MainWindow* m_window = nullptr;
    QAction* m_action;
};

} // namespace weir
