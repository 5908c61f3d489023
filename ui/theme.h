// Theme: every colour, font and event-type mark of the window, as one plain value (dark or light). Views get it through
// a ThemeSource and paint with named tokens only; no colour literal belongs in a view. It knows nothing of widgets:
// Style draws the standard ones, ThemeSource decides which theme holds.
//
// Conventions: `...Text` tokens hold 4.5:1 against every surface (selection included) and are for text; accent, ok,
// warn and danger are for shapes (3:1). `faint` is for ticks and disabled text only. Sizes are logical pixels on a 4-px
// grid.
#pragma once

#include <QColor>
#include <QFont>
#include <QString>

#include <array>

namespace weir {

enum class Scheme { Light, Dark };

// The type scale. Digits of Body, Strong and so on are proportional in Inter: numbers that change go through tabular.h.
enum class TextRole {
    Title,   // 15 bold: name of the thing shown
    Value,   // 16 bold: the figure of a metric tile
    Clock,   // 20 semi-bold
    Factor,  // 14 bold: the speed reached
    Body,    // 12
    Strong,  // 12 semi-bold
    Label,   // 11
    Caption, // 10 bold, for section headers
    Tiny,    // 9, for tick labels
    Mono,    // 11 monospace: time stamps, expressions, JSON
};

// How a state is coloured, wherever it shows.
enum class Tone { Neutral, Accent, Ok, Warn, Danger };

enum class MarkShape { Circle, Square, Triangle, Diamond, Cross, Pentagon, Star, TriangleDown };

// An event type's sign: colour and shape together, so that neither is needed alone.
struct Mark {
    QColor colour;
    MarkShape shape = MarkShape::Circle;
    bool operator==(const Mark&) const = default;
};

struct Theme {
    Scheme scheme = Scheme::Light;
    double typeScale = 1; // of every font

    QColor background; // behind everything; shows in gaps
    QColor canvas;
    QColor surface; // panels, bars, lists
    QColor raised;  // cards, fields, buttons on a surface
    QColor hover;   // raised, under the pointer
    QColor pressed;
    QColor line; // one-pixel borders and separators
    QColor edge; // ties between nodes, stronger than line
    QColor grid; // dots of the canvas, grid of charts

    QColor text;
    QColor muted; // secondary text
    QColor faint; // ticks, disabled

    QColor accent;
    QColor onAccent; // text and icons on accent
    QColor selection;
    QColor ok;
    QColor warn;
    QColor danger;

    QColor accentText;
    QColor okText;
    QColor warnText;
    QColor dangerText;

    std::array<QColor, 7> eventColours;

    // The mark of the event type that appeared as the index-th; 56 differ before they repeat.
    Mark mark(int index) const;
    QColor colour(Tone tone) const;     // for shapes
    QColor textColour(Tone tone) const; // for text
    QColor tint(Tone tone) const;       // a calm ground for text in textColour(tone)
    // Utilisation or fill in 0..1: danger above 0.8 (queues explode beyond), else accent.
    Tone loadTone(double share) const;
    // How much there is, 0 to 1, in steps that look even, to the colour-blind too: from near the surface to what stands
    // out most on it. For heat maps.
    QColor heat(double share) const;
    QFont font(TextRole role) const;

    QString family;     // Inter where present, else the system's sans
    QString monoFamily; // DejaVu Sans Mono where present, else the system's fixed font
};

Theme darkTheme();
Theme lightTheme();
// For a projector: larger type, and text and lines that hold against a washed-out ground.
Theme presented(Theme theme);
inline Theme themeOf(Scheme scheme) {
    return scheme == Scheme::Dark ? darkTheme() : lightTheme();
}

} // namespace weir
