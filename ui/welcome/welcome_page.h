// WelcomePage: what the window shows while nothing is open: begin anew, open a file or one of the last ones, or an
// example from the gallery that is built in. It opens nothing itself; the wishes go out as signals.
#pragma once

#include "ui/document/recent_files.h"
#include "ui/language.h"
#include "ui/theme_source.h"

#include <QList>
#include <QScrollArea>

class QBoxLayout;
class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace weir {

class ScenarioCard;
class SectionHeader;

class WelcomePage final : public QScrollArea {
    Q_OBJECT
  public:
    WelcomePage(const RecentFiles& recent, const Language& language, const ThemeSource& themes, QWidget* parent = nullptr);

    const QList<ScenarioCard*>& cards() const { return m_cards; }

  Q_SIGNALS:
    void newRequested();
    void openRequested();
    void recentRequested(const QString& path);
    void exampleRequested(const QString& path); // ":/scenarios/order_flow.json"

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    QWidget* makeStart();
    QWidget* makeGallery();
    void listRecent();
    void arrangeCards();
    void dress();
    void retranslate();

    const RecentFiles& m_recent;
    const Language& m_language;
    const ThemeSource& m_themes;
    QLabel* m_title;
    QLabel* m_line;
    SectionHeader* m_startHeader;
    SectionHeader* m_recentHeader;
    SectionHeader* m_galleryHeader;
    QPushButton* m_new;
    QPushButton* m_open;
    QLabel* m_dropHint;
    QVBoxLayout* m_recentList;
    QLabel* m_noRecent;
    QLabel* m_galleryHint;
    QBoxLayout* m_parts; // start and gallery
    QGridLayout* m_grid;
    QList<ScenarioCard*> m_cards;
    int m_columns = 0;
};

} // namespace weir
