#include "ui/studio.h"

#include "core/scenario/scenario.h"
#include "ui/attach/attach_popup.h"
#include "ui/biography/biography_view.h"
#include "ui/breakpoints/breakpoints_view.h"
#include "ui/canvas/canvas.h"
#include "ui/charts/charts.h"
#include "ui/dead_letters/dead_letters_view.h"
#include "ui/editor/canvas_editor.h"
#include "ui/groups/groups_view.h"
#include "ui/help/help.h"
#include "ui/icons.h"
#include "ui/inspector/inspector_view.h"
#include "ui/inspector/side_panel.h"
#include "ui/layouts/layouts.h"
#include "ui/ledger/ledger_bar.h"
#include "ui/presenter/presenter.h"
#include "ui/report/exports.h"
#include "ui/outline/outline_view.h"
#include "ui/problems/problems.h"
#include "ui/problems/problems_view.h"
#include "ui/run_bar/run_bar.h"
#include "ui/runs/runs_view.h"
#include "ui/sequence/sequence_view.h"
#include "ui/settings/settings_view.h"
#include "ui/timeline/timeline.h"
#include "ui/trace/trace_view.h"
#include "ui/waiting/waiting_view.h"
#include "ui/welcome/welcome_page.h"

#include <QAction>
#include <QDir>
#include <QEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>

