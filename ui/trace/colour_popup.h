// ColourPopup: the rules by which rows are coloured: an expression and a tone each, in force while it is ticked; the
// first that holds wins. What cannot be used is red and colours nothing. Changes hold at once.
#pragma once

#include "ui/theme_source.h"
#include "ui/trace/trace_look.h"

#include <QFrame>

#include <array>
#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace weir {

class Catalogue;
class FilterField;

// The tones that a row's ground can have, by name.
struct RowColour {
    Tone tone;
    QString name;
};
std::array<RowColour, 4> rowColours();

class ColourPopup final : public QFrame {
    Q_OBJECT
  public:
    explicit ColourPopup(const ThemeSource& themes, QWidget* parent = nullptr);

    void openAt(const QPoint& globalPosition, const std::vector<ColourRule>& rules,
                std::shared_ptr<const Catalogue> catalogue);
    int ruleCount() const { return static_cast<int>(m_rows.size()); }
    FilterField& field(int rule) { return *m_rows[static_cast<std::size_t>(rule)].field; }
    QPushButton& addButton() { return *m_add; }

  Q_SIGNALS:
    void changed(const std::vector<weir::ColourRule>& rules);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    struct Row {
        QWidget* line;
        QCheckBox* on;
        QComboBox* tone;
        FilterField* field;
        QToolButton* remove;
    };
    void add(const QString& text, Tone tone, bool on);
    void remove(const QWidget* line);
    void tell();
    void fit();
    void name(const Row& row);
    void dress();
    void retranslate();

    const ThemeSource& m_themes;
    std::shared_ptr<const Catalogue> m_catalogue;
    QLabel* m_title;
    QLabel* m_hint;
    QVBoxLayout* m_list;
    QPushButton* m_add;
    std::vector<Row> m_rows;
    bool m_filling = false;
    QPoint m_at;
};

} // namespace weir
