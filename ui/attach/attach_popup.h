// AttachPopup: asks which running system to watch: one or more ZeroMQ endpoints, "tcp://127.0.0.1:5556". Says at once why
// a text is no endpoint; Enter attaches, Escape leaves. A small popup, no dialog; the last endpoints are remembered.
#pragma once

#include "ui/theme_source.h"

#include <QFrame>
#include <QStringList>

class QLabel;
class QLineEdit;

namespace weir {

class AttachPopup final : public QFrame {
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
};

} // namespace weir
