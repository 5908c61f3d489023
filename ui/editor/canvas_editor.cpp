#include "ui/editor/canvas_editor.h"

#include "ui/document/document_editor.h"
#include "ui/editor/choice_popup.h"
#include "ui/editor/editor_words.h"
#include "ui/editor/name_field.h"
#include "ui/icons.h"
#include "ui/inspector/finding_text.h"
#include "ui/style.h"
#include "ui/widgets/message_bar.h"

#include <QToolButton>

#include <algorithm>
#include <utility>

namespace weir {
namespace {

constexpr int margin = 12;

TieKind tieKind(EdgeKind kind) {
    switch (kind) {
    case EdgeKind::publish:
        return TieKind::emit;
    case EdgeKind::route:
        return TieKind::bind;
    case EdgeKind::deliver:
        return TieKind::handle;
    case EdgeKind::deadLetter:
        break;
    }
    return TieKind::deadLetter;
}

} // namespace

CanvasEditor::CanvasEditor(Canvas& canvas, Session& session, Selection& selection, DocumentEditor& document,
                           const ThemeSource& themes)
    : QObject(&canvas), m_canvas(canvas), m_session(session), m_selection(selection), m_document(document),
      m_themes(themes), m_edits(document), m_overlay(new EditOverlay(canvas, themes)),
      m_palette(new PaletteBar(themes, &canvas)), m_toggle(new QToolButton(&canvas)),
      m_popup(new ChoicePopup(themes, &canvas)), m_name(new NameField(themes, &canvas)) {
    m_toggle->setObjectName(QStringLiteral("editToggle"));
    m_toggle->setFocusPolicy(Qt::TabFocus);
    m_toggle->setCursor(Qt::ArrowCursor);
    m_toggle->setFixedSize(40, 34);
    m_toggle->setIconSize({18, 18});
    setButtonLook(*m_toggle, ButtonLook::Raised);
    m_palette->hide();
    makeActions();
    m_toggle->setDefaultAction(&action(QStringLiteral("editMode")));
    connect(m_palette, &PaletteBar::picked, this, [this](PaletteItem item) {
        if (!item)
            return nameEventType(QPointF(m_palette->geometry().topRight()) + QPointF(12, 0));
        m_placing = m_placing == item ? std::nullopt : item;
        m_palette->setPicked(m_placing);
        m_canvas.setFocus();
    });
    connect(m_palette, &PaletteBar::carried, this,
            [this](PaletteItem item, QPoint global) { showGhost(item, m_canvas.mapFromGlobal(global)); });
    connect(m_palette, &PaletteBar::dropped, this, [this](PaletteItem item, QPoint global) {
        m_overlay->marks().ghost.reset();
        const QPoint at = m_canvas.mapFromGlobal(global);
        if (m_canvas.rect().contains(at) && !m_palette->geometry().contains(at))
            placeItem(item, at);
        m_overlay->update();
    });
    connect(&m_edits, &TopologyEdits::refused, this, [this](const QString& what, const Errors& errors) {
        if (m_messages)
            m_messages->tell(MessageBar::Severity::Error, what, errors);
    });
    connect(&m_edits, &TopologyEdits::left, this, &CanvasEditor::tell);
    connect(&m_document, &DocumentEditor::changed, this, [this] {
        // What is empty is there to be built.
        if (std::exchange(m_another, false) && editable() && m_canvas.scene().names.empty())
            setEditing(true);
        followRun();
    });
    connect(&m_document, &DocumentEditor::findingsChanged, this, [this] {
        showBadges();
        m_overlay->update();
    });
    connect(&m_session, &Session::documentChanged, this, [this] {
        m_another = m_another || !m_session.sameDocument();
        followRun();
    });
    connect(&m_canvas, &Canvas::scenePlaced, this, &CanvasEditor::followScene);
    connect(&m_canvas, &Canvas::viewChanged, this, [this] {
        if (m_named && m_name->isVisible())
            m_name->moveTo(m_named());
    });
    connect(&m_canvas, &Canvas::arranged, this, [this] {
        if (editable())
            m_edits.forgetPositions();
    });
    connect(&m_canvas, &Canvas::nodesMoved, this, [this](const QStringList& names, const QList<QPointF>& centres) {
        if (!editable())
            return;
        TopologyEdits::Positions positions; // of a group
        for (qsizetype i = 0; i < names.size(); ++i)
            positions[names[i].toStdString()] = centres[i];
        m_edits.move(positions, tr("Move %1 nodes").arg(names.size()));
        m_document.endStep();
    });
    connect(&m_selection, &Selection::changed, this, &CanvasEditor::followSelection);
    connect(&m_themes, &ThemeSource::changed, this, &CanvasEditor::dress);
    m_canvas.installEventFilter(this);
    placeControls();
    dress();
    retranslate();
    followRun();
}

CanvasEditor::~CanvasEditor() = default;

bool CanvasEditor::editable() const {
    return m_session.mode() == Session::Mode::simulation && m_document.document().value().table();
}

bool CanvasEditor::editing() const {
    return action(QStringLiteral("editMode")).isChecked();
}

void CanvasEditor::setEditing(bool editing) {
    action(QStringLiteral("editMode")).setChecked(editing);
}

void CanvasEditor::tell(const QString& text) {
    if (m_messages)
        m_messages->tell(MessageBar::Severity::Note, text);
}

// --- following ---

// Another document, another run of it, or none any more.
void CanvasEditor::followRun() {
    if (!editable())
        setEditing(false);
    m_toggle->setVisible(editable());
    m_canvas.setLeftReserved(editable() ? m_toggle->width() + margin : 0);
    if (editable() && m_canvas.scene().names.empty())
        m_canvas.zoomTo(1);
    std::erase_if(m_selected, [this](const std::string& node) { return !indexOf(node); });
    if (m_tie && !indexOf(*m_tie))
        m_tie.reset();
    followScene();
}

void CanvasEditor::followScene() {
    showBadges();
    showMarks();
}

void CanvasEditor::followSelection() {
    if (m_choosing || !m_canvas.scene().placed())
        return;
    // Several nodes are our own matter: a message or a stretch of time that is selected says nothing of them.
    const NodeRef before = std::exchange(m_shared, m_selection.node());
    if (before == m_shared && m_shared.kind == NodeRef::Kind::none) {
        std::erase_if(m_selected, [this](const std::string& node) { return !indexOf(node); });
        showMarks();
        return;
    }
    const std::optional<std::size_t> node = m_canvas.scene().selected;
    const bool inside = node && m_selected.contains(nameOf(*node));
    if (!inside)
        m_selected = node ? std::set<std::string>{nameOf(*node)} : std::set<std::string>{};
    if (node)
        m_tie.reset();
    showMarks();
}

std::optional<std::size_t> CanvasEditor::indexOf(const std::string& node) const {
    const FlowGraph& topology = m_canvas.scene().topology;
    if (const auto service = topology.service(node))
        return service;
    return topology.channel(node);
}

std::optional<std::size_t> CanvasEditor::indexOf(const NodeTie& tie) const {
    const FlowGraph& topology = m_canvas.scene().topology;
    for (std::size_t i = 0; i < topology.edges().size(); ++i)
        if (tieOf(i) == tie)
            return i;
    return std::nullopt;
}

NodeTie CanvasEditor::tieOf(std::size_t edge) const {
    const FlowGraph& topology = m_canvas.scene().topology;
    const GraphEdge& tie = topology.edges()[edge];
    return {tieKind(tie.kind), topology.nodes()[tie.from].name, topology.nodes()[tie.to].name};
}

void CanvasEditor::select(const std::set<std::string>& nodes) {
    m_selected = nodes;
    m_tie.reset();
    m_choosing = true;
    std::optional<NodeRef> shared;
    if (nodes.size() == 1 && m_session.catalogue()) {
        const Catalogue& catalogue = *m_session.catalogue();
        const ServiceId service = catalogue.service(*nodes.begin());
        const ChannelId channel = catalogue.channel(*nodes.begin());
        shared = service.valid() ? NodeRef::of(service) : channel.valid() ? NodeRef::of(channel) : NodeRef{};
    }
    m_selection.selectNode(shared.value_or(NodeRef{}));
    m_shared = m_selection.node();
    m_choosing = false;
    showMarks();
}

QList<QAction*> CanvasEditor::severalActions() const {
    QList<QAction*> fit;
    for (const char* name : {"editAlign", "editDuplicate", "editCopy", "editDeadLetters", "editDelete"})
        fit << &action(QString::fromLatin1(name));
    return fit;
}

void CanvasEditor::selectTie(const std::optional<NodeTie>& tie) {
    if (tie)
        select({});
    m_tie = tie;
    showMarks();
}

void CanvasEditor::showMarks() {
    EditMarks& marks = m_overlay->marks();
    marks.selected.clear();
    marks.ports.clear();
    for (const std::string& node : m_selected)
        if (const auto index = indexOf(node))
            marks.selected.insert(*index);
    if (editing() && m_canvas.scene().placed()) {
        if (marks.selected.size() == 1)
            marks.ports.insert(*marks.selected.begin());
        if (m_hovered)
            marks.ports.insert(*m_hovered);
    }
    marks.selectedEdge = m_tie ? indexOf(*m_tie) : std::nullopt;
    marks.edgeWords.clear();
    if (m_tie && m_tie->kind == TieKind::bind && editable()) {
        QStringList patterns;
        if (takesPattern(m_edits.scenario(), m_tie->from))
            for (const BindingPlace& binding : bindingsBetween(m_edits.scenario(), m_tie->from, m_tie->to))
                patterns << QString::fromStdString(binding.pattern);
        marks.edgeWords = patterns.join(QStringLiteral(", "));
    }
    marks.hint.clear();
    if (editable() && m_canvas.scene().names.empty())
        marks.hint = editing() ? tr("Nothing here yet\nDrag from the palette, or double-click where something should be")
                               : tr("Nothing here yet\nPress E to edit, and add services and channels");
    m_overlay->update();
    enableActions();
    if (m_told != m_selected) {
        m_told = m_selected;
        Q_EMIT selectedChanged();
    }
}

void CanvasEditor::showBadges() {
    EditMarks& marks = m_overlay->marks();
    marks.badges.clear();
    if (!editing() || !editable())
        return;
    for (const Finding& finding : m_document.findings()) // errors first
        for (const std::string& name : finding.names)
            if (const auto node = indexOf(name))
                marks.badges.try_emplace(*node, findingTone(finding.severity));
}

void CanvasEditor::placeControls() {
    m_overlay->setGeometry(m_canvas.rect());
    m_toggle->move(margin, margin);
    const int top = margin + m_toggle->height() + 8;
    m_palette->fit(m_canvas.height() - top - margin);
    m_palette->move(margin, top);
}

void CanvasEditor::dress() {
    for (const auto& [name, icon] : m_icons)
        m_actions[name]->setIcon(makeIcon(icon, m_themes.theme()));
    m_overlay->update();
}

bool CanvasEditor::eventFilter(QObject* watched, QEvent* event) {
    if (watched != &m_canvas)
        return QObject::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::Resize:
        placeControls();
        break;
    case QEvent::LanguageChange:
        retranslate();
        showMarks();
        break;
    case QEvent::MouseButtonPress:
        return press(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseMove:
        return move(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonRelease:
        return release(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonDblClick:
        return doubleClick(*static_cast<QMouseEvent*>(event));
    case QEvent::Leave:
        leave();
        break;
    case QEvent::KeyPress:
        return key(static_cast<QKeyEvent*>(event)->key());
    case QEvent::DragEnter:
    case QEvent::DragMove:
    case QEvent::DragLeave:
    case QEvent::Drop:
        return comeBack(*event);
    case QEvent::ToolTip:
        return toolTip(*static_cast<QHelpEvent*>(event));
    case QEvent::ContextMenu: {
        const auto& menu = *static_cast<QContextMenuEvent*>(event);
        if (!editable())
            return false;
        openMenu(menu.pos(), menu.globalPos());
        return true;
    }
    default:
        break;
    }
    return false;
}

} // namespace weir
