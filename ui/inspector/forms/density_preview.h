// DensityPreview: the shape of a distribution as a small picture, with its mean and p99 marked and said. Drawn from
// samples of fixed draws, so that every distribution has one and the same one looks the same.
#pragma once

#include "core/kernel/distribution.h"
#include "core/value.h"
#include "ui/theme_source.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace weir {

// How samples fall into `bins` equal parts of [0, high], each share relative to the highest; high: the p99.5 of them.
struct Density {
    double high = 0;
    double mean = 0;
    double p99 = 0;
    std::vector<double> bins;
};
Density densityOf(const Distribution& distribution, std::size_t bins);

class DensityPreview final : public QWidget {
    Q_OBJECT
  public:
    explicit DensityPreview(const ThemeSource& themes, QWidget* parent = nullptr);

    // As a scenario file writes it; what cannot be read shows nothing.
    void setDistribution(const Value& value, bool times);
    QString caption() const; // "mean 240 ms · p99 800 ms"

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void describe();

    const ThemeSource& m_themes;
    std::optional<Density> m_density;
    bool m_times = true;
};

} // namespace weir
