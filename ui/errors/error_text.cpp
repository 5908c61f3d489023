#include "ui/errors/error_text.h"

#include "ui/errors/error_templates.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::ErrorText)
};

constexpr int depthMax = 6; // of sentences within sentences

class Template {
  public:
    explicit Template(const char* source) : m_source(source) {
        static const QRegularExpression place(QStringLiteral("%(\\d)"));
        const QString text = QString::fromUtf8(source);
        qsizetype from = 0;
        for (auto found = place.globalMatch(text); found.hasNext();) {
            const auto match = found.next();
            m_pieces << text.mid(from, match.capturedStart() - from);
            m_places.push_back(match.captured(1).toInt());
            from = match.capturedEnd();
        }
        m_pieces << text.mid(from);
        for (const QString& piece : m_pieces)
            m_fixed += piece.size();
    }

    const char* source() const { return m_source; }
    bool hasPlaces() const { return !m_places.empty(); }
    // It ends in another sentence, in parentheses.
    bool wraps() const {
        return !m_places.empty() && m_pieces.back() == QLatin1String(")") &&
               m_pieces[m_pieces.size() - 2].endsWith(QLatin1String(" ("));
    }
    qsizetype fixed() const { return m_fixed; } // letters that are its own

    // What stands in its places, by their numbers; nothing where it is another sentence.
    std::optional<QStringList> match(const QString& text) const {
        if (text.size() <= m_fixed || !text.startsWith(m_pieces.front()) || !text.endsWith(m_pieces.back()))
            return std::nullopt;
        QStringList found(static_cast<qsizetype>(m_places.size()));
        qsizetype from = m_pieces.front().size();
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            const QString& next = m_pieces[static_cast<qsizetype>(i) + 1];
            const bool last = i + 1 == m_places.size();
            const qsizetype end = last ? text.size() - next.size() : text.indexOf(next, from + 1);
            if (end <= from)
                return std::nullopt;
            found[m_places[i] - 1] = text.mid(from, end - from);
            from = end + next.size();
        }
        return found;
    }

  private:
    const char* m_source;
    QStringList m_pieces; // around the places
    std::vector<int> m_places;
    qsizetype m_fixed = 0;
};

struct Templates {
    QHash<QString, const char*> whole;
    std::vector<Template> wrapping;
    std::vector<Template> open; // the others that have places

    Templates() {
        for (const char* source : errorTemplates())
            if (Template each(source); each.wraps())
                wrapping.push_back(std::move(each));
            else if (each.hasPlaces())
                open.push_back(std::move(each));
            else
                whole.insert(QString::fromUtf8(source), source);
    }
};

const Templates& known() {
    static const Templates templates;
    return templates;
}

QString inWords(const QString& text, int depth);

// By the template that has most of its own in common with it; nothing where there is none.
std::optional<QString> fromOne(const std::vector<Template>& templates, const QString& text, int depth) {
    const Template* best = nullptr;
    QStringList places;
    for (const Template& each : templates)
        if (!best || each.fixed() > best->fixed())
            if (const auto found = each.match(text)) {
                best = &each;
                places = *found;
            }
    if (!best)
        return std::nullopt;
    const QString sentence = Words::tr(best->source());
    QString line;
    for (qsizetype i = 0; i < sentence.size(); ++i) { // not arg(): what is put in may have a % of its own
        const int place = sentence[i] == QLatin1Char('%') && i + 1 < sentence.size() ? sentence[i + 1].digitValue() : 0;
        if (place < 1 || place > places.size()) {
            line += sentence[i];
        } else {
            line += inWords(places[place - 1], depth + 1);
            ++i;
        }
    }
    return line;
}

// A sentence may follow a place ("column 5: ...") and be followed by a hint in parentheses or by what was given.
QString inWords(const QString& text, int depth) {
    if (depth > depthMax)
        return text;
    if (const char* const source = known().whole.value(text))
        return Words::tr(source);
    const auto split = [&text](const QRegularExpression& at) {
        const auto found = at.match(text);
        return found.hasMatch() ? std::pair(found.captured(1), found.captured(2)) : std::pair<QString, QString>();
    };
    const auto inside = [depth](const QString& part) { return inWords(part, depth + 1); };
    // Within a sentence the place may be one of a schema.
    static const QRegularExpression placed(QStringLiteral("(?s)^(line \\d+, column \\d+|column \\d+|"
                                                          "/.*?(?=: (?:needs|does not know|is not known) )): (.*)$"));
    if (const auto [place, sentence] = split(placed); !place.isEmpty())
        return Words::tr("%1: %2").arg(inside(place), inside(sentence));
    static const QRegularExpression suggested(QStringLiteral("(?s)^(.*) \\(did you mean (.*)\\?\\)$"));
    if (const auto [sentence, near] = split(suggested); !sentence.isEmpty())
        return Words::tr("%1 (did you mean %2?)").arg(inside(sentence), near);
    if (text.endsWith(QLatin1Char(')'))) // before what was given is sought: that may be the inner sentence's
        if (const auto line = fromOne(known().wrapping, text, depth))
            return *line;
    static const QRegularExpression hinted(QStringLiteral("(?s)^(.*) \\(([^()]*)\\)$"));
    if (const auto [sentence, hint] = split(hinted); !sentence.isEmpty() && inside(sentence) != sentence)
        return Words::tr("%1 (%2)").arg(inside(sentence), inside(hint));
    static const QRegularExpression answered(QStringLiteral("(?s)^(.*), got (.*?)$"));
    if (const auto [sentence, given] = split(answered); !sentence.isEmpty() && inside(sentence) != sentence)
        return Words::tr("%1, got %2").arg(inside(sentence), inside(given));
    return fromOne(known().open, text, depth).value_or(text);
}

// Where it is, if that is no place of the document: a word that elsewhere may be somebody's name.
QString whereText(const std::string& where) {
    if (where == "command")
        return Words::tr("command");
    if (where == "journal")
        return Words::tr("journal");
    if (where == "profile")
        return Words::tr("profile");
    return inWords(QString::fromStdString(where), 0);
}

} // namespace

QString errorText(const Error& error) {
    const auto part = [](const std::string& text) { return inWords(QString::fromStdString(text), 0); };
    const QString line =
        error.where.empty() ? part(error.what) : Words::tr("%1: %2").arg(whereText(error.where), part(error.what));
    return error.given.empty() ? line : Words::tr("%1, got %2").arg(line, part(error.given));
}

QString errorText(const QString& sentence) {
    return inWords(sentence, 0);
}

} // namespace weir
