// Fuzzy search: how well typed letters fit a name, for palettes and finders. The letters must come in their order;
// those at the starts of words and those in a row count more, and a short name beats a long one. Pure functions.
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace weir {

struct FuzzyMatch {
    int score = 0;        // higher is better; only for comparing matches of one query
    QList<int> positions; // of the letters in the name, ascending: to make them stand out
};

// Case and spaces of the query do not count; an empty query fits everything with score 0.
std::optional<FuzzyMatch> fuzzyMatch(const QString& query, const QString& name);

} // namespace weir
