// Errand: something that was asked for and lies far away: the way there is gone in slices, between which the window
// lives, and then it is done. One at a time, of the owner's thread; it goes with its owner.
#pragma once

#include <QObject>

#include <functional>

namespace weir {

class Errand {
  public:
    enum class Kind { place, deed }; // of places the last one counts, a deed is done in any case

    struct Way {
        std::function<bool()> isShort;
        std::function<void()> goOn; // a slice
    };
    // Where the way is short, `then` is done at once. Whatever was under way is to be finished, or has given way, before.
    void begin(Kind kind, Way way, std::function<void()> then);
    // Does at once what is under way, for who needs its outcome. It may be the end of the owner, and so of this.
    void finish();
    // Another place is wanted: one that was is forgotten, a deed is done.
    void giveWay();

  private:
    void goOnLater();

    QObject m_context;
    Kind m_kind = Kind::place;
    Way m_way;
    bool m_goesOn = false; // a slice is due
    std::function<void()> m_then; // null: nothing is under way
};

} // namespace weir
