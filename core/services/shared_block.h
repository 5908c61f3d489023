// SharedBlock: content that copies of a container share until one of them writes. Copies may live on different
// threads: who finds that it is the only owner has seen everything that the former owners did.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace weir {

template <class Content> class SharedBlock {
  public:
    explicit SharedBlock(Content content) : m_block(new Counted{std::move(content)}) {}
    SharedBlock(const SharedBlock& other) : m_block(other.m_block) {
        m_block->owners.fetch_add(1, std::memory_order_relaxed);
    }
    SharedBlock(SharedBlock&& other) noexcept : m_block(std::exchange(other.m_block, nullptr)) {}
    SharedBlock& operator=(SharedBlock other) noexcept {
        std::swap(m_block, other.m_block);
        return *this;
    }
    ~SharedBlock() {
        if (m_block && m_block->owners.fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete m_block;
    }

    const Content& operator*() const { return m_block->content; }
    const Content* operator->() const { return &m_block->content; }
    // For writing: copies the content first where others own it too.
    Content& own() {
        if (m_block->owners.load(std::memory_order_acquire) != 1)
            *this = SharedBlock(m_block->content);
        return m_block->content;
    }

  private:
    struct Counted {
        explicit Counted(Content initial) : content(std::move(initial)) {}
        Content content;
        std::atomic<std::uint32_t> owners = 1;
    };
    Counted* m_block;
};

} // namespace weir
