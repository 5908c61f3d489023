// ExportActions: the canvas's picture as files and on the clipboard, as actions for menus: SVG, PNG at one to three
// pixels a point, Mermaid text. What is written is what is drawn; a file that cannot be written is said in a signal.
#pragma once

#include "ui/canvas/scene.h"
#include "ui/theme_source.h"

#include <QAction>
#include <QMenu>
#include <QObject>

class QWidget;

namespace weir {

class ExportActions final : public QObject {
    Q_OBJECT
  public:
    ExportActions(const ThemeSource& themes, const Scene& scene, QWidget& owner);

    QAction* menu() const { return m_menu.menuAction(); }
    void setEnabled(bool enabled);
    void setDocument(const QString& name) { m_document = name; } // proposes the files' names
    void retranslate();

    // What a file with that name holds: by its ending .svg, .png or .mmd. Empty: nothing wrong.
    QString write(const QString& path, qreal factor) const;

  Q_SIGNALS:
    void failed(const QString& why);

  private:
    void choose(const QString& ending, const QString& filter, qreal factor);

    const ThemeSource& m_themes;
    const Scene& m_scene;
    QWidget& m_owner;
    QString m_document;
    QList<QAction*> m_actions;
    QMenu m_menu; // with all of them
};

} // namespace weir
