// RedisServer: a Redis of the test's own on the loopback, that keeps nothing on the disk.
#pragma once

#include "brokers/server_process.h"

#include <cstdint>
#include <string>

namespace weir {

class RedisServer {
  public:
    static bool isInstalled() { return programNamed("redis-server").has_value(); }
    bool start();
    std::uint16_t port() const { return m_port; }
    std::string log() const { return m_server.log(); }

  private:
    ServerProcess m_server;
    std::uint16_t m_port = 0;
};

} // namespace weir
