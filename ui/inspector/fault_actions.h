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

#include <optional>

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

    // All of them, for a menu of the window; those that do not fit the selected node are disabled.
    const QList<QAction*>& actions() const { return m_actions; }
    // Those that fit the selected node, likeliest first: for buttons and for the node's own menu.
    QList<QAction*> fitting() const;
    void appendTo(QMenu& menu) const;

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
    void dress();

    Session& m_session;
    Selection& m_selection;
    ParameterChanges& m_changes;
    const ThemeSource& m_themes;
    QList<QAction*> m_actions;
};

} // namespace weir
