// InspectorView: the right panel for what is selected: a service or channel with its figures, how it behaves, its
// business state and what the check has to say of it; the scenario itself, with notes and legend, while nothing is.
// Read-only: it changes no scenario and gives no command.
#pragma once

#include "core/scenario/finding.h"
#include "ui/inspector/state_tables.h"
#include "ui/session/recent_figures.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QScrollArea>

#include <array>

class QLabel;

namespace weir {

class FactRows;
class MetricTile;
class SectionHeader;
class SignRows;

class InspectorView final : public QScrollArea {
    Q_OBJECT
  public:
    InspectorView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    QString title() const;
    QString subtitle() const;
    const MetricTile& tile(int i) const { return *m_tiles[static_cast<std::size_t>(i)]; }
    const FactRows& behaviour() const { return *m_behaviour; }
    const FactRows& state() const { return *m_state; }
    const SignRows& findings() const { return *m_findings; }

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void takeUpDocument();
    void tick();
    void showNode();
    void showValues();
    void showService(ServiceId id);
    void showChannel(ChannelId id);
    void showScenario();
    void showFindings(const std::string& name);
    void setTile(int i, const QString& label, const QString& value, Tone tone, const std::vector<double>& past);
    void dress();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    RecentFigures m_recent;
    StateTables m_stateTables;
    std::vector<Finding> m_found;
    NodeRef m_shown;
    QElapsedTimer m_shownFor;

    QLabel* m_title;
    QLabel* m_subtitle;
    QLabel* m_notes;
    QWidget* m_tileBox;
    std::array<MetricTile*, 4> m_tiles{};
    SectionHeader* m_behaviourHeader;
    FactRows* m_behaviour;
    SectionHeader* m_stateHeader;
    FactRows* m_state;
    SectionHeader* m_findingsHeader;
    SignRows* m_findings;
    SectionHeader* m_legendHeader;
    SignRows* m_legend;
};

} // namespace weir
