#include "brokers/node_process.h"

#include "brokers/patience.h"
#include "brokers/server_process.h"

#include <QFileInfo>
#include <QProcessEnvironment>

namespace weir {

bool NodeProcess::has(const std::string& package) {
    return programNamed("node") &&
           QFileInfo::exists(QStringLiteral(WEIR_NODE_MODULES "/") + QString::fromStdString(package + "/package.json"));
}

NodeProcess::NodeProcess(const std::string& script) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("NODE_PATH"), QStringLiteral(WEIR_NODE_MODULES));
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QString::fromStdString(*programNamed("node")),
                    {QStringLiteral(WEIR_SOURCE_DIR "/tests/brokers/node/") + QString::fromStdString(script)});
    if (!m_process.waitForStarted())
        qFatal("node does not start: %s", qPrintable(m_process.errorString()));
}

NodeProcess::~NodeProcess() {
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(2000))
        m_process.kill();
    m_process.waitForFinished();
}

Value NodeProcess::call(const std::string& step, Value::Table with) {
    with.insert(with.begin(), {"do", Value(step)});
    m_process.write(QByteArray::fromStdString(Value(std::move(with)).canonical() + '\n'));
    const int milliseconds = static_cast<int>(std::chrono::milliseconds(2 * patience).count());
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(milliseconds))
            qFatal("node does not answer to %s: %s", step.c_str(), qPrintable(m_process.errorString()));
    const Result<Value> answer = Value::parse(m_process.readLine().toStdString());
    const Value* value = answer ? answer->member("value") : nullptr;
    if (!value)
        qFatal("node cannot %s: %s", step.c_str(),
               answer ? answer->canonical().c_str() : answer.error().text().c_str());
    return *value;
}

} // namespace weir
