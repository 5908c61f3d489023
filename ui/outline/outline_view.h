// OutlineView: the left panel: everything there is, by name, with its live value; a click or the keyboard selects it
// everywhere. What is selected comes from Selection: a node and an event type may be selected at once.
#pragma once

#include "ui/outline/outline_model.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QListView>

namespace weir {

class OutlineView final : public QListView {
    Q_OBJECT
  public:
    OutlineView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    OutlineModel& outline() { return *m_model; }

  Q_SIGNALS:
    void nodeChosen(weir::NodeRef node); // clicked, also one that was selected already: it wants to be seen
    void focusRequested();               // the key F: the canvas looks at what is selected

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void takeUpDocument();
    void tick();
    void choose(const QModelIndex& index);
    void showSelection();
    void retranslate();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    OutlineModel* m_model;
    QElapsedTimer m_shownFor, m_typedFor; // since something was typed to find a name
    QPoint m_pressed;
};

} // namespace weir
