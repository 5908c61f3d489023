#include "core/expression/like_pattern.h"

#include "core/utf8.h"

#include <cstddef>

namespace weir {
namespace {
constexpr std::uint16_t anyRun = 256;
constexpr std::uint16_t anyOne = 257;
constexpr std::size_t none = static_cast<std::size_t>(-1);
} // namespace

LikePattern::LikePattern(std::string_view pattern) {
    m_elements.reserve(pattern.size());
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        const bool escapes = c == '\\' && at + 1 < pattern.size() && (pattern[at + 1] == '%' || pattern[at + 1] == '_');
        if (escapes)
            m_elements.push_back(static_cast<unsigned char>(pattern[++at]));
        else if (c == '_')
            m_elements.push_back(anyOne);
        else if (c != '%')
            m_elements.push_back(static_cast<unsigned char>(c));
        else if (m_elements.empty() || m_elements.back() != anyRun)
            m_elements.push_back(anyRun);
    }
}

bool LikePattern::matches(std::string_view text) const {
    std::size_t at = 0;
    std::size_t element = 0;
    std::size_t lastRun = none; // the last % passed, and where the text went on behind it
    std::size_t lastAt = 0;
    while (at < text.size()) {
        const std::uint16_t wanted = element < m_elements.size() ? m_elements[element] : anyRun;
        if (element < m_elements.size() && wanted == anyRun) {
            lastRun = element++;
            lastAt = at;
            if (element == m_elements.size())
                return true;
        } else if (element < m_elements.size() && wanted == anyOne && !isContinuation(text[at])) {
            ++at;
            while (at < text.size() && isContinuation(text[at]))
                ++at;
            ++element;
        } else if (element < m_elements.size() && wanted == static_cast<unsigned char>(text[at])) {
            ++at;
            ++element;
        } else if (lastRun != none) {
            at = ++lastAt; // let the last % take one byte more; an earlier one need not change
            element = lastRun + 1;
        } else {
            return false;
        }
    }
    while (element < m_elements.size() && m_elements[element] == anyRun)
        ++element;
    return element == m_elements.size();
}

} // namespace weir
