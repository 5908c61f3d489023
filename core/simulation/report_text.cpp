// The text form of a run's report: calm, aligned, for people. It reads the object that scripts read, and adds nothing.
#include "core/simulation/run_report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

namespace weir {
namespace {

constexpr std::size_t rowsMax = 40;       // of one table; the others are counted
constexpr std::size_t quantitiesMax = 12; // of one state table
constexpr std::string_view nothing = "-";

const Value& at(const Value& table, std::string_view key) {
    static const Value null;
    const Value* member = table.member(key);
    return member ? *member : null;
}

const Value::Table& rows(const Value& table) {
    static const Value::Table none;
    return table.table() ? *table.table() : none;
}

const Value::List& items(const Value& list) {
    static const Value::List none;
    return list.list() ? *list.list() : none;
}

std::string textOf(const Value& value) {
    return value.text() ? *value.text() : value.isNull() ? std::string(nothing) : value.canonical();
}

std::string formatted(const char* format, double number) {
    std::array<char, 64> text;
    std::snprintf(text.data(), text.size(), format, number);
    return text.data();
}

// 1,234,567
std::string grouped(std::string digits) {
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    for (std::size_t place = digits.size(); place > first + 3;) {
        place -= 3;
        digits.insert(place, ",");
    }
    return digits;
}

std::string count(const Value& value) {
    if (!value.number())
        return std::string(nothing);
    const std::optional<std::int64_t> whole = value.number()->whole();
    return whole ? grouped(std::to_string(*whole)) : value.number()->text();
}

// Three significant digits: 12.3, 0.0123, 1,234.
std::string figure(const Value& value) {
    if (!value.number())
        return std::string(nothing);
    const double number = value.number()->toDouble();
    if (value.number()->isWhole() || std::abs(number) >= 999.5)
        return grouped(formatted("%.0f", number));
    return formatted("%.3g", number);
}

std::string percent(const Value& value) {
    return value.number() ? formatted("%.1f %%", value.number()->toDouble() * 100) : std::string(nothing);
}

// 1.23 s, 45.6 ms, 789 us
std::string duration(const Value& value) {
    if (!value.number())
        return std::string(nothing);
    struct Unit {
        double least, scale;
        const char* name;
    };
    constexpr std::array units{Unit{1, 1, " s"}, Unit{1e-3, 1e3, " ms"}, Unit{1e-6, 1e6, " us"}, Unit{0, 1e9, " ns"}};
    const double number = value.number()->toDouble();
    if (number == 0)
        return "0 s";
    for (const Unit& unit : units)
        if (std::abs(number) >= unit.least * 0.9995)
            return (std::abs(number) >= 999.5 ? grouped(formatted("%.0f", number))
                                              : formatted("%.3g", number * unit.scale)) +
                   unit.name;
    return {};
}

// Columns in characters (names may be Chinese: each of those is two columns wide on a terminal).
std::size_t width(std::string_view text) {
    std::size_t columns = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        columns += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xE3U ? 2 : 1;
    }
    return columns;
}

class TextTable {
  public:
    explicit TextTable(std::vector<std::string> heads) : m_lines{std::move(heads)} {}
    void add(std::vector<std::string> cells) { m_lines.push_back(std::move(cells)); }
    bool empty() const { return m_lines.size() == 1; }

    // The first column to the left, the others to the right.
    void appendTo(std::string& out) const {
        std::vector<std::size_t> widths(m_lines.front().size(), 0);
        const std::size_t shown = std::min(m_lines.size(), rowsMax + 1);
        for (std::size_t i = 0; i < shown; ++i)
            for (std::size_t column = 0; column < widths.size(); ++column)
                widths[column] = std::max(widths[column], width(m_lines[i][column]));
        for (std::size_t i = 0; i < shown; ++i) {
            std::string line = i == 0 ? "" : "  ";
            for (std::size_t column = 0; column < widths.size(); ++column) {
                const std::string& cell = m_lines[i][column];
                const std::size_t room = widths[column] + (column == 0 && i == 0 ? 2 : 0);
                const std::string padding(room - std::min(room, width(cell)), ' ');
                line += column == 0 ? cell + padding : "  " + padding + cell;
            }
            out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
        }
        if (shown < m_lines.size())
            out += "  and " + std::to_string(m_lines.size() - shown) + " more\n";
    }

