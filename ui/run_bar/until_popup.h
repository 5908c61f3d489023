// UntilPopup: asks up to which time to run: "10min", "90s" or a clock such as "00:03:12.480"; says that a past one is
// gone back to.
#pragma once

#include "core/result.h"
#include "core/units.h"
#include "ui/widgets/ask_popup.h"

#include <string_view>

namespace weir {

// "hh:mm:ss", "mm:ss", each with an optional ".mmm", or a duration with its unit.
Result<SimTime> parseClock(std::string_view text);

class UntilPopup final : public AskPopup {
    Q_OBJECT
  public:
    explicit UntilPopup(const ThemeSource& themes, QWidget* parent = nullptr);

    // Opens below the widget; what lies before `now` is past.
    void openBelow(const QWidget& anchor, SimTime now);
    QLineEdit& field() { return *m_field; }

  Q_SIGNALS:
    void timeChosen(weir::SimTime time);

  private:
    Question question() const override;
    Verdict verdict() const override;
    void answer() override;

    QLineEdit* m_field;
    SimTime m_now{};
};

} // namespace weir
