// FormView: the form of one element of the scenario: rows that are edited in place, one at a time. What is typed is
// judged at once and taken up with Enter, when the keys go elsewhere, or, while the run stands at its start, after a
// pause; what cannot be taken up stays as typed, red, with the reason. All changes go through ParameterChanges.
#pragma once

#include "ui/inspector/forms/form_rows.h"
#include "ui/inspector/parameter_changes.h"
#include "ui/theme_source.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>
#include <set>
#include <vector>

class QVBoxLayout;

namespace weir {

class FieldEditor;
class FormLine;

class FormView final : public QWidget {
    Q_OBJECT
  public:
    static constexpr int pauseMilliseconds = 600; // after the last key, until what was typed is taken up

    FormView(ParameterChanges& changes, const FormSchema& schema, const ThemeSource& themes, QWidget* parent = nullptr);

    // `name`: of the element, for what undo says. Nothing: an empty form.
    void setScope(std::optional<FormScope> scope, const QString& name);
    const std::optional<FormScope>& scope() const { return m_scope; }

    int rowCount() const { return static_cast<int>(m_lines.size()); }
    FormLine& line(int i) const { return *m_lines[static_cast<std::size_t>(i)]; }
    FormLine* lineAt(const std::string& pointer) const; // null where it is not shown
    FieldEditor* editor() const;                        // null while nothing is edited
    void unfold(const std::string& pointer);            // with everything that it stands in
    void edit(FormLine& line);

  Q_SIGNALS:
    void editingRefused(); // something that was typed cannot be taken up

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void refresh();
    void layRows(std::vector<FormRow> rows);
    FormLine* makeLine();
    void showMarks();
    void align();

    void type(FormLine& line, const QString& text);
    void openEditor(FormLine& line);
    void openChoices(FormLine& line, const QStringList& choices, int chosen, const std::function<void(int)>& take);
    void openNames(FormLine& line, const QStringList& names);
    void closeEditor(bool focusRow);
    void judge();
    bool takeUp(); // what stands in the editor; false where it cannot be
    void editorFinished(bool byKey);

    void toggle(const FormRow& row);
    void addTo(FormLine& line);
    void add(const FormRow& row, const std::string& definition);
    void reset(FormLine& line);
    void move(const FormRow& row, int by);
    void setVariant(FormLine& line, std::size_t variant);
    void set(FormLine& line, const std::optional<Value>& value);
    bool apply(FormLine& line, const std::vector<Edit>& edits, const QString& draft = {});
    std::vector<Edit> editsOf(const FormRow& row, const std::optional<Value>& value) const;
    QString nameOf(const FormRow& row) const;
    QStringList namesFor(const FormRow& row) const;
    void offerStart(FormLine& line, const std::vector<Edit>& edits, const QString& name);
    void focusBeside(const FormLine& line, int by);

    ParameterChanges& m_changes;
    const FormSchema& m_schema;
    const ThemeSource& m_themes;
    std::optional<FormScope> m_scope;
    QString m_name;
    std::set<std::string> m_unfolded;
    std::vector<FormLine*> m_lines;
    std::map<std::string, std::pair<QString, QString>> m_refused; // by identity: draft and reason
    QVBoxLayout* m_column;
    QPointer<FieldEditor> m_editor;
    QPointer<FormLine> m_edited;
    std::optional<Value> m_before; // what the edited field had
    bool m_applied = false;        // something of this editing was taken up
    QTimer m_pause;
};

} // namespace weir
