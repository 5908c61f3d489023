// NodeProcess: a script of tests/brokers/node as a child process, with the packages that tests/run --all has installed
// from npm. A step is a line of JSON to it, and its answer is waited for. It ends with this object, or with the test.
#pragma once

#include "core/value.h"

#include <QProcess>

#include <string>

namespace weir {

class NodeProcess {
  public:
    // Whether node is here, and that package of npm's.
    static bool has(const std::string& package);

    explicit NodeProcess(const std::string& script);
    ~NodeProcess();
    NodeProcess(const NodeProcess&) = delete;
    NodeProcess& operator=(const NodeProcess&) = delete;

    // What the script refuses is a mistake of the test's.
    Value call(const std::string& step, Value::Table with = {});

  private:
    QProcess m_process;
};

} // namespace weir
