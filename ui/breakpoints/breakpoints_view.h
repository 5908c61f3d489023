// BreakpointsView: where the run is to stop: a list to switch on and off and to delete from, a line to add one, and where
// it stopped last. It edits the document's list, as steps that can be undone; stopping is the session's matter.
#pragma once

#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"
#include "ui/trace/filter_field.h"

#include <QAction>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace weir {

class DocumentEditor;
class EmptyState;

class BreakpointsView final : public QWidget {
    Q_OBJECT
  public:
    BreakpointsView(Session& session, Selection& selection, DocumentEditor& editor, const ThemeSource& themes,
                    QWidget* parent = nullptr);

    // Sets one at what is selected (an event type, else a node), or takes it away. For the Run menu.
    QAction* toggleAction() const { return m_toggle; }

    QTreeWidget& list() { return *m_list; }
    QComboBox& kinds() { return *m_kinds; }
    FilterField& condition() { return *m_condition; }
    QLineEdit& text() { return *m_text; }
    QComboBox& types() { return *m_types; }
    QPushButton& addButton() { return *m_add; }
    QString lastHit() const;

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    using Kind = BreakpointSpec::Kind;
    Kind kind() const;
    std::optional<BreakpointSpec> typed() const; // what the line says; nothing where it cannot be used
    std::optional<BreakpointSpec> ofSelection() const;
    QString refusal() const;
    QString textOf(const BreakpointSpec& breakpoint) const;
    void layOut();
    void add();
    void judge();
    void removeChosen();
    void change(std::vector<BreakpointSpec> breakpoints);
    void takeUpDocument();
    void showList();
    void showHit();
    void followSelection();
    void takeOver(QTreeWidgetItem* item);
    void retranslate();
    void dress();

    Session& m_session;
    Selection& m_selection;
    DocumentEditor& m_editor;
    const ThemeSource& m_themes;
    QAction* m_toggle;
    QComboBox* m_kinds;
    QStackedWidget* m_editors;
    FilterField* m_condition;
    QLineEdit* m_text; // a metric condition, or a time
    QComboBox* m_types;
    QWidget* m_nothing; // a broken expectation needs no more
    QPushButton* m_add;
    QPushButton* m_remove;
    QLabel* m_reason;
    QLabel* m_hit;
    QTreeWidget* m_list;
    EmptyState* m_empty;
    bool m_filling = false; // the list, from the session
};

} // namespace weir
