// RealDriver: what the drivers of all real brokers do alike: they wait by the wall clock, number what they publish, and
// gather what their consumers are given.
#pragma once

#include "brokers/broker_driver.h"

#include <string>
#include <vector>

namespace weir {

class RealDriver : public BrokerDriver {
  public:
    void ackLate(const std::string& consumer, Ordinal message) override; // most systems have nothing like it,
    void redrive(const std::string& queue) override;                         // nor like these
    void goBack(const std::string& stream, Ordinal message) override;
    void pause(const std::string& queue) override;
    void resume(const std::string& queue) override;
    void wait(Duration time) override;
    std::vector<Seen> given(std::size_t expected) final;

  protected:
    explicit RealDriver(std::vector<ChannelSpec> channels) : m_channels(std::move(channels)) {}

    // What has come by now: into m_received, without waiting for more.
    virtual void receive() = 0;
    // One of those it was set up with.
    const ChannelSpec& channel(const std::string& name) const;

    std::vector<ChannelSpec> m_channels;
    Ordinal m_published = 0;
    std::vector<Seen> m_received; // not told yet
};

} // namespace weir
