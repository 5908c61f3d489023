#include "ui/run_bar/run_actions.h"

#include "ui/icons.h"

namespace weir {

QString tooltipWithShortcut(const QString& text, const QKeySequence& shortcut) {
    return shortcut.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, shortcut.toString(QKeySequence::NativeText));
}

RunActions::RunActions(const ThemeSource& themes, QObject* parent)
    : QObject(parent), m_themes(themes), m_restart(new QAction(this)), m_stepBack(new QAction(this)),
      m_runPause(new QAction(this)), m_step(new QAction(this)), m_runUntil(new QAction(this)),
      m_slower(new QAction(this)), m_faster(new QAction(this)), m_realTime(new QAction(this)),
      m_fullSpeed(new QAction(this)) {
    m_restart->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_F5);
    m_stepBack->setShortcut(Qt::Key_F9);
    m_runPause->setShortcut(Qt::Key_F5);
    m_step->setShortcut(Qt::Key_F10);
    m_runUntil->setShortcut(Qt::CTRL | Qt::Key_G);
    m_slower->setShortcut(Qt::CTRL | Qt::Key_Comma);
    m_faster->setShortcut(Qt::CTRL | Qt::Key_Period);
    m_realTime->setShortcut(Qt::CTRL | Qt::Key_1);
    m_fullSpeed->setShortcut(Qt::CTRL | Qt::Key_9);
    connect(m_restart, &QAction::triggered, this, &RunActions::restartRequested);
    connect(m_stepBack, &QAction::triggered, this, &RunActions::stepBackRequested);
    connect(m_step, &QAction::triggered, this, &RunActions::stepRequested);
    connect(m_runPause, &QAction::triggered, this, [this] {
        if (m_state.running)
            Q_EMIT pauseRequested();
        else
            Q_EMIT runRequested();
    });
    connect(&m_themes, &ThemeSource::changed, this, &RunActions::dress);
    retranslate();
    dress();
    refresh();
}

void RunActions::setState(State state) {
    if (state == m_state)
        return;
    const bool turned = state.running != m_state.running;
    m_state = state;
    if (turned) {
        retranslate();
        dress();
    }
    refresh();
}

void RunActions::refresh() {
    m_restart->setEnabled(m_state.available && m_state.canStep);
    m_stepBack->setEnabled(m_state.available && m_state.canStepBack);
    m_runPause->setEnabled(m_state.available && !m_state.ended);
    m_step->setEnabled(m_state.available && m_state.canStep && !m_state.ended);
    m_runUntil->setEnabled(m_state.available && m_state.canStep);
    for (QAction* action : {m_slower, m_faster, m_realTime, m_fullSpeed})
        action->setEnabled(m_state.available);
}

void RunActions::retranslate() {
    const auto name = [](QAction& action, const QString& text, const QString& tip) {
        action.setText(text);
        action.setToolTip(tooltipWithShortcut(tip, action.shortcut()));
    };
    name(*m_restart, tr("Back to the &start"), tr("Back to the start"));
    name(*m_stepBack, tr("Step &back"), tr("Step back one record"));
    if (m_state.running)
        name(*m_runPause, tr("&Pause"), tr("Pause"));
    else
        name(*m_runPause, tr("&Run"), tr("Run"));
    name(*m_step, tr("Step &forward"), tr("Step forward one record"));
    name(*m_runUntil, tr("Run &until…"), tr("Run until a time"));
    name(*m_slower, tr("S&lower"), tr("Slower"));
    name(*m_faster, tr("F&aster"), tr("Faster"));
    name(*m_realTime, tr("Real &time"), tr("Real time"));
    name(*m_fullSpeed, tr("As fast as it &goes"), tr("As fast as it goes"));
}

void RunActions::dress() {
    const Theme& theme = m_themes.theme();
    m_restart->setIcon(makeIcon(QStringLiteral("to_start"), theme));
    m_stepBack->setIcon(makeIcon(QStringLiteral("step_back"), theme));
    m_step->setIcon(makeIcon(QStringLiteral("step_forward"), theme));
    m_runUntil->setIcon(makeIcon(QStringLiteral("run_until"), theme));
    m_slower->setIcon(makeIcon(QStringLiteral("slower"), theme));
    m_faster->setIcon(makeIcon(QStringLiteral("faster"), theme));
    m_realTime->setIcon(makeIcon(QStringLiteral("clock"), theme));
    m_fullSpeed->setIcon(makeIcon(QStringLiteral("speed"), theme));
    m_runPause->setIcon(makeIcon(m_state.running ? QStringLiteral("pause") : QStringLiteral("run"), theme));
}

} // namespace weir
