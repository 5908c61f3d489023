// GroupsView: consumer groups at the playhead: members, partitions, offsets, lag, what is in flight. A click selects
// the channel or the service on the canvas. Works only while it is in sight.
#pragma once

#include "ui/groups/group_model.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QPushButton;

namespace weir {

class DataTable;

class GroupsView final : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::chrono::milliseconds budget{3}; // of folding, a tick

    GroupsView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    DataTable& table() { return *m_table; }
    const GroupModel& model() const { return *m_model; }
    QPushButton& seekButton() { return *m_seek; }

  Q_SIGNALS:
    // Somebody wants the group to go on reading its stream from elsewhere; the question belongs to that place.
    void seekRequested(weir::ChannelId stream, weir::SubscriptionId group, QPoint global);

  protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void takeUpDocument();
    void tick();
    void choose(const QModelIndex& index);
    void openMenu(QPoint at);
    void requestSeek();
    void allow();
    void retranslate();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    GroupFold m_fold;
    GroupModel* m_model;
    DataTable* m_table;
    QPushButton* m_seek; // where something is a stream
    QTimer m_catchingUp;
    QElapsedTimer m_shownFor;
};

} // namespace weir
