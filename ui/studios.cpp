#include "ui/studios.h"

#include "ui/studio.h"

#include <QFileInfo>
#include <QScreen>

#include <algorithm>

namespace weir {
namespace {

constexpr QSize frame(16, 48); // about what the desktop puts around a window

// Also by another way to it, where it is there.
bool isSameFile(const QString& left, const QString& right) {
    const QString canonical = QFileInfo(left).canonicalFilePath();
    return canonical.isEmpty() ? QFileInfo(left) == QFileInfo(right) : canonical == QFileInfo(right).canonicalFilePath();
}

} // namespace

Studios::Studios(ThemeSource& themes, Language& language, QSettings& settings)
    : m_themes(themes), m_language(language), m_settings(settings) {}

Studios::~Studios() = default;

Studio& Studios::add() {
    Studio& studio = *m_all.emplace_back(std::make_unique<Studio>(m_themes, m_language, m_settings));
    connect(&studio.files(), &DocumentFiles::windowRequested, this, [this, &studio] {
        const QPoint place = studio.window().pos();
        add().window().move(place + QPoint(32, 32)); // not hidden behind
    });
    connect(&studio.files(), &DocumentFiles::restoreElsewhereRequested, this,
            [this](const Recovery::Copy& copy) { add().files().restore(copy); });
    studio.files().setElsewhere([this, &studio](const QString& path) { return raise(path, &studio); });
    connect(&studio.window(), &MainWindow::closed, this, [this, &studio] { forget(studio); });
    // The ledger at the bottom is to be in sight: with its frame the window is no larger than the screen.
    MainWindow& window = studio.window();
    const QSize room = window.screen()->availableSize() - frame;
    window.resize(window.size().boundedTo(room).expandedTo(window.minimumSizeHint()));
    window.show();
    studio.files().offerRecoveries();
    return studio;
}

void Studios::open(const QString& path) {
    if (raise(path, nullptr))
        return;
    const auto empty = std::find_if(m_all.begin(), m_all.end(), [](const std::unique_ptr<Studio>& studio) {
        return studio->session().mode() == Session::Mode::empty;
    });
    Studio& studio = empty != m_all.end() ? **empty : add();
    studio.open(path);
}

// Whether a window other than `but` shows that file; it is in front then.
bool Studios::raise(const QString& path, const Studio* but) {
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const std::unique_ptr<Studio>& studio) {
        const QString present = studio->files().path();
        return studio.get() != but && !present.isEmpty() && isSameFile(present, path);
    });
    if (found == m_all.end())
        return false;
    (*found)->window().comeForward();
    return true;
}

// It is on the stack of its own event: gone when that is done.
void Studios::forget(const Studio& studio) {
    const auto found =
        std::find_if(m_all.begin(), m_all.end(), [&](const auto& each) { return each.get() == &studio; });
    if (found == m_all.end())
        return;
    found->release()->deleteLater();
    m_all.erase(found);
}

} // namespace weir
