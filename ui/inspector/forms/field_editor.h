// FieldEditor: what a value is typed into while its row is edited: a line for what fits one, several lines of JSON for
// event data. Judges as it is typed into; taking a value up is the form's matter. Choices have menus and need none.
#pragma once

#include "core/result.h"
#include "core/value.h"
#include "ui/inspector/forms/form_schema.h"
#include "ui/theme_source.h"

#include <QStringList>
#include <QWidget>

#include <optional>

class QLineEdit;
class QPlainTextEdit;

namespace weir {

class FieldEditor : public QWidget {
    Q_OBJECT
  public:
    using QWidget::QWidget;

    // What was typed, or why it is no value. Nothing: the default is wanted.
    virtual Result<std::optional<Value>> value() const = 0;
    virtual QString text() const = 0;
    virtual void setText(const QString& text) = 0;
    virtual void setRefused(bool refused) = 0;

  Q_SIGNALS:
    void edited();
    void finished(bool byKey); // Enter, or the keys went elsewhere
    void cancelled();          // Esc
};

class LineEditor final : public FieldEditor {
    Q_OBJECT
  public:
    // `names`: what it may be, where it refers to something; empty: anything.
    LineEditor(const FormField& field, const QStringList& names, QWidget* parent = nullptr);

    Result<std::optional<Value>> value() const override;
    QString text() const override;
    void setText(const QString& text) override;
    void setRefused(bool refused) override;
    void type(const QString& text); // as by keys, over all that stands there
    QLineEdit& line() { return *m_line; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void step(int by);

    FormField m_field;
    QStringList m_names;
    QLineEdit* m_line;
};

class JsonEditor final : public FieldEditor {
    Q_OBJECT
  public:
    JsonEditor(const FormField& field, const ThemeSource& themes, QWidget* parent = nullptr);

    Result<std::optional<Value>> value() const override;
    QString text() const override;
    void setText(const QString& text) override;
    void setRefused(bool refused) override;
    QPlainTextEdit& lines() { return *m_lines; }

    QSize sizeHint() const override { return {240, 168}; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    FormField m_field;
    QPlainTextEdit* m_lines;
};

// The number at the front of a text, one step up or down: whole numbers by one, others along 1, 2, 5, 10; the unit
// stays. The text itself where there is none.
QString stepped(const QString& text, bool whole, int by);

} // namespace weir
