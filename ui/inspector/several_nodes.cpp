#include "ui/inspector/several_nodes.h"

#include "core/record/catalogue.h"
#include "ui/format.h"
#include "ui/inspector/sign_rows.h"
#include "ui/style.h"
#include "ui/widgets/flow_layout.h"

#include <QAction>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace weir {
namespace {

enum Kind : std::uint8_t { service, queue, stream, topic, exchange, kinds };

Kind kindOf(const std::string& name, const Catalogue& catalogue) {
    const ChannelId channel = catalogue.channel(name);
    if (!channel.valid())
        return service;
    switch (catalogue.channels()[channel.index()].kind) {
    case ChannelKind::queue:
        return queue;
    case ChannelKind::stream:
        return stream;
    case ChannelKind::topic:
        return topic;
    default:
        return exchange;
    }
}

constexpr std::array icons{"service", "queue", "stream", "topic", "exchange"};

} // namespace

SeveralNodes::SeveralNodes(const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_flow(new FlowLayout), m_rows(new SignRows(themes, this)) {
    m_flow->setSpacing(8);
    m_flow->setContentsMargins(0, 12, 0, 12);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_flow);
    column->addWidget(m_rows);
}

void SeveralNodes::setActions(const QList<QAction*>& actions) {
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (QAction* const action : actions) {
        auto* const button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        if (action->menu())
            button->setPopupMode(QToolButton::InstantPopup);
        setButtonLook(*button, ButtonLook::Raised);
        m_flow->addWidget(button);
        m_buttons << button;
    }
}

void SeveralNodes::setNodes(const std::vector<std::string>& names, const Catalogue& catalogue) {
    std::vector<SignRow> rows;
    for (const std::string& name : names) {
        if (rows.size() == namesMax) {
            rows.push_back(
                {.sign = Tone::Neutral,
                 .text = tr("and %1 more").arg(countText(static_cast<std::int64_t>(names.size() - namesMax))),
                 .note = {},
                 .tip = {}});
            break;
        }
        rows.push_back({.sign = QString::fromLatin1(icons[kindOf(name, catalogue)]),
                        .text = QString::fromStdString(name),
                        .note = {},
                        .tip = {}});
    }
    m_rows->setRows(std::move(rows));
}

QString SeveralNodes::kindsText(const std::vector<std::string>& names, const Catalogue& catalogue) {
    std::array<std::int64_t, kinds> counts{};
    for (const std::string& name : names)
        ++counts[kindOf(name, catalogue)];
    QStringList parts;
    const auto add = [&parts](std::int64_t count, const QString& one, const QString& several) {
        if (count > 0)
            parts << (count == 1 ? one : several.arg(countText(count)));
    };
    add(counts[service], tr("1 service"), tr("%1 services"));
    add(counts[queue], tr("1 queue"), tr("%1 queues"));
    add(counts[stream], tr("1 stream"), tr("%1 streams"));
    add(counts[topic], tr("1 topic"), tr("%1 topics"));
    add(counts[exchange], tr("1 exchange"), tr("%1 exchanges"));
    return parts.join(QStringLiteral(" · "));
}

} // namespace weir
