// What a source or handler does, as a scenario file writes it: one action or a list of them. Templates, paths and
// expressions are compiled once to see whether they can be; the scenario keeps their text.
#pragma once

#include "core/scenario/given.h"
#include "core/scenario/names.h"
#include "core/scenario/scenario.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weir {

class ActionReader {
  public:
    explicit ActionReader(const Names& names) : m_names(names) {}

    Actions readActions(const Given& given) const;
    // A table with "emit" and what belongs to it; other keys of it are the caller's.
    Action readEmitOf(const Given& given) const;

  private:
    Action readAction(const Given& given) const;
    Action readReserve(const Given& given) const;
    Action readRelease(const Given& given) const;
    Action readAdd(const Given& given) const;
    Action readFill(const Given& given) const;
    Action readSet(const Given& given) const;
    Action readChoose(const Given& given) const;
    Action readIf(const Given& given) const;
    auto asActions() const {
        return [this](const Given& given) -> std::optional<std::shared_ptr<Actions>> {
            return std::make_shared<Actions>(readActions(given));
        };
    }

    const Names& m_names;
};

// --- texts with a grammar: nothing, and a complaint, where they cannot be compiled ---

std::optional<std::string> readExpression(const Given& given);
std::optional<std::string> readEventPath(const Given& given);
std::optional<Value> readTemplate(const Given& given);
std::optional<std::string> readTextTemplate(const Given& given);

} // namespace weir
