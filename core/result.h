// Result<T>: a value, or why there is none. For everything that a user or the outside can cause; what only we can
// cause is an assert. An Error says where, what was expected and what was given, in that order, so that one line of
// it is enough to mend the input.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace weir {

struct Error {
    std::string where; // JSON pointer, file, column, option: the place to look at
    std::string what;  // what was expected there, as a sentence without a full stop
    std::string given; // what stood there instead; empty where nothing did

    // "where: what, given", leaving out what is empty.
    std::string text() const {
        std::string line = where.empty() ? what : where + ": " + what;
        return given.empty() ? line : line + ", got " + given;
    }
    bool operator==(const Error&) const = default;
};
using Errors = std::vector<Error>;

template <class T, class E = Error>
class [[nodiscard]] Result {
  public:
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : m_content(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_content.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T& value() const& { assert(ok()); return *std::get_if<0>(&m_content); }
    T& value() & { assert(ok()); return *std::get_if<0>(&m_content); }
    T&& value() && { assert(ok()); return std::move(*std::get_if<0>(&m_content)); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    const E& error() const { assert(!ok()); return *std::get_if<1>(&m_content); }

  private:
    std::variant<T, E> m_content;
};

} // namespace weir
