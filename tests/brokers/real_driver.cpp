#include "brokers/real_driver.h"

#include "brokers/patience.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace weir {

void RealDriver::ackLate(const std::string&, Ordinal) {
    qFatal("this system takes no late ack");
}

void RealDriver::redrive(const std::string&) {
    qFatal("this system puts nothing back");
}

void RealDriver::goBack(const std::string&, Ordinal) {
    qFatal("this system has no group that goes back");
}

void RealDriver::pause(const std::string&) {
    qFatal("this system pauses no queue");
}

void RealDriver::resume(const std::string&) {
    qFatal("this system pauses no queue");
}

void RealDriver::wait(Duration time) {
    std::this_thread::sleep_for(time);
}

std::vector<Seen> RealDriver::given(std::size_t expected) {
    eventually([&] {
        receive();
        return m_received.size() >= expected;
    });
    std::this_thread::sleep_for(moment);
    receive();
    return std::exchange(m_received, {});
}

const ChannelSpec& RealDriver::channel(const std::string& name) const {
    const auto found =
        std::find_if(m_channels.begin(), m_channels.end(), [&](const ChannelSpec& each) { return each.name == name; });
    assert(found != m_channels.end());
    return *found;
}

} // namespace weir
