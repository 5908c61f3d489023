// BottleneckBanner: says in two lines which service holds the system back, how fast its queue grows and what would hold
// it. A click goes there. It finds nothing itself.
#pragma once

#include "core/record/bottleneck.h"
#include "ui/theme_source.h"

#include <QAbstractButton>

#include <optional>

namespace weir {

class BottleneckBanner final : public QAbstractButton {
    Q_OBJECT
  public:
    explicit BottleneckBanner(const ThemeSource& themes, QWidget* parent);

    // Without one it hides.
    void setCompact(bool compact); // one line; the other is its tooltip
    void tell(const std::optional<Bottleneck>& bottleneck, const QString& service, const QString& channel);

    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void word();

    const ThemeSource& m_themes;
    std::optional<Bottleneck> m_bottleneck;
    QString m_service;
    QString m_channel;
    QString m_title;
    bool m_compact = false;
    QString m_line;
};

} // namespace weir
