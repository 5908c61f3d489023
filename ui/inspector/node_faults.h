// NodeFaults: what can be done on purpose to each node of the broker, as one menu with a submenu a node, whatever is
// selected. The canvas shows no nodes of the broker, only whom they lead; what strikes the leader of a selected channel
// is FaultActions'.
#pragma once

#include <QObject>

#include <memory>
#include <string>

class QAction;
class QMenu;

namespace weir {

class ParameterChanges;
class Session;
class ThemeSource;
struct Command;

class NodeFaults final : public QObject {
    Q_OBJECT
  public:
    NodeFaults(Session& session, ParameterChanges& changes, const ThemeSource& themes, QObject* parent = nullptr);
    ~NodeFaults() override;

    QAction* menu() const; // to be seen where the scenario has nodes
    void retranslate();    // the language is another

  Q_SIGNALS:
    void refused(const QString& reason);

  private:
    void follow();
    void fill();
    void fillNode(QMenu& menu, const std::string& node);
    void give(const QString& title, const Command& command);

    Session& m_session;
    ParameterChanges& m_changes;
    const ThemeSource& m_themes;
    std::unique_ptr<QMenu> m_menu;
};

} // namespace weir
