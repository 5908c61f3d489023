// ScenarioCard: one example of the gallery: its picture, its title, and what it shows in a sentence or two. A button.
#pragma once

#include "core/scenario/scenario.h"
#include "ui/theme_source.h"

#include <QAbstractButton>
#include <QPixmap>

namespace weir {

class ScenarioCard final : public QAbstractButton {
    Q_OBJECT
  public:
    static constexpr int cardWidth = 264;
    static constexpr int cardHeight = 232;

    ScenarioCard(Scenario scenario, const ThemeSource& themes, QWidget* parent = nullptr);

    void speak(bool chinese); // the scenario's own words in that language
    QSize sizeHint() const override { return {cardWidth, cardHeight}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    Scenario m_scenario;
    const ThemeSource& m_themes;
    QString m_notes;
    QPixmap m_picture; // made when it is shown first, and again in another theme
};

} // namespace weir
