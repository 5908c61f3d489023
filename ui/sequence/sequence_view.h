// SequenceView: the panel of the sequence: which stretch is shown and how, what is hidden, and taking it along as SVG or
// Mermaid text. It follows playhead, brush and selection, within a budget while the run goes on.
#pragma once

#include "ui/biography/story.h"
#include "ui/sequence/sequence_area.h"
#include "ui/sequence/sequence_feed.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QWidget>

#include <array>
#include <set>

class QAction;
class QLabel;
class QMenu;
class QToolButton;

namespace weir {

class EmptyState;
class FilterField;

class SequenceView final : public QWidget {
    Q_OBJECT
  public:
    SequenceView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    SequenceArea& area() { return *m_area; }
    FilterField& filterField() { return *m_filter; }
    QToolButton& modeButton(TimeMode mode) { return *m_modes[static_cast<std::size_t>(mode)]; }
    QToolButton& conversationButton() { return *m_conversation; }
    QToolButton& followButton() { return *m_follow; }
    QString counts() const; // what is shown and what is left out
    void setHidden(NodeRef node, bool hidden);
    QString mermaid() const;
    bool saveSvg(const QString& path) const; // false where it cannot be written
    // The longest that the window had to wait for a chart, in nanoseconds.
    std::int64_t longestMaking() const { return m_longest; }

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
    void remake();
    void lookAgain(); // where the user went
    void showCounts();
    void tellRefusal();
    void chooseRecord(std::uint64_t index);
    void showMenu(const QPoint& globalPosition, NodeRef node);
    void saveAs();
    QString nameOf(NodeRef node) const;
    void retranslate();
    void dress();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    SequenceFeed m_feed;
    StoryGatherer m_gatherer; // of the conversation, where only that is shown
    std::vector<SequenceAxis> m_axes;
    std::size_t m_axesOf = 0; // edges and nodes known when they were made
    std::optional<std::uint64_t> m_centre; // the record looked at; nothing: the playhead
    std::optional<TimeRange> m_brush;      // as it was taken up
    std::optional<std::uint64_t> m_record; // the selected one, as it was taken up
    QElapsedTimer m_madeFor;
    std::int64_t m_cost = 0, m_longest = 0; // ns
    std::uint64_t m_madeAt = 0; // playhead
    SimTime m_madeNow{};
    bool m_choosing = false; // the selection changes by our own hand

    std::array<QToolButton*, 3> m_modes{};
    QToolButton* m_conversation;
    QToolButton* m_follow;
    QToolButton* m_export;
    QAction* m_save;
    QAction* m_copyMermaid;
    FilterField* m_filter;
    QLabel* m_counts;
    QLabel* m_refusal;
    SequenceArea* m_area;
    EmptyState* m_empty;
};

} // namespace weir
