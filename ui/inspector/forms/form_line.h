// FormLine: one row of a form as a widget: what it is at the left, its value in a calm field at the right. The whole
// row is one button: a click, Enter or F2 asks to edit or unfold it, Delete to put the default back or remove the item,
// F1 for help. It shows a problem beneath its field, and the mark of a change made while the run went on; it decides
// nothing itself.
#pragma once

#include "ui/inspector/forms/form_rows.h"
#include "ui/theme_source.h"

#include <QAbstractButton>

namespace weir {

class DensityPreview;

class FormLine final : public QAbstractButton {
    Q_OBJECT
  public:
    static constexpr int rowHeight = 28;
    static constexpr int indent = 12;

    explicit FormLine(const ThemeSource& themes, QWidget* parent = nullptr);

    void setRow(FormRow row);
    const FormRow& row() const { return m_row; }
    void setLabelWidth(int width);
    int wantedLabelWidth() const; // 0: it has no label of that kind

    // Why the value cannot be taken up; empty: it can. With what stands in the field instead, so that nothing is lost.
    void setProblem(const QString& problem, const QString& draft = {});
    const QString& problem() const { return m_problem; }
    const QString& draft() const { return m_draft; }
    // "changed at 03:12.4, was 240 ms"; empty: no mark.
    void setMark(const QString& mark);
    const QString& mark() const { return m_mark; }
    void setReadOnly(bool readOnly);

    // The editor takes the place of the field; null: the field again. Of a `wide` one that of the whole row and more.
    void setEditor(QWidget* editor, bool wide = false);
    QWidget* editor() const { return m_editor; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

  Q_SIGNALS:
    void editRequested();
    void typed(const QString& text); // into a field that is written, and not chosen or switched
    void resetRequested(); // of an item: to remove it
    void moveRequested(int by);
    void keepRequested();
    void putBackRequested();
    void stepRequested(int by); // to another row

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    bool isSection() const;
    bool isItem() const { return m_row.role == FormRow::Role::fold && m_row.item; }
    bool canReset() const;
    bool isWritten() const;
    QRect fieldRect() const;
    QRect resetRect() const;
    int problemHeight(int width) const;
    QString help() const;
    void describe();
    void place();
    void showHelp();
    void paintField(QPainter& painter, const QRect& box) const;
    void paintHeading(QPainter& painter) const;
    void paintBelow(QPainter& painter) const;

    const ThemeSource& m_themes;
    FormRow m_row;
    int m_labelWidth = 100;
    QString m_problem, m_draft, m_mark;
    bool m_readOnly = false;
    bool m_wide = false;
    QWidget* m_editor = nullptr;
    DensityPreview* m_density = nullptr;
    QAbstractButton* m_keep = nullptr;
    QAbstractButton* m_putBack = nullptr;
};

} // namespace weir
