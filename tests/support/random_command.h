// A command drawn at random: any kind, about anything that the model has, or that it refuses.
#pragma once

#include "core/kernel/random.h"
#include "core/simulation/command.h"
#include "core/simulation/model.h"

namespace weir {

// `messages`: so many have been published.
Command randomCommand(const Model& model, std::uint64_t messages, Draw& draw);

} // namespace weir
