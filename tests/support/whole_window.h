// WholeWindow: the window as somebody finds it who has just started the program, in English and dark, with a folder and
// settings of its own that go with it. For tests that use it as a person does; a scenario is theirs to open.
#pragma once

#include "ui/studio.h"

#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>
#include <string>

namespace weir {

struct WindowStart {
    QSize size{1440, 900};
    QStringList recentFiles;
};

struct WholeWindow {
    explicit WholeWindow(const WindowStart& start = {})
        : settings(folder.filePath("weir.ini"), QSettings::IniFormat), themes(*qApp) {
        qputenv("XDG_DATA_HOME", folder.path().toLocal8Bit()); // where copies for recovery are kept
        QApplication::setApplicationName("weir");
        QApplication::setOrganizationName("weir");
        settings.setValue("window/language", static_cast<int>(Language::Choice::English));
        settings.setValue("window/theme", static_cast<int>(ThemeChoice::Dark));
        if (!start.recentFiles.isEmpty())
            settings.setValue("files/recent", start.recentFiles);
        studio = std::make_unique<Studio>(themes, language, settings);
        studio->window().resize(start.size);
        studio->window().show();
        if (!QTest::qWaitForWindowExposed(&studio->window()))
            qFatal("the window does not show");
    }

    template <class View> View& view() const {
        View* found = studio->window().findChild<View*>();
        if (!found)
            qFatal("the window has no %s", View::staticMetaObject.className());
        return *found;
    }
    QDockWidget& dock(const char* panel) const {
        auto* found = studio->window().findChild<QDockWidget*>(QString::fromLatin1(panel));
        if (!found)
            qFatal("there is no panel %s", panel);
        return *found;
    }
    MessageBar& bar() const { return studio->window().messageBar(); }
    // Clicks what the message bar offers in these words; false where it does not offer that.
    bool answerInBar(const QString& words) const {
        for (auto* button : bar().findChildren<QToolButton*>())
            if (button->isVisible() && button->text() == words) {
                QTest::mouseClick(button, Qt::LeftButton);
                return true;
            }
        return false;
    }
    // A window system gives the keyboard to the window in front; offscreen nobody does.
    static void takeKeyboard(QWidget& window) {
        if (QGuiApplication::platformName() == QLatin1String("offscreen"))
            QApplication::setActiveWindow(&window);
    }
    void takeKeyboard() const { takeKeyboard(studio->window()); }
    // Types the path into the file dialog that is open; false where none is.
    bool chooseInDialog(const QString& path) const {
        auto* dialog = studio->window().findChild<QFileDialog*>();
        auto* name = dialog ? dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")) : nullptr;
        if (!name)
            return false;
        takeKeyboard(*dialog);
        name->setFocus();
        if (!QTest::qWaitFor([name] { return name->hasFocus(); })) // else its list writes into it too
            return false;
        name->selectAll();
        QTest::keyClicks(name, path);
        QTest::keyClick(name, Qt::Key_Return);
        takeKeyboard();
        return true;
    }
    // A file in the folder, with that in it. Its path.
    QString write(const QString& name, const std::string& text) const {
        QFile file(folder.filePath(name));
        const QByteArray bytes = QByteArray::fromStdString(text);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(name));
        return file.fileName();
    }

    QTemporaryDir folder;
    QSettings settings;
    ThemeSource themes;
    Language language;
    std::unique_ptr<Studio> studio;
};

} // namespace weir
