// DetailsView: everything about the selected message: what became of it in words, where its time went, what caused it
// and what it led to, its records, and the event itself as CloudEvents JSON. What lies after the playhead is faint: it
// has not happened yet. A click on a message or record selects it everywhere.
#pragma once

#include "core/record/causal_tree.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QScrollArea>

#include <memory>
#include <optional>
#include <span>

class QLabel;
class QPlainTextEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace weir {

class FlowingText;
class SectionHeader;
class SegmentBars;
class SignRows;

class DetailsView final : public QScrollArea {
    Q_OBJECT
  public:
    static constexpr std::size_t messagesShown = 200; // of the causal tree
    static constexpr std::size_t recordsShown = 200;  // of the message

    DetailsView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    QString title() const;
    const SignRows& life() const { return *m_life; }
    const SegmentBars& segments() const { return *m_segments; }
    QTreeWidget& causes() { return *m_causes; }
    QTreeWidget& records() { return *m_records; }
    QString json() const;

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void takeUpDocument();
    void tick();
    void showMessage();
    void showIdentity();
    void showStory();
    QString causeOf(std::span<const Record> past) const;
    void showCauses(const CausalTree& tree);
    void showRecords(const std::vector<std::uint64_t>& indices, std::size_t leftOut);
    void markRecord();
    void chooseRecord(std::uint64_t index);
    void fit(QTreeWidget& list);
    void retranslate();
    void dress();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    RecordReader m_reader;
    Ordinal m_shown = 0;
    bool m_final = false;          // all of the tree is there and behind the playhead, and nothing of it goes on
    std::uint64_t m_storyUpTo = 0; // playhead of the story shown
    SimTime m_storyAt{};           // and its time: between records it moves on too
    // What the lists show: the message, how many there are, how many of them have happened. They are made anew only
    // when that changes, so that what somebody folded stays folded.
    struct Listed {
        Ordinal message = 0;
        std::size_t count = 0;
        std::size_t happened = 0;
        bool operator==(const Listed&) const = default;
    };
    Listed m_causesListed;
    Listed m_recordsListed;
    QElapsedTimer m_shownFor;

    FlowingText* m_title;
    FlowingText* m_subtitle;
    QLabel* m_hint;
    SectionHeader* m_lifeHeader;
    SignRows* m_life;
    SectionHeader* m_segmentsHeader;
    SegmentBars* m_segments;
    SectionHeader* m_causesHeader;
    QTreeWidget* m_causes;
    SectionHeader* m_recordsHeader;
    QTreeWidget* m_records;
    SectionHeader* m_jsonHeader;
    QPlainTextEdit* m_json;
};

} // namespace weir
