// ChoicePopup: one question with a list of answers beside the place it is about. Typing narrows the list; what is typed
// can itself be an answer ("New event type ..."). What cannot be chosen is dimmed and says why. It decides nothing.
#pragma once

#include "ui/theme_source.h"

#include <QFrame>
#include <QList>

#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;

namespace weir {

struct Choice {
    QString id;
    QString title;
    QString note; // behind the title, muted; why not, where it is not enabled
    QString icon; // name of one
    bool enabled = true;
};

struct Question {
    QString title;
    QString placeholder;
    QList<Choice> choices;
    // The title of the answer that the typed text itself would be; empty: it is none. Without: only the list counts.
    std::function<QString(const QString& typed)> fresh = {};
    QStringList variants = {}; // a choice beside it, which is independent of the list; the first is suggested
    QString variantsName = {}; // what screen readers call it
};

struct PickedAnswer {
    QString id;    // of the choice; empty: the typed text
    QString typed; // trimmed
    int variant = 0;
};

class ChoicePopup final : public QFrame {
    Q_OBJECT
  public:
    static constexpr int shownMax = 100; // choices; the rest comes with typing, and is counted

    explicit ChoicePopup(const ThemeSource& themes, QWidget* parent);

    // `global`: the upper left corner, moved so that it is on the screen.
    void ask(QPoint global, Question question, std::function<void(const PickedAnswer&)> answered);

    QLineEdit& field() { return *m_field; }
    QListWidget& list() { return *m_list; }
    QComboBox& variants() { return *m_variants; }
    QString title() const;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void search();
    void step(int rows);
    void choose();
    void dress();

    const ThemeSource& m_themes;
    Question m_question;
    std::function<void(const PickedAnswer&)> m_answered;
    QLabel* m_title;
    QComboBox* m_variants;
    QLineEdit* m_field;
    QListWidget* m_list;
    QLabel* m_hint;
};

} // namespace weir
