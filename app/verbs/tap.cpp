#include "app/verbs/tap.h"

#include "app/command_line.h"
#include "core/live/tap.h"
#include "core/record/record_json.h"
#include "core/record/record_reader.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <ctime>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace weir {
namespace {

struct TapOptions {
    std::vector<std::string> endpoints;
    std::string format = "text";
};

// "12.345678 published order.created A-17 order-service > orders": what a person follows.
void appendText(std::string& out, const Record& record, const Catalogue& catalogue, const MessageSource& messages) {
    out += secondsText(record.at);
    out += ' ';
    out += name(record.kind);
    if (record.type.valid())
        (out += ' ') += catalogue.eventTypes()[record.type.index()].name;
    if (record.ordinal > 0)
        if (const auto message = messages.message(record.ordinal))
            (out += ' ') += message->id;
    const Place place = record.place.valid() ? catalogue.place(record.place) : Place{};
    const std::string service =
        place.service.valid() ? catalogue.services()[place.service.index()].name : std::string();
    const std::string channel =
        place.channel.valid() ? catalogue.channels()[place.channel.index()].name : std::string();
    const bool consumes = place.subscription.valid();
    const std::string& from = consumes ? channel : service;
    const std::string& to = consumes ? service : channel;
    if (!from.empty() || !to.empty())
        out += ' ' + from + (from.empty() || to.empty() ? "" : " > ") + to;
    if (record.reason.valid())
        out += " (" + catalogue.reasons()[record.reason.index()].name + ')';
    out += '\n';
}

class Printer {
  public:
    Printer(const Tap& tap, bool text)
        : m_catalogue(tap.catalogue()), m_messages(tap.messages()), m_reader(tap.store()),
          m_json(*m_catalogue, m_messages.get()), m_text(text) {}

    // What was recorded meanwhile; false when nobody reads it any more.
    bool print() {
        m_reader.refresh();
        if (m_next < m_reader.first()) {
            m_left += m_reader.first() - m_next;
            m_next = m_reader.first();
        }
        while (m_next < m_reader.end()) {
            const auto some = m_reader.from(m_next);
            for (const Record& record : some) {
                if (m_text) {
                    appendText(m_out, record, *m_catalogue, *m_messages);
                } else {
                    m_json.append(m_out, record);
                    m_out += '\n';
                }
                if (m_out.size() > 65'536)
                    flush();
            }
            m_next += some.size();
        }
        flush();
        std::cout.flush();
        return std::cout.good();
    }
    std::uint64_t printed() const { return m_next - m_left; }
    std::uint64_t left() const { return m_left; } // evicted before they could be printed

  private:
    void flush() {
        std::cout.write(m_out.data(), static_cast<std::streamsize>(m_out.size()));
        m_out.clear();
    }

    std::shared_ptr<const Catalogue> m_catalogue;
    std::shared_ptr<const MessageSource> m_messages;
    RecordReader m_reader;
    RecordJson m_json;
    bool m_text;
    std::string m_out;
    std::uint64_t m_next = 0;
    std::uint64_t m_left = 0;
};

// What SIGINT and SIGTERM are for; they must be blocked. True when one came.
bool askedToStop(long milliseconds) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    const timespec patience{milliseconds / 1000, milliseconds % 1000 * 1'000'000};
    return sigtimedwait(&set, nullptr, &patience) > 0;
}

void summarize(const Tap& tap, const Printer& printer) {
    std::cerr << "weir tap: " << tap.observed() << " events, " << printer.printed() << " records, " << tap.refused()
              << " were no CloudEvents, " << tap.dropped() << " dropped";
    if (printer.left() > 0)
        std::cerr << ", " << printer.left() << " records left out";
    for (const Tap::EndpointStatus& endpoint : tap.status())
        if (endpoint.connections == 0)
            std::cerr << "; " << endpoint.endpoint << " was never reached";
    std::cerr << std::endl;
}

int runTap(const TapOptions& options) {
    if (options.endpoints.empty())
        return complain("tap", {"", "needs ENDPOINT, such as tcp://127.0.0.1:5556", ""});
    if (options.format != "text" && options.format != "ndjson")
        return complain("tap", {"--format", "needs text or ndjson", inQuotes(options.format)});
    // Before any thread starts: they inherit it, so that the signals wait for askedToStop().
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN); // a reader that goes away ends this in good order
    const auto tap = Tap::open(options.endpoints);
    if (!tap) {
        for (const Error& error : tap.error())
            complain("tap", error);
        return exit_code::unreachable;
    }
    Printer printer(**tap, options.format == "text");
    bool wanted = true;
    while (wanted && !askedToStop(20))
        wanted = printer.print();
    if (wanted)
        printer.print();
    summarize(**tap, printer);
    return exit_code::fine;
}

} // namespace

void addTap(CLI::App& app, int& exitCode) {
    CLI::App* verb = app.add_subcommand("tap", "Watch a running ZeroMQ system: records to standard output");
    const auto options = std::make_shared<TapOptions>();
    verb->add_option("ENDPOINT", options->endpoints,
                     "PUB or XPUB sockets that carry CloudEvents as JSON: tcp://127.0.0.1:5556");
    verb->add_option("--format", options->format, "text (for people) or ndjson (one record a line)");
    verb->callback([options, &exitCode] { exitCode = runTap(*options); });
}

} // namespace weir
