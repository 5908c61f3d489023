// SignRows: lines with a sign before them: findings with a dot of their severity, event types with their marks, node
// kinds with their icons. Words wrap. For reading, not for choosing.
#pragma once

#include "ui/theme_source.h"

#include <QWidget>

#include <variant>
#include <vector>

namespace weir {

struct SignRow {
    std::variant<Tone, Mark, QString> sign; // a dot, a mark, the name of an icon
    QString text;
    QString note; // muted, behind the text
    QString tip;
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

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

  private:
    int rowHeight(const SignRow& row, int width) const;

    const ThemeSource& m_themes;
    std::vector<SignRow> m_rows;
};

} // namespace weir
