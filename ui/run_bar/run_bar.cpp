#include "ui/run_bar/run_bar.h"

#include "ui/format.h"
#include "ui/run_bar/until_popup.h"
#include "ui/style.h"
#include "ui/tabular.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/clock_label.h"
#include "ui/widgets/speed_slider.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <utility>

namespace weir {

// The factor reached, in a place of fixed width; in the warning colour where it stays below what was asked.
class RunBar::FactorLabel final : public QWidget {
  public:
    FactorLabel(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
        connect(&m_themes, &ThemeSource::changed, this, &FactorLabel::dress);
        dress();
    }

    // Both are told with every frame.
    void setAsked(Speed asked) {
        if (asked == std::exchange(m_asked, asked))
            return;
        update();
    }
    void setReached(std::optional<double> factor) {
        if (factor == std::exchange(m_reached, factor))
            return;
        update();
    }
    QString text() const {
        if (m_reached)
            return factorText(*m_reached);
        return m_asked.unlimited ? RunBar::tr("max") : factorText(m_asked.factor);
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = m_themes.theme();
        // A tenth below is within what a busy machine does between two looks.
        const bool behind = m_reached && !m_asked.unlimited && *m_reached < 0.9 * m_asked.factor;
        QPainter painter(this);
        painter.setFont(theme.font(TextRole::Factor));
        painter.setPen(!isEnabled() ? theme.muted : behind ? theme.warnText : theme.text);
        drawTabular(painter, rect(), Qt::AlignLeft, text());
    }

  private:
    // Wide enough for every factor, also in the larger type of a presenter.
    void dress() {
        constexpr double widest = 0.888;
        const QFont font = m_themes.theme().font(TextRole::Factor);
        setFixedSize(std::max(60, static_cast<int>(std::ceil(tabularWidth(font, factorText(widest)))) + 2), 28);
        update();
    }

    const ThemeSource& m_themes;
    Speed m_asked;
    std::optional<double> m_reached;
};

// Looks like a field, opens the command palette: what it says teaches the key.
class RunBar::SearchButton final : public QToolButton {
  public:
    SearchButton(const ThemeSource& themes, QWidget* parent) : QToolButton(parent), m_themes(themes) {
        setFixedHeight(32);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    }
    QSize sizeHint() const override { return {320, 32}; }

  protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = m_themes.theme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(hasFocus() ? theme.accent : theme.line);
        painter.setBrush(underMouse() ? theme.hover : theme.raised);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        const QRect inner = rect().adjusted(12, 0, -12, 0);
        painter.setPen(theme.muted);
        painter.setFont(theme.font(TextRole::Label));
        const QString keys = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P).toString(QKeySequence::NativeText);
        painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, keys);
        const int room = inner.width() - painter.fontMetrics().horizontalAdvance(keys) - 12;
        painter.setFont(theme.font(TextRole::Body));
        painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, room));
    }

  private:
    const ThemeSource& m_themes;
};

RunBar::RunBar(const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_themes(themes), m_actions(new RunActions(themes, this)), m_speedName(new QLabel(this)),
      m_slider(new SpeedSlider(themes, this)), m_factor(new FactorLabel(themes, this)),
      m_clock(new ClockLabel(themes, this)), m_end(new QLabel(this)), m_chip(new Chip(themes, this)),
      m_seed(new QLabel(this)), m_search(new SearchButton(themes, this)), m_until(new UntilPopup(themes, this)) {
    setFixedHeight(49); // 48 and the line below

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 14, 1);
    row->setSpacing(4);
    row->setSizeConstraint(QLayout::SetNoConstraint); // fit() sees to it
    const auto add = [row](QToolButton* button) { row->addWidget(button, 0, Qt::AlignVCenter); };
    add(addButton(m_actions->restart()));
    add(addButton(m_actions->stepBack()));
    auto* runButton = addButton(m_actions->runPause());
    setButtonLook(*runButton, ButtonLook::Primary);
    add(runButton);
    add(addButton(m_actions->step()));
    m_untilButton = addButton(m_actions->runUntil());
    add(m_untilButton);
    row->addSpacing(12);
    row->addWidget(m_speedName);
    row->addWidget(m_slider);
    row->addWidget(m_factor);
    row->addSpacing(20);
    row->addWidget(m_clock);
    row->addSpacing(4);
    row->addWidget(m_end);
    row->addSpacing(20);
    row->addWidget(m_chip);
    row->addSpacing(12);
    row->addWidget(m_seed);
    row->addStretch(1);
    row->addWidget(m_search);

    connect(m_actions, &RunActions::runRequested, this, &RunBar::runRequested);
    connect(m_actions, &RunActions::pauseRequested, this, &RunBar::pauseRequested);
    connect(m_actions, &RunActions::stepRequested, this, &RunBar::stepRequested);
    connect(m_actions, &RunActions::stepBackRequested, this, &RunBar::stepBackRequested);
    connect(m_actions, &RunActions::restartRequested, this, &RunBar::restartRequested);
    connect(&m_actions->slower(), &QAction::triggered, this, [this] { nudge(-1); });
    connect(&m_actions->faster(), &QAction::triggered, this, [this] { nudge(1); });
    connect(&m_actions->realTime(), &QAction::triggered, this, [this] { m_slider->setValue(speedStep(Speed{})); });
    connect(&m_actions->fullSpeed(), &QAction::triggered, this, [this] { m_slider->setValue(speedStepMax); });
    connect(&m_actions->runUntil(), &QAction::triggered, this, [this] { m_until->openBelow(*m_untilButton, m_now); });
    connect(m_search, &QToolButton::clicked, this, &RunBar::paletteRequested);
    connect(m_until, &UntilPopup::timeChosen, this, &RunBar::runUntilRequested);
    connect(m_slider, &SpeedSlider::speedChosen, this, [this](Speed speed) {
        m_factor->setAsked(speed);
        Q_EMIT speedChosen(speed);
    });
    connect(&m_themes, &ThemeSource::changed, this, &RunBar::dress);
    setState({});
    setSource(RunSource::None);
    dress();
    retranslate();
}

