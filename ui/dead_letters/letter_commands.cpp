#include "ui/dead_letters/letter_commands.h"

#include "core/record/message_source.h"
#include "ui/errors/error_text.h"
#include "ui/format.h"

namespace weir {

LetterCommands::Letter LetterCommands::letterOf(const DeadLetter& letter, const Catalogue& catalogue) {
    const auto name = [&](ChannelId id) { return id.valid() ? catalogue.channels()[id.index()].name : std::string(); };
    return {.ordinal = letter.ordinal, .channel = name(letter.channel), .from = name(letter.from)};
}

QString LetterCommands::refusal(const Errors& errors) {
    return tr("refused: %1").arg(errorText(errors.front()));
}

QString LetterCommands::give(CommandKind kind, const std::vector<Letter>& letters, const QString& done) {
    std::size_t given = 0;
    for (const Letter& letter : letters) {
        if (given == lettersMax)
            break;
        const Errors errors = m_session.apply({.kind = kind, .target = letter.channel, .ordinal = letter.ordinal});
        if (!errors.empty())
            return refusal(errors);
        ++given;
    }
    const QString count = countText(static_cast<std::int64_t>(given));
    return given < letters.size()
               ? done.arg(tr("%1 of %2").arg(count, countText(static_cast<std::int64_t>(letters.size()))))
               : done.arg(count);
}

QString LetterCommands::redrive(const std::vector<Letter>& letters) {
    return give(CommandKind::redrive, letters, tr("%1 redriven"));
}

QString LetterCommands::discard(const std::vector<Letter>& letters) {
    return give(CommandKind::discard, letters, tr("%1 discarded"));
}

QString LetterCommands::redriveAll(const std::vector<std::string>& channels) {
    for (const std::string& channel : channels)
        if (const Errors errors = m_session.apply({.kind = CommandKind::redrive, .target = channel}); !errors.empty())
            return refusal(errors);
    return tr("all redriven");
}

QString LetterCommands::send(const Letter& letter, const Value& data) {
    const auto message = m_session.messages() ? m_session.messages()->message(letter.ordinal) : std::nullopt;
    if (!message)
        return tr("refused: the event is no longer known");
    const Errors errors = m_session.apply({.kind = CommandKind::publish,
                                           .target = letter.from,
                                           .value = data,
                                           .type = message->type,
                                           .key = message->partitionKey,
                                           .subject = message->subject,
                                           .routingKey = message->routingKey});
    if (!errors.empty())
        return refusal(errors);
    const Errors kept =
        m_session.apply({.kind = CommandKind::discard, .target = letter.channel, .ordinal = letter.ordinal});
    return kept.empty() ? tr("sent on with its new data") : tr("sent on; the letter stays, %1").arg(refusal(kept));
}

} // namespace weir
