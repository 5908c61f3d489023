// What the actions, menus and questions of the canvas's editor do.
#include "core/scenario/fragment.h"
#include "ui/canvas/node_painter.h"
#include "ui/document/document_editor.h"
#include "ui/editor/canvas_editor.h"
#include "ui/editor/choice_popup.h"
#include "ui/editor/editor_words.h"
#include "ui/editor/fix_menu.h"
#include "ui/editor/name_field.h"
#include "ui/format.h"
#include "ui/run_bar/run_actions.h"
#include "ui/widgets/message_bar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QToolButton>

#include <algorithm>

namespace weir {
namespace {

const QString fragmentMime = QStringLiteral("application/x-weir-fragment+json");
constexpr qreal step = 4; // of a nudge, scene units
constexpr std::size_t findingsMax = 6; // of a node, whose fixes are tried for its menu
const QString firstEvent = QStringLiteral("event.happened");

QString shown(const std::string& name) {
    return QString::fromStdString(name);
}

std::vector<NodeTemplate> targetsOf(const Scenario& scenario, const std::string& from) {
    using enum NodeTemplate;
    if (serviceOf(scenario, from))
        return {queue, topic, directExchange, fanoutExchange, stream};
    const ChannelSpec* channel = channelOf(scenario, from);
    if (!channel)
        return {};
    if (channel->implicit)
        return {deadLetterQueue};
    if (channel->kind == ChannelKind::queue || channel->kind == ChannelKind::stream)
        return {service, deadLetterQueue};
    return {queue, stream, service, topic, directExchange, fanoutExchange};
}

Choice choiceOf(NodeTemplate kind) {
    return {.id = QString::number(static_cast<int>(kind)), .title = templateName(kind), .note = {},
            .icon = templateIcon(kind)};
}

} // namespace

QAction& CanvasEditor::action(const QString& name) const {
    return *m_actions.at(name);
}

QAction* CanvasEditor::add(const char* name, const QString& icon, const QKeySequence& keys,
                           std::function<void()> act) {
    auto* made = new QAction(this);
    made->setObjectName(QString::fromLatin1(name));
    made->setShortcut(keys);
    // These keys are text elsewhere.
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(made, &QAction::triggered, this, [this, act = std::move(act)] {
        if (editable())
            act();
    });
    m_canvas.addAction(made);
    m_actions[made->objectName()] = made;
    if (!icon.isEmpty())
        m_icons[made->objectName()] = icon;
    return made;
}

void CanvasEditor::makeActions() {
    const auto listed = [this](QAction* action) { m_menuActions << action; };
    const auto separator = [this] {
        auto* line = new QAction(this);
        line->setSeparator(true);
        m_menuActions << line;
    };
    QAction* mode = add("editMode", QStringLiteral("edit"), Qt::Key_E, [] {});
    mode->setCheckable(true);
    mode->setShortcutContext(Qt::WindowShortcut); // fields take the letter first
    connect(mode, &QAction::toggled, this, [this](bool on) {
        cancelGesture();
        m_name->finish();
        if (on)
            m_canvas.holdView();
        m_palette->setVisible(on);
        if (!on)
            m_tie.reset();
        m_hovered.reset();
        showBadges();
        showMarks();
    });
    listed(mode);
    separator();
    listed(add("editCut", QStringLiteral("cut"), QKeySequence::Cut, [this] { removeSelected(true); }));
    listed(add("editCopy", QStringLiteral("copy"), QKeySequence::Copy, [this] { copySelected(); }));
    listed(add("editPaste", QStringLiteral("paste"), QKeySequence::Paste, [this] { pasteClipboard(); }));
    listed(add("editDuplicate", QStringLiteral("duplicate"), Qt::CTRL | Qt::Key_D, [this] { duplicate(); }));
    listed(add("editDelete", QStringLiteral("delete"), Qt::Key_Delete, [this] { removeSelected(false); }));
    listed(add("editSelectAll", QString(), QKeySequence::SelectAll, [this] { selectAll(); }));
    separator();
    listed(add("editRename", QStringLiteral("rename"), Qt::Key_F2, [this] { rename(); }));
    listed(add("editConnect", QStringLiteral("connect"), Qt::CTRL | Qt::Key_L, [this] { chooseTarget(); }));
    listed(add("editDeadLetters", QStringLiteral("dead_letter"), {}, [this] { addDeadLetters(); }));
    m_alignMenu.menuAction()->setObjectName(QStringLiteral("editAlign"));
    m_actions[QStringLiteral("editAlign")] = m_alignMenu.menuAction();
    m_icons[QStringLiteral("editAlign")] = QStringLiteral("align");
    const auto aligning = [this](const char* name, int key, Alignment alignment) {
        m_alignMenu.addAction(add(name, {}, Qt::CTRL | Qt::ALT | static_cast<Qt::Key>(key),
                                  [this, alignment] { align(alignment); }));
    };
    aligning("alignLeft", Qt::Key_L, Alignment::Left);
    aligning("alignCentre", Qt::Key_C, Alignment::Centre);
    aligning("alignRight", Qt::Key_R, Alignment::Right);
    aligning("alignTop", Qt::Key_T, Alignment::Top);
    aligning("alignMiddle", Qt::Key_M, Alignment::Middle);
    aligning("alignBottom", Qt::Key_B, Alignment::Bottom);
    m_alignMenu.addSeparator();
    m_alignMenu.addAction(add("distributeAcross", {}, Qt::CTRL | Qt::ALT | Qt::Key_H,
                              [this] { distribute(Qt::Horizontal); }));
    m_alignMenu.addAction(
        add("distributeDown", {}, Qt::CTRL | Qt::ALT | Qt::Key_V, [this] { distribute(Qt::Vertical); }));
    listed(m_alignMenu.menuAction());
    const auto nudging = [this](const char* name, int key, QPointF by) {
        add(name, {}, Qt::CTRL | static_cast<Qt::Key>(key), [this, by] { nudge(by); });
    };
    nudging("nudgeLeft", Qt::Key_Left, {-step, 0});
    nudging("nudgeRight", Qt::Key_Right, {step, 0});
    nudging("nudgeUp", Qt::Key_Up, {0, -step});
    nudging("nudgeDown", Qt::Key_Down, {0, step});
}

void CanvasEditor::retranslate() {
    const auto say = [this](const char* name, const QString& text, const QString& tip) {
        QAction& action = *m_actions.at(QString::fromLatin1(name));
        action.setText(text);
        action.setToolTip(tooltipWithShortcut(tip, action.shortcut()));
    };
    say("editMode", tr("&Edit the topology"), tr("Add, tie and move services and channels on the canvas"));
    say("editCut", tr("Cu&t"), tr("Put the selected nodes on the clipboard and delete them"));
    say("editCopy", tr("&Copy"), tr("Put the selected nodes on the clipboard"));
    say("editPaste", tr("&Paste"), tr("Add the nodes on the clipboard"));
    say("editDuplicate", tr("Dupl&icate"), tr("Add the selected nodes once more, beside"));
    say("editDelete", tr("&Delete"), tr("Delete what is selected on the canvas"));
    say("editSelectAll", tr("Select &all"), tr("Select all nodes"));
    say("editRename", tr("Re&name"), tr("Rename the selected node, or change the pattern of the selected binding"));
    say("editConnect", tr("C&onnect to…"), tr("Tie the selected node to another by name"));
    say("editDeadLetters", tr("Add a dead-&letter queue"), tr("Keep what the selected queues give up"));
    m_alignMenu.setTitle(tr("Ali&gn"));
    say("alignLeft", tr("&Left edges"), tr("Line up the left edges"));
    say("alignCentre", tr("&Centres"), tr("Line up the centres, one below the other"));
    say("alignRight", tr("&Right edges"), tr("Line up the right edges"));
    say("alignTop", tr("&Top edges"), tr("Line up the top edges"));
    say("alignMiddle", tr("&Middles"), tr("Line up the middles, side by side"));
    say("alignBottom", tr("&Bottom edges"), tr("Line up the bottom edges"));
    say("distributeAcross", tr("Distribute &across"), tr("Make the gaps from left to right equal"));
    say("distributeDown", tr("Distribute &down"), tr("Make the gaps from top to bottom equal"));
    say("nudgeLeft", tr("Nudge left"), tr("Move the selected nodes a step to the left"));
    say("nudgeRight", tr("Nudge right"), tr("Move the selected nodes a step to the right"));
    say("nudgeUp", tr("Nudge up"), tr("Move the selected nodes a step up"));
    say("nudgeDown", tr("Nudge down"), tr("Move the selected nodes a step down"));
    m_toggle->setAccessibleName(tr("Edit the topology"));
}

void CanvasEditor::enableActions() {
    const bool open = editable();
    const std::size_t count = m_selected.size();
    const auto enable = [this](const char* name, bool enabled) {
        m_actions.at(QString::fromLatin1(name))->setEnabled(enabled);
    };
    const bool any = open && count > 0;
    enable("editMode", open);
    for (const char* name : {"editCut", "editCopy", "editDuplicate", "nudgeLeft", "nudgeRight", "nudgeUp", "nudgeDown"})
        enable(name, any);
    enable("editPaste", open);
    enable("editSelectAll", open);
    enable("editDelete", any || (open && m_tie));
    enable("editRename", open && (count == 1 || m_tie));
    enable("editConnect", open && count == 1);
    enable("editDeadLetters", any && !queuesAmong(m_selected).empty());
    enable("editAlign", open && count > 1);
    for (const char* name : {"alignLeft", "alignCentre", "alignRight", "alignTop", "alignMiddle", "alignBottom"})
        enable(name, open && count > 1);
    for (const char* name : {"distributeAcross", "distributeDown"})
        enable(name, open && count > 2);
}

// --- making ---

void CanvasEditor::create(NodeTemplate kind, QPointF scene) {
    m_canvas.holdView();
    const TopologyEdits::Nodes queues = kind == NodeTemplate::deadLetterQueue ? queuesAmong(m_selected)
                                                                              : TopologyEdits::Nodes{};
    const std::string name = queues.empty() ? m_edits.create(kind, scene) : m_edits.createDeadLetters(queues, scene);
    if (name.empty())
        return;
    select({name});
    renameNode(name);
}

void CanvasEditor::addDeadLetters() {
    const TopologyEdits::Nodes queues = queuesAmong(m_selected);
    if (queues.empty())
        return;
    m_canvas.holdView();
    QRectF all;
    for (const std::size_t node : selectedIndices())
        all |= m_canvas.scene().boxes[node];
    const std::string name = m_edits.createDeadLetters(queues, onGrid({all.center().x(), all.bottom() + 96}));
    if (name.empty())
        return;
    select({name});
    renameNode(name);
}

void CanvasEditor::nameEventType(QPointF view) {
    const QString fresh = shown(freeName(firstEvent.toStdString(), [this] {
        std::set<std::string> taken;
        for (const EventTypeSpec& event : m_edits.scenario().events)
            taken.insert(event.name);
        return taken;
    }()));
    m_named = nullptr;
    m_name->edit(QRectF(view, QSizeF(200, 28)), fresh, tr("Name of the new event type"),
                 [this](const QString& name) { return m_edits.eventNameRefusal(name); },
                 [this](const QString& name) {
                     if (m_edits.addEventType(name))
                         tell(tr("%1 is there to be emitted: pull an edge from a service to a channel.").arg(name));
                 },
                 true);
}

void CanvasEditor::quickAdd(QPointF view) {
    Question question{.title = tr("What is to be here?"), .placeholder = tr("Type to find"), .choices = {}};
    for (const NodeTemplate kind : nodeTemplates) {
        question.choices << choiceOf(kind);
        question.choices.back().note = templateTip(kind);
    }
    const QPointF scene = onGrid(m_canvas.view().toScene(view));
    m_popup->ask(m_canvas.mapToGlobal(view.toPoint()), question, [this, scene](const PickedAnswer& answer) {
        create(static_cast<NodeTemplate>(answer.id.toInt()), scene);
    });
}

void CanvasEditor::offerNewTarget(const std::string& from, QPointF view) {
    Question question{.title = tr("Tie %1 to something new").arg(shown(from)), .placeholder = tr("Type to find"),
                      .choices = {}};
    for (const NodeTemplate kind : targetsOf(m_edits.scenario(), from))
        question.choices << choiceOf(kind);
    const QPointF scene = onGrid(m_canvas.view().toScene(view));
    m_popup->ask(m_canvas.mapToGlobal(view.toPoint()), question, [this, from, scene, view](const PickedAnswer& answer) {
        const auto kind = static_cast<NodeTemplate>(answer.id.toInt());
        const auto make = [this, from, kind, scene](const TieDetail& detail) {
            m_canvas.holdView();
            const std::string name = m_edits.createTied(kind, scene, from, detail);
            if (name.empty())
                return;
            select({name});
            renameNode(name);
        };
        if (serviceOf(m_edits.scenario(), from))
            askEvent(from, templateName(kind), view, make);
        else
            make({});
    });
}

// --- tying ---

void CanvasEditor::connectNodes(const std::string& from, const std::string& to, QPointF view) {
    const TieOffer offer = tieBetween(m_edits.scenario(), from, to);
    if (!offer.kind)
        return tell(tr("%1 cannot be tied to %2. %3.").arg(shown(from), shown(to), whyNoTie(offer.why)));
    const NodeTie tie{*offer.kind, from, to};
    if (tie.kind == TieKind::emit)
        return askEvent(from, shown(to), view, [this, tie](const TieDetail& detail) {
            if (m_edits.tie(tie.kind, tie.from, tie.to, detail))
                selectTie(tie);
        });
    m_canvas.holdView();
    if (!m_edits.tie(tie.kind, tie.from, tie.to, likelyDetail(m_edits.scenario(), tie.kind, from)))
        return;
    selectTie(tie);
    if (tie.kind == TieKind::bind && takesPattern(m_edits.scenario(), from))
        editPattern(tie);
}

void CanvasEditor::askEvent(const std::string& from, const QString& target, QPointF view,
                            std::function<void(const TieDetail&)> answered) {
    const Scenario& scenario = m_edits.scenario();
    const ServiceSpec& service = *serviceOf(scenario, from);
    const TieDetail likely = likelyDetail(scenario, TieKind::emit, from);
    Question question{.title = tr("What does %1 emit to %2?").arg(shown(from), target),
                      .placeholder = tr("An event type, or a new name"), .choices = {}};
    for (const EventTypeSpec& event : scenario.events)
        question.choices << Choice{.id = shown(event.name), .title = shown(event.name), .note = {},
                                   .icon = QStringLiteral("event")};
    question.fresh = [none = scenario.events.empty(), this](const QString& typed) {
        const QString name = typed.isEmpty() && none ? firstEvent : typed;
        return name.isEmpty() || !m_edits.eventNameRefusal(name).isEmpty() ? QString()
                                                                           : tr("New event type %1").arg(name);
    };
    std::vector<EmitPlace> places;
    for (std::size_t i = 0; i < service.handlers.size(); ++i) {
        places.push_back({i});
        question.variants << tr("After handling %1").arg(shown(service.handlers[i].on));
    }
    const bool own = !likely.place.handler; // it waits for a source's target, or handles nothing
    places.insert(own ? places.begin() : places.end(), EmitPlace{});
    question.variants.insert(own ? 0 : question.variants.size(), tr("By itself"));
    question.variantsName = tr("When");
    m_popup->ask(m_canvas.mapToGlobal(view.toPoint()), question,
                 [places, answered = std::move(answered)](const PickedAnswer& answer) {
                     TieDetail detail;
                     const QString typed = answer.typed.isEmpty() ? firstEvent : answer.typed;
                     detail.eventType = (answer.id.isEmpty() ? typed : answer.id).toStdString();
                     detail.place = places[static_cast<std::size_t>(answer.variant)];
                     answered(detail);
                 });
}

void CanvasEditor::chooseTarget() {
    if (m_selected.size() != 1)
        return;
    const std::string from = *m_selected.begin();
    const auto index = indexOf(from);
    if (!index)
        return;
    Question question{.title = tr("Tie %1 to").arg(shown(from)), .placeholder = tr("Type to find"), .choices = {}};
    const Scene& scene = m_canvas.scene();
    for (std::size_t node = 0; node < scene.names.size(); ++node) {
        const TieOffer offer = tieBetween(m_edits.scenario(), from, nameOf(node));
        if (node == *index)
            continue;
        question.choices << Choice{.id = scene.names[node],
                                   .title = scene.names[node],
                                   .note = offer.kind ? tieName(*offer.kind, shown(from), scene.names[node])
                                                      : whyNoTie(offer.why),
                                   .icon = scene.topology.nodes()[node].isService() ? QStringLiteral("service")
                                                                                    : QStringLiteral("queue"),
                                   .enabled = offer.kind.has_value()};
    }
    const QPointF view = m_overlay->portOf(*index) + QPointF(16, -20);
    m_popup->ask(m_canvas.mapToGlobal(view.toPoint()), question, [this, from, view](const PickedAnswer& answer) {
        connectNodes(from, answer.id.toStdString(), view);
    });
}

// --- names and patterns ---

void CanvasEditor::rename() {
    if (m_tie)
        return editPattern(*m_tie);
    if (m_selected.size() == 1)
        renameNode(*m_selected.begin());
}

void CanvasEditor::renameNode(const std::string& node) {
    const auto index = indexOf(node);
    if (!index || !m_canvas.scene().placed())
        return;
    if (ownerOf(m_edits.scenario(), node))
        return tell(tr("%1 has its name from its topic and its service: rename these.").arg(shown(node)));
    m_named = [this, index = *index] {
        const Scene& scene = m_canvas.scene();
        return index < scene.boxes.size()
                   ? m_canvas.view().toView(nameRow(scene.topology.nodes()[index].kind, scene.boxes[index]))
                   : QRectF();
    };
    m_name->edit(m_named(), shown(node), tr("Name of %1").arg(shown(node)),
                 [this](const QString& name) { return m_edits.nameRefusal(name); },
                 [this, node](const QString& name) {
                     const TopologyEdits::Positions at = positionsOf({node});
                     if (m_edits.rename(node, name, at.empty() ? std::nullopt : std::optional(at.begin()->second)))
                         select({name.toStdString()});
                 });
}

void CanvasEditor::editPattern(const NodeTie& tie) {
    const auto edge = indexOf(tie);
    if (tie.kind != TieKind::bind || !edge || !takesPattern(m_edits.scenario(), tie.from))
        return;
    const std::vector<BindingPlace> bindings = bindingsBetween(m_edits.scenario(), tie.from, tie.to);
    if (bindings.empty())
        return;
    m_named = [this, edge = *edge] {
        const Scene& scene = m_canvas.scene();
        const QPointF middle = edge < scene.curves.size() && !scene.curves[edge].isEmpty()
                                   ? m_canvas.view().toView(scene.curves[edge].at(0.5))
                                   : QPointF();
        return QRectF(middle - QPointF(70, 12), QSizeF(140, 24));
    };
    // The newest, where there are several: the others are in the edge's menu.
    const BindingPlace binding = bindings.back();
    m_name->edit(m_named(), shown(binding.pattern), tr("Pattern of the binding of %2 to %1").arg(shown(tie.from), shown(tie.to)),
                 [this, tie](const QString& pattern) { return m_edits.patternRefusal(tie.from, pattern); },
                 [this, binding](const QString& pattern) { m_edits.setPattern(binding, pattern); });
}

// --- removing and carrying ---

void CanvasEditor::removeSelected(bool cut) {
    const TopologyEdits::Nodes nodes = m_selected;
    std::set<NodeTie> ties;
    if (m_tie && nodes.empty())
        ties.insert(*m_tie);
    if (nodes.empty() && ties.empty())
        return;
    const Removal removal = m_edits.removal(nodes, ties);
    const auto go = [this, nodes, ties, cut] {
        if (cut)
            copySelected();
        m_canvas.holdView();
        // Counted anew: the question may have stood for a while.
        if (m_edits.remove(nodes, ties, m_edits.removal(nodes, ties), cut))
            select({});
        m_canvas.setFocus();
    };
    // A tie alone is what was asked to go; what else goes with nodes is asked about.
    if (nodes.empty() || removal.dependants() == 0 || !m_messages)
        return go();
    m_messages->ask(MessageBar::Severity::Warning,
                    tr("%1: %2.").arg(namesText(nodes), dependantsText(removal)),
                    {{.text = cut ? tr("Cut") : tr("Delete"), .chosen = go, .suggested = true},
                     {.text = tr("Cancel"), .chosen = [this] { m_canvas.setFocus(); }}});
}

void CanvasEditor::copySelected() {
    if (m_selected.empty())
        return;
    const QByteArray text = QByteArray::fromStdString(m_edits.copied(m_selected, positionsOf(m_selected)));
    auto* data = new QMimeData;
    data->setData(fragmentMime, text);
    data->setText(QString::fromUtf8(text));
    QGuiApplication::clipboard()->setMimeData(data);
}

void CanvasEditor::pasteClipboard() {
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    if (!data)
        return;
    const std::string text =
        data->hasFormat(fragmentMime) ? data->data(fragmentMime).toStdString() : data->text().toStdString();
    if (!looksLikeFragment(text))
        return tell(tr("The clipboard holds no part of a scenario."));
    m_canvas.holdView();
    const QPointF cursor = m_canvas.mapFromGlobal(QCursor::pos());
    const QRectF visible(m_canvas.rect());
    const QPointF at = visible.contains(cursor) ? cursor : visible.center();
    const TopologyEdits::Nodes nodes = m_edits.paste(text, onGrid(m_canvas.view().toScene(at)),
                                                     [this](const auto& centres) { return shiftToRoom(centres); });
    if (!nodes.empty())
        showCopies(nodes);
}

void CanvasEditor::duplicate() {
    m_canvas.holdView();
    const TopologyEdits::Nodes nodes =
        m_edits.paste(m_edits.copied(m_selected, positionsOf(m_selected)), std::nullopt,
                      [this](const auto& centres) { return shiftToRoom(centres); });
    if (!nodes.empty())
        showCopies(nodes);
}

void CanvasEditor::showCopies(const std::set<std::string>& nodes) {
    select(nodes);
    QRectF all;
    for (const std::size_t node : selectedIndices())
        all |= m_canvas.scene().boxes[node];
    constexpr qreal away = 24; // from the edges
    const QRectF room = QRectF(m_canvas.rect()).adjusted(away, away, -away, -away);
    const QRectF shown = m_canvas.view().toView(all);
    if (all.isEmpty() || room.contains(shown))
        return;
    if (shown.width() <= room.width() && shown.height() <= room.height())
        m_canvas.centreOnPoint(all.center());
    else
        m_canvas.fit();
    m_canvas.holdView();
}

// What is not there yet is taken to be as large as the largest of what is selected, or of all.
QPointF CanvasEditor::shiftToRoom(const std::vector<QPointF>& centres) const {
    const Scene& scene = m_canvas.scene();
    if (!scene.placed() || scene.boxes.empty())
        return {};
    QSizeF size;
    for (const std::size_t node : selectedIndices())
        size = size.expandedTo(scene.boxes[node].size());
    if (size.isEmpty())
        for (const QRectF& box : scene.boxes)
            size = size.expandedTo(box.size());
    QRectF moved;
    for (const QPointF& centre : centres)
        moved |= QRectF(centre - QPointF(size.width(), size.height()) / 2, size);
    std::vector<QRectF> taken = scene.boxes;
    for (const SceneGroup& group : scene.groups) // what stands in its frame would seem to belong to it
        taken.push_back(group.box);
    return onGrid(weir::shiftToRoom(moved, taken));
}

// --- places ---

std::vector<std::size_t> CanvasEditor::selectedIndices() const {
    std::vector<std::size_t> indices;
    for (const std::string& node : m_selected)
        if (const auto index = indexOf(node); index && m_canvas.scene().placed())
            indices.push_back(*index);
    return indices;
}

TopologyEdits::Positions CanvasEditor::positionsOf(const std::set<std::string>& nodes) const {
    TopologyEdits::Positions positions;
    for (const std::string& node : nodes)
        if (const auto index = indexOf(node); index && m_canvas.scene().placed())
            positions[node] = m_canvas.scene().homes[*index];
    return positions;
}

void CanvasEditor::moveCentres(const std::vector<std::size_t>& nodes, const std::vector<QPointF>& centres,
                               const QString& name) {
    m_canvas.holdView();
    TopologyEdits::Positions positions;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        positions[nameOf(nodes[i])] = centres[i];
    m_edits.move(positions, name);
}

void CanvasEditor::align(Alignment alignment) {
    const std::vector<std::size_t> nodes = selectedIndices();
    if (nodes.size() < 2)
        return;
    std::vector<QRectF> boxes;
    for (const std::size_t node : nodes)
        boxes.push_back(m_canvas.scene().boxes[node]);
    moveCentres(nodes, aligned(boxes, alignment), tr("Align %1").arg(namesText(m_selected)));
    m_document.endStep();
}

void CanvasEditor::distribute(Qt::Orientation direction) {
    const std::vector<std::size_t> nodes = selectedIndices();
    if (nodes.size() < 3)
        return;
    std::vector<QRectF> boxes;
    for (const std::size_t node : nodes)
        boxes.push_back(m_canvas.scene().boxes[node]);
    moveCentres(nodes, distributed(boxes, direction), tr("Distribute %1").arg(namesText(m_selected)));
    m_document.endStep();
}

// Steps in a row become one of the undo stack.
void CanvasEditor::nudge(QPointF by) {
    const std::vector<std::size_t> nodes = selectedIndices();
    std::vector<QPointF> centres;
    for (const std::size_t node : nodes)
        centres.push_back(m_canvas.scene().homes[node] + by);
    if (!nodes.empty())
        moveCentres(nodes, centres, tr("Nudge %1").arg(namesText(m_selected)));
}

void CanvasEditor::selectAll() {
    std::set<std::string> nodes;
    for (std::size_t node = 0; node < m_canvas.scene().names.size(); ++node)
        nodes.insert(nameOf(node));
    select(nodes);
}

// --- words and menus ---

TopologyEdits::Nodes CanvasEditor::queuesAmong(const std::set<std::string>& nodes) const {
    TopologyEdits::Nodes queues;
    for (const std::string& node : nodes)
        if (const ChannelSpec* channel = channelOf(m_edits.scenario(), node);
            channel && (channel->kind == ChannelKind::queue || channel->kind == ChannelKind::stream))
            queues.insert(node);
    return queues;
}

QString CanvasEditor::namesText(const std::set<std::string>& nodes) const {
    return nodes.size() == 1 ? shown(*nodes.begin())
                             : tr("%1 nodes").arg(countText(static_cast<std::int64_t>(nodes.size())));
}

void CanvasEditor::openMenu(QPointF view, QPoint global) {
    cancelGesture();
    const std::optional<std::size_t> node = nodeAt(view);
    const std::optional<std::size_t> edge = node ? std::nullopt : edgeAt(view);
    if (node && !m_selected.contains(nameOf(*node)))
        select({nameOf(*node)});
    if (edge)
        selectTie(tieOf(*edge));
    m_menu = new QMenu(&m_canvas);
    m_menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto offer = [this](std::initializer_list<const char*> names) {
        for (const char* name : names)
            m_menu->addAction(m_actions.at(QString::fromLatin1(name)));
    };
    if (node) {
        const std::string name = nameOf(*node);
        offer({"editRename", "editConnect", "editDuplicate", "editDelete"});
        if (!queuesAmong({name}).empty())
            offer({"editDeadLetters"});
        if (m_selected.size() > 1)
            m_menu->addMenu(&m_alignMenu);
        m_menu->addSeparator();
        std::size_t tried = 0;
        for (const Finding& finding : m_document.findings())
            if (std::find(finding.names.begin(), finding.names.end(), name) != finding.names.end() &&
                ++tried <= findingsMax)
                addFixes(*m_menu, finding, m_document);
        m_menu->addSeparator();
        if (m_more)
            m_menu->addActions(m_more(name));
    } else if (edge) {
        const NodeTie tie = *m_tie;
        if (takesPattern(m_edits.scenario(), tie.from) && tie.kind == TieKind::bind)
            offer({"editRename"});
        offer({"editDelete"});
        const bool ofService = tie.kind == TieKind::emit || tie.kind == TieKind::handle;
        if (m_moreOfLink && ofService) {
            const std::string& service = tie.kind == TieKind::emit ? tie.from : tie.to;
            m_menu->addSeparator();
            m_menu->addAction(tr("Link of %1 to the broker").arg(shown(service)))->setEnabled(false);
            m_menu->addActions(m_moreOfLink(service, m_menu));
        }
    } else {
        const QPointF scene = onGrid(m_canvas.view().toScene(view));
        QMenu* adding = m_menu->addMenu(tr("Add"));
        for (const NodeTemplate kind : nodeTemplates)
            connect(adding->addAction(templateName(kind)), &QAction::triggered, this,
                    [this, kind, scene] { create(kind, scene); });
        offer({"editPaste", "editSelectAll", "editMode"});
        m_menu->addSeparator();
        m_menu->addActions(m_canvas.commands());
        m_menu->addSeparator();
        m_menu->addAction(m_canvas.exportMenu());
    }
    m_menu->popup(global);
}

} // namespace weir
