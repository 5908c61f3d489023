// WaitingView: what the run is going to do, from now on: one mark for each due on a logarithmic axis of time, a lane for
// each kind. Pointing at one says what it is, a click runs until it. It asks the session; it schedules nothing.
#pragma once

#include "core/simulation/pending_due.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QPainter;

namespace weir {

class WaitingView final : public QWidget {
    Q_OBJECT
  public:
    static constexpr int refreshMilliseconds = 250; // while the run goes on

    WaitingView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent = nullptr);

    const PendingDues& pending() const { return m_pending; }
    // Where a due stands, and the one at a place; nothing where none is near.
    QPointF pointOf(std::size_t due) const;
    std::optional<std::size_t> dueAt(QPointF point) const;
    std::optional<std::size_t> chosen() const { return m_chosen; } // by the keyboard
    QString textOf(const PendingDue& due) const; // "5.20 s, in 120 ms: a handling ends at payment-service #1, message 212"

    QString hint() const; // what is said where nothing waits

    QSize sizeHint() const override { return {420, 180}; }
    QSize minimumSizeHint() const override { return {200, 96}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void tick();
    void read();
    void retranslate();
    void drawDues(QPainter& painter) const;
    void runUntil(std::size_t due);
    void choose(std::size_t due);
    double decades(Duration ahead) const; // along the axis, from 0
    qreal xAt(Duration ahead) const;
    qreal laneY(PendingKind kind) const;
    QRectF axis() const;
    QString placeText(PlaceId place) const;

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    QElapsedTimer m_readFor;
    QTimer m_later; // a reading that was put off
    PendingDues m_pending;
    SimTime m_now; // of the reading
    double m_decades = 6; // of the axis, beginning at 1 ms
    std::optional<std::size_t> m_chosen;
};

} // namespace weir
