// HelpView: the help in the program, in a window beside the work: pages written in Markdown, in the language of the
// window, searched as a whole. It opens at the page about what the user was at. It knows pages, not views.
#pragma once

#include "ui/theme_source.h"

#include <QWidget>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace weir {

class Language;

class HelpView final : public QWidget {
    Q_OBJECT
  public:
    static constexpr int hitsMax = 60;

    HelpView(const ThemeSource& themes, const Language& language, QWidget* parent);

    // A page by its file's name ("views"), at a heading where one is given ("Timeline" in the page's own words).
    void open(const QString& page, const QString& heading = {});

    QLineEdit& field() { return *m_field; }
    QListWidget& list() { return *m_list; }
    QTextBrowser& text() { return *m_text; }
    // Of a page in the present language, English where it is not translated; empty: there is no such page.
    QString source(const QString& page) const;
    static QStringList pages();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void show(const QString& page);
    void setPage(const QString& markdown);
    void goTo(const QString& words);
    void listPages();
    void dress();
    void retranslate();
    QString title(const QString& page) const;

    const ThemeSource& m_themes;
    const Language& m_language;
    QLineEdit* m_field;
    QListWidget* m_list;
    QTextBrowser* m_text;
    QString m_page;
};

} // namespace weir
