// InspectorView: the right panel for what is selected: a service or channel with its figures, what can be done to it on
// purpose, the form of its settings (and its JSON text beside it), its business state and what the check has to say of
// it; an event type; the scenario itself, with notes and legend, while nothing is. It lays out; the form changes
// things.
#pragma once

#include "ui/inspector/forms/form_rows.h"
#include "ui/inspector/state_tables.h"
#include "ui/session/recent_figures.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QScrollArea>

#include <array>

class QAction;
class QToolButton;

namespace weir {

class ChangeBar;
class FactRows;
class FaultActions;
class FaultPanel;
class FlowingText;
class FormView;
class JsonPane;
class MetricTile;
class ParameterChanges;
class SectionHeader;
class SeveralNodes;
class SignRows;

class InspectorView final : public QScrollArea {
    Q_OBJECT
  public:
    InspectorView(Session& session, Selection& selection, ParameterChanges& changes, FaultActions& faults,
                  const ThemeSource& themes, QWidget* parent = nullptr);

    // What is selected on the canvas, where that is more than one node, and what can be done with all of them.
    void setSeveral(std::vector<std::string> names);
    void setSeveralActions(const QList<QAction*>& actions);

    QString title() const;
    QString subtitle() const;
    const MetricTile& tile(int i) const { return *m_tiles[static_cast<std::size_t>(i)]; }
    FormView& form() { return *m_form; }
    JsonPane& json() { return *m_json; }
    QToolButton& jsonButton() { return *m_jsonButton; }
    ChangeBar& changeBar() { return *m_changeBar; }
    FaultPanel& faults() { return *m_faults; }
    SeveralNodes& several() { return *m_several; }
    const FactRows& state() const { return *m_state; }
    const SignRows& findings() const { return *m_findings; }

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void build();
    void takeUpDocument();
    void follow();
    void tick();
    void showNode();
    void showValues();
    void showService(ServiceId id);
    void tellService(ServiceId id);
    void showChannel(ChannelId id);
    void showScenario();
    void showSeveral();
    void showEventType(EventTypeId id);
    void showForm(std::optional<FormScope> scope, const QString& name);
    void showFindings(const std::string& name);
    static std::vector<Fact> leaderFacts(const ChannelFigures& figures, const Catalogue& catalogue);
    void setTile(int i, const QString& label, const QString& value, Tone tone, const std::vector<double>& past);
    void dress();

    Session& m_session;
    Selection& m_selection;
    ParameterChanges& m_changes;
    const ThemeSource& m_themes;
    const FormSchema m_schema;
    StateTables m_stateTables;
    NodeRef m_shown;
    EventTypeId m_shownType; // while it was selected after the node
    EventTypeId m_typeSeen;
    std::vector<std::string> m_severalNames;
    QElapsedTimer m_shownFor;

    FlowingText* m_title;
    FlowingText* m_subtitle;
    FlowingText* m_notes;
    QWidget* m_tileBox;
    std::array<MetricTile*, 4> m_tiles{};
    QToolButton* m_jsonButton;
    ChangeBar* m_changeBar;
    FaultPanel* m_faults;
    SeveralNodes* m_several;
    JsonPane* m_json;
    SectionHeader* m_formHeader;
    FormView* m_form;
    SectionHeader* m_stateHeader;
    FactRows* m_state;
    SectionHeader* m_findingsHeader;
    SignRows* m_findings;
    SectionHeader* m_legendHeader;
    SignRows* m_legend;
};

} // namespace weir
