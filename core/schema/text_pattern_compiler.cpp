#include "core/schema/text_pattern_compiler.h"

#include "core/utf8.h"

#include <algorithm>

namespace weir {
namespace {

constexpr std::size_t groupsDeepMax = 100;
constexpr std::uint32_t countMax = 10'000;
constexpr char32_t lastCharacter = 0x10FFFF;

struct NamedClass {
    char32_t letter;
    std::u32string_view pairs; // first and last of each range
};
// ECMA-262, CharacterClassEscape: \s has the white space of Unicode, \d and \w are ASCII's.
constexpr NamedClass namedClasses[] = {
    {U'd', U"09"},
    {U'w', U"azAZ09__"},
    {U's',
     U"\u0009\u000D\u0020\u0020\u00A0\u00A0\u1680\u1680\u2000\u200A\u2028\u2029\u202F\u202F\u205F\u205F\u3000\u3000"
     U"\uFEFF\uFEFF"}};

std::string quoted(std::u32string_view characters) {
    std::string text = "\"";
    for (const char32_t character : characters)
        appendUtf8(text, character);
    return text + '"';
}

bool isLetterOrDigit(char32_t character) {
    return isWordCharacter(character) && character != '_';
}

} // namespace

TextPatternCompiler::TextPatternCompiler(std::string_view pattern) {
    for (std::size_t at = 0; at < pattern.size();) {
        const std::size_t length = std::max<std::size_t>(characterLength(pattern, at), 1);
        m_text.push_back(decoded(pattern, at, length));
        at += length;
    }
}

Result<TextPattern> TextPatternCompiler::compile() {
    const Node tree = readEither();
    if (!m_error && !atEnd()) // only a bracket ends it early
        fail("needs a \"(\" before its \")\"", m_at);
    if (!m_error)
        write(tree, m_pattern.m_whole);
    if (m_error)
        return *m_error;
    writeStep(m_pattern.m_whole, {.op = Op::found});
    for (Class& each : m_pattern.m_classes)
        each.settle();
    return std::move(m_pattern);
}

bool TextPatternCompiler::skip(std::u32string_view text) {
    if (!std::u32string_view(m_text).substr(std::min(m_at, m_text.size())).starts_with(text))
        return false;
    m_at += text.size();
    return true;
}

// The first one stands; reading ends there, as at the end of the pattern.
TextPatternCompiler::Node TextPatternCompiler::fail(std::string what, std::size_t at) {
    if (!m_error)
        m_error = Error{"column " + std::to_string(at + 1), std::move(what), ""};
    m_at = m_text.size();
    return {};
}

TextPatternCompiler::Node TextPatternCompiler::readEither() {
    Node either{.kind = Node::Kind::either, .children = {}};
    either.children.push_back(readSequence());
    while (!m_error && skip(U"|"))
        either.children.push_back(readSequence());
    return either.children.size() == 1 ? Node(std::move(either.children.front())) : either;
}

TextPatternCompiler::Node TextPatternCompiler::readSequence() {
    Node sequence;
    while (!atEnd() && peek() != '|' && peek() != ')') {
        const std::size_t at = m_at;
        Node atom = readAtom();
        sequence.children.push_back(repeated(std::move(atom), at));
    }
    return sequence;
}

TextPatternCompiler::Node TextPatternCompiler::readAtom() {
    const std::size_t at = m_at;
    switch (const char32_t character = m_text[m_at++]) {
    case '^':
        return {.kind = Node::Kind::assertion, .children = {}, .op = Op::atStart};
    case '$':
        return {.kind = Node::Kind::assertion, .children = {}, .op = Op::atEnd};
    case '.':
        return taking({.ranges = {{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}}, .negated = true});
    case '(':
        return readGroup();
    case '[':
        return readClass();
    case '\\':
        return readEscape();
    case '*':
    case '+':
    case '?':
        return fail("needs something before " + quoted({&character, 1}) + " that it repeats", at);
    default:
        return taking({.ranges = {{character, character}}});
    }
}

TextPatternCompiler::Node TextPatternCompiler::readGroup() {
    const std::size_t at = m_at - 1;
    if (++m_depth > groupsDeepMax)
        return fail("needs at most " + std::to_string(groupsDeepMax) + " groups within one another", at);
    Node inside;
    if (skip(U"?=") || skip(U"?!")) {
        inside = look(false, m_text[m_at - 1] == '!');
    } else if (skip(U"?<=") || skip(U"?<!")) {
        inside = look(true, m_text[m_at - 1] == '!');
    } else {
        if (skip(U"?<")) {
            while (isWordCharacter(peek()) || peek() == '$' || peek() > 127)
                ++m_at;
            if (m_text[m_at - 1] == '<' || !skip(U">"))
                return fail("needs a group's name within \"<\" and \">\"", at);
        } else if (peek() == '?' && !skip(U"?:")) {
            return fail("does not know " + quoted(std::u32string_view(m_text).substr(at, 3)), at);
        }
        inside = readEither();
    }
    if (!m_error && !skip(U")"))
        return fail("needs a \")\" for this \"(\"", at);
    --m_depth;
    return inside;
}

// What is ahead is gone through from its end, so that a place is known to begin it; what is behind, from its start.
TextPatternCompiler::Node TextPatternCompiler::look(bool behind, bool negated) {
    const Node inside = readEither();
    TextPattern::Machine machine;
    machine.backwards = !behind;
    write(inside, machine);
    writeStep(machine, {.op = Op::found});
    m_pattern.m_looks.push_back(std::move(machine));
    return {.kind = Node::Kind::assertion,
            .children = {},
            .index = static_cast<std::uint32_t>(m_pattern.m_looks.size() - 1),
            .op = negated ? Op::lookNot : Op::look};
}

TextPatternCompiler::Node TextPatternCompiler::readEscape() {
    const std::size_t at = m_at - 1;
    const char32_t letter = peek();
    if (letter == 'b' || letter == 'B') {
        ++m_at;
        return {.kind = Node::Kind::assertion, .children = {}, .op = letter == 'b' ? Op::atWordEdge : Op::insideWord};
    }
    Class characters;
    if (addNamedClass(letter, characters)) {
        ++m_at;
        return taking(std::move(characters));
    }
    if (const auto character = readCharacterEscape())
        return taking({.ranges = {{*character, *character}}});
    if ((letter >= '1' && letter <= '9') || letter == 'k')
        return fail("does not know references back to what a group matched, such as " + quoted({&m_text[at], 2}), at);
    if (letter == 'p' || letter == 'P')
        return fail("does not know properties of characters (\"\\p\")", at);
    return fail(at + 1 == m_text.size() ? "needs a character behind its last \"\\\""
                                        : "does not know " + quoted({&m_text[at], 2}),
                at);
}

bool TextPatternCompiler::addNamedClass(char32_t letter, Class& into) {
    const bool negated = letter == 'D' || letter == 'W' || letter == 'S';
    const char32_t small = negated ? letter + ('a' - 'A') : letter;
    const auto named = std::find_if(std::begin(namedClasses), std::end(namedClasses),
                                    [small](const NamedClass& each) { return each.letter == small; });
    if (named == std::end(namedClasses))
        return false;
    std::vector<Class::Range> ranges;
    for (std::size_t i = 0; i < named->pairs.size(); i += 2)
        ranges.push_back({named->pairs[i], named->pairs[i + 1]});
    if (negated) { // the gaps between
        std::sort(ranges.begin(), ranges.end(),
                  [](const auto& left, const auto& right) { return left.first < right.first; });
        std::vector<Class::Range> gaps;
        char32_t from = 0;
        for (const Class::Range& range : ranges) {
            if (range.first > from)
                gaps.push_back({from, range.first - 1});
            from = range.last + 1;
        }
        gaps.push_back({from, lastCharacter});
        ranges = std::move(gaps);
    }
    into.ranges.insert(into.ranges.end(), ranges.begin(), ranges.end());
    return true;
}

// Behind a "\"; nothing, and nothing taken, where no character is written so.
std::optional<char32_t> TextPatternCompiler::readCharacterEscape() {
    constexpr std::pair<char32_t, char32_t> controls[] = {
        {'t', '\t'}, {'n', '\n'}, {'v', '\v'}, {'f', '\f'}, {'r', '\r'}};
    if (atEnd())
        return std::nullopt;
    const char32_t letter = peek();
    for (const auto& [name, character] : controls)
        if (letter == name) {
            ++m_at;
            return character;
        }
    if (letter == '0' && !(peek(1) >= '0' && peek(1) <= '9')) {
        ++m_at;
        return 0;
    }
    if (letter == 'c' && isLetterOrDigit(peek(1)) && peek(1) > '9') {
        m_at += 2;
        return m_text[m_at - 1] % 32;
    }
    if (letter == 'x' || letter == 'u') {
        const std::size_t before = m_at++;
        const auto character = readHex(letter == 'x' ? 2 : 4);
        if (!character)
            m_at = before;
        // Two of them may be the halves of one.
        if (character && *character >= 0xD800 && *character < 0xDC00 && peek() == '\\' && peek(1) == 'u') {
            const std::size_t half = m_at;
            m_at += 2;
            if (const auto low = readHex(4); low && *low >= 0xDC00 && *low < 0xE000)
                return 0x10000 + ((*character - 0xD800) << 10) + (*low - 0xDC00);
            m_at = half;
        }
        return character;
    }
    if (isLetterOrDigit(letter))
        return std::nullopt;
    ++m_at;
    return letter;
}

std::optional<char32_t> TextPatternCompiler::readHex(std::size_t digits) {
    const bool braced = digits == 4 && skip(U"{");
    char32_t character = 0;
    std::size_t count = 0;
    for (; braced ? count < 6 : count < digits; ++count) {
        const char32_t digit = peek();
        if (digit >= '0' && digit <= '9')
            character = character * 16 + (digit - '0');
        else if (digit >= 'a' && digit <= 'f')
            character = character * 16 + (digit - 'a' + 10);
        else if (digit >= 'A' && digit <= 'F')
            character = character * 16 + (digit - 'A' + 10);
        else
            break;
        ++m_at;
    }
    if (braced ? count == 0 || character > lastCharacter || !skip(U"}") : count < digits)
        return std::nullopt;
    return character;
}

TextPatternCompiler::Node TextPatternCompiler::readClass() {
    const std::size_t at = m_at - 1;
    Class characters;
    characters.negated = skip(U"^");
    while (!atEnd() && peek() != ']')
        if (!readRange(characters))
            return {};
    if (!skip(U"]"))
        return fail("needs a \"]\" for this \"[\"", at);
    return taking(std::move(characters));
}

bool TextPatternCompiler::readRange(Class& into) {
    const std::size_t at = m_at;
    // One end of a range; nothing where it is a class such as \d, which is no end, or wrong.
    const auto readEnd = [&]() -> std::optional<char32_t> {
        if (peek() != '\\')
            return m_text[m_at++];
        const std::size_t start = m_at++;
        if (skip(U"b"))
            return '\b';
        if (const auto character = readCharacterEscape())
            return character;
        if (!atEnd() && addNamedClass(peek(), into))
            ++m_at;
        else
            fail(peek() == 'p' || peek() == 'P'
                     ? "does not know properties of characters (\"\\p\")"
                     : "does not know " + quoted(std::u32string_view(m_text).substr(start, 2)) +
                           " within \"[\" and \"]\"",
                 start);
        return std::nullopt;
    };
    const auto first = readEnd();
    if (m_error)
        return false;
    if (!first)
        return true;
    if (peek() != '-' || m_at + 1 >= m_text.size() || peek(1) == ']') {
        into.ranges.push_back({*first, *first});
        return true;
    }
    ++m_at;
    const auto last = readEnd();
    if (m_error)
        return false;
    if (!last) { // "[a-\d]": the "-" stands for itself
        into.ranges.push_back({*first, *first});
        into.ranges.push_back({'-', '-'});
        return true;
    }
    if (*last < *first) {
        fail("needs a range whose last character is not before its first", at);
        return false;
    }
    into.ranges.push_back({*first, *last});
    return true;
}

TextPatternCompiler::Node TextPatternCompiler::taking(Class characters) {
    m_pattern.m_classes.push_back(std::move(characters));
    return {
        .kind = Node::Kind::take, .children = {}, .index = static_cast<std::uint32_t>(m_pattern.m_classes.size() - 1)};
}

// The atom, or its repeat where one is asked for.
TextPatternCompiler::Node TextPatternCompiler::repeated(Node atom, std::size_t at) {
    Node repeat{.kind = Node::Kind::repeat, .children = {}};
    if (skip(U"*"))
        repeat.least = 0;
    else if (skip(U"+"))
        repeat.least = 1;
    else if (skip(U"?"))
        repeat.most = 1;
    else if (!readCounts(repeat))
        return atom;
    skip(U"?"); // lazy: it is found all the same
    if (!atEnd() && (peek() == '*' || peek() == '+' || peek() == '?'))
        return fail("needs something before " + quoted({&m_text[m_at], 1}) + " that it repeats", m_at);
    if (repeat.most && *repeat.most < repeat.least)
        return fail("needs a count whose most is not below its least", at);
    repeat.children.push_back(std::move(atom));
    return repeat;
}

// "{2}", "{2,}", "{2,5}"; what looks otherwise stands for itself.
bool TextPatternCompiler::readCounts(Node& repeat) {
    const std::size_t before = m_at;
    if (!skip(U"{"))
        return false;
    const auto least = readNumber();
    bool good = least.has_value();
    repeat.least = least.value_or(0);
    repeat.most = least;
    if (good && skip(U",")) {
        repeat.most = peek() == '}' ? std::nullopt : readNumber();
        good = repeat.most || peek() == '}';
    }
    if (!good || !skip(U"}")) {
        m_at = before;
        return false;
    }
    if (repeat.least > countMax || repeat.most.value_or(0) > countMax)
        fail("needs counts of at most " + std::to_string(countMax), before);
    return true;
}

std::optional<std::uint32_t> TextPatternCompiler::readNumber() {
    std::optional<std::uint32_t> number;
    for (; peek() >= '0' && peek() <= '9'; ++m_at)
        number = std::min<std::uint32_t>(number.value_or(0) * 10 + (peek() - '0'), countMax + 1);
    return number;
}

std::uint32_t TextPatternCompiler::writeStep(TextPattern::Machine& into, TextPattern::Step step) {
    into.steps.push_back(step);
    return static_cast<std::uint32_t>(into.steps.size() - 1);
}

void TextPatternCompiler::write(const Node& node, TextPattern::Machine& into) {
    if (m_error)
        return;
    if (++m_effort > TextPattern::stepsMax) {
        fail("needs a shorter pattern: with its counts written out it has more than " +
                 std::to_string(TextPattern::stepsMax) + " steps",
             0);
        return;
    }
    switch (node.kind) {
    case Node::Kind::take:
        writeStep(into, {.op = Op::take, .a = node.index});
        break;
    case Node::Kind::assertion:
        writeStep(into, {.op = node.op, .a = node.index});
        break;
    case Node::Kind::sequence:
        for (std::size_t i = 0; i < node.children.size(); ++i)
            write(node.children[into.backwards ? node.children.size() - 1 - i : i], into);
        break;
    case Node::Kind::either: {
        std::vector<std::uint32_t> ends;
        for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
            const std::uint32_t split = writeStep(into, {.op = Op::split});
            into.steps[split].a = split + 1;
            write(node.children[i], into);
            ends.push_back(writeStep(into, {.op = Op::jump}));
            into.steps[split].b = static_cast<std::uint32_t>(into.steps.size());
        }
        write(node.children.back(), into);
        for (const std::uint32_t end : ends)
            into.steps[end].a = static_cast<std::uint32_t>(into.steps.size());
        break;
    }
    case Node::Kind::repeat:
        writeRepeat(node, into);
        break;
    }
}

void TextPatternCompiler::writeRepeat(const Node& node, TextPattern::Machine& into) {
    const Node& inside = node.children.front();
    for (std::uint32_t i = 0; i < node.least && !m_error; ++i)
        write(inside, into);
    if (!node.most) {
        const std::uint32_t split = writeStep(into, {.op = Op::split});
        into.steps[split].a = split + 1;
        write(inside, into);
        writeStep(into, {.op = Op::jump, .a = split});
        into.steps[split].b = static_cast<std::uint32_t>(into.steps.size());
        return;
    }
    std::vector<std::uint32_t> ways;
    for (std::uint32_t i = node.least; i < *node.most && !m_error; ++i) {
        ways.push_back(writeStep(into, {.op = Op::split}));
        into.steps[ways.back()].a = ways.back() + 1;
        write(inside, into);
    }
    for (const std::uint32_t way : ways)
        into.steps[way].b = static_cast<std::uint32_t>(into.steps.size());
}

} // namespace weir
