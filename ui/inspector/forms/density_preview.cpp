#include "ui/inspector/forms/density_preview.h"

#include "core/scenario/distribution_reader.h"
#include "ui/format.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr std::size_t samplesTaken = 4'000;
constexpr int captionHeight = 16;
const QString separator = QStringLiteral(" · ");

} // namespace

Density densityOf(const Distribution& distribution, std::size_t bins) {
    std::vector<double> samples;
    samples.reserve(samplesTaken);
    const Stream stream(1, "preview");
    for (std::uint64_t i = 0; i < samplesTaken; ++i) {
        Draw draw = stream.draw(i);
        samples.push_back(distribution.sample(draw));
    }
    std::sort(samples.begin(), samples.end());
    const auto at = [&samples](double share) {
        return samples[static_cast<std::size_t>(share * static_cast<double>(samples.size() - 1))];
    };
    Density density;
    density.mean = distribution.mean();
    density.p99 = distribution.quantile(0.99).value_or(at(0.99));
    density.high = std::max(at(0.995), density.p99 * 1.05);
    if (density.high <= 0)
        density.high = 1;
    std::vector<std::size_t> counts(bins, 0);
    for (const double sample : samples)
        if (sample <= density.high)
            ++counts[std::min(bins - 1, static_cast<std::size_t>(sample / density.high * static_cast<double>(bins)))];
    const double most = static_cast<double>(*std::max_element(counts.begin(), counts.end()));
    for (const std::size_t count : counts)
        density.bins.push_back(static_cast<double>(count) / most);
    return density;
}

DensityPreview::DensityPreview(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void DensityPreview::setDistribution(const Value& value, bool times) {
    Complaints complaints;
    const Given given(value, {}, complaints);
    const auto read = times ? readDistribution(given) : readNumberDistribution(given);
    m_times = times;
    m_density = read ? std::optional(densityOf(*read, 48)) : std::nullopt;
    describe();
    update();
}

QString DensityPreview::caption() const {
    if (!m_density)
        return {};
    const auto shown = [this](double amount) {
        return m_times ? durationText(Distribution::durationOf(amount)) : numberText(amount);
    };
    const QString mean =
        std::isfinite(m_density->mean) ? tr("mean %1").arg(shown(m_density->mean)) : tr("mean without end");
    return mean + separator + QStringLiteral("p99 ") + shown(m_density->p99);
}

void DensityPreview::describe() {
    setAccessibleName(tr("Shape of the distribution"));
    setAccessibleDescription(caption());
}

void DensityPreview::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        describe();
    QWidget::changeEvent(event);
}

void DensityPreview::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(rect(), 6, 6);
    if (!m_density)
        return;
    const QRectF area = QRectF(rect()).adjusted(8, 8, -8, -captionHeight - 2);
    const double step = area.width() / static_cast<double>(m_density->bins.size());
    QPainterPath shape(area.bottomLeft());
    double x = area.left();
    for (const double bin : m_density->bins) {
        const double y = area.bottom() - bin * area.height();
        shape.lineTo(x, y);
        shape.lineTo(x + step, y);
        x += step;
    }
    shape.lineTo(area.bottomRight());
    painter.fillPath(shape, theme.tint(Tone::Accent));
    painter.setPen(QPen(theme.accent, 1));
    painter.drawPath(shape);
    const auto mark = [&](double amount, Tone tone, Qt::PenStyle style) {
        if (!std::isfinite(amount))
            return;
        const double at = area.left() + std::min(1.0, amount / m_density->high) * area.width();
        painter.setPen(QPen(theme.colour(tone), 1, style));
        painter.drawLine(QPointF(at, area.top() - 3), QPointF(at, area.bottom()));
    };
    mark(m_density->mean, Tone::Neutral, Qt::SolidLine);
    mark(m_density->p99, Tone::Warn, Qt::DashLine);
    painter.setPen(theme.muted);
    painter.setFont(theme.font(TextRole::Label));
    painter.drawText(QRectF(8, height() - captionHeight - 1, width() - 16, captionHeight), Qt::AlignVCenter, caption());
}

} // namespace weir
