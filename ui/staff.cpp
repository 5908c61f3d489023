#include "ui/staff.h"

#include "core/record/catalogue.h"
#include "core/record/picture.h"

#include <algorithm>

namespace weir {

Staff staffOf(ServiceId service, const Picture& picture, const Catalogue& catalogue) {
    const ServiceRow& row = catalogue.services()[service.index()];
    const ServiceFigures& figures = picture.service(service);
    if (figures.instances.empty()) // no record has told of it yet
        return {.instances = row.instances, .up = row.instances, .workersEach = row.workers};
    const auto first = figures.instances.begin();
    const std::size_t count = std::min(figures.inService, figures.instances.size());
    return {.instances = static_cast<std::int64_t>(count),
            .up = std::count_if(first, first + static_cast<std::ptrdiff_t>(count),
                                [](const InstanceFigures& instance) { return instance.up; }),
            .workersEach = figures.workers};
}

} // namespace weir
