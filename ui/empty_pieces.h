// The window's pieces while no scenario is open: each place says what will be there and how to get it.
#pragma once

#include "ui/main_window.h"

namespace weir {

WindowPieces emptyPieces(const ThemeSource& themes);

} // namespace weir