namespace weir {

Studio::Studio(ThemeSource& themes, Language& language, QSettings& settings)
    : m_themes(themes), m_language(language), m_settings(settings), m_attach(new QAction(this)),
      m_detach(new QAction(this)), m_editor(m_session, m_selection),
      m_files(m_session, m_editor, language, themes, settings), m_changes(m_session, m_editor),
      m_faults(m_session, m_selection, m_changes, themes), m_marks(m_session),
      m_history(m_session, m_selection, themes), m_commands(m_session, m_selection, themes, settings),
      m_openSettings(new QAction(this)), m_layouts(new Layouts(themes, settings, this)),
      m_help(new Help(themes, language, this)),
      m_window(std::make_unique<MainWindow>(makePieces(), themes, language, settings)),
      m_attachPopup(new AttachPopup(themes, m_window.get())),
      m_settingsView(new SettingsView(themes, m_window.get())) {
    connect(&m_session, &Session::documentChanged, this, &Studio::showDocument);
    connect(&m_session, &Session::advanced, this, &Studio::showRun);
    connect(&m_session, &Session::runningChanged, this, &Studio::showRun);
    connect(&m_session, &Session::runningChanged, this, [this] {
        if (m_session.running())
            m_window->messageBar().withdraw(m_endMessage); // of the run before
    });
    connect(&m_session, &Session::speedChanged, this, &Studio::showRun);
    connect(&m_session, &Session::ended, this, &Studio::tellEnd);
    connect(&m_session, &Session::lookedBackInVain, this, [this](const Error& why) {
        m_window->messageBar().tell(
            MessageBar::Severity::Error,
            tr("What was no longer kept did not come out the same when it was made again, so it is not shown."), {why});
    });
    m_window->installEventFilter(this); // for the language
    connect(m_attach, &QAction::triggered, this, [this] {
        m_attachPopup->openOver(*m_window, m_settings.value(QStringLiteral("live/endpoints")).toStringList());
    });
    m_detach->setEnabled(false);
    connect(m_detach, &QAction::triggered, &m_session, &Session::detach);
    connect(m_attachPopup, &AttachPopup::endpointsChosen, this, [this](const QStringList& endpoints) {
        m_files.whenNothingIsLost([this, endpoints] { attach(endpoints); });
    });
    connect(&m_faults, &FaultActions::refused, this, [this](const QString& reason) {
        m_window->messageBar().tell(MessageBar::Severity::Warning, reason);
    });
    connect(&m_themes, &ThemeSource::changed, this, &Studio::dress);
    connect(&m_files, &DocumentFiles::written, this, &Studio::offerToKeep);
    m_canvasEditor->setMessageBar(m_window->messageBar());
    m_window->messageBar().setRest(&m_canvasEditor->canvas());
    m_canvasEditor->setNodeActions([this](const std::string&) { return m_faults.ofNode(); });
    m_canvasEditor->setLinkActions(
        [this](const std::string& service, QObject* owner) { return m_faults.ofLink(service, owner); });
    m_files.attachTo(*m_window);
    m_exports->attachTo(*m_window);
    m_presenter->attachTo(*m_window);
    m_layouts->attachTo(*m_window);
    m_help->attachTo(*m_window);
    makeSettings();
    m_commands.attachTo(*m_window, m_window->menus());
    m_history.attachTo(*m_window);
    connectRunBar();
    dress();
    retranslate();
    showRun();
}

Studio::~Studio() = default;

WindowPieces Studio::makePieces() {
    auto* canvas = new Canvas(m_session, m_selection, m_themes);
    WindowPieces pieces;
    pieces.canvas = makeCentre(*canvas);
    canvas->setReducedMotion(m_settings.value(QStringLiteral("canvas/reducedMotion")).toBool());
    connect(canvas, &Canvas::reducedMotionChanged, this,
            [this](bool reduced) { m_settings.setValue(QStringLiteral("canvas/reducedMotion"), reduced); });
    connect(canvas, &Canvas::exportFailed, this,
            [this](const QString& why) { m_window->messageBar().tell(MessageBar::Severity::Error, why); });
    auto* problems = new Problems(m_session, m_editor, m_selection, m_themes, this);
    pieces.ledger = problems->withLight(new LedgerBar(m_session, m_themes));
    const auto panel = [&pieces](const char* name, QWidget* widget, PanelArea area, bool shown = true) {
        pieces.panels.append({QString::fromLatin1(name), widget, area, shown});
    };
    auto* outline = new OutlineView(m_session, m_selection, m_themes);
    panel("outline", outline, PanelArea::Left);
    connect(outline, &OutlineView::nodeChosen, canvas, qOverload<NodeRef>(&Canvas::chooseNode));
    connect(outline, &OutlineView::focusRequested, canvas, &Canvas::focusThenFit);
    auto* const side = new SidePanel(m_session, m_selection, m_changes, m_faults, m_themes);
    panel("inspector", side, PanelArea::Right);
    panel("timeline", new Timeline(m_session, m_selection, m_marks, m_seriesPool, m_themes), PanelArea::Strip);
    auto* trace = new TraceView(m_session, m_selection, m_themes);
    trace->remember(m_settings);
    panel("trace", trace, PanelArea::BottomLeft);
    panel("sequence", new SequenceView(m_session, m_selection, m_themes), PanelArea::BottomLeft);
    panel("biography", new BiographyView(m_session, m_selection, m_themes), PanelArea::BottomLeft);
    m_canvasEditor = new CanvasEditor(*canvas, m_session, m_selection, m_editor, m_themes);
    side->inspector().setSeveralActions(m_canvasEditor->severalActions() << m_faults.menu());
    connect(m_canvasEditor, &CanvasEditor::selectedChanged, side, [this, side] {
        const std::set<std::string>& selected = m_canvasEditor->selectedNodes();
        const std::vector<std::string> nodes(selected.begin(), selected.end());
        m_faults.setSeveral(nodes);
        side->inspector().setSeveral(nodes);
    });
    panel("deadLetters", new DeadLettersView(m_session, m_selection, m_themes), PanelArea::BottomLeft);
    auto* groups = new GroupsView(m_session, m_selection, m_themes);
    panel("groups", groups, PanelArea::BottomLeft);
    connect(groups, &GroupsView::seekRequested, this, [this](ChannelId stream, SubscriptionId group, QPoint global) {
        m_faults.askSeek(*m_window, global, stream, group);
    });
    panel("problems", problems->view(), PanelArea::BottomLeft);
    auto* breakpoints = new BreakpointsView(m_session, m_selection, m_editor, m_themes);
    panel("breakpoints", breakpoints, PanelArea::BottomLeft);
    auto* runs = new RunsView(m_session, m_selection, m_themes);
    panel("runs", runs, PanelArea::BottomLeft);
    auto* charts = new Charts(m_session, m_selection, m_marks, m_seriesPool, m_themes);
    panel("charts", charts, PanelArea::BottomRight);
    panel("waiting", new WaitingView(m_session, m_selection, m_themes), PanelArea::BottomRight);
    pieces.runActions = {breakpoints->toggleAction(), runs->forkAction(), runs->brokerMenu()->menuAction()};
    connectCharts(*charts);
    connect(canvas, &Canvas::chartRequested, charts, [charts](NodeRef node) { charts->chart(node); });
    connectHistory(trace->filterField());
    m_presenter = new Presenter(m_session, *canvas, m_themes, this);
    m_exports = new Exports(m_session, m_editor, m_selection, *canvas, m_themes, this);
    const auto line = [this] {
        auto* separator = new QAction(this);
        separator->setSeparator(true);
        return separator;
    };
    pieces.fileActions = m_files.actions().inFileMenu() + QList<QAction*>{line()} + m_exports->actions();
    pieces.fileActions << canvas->exportMenu();
    pieces.viewActions = m_history.actions() + QList<QAction*>{line()} + canvas->commands();
    pieces.viewActions += {line(), m_layouts->action(), m_presenter->action()};
    pieces.editActions = m_files.actions().inEditMenu() + QList<QAction*>{line()} + m_canvasEditor->actions();
    pieces.editActions += {line(), m_openSettings};
    pieces.faultActions = m_faults.forWindow();
    pieces.liveActions = {m_attach, m_detach};
    pieces.helpActions = QList<QAction*>{m_help->action()} + m_commands.actions();
    return pieces;
}

// The canvas; while nothing is open, the welcome page.
QWidget* Studio::makeCentre(Canvas& canvas) {
    auto* centre = new QStackedWidget;
    auto* welcome = new WelcomePage(m_files.recent(), m_language, m_themes);
    centre->addWidget(welcome);
    centre->addWidget(&canvas);
    connect(welcome, &WelcomePage::newRequested, &m_files, &DocumentFiles::openNew);
    connect(welcome, &WelcomePage::openRequested, &m_files, &DocumentFiles::chooseFile);
    connect(welcome, &WelcomePage::recentRequested, &m_files, &DocumentFiles::open);
    connect(welcome, &WelcomePage::exampleRequested, &m_files, &DocumentFiles::openCopy);
    connect(&m_session, &Session::documentChanged, centre, [this, centre, welcome, &canvas] {
        QWidget* const shown = m_session.mode() == Session::Mode::empty ? static_cast<QWidget*>(welcome) : &canvas;
        if (centre->currentWidget() == shown)
            return;
        centre->setCurrentWidget(shown);
        shown->setFocus(Qt::OtherFocusReason); // what was clicked on the other one has taken the keyboard along
    });
    return centre;
}

void Studio::makeSettings() {
    for (const MainWindow::Choice& choice : m_window->choices())
        m_settingsView->addChoice(*choice.group, *choice.title);
    m_settingsView->addSwitch(*m_window->findChild<Canvas*>()->reducedMotionAction());
    for (QAction* action : m_window->switches())
        m_settingsView->addSwitch(*action);
    connect(m_openSettings, &QAction::triggered, m_settingsView, &SettingsView::open);
}

void Studio::connectCharts(Charts& charts) {
    charts.remember(m_settings);
    connect(&charts, &Charts::exported, this, [this](const QString& path) {
        m_window->messageBar().tell(MessageBar::Severity::Note, tr("The chart is in %1").arg(QDir::toNativeSeparators(path)));
    });
    connect(&charts, &Charts::exportFailed, this, [this](const Errors& errors) {
        m_window->messageBar().tell(MessageBar::Severity::Error, tr("The chart was not exported."), errors);
    });
}

void Studio::connectHistory(QLineEdit& filter) {
    m_history.addFilter({[&filter] { return filter.text(); }, [&filter](const QString& text) { filter.setText(text); }});
    connect(&filter, &QLineEdit::textChanged, &m_history, &ViewHistory::noteFilter);
}

void Studio::connectRunBar() {
    RunBar& bar = m_window->runBar();
    connect(&bar, &RunBar::runRequested, &m_session, &Session::run);
    connect(&bar, &RunBar::pauseRequested, &m_session, &Session::pause);
    connect(&bar, &RunBar::stepRequested, &m_session, &Session::step);
    connect(&bar, &RunBar::stepBackRequested, &m_session, &Session::stepBack);
    connect(&bar, &RunBar::restartRequested, &m_session, &Session::restart);
    connect(&bar, &RunBar::speedChosen, &m_session, &Session::setSpeed);
    connect(&bar, &RunBar::paletteRequested, &m_commands, &Commands::openPalette);
    connect(&bar, &RunBar::runUntilRequested, &m_session, &Session::runUntil);
    // Where nothing is typed or pressed by it: in fields and on buttons, those on the canvas too, Space is theirs.
    auto* space = new QShortcut(Qt::Key_Space, &m_canvasEditor->canvas());
    space->setContext(Qt::WidgetShortcut);
    connect(space, &QShortcut::activated, &bar.runActions().runPause(), &QAction::trigger);
}

bool Studio::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    return QObject::eventFilter(watched, event);
}

