#include "app/verbs/json_lines.h"

#include "app/command_line.h"

#include <algorithm>
#include <iostream>
#include <limits>
#include <vector>

namespace weir {
namespace {

constexpr std::size_t lineSizeMax = std::size_t{16} << 20;
constexpr std::uint64_t complaintsMax = 20; // on standard error; the answers name every bad line anyway

LineAnswer answerLine(const std::string& line, bool tooLong, const std::function<LineAnswer(const Value&)>& answer,
                      Value::Table& table) {
    if (tooLong)
        return unusable({"", "needs a line of at most 16 MiB", ""});
    const Result<Value> value = Value::parse(line);
    if (!value)
        return unusable(value.error());
    if (!value->table())
        return unusable({"", "needs a JSON table", inQuotes(line)});
    table = *value->table();
    return answer(*value);
}

} // namespace

bool takeLine(std::istream& in, std::string& line, bool& tooLong) {
    line.clear();
    tooLong = false;
    std::streambuf& buffer = *in.rdbuf();
    bool any = false;
    for (int c = buffer.sbumpc(); c != std::streambuf::traits_type::eof(); c = buffer.sbumpc()) {
        any = true;
        if (c == '\n')
            return true;
        if (line.size() < lineSizeMax)
            line += static_cast<char>(c);
        else
            tooLong = true;
    }
    return any;
}

void LineComplaints::add(const Error& error) {
    if (++m_count <= complaintsMax)
        complain(m_verb, error);
}

int LineComplaints::finish() const {
    if (m_count > complaintsMax)
        complain(m_verb, {"", std::to_string(m_count - complaintsMax) + " more lines could not be used", ""});
    return m_count > 0 ? exit_code::badInput : exit_code::fine;
}

LineAnswer unusable(const Error& error) {
    return {{"error", error.text()}, true};
}

int answerLines(const JsonLines& lines, const std::function<LineAnswer(const Value& line)>& answer) {
    std::string line;
    bool tooLong = false;
    LineComplaints complaints(lines.verb);
    for (std::uint64_t number = 1; takeLine(lines.in, line, tooLong); ++number) {
        if (!tooLong && line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        Value::Table table;
        LineAnswer found = answerLine(line, tooLong, answer, table);
        if (found.badInput)
            complaints.add({"line " + std::to_string(number), *found.member.second.text(), ""});
        std::erase_if(table, [&](const Value::Member& member) {
            return member.first == found.member.first ||
                   std::find(lines.answers.begin(), lines.answers.end(), member.first) != lines.answers.end();
        });
        table.push_back(std::move(found.member));
        lines.out << Value(std::move(table)).canonical() << '\n';
    }
    lines.out.flush();
    const int exitCode = complaints.finish();
    if (!lines.out)
        return complain(lines.verb, {"standard output", "could not be written", ""});
    return exitCode;
}

} // namespace weir
