#include "ui/session/view_history.h"

#include "ui/format.h"
#include "ui/icons.h"
#include "ui/run_bar/run_actions.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QWidget>

namespace weir {

ViewHistory::ViewHistory(Session& session, Selection& selection, const ThemeSource& themes, QObject* parent)
    : QObject(parent), m_session(session), m_selection(selection), m_themes(themes), m_back(new QAction(this)),
      m_forward(new QAction(this)) {
    m_back->setShortcuts({QKeySequence(Qt::ALT | Qt::Key_Left), QKeySequence(Qt::Key_Back)});
    m_forward->setShortcuts({QKeySequence(Qt::ALT | Qt::Key_Right), QKeySequence(Qt::Key_Forward)});
    connect(m_back, &QAction::triggered, this, &ViewHistory::goBack);
    connect(m_forward, &QAction::triggered, this, &ViewHistory::goForward);
    connect(&m_selection, &Selection::changed, this, &ViewHistory::note);
    // A run that goes on is not a view somebody chose; its pauses and what is looked at between them are.
    connect(&m_session, &Session::advanced, this, [this] {
        if (!m_session.running())
            note();
    });
    connect(&m_session, &Session::documentChanged, this, &ViewHistory::startAfresh);
    connect(&m_themes, &ThemeSource::changed, this, &ViewHistory::tell);
    startAfresh();
}

void ViewHistory::addFilter(Filter filter) {
    m_filters.push_back(std::move(filter));
    startAfresh();
}

void ViewHistory::noteFilter() {
    note();
}

void ViewHistory::startAfresh() {
    m_catalogue = m_session.catalogue();
    m_steps = {now()};
    m_at = 0;
    m_lastChange = Change::Start;
    tell();
}

ViewHistory::View ViewHistory::now() const {
    View view{.node = m_selection.node(),
              .type = m_selection.eventType(),
              .message = m_selection.message(),
              .record = m_selection.record(),
              .brush = m_selection.brush(),
              .playhead = std::nullopt,
              .time = {},
              .filters = {}};
    if (!m_session.running() && m_session.mode() != Session::Mode::empty) {
        view.playhead = m_session.playhead();
        view.time = m_session.now();
    }
    for (const Filter& filter : m_filters)
        view.filters << filter.text();
    return view;
}

ViewHistory::Change ViewHistory::changeBetween(const View& before, const View& after) {
    if (before.filters != after.filters)
        return Change::Filter;
    if (before.brush != after.brush)
        return Change::Brush;
    if (before.node != after.node || before.type != after.type || before.message != after.message ||
        before.record != after.record)
        return Change::Selection;
    return Change::Playhead;
}

void ViewHistory::note() {
    // Between two documents others may still be tidying up; the steps' handles are of the former one.
    if (m_going || m_session.catalogue() != m_catalogue)
        return;
    View view = now();
    View& present = m_steps[m_at];
    if (view == present)
        return;
    const Change change = changeBetween(present, view);
    const bool together = m_since.isValid() && m_since.elapsed() < m_togetherMs && change == m_lastChange && m_at > 0;
    // That the run goes on, or rests where it was, is no step by itself.
    View same = view;
    same.playhead = present.playhead;
    same.time = present.time;
    const bool runs = same == present && (!view.playhead || !present.playhead);
    m_since.start();
    m_lastChange = change;
    m_steps.resize(m_at + 1);
    if (together || runs) {
        m_steps[m_at] = std::move(view);
    } else {
        m_steps.push_back(std::move(view));
        if (m_steps.size() > stepsMax)
            m_steps.erase(m_steps.begin());
        m_at = m_steps.size() - 1;
    }
    tell();
}

void ViewHistory::goBack() {
    if (canGoBack())
        go(m_at - 1);
}

void ViewHistory::goForward() {
    if (canGoForward())
        go(m_at + 1);
}

void ViewHistory::go(std::size_t step) {
    m_at = step;
    m_going = true;
    const View to = m_steps[m_at];
    for (std::size_t i = 0; i < m_filters.size() && static_cast<qsizetype>(i) < to.filters.size(); ++i)
        if (m_filters[i].text() != to.filters[static_cast<qsizetype>(i)])
            m_filters[i].setText(to.filters[static_cast<qsizetype>(i)]);
    if (to.record)
        m_selection.selectRecord(*to.record, to.message, to.node, to.type);
    else {
        if (m_selection.record()) // it goes with its message
            m_selection.selectMessage(0);
        m_selection.selectMessage(to.message);
    }
    m_selection.selectNode(to.node);
    if (m_selection.eventType() != to.type) // the same one again would be none
        m_selection.selectEventType(to.type);
    m_selection.setBrush(to.brush);
    if (to.playhead) {
        m_session.pause();
        if (*to.playhead != m_session.playhead() || to.time != m_session.now())
            m_session.seek(to.time);
        if (*to.playhead != m_session.playhead()) // between two records of one instant
            m_session.seekRecord(*to.playhead);
    }
    m_going = false;
    m_since.invalidate();
    m_lastChange = Change::Start;
    tell();
}

QString ViewHistory::words(const View& from, const View& to) const {
    const auto& catalogue = m_catalogue;
    switch (changeBetween(from, to)) {
    case Change::Filter: {
        QStringList kept = to.filters;
        kept.removeAll(QString());
        return kept.isEmpty() ? tr("no filter") : tr("filter %1").arg(kept.join(QStringLiteral(", ")));
    }
    case Change::Brush:
        return to.brush ? tr("brush %1 to %2").arg(shortClockText(to.brush->begin), shortClockText(to.brush->end))
                        : tr("no brush");
    case Change::Selection:
        if (to.message != from.message || to.record != from.record)
            return to.message == 0 ? tr("no message")
                                   : tr("message %1").arg(countText(static_cast<std::int64_t>(to.message)));
        if (to.node != from.node && catalogue && to.node.service().valid())
            return QString::fromStdString(catalogue->services()[to.node.index].name);
        if (to.node != from.node && catalogue && to.node.channel().valid())
            return QString::fromStdString(catalogue->channels()[to.node.index].name);
        if (to.type != from.type && catalogue && to.type.valid())
            return QString::fromStdString(catalogue->eventTypes()[to.type.index()].name);
        return tr("nothing selected");
    case Change::Start:
    case Change::Playhead:
        break;
    }
    return shortClockText(to.time);
}

void ViewHistory::attachTo(QWidget& window) {
    m_window = &window;
    QCoreApplication::instance()->installEventFilter(this);
    tell();
}

bool ViewHistory::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_window && event->type() == QEvent::LanguageChange)
        tell();
    if (event->type() != QEvent::MouseButtonPress || !watched->isWidgetType() ||
        static_cast<QWidget*>(watched)->window() != m_window)
        return QObject::eventFilter(watched, event);
    const Qt::MouseButton button = static_cast<QMouseEvent*>(event)->button();
    if (button != Qt::BackButton && button != Qt::ForwardButton)
        return QObject::eventFilter(watched, event);
    button == Qt::BackButton ? goBack() : goForward();
    return true;
}

void ViewHistory::tell() {
    const auto say = [this](QAction& action, const QString& icon, const QString& text, const QString& none, bool can,
                            const QString& to) {
        action.setText(text);
        action.setIcon(makeIcon(icon, m_themes.theme()));
        action.setEnabled(can);
        action.setToolTip(tooltipWithShortcut(can ? to : none, action.shortcut()));
    };
    say(*m_back, QStringLiteral("chevron_left"), tr("&Back"), tr("Nothing was looked at before"), canGoBack(),
        canGoBack() ? tr("Back to: %1").arg(words(m_steps[m_at], m_steps[m_at - 1])) : QString());
    say(*m_forward, QStringLiteral("chevron_right"), tr("For&ward"), tr("Nothing to go forward to"), canGoForward(),
        canGoForward() ? tr("Forward to: %1").arg(words(m_steps[m_at], m_steps[m_at + 1])) : QString());
}

} // namespace weir
