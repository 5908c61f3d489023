// MessageBar: says what went wrong, or is worth knowing, without a dialog in the way. One line with a cross to close
// it; errors unfold into a list that names each place, what was expected there and what was given. A click on a place
// asks to be led there. It can ask a question too, with a button for each answer. A new message replaces the old one.
#pragma once

#include "core/result.h"
#include "ui/theme_source.h"

#include <QFrame>
#include <QList>
#include <QPointer>

#include <functional>

class QBoxLayout;
class QLabel;
class QListWidget;
class QToolButton;

namespace weir {

class MessageBar final : public QFrame {
    Q_OBJECT
  public:
    enum class Severity { Note, Warning, Error };
    static constexpr int detailsMax = 200; // the rest is counted in a last line

    explicit MessageBar(const ThemeSource& themes, QWidget* parent = nullptr);

    // `text` is translated and says what to do; the details are shown as they are.
    // Says which message it is, as ask() does.
    int tell(Severity severity, const QString& text, const Errors& details = {});
    struct Answer {
        QString text;                 // of its button, translated
        std::function<void()> chosen; // called when the bar has gone; may ask again
        bool suggested = false;       // what Enter gives
    };
    // The same with a button for each answer. Closing the bar, or another message, gives none of them.
    int ask(Severity severity, const QString& text, const QList<Answer>& answers, const Errors& details = {});
    // Other words for that message, its answers stay; nothing where another one stands there by now, or none.
    void retell(int message, const QString& text);
    void withdraw(int message); // the same for taking it away
    bool stands(int message) const { return message == m_message && !isHidden(); }
    // Where the keys go when the bar goes while it has them and nothing had them before.
    void setRest(QWidget* rest) { m_rest = rest; }
    bool asks() const { return !m_answers.isEmpty(); }
    void dismiss();
    QString text() const;
    QListWidget& details() { return *m_details; }

  Q_SIGNALS:
    void placeActivated(const QString& where);
    void dismissed();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void dress();
    void retranslate();
    void unfold(bool open);
    void forgetAnswers();
    void giveFocusBack();

    const ThemeSource& m_themes;
    Severity m_severity = Severity::Note;
    QLabel* m_icon;
    QLabel* m_text;
    QBoxLayout* m_line;
    QList<QToolButton*> m_answers;
    QToolButton* m_more;
    QToolButton* m_close;
    QListWidget* m_details;
    int m_leftOut = 0;
    int m_message = 0; // counts them
    QPointer<QWidget> m_focusBefore, m_rest;
};

} // namespace weir
