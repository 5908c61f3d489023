// LetterEditor: the data of a dead letter as JSON to be mended: says at once what is wrong with the text, and asks to
// send it on where it is right. It sends nothing itself.
#pragma once

#include "core/value.h"
#include "ui/theme_source.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace weir {

class LetterEditor final : public QWidget {
    Q_OBJECT
  public:
    explicit LetterEditor(const ThemeSource& themes, QWidget* parent = nullptr);

    // `event`: its name; `channel`: where it will be sent.
    void open(const QString& event, const QString& channel, const Value& data);
    QPlainTextEdit& field() { return *m_field; }
    QPushButton& sendButton() { return *m_send; }
    QString reason() const; // why the text is refused; empty where it is not
    // Why nothing can be sent now, whatever the text; empty: it can.
    void setRefusal(const QString& why);

  Q_SIGNALS:
    void sent(const weir::Value& data);
    void left();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void judge();
    void send();
    void retranslate();
    void dress();

    const ThemeSource& m_themes;
    QLabel* m_title;
    QPlainTextEdit* m_field;
    QLabel* m_reason;
    QPushButton* m_send;
    QPushButton* m_leave;
    QString m_event, m_channel, m_refusal;
};

} // namespace weir
