#include "core/broker/subscription_index.h"

#include "core/broker/word_cursor.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace weir {

bool SubscriptionIndex::serves(DialectKind dialect) {
    return dialect == DialectKind::rabbitmqTopic || dialect == DialectKind::rabbitmqDirect ||
           dialect == DialectKind::mqtt || dialect == DialectKind::nats;
}

SubscriptionIndex::SubscriptionIndex(DialectKind dialect)
    : m_separator(dialect == DialectKind::mqtt             ? "/"
                  : dialect == DialectKind::rabbitmqDirect ? ""
                                                           : "."),
      m_manyNeedsOne(dialect == DialectKind::nats), m_noEmptyWords(dialect == DialectKind::nats),
      m_emptyKeyIsEmpty(dialect == DialectKind::rabbitmqTopic), m_dollarsApart(dialect == DialectKind::mqtt),
      m_words(64), m_edges(64) {
    assert(serves(dialect));
    addNode(false);
}

std::uint32_t SubscriptionIndex::addNode(bool lasts) {
    m_nodes.push_back({.lasts = lasts});
    return static_cast<std::uint32_t>(m_nodes.size() - 1);
}

void SubscriptionIndex::add(std::span<const PatternWord> words, std::uint32_t id) {
    std::uint32_t node = 0;
    for (const PatternWord& word : words) {
        if (word.kind == PatternWord::Kind::literal) {
            m_nodes[node].forks = true;
            node = internChild(node, internWord(word.text));
            continue;
        }
        const bool many = word.kind == PatternWord::Kind::many;
        std::uint32_t child = many ? m_nodes[node].many : m_nodes[node].one;
        if (child == none) {
            child = addNode(many);
            (many ? m_nodes[node].many : m_nodes[node].one) = child;
        }
        node = child;
    }
    if (m_nodes[node].id == none) {
        m_nodes[node].id = id;
        return;
    }
    m_links.push_back({id, m_nodes[node].more});
    m_nodes[node].more = static_cast<std::uint32_t>(m_links.size() - 1);
}

void SubscriptionIndex::match(std::string_view key, Scratch& scratch, std::vector<std::uint32_t>& ids) const {
    if (scratch.lasting.size() < m_nodes.size())
        scratch.lasting.resize(m_nodes.size(), 0);
    if (++scratch.match == 0) {
        std::fill(scratch.lasting.begin(), scratch.lasting.end(), 0);
        scratch.match = 1;
    }
    scratch.here.clear();
    const bool dollar = m_dollarsApart && key.starts_with('$');
    reach(0, scratch, scratch.here, !dollar);
    if (!readWords(key, scratch.words))
        return;
    for (std::size_t place = 0; place < scratch.words.size() && !scratch.here.empty(); ++place) {
        const std::uint32_t word = wordOf(scratch.words[place]);
        if (word != none)
            for (const std::uint32_t node : scratch.here)
                __builtin_prefetch(&m_edges[edgeHome(node, word)]);
        scratch.next.clear();
        for (std::size_t i = 0; i < scratch.here.size(); ++i) {
            const std::uint32_t from = scratch.here[i];
            const Node& node = m_nodes[from];
            ++scratch.steps;
            if (node.lasts)
                scratch.next.push_back(from);
            if (node.one != none && !(place == 0 && dollar))
                reach(node.one, scratch, scratch.next, true);
            if (m_manyNeedsOne && node.many != none)
                reach(node.many, scratch, scratch.next, true);
            if (node.forks && word != none)
                if (const std::uint32_t child = childOf(from, word); child != none)
                    reach(child, scratch, scratch.next, true);
        }
        std::swap(scratch.here, scratch.next);
    }
    for (const std::uint32_t node : scratch.here)
        take(node, ids);
}

// What is waited for is the memory: the slots of all words are on their way before the first one is needed, and so are
// the edges of all nodes that are reached at a time. False where the key reaches nobody.
bool SubscriptionIndex::readWords(std::string_view key, std::vector<HashedWord>& words) const {
    words.clear();
    const auto add = [&](std::string_view text) {
        words.push_back({text, static_cast<std::uint32_t>(hash64(text))});
        __builtin_prefetch(&m_words[words.back().hash & (m_words.size() - 1)]);
    };
    if (m_separator.empty()) {
        add(key);
        return true;
    }
    if (m_emptyKeyIsEmpty && key.empty())
        return true;
    for (WordCursor at(key, m_separator); !at.atEnd(); at.advance()) {
        if (m_noEmptyWords && at.word().empty())
            return false;
        add(at.word());
    }
    return true;
}

