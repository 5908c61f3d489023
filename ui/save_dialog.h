// Asks where something is to be written: the desktop's dialog, without an event loop of its own. A name without an
// ending gets that of the chosen kind of file, so that what is written can be opened again.
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace weir {

struct SaveQuestion {
    QString title;
    QString suggested; // name, or path
    QString filters;   // "Pictures (*.png);;Drawings (*.svg)"
};
void askWhereToSave(QWidget& parent, const SaveQuestion& question,
                    const std::function<void(const QString& path)>& chosen);

// "webm" of "Animations (*.webm *.gif)"; empty where it names none.
QString suffixOf(const QString& filter);

} // namespace weir
