#include "ui/theme.h"

#include <QFontDatabase>

#include <algorithm>

namespace weir {
namespace {

QString present(const QString& wanted, QFontDatabase::SystemFont fallback) {
    return QFontDatabase::families().contains(wanted) ? wanted : QFontDatabase::systemFont(fallback).family();
}

Theme withFonts(Theme theme) {
    theme.family = present(QStringLiteral("Inter"), QFontDatabase::GeneralFont);
    theme.monoFamily = present(QStringLiteral("DejaVu Sans Mono"), QFontDatabase::FixedFont);
    return theme;
}

QColor mixed(const QColor& over, const QColor& under, double share) {
    const auto channel = [share](int a, int b) { return static_cast<int>(a * share + b * (1 - share) + 0.5); };
    return QColor(channel(over.red(), under.red()), channel(over.green(), under.green()),
                  channel(over.blue(), under.blue()));
}

} // namespace

Theme darkTheme() {
    return withFonts({.scheme = Scheme::Dark,
                      .background = "#12151A",
                      .canvas = "#161A20",
                      .surface = "#1B2027",
                      .raised = "#232A33",
                      .hover = "#2B343F",
                      .pressed = "#1F252D",
                      .line = "#2F3843",
                      .edge = "#4A5667",
                      .grid = "#222831",
                      .text = "#E6EBF2",
                      .muted = "#98A5B6",
                      .faint = "#5C6878",
                      .accent = "#5B9BFF",
                      .onAccent = "#0B1322",
                      .selection = "#24385A",
                      .ok = "#3FB68B",
                      .warn = "#E6A23C",
                      .danger = "#EF5F57",
                      .accentText = "#7DB0FF",
                      .okText = "#4CC197",
                      .warnText = "#E9AA4B",
                      .dangerText = "#FA8A83",
                      .eventColours = {"#5B9BFF", "#2BB3A3", "#E69F00", "#A08FF0", "#E0691A", "#7BB662", "#E07FBC"},
                      .family = {},
                      .monoFamily = {}});
}

Theme lightTheme() {
    return withFonts({.scheme = Scheme::Light,
                      .background = "#ECEFF3",
                      .canvas = "#FAFBFC",
                      .surface = "#FFFFFF",
                      .raised = "#F3F5F8",
                      .hover = "#E7EBF1",
                      .pressed = "#DDE3EB",
                      .line = "#D8DEE6",
                      .edge = "#A9B4C2",
                      .grid = "#E6EAF0",
                      .text = "#17202C",
                      .muted = "#566374",
                      .faint = "#98A3B1",
                      .accent = "#1F6FEB",
                      .onAccent = "#FFFFFF",
                      .selection = "#DCE9FF",
                      .ok = "#16835B",
                      .warn = "#B26A00",
                      .danger = "#CF2F2A",
                      .accentText = "#1759C4",
                      .okText = "#0E7350",
                      .warnText = "#8F5400",
                      .dangerText = "#B92722",
                      .eventColours = {"#1F6FEB", "#138A7D", "#B87800", "#6F5BD6", "#C24E00", "#4F8A36", "#B8478E"},
                      .family = {},
                      .monoFamily = {}});
}

Theme presented(Theme theme) {
    const bool dark = theme.scheme == Scheme::Dark;
    theme.typeScale = 1.2;
    theme.text = dark ? "#FFFFFF" : "#000000";
    theme.muted = mixed(theme.text, theme.muted, 0.6);
    theme.faint = mixed(theme.text, theme.faint, 0.35);
    theme.line = mixed(theme.text, theme.line, 0.25);
    theme.edge = mixed(theme.text, theme.edge, 0.35);
    theme.canvas = dark ? "#0B0D10" : "#FFFFFF";
    theme.grid = mixed(theme.text, theme.canvas, 0.08);
    return theme;
}

Mark Theme::mark(int index) const {
    constexpr int shapes = static_cast<int>(MarkShape::TriangleDown) + 1;
    // 7 colours and 8 shapes share no factor: the pairs only repeat after 56.
    return {eventColours[static_cast<std::size_t>(index) % eventColours.size()],
            static_cast<MarkShape>(index % shapes)};
}

QColor Theme::colour(Tone tone) const {
    switch (tone) {
    case Tone::Neutral:
        return muted;
    case Tone::Accent:
        return accent;
    case Tone::Ok:
        return ok;
    case Tone::Warn:
        return warn;
    case Tone::Danger:
        return danger;
    }
    Q_UNREACHABLE();
}

QColor Theme::textColour(Tone tone) const {
    switch (tone) {
    case Tone::Neutral:
        return text;
    case Tone::Accent:
        return accentText;
    case Tone::Ok:
        return okText;
    case Tone::Warn:
        return warnText;
    case Tone::Danger:
        return dangerText;
    }
    Q_UNREACHABLE();
}

QColor Theme::tint(Tone tone) const {
    switch (tone) {
    case Tone::Neutral:
        return raised;
    case Tone::Accent:
        return selection;
    case Tone::Ok:
    case Tone::Warn:
    case Tone::Danger:
        return mixed(colour(tone), surface, scheme == Scheme::Dark ? 0.16 : 0.10);
    }
    Q_UNREACHABLE();
}

Tone Theme::loadTone(double share) const {
    return share > 0.8 ? Tone::Danger : Tone::Accent;
}

QColor Theme::heat(double share) const {
    // Anchors of even lightness steps; blue to yellow, which no common colour blindness confuses.
    static const std::array dark{QColor("#22355C"), QColor("#3F4F7A"), QColor("#6E7280"), QColor("#A29A74"),
                                 QColor("#D6C45C"), QColor("#FFEF6B")};
    static const std::array light{QColor("#E3EDF8"), QColor("#BBD3EC"), QColor("#8AB4DC"), QColor("#5590C6"),
                                  QColor("#2B68A5"), QColor("#0D3768")};
    const auto& anchors = scheme == Scheme::Dark ? dark : light;
    const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(anchors.size() - 1);
    const std::size_t below = std::min(static_cast<std::size_t>(at), anchors.size() - 2);
    return mixed(anchors[below + 1], anchors[below], at - static_cast<double>(below));
}

QFont Theme::font(TextRole role) const {
    QFont font;
    font.setFamilies({role == TextRole::Mono ? monoFamily : family, QStringLiteral("Noto Sans CJK SC"),
                      QStringLiteral("WenQuanYi Micro Hei")});
    const auto shape = [&font, this](int pixels, QFont::Weight weight) {
        font.setPixelSize(static_cast<int>(pixels * typeScale + 0.5));
        font.setWeight(weight);
    };
    switch (role) {
    case TextRole::Title:
        shape(15, QFont::Bold);
        break;
    case TextRole::Value:
        shape(16, QFont::Bold);
        break;
    case TextRole::Clock:
        shape(20, QFont::DemiBold);
        break;
    case TextRole::Factor:
        shape(14, QFont::Bold);
        break;
    case TextRole::Body:
        shape(12, QFont::Normal);
        break;
    case TextRole::Strong:
        shape(12, QFont::DemiBold);
        break;
    case TextRole::Label:
        shape(11, QFont::Normal);
        break;
    case TextRole::Caption:
        shape(10, QFont::Bold);
        font.setCapitalization(QFont::AllUppercase);
        font.setLetterSpacing(QFont::AbsoluteSpacing, 0.4);
        break;
    case TextRole::Tiny:
        shape(9, QFont::Normal);
        break;
    case TextRole::Mono:
        shape(11, QFont::Normal);
        font.setStyleHint(QFont::Monospace);
        break;
    }
    return font;
}

} // namespace weir
