// Help: the actions that open the help, F1 at the words about the panel that has the keyboard.
#pragma once

#include "ui/theme_source.h"

#include <QObject>

class QAction;

namespace weir {

class HelpView;
class Language;
class MainWindow;

class Help final : public QObject {
    Q_OBJECT
  public:
    Help(const ThemeSource& themes, const Language& language, QObject* parent = nullptr);

    QAction* action() const { return m_open; }
    void attachTo(MainWindow& window);
    HelpView& view() { return *m_view; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void open();
    void retranslate();

    const ThemeSource& m_themes;
    const Language& m_language;
    QAction* m_open;
    MainWindow* m_window = nullptr;
    HelpView* m_view = nullptr; // the window's
};

} // namespace weir
