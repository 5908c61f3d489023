// Pieces for a window without views: each place says what would be there. For tests and pictures of the frame alone.
#pragma once

#include "ui/main_window.h"

namespace weir {

WindowPieces emptyPieces(const ThemeSource& themes);

} // namespace weir
