#include "core/record/fingerprint.h"

namespace weir {

std::string fingerprintText(std::uint64_t fingerprint) {
    std::string text(16, '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit, fingerprint >>= 4)
        *digit = "0123456789abcdef"[fingerprint & 15U];
    return text;
}

} // namespace weir
