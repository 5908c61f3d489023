// SettingsView: what can be set for good, in one window beside the work, found by typing. Each setting is an action or a
// choice of actions that a menu has too, so that menu and settings never differ.
#pragma once

#include "ui/theme_source.h"

#include <QWidget>

#include <vector>

class QActionGroup;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace weir {

class SettingsView final : public QWidget {
    Q_OBJECT
  public:
    SettingsView(const ThemeSource& themes, QWidget* parent);

    // Titles come from the action (the group's from `title`), explanations from tooltips.
    void addSwitch(QAction& action);
    void addChoice(QActionGroup& group, const QAction& title);
    void open();

    QLineEdit& field() { return *m_field; }
    int shownCount() const;

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    struct Row {
        QWidget* widget;
        QLabel* title;
        QLabel* hint;
        QWidget* control;
        QActionGroup* group; // null: a switch
        const QAction* action;
    };
    void add(Row row);
    void search();
    void dress();
    void retranslate();
    void show(Row& row);

    const ThemeSource& m_themes;
    QLineEdit* m_field;
    QLabel* m_nothing;
    QVBoxLayout* m_column;
    std::vector<Row> m_rows;
};

} // namespace weir
