// FaultActions: what can be done to the selected node on purpose, as actions for menus and buttons: crash it, pause it,
// slow it down, lose or double what goes through it. Each is a command to the run and one step of the undo stack. What
// still holds is active_faults.h's.
#pragma once

#include "core/simulation/active_faults.h"
#include "ui/session/selection.h"
#include "ui/theme_source.h"

#include <QList>
#include <QObject>
#include <QPoint>

#include <memory>
#include <optional>
#include <vector>

class QAction;
class QMenu;

namespace weir {

class ParameterChanges;
class Session;

class FaultActions final : public QObject {
    Q_OBJECT
  public:
    FaultActions(Session& session, Selection& selection, ParameterChanges& changes, const ThemeSource& themes,
                 QObject* parent = nullptr);

    ~FaultActions() override;

    const QList<QAction*>& actions() const { return m_actions; }
    // Those that fit the selected node, likeliest first: for buttons.
    QList<QAction*> fitting() const;
    // The same as a few menus by subject, for a node's menu; what does not fit is not there.
    QList<QAction*> menus() const;
    QList<QAction*> forWindow() const; // and what to do where no node is selected

    std::vector<ActiveFault> activeOn(NodeRef node) const;
    void end(const ActiveFault& fault);
    // Into the scenario's faults; the run goes on as it is.
    void keep(const ActiveFault& fault);

    // From where a group of a stream, or all of them, go on reading; the question stands at that place of the window.
    void askSeek(QWidget& window, QPoint global, ChannelId stream, std::optional<SubscriptionId> group);

    void retranslate();                              // the language is another
    static QString textOf(const ActiveFault& fault); // "Slowed down 5× since 03:12.480"

  Q_SIGNALS:
    void refused(const QString& reason);

  private:
    void give(std::size_t kind);
    bool fits(std::size_t kind) const;
    std::string target() const;
    std::string brokerNode(CommandKind kind) const;
    void follow();
    static void offer(QAction& action, bool fits);
    void offerMenus();
    void dress();

    Session& m_session;
    Selection& m_selection;
    ParameterChanges& m_changes;
    const ThemeSource& m_themes;
    QList<QAction*> m_actions;
    std::vector<std::unique_ptr<QMenu>> m_menus; // by subject
    QAction* m_none;
};

} // namespace weir
