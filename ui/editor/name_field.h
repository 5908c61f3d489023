// NameField: a line edit laid over a name on the canvas: Enter takes it, Escape leaves it, a click elsewhere takes it
// too. While the text is refused the field is red and says why. It renames nothing itself.
#pragma once

#include "ui/theme_source.h"

#include <QLineEdit>
#include <QRectF>

#include <functional>

namespace weir {

class NameField final : public QLineEdit {
    Q_OBJECT
  public:
    NameField(const ThemeSource& themes, QWidget* parent);

    // `where` in the parent's coordinates; `refusal`: why a text cannot be taken, empty where it can; `taken` is called
    // with a text that is not refused and, unless `fresh`, is another one.
    void edit(const QRectF& where, const QString& text, const QString& accessible,
              std::function<QString(const QString&)> refusal, std::function<void(const QString&)> taken,
              bool fresh = false);
    void moveTo(const QRectF& where);
    void finish(); // as a click elsewhere does
    void cancel();
    QString refusal() const;

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    void judge();

    const ThemeSource& m_themes;
    QString m_before; // null: any text is another one
    std::function<QString(const QString&)> m_refusal;
    std::function<void(const QString&)> m_taken;
};

} // namespace weir
