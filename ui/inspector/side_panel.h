// SidePanel: what stands at the right: the selected node and the selected message behind two tabs. It turns to what was
// selected last.
#pragma once

#include "ui/session/selection.h"
#include "ui/theme_source.h"

#include <QWidget>

#include <optional>

class QStackedWidget;
class QTabBar;

namespace weir {

class DetailsView;
class FaultActions;
class InspectorView;
class ParameterChanges;
class Session;

class SidePanel final : public QWidget {
    Q_OBJECT
  public:
    enum Tab { Node, Message };

    SidePanel(Session& session, Selection& selection, ParameterChanges& changes, FaultActions& faults,
              const ThemeSource& themes, QWidget* parent = nullptr);

    Tab tab() const;
    InspectorView& inspector() { return *m_inspector; }
    DetailsView& details() { return *m_details; }

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void followSelection();
    void retranslate();

    Selection& m_selection;
    const ThemeSource& m_themes;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    InspectorView* m_inspector;
    DetailsView* m_details;
    NodeRef m_node;
    Ordinal m_message = 0;
    std::optional<std::uint64_t> m_record;
};

} // namespace weir
