// AttachPopup: asks which running system to watch: one or more ZeroMQ endpoints, "tcp://127.0.0.1:5556". The last
// endpoints are remembered.
#pragma once

#include "ui/widgets/ask_popup.h"

#include <QStringList>

namespace weir {

class AttachPopup final : public AskPopup {
    Q_OBJECT
  public:
    explicit AttachPopup(const ThemeSource& themes, QWidget* parent = nullptr);

    // Opens at the top of the widget, with the endpoints of last time.
    void openOver(const QWidget& widget, const QStringList& before);
    QLineEdit& field() { return *m_field; }
    QStringList endpoints() const; // separated by commas or spaces
    QString reason() const;        // why the text is refused; empty where it is not

  Q_SIGNALS:
    void endpointsChosen(const QStringList& endpoints);

  private:
    Question question() const override;
    Verdict verdict() const override;
    void answer() override;

    QLineEdit* m_field;
};

} // namespace weir
