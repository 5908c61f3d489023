// Stage: what lies over the canvas while somebody presents: a caption that says what happens now, and a spotlight on
// where it happens, the rest dimmed. Lets every click through. It reads records up to the playhead and nothing else.
#pragma once

#include "core/record/record_reader.h"
#include "ui/session/selection.h"
#include "ui/theme_source.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

namespace weir {

class Canvas;
class Session;

class Stage final : public QWidget {
    Q_OBJECT
  public:
    static constexpr int holdMilliseconds = 1400;          // a caption stays so long, for it to be read
    static constexpr std::uint64_t looksMax = 20'000;      // records that are looked at for the next caption

    Stage(Session& session, Canvas& canvas, const ThemeSource& themes);

    QString caption() const { return m_caption; }
    NodeRef lit() const { return m_lit; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void takeUpDocument();
    void follow();
    void tell(const Record& record);

    Session& m_session;
    Canvas& m_canvas;
    const ThemeSource& m_themes;
    std::unique_ptr<RecordReader> m_reader;
    std::uint64_t m_seen = 0;
    int m_weight = 0;
    QElapsedTimer m_told;
    QString m_caption;
    NodeRef m_lit, m_lit2; // where it happens: the service and the channel
    QTimer m_late;         // tells what came while a caption was held
};

} // namespace weir