void Studio::showDocument() {
    RunBar& bar = m_window->runBar();
    const bool simulation = m_session.mode() == Session::Mode::simulation;
    bar.setSource(simulation ? RunSource::Simulation : m_session.tap() ? RunSource::Live : RunSource::None);
    bar.setEnd(m_session.plannedEnd());
    bar.setSeed(simulation ? std::optional(m_session.seed()) : std::nullopt);
    m_detach->setEnabled(m_session.tap() != nullptr);
    showRun();
}

void Studio::showRun() {
    RunBar& bar = m_window->runBar();
    const bool simulation = m_session.mode() == Session::Mode::simulation;
    bar.setState({.available = m_session.mode() != Session::Mode::empty,
                  .ended = !m_session.canAdvance(),
                  .running = m_session.running(),
                  .canStepBack = m_session.playhead() > 0,
                  .canStep = simulation});
    bar.setClock(m_session.now());
    bar.setSpeed(m_session.speed());
    bar.setFactorReached(m_session.running() && m_session.factorReached() > 0
                             ? std::optional(m_session.factorReached())
                             : std::nullopt);
}

// What was changed while running is of the run, not of the document: who saves may not know that.
void Studio::offerToKeep() {
    const std::vector<ParameterChanges::RunChange> changes = m_changes.runChanges();
    if (changes.empty() || m_window->messageBar().asks())
        return;
    m_window->messageBar().ask(
        MessageBar::Severity::Note,
        changes.size() == 1
            ? tr("The file does not have the change that was made while running.")
            : tr("The file does not have the %1 changes that were made while running.").arg(changes.size()),
        {{tr("Keep and save"),
          [this, changes] {
              if (m_changes.keep(changes).empty())
                  m_files.save();
          },
          true}});
}

