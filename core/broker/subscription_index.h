// SubscriptionIndex: which of very many patterns a key matches, in time that depends on the key and on what matches,
// not on how many patterns there are: a trie over the patterns' words. All patterns are walked at once, word by word,
// as a nondeterministic automaton whose states are the trie's nodes, so that several `#` in a pattern cost no more than
// nodes reached times words. Built once from a plan's bindings; it keeps no results, RouteTable does.
#pragma once

#include "core/broker/pattern.h"
#include "core/kernel/hash.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

class SubscriptionIndex {
  public:
    // rabbitmq-topic, rabbitmq-direct, mqtt, nats: dialects in which words match each for itself.
    static bool serves(DialectKind dialect);
    explicit SubscriptionIndex(DialectKind dialect);

    // `id` is given back for each key that the pattern matches; a pattern may have several.
    void add(std::span<const PatternWord> words, std::uint32_t id);

    struct HashedWord {
        std::string_view text;
        std::uint32_t hash = 0;
    };
    // What a match needs; kept by the caller, so that matching allocates nothing once it has grown.
    struct Scratch {
        std::vector<HashedWord> words;         // of the key
        std::vector<std::uint32_t> here, next; // nodes reached after so many words
        std::vector<std::uint32_t> lasting;    // of nodes that stay reached: the match they were reached in
        std::uint32_t match = 0;
        std::uint64_t steps = 0; // nodes looked at so far, in all
    };
    // Appends the ids of all patterns that match, in no order.
    void match(std::string_view key, Scratch& scratch, std::vector<std::uint32_t>& ids) const;

    std::size_t memoryBytes() const;

  private:
    static constexpr std::uint32_t none = 0xFFFF'FFFF;
    // Looking for a word that is not at hand costs more than all the rest: what belongs together stands together.
    struct Node {
        std::uint32_t one = none;  // by any word
        std::uint32_t many = none; // by any words
        std::uint32_t id = none;   // the first of those that end here
        std::uint32_t more = none; // the others
        bool lasts = false;        // is reached by any further words too
        bool forks = false;        // has a child by a literal
    };
    struct Link {
        std::uint32_t id;
        std::uint32_t next;
    };
    struct WordSlot {
        static constexpr std::size_t shortMax = 20;
        std::uint32_t hash = 0;
        std::uint32_t size = 0;
        std::uint32_t word = none;
        std::array<char, shortMax> text{}; // where it is short; else where it begins in m_texts, in its first bytes
    };
    struct EdgeSlot {
        std::uint64_t from = 0; // node and word
        std::uint32_t to = none;
    };

    bool holds(const WordSlot& slot, std::string_view text) const;
    bool readWords(std::string_view key, std::vector<HashedWord>& words) const;
    std::uint32_t wordOf(const HashedWord& wanted) const;
    std::uint32_t internWord(std::string_view text);
    static std::uint64_t edgeKey(std::uint32_t node, std::uint32_t word) { return std::uint64_t{node} << 32 | word; }
    std::size_t edgeHome(std::uint32_t node, std::uint32_t word) const {
        return mix64(edgeKey(node, word)) & (m_edges.size() - 1);
    }
    std::uint32_t childOf(std::uint32_t node, std::uint32_t word) const;
    std::uint32_t internChild(std::uint32_t node, std::uint32_t word);
    std::uint32_t addNode(bool lasts);
    void reach(std::uint32_t node, Scratch& scratch, std::vector<std::uint32_t>& into, bool wildcards) const;
    void take(std::uint32_t node, std::vector<std::uint32_t>& ids) const;

    std::string_view m_separator;
    bool m_manyNeedsOne;    // `>` of nats
    bool m_noEmptyWords;    // nats: a key with an empty word reaches nobody
    bool m_emptyKeyIsEmpty; // rabbitmq-topic: the empty key has no words
    bool m_dollarsApart;    // mqtt: wildcards at the first level leave keys with a `$` alone
    std::vector<Node> m_nodes;
    std::vector<Link> m_links;
    std::string m_texts;           // of long words
    std::vector<WordSlot> m_words; // open addressing, a power of two
    std::size_t m_wordsUsed = 0;
    std::vector<EdgeSlot> m_edges; // likewise
    std::size_t m_edgesUsed = 0;
};

} // namespace weir
