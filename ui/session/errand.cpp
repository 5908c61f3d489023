#include "ui/session/errand.h"

#include <QTimer>

#include <utility>

namespace weir {

void Errand::begin(Kind kind, Way way, std::function<void()> then) {
    Q_ASSERT(!m_then);
    if (way.isShort()) {
        then();
        return;
    }
    m_kind = kind;
    m_way = std::move(way);
    m_then = std::move(then);
    if (!m_goesOn) // on the way to a place that is forgotten
        goOnLater();
}

void Errand::goOnLater() {
    m_goesOn = true;
    QTimer::singleShot(0, &m_context, [this] {
        m_goesOn = false;
        if (!m_then)
            return;
        if (m_way.isShort()) {
            finish();
            return;
        }
        m_way.goOn();
        goOnLater();
    });
}

void Errand::finish() {
    if (const std::function<void()> then = std::exchange(m_then, nullptr))
        then();
}

void Errand::giveWay() {
    if (m_kind == Kind::deed)
        finish();
    else
        m_then = nullptr;
}

} // namespace weir
