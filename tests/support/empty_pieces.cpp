#include "support/empty_pieces.h"

#include "ui/widgets/empty_state.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPainter>

namespace weir {
namespace {

// An empty state on a ground of the theme, which says its words again when the language changes.
class EmptyPiece final : public QWidget {
    Q_DECLARE_TR_FUNCTIONS(weir::EmptyPiece)
  public:
    enum class Place { Canvas, Outline, Inspector, Timeline, Trace, Charts, Ledger };

    EmptyPiece(Place place, const ThemeSource& themes)
        : m_place(place), m_themes(themes),
          m_state(new EmptyState(themes, place == Place::Canvas ? QStringLiteral("open") : QString(), this)) {
        connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
        retranslate();
    }

    QSize minimumSizeHint() const override { return {0, 0}; }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), m_place == Place::Canvas   ? m_themes.theme().canvas
                                 : m_place == Place::Ledger ? m_themes.theme().raised
                                                            : m_themes.theme().surface);
    }
    void resizeEvent(QResizeEvent*) override { m_state->setGeometry(rect()); }
    void changeEvent(QEvent* event) override {
        if (event->type() == QEvent::LanguageChange)
            retranslate();
        QWidget::changeEvent(event);
    }

  private:
    void retranslate() {
        switch (m_place) {
        case Place::Canvas:
            m_state->setTitle(tr("Open a scenario"));
            m_state->setHint(tr("File > Open, or drop a file here"));
            break;
        case Place::Outline:
            setWindowTitle(tr("Outline"));
            m_state->setHint(tr("Services, channels and event types of the scenario appear here"));
            break;
        case Place::Inspector:
            setWindowTitle(tr("Inspector"));
            m_state->setHint(tr("Figures of what is selected"));
            break;
        case Place::Timeline:
            setWindowTitle(tr("Timeline"));
            m_state->setHint(tr("The time of the run"));
            break;
        case Place::Trace:
            setWindowTitle(tr("Trace"));
            m_state->setHint(tr("Every record of the run, as it happens"));
            break;
        case Place::Charts:
            setWindowTitle(tr("Charts"));
            m_state->setHint(tr("Throughput, depth and latency over time"));
            break;
        case Place::Ledger:
            m_state->setHint(tr("Nothing published yet"));
            break;
        }
    }

    Place m_place;
    const ThemeSource& m_themes;
    EmptyState* m_state;
};

} // namespace

WindowPieces emptyPieces(const ThemeSource& themes) {
    using Place = EmptyPiece::Place;
    return {.canvas = new EmptyPiece(Place::Canvas, themes),
            .ledger = new EmptyPiece(Place::Ledger, themes),
            .panels = {{QStringLiteral("outline"), new EmptyPiece(Place::Outline, themes), PanelArea::Left},
                       {QStringLiteral("inspector"), new EmptyPiece(Place::Inspector, themes), PanelArea::Right},
                       {QStringLiteral("timeline"), new EmptyPiece(Place::Timeline, themes), PanelArea::Strip},
                       {QStringLiteral("trace"), new EmptyPiece(Place::Trace, themes), PanelArea::BottomLeft},
                       {QStringLiteral("charts"), new EmptyPiece(Place::Charts, themes), PanelArea::BottomRight}}};
}

} // namespace weir
