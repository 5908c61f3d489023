// UntilPopup: asks up to which time to run: "10min", "90s" or a clock such as "00:03:12.480". Says at once why a text
// is no time, and that a past one is gone back to; Enter asks, Escape leaves. A small popup below the run bar's button, no dialog.
#pragma once

#include "core/result.h"
#include "core/units.h"
#include "ui/theme_source.h"

#include <QFrame>

#include <string_view>

class QLabel;
class QLineEdit;

namespace weir {

// "hh:mm:ss", "mm:ss", each with an optional ".mmm", or a duration with its unit.
Result<SimTime> parseClock(std::string_view text);

class UntilPopup final : public QFrame {
    Q_OBJECT
  public:
    explicit UntilPopup(const ThemeSource& themes, QWidget* parent = nullptr);

    // Opens below the widget; what lies before `now` is past.
    void openBelow(const QWidget& anchor, SimTime now);
    QLineEdit& field() { return *m_field; }
    QString reason() const; // why the text is refused; empty where it is not
    QString words() const;  // below the field

  Q_SIGNALS:
    void timeChosen(weir::SimTime time);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void judge();
    void choose();
    void dress();
    void retranslate();

    const ThemeSource& m_themes;
    QLabel* m_question;
    QLineEdit* m_field;
    QLabel* m_reason;
    SimTime m_now{};
};

} // namespace weir