// A node that lasts is reached once and for all: a pattern with several `#` is not walked twice from there.
void SubscriptionIndex::reach(std::uint32_t place, Scratch& scratch, std::vector<std::uint32_t>& into,
                              bool wildcards) const {
    const Node& node = m_nodes[place];
    if (node.lasts && std::exchange(scratch.lasting[place], scratch.match) == scratch.match)
        return;
    into.push_back(place);
    if (wildcards && node.many != none && !m_manyNeedsOne)
        reach(node.many, scratch, into, true);
}

void SubscriptionIndex::take(std::uint32_t node, std::vector<std::uint32_t>& ids) const {
    if (m_nodes[node].id == none)
        return;
    ids.push_back(m_nodes[node].id);
    for (std::uint32_t link = m_nodes[node].more; link != none; link = m_links[link].next)
        ids.push_back(m_links[link].id);
}

bool SubscriptionIndex::holds(const WordSlot& slot, std::string_view text) const {
    if (slot.size != text.size())
        return false;
    if (slot.size <= WordSlot::shortMax)
        return std::memcmp(slot.text.data(), text.data(), text.size()) == 0;
    std::uint32_t at = 0;
    std::memcpy(&at, slot.text.data(), sizeof at);
    return std::string_view(m_texts).substr(at, slot.size) == text;
}

std::uint32_t SubscriptionIndex::wordOf(const HashedWord& wanted) const {
    const std::size_t mask = m_words.size() - 1;
    for (std::size_t i = wanted.hash & mask;; i = (i + 1) & mask) {
        const WordSlot& slot = m_words[i];
        if (slot.word == none)
            return none;
        if (slot.hash == wanted.hash && holds(slot, wanted.text))
            return slot.word;
    }
}

std::uint32_t SubscriptionIndex::internWord(std::string_view text) {
    const auto hash = static_cast<std::uint32_t>(hash64(text));
    if (const std::uint32_t known = wordOf({text, hash}); known != none)
        return known;
    const auto place = [this](const WordSlot& slot) {
        std::size_t i = slot.hash & (m_words.size() - 1);
        while (m_words[i].word != none)
            i = (i + 1) & (m_words.size() - 1);
        m_words[i] = slot;
    };
    if (2 * ++m_wordsUsed > m_words.size()) {
        const std::vector<WordSlot> old = std::exchange(m_words, std::vector<WordSlot>(2 * m_words.size()));
        for (const WordSlot& slot : old)
            if (slot.word != none)
                place(slot);
    }
    const auto word = static_cast<std::uint32_t>(m_wordsUsed - 1);
    WordSlot slot{.hash = hash,
                  .size = static_cast<std::uint32_t>(text.size()),
                  .word = word,
                  .text = {}};
    if (text.size() <= WordSlot::shortMax) {
        std::copy(text.begin(), text.end(), slot.text.begin());
    } else {
        const auto at = static_cast<std::uint32_t>(m_texts.size());
        std::memcpy(slot.text.data(), &at, sizeof at);
        m_texts += text;
    }
    place(slot);
    return word;
}

std::uint32_t SubscriptionIndex::childOf(std::uint32_t node, std::uint32_t word) const {
    const std::uint64_t from = edgeKey(node, word);
    const std::size_t mask = m_edges.size() - 1;
    for (std::size_t i = edgeHome(node, word);; i = (i + 1) & mask)
        if (m_edges[i].to == none || m_edges[i].from == from)
            return m_edges[i].to;
}

std::uint32_t SubscriptionIndex::internChild(std::uint32_t node, std::uint32_t word) {
    if (const std::uint32_t known = childOf(node, word); known != none)
        return known;
    const auto place = [this](const EdgeSlot& slot) {
        std::size_t i = mix64(slot.from) & (m_edges.size() - 1);
        while (m_edges[i].to != none)
            i = (i + 1) & (m_edges.size() - 1);
        m_edges[i] = slot;
    };
    if (2 * ++m_edgesUsed > m_edges.size()) {
        const std::vector<EdgeSlot> old = std::exchange(m_edges, std::vector<EdgeSlot>(2 * m_edges.size()));
        for (const EdgeSlot& slot : old)
            if (slot.to != none)
                place(slot);
    }
    const std::uint32_t child = addNode(false);
    place({edgeKey(node, word), child});
    return child;
}

std::size_t SubscriptionIndex::memoryBytes() const {
    return m_nodes.size() * sizeof(Node) + m_links.size() * sizeof(Link) + m_texts.size() +
           m_words.size() * sizeof(WordSlot) + m_edges.size() * sizeof(EdgeSlot);
}

} // namespace weir
