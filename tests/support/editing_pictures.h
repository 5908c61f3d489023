// Pictures of the canvas while somebody edits on it: several selected, an edge being pulled, a question, a name, nothing.
#pragma once

#include <QString>

#include <functional>

namespace weir {

class Studio;

// `shoot` takes a picture of the window under that name.
void shootEditing(Studio& studio, const std::function<void(const QString&)>& shoot);

} // namespace weir
