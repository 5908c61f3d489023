// SequenceArea: where a SequencePicture is seen and moved: wheel zooms at the pointer, drag pans, keys walk along causes
// and axes. It says what the user points at; what is shown is its owner's.
#pragma once

#include "ui/sequence/sequence_picture.h"
#include "ui/theme_source.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace weir {

class MessageSource;

class SequenceArea final : public QWidget {
    Q_OBJECT
  public:
    static constexpr double zoomMin = 0.02;
    static constexpr double zoomMax = 400;

    explicit SequenceArea(const ThemeSource& themes, QWidget* parent = nullptr);

    // Keeps in its place what stands in the middle, or at the right end while following.
    void setChart(SequenceChart chart, std::vector<SequenceAxis> axes, bool onlyInvolved,
                  std::shared_ptr<const Catalogue> catalogue, std::shared_ptr<const MessageSource> messages);
    void setMode(TimeMode mode);
    void setSelection(Ordinal message, std::optional<std::uint64_t> record);
    void setPlayhead(std::uint64_t playhead, SimTime now);
    void setFollowing(bool following) { m_following = following; }
    bool following() const { return m_following; }

    TimeMode mode() const { return m_mode; }
    double zoom() const { return m_zoom; }
    const SequencePicture& picture() const { return m_picture; }
    void zoomAt(qreal x, double factor);
    void panBy(QPointF distance);
    void fitMessage();                      // all steps of the selected message, or all there are
    void reveal(std::uint64_t record);
    std::optional<std::uint64_t> middle() const; // the record in the middle of the view

    QSize sizeHint() const override { return {600, 200}; }
    QSize minimumSizeHint() const override { return {160, 60}; }

  Q_SIGNALS:
    void recordChosen(std::uint64_t index);
    void menuWanted(const QPoint& globalPosition, weir::NodeRef node); // none: beside the axes
    void moved();       // by the user
    void playheadWanted(std::uint64_t index);
    void followingWanted();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void rescale(double anchor, qreal x);
    void bound();
    void followEnd();
    void choose(std::size_t step);
    std::optional<std::size_t> current() const;
    double anchorAt(qreal x) const { return m_picture.scale.anchorOf(x - SequencePicture::labelWidth + m_picture.offset.x()); }

    const ThemeSource& m_themes;
    SequencePicture m_picture;
    std::shared_ptr<const Catalogue> m_catalogue;
    std::shared_ptr<const MessageSource> m_messages;
    TimeMode m_mode = TimeMode::nonlinear;
    double m_zoom = 1;
    bool m_following = true;
    std::optional<QPointF> m_pressed;
    QPointF m_pressedOffset;
    bool m_dragged = false;
};

} // namespace weir
