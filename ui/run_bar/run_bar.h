// RunBar: the row below the menu. Shows how the run stands (speed asked and reached, clock, end, source, seed) and asks
// for what the user wants done to it. A pure view: setters in, wishes out; it never holds a run.
#pragma once

#include "core/units.h"
#include "ui/run_bar/run_actions.h"
#include "ui/speed.h"
#include "ui/theme_source.h"

#include <QWidget>

#include <array>
#include <optional>

class QLabel;
class QToolButton;

namespace weir {

class Chip;
class ClockLabel;
class SpeedSlider;
class UntilPopup;

enum class RunSource { None, Simulation, Live, Recording };

class RunBar final : public QWidget {
    Q_OBJECT
  public:
    explicit RunBar(const ThemeSource& themes, QWidget* parent = nullptr);

    RunActions& runActions() { return *m_actions; } // to share with menus; signals are forwarded below

    void setState(RunActions::State state);
    void setSource(RunSource source);
    void setClock(SimTime now);              // cheap: as often as the screen refreshes
    void setEnd(std::optional<SimTime> end); // none: open end
    void setSeed(std::optional<std::uint64_t> seed);
    void setSpeed(Speed asked);
    QSize minimumSizeHint() const override;              // without what fit() may leave out
    void setFactorReached(std::optional<double> factor); // none: not running

    SpeedSlider& slider() { return *m_slider; }
    UntilPopup& untilPopup() { return *m_until; }

  Q_SIGNALS:
    void runRequested();
    void pauseRequested();
    void stepRequested();
    void stepBackRequested();
    void restartRequested();
    void speedChosen(weir::Speed speed);
    void runUntilRequested(weir::SimTime time);
    void paletteRequested();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    class FactorLabel;
    class SearchButton;

    QToolButton* addButton(QAction& action);
    void nudge(int steps);
    void dress();
    void retranslate();
    void measure();
    void fit();
    std::array<std::pair<QWidget*, bool>, 4> optional() const;

    const ThemeSource& m_themes;
    RunActions* m_actions;
    QToolButton* m_untilButton = nullptr;
    QLabel* m_speedName;
    SpeedSlider* m_slider;
    FactorLabel* m_factor;
    ClockLabel* m_clock;
    QLabel* m_end;
    Chip* m_chip;
    QLabel* m_seed;
    SearchButton* m_search;
    UntilPopup* m_until;
    RunSource m_source = RunSource::None;
    SimTime m_now{};
    std::optional<SimTime> m_endTime;
    std::optional<std::uint64_t> m_seedNumber;
    int m_leastWidth = 0;
};

} // namespace weir
