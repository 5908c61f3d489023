// What a scenario asks for and the named system does not have: it runs without, and that is said.
#include "core/scenario/inspection.h"

namespace weir {

void inspectProfiles(Inspection& inspection) {
    for (const LeftOut& left : inspection.scenario.leftOut)
        inspection.add({.severity = Severity::warning,
                        .code = "profileLeavesOut",
                        .where = left.where,
                        .text = '"' + left.field + "\" is left out: " + left.why.en + " (profile " + left.profile + ")",
                        .names = {},
                        .arguments = {left.field, left.profile, left.why.en, left.why.zh}});
}

} // namespace weir
