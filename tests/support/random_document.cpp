#include "support/random_document.h"

#include "core/kernel/random.h"
#include "core/scenario/load.h"

#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <vector>

namespace weir {
namespace {

class Writer {
  public:
    Writer(std::uint64_t seed, std::string_view profile)
        : m_draw(Stream(seed, "test/document").draw(0)), m_delays(Stream(seed, "test/document/delays").draw(0)),
          m_seed(seed), m_profile(profile) {}

    std::string write() {
        std::string text = "{\"weir\":\"1\",\"profile\":\"" + m_profile +
                           "\",\"run\":{\"seed\":" + std::to_string(m_seed) +
                           ",\"for\":" + (chance(0.4) ? "\"end\"" : "\"1200ms\"") +
                           (chance(0.2) ? ",\"latency\":{\"exponential\":\"4ms\"}" : "") + "},";
        text += "\"events\":{" + events() + "},";
        text += "\"channels\":{" + channels() + "},";
        text += "\"services\":{" + services() + "},";
        text += "\"faults\":[" + faults() + "]}";
        return text;
    }

  private:
    std::uint64_t below(std::uint64_t bound) { return m_draw.below(bound); }
    bool chance(double probability) { return m_draw.happens(probability); }
    std::string one(std::initializer_list<const char*> words) { return *(words.begin() + below(words.size())); }
    std::string quoted(const std::string& word) { return "\"" + word + "\""; }
    std::string ms(std::uint64_t low, std::uint64_t high) {
        return "\"" + std::to_string(low + below(high - low + 1)) + "ms\"";
    }
    std::string whole(std::uint64_t low, std::uint64_t high) { return std::to_string(low + below(high - low + 1)); }
    static void add(std::string& list, const std::string& item) { list += (list.empty() ? "" : ",") + item; }
    void maybe(std::string& fields, double probability, const std::string& field) {
        if (chance(probability))
            add(fields, field);
    }

    std::string events() {
        const char* const data = R"("key":"data.key","data":{"key":{"$integer":[1,5]},"n":{"$integer":[1,9]}})";
        m_schema = chance(0.4);
        return std::string("\"order.created\":{") + data +
               (m_schema ? R"(,"schema":{"type":"object","properties":{"n":{"maximum":6}}})" : "") +
               "},\"order.paid\":{" + (chance(0.5) ? data : "") + "}";
    }

    std::string channels() {
        std::string channels;
        const std::string hub = one({"topic", "exchange"});
        m_hub = chance(0.5);
        if (m_hub)
            add(channels, "\"hub\":{\"kind\":" + quoted(hub) + "}");
        const std::size_t count = 1 + below(3);
        for (std::size_t i = 0; i < count; ++i) {
            const bool stream = chance(0.25);
            const std::string name = (stream ? "log-" : "queue-") + std::to_string(i);
            add(channels, quoted(name) + ":{\"kind\":" + quoted(stream ? "stream" : "queue") + "," +
                              (stream ? streamFields() : queueFields()) + "}");
            m_buffers.push_back(name);
        }
        add(channels, R"("dead":{"kind":"queue"})");
        return channels;
    }

    std::string common() {
        std::string fields;
        if (m_hub && chance(0.7))
            add(fields, R"("bind":[{"to":"hub","pattern":")" + one({"#", "order.*", "order.paid"}) + "\"}]");
        maybe(fields, 0.5, "\"ackTimeout\":" + ms(20, 200));
        maybe(fields, 0.6, "\"deadLetter\":\"dead\"");
        if (chance(0.6)) {
            const std::string backoff = one({"none", "fixed", "linear", "exponential"});
            add(fields, "\"retry\":{\"max\":" + whole(0, 3) + ",\"backoff\":" + quoted(backoff) +
                            (backoff == "none" ? "" : ",\"first\":" + ms(1, 40)) + "}");
        }
        maybe(fields, 0.1, R"("dedup":{"window":)" + ms(20, 300) + "}");
        if (m_schema)
            maybe(fields, 0.6, R"("schemaCheck":"reject")");
        maybe(fields, 0.1, "\"rate\":{\"limit\":\"60/s\",\"burst\":" + whole(1, 8) + "}");
        return fields;
    }

    std::string queueFields() {
        std::string fields = common();
        if (chance(0.3)) {
            add(fields, "\"capacity\":" + whole(1, 12));
            maybe(fields, 0.7, "\"overflow\":" + quoted(one({"reject", "dropOldest", "dropNewest", "block"})));
        }
        maybe(fields, 0.25, "\"ttl\":" + ms(5, 300));
        maybe(fields, 0.1, "\"delay\":" + ms(1, 60));
        maybe(fields, 0.2, "\"priorities\":3");
        maybe(fields, 0.4,
              "\"dispatch\":" + quoted(one({"shared", "exclusive", "singleActive", "failover", "keyShared"})));
        return fields.empty() ? "\"title\":{\"en\":\"Queue\"}" : fields;
    }

