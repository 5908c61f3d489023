#include "ui/inspector/behaviour.h"

#include "ui/cut_text.h"
#include "ui/format.h"
#include "ui/inspector/forms/choice_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::Behaviour)
};

const QString separator = QStringLiteral(" · ");

QString inSeconds(double seconds) {
    return durationText(Distribution::durationOf(seconds));
}

} // namespace

QString textOf(const Text& text) {
    const bool chinese = QLocale().language() == QLocale::Chinese;
    constexpr qsizetype shown = 4'000; // letters: nobody reads more of it here, and laying them out takes its time
    return cutText(QString::fromStdString(chinese && !text.zh.empty() ? text.zh : text.en), shown);
}

QString instancesText(std::int64_t count) {
    return count == 1 ? Words::tr("1 instance") : Words::tr("%1 instances").arg(countText(count));
}

QString workersText(std::int64_t count) {
    return count == 1 ? Words::tr("1 worker") : Words::tr("%1 workers").arg(countText(count));
}

QString partitionsText(std::int64_t count) {
    return count == 1 ? Words::tr("1 partition") : Words::tr("%1 partitions").arg(countText(count));
}

QString distributionText(const Distribution& distribution) {
    const double mean = distribution.mean();
    if (distribution.shapeName() == "constant")
        return inSeconds(mean);
    QStringList parts{shapeLabel(distribution.shapeName())};
    parts << (std::isfinite(mean) ? Words::tr("mean %1").arg(inSeconds(mean)) : Words::tr("mean without end"));
    if (const auto p99 = distribution.quantile(0.99))
        parts << QStringLiteral("p99 ") + inSeconds(*p99);
    return parts.join(separator);
}

QString retryText(const RetrySpec& retry) {
    QStringList parts;
    const QString count = retry.max ? countText(*retry.max) + QStringLiteral(" ×") : Words::tr("without end");
    switch (retry.backoff) {
    case Backoff::none:
        return count + separator + Words::tr("at once");
    case Backoff::fixed:
        return count + separator + Words::tr("each after %1").arg(durationText(retry.first));
    case Backoff::linear:
        return count + QLatin1Char(' ') + Words::tr("linear") + separator +
               Words::tr("%1 first").arg(durationText(retry.first));
    case Backoff::exponential:
        return count + QLatin1Char(' ') + Words::tr("exponential") + separator +
               Words::tr("%1 first").arg(durationText(retry.first));
    case Backoff::summed:
        return count + QLatin1Char(' ') + Words::tr("exponential, summed") + separator +
               Words::tr("%1 first").arg(durationText(retry.first));
    case Backoff::explicitSteps:
        for (const Duration step : retry.steps)
            parts << durationText(step);
        return count + separator + parts.join(QStringLiteral(", "));
    }
    Q_UNREACHABLE();
}

} // namespace weir
