// ViewHistory: back and forward through what was looked at, like a browser: selection, brush, the playhead while
// paused, and the filters that views register. Quick successions (walking a list, dragging a brush) become one step.
// Bounded; a new document starts afresh. It owns the two actions; it knows no view.
#pragma once

#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QAction>
#include <QElapsedTimer>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace weir {

class ViewHistory final : public QObject {
    Q_OBJECT
  public:
    static constexpr std::size_t stepsMax = 200;

    ViewHistory(Session& session, Selection& selection, const ThemeSource& themes, QObject* parent = nullptr);

    // Changes of one kind that follow so quickly are one step.
    void setTogether(int milliseconds) { m_togetherMs = milliseconds; }

    // What a view filters by. Call noteFilter() after each change.
    struct Filter {
        std::function<QString()> text;
        std::function<void(const QString&)> setText;
    };
    void addFilter(Filter filter);
    void noteFilter();

    void goBack();
    void goForward();
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_steps.size(); }
    std::size_t size() const { return m_steps.size(); }
    QList<QAction*> actions() const { return {m_back, m_forward}; } // for the View menu
    // Mouse buttons 4 and 5 anywhere in that window.
    void attachTo(QWidget& window);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct View {
        NodeRef node;
        EventTypeId type;
        Ordinal message = 0;
        std::optional<std::uint64_t> record;
        std::optional<TimeRange> brush;
        std::optional<std::uint64_t> playhead; // while paused
        SimTime time;
        QStringList filters;
        bool operator==(const View&) const = default;
    };
    enum class Change : std::uint8_t { Start, Selection, Brush, Playhead, Filter };

    View now() const;
    static Change changeBetween(const View& before, const View& after);
    QString words(const View& from, const View& to) const; // what going there changes
    void note();
    void go(std::size_t step);
    void startAfresh();
    void tell();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    std::vector<Filter> m_filters;
    std::shared_ptr<const Catalogue> m_catalogue; // that the steps' handles are of
    std::vector<View> m_steps;
    std::size_t m_at = 0;
    Change m_lastChange = Change::Start;
    QElapsedTimer m_since; // the last note
    bool m_going = false;
    int m_togetherMs = 400;
    QWidget* m_window = nullptr;
    QAction* m_back;
    QAction* m_forward;
};

} // namespace weir
