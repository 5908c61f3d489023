// ScenarioThumbnail: a scenario's topology as a small picture, placed and drawn as the canvas does it, without a run.
#pragma once

#include "core/scenario/scenario.h"
#include "ui/theme.h"

#include <QPixmap>

namespace weir {

// `size` in device-independent pixels; the whole scenario fits in, on the ground of the canvas.
QPixmap scenarioThumbnail(const Scenario& scenario, const Theme& theme, QSize size, qreal density);

} // namespace weir
