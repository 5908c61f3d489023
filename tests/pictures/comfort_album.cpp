#include "pictures/albums.h"
#include "pictures/sitting.h"
#include "ui/attach/attach_popup.h"
#include "ui/canvas/canvas.h"
#include "ui/commands/command_palette.h"
#include "ui/commands/shortcut_list.h"
#include "ui/help/help.h"
#include "ui/help/help_view.h"
#include "ui/layouts/layouts.h"
#include "ui/layouts/name_popup.h"
#include "ui/presenter/presenter.h"
#include "ui/run_bar/run_bar.h"
#include "ui/run_bar/until_popup.h"
#include "ui/settings/settings_view.h"

#include <QAction>
#include <QLineEdit>
#include <QTextBrowser>

namespace weir {
namespace {

void shootPalette(Sitting& sitting) {
    Commands& commands = sitting.studio().commands();
    for (const auto& [typed, name] :
         {std::pair{"", "palette_empty"}, {"pay", "palette"}, {"xyzzy", "palette_nothing_found"}}) {
        commands.openPalette();
        commands.palette().field().setText(QString::fromLatin1(typed));
        sitting.camera().shoot(commands.palette(), QString::fromLatin1(name));
        commands.palette().close();
    }
    commands.actions().last()->trigger();
    sitting.camera().shoot(commands.shortcutList(), QStringLiteral("shortcuts"));
    commands.shortcutList().field().setText(QStringLiteral("ctrl+shift"));
    sitting.camera().shoot(commands.shortcutList(), QStringLiteral("shortcuts_searched"));
    commands.shortcutList().close();
}

void shootPopups(Sitting& sitting) {
    Camera& camera = sitting.camera();
    SettingsView& settings = sitting.studio().settingsView();
    settings.open();
    camera.shoot(settings, QStringLiteral("settings"));
    settings.field().setText(QStringLiteral("xyzzy"));
    camera.shoot(settings, QStringLiteral("settings_nothing_found"));
    settings.close();
    AttachPopup& attach = sitting.studio().attachPopup();
    attach.openOver(sitting.window(), {});
    camera.shoot(attach, QStringLiteral("attach"));
    attach.field().setText(QStringLiteral("http://shop:80"));
    camera.shoot(attach, QStringLiteral("attach_refused"));
    attach.close();
    UntilPopup& until = sitting.window().runBar().untilPopup();
    until.openBelow(sitting.window().runBar(), sitting.session().now());
    camera.shoot(until, QStringLiteral("until"));
    until.field().setText(QStringLiteral("soon"));
    camera.shoot(until, QStringLiteral("until_refused"));
    until.close();
}

void shootHelp(Sitting& sitting) {
    HelpView& help = sitting.studio().help().view();
    for (const QString& page : HelpView::pages()) {
        help.open(page);
        sitting.camera().shoot(help, QStringLiteral("help_") + page);
    }
    help.field().setText(QStringLiteral("retry"));
    sitting.camera().shoot(help, QStringLiteral("help_searched"));
    help.field().setText(QStringLiteral("xyzzy"));
    sitting.camera().shoot(help, QStringLiteral("help_nothing_found"));
    help.close();
}

void shootPresenter(Sitting& sitting) {
    sitting.studio().presenter().action()->trigger();
    settle();
    sitting.session().stepBack();
    sitting.session().step();
    sitting.shoot(QStringLiteral("presenter"));
    sitting.session().setSpeed({.factor = 2});
    sitting.session().run();
    settle(1'500);
    sitting.session().pause();
    sitting.shoot(QStringLiteral("presenter_running"));
    sitting.studio().presenter().action()->trigger();
    settle();
    sitting.session().setSpeed(Speed::max());
}

} // namespace

void shootComfort(Camera& camera) {
    {
        Sitting sitting(camera);
        sitting.open(scenarioFile("order_flow.json"));
        sitting.runTo(131s);
        shootPalette(sitting);
        shootPopups(sitting);
        shootHelp(sitting);
        shootPresenter(sitting);
        sitting.runTo(600s);
        sitting.shoot(QStringLiteral("at_the_end"));
    }
    {
        Sitting sitting(camera, {1024, 640});
        sitting.open(scenarioFile("order_flow.json"));
        sitting.runTo(131s);
        sitting.selectService("payment-service");
        sitting.shoot(QStringLiteral("small"));
    }
    {
        Sitting sitting(camera, {1920, 1080});
        sitting.open(scenarioFile("order_flow.json"));
        sitting.runTo(131s);
        sitting.selectService("payment-service");
        sitting.shoot(QStringLiteral("wide"));
    }
    Sitting sitting(camera);
    if (!sitting.session().attach({QStringLiteral("tcp://127.0.0.1:59999")}).empty())
        return;
    sitting.session().run();
    sitting.shoot(QStringLiteral("live_nothing_yet"));
    sitting.session().detach();
    sitting.shoot(QStringLiteral("live_detached"));
}

} // namespace weir