QToolButton* RunBar::addButton(QAction& action) {
    auto* button = new QToolButton(this);
    button->setDefaultAction(&action);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setIconSize({20, 20});
    button->setFixedSize(34, 32);
    setButtonLook(*button, ButtonLook::Raised);
    return button;
}

void RunBar::nudge(int steps) {
    m_slider->setValue(m_slider->value() + steps);
}

void RunBar::setState(RunActions::State state) {
    m_actions->setState(state);
    m_slider->setEnabled(state.available);
    m_clock->setEnabled(state.available);
    m_factor->setEnabled(state.available);
}

void RunBar::setSource(RunSource source) {
    if (source == m_source)
        return;
    m_source = source;
    retranslate();
}

void RunBar::setClock(SimTime now) {
    m_now = now;
    m_clock->setTime(now);
}

void RunBar::setEnd(std::optional<SimTime> end) {
    if (end == m_endTime)
        return;
    m_endTime = end;
    retranslate();
}

void RunBar::setSeed(std::optional<std::uint64_t> seed) {
    if (seed == m_seedNumber)
        return;
    m_seedNumber = seed;
    retranslate();
}

void RunBar::setSpeed(Speed asked) {
    m_slider->setSpeed(asked);
    m_factor->setAsked(asked);
}

void RunBar::setFactorReached(std::optional<double> factor) {
    m_factor->setReached(factor);
}

void RunBar::dress() {
    const Theme& theme = m_themes.theme();
    for (QLabel* label : {m_speedName, m_end, m_seed}) {
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, theme.muted);
        label->setPalette(palette);
        label->setFont(theme.font(TextRole::Body));
    }
    update();
}

void RunBar::retranslate() {
    m_actions->retranslate();
    m_speedName->setText(tr("Speed"));
    m_search->setText(tr("Search or run a command"));
    m_search->setAccessibleName(m_search->text());
    m_end->setText(m_endTime ? tr("of %1").arg(durationText(m_endTime->time_since_epoch())) : QString());
    m_seed->setText(m_seedNumber ? tr("seed %1").arg(*m_seedNumber) : QString());
    switch (m_source) {
    case RunSource::None:
        m_chip->setText({});
        break;
    case RunSource::Simulation:
        m_chip->setText(tr("SIMULATION"));
        m_chip->setTone(Tone::Accent);
        break;
    case RunSource::Live:
        m_chip->setText(tr("LIVE"));
        m_chip->setTone(Tone::Ok);
        break;
    case RunSource::Recording:
        m_chip->setText(tr("RECORDING"));
        m_chip->setTone(Tone::Warn);
        break;
    }
    measure();
}

// What a narrow window can do without, the most wanted first; and whether there is anything to show.
std::array<std::pair<QWidget*, bool>, 4> RunBar::optional() const {
    return {{{m_end, m_endTime.has_value()},
             {m_chip, m_source != RunSource::None},
             {m_search, true},
             {m_seed, m_seedNumber.has_value()}}};
}

void RunBar::measure() {
    for (const auto& [widget, wanted] : optional())
        widget->hide();
    layout()->invalidate();
    m_leastWidth = layout()->minimumSize().width();
    updateGeometry();
    fit();
}

void RunBar::fit() {
    int room = width() - m_leastWidth;
    for (const auto& [widget, wanted] : optional()) {
        room -= wanted ? widget->sizeHint().width() + layout()->spacing() : 0;
        widget->setVisible(wanted && room >= 0);
    }
}

QSize RunBar::minimumSizeHint() const {
    return {m_leastWidth, height()};
}

void RunBar::resizeEvent(QResizeEvent*) {
    fit();
}

void RunBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_themes.theme().surface);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_themes.theme().line);
}

void RunBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace weir
