// SeveralNodes: what the inspector shows of several selected nodes: their names with what they are, and buttons for
// what can be done with all of them. The actions are the canvas editor's.
#pragma once

#include "ui/theme_source.h"

#include <QList>
#include <QWidget>

#include <string>
#include <vector>

class QAction;
class QToolButton;

namespace weir {

class FlowLayout;
class SignRows;
class Catalogue;

class SeveralNodes final : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::size_t namesMax = 200; // the rest is counted

    explicit SeveralNodes(const ThemeSource& themes, QWidget* parent = nullptr);

    void setActions(const QList<QAction*>& actions);
    void setNodes(const std::vector<std::string>& names, const Catalogue& catalogue);
    // "2 services · 1 queue"
    static QString kindsText(const std::vector<std::string>& names, const Catalogue& catalogue);

    const SignRows& rows() const { return *m_rows; }
    const QList<QToolButton*>& buttons() const { return m_buttons; }

  private:
    FlowLayout* m_flow;
    SignRows* m_rows;
    QList<QToolButton*> m_buttons;
};

} // namespace weir
