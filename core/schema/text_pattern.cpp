#include "core/schema/text_pattern.h"

#include "core/schema/text_pattern_compiler.h"
#include "core/utf8.h"

#include <algorithm>
#include <numeric>

namespace weir {

bool TextPattern::Class::has(char32_t character) const {
    if (character < 128)
        return (ascii[character / 64] >> (character % 64) & 1) != 0;
    const bool inside = std::any_of(ranges.begin(), ranges.end(), [character](const Range& range) {
        return range.first <= character && character <= range.last;
    });
    return inside != negated;
}

void TextPattern::Class::settle() {
    for (char32_t character = 0; character < 128; ++character) {
        const bool inside = std::any_of(ranges.begin(), ranges.end(), [character](const Range& range) {
            return range.first <= character && character <= range.last;
        });
        if (inside != negated)
            ascii[character / 64] |= std::uint64_t{1} << (character % 64);
    }
}

// One search in one text.
class TextPatternSearch {
  public:
    TextPatternSearch(const TextPattern& pattern, std::string_view text) : m_pattern(pattern) {
        m_text.reserve(text.size());
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t length = std::max<std::size_t>(characterLength(text, at), 1);
            m_text.push_back(decoded(text, at, length));
            at += length;
        }
    }

    bool found() {
        for (const TextPattern::Machine& look : m_pattern.m_looks) {
            std::vector<bool> holds(m_text.size() + 1);
            run(look, &holds);
            m_holds.push_back(std::move(holds));
        }
        return run(m_pattern.m_whole, nullptr);
    }

  private:
    using Op = TextPattern::Op;

    // The states at a place, each once, in the order in which they were reached.
    struct States {
        std::vector<std::uint32_t> reached;
        std::vector<std::uint32_t> seenAt; // by state: the round in which it was reached last
        std::uint32_t round = 0;

        bool add(std::uint32_t state) {
            if (seenAt[state] == round)
                return false;
            seenAt[state] = round;
            reached.push_back(state);
            return true;
        }
        void clear() {
            reached.clear();
            ++round;
        }
    };

    // Begins anew at each place. With `holds` all places where it is found to end; else whether there is one.
    bool run(const TextPattern::Machine& machine, std::vector<bool>* holds) {
        const std::size_t count = machine.steps.size();
        States now{.reached = {}, .seenAt = std::vector<std::uint32_t>(count), .round = 1};
        States next = now;
        for (std::size_t i = 0; i <= m_text.size(); ++i) {
            const std::size_t place = machine.backwards ? m_text.size() - i : i;
            const bool ends = follow(machine, now, place);
            if (ends && !holds)
                return true;
            if (ends)
                (*holds)[place] = true;
            if (i == m_text.size())
                break;
            const char32_t character = m_text[machine.backwards ? place - 1 : place];
            next.clear();
            for (const std::uint32_t state : now.reached)
                if (const TextPattern::Step& step = machine.steps[state];
                    step.op == Op::take && m_pattern.m_classes[step.a].has(character))
                    next.add(state + 1);
            std::swap(now, next);
        }
        return false;
    }

    // What the states lead to without a character; whether the end is among it.
    bool follow(const TextPattern::Machine& machine, States& states, std::size_t place) {
        states.add(0);
        bool found = false;
        for (std::size_t i = 0; i < states.reached.size(); ++i) {
            const std::uint32_t state = states.reached[i];
            const TextPattern::Step& step = machine.steps[state];
            switch (step.op) {
            case Op::take:
                break;
            case Op::found:
                found = true;
                break;
            case Op::jump:
                states.add(step.a);
                break;
            case Op::split:
                states.add(step.a);
                states.add(step.b);
                break;
            default:
                if (holdsAt(step, place))
                    states.add(state + 1);
            }
        }
        return found;
    }

    bool holdsAt(const TextPattern::Step& step, std::size_t place) const {
        switch (step.op) {
        case Op::atStart:
            return place == 0;
        case Op::atEnd:
            return place == m_text.size();
        case Op::atWordEdge:
            return atWordEdge(place);
        case Op::insideWord:
            return !atWordEdge(place);
        case Op::look:
            return m_holds[step.a][place];
        default:
            return !m_holds[step.a][place];
        }
    }

    bool atWordEdge(std::size_t place) const {
        const bool before = place > 0 && isWordCharacter(m_text[place - 1]);
        const bool after = place < m_text.size() && isWordCharacter(m_text[place]);
        return before != after;
    }

    const TextPattern& m_pattern;
    std::u32string m_text;
    std::vector<std::vector<bool>> m_holds; // by look-around: at which places it holds
};

bool TextPattern::foundIn(std::string_view text) const {
    return TextPatternSearch(*this, text).found();
}

std::size_t TextPattern::stepCount() const {
    std::size_t count = m_whole.steps.size();
    for (const Machine& look : m_looks)
        count += look.steps.size();
    return count;
}

Result<TextPattern> TextPattern::compile(std::string_view pattern) {
    return TextPatternCompiler(pattern).compile();
}

} // namespace weir
