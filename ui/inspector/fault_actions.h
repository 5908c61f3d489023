// FaultActions: what can be done to the selected nodes on purpose, as actions for menus and buttons: crash them, pause
// them, slow them down, lose or double what goes through them. To each node it is a command to the run, all of them are
// one step of the undo stack. What is there depends on what is selected, what can be chosen on the run: nothing where
// it takes no commands, an end only where something holds that it ends. What still holds is active_faults.h's.
#pragma once

#include "core/simulation/active_faults.h"
#include "ui/inspector/node_faults.h"
#include "ui/session/selection.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QPoint>

#include <memory>
#include <optional>
#include <string>
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
    QList<QAction*> ofNode() const;    // the same, but where one menu is all there is what is in it
    QList<QAction*> forWindow() const; // and what to do where no node is selected
    QAction* menu() const;             // all of them, for a button
    // What can be done to the link between a service and the broker, whatever is selected: for the menu of a way that
    // ends at the service, which owns them.
    QList<QAction*> ofLink(const std::string& service, QObject* owner);

    // Where several nodes are selected they are struck together; of fewer the shared selection counts.
    void setSeveral(const std::vector<std::string>& names);

    // Why nothing can be done at the playhead, for people; empty: it can.
    const QString& refusal() const { return m_refusal; }
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
    struct Struck { // a node that is selected
        NodeRef node;
        std::string name;
        std::uint32_t fits = 0; // bits of what can be done to it, however the run stands
    };
    void give(std::size_t kind);
    void giveAll(std::size_t kind, const QString& whom, const std::vector<Command>& commands);
    void follow();
    void followRun();
    void takeUpSelected();
    std::uint32_t fitsOf(const Struck& struck) const;
    std::size_t fitting(std::size_t kind) const; // of those that are selected
    bool ends(std::size_t kind, const std::vector<Command>& endings) const;
    std::string struckBy(std::size_t kind, const Struck& struck) const;
    std::string brokerNode(std::size_t kind, ChannelId channel) const;
    std::vector<Command> commands(std::size_t kind) const;
    Command command(std::size_t kind, const std::string& whom) const;
    std::vector<ActiveFault> activeNow() const;
    QString tip(std::size_t kind) const;
    void tellAll();
    void offerMenus();
    void dress();

    Session& m_session;
    Selection& m_selection;
    ParameterChanges& m_changes;
    const ThemeSource& m_themes;
    QList<QAction*> m_actions;
    std::vector<std::unique_ptr<QMenu>> m_menus; // by subject
    std::unique_ptr<QMenu> m_menu;
    NodeFaults m_nodes;
    QAction* m_none;
    std::vector<std::string> m_several;
    std::vector<Struck> m_struck;
    std::vector<std::size_t> m_fitting; // of those, by kind
    QString m_refusal; // why the run takes no commands now
    QElapsedTimer m_followed;
};

} // namespace weir
