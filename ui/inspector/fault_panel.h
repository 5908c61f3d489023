// FaultPanel: what can be done to the selected node with one click, the rest behind "More", and beneath what still
// holds, each with a button to end it and one to keep it in the scenario.
#pragma once

#include "ui/inspector/fault_actions.h"

#include <QList>
#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace weir {

class FaultPanel final : public QWidget {
    Q_OBJECT
  public:
    FaultPanel(FaultActions& actions, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    // At the playhead; cheap where nothing changed.
    void refresh();
    const std::vector<ActiveFault>& active() const { return m_active; }
    QToolButton& more() { return *m_more; }

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void showActions();
    void showActive();
    void allowEnds();
    QToolButton* makeButton(QWidget* parent, const QString& text);

    FaultActions& m_actions;
    Selection& m_selection;
    const ThemeSource& m_themes;
    QVBoxLayout* m_column;
    QList<QToolButton*> m_first;
    QToolButton* m_more;
    QList<QWidget*> m_rows;
    QList<QToolButton*> m_ends; // of what holds
    std::vector<ActiveFault> m_active;
};

} // namespace weir
