// JsonPane: the text of one element of the scenario as its file has it, comments included, beside the form: what is
// changed in one shows in the other. Text that cannot be taken up stays as typed, with the reason and its line and
// column.
#pragma once

#include "ui/theme_source.h"

#include <QTimer>
#include <QWidget>

#include <string>

class QLabel;
class QPlainTextEdit;

namespace weir {

class ParameterChanges;

class JsonPane final : public QWidget {
    Q_OBJECT
  public:
    JsonPane(ParameterChanges& changes, const ThemeSource& themes, QWidget* parent = nullptr);

    // `name`: of the element, for what undo says.
    void setPlace(const std::string& pointer, const QString& name);
    QPlainTextEdit& lines() { return *m_lines; }
    QString problem() const;

    QSize sizeHint() const override { return {240, 260}; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void refresh();
    void judge();
    void takeUp();
    void tell(const QString& problem, int line, int column);
    void dress();

    ParameterChanges& m_changes;
    const ThemeSource& m_themes;
    std::string m_pointer;
    QString m_name;
    QString m_problem;
    bool m_typed = false; // what stands there is not the document's
    QPlainTextEdit* m_lines;
    QLabel* m_status;
    QTimer m_pause;
};

// As it stands in the file, less the indentation that all lines but the first have in common.
std::string dedented(const std::string& text);

} // namespace weir
