// Fixes: what can be done about a finding at once, as named edits. Each is tried before it is offered: only one after
// which the scenario still loads and the finding is gone is a fix. Where there is no honest one (who is to consume an
// event is the author's choice) none is offered.
#pragma once

#include "core/scenario/document.h"
#include "core/scenario/finding.h"
#include "core/scenario/scenario.h"

#include <string>
#include <vector>

namespace weir {

struct Fix {
    std::string code;                   // "addDeadLetter"; stable
    std::vector<std::string> arguments; // names and figures for its sentence
    std::string text;                   // English: what it does, as an imperative
    std::vector<Edit> edits;
};

// Whether there are fixes for findings of this kind, without trying them.
bool mayHaveFix(const Finding& finding);
// The first is the one to suggest.
std::vector<Fix> fixesOf(const Finding& finding, const Document& document, const Scenario& scenario);

} // namespace weir
