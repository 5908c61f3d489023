// CanvasEditor: building a topology on the canvas with mouse and keys: palette, ports, several nodes selected at once,
// clipboard, alignment, inline names, menus. It watches the canvas's events before the canvas does and takes those that
// mean editing; what changes goes through TopologyEdits as named steps. It paints nothing (EditOverlay) and makes no
// edits of its own. Where no scenario is open it leaves the canvas alone.
#pragma once

#include "ui/canvas/canvas.h"
#include "ui/editor/alignment.h"
#include "ui/editor/edit_overlay.h"
#include "ui/editor/palette_bar.h"
#include "ui/editor/topology_edits.h"

#include <QAction>
#include <QMenu>
#include <QObject>
#include <QPointer>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

class QHelpEvent;
class QToolButton;

namespace weir {

class ChoicePopup;
class DocumentEditor;
class MessageBar;
class NameField;

class CanvasEditor final : public QObject {
    Q_OBJECT
  public:
    CanvasEditor(Canvas& canvas, Session& session, Selection& selection, DocumentEditor& document,
                 const ThemeSource& themes);
    ~CanvasEditor() override;

    // For the Edit menu, in its order; a null is a separator.
    QList<QAction*> actions() const { return m_menuActions; }
    QAction& action(const QString& name) const; // by object name: "editDelete"
    void setMessageBar(MessageBar& bar) { m_messages = &bar; }
    // What else a node's menu offers, asked for when it opens. The actions stay their owner's.
    void setNodeActions(std::function<QList<QAction*>(const std::string& node)> more) { m_more = std::move(more); }

    // The same of a way between a service and the broker; they are made for that menu.
    void setLinkActions(std::function<QList<QAction*>(const std::string& service, QObject* owner)> more) {
        m_moreOfLink = std::move(more);
    }

    bool editing() const;
    void setEditing(bool editing);
    const std::set<std::string>& selectedNodes() const { return m_selected; }
    const std::optional<NodeTie>& selectedTie() const { return m_tie; }
    void select(const std::set<std::string>& nodes);

    Canvas& canvas() { return m_canvas; }
    EditOverlay& overlay() { return *m_overlay; }
    PaletteBar& palette() { return *m_palette; }
    ChoicePopup& popup() { return *m_popup; }
    NameField& nameField() { return *m_name; }
    QMenu* menu() const { return m_menu; } // the one that is open
    TopologyEdits& edits() { return m_edits; }
    // What can be done with several nodes, all of them at once.
    QList<QAction*> severalActions() const;

  Q_SIGNALS:
    void selectedChanged(); // selectedNodes()

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    enum class Gesture : std::uint8_t { none, node, move, ground, band, pull };

    // --- following (canvas_editor.cpp) ---
    bool editable() const; // there is a document
    void followRun();
    void followScene();
    void followSelection();
    void showMarks();
    void showBadges();
    void enableActions();
    void placeControls();
    std::optional<std::size_t> indexOf(const std::string& node) const;
    std::optional<std::size_t> indexOf(const NodeTie& tie) const;
    std::string nameOf(std::size_t node) const { return m_canvas.scene().topology.nodes()[node].name; }
    NodeTie tieOf(std::size_t edge) const;
    void selectTie(const std::optional<NodeTie>& tie);
    void tell(const QString& text);
    void retranslate();
    void dress();

    // --- mouse and keys (canvas_editor_input.cpp) ---
    bool press(const QMouseEvent& event);
    bool move(const QMouseEvent& event);
    bool release(const QMouseEvent& event);
    bool doubleClick(const QMouseEvent& event);
    bool key(int key);
    bool toolTip(const QHelpEvent& event);
    void leave();
    std::optional<std::size_t> nodeAt(QPointF view) const;
    std::optional<std::size_t> edgeAt(QPointF view) const;
    std::optional<std::size_t> portAt(QPointF view) const;
    void hover(QPointF view);
    void beginMove();
    void moveTo(QPointF view);
    void endMove();
    void putBack();
    void carryOut();
    bool comeBack(QEvent& event); // what was carried out; events of dragging
    void beginPull(std::size_t from, QPointF view);
    void pullTo(QPointF view);
    void endPull(QPointF view);
    void endBand();
    bool cancelGesture();
    void placeItem(PaletteItem item, QPointF view);
    void showGhost(PaletteItem item, QPointF view);

    // --- what actions and menus do (canvas_editor_commands.cpp) ---
    void makeActions();
    QAction* add(const char* name, const QString& icon, const QKeySequence& keys, std::function<void()> act);
    void create(NodeTemplate kind, QPointF scene);
    void nameEventType(QPointF view);
    void quickAdd(QPointF view);
    void offerNewTarget(const std::string& from, QPointF view);
    void connectNodes(const std::string& from, const std::string& to, QPointF view);
    void askEvent(const std::string& from, const QString& target, QPointF view,
                  std::function<void(const TieDetail&)> answered);
    void chooseTarget();
    void rename();
    void renameNode(const std::string& node);
    void editPattern(const NodeTie& tie);
    void removeSelected(bool cut);
    void copySelected();
    void pasteClipboard();
    void duplicate();
    void showCopies(const std::set<std::string>& nodes);
    QPointF shiftToRoom(const std::vector<QPointF>& centres) const;
    void align(Alignment alignment);
    void distribute(Qt::Orientation direction);
    void moveCentres(const std::vector<std::size_t>& nodes, const std::vector<QPointF>& centres, const QString& name);
    void nudge(QPointF by);
    void addDeadLetters();
    void selectAll();
    void openMenu(QPointF view, QPoint global);
    std::vector<std::size_t> selectedIndices() const;
    TopologyEdits::Positions positionsOf(const std::set<std::string>& nodes) const;
    TopologyEdits::Nodes queuesAmong(const std::set<std::string>& nodes) const;
    QString namesText(const std::set<std::string>& nodes) const;

    Canvas& m_canvas;
    Session& m_session;
    Selection& m_selection;
    DocumentEditor& m_document;
    const ThemeSource& m_themes;
    MessageBar* m_messages = nullptr;
    TopologyEdits m_edits;
    std::function<QList<QAction*>(const std::string&)> m_more;
    std::function<QList<QAction*>(const std::string&, QObject*)> m_moreOfLink;

    EditOverlay* m_overlay; // the canvas's
    PaletteBar* m_palette;
    QToolButton* m_toggle;
    ChoicePopup* m_popup;
    NameField* m_name;
    QPointer<QMenu> m_menu;
    QMenu m_alignMenu;
    QList<QAction*> m_menuActions;
    std::map<QString, QAction*> m_actions;
    std::map<QString, QString> m_icons;

    std::set<std::string> m_selected;
    std::set<std::string> m_told; // of it
    std::optional<NodeTie> m_tie;
    NodeRef m_shared;        // as it was seen last
    bool m_another = false;  // another document is being opened
    bool m_choosing = false; // the shared selection changes because of us

    Gesture m_gesture = Gesture::none;
    QPointF m_pressed; // view
    Qt::KeyboardModifiers m_modifiers;
    std::optional<std::size_t> m_pressedNode;
    std::map<std::size_t, QPointF> m_movedFrom; // centres, scene
    bool m_carriedOut = false;                  // of the canvas, to whom may want it
    std::optional<std::size_t> m_hovered;
    PaletteItem m_placing;
    std::function<QRectF()> m_named; // where the name that is edited stands now, in the view
};

} // namespace weir
