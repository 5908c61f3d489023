// CommandPalette: type a few letters of anything the program can do or the scenario holds, Enter does it. Shows the keys,
// so that the palette teaches to do without it. What was chosen last stands first while nothing is typed.
#pragma once

#include "ui/commands/command_entries.h"
#include "ui/theme_source.h"

#include <QFrame>
#include <QStringList>

class QLabel;
class QLineEdit;
class QListView;
class QSettings;
class QStandardItemModel;

namespace weir {

class CommandPalette final : public QFrame {
    Q_OBJECT
  public:
    static constexpr int shownMax = 60; // matches; the rest is told
    static constexpr int recentMax = 6;

    CommandPalette(const ThemeSource& themes, QSettings& settings, QWidget* parent = nullptr);

    // Below the top edge of that widget, in its middle.
    void openOver(const QWidget& widget, QList<CommandEntry> entries);

    QLineEdit& field() { return *m_field; }
    QListView& list() { return *m_list; }
    QStringList shownTitles() const;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void search();
    void show(const CommandEntry& entry, int index, const QList<int>& positions);
    void choose(const QModelIndex& index);
    void step(int rows);
    void dress();
    void retranslate();

    const ThemeSource& m_themes;
    QSettings& m_settings;
    QList<CommandEntry> m_entries;
    QLineEdit* m_field;
    QListView* m_list;
    QLabel* m_hint;
    QStandardItemModel* m_model;
};

} // namespace weir
