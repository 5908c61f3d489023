// TitleMenuBar: a menu bar that also carries the program's name at the left and the document's in the middle. The
// document gives way where the menus need the room.
#pragma once

#include "ui/theme_source.h"

#include <QMenuBar>

class QLabel;

namespace weir {

class TitleMenuBar final : public QMenuBar {
    Q_OBJECT
  public:
    explicit TitleMenuBar(const ThemeSource& themes, QWidget* parent = nullptr);

    void setDocument(const QString& document);
    void setModified(bool modified); // a dot before the document

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void dress();

    const ThemeSource& m_themes;
    QLabel* m_name;
    QString m_document;
    bool m_modified = false;
};

} // namespace weir
