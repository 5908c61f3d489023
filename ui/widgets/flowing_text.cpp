#include "ui/widgets/flowing_text.h"

#include "ui/widgets/spoken_role.h"

#include <QEvent>
#include <QTextOption>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr int usualWidth = 240;
constexpr int leastWidth = 48;

} // namespace

FlowingText::FlowingText(QWidget* parent) : QTextEdit(parent) {
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setFocusPolicy(Qt::ClickFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    viewport()->setAutoFillBackground(false);
    QTextOption flow;
    flow.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_measure.setDefaultTextOption(flow);
    document()->setDocumentMargin(0);
    m_measure.setDocumentMargin(0);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setSpokenRole(*this, QAccessible::StaticText);
}

void FlowingText::setWords(const QString& words) {
    if (words == m_words)
        return; // what is selected stays so
    m_words = words;
    setPlainText(words);
    m_measure.setPlainText(words);
    setAccessibleName(words);
    updateGeometry();
}

void FlowingText::setInk(const QColor& ink) {
    QPalette colours = palette();
    colours.setColor(QPalette::Text, ink);
    setPalette(colours);
}

void FlowingText::setSpaceAbove(int pixels) {
    m_above = pixels;
    setViewportMargins(0, pixels, 0, 0);
    updateGeometry();
}

int FlowingText::heightForWidth(int width) const {
    m_measure.setTextWidth(std::max(width, 1));
    return m_above + static_cast<int>(std::ceil(m_measure.size().height()));
}

QSize FlowingText::sizeHint() const {
    return {usualWidth, heightForWidth(usualWidth)};
}

QSize FlowingText::minimumSizeHint() const {
    return {leastWidth, m_above + fontMetrics().height()};
}

void FlowingText::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_measure.setDefaultFont(font());
        updateGeometry();
    }
}

void FlowingText::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

} // namespace weir