  private:
    std::vector<std::vector<std::string>> m_lines; // the first holds the heads
};

struct Term {
    std::string_view key, word;
};

std::string equation(const Value& table, std::span<const Term> terms) {
    std::string line;
    for (const Term& term : terms)
        line += (line.empty() ? "" : " + ") + std::string(term.word) + ' ' + count(at(table, term.key));
    return line;
}

void appendLedger(std::string& out, const Value& ledger) {
    constexpr std::array messages{Term{"refused", "refused"}, Term{"deduplicated", "deduplicated"},
                                  Term{"unroutable", "unroutable"}, Term{"held", "held"}, Term{"routed", "routed"}};
    constexpr std::array copies{Term{"inTransit", "in transit"}, Term{"delayed", "delayed"},
                                Term{"ready", "ready"},          Term{"inFlight", "in flight"},
                                Term{"acked", "acked"},          Term{"deadLettered", "dead-lettered"},
                                Term{"expired", "expired"},      Term{"dropped", "dropped"},
                                Term{"purged", "purged"},        Term{"lost", "lost"}};
    out += "Ledger\n";
    out += "  published " + count(at(ledger, "published")) + " = " + equation(ledger, messages) + '\n';
    const std::string born = "  copies " + count(at(ledger, "copies")) + " = ";
    out += born + equation(at(ledger, "outcomes"), std::span(copies).first(4)) + '\n';
    out += std::string(born.size() - 2, ' ') + "+ " + equation(at(ledger, "outcomes"), std::span(copies).subspan(4)) +
           '\n';
    if (const Decimal* lost = at(ledger, "effectsLost").number(); lost && *lost != Decimal(0))
        out += "  effects lost " + count(at(ledger, "effectsLost")) + '\n';
}

void appendNodes(std::string& out, const Value& report) {
    if (const Value* nodes = report.member("nodes"))
        out += "  elections " + count(at(*nodes, "elections")) + ", lost though promised " +
               count(at(*nodes, "promisesLost")) + '\n';
}

void appendSubscriptions(std::string& out, const Value& subscriptions) {
    TextTable table(
        {"Subscriptions", "delivered", "acked", "again", "dead", "expired", "dropped", "depth", "most", "wait", "p99"});
    for (const auto& [name, row] : rows(subscriptions))
        table.add({name, count(at(row, "delivered")), count(at(row, "acked")), count(at(row, "redelivered")),
                   count(at(row, "deadLettered")), count(at(row, "expired")), count(at(row, "dropped")),
                   figure(at(row, "depthMean")), count(at(row, "depthMax")), duration(at(row, "waitMean")),
                   duration(at(row, "waitP99"))});
    if (!table.empty())
        table.appendTo(out += '\n');
}

void appendServices(std::string& out, const Value& services) {
    TextTable table({"Services", "handled", "failed", "busy", "per s", "service", "response", "p99"});
    for (const auto& [name, row] : rows(services))
        table.add({name, count(at(row, "handled")), count(at(row, "failed")), percent(at(row, "utilization")),
                   figure(at(row, "throughput")), duration(at(row, "serviceMean")), duration(at(row, "responseMean")),
                   duration(at(row, "responseP99"))});
    if (!table.empty())
        table.appendTo(out += '\n');
}

void appendLatency(std::string& out, const Value& latency) {
    if (at(latency, "mean").isNull())
        return;
    out += "\nEnd to end  mean " + duration(at(latency, "mean"));
    for (const std::string_view name : {"p50", "p90", "p99", "p999", "max"})
        out += ", " + std::string(name == "p999" ? "p99.9" : name) + ' ' + duration(at(latency, name));
    out += '\n';
}

std::string stateLine(const Value& table) {
    std::string line;
    for (const auto& [status, entries] : rows(at(table, "statuses")))
        line += (line.empty() ? "" : ", ") + status + ' ' + count(entries);
    std::size_t shown = 0;
    for (const auto& [key, quantity] : rows(at(table, "quantities"))) {
        if (shown++ == quantitiesMax)
            return count(at(table, "entries")) + " entries, together " + count(at(table, "sum"));
        line += (line.empty() ? "" : ", ") + key + ' ' + count(quantity);
    }
    return line.empty() ? "empty" : line;
}

void appendState(std::string& out, const Value& state) {
    std::size_t nameWidth = 0;
    std::size_t tableWidth = 0;
    for (const auto& [service, tables] : rows(state))
        for (const auto& [name, inside] : rows(tables)) {
            nameWidth = std::max(nameWidth, width(service));
            tableWidth = std::max(tableWidth, width(name));
        }
    if (nameWidth == 0)
        return;
    out += "\nState\n";
    for (const auto& [service, tables] : rows(state))
        for (const auto& [name, inside] : rows(tables))
            out += "  " + service + std::string(nameWidth - width(service), ' ') + "  " + name +
                   std::string(tableWidth - width(name), ' ') + "  " + stateLine(inside) + '\n';
}

void appendExpectations(std::string& out, const Value& expectations) {
    if (items(expectations).empty())
        return;
    out += "\nExpectations\n";
    for (const Value& expectation : items(expectations)) {
        const bool* const ok = at(expectation, "ok").truth();
        out += std::string(ok && *ok ? "  ok      " : "  FAILED  ") + textOf(at(expectation, "expect")) + '\n';
        if (const Value& title = at(expectation, "title"); title.text())
            out += "          " + *title.text() + '\n';
        if (const Value& left = at(expectation, "unchecked"); left.number())
            out += "          not checked: " + count(left) + '\n';
        const Value& violation = at(expectation, "violation");
        if (violation.isNull())
            continue;
        out += "          at " + textOf(at(violation, "at")) + " s: " + textOf(at(violation, "why")) + '\n';
        if (const Value& record = at(violation, "record"); !record.isNull())
            out += "          " + record.canonical() + '\n';
    }
}

std::string within(const Value& figures, std::string_view key, std::string (*shown)(const Value&)) {
    const Value& summary = at(figures, key);
    const Value& ci95 = at(summary, "ci95");
    return shown(at(summary, "mean")) + (ci95.isNull() ? "" : " \u00B1 " + shown(ci95));
}

void appendReplications(std::string& out, const Value& replications) {
    if (replications.isNull())
        return;
    out += "\n" + count(at(replications, "n")) +
           " replications: mean \u00B1 half the 95 % confidence interval (above: the first of them)\n";
    const Value& figures = at(replications, "figures");
    TextTable subscriptions({"Subscriptions", "acked", "dead", "depth", "wait", "wait p99"});
    for (const auto& [name, row] : rows(at(figures, "subscriptions")))
        subscriptions.add({name, within(row, "acked", figure), within(row, "deadLettered", figure),
                           within(row, "depthMean", figure), within(row, "waitMean", duration),
                           within(row, "waitP99", duration)});
    if (!subscriptions.empty())
        subscriptions.appendTo(out);
    TextTable services({"Services", "busy", "per s", "response", "response p99"});
    for (const auto& [name, row] : rows(at(figures, "services")))
        services.add({name, within(row, "utilization", percent), within(row, "throughput", figure),
                      within(row, "responseMean", duration), within(row, "responseP99", duration)});
    if (!services.empty())
        services.appendTo(out);
    out += "End to end  mean " + within(at(figures, "latency"), "mean", duration) + ", p99 " +
           within(at(figures, "latency"), "p99", duration) + '\n';
    for (const auto& [key, words] :
         {Term{"unexpected", "with failed expectations"}, Term{"bounded", "stopped by a bound"}})
        if (const Value::List& list = items(at(replications, key)); !list.empty())
            out += std::to_string(list.size()) + ' ' + std::string(words) + ", the first is number " +
                   count(list.front()) + '\n';
}

std::string stopText(const std::string& reason) {
    if (reason == "done")
        return "its time was over";
    if (reason == "idle")
        return "nothing was left to do";
    if (reason == "bound")
        return "a limit of the scenario was reached";
    return reason;
}

} // namespace

std::string reportText(const Value& report) {
    std::string out = textOf(at(report, "scenario")) + "\n";
    out += textOf(at(report, "simulatedSeconds")) + " s simulated";
    if (const Value& wall = at(report, "wallSeconds"); !wall.isNull())
        out += " in " + duration(wall);
    out += ", " + count(at(report, "messages")) + " messages, " + count(at(report, "dues")) + " dues\n";
    out += "seed " + textOf(at(report, "seed")) + ", fingerprint " + textOf(at(report, "fingerprint")) +
           ", stopped: " + stopText(textOf(at(report, "stopped"))) + "\n\n";
    appendLedger(out, at(report, "ledger"));
    appendNodes(out, report);
    appendSubscriptions(out, at(report, "subscriptions"));
    appendServices(out, at(report, "services"));
    appendLatency(out, at(report, "latency"));
    appendState(out, at(report, "state"));
    appendReplications(out, at(report, "replications"));
    appendExpectations(out, at(report, "expectations"));
    return out;
}

} // namespace weir
