#include "brokers/redis_server.h"

namespace weir {

bool RedisServer::start() {
    m_port = freePort();
    m_server.start({.program = *programNamed("redis-server"),
                    .arguments = {"--port", std::to_string(m_port), "--bind", "127.0.0.1", "--save", "", "--appendonly",
                                  "no", "--dir", m_server.folder()},
                    .environment = {}});
    return m_server.listens(m_port, 20s);
}

} // namespace weir
