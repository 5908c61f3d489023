#include "ui/widgets/speed_slider.h"

#include "ui/format.h"

#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr qreal leftMargin = 11;  // room for the handle
constexpr qreal rightMargin = 14; // and for half a label
constexpr qreal trackY = 24;
constexpr int lastFactorStep = speedStepMax - 1;
constexpr qreal decades = 7; // six of factors, the seventh leads to max

} // namespace

SpeedSlider::SpeedSlider(const ThemeSource& themes, QWidget* parent)
    : QSlider(Qt::Horizontal, parent), m_themes(themes) {
    setRange(0, speedStepMax);
    setSingleStep(1);
    setPageStep(10);
    setValue(speedStep(Speed{}));
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QSlider::valueChanged, this, [this] {
        describe();
        Q_EMIT speedChosen(speed());
    });
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

void SpeedSlider::setSpeed(Speed speed) {
    const int step = speedStep(speed);
    if (step == value())
        return; // told with every frame
    const QSignalBlocker silent(this);
    setValue(step);
    describe();
    update();
}

qreal SpeedSlider::xOfStep(int step) const {
    const qreal share = step > lastFactorStep ? 1.0 : step / 10.0 / decades;
    return leftMargin + share * (width() - leftMargin - rightMargin);
}

int SpeedSlider::stepAt(qreal x) const {
    const qreal share = std::clamp((x - leftMargin) / (width() - leftMargin - rightMargin), 0.0, 1.0);
    const qreal step = share * decades * 10;
    if (step <= lastFactorStep)
        return static_cast<int>(std::lround(step));
    return step - lastFactorStep < 5 ? lastFactorStep : speedStepMax; // snaps to 1000x or to max
}

void SpeedSlider::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal left = xOfStep(0);
    const qreal right = xOfStep(speedStepMax);
    const qreal at = xOfStep(value());
    const QColor ink = isEnabled() ? theme.accent : theme.faint;

    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.line);
    painter.drawRoundedRect(QRectF(left, trackY - 2, right - left, 4), 2, 2);
    painter.setBrush(ink);
    painter.drawRoundedRect(QRectF(left, trackY - 2, at - left, 4), 2, 2);

    painter.setFont(theme.font(TextRole::Tiny));
    for (int step = 0; step <= 70; step += 10) {
        const int mark = std::min(step, speedStepMax);
        const qreal x = xOfStep(mark);
        const bool labelled = step % 20 == 10;
        painter.setPen(QPen(theme.faint, 1));
        painter.drawLine(QPointF(x, trackY + 7), QPointF(x, trackY + (labelled ? 10 : 9)));
        if (!labelled)
            continue;
        painter.setPen(isEnabled() ? theme.muted : theme.faint);
        const QString label = mark == speedStepMax ? tr("max") : factorText(speedAt(mark).factor);
        painter.drawText(QRectF(x - 24, trackY + 10, 48, 12), Qt::AlignCenter, label);
    }

    painter.setBrush(ink);
    painter.setPen(QPen(theme.surface, 3));
    painter.drawEllipse(QPointF(at, trackY), 8, 8);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, 1.5));
        painter.drawEllipse(QPointF(at, trackY), 9.5, 9.5);
    }
}

void SpeedSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    setSliderDown(true);
    setValue(stepAt(event->position().x()));
}

void SpeedSlider::mouseMoveEvent(QMouseEvent* event) {
    if (isSliderDown())
        setValue(stepAt(event->position().x()));
}

void SpeedSlider::mouseReleaseEvent(QMouseEvent*) {
    setSliderDown(false);
}

void SpeedSlider::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        setValue(speedStep(Speed{}));
}

// One step a notch: QSlider's three lines would jump over speeds.
void SpeedSlider::wheelEvent(QWheelEvent* event) {
    m_wheelRest += event->angleDelta().y();
    const int notches = m_wheelRest / 120;
    m_wheelRest -= notches * 120;
    setValue(value() + notches);
    event->accept();
}

void SpeedSlider::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QSlider::changeEvent(event);
}

void SpeedSlider::retranslate() {
    setAccessibleName(tr("Speed"));
    describe();
}

void SpeedSlider::describe() {
    const QString now =
        speed().unlimited ? tr("as fast as it goes") : tr("%1 real time").arg(factorText(speed().factor));
    setAccessibleDescription(now);
    setToolTip(tr("Speed: %1. Double click: real time.").arg(now));
}

} // namespace weir
