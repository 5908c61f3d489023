// The listener names of the JavaScript library eventemitter2 (as of 6.4.9): segments between delimiters, `*` for one
// segment, `**` for any number. The emitted name may hold wildcards too, and `**` is not what it seems: it may swallow
// zero segments in some places and needs one in others. So the rule here is the library's own search, step by step, for
// a tree that holds this one listener. There is exactly one way on from each place: matching is linear.
#pragma once

#include "core/broker/pattern_word.h"
#include "core/result.h"
#include "core/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace weir {

class EmitterPattern {
  public:
    // What the constructor of an emitter is given.
    struct Options {
        std::string delimiter = ".";
        bool wildcard = true; // without it names are compared whole
    };

    static Result<EmitterPattern> compile(std::string_view name, Options options);
    // The segments already cut, as on(["a", "b"], ...) gives them.
    static Result<EmitterPattern> compile(const Value::List& segments, Options options);

    bool matches(std::string_view name) const;
    bool matches(const Value::List& segments) const;
    std::vector<PatternWord> words() const;

  private:
    EmitterPattern(std::vector<std::string> segments, Options options);
    template <class Segments> bool reached(Segments segments) const;

    Options m_options;
    std::vector<std::string> m_segments;
    bool m_deaf = false; // two `**` in a row: the library drops such a listener without a word
};

} // namespace weir
