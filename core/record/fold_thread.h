// FoldThread: folds records on a thread of its own, in the order in which they are handed over, a block at a time. One
// thread fills blocks, this one folds them, and what is on its way is bounded. Who fills never waits for a thread that is
// not at work: where it would have to, it folds the next block itself.
#pragma once

#include "core/record/record_fold.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <thread>

namespace weir {

class FoldThread {
  public:
    explicit FoldThread(RecordFold& fold);
    FoldThread(const FoldThread&) = delete;
    FoldThread& operator=(const FoldThread&) = delete;
    ~FoldThread();

    // Room for the next block; what was in it has been folded then.
    std::span<AppendedRecord> room();
    // Its first `count` records are to be folded.
    void hand(std::size_t count);
    // All that was handed over has been folded then, and whoever called sees it.
    void finish();

  private:
    static constexpr std::size_t blockSize = 1024; // small enough that the last one of a stretch is not long waited for
    // So many that a block has left the other processor's near caches when it is filled again: with eight of them what
    // each writes had to be fetched from there, which took twice as long as folding in place.
    static constexpr std::uint32_t blockCount = 128;
    struct Block {
        std::array<AppendedRecord, blockSize> records;
        std::size_t count = 0;
    };
    Block& block(std::uint32_t number) { return *m_blocks[number % blockCount]; }
    bool isFolded(std::uint32_t number) const;
    bool foldNext();
    void foldUpTo(std::uint32_t number);
    void loop();

    RecordFold& m_fold;
    std::array<std::unique_ptr<Block>, blockCount> m_blocks; // made when they are first filled
    // Blocks so far, modulo 2^32.
    alignas(64) std::atomic<std::uint32_t> m_handed = 0;
    alignas(64) std::atomic<std::uint32_t> m_folded = 0; // written by who holds m_folding
    std::mutex m_folding;
    std::atomic<bool> m_ending = false;
    std::thread m_thread;
};

} // namespace weir
