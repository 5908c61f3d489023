#include "ui/presenter/presenter.h"

#include "ui/canvas/canvas.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/presenter/stage.h"
#include "ui/run_bar/run_actions.h"

#include <QAction>
#include <QEvent>

namespace weir {

Presenter::Presenter(Session& session, Canvas& canvas, ThemeSource& themes, QObject* parent)
    : QObject(parent), m_canvas(canvas), m_themes(themes), m_stage(new Stage(session, canvas, themes)),
      m_action(new QAction(this)) {
    m_stage->hide();
    m_action->setCheckable(true);
    m_action->setShortcut(Qt::SHIFT | Qt::Key_F11);
    connect(m_action, &QAction::toggled, this, &Presenter::present);
    const auto dress = [this] { m_action->setIcon(makeIcon(QStringLiteral("present"), m_themes.theme())); };
    connect(&m_themes, &ThemeSource::changed, this, dress);
    dress();
    retranslate();
}

void Presenter::attachTo(MainWindow& window) {
    m_window = &window;
    window.installEventFilter(this); // for the language
}

bool Presenter::presenting() const {
    return m_action->isChecked();
}

void Presenter::present(bool on) {
    m_themes.setPresenting(on);
    m_window->showOnly(on ? std::optional(QStringList{QStringLiteral("timeline")}) : std::nullopt);
    m_stage->setVisible(on);
    m_stage->raise();
    m_canvas.setControlsShown(!on); // an audience needs none, and the caption the room
    m_canvas.setBottomReserved(on ? 96 : 0);
    // Once the panels have gone or come back.
    QMetaObject::invokeMethod(&m_canvas, [this] { m_canvas.fit(); }, Qt::QueuedConnection);
}

bool Presenter::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    return QObject::eventFilter(watched, event);
}

void Presenter::retranslate() {
    m_action->setText(tr("Presenter &mode"));
    m_action->setToolTip(
        tooltipWithShortcut(tr("Large type, and a caption with a spotlight on what happens now"), m_action->shortcut()));
}

} // namespace weir
