#include "ui/inspector/fault_panel.h"

#include "ui/style.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace weir {
namespace {

constexpr int buttonHeight = 28;
constexpr int buttonsInSight = 2;
constexpr int buttonGap = 8;

} // namespace

FaultPanel::FaultPanel(FaultActions& actions, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_actions(actions), m_selection(selection), m_themes(themes), m_column(new QVBoxLayout(this)),
      m_more(nullptr) {
    m_column->setContentsMargins(0, 12, 0, 0);
    m_column->setSpacing(4);
    auto* const row = new QHBoxLayout;
    row->setSpacing(buttonGap);
    for (int i = 0; i < buttonsInSight; ++i) {
        QToolButton* const button = makeButton(this, {});
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFixedHeight(buttonHeight);
        row->addWidget(button, 1);
        m_first << button;
    }
    m_more = makeButton(this, {});
    m_more->setFixedHeight(buttonHeight);
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto* const menu = new QMenu(m_more);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        menu->addActions(m_actions.ofNode());
    });
    m_more->setMenu(menu);
    row->addWidget(m_more);
    m_column->addLayout(row);
    showActions();
}

QToolButton* FaultPanel::makeButton(QWidget* parent, const QString& text) {
    auto* const button = new QToolButton(parent);
    button->setText(text);
    setButtonLook(*button, ButtonLook::Raised);
    return button;
}

void FaultPanel::refresh() {
    std::vector<ActiveFault> active = m_actions.activeOn(m_selection.node());
    showActions();
    if (active != m_active) {
        m_active = std::move(active);
        showActive();
    }
    allowEnds();
}

void FaultPanel::allowEnds() {
    const QString& refusal = m_actions.refusal();
    for (QToolButton* const end : m_ends) {
        end->setEnabled(refusal.isEmpty());
        end->setToolTip(refusal.isEmpty() ? tr("Ends it from the playhead on") : refusal);
    }
}

void FaultPanel::showActions() {
    const QList<QAction*> fit = m_actions.fitting();
    setVisible(!fit.isEmpty() && m_selection.node().kind != NodeRef::Kind::none); // several have a menu of their own
    m_more->setText(tr("More"));
    int room = width() - m_more->sizeHint().width();
    qsizetype shown = 0;
    for (qsizetype i = 0; i < m_first.size(); ++i) {
        QAction* const action = i < fit.size() ? fit[i] : nullptr;
        if (action && m_first[i]->defaultAction() != action) {
            for (QAction* const old : m_first[i]->actions())
                m_first[i]->removeAction(old);
            m_first[i]->setDefaultAction(action);
            setButtonLook(*m_first[i], action->text() == m_actions.actions().front()->text() ? ButtonLook::Danger
                                                                                             : ButtonLook::Raised);
        }
        // One that would be cut short is found behind the last button; the first is always there.
        room -= m_first[i]->sizeHint().width() + buttonGap;
        const bool visible = action && (i == 0 || (shown == i && room >= 0));
        m_first[i]->setVisible(visible);
        shown += visible ? 1 : 0;
    }
    m_more->setAccessibleName(tr("More faults"));
    m_more->setToolTip(tr("Everything that can be done to this node on purpose"));
    m_more->setVisible(fit.size() > shown);
}

void FaultPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showActions();
}

void FaultPanel::showActive() {
    for (QWidget* const row : m_rows) {
        row->hide();
        row->deleteLater();
    }
    m_rows.clear();
    m_ends.clear();
    for (const ActiveFault& fault : m_active) {
        auto* const row = new QWidget(this);
        auto* const line = new QHBoxLayout(row);
        line->setContentsMargins(0, 2, 0, 0);
        line->setSpacing(4);
        const QString text = FaultActions::textOf(fault);
        auto* const label = new QLabel(text, row);
        label->setWordWrap(true);
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, m_themes.theme().warnText);
        label->setPalette(palette);
        label->setToolTip(fault.byCommand ? tr("Given while running") : tr("A fault of the scenario"));
        line->addWidget(label, 1);
        if (fault.byCommand && asScenarioFault(fault)) {
            QToolButton* const keep = makeButton(row, tr("Keep"));
            keep->setAccessibleName(tr("Keep: %1").arg(text));
            keep->setToolTip(tr("Write it into the faults of the scenario; the run goes on as it is"));
            connect(keep, &QToolButton::clicked, this, [this, fault] { m_actions.keep(fault); });
            line->addWidget(keep);
        }
        QToolButton* const end = makeButton(row, tr("End"));
        end->setAccessibleName(tr("End: %1").arg(text));
        m_ends << end;
        connect(end, &QToolButton::clicked, this, [this, fault] { m_actions.end(fault); });
        line->addWidget(end);
        m_column->addWidget(row);
        m_rows << row;
        row->show();
    }
}

void FaultPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        showActions();
        showActive();
        allowEnds();
    }
    QWidget::changeEvent(event);
}

} // namespace weir
