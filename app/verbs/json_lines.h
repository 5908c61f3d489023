// JSON lines in, one line out for each, for the verbs that have --batch: a table comes in, the verb answers with the
// members that say what it found, and the same table goes out with those in place of any of the same name.
// Memory is bounded by the longest line that is accepted (16 MiB).
#pragma once

#include "core/result.h"
#include "core/value.h"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <string>
#include <string_view>

namespace weir {

// The next line without its end; false behind the last one. A line beyond 16 MiB is passed over and flagged.
bool takeLine(std::istream& in, std::string& line, bool& tooLong);

// Complaints about input lines: the first 20 go to standard error, the others are counted.
class LineComplaints {
  public:
    explicit LineComplaints(std::string_view verb) : m_verb(verb) {}
    void add(const Error& error);
    // Says how many were left out; exit_code::badInput where there was any complaint, else exit_code::fine.
    int finish() const;

  private:
    std::string_view m_verb;
    std::uint64_t m_count = 0;
};

// What a verb found on one line.
struct LineAnswer {
    Value::Member member;  // {"match", true}, or {"error", why}
    bool badInput = false; // the line itself was unusable, not merely answered with an error
};

struct JsonLines {
    std::istream& in;
    std::ostream& out;
    std::string_view verb;                           // for what goes to standard error
    std::initializer_list<std::string_view> answers; // members that never survive from the input
};

// Empty lines are skipped. An unusable line is answered with an error too, so that lines in and out stay in step; it is
// named on standard error, and the exit code is then exit_code::badInput, else exit_code::fine.
int answerLines(const JsonLines& lines, const std::function<LineAnswer(const Value& line)>& answer);

// The answer to a line that lacks what the verb needs.
LineAnswer unusable(const Error& error);

} // namespace weir
