// Problems: the subject as a whole: its feed, its list, its light, and the light's click that brings the list forward.
#pragma once

#include "ui/problems/problem_feed.h"
#include "ui/session/selection.h"
#include "ui/theme_source.h"

#include <QObject>

namespace weir {

class DocumentEditor;
class ProblemLight;
class ProblemsView;

class Problems final : public QObject {
    Q_OBJECT
  public:
    // The widgets go to the window that takes them in.
    Problems(Session& session, const DocumentEditor& editor, Selection& selection, const ThemeSource& themes,
             QObject* parent = nullptr);

    ProblemsView* view() const { return m_view; }
    // The status bar's content with the light at its right.
    QWidget* withLight(QWidget* status) const;

  private:
    void bringForward();

    ProblemFeed* m_feed;
    ProblemsView* m_view;
    ProblemLight* m_light;
};

} // namespace weir
