#include "core/record/fold_thread.h"

namespace weir {
namespace {

// Until it is another one. Waking a thread takes longer than a block does: before it sleeps it gives way for about as
// long as a few blocks take.
void waitWhile(const std::atomic<std::uint32_t>& number, std::uint32_t is) {
    constexpr int giveWay = 500; // times
    for (int i = 0; i < giveWay; ++i) {
        if (number.load(std::memory_order_acquire) != is)
            return;
        std::this_thread::yield();
    }
    number.wait(is, std::memory_order_acquire);
}

} // namespace

FoldThread::FoldThread(RecordFold& fold) : m_fold(fold), m_thread([this] { loop(); }) {}

FoldThread::~FoldThread() {
    finish();
    m_ending.store(true, std::memory_order_relaxed);
    m_handed.fetch_add(1, std::memory_order_release);
    m_handed.notify_one();
    m_thread.join();
}

std::span<AppendedRecord> FoldThread::room() {
    const std::uint32_t next = m_handed.load(std::memory_order_relaxed);
    foldUpTo(next - blockCount + 1);
    if (std::unique_ptr<Block>& fresh = m_blocks[next % blockCount]; !fresh)
        fresh = std::make_unique<Block>();
    return block(next).records;
}

void FoldThread::hand(std::size_t count) {
    const std::uint32_t next = m_handed.load(std::memory_order_relaxed);
    block(next).count = count;
    m_handed.store(next + 1, std::memory_order_release);
    m_handed.notify_one();
}

void FoldThread::finish() {
    foldUpTo(m_handed.load(std::memory_order_relaxed));
}

bool FoldThread::isFolded(std::uint32_t number) const {
    return static_cast<std::int32_t>(m_folded.load(std::memory_order_acquire) - number) >= 0;
}

// Until so many blocks have been folded, by whomever.
void FoldThread::foldUpTo(std::uint32_t number) {
    while (!isFolded(number))
        if (const std::uint32_t folded = m_folded.load(std::memory_order_relaxed); !foldNext())
            waitWhile(m_folded, folded);
}

// False where another thread is at it, nothing is left, or all is over.
bool FoldThread::foldNext() {
    const std::unique_lock lock(m_folding, std::try_to_lock);
    const std::uint32_t next = m_folded.load(std::memory_order_acquire);
    if (!lock || next == m_handed.load(std::memory_order_acquire) || m_ending.load(std::memory_order_relaxed))
        return false; // what is handed over to end is no block
    const Block& full = block(next);
    m_fold.add(std::span(full.records).first(full.count));
    m_folded.store(next + 1, std::memory_order_release);
    m_folded.notify_one();
    return true;
}

void FoldThread::loop() {
    while (true) {
        const std::uint32_t handed = m_handed.load(std::memory_order_acquire);
        if (m_ending.load(std::memory_order_relaxed))
            return;
        if (isFolded(handed))
            waitWhile(m_handed, handed);
        else if (!foldNext())
            std::this_thread::yield();
    }
}

} // namespace weir