void Studio::attach(const QStringList& endpoints) {
    const Errors errors = m_session.attach(endpoints);
    if (!errors.empty()) {
        m_window->messageBar().tell(
            MessageBar::Severity::Error,
            m_session.mode() == Session::Mode::empty
                ? tr("These endpoints cannot be watched.")
                : tr("These endpoints cannot be watched. The present document stays as it is."),
            errors);
        return;
    }
    m_settings.setValue(QStringLiteral("live/endpoints"), endpoints);
    m_window->messageBar().dismiss();
    m_session.run();
}

void Studio::dress() {
    m_openSettings->setIcon(makeIcon(QStringLiteral("settings"), m_themes.theme()));
    m_attach->setIcon(makeIcon(QStringLiteral("attach"), m_themes.theme()));
    m_detach->setIcon(makeIcon(QStringLiteral("detach"), m_themes.theme()));
}

void Studio::retranslate() {
    m_faults.retranslate();
    m_openSettings->setText(tr("&Settings…"));
    m_openSettings->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S));
    m_openSettings->setToolTip(tooltipWithShortcut(tr("What the window does and looks like, for good"), m_openSettings->shortcut()));
    m_attach->setText(tr("&Attach…"));
    m_attach->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A));
    m_attach->setToolTip(tooltipWithShortcut(tr("Watch a running system over ZeroMQ"), m_attach->shortcut()));
    m_detach->setText(tr("&Detach"));
    m_detach->setToolTip(tr("Stop watching; what was seen stays"));
}

void Studio::tellEnd() {
    const QString reason = m_session.endReason();
    if (reason == QLatin1String("bound"))
        m_endMessage = m_window->messageBar().tell(
            MessageBar::Severity::Warning,
            tr("The run was stopped at a bound of the scenario: more messages or copies than its limits allow. Events "
               "may go round for ever; the check names the loop."));
    else if (reason == QLatin1String("idle"))
        m_endMessage = m_window->messageBar().tell(MessageBar::Severity::Note, tr("Nothing is left to happen: the run is complete."));
}

} // namespace weir