    std::string streamFields() {
        std::string fields = common();
        add(fields, "\"partitions\":" + whole(1, 4));
        if (chance(0.5))
            add(fields, "\"group\":{\"assignor\":" +
                            quoted(one({"turn", "range", "roundrobin", "sticky", "cooperative-sticky"})) +
                            (chance(0.5) ? ",\"rebalanceTakes\":" + ms(1, 40) : "") + "}");
        return fields;
    }

    std::string emit() {
        std::string fields = "\"emit\":" + quoted(one({"order.created", "order.created", "order.paid"}));
        add(fields, "\"to\":" + quoted(m_hub && chance(0.6) ? "hub" : m_buffers[below(m_buffers.size())]));
        maybe(fields, 0.3, "\"priority\":" + whole(0, 3));
        maybe(fields, 0.1, "\"ttl\":" + ms(5, 200));
        maybe(fields, 0.1, "\"mandatory\":true");
        maybe(fields, 0.3, "\"timeout\":" + ms(5, 100));
        maybe(fields, 0.2, R"("confirm":{"timeout":"40ms","retries":2,"backoff":"5ms"})");
        if (m_delays.happens(0.25)) // drawn apart; RocketMQ's first level is a second
            add(fields, m_delays.happens(0.5) ? R"("delayLevel":1)"
                                              : "\"delay\":\"" + std::to_string(1 + m_delays.below(90)) + "ms\"");
        return fields;
    }

    std::string services() {
        std::string services;
        std::string sources;
        const std::size_t count = 1 + below(2);
        for (std::size_t i = 0; i < count; ++i)
            add(sources, "{" + emit() + ",\"arrivals\":{" +
                             (chance(0.5) ? "\"poisson\":\"" + whole(20, 150) + "/s\"" : "\"every\":" + ms(5, 40)) +
                             ",\"until\":\"500ms\"}}");
        add(services, "\"producer\":{\"sources\":[" + sources + "]}");
        const std::size_t consumers = 1 + below(3);
        for (std::size_t i = 0; i < consumers; ++i)
            add(services, quoted("service-" + std::to_string(i)) + ":{\"instances\":" + whole(1, 3) +
                              ",\"handlers\":[" + handler() + "]}");
        return services;
    }

    std::string handler() {
        std::string fields = "\"on\":" + quoted(m_buffers[below(m_buffers.size())]);
        add(fields, "\"takes\":{\"exponential\":" + ms(1, 25) + "}");
        maybe(fields, 0.4, "\"concurrency\":" + whole(1, 3));
        maybe(fields, 0.3, "\"prefetch\":" + whole(3, 8));
        maybe(fields, 0.4,
              "\"fails\":[{\"how\":" + quoted(one({"nack", "crash", "crashAfterEffect", "reject"})) +
                  ",\"probability\":0.2}]");
        maybe(fields, 0.2, "\"idempotent\":true");
        maybe(fields, 0.2, "\"ack\":" + quoted(one({"automatic", "onReceipt"})));
        if (m_schema)
            maybe(fields, 0.4, R"("reads":[{"event":"order.created","version":"1.0"}])");
        if (chance(0.2)) // half as many as came: a loop dies out
            add(fields,
                R"("then":[{"choose":[{"weight":1,"then":[{"emit":"order.paid","to":"dead"}]},{"weight":1,"then":[]}]}])");
        return fields.insert(0, "{") + "}";
    }

    std::string faults() {
        std::string faults;
        for (std::size_t i = below(3); i > 0; --i) {
            std::string fault = "{\"at\":" + ms(10, 500) + ",";
            switch (below(6)) {
            case 0:
                fault += "\"pause\":\"service-0\",\"for\":" + ms(10, 200);
                break;
            case 1:
                fault += "\"drop\":\"service-0\",\"probability\":0.3,\"for\":" + ms(10, 200);
                break;
            case 2:
                fault += "\"duplicate\":" + quoted(m_buffers.front()) + ",\"probability\":0.5,\"for\":" + ms(10, 200);
                break;
            case 3:
                fault += "\"poison\":\"service-0\",\"count\":2";
                break;
            default:
                fault += "\"crash\":\"service-0\"," + std::string(chance(0.5) ? "\"instance\":0," : "") +
                         "\"for\":" + ms(10, 200);
            }
            add(faults, fault + "}");
        }
        return faults;
    }

    Draw m_draw;
    Draw m_delays;
    std::uint64_t m_seed;
    std::string m_profile;
    std::vector<std::string> m_buffers;
    bool m_hub = false, m_schema = false;
};

} // namespace

std::string randomDocument(std::uint64_t seed, std::string_view profile) {
    return Writer(seed, profile).write();
}

Scenario randomScenarioOf(std::uint64_t seed, std::string_view profile) {
    const std::string text = randomDocument(seed, profile);
    auto scenario = loadScenario(text);
    if (!scenario) {
        std::fprintf(stderr, "seed %llu: %s\n%s\n", static_cast<unsigned long long>(seed),
                     scenario.error().front().text().c_str(), text.c_str());
        std::abort();
    }
    return std::move(scenario).value();
}

} // namespace weir
