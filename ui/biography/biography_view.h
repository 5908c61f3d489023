// BiographyView: the life of the selected message and of the conversation it belongs to, up to the playhead: one sentence
// why it is where it is, what caused what, and a waterfall of where the time went; or two conversations compared. It
// gathers in slices, and follows selection and playhead.
#pragma once

#include "ui/biography/story.h"
#include "ui/biography/verdict_words.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QThreadPool>
#include <QWidget>

#include <memory>

class QLabel;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace weir {

class CauseList;
class ComparisonView;
class EmptyState;
class WaterfallMinimap;
class SegmentLegend;
class WaterfallView;

class BiographyView final : public QWidget {
    Q_OBJECT
  public:
    BiographyView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    QString sentence() const;
    const Story* story() const { return m_story.get(); }
    bool comparing() const;
    const StoryGatherer& gatherer() const { return m_gatherer; }
    // The longest that the window had to wait for the making of a story, in nanoseconds.
    std::int64_t longestMaking() const { return m_longest; }

    CauseList& causes() { return *m_causes; }
    WaterfallView& waterfall() { return *m_waterfall; }
    ComparisonView& comparison() { return *m_comparison; }
    WaterfallMinimap& minimap() { return *m_minimap; }
    SegmentLegend& legend() { return *m_legend; }
    QToolButton& compareButton() { return *m_compare; }
    QToolButton& foldButton() { return *m_fold; }
    QToolButton& criticalButton() { return *m_critical; }

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void build();
    void takeUpDocument();
    void takeUpSelection();
    void tick();
    void makeStory();
    void takeStory(std::shared_ptr<const Story> story);
    void showStory();
    void showComparison();
    void showLegend();
    void togglePin();
    QString eventName(Ordinal message) const;
    std::optional<Crowd> crowd() const;
    QString hintText() const;
    void choose(Ordinal message);
    void retranslate();
    void dress();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    StoryGatherer m_gatherer;
    std::shared_ptr<const Story> m_story;
    std::shared_ptr<const Story> m_pinned;
    std::uint64_t m_madeAt = 0; // the playhead of the story
    SimTime m_madeNow{};
    std::size_t m_madeOf = 0; // facts
    bool m_madeWhole = false; // the gathering was done
    QElapsedTimer m_madeFor;
    std::int64_t m_cost = 0, m_longest = 0; // ns
    bool m_making = false;    // by the pool
    std::uint64_t m_wish = 0; // counts what was asked for: another message, another run

    QLabel* m_sentence;
    QLabel* m_notice; // progress, and what was left out
    QToolButton* m_fold;
    QToolButton* m_critical;
    QToolButton* m_compare;
    QSplitter* m_splitter;
    QStackedWidget* m_pages;
    CauseList* m_causes;
    WaterfallView* m_waterfall;
    WaterfallMinimap* m_minimap;
    SegmentLegend* m_legend;
    ComparisonView* m_comparison;
    EmptyState* m_empty;
    QThreadPool m_pool; // last: what it still does ends before anything else goes
};

} // namespace weir
