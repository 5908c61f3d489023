// AskPopup: one question with one field, in place of a dialog. Says at once why a text is refused; Enter takes it,
// Escape leaves. What is asked, and what becomes of the answer, is its heirs' matter.
#pragma once

#include "ui/style.h"
#include "ui/theme_source.h"

#include <QFrame>

class QLabel;
class QLineEdit;

namespace weir {

class AskPopup : public QFrame {
    Q_OBJECT
  public:
    QString words() const; // below the field

  protected:
    struct Question {
        QString title;
        QString name = {}; // of the field, for screen readers; empty: the field names itself
        QString placeholder = {};
    };
    struct Verdict { // over what stands in the field
        FieldState state = FieldState::Neutral;
        QString words; // below it: what Enter does, or why it does nothing
    };

    // The field becomes its child. An heir's constructor ends with begin().
    AskPopup(const ThemeSource& themes, QLineEdit* field, TextRole role, int width, QWidget* parent);
    void begin();

    virtual Question question() const = 0;
    virtual Verdict verdict() const = 0;
    virtual void answer() = 0; // to Enter, where the text is accepted

    void openAt(QPoint global);           // moved so that it is on the screen
    void openOver(const QWidget& widget); // in the middle of its upper part
    void retranslate();
    void judge();

    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void dress();
    void enter();

    const ThemeSource& m_themes;
    QLabel* m_title;
    QLineEdit* m_field;
    TextRole m_role; // of what is typed
    QLabel* m_words;
};

} // namespace weir
