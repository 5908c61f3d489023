#include "tests/profile_reference.h"

#include "core/scenario/profile.h"

#include <algorithm>
#include <cassert>

namespace weir {
namespace {

struct Words {
    const char *title, *intro, *columns, *held, *documented, *defaults, *cannot, *becomes, *colon, *stop;
};
constexpr Words english{"Brokers",
                        "<!-- Made from `core/broker/profiles/*.json`; do not edit by hand. -->\n\n"
                        "A profile is a table of values of the scenario format's own fields. `\"profile\": \"kafka\"` "
                        "at the top of a file (or at a\n"
                        "channel) fills in what the file leaves out, and leaves out what that system has nothing like; "
                        "each field left out is a\n"
                        "finding. *Grade* says what its rules were held against: the real system, experiment by "
                        "experiment, or its documents.\n"
                        "`boundQueue` is a queue that receives from an exchange or topic, `ownedStream` a stream whose "
                        "group has `\"delivery\": \"partitions\"`.\n"
                        "A workload that moves to another profile (`--profile`, `weir compare`) keeps the `dialect` of "
                        "its topics, in which its patterns were written.\n"
                        "`weir compare FILE --profiles kafka,rabbitmq-quorum` runs the same workload on several.\n"
                        "In the window *Follows*, a setting of the scenario, is the profile; *On another broker* in "
                        "the Runs panel compares two.",
                        "System | Profile | Version | Grade",
                        "held against the real system",
                        "from documents",
                        "Defaults",
                        "Left out:",
                        "%1 becomes %2.",
                        ": ",
                        "."};
constexpr Words chinese{"消息系统",
                        "<!-- 由 `core/broker/profiles/*.json` 生成，请勿手工修改。 -->\n\n"
                        "配置档是一张表，取值都是场景格式自己的字段。文件顶层（或某个通道）写上 `\"profile\": "
                        "\"kafka\"`，就会补上文件没有写的字段，\n"
                        "并略去该系统没有的字段；每个被略去的字段都是一条发现。*等级*"
                        "说明规则的依据：逐个实验与真实系统对照，或依据其文档。\n"
                        "`boundQueue` 指从交换机或主题接收的队列，`ownedStream` 指组的 `\"delivery\"` 为 "
                        "`\"partitions\"` 的流。负载移到别的配置档时（`--profile`、`weir compare`），"
                        "主题保留编写其模式时所用的 `dialect`。\n"
                        "`weir compare 文件 --profiles kafka,rabbitmq-quorum` 在多个系统上运行同一负载。\n"
                        "在窗口中，场景的设置“遵循”就是配置档；“运行”面板中的“换用其他消息系统”比较两个系统。",
                        "系统 | 配置档 | 版本 | 等级",
                        "与真实系统对照",
                        "依据文档",
                        "默认值",
                        "略去：",
                        "%1 变成 %2。",
                        "：",
                        "。"};

class Writer {
  public:
    explicit Writer(ReferenceLanguage language)
        : m_zh(language == ReferenceLanguage::chinese), m_words(m_zh ? chinese : english) {}

    std::string write() const {
        std::string out = "# " + std::string(m_words.title) + "\n\n" + m_words.intro + '\n';
        std::string sections;
        out += "\n| " + std::string(m_words.columns) + " |\n|---|---|---|---|\n";
        for (const std::string_view name : Profile::names()) {
            const std::optional<Profile> profile = Profile::named(name);
            assert(profile);
            out += "| [" + said(profile->title()) + "](#" + anchorOf(said(profile->title())) + ") | `" +
                   profile->name() + "` | " + profile->system() + " | " + grade(*profile) + " |\n";
            sections += section(*profile);
        }
        return out + sections;
    }

  private:
    const std::string& said(const Text& text) const { return m_zh ? text.zh : text.en; }

    std::string grade(const Profile& profile) const {
        return profile.grade() == Profile::Grade::held ? m_words.held : m_words.documented;
    }

    // As pages name their headings: small letters, a hyphen for a space, without brackets and commas.
    static std::string anchorOf(std::string title) {
        for (const std::string_view left : {"（", "）", "(", ")", ",", "/"})
            for (std::size_t at = title.find(left); at != std::string::npos; at = title.find(left))
                title.erase(at, left.size());
        for (char& letter : title)
            letter = letter == ' ' ? '-' : letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
        return title;
    }

    std::string section(const Profile& profile) const {
        std::string out = "\n## " + said(profile.title()) + "\n\n`" + profile.name() + "` · " + profile.system() +
                          " · " + grade(profile) + "\n\n";
        for (const std::string_view kind : {"queue", "stream"})
            if (profile.kindFor(kind) != kind)
                out += filled(m_words.becomes, '`' + std::string(kind) + '`',
                              '`' + std::string(profile.kindFor(kind)) + '`') +
                       "\n\n";
        for (const Profile::Rule& rule : profile.rules())
            out += "- " + said(rule.text) + " *(" + rule.source + ")*\n";
        std::string defaults;
        for (const char* part : parts)
            for (const auto& [field, value] : ownDefaults(profile, part))
                defaults += (defaults.empty() ? "" : ", ") + std::string("`") + part + '.' + field + "` = `" +
                            value.canonical() + '`';
        if (!defaults.empty())
            out += "\n" + std::string(m_words.defaults) + m_words.colon + defaults + m_words.stop + '\n';
        const auto reasons = leftOut(profile);
        if (!reasons.empty())
            out += "\n" + std::string(m_words.cannot) + "\n\n";
        for (const auto& [why, fields] : reasons)
            out += "- " + why + ' ' + fields + '\n';
        return out;
    }

    // Each reason with its fields, in the order of the parts.
    std::vector<std::pair<std::string, std::string>> leftOut(const Profile& profile) const {
        std::vector<std::pair<std::string, std::string>> reasons;
        for (const char* part : limitedParts)
            for (const Profile::Limit& limit : profile.limits(part)) {
                auto reason = std::find_if(reasons.begin(), reasons.end(),
                                           [&](const auto& known) { return known.first == said(limit.why); });
                if (reason == reasons.end())
                    reason = reasons.insert(reason, {said(limit.why), ""});
                reason->second += (reason->second.empty() ? "`" : ", `") + std::string(part) + '.' + limit.field +
                                  (limit.value.empty() ? "" : " = " + limit.value) + '`';
            }
        return reasons;
    }

    // Of a queue that receives from an exchange, and of a stream whose partitions have owners: what is otherwise than
    // with all of them.
    static Value::Table ownDefaults(const Profile& profile, std::string_view part) {
        Value::Table defaults = profile.defaults(part);
        if (part == "boundQueue" || part == "ownedStream")
            std::erase_if(defaults, [&](const Value::Member& member) {
                const Value::Table& all = profile.defaults(part == "boundQueue" ? "queue" : "stream");
                return std::find(all.begin(), all.end(), member) != all.end();
            });
        return defaults;
    }

    static std::string filled(std::string text, const std::string& first, const std::string& second) {
        text.replace(text.find("%1"), 2, first);
        text.replace(text.find("%2"), 2, second);
        return text;
    }

    static constexpr const char* parts[] = {"queue", "boundQueue", "stream",  "ownedStream",
                                            "topic", "exchange",   "handler", "emit"};
    static constexpr const char* limitedParts[] = {"stream", "queue",    "group",   "retry", "binding",
                                                   "topic",  "exchange", "handler", "emit",  "confirm", "fault"};
    bool m_zh;
    const Words& m_words;
};

} // namespace

std::string profileReference(ReferenceLanguage language) {
    return Writer(language).write();
}

} // namespace weir
