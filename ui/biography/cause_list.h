// CauseList: what caused what, as a graph in a list: one message a row in the order in which they were published, ties in
// lanes at the left, joins as broken ones. Only rows in sight are drawn. Click and arrow keys select.
#pragma once

#include "ui/biography/story.h"
#include "ui/theme_source.h"

#include <QAbstractScrollArea>

#include <memory>

namespace weir {

class CauseList final : public QAbstractScrollArea {
    Q_OBJECT
  public:
    static constexpr int rowHeight = 20;
    static constexpr int laneWidth = 12;
    static constexpr std::uint32_t lanesMax = 10; // further ones share the last

    explicit CauseList(const ThemeSource& themes, QWidget* parent = nullptr);

    void setStory(std::shared_ptr<const Story> story, std::shared_ptr<const Catalogue> catalogue);
    QRect rowRect(std::size_t row) const;
    QPointF nodeAt(std::size_t row) const; // its mark, in the viewport's coordinates

  Q_SIGNALS:
    void messageChosen(weir::Ordinal message);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void layOut();
    void choose(std::size_t row);
    QString label(const CausalGraph::Node& node) const;
    void paintEdges(QPainter& painter) const;
    void paintRow(QPainter& painter, std::size_t row) const;

    const ThemeSource& m_themes;
    std::shared_ptr<const Story> m_story;
    std::shared_ptr<const Catalogue> m_catalogue;
};

} // namespace weir
