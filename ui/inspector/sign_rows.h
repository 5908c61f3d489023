// SignRows: lines with a sign before them: findings with a dot of their severity, event types with their marks, node
// kinds with their icons. Words wrap. A row may have a small button for what can be done about it.
#pragma once

#include "ui/theme_source.h"

#include <QWidget>

#include <functional>
#include <variant>
#include <vector>

class QToolButton;

namespace weir {

struct SignRow {
    std::variant<Tone, Mark, QString> sign; // a dot, a mark, the name of an icon
    QString text;
    QString note; // muted, behind the text
    QString tip;
    QString action = {}; // the text of its button, at its right end
    std::function<void(QPoint global)> act = {}; // below the button
};

class SignRows final : public QWidget {
    Q_OBJECT
  public:
    explicit SignRows(const ThemeSource& themes, QWidget* parent = nullptr);

    void setRows(std::vector<SignRow> rows);
    const std::vector<SignRow>& rows() const { return m_rows; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {240, heightForWidth(240)}; }
    QSize minimumSizeHint() const override { return {120, 0}; }

    QToolButton* button(std::size_t row) const { return m_buttons[row]; } // null where it has none

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

  private:
    int rowHeight(std::size_t row, int width) const;
    int buttonWidth(std::size_t row) const; // with the gap before it
    void placeButtons();

    const ThemeSource& m_themes;
    std::vector<SignRow> m_rows;
    std::vector<QToolButton*> m_buttons; // by row
};

} // namespace weir
