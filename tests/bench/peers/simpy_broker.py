# The reference scenario of the broker (core/simulation/reference_scenarios.h) on SimPy 3, as its manual would write it:
# a process for whatever takes time, stores for what waits, without any record. "broker/queues idiomatic nanoseconds" for
# each delivered message.
import random
import sys
import time

import simpy

MESSAGES = 40_000  # published
PREFETCH = 20
CONSUMERS = 4  # a queue
RETRIES = 3


class Message:
    def __init__(self, key):
        self.key = key
        self.failures = 0


class Broker:
    def __init__(self, environment, queues):
        self.environment = environment
        self.delivered = 0
        self.dead = []
        self.bindings = {}
        for number in range(queues):
            self.bindings["job.%d" % number] = simpy.Store(environment)
            for _ in range(CONSUMERS):
                environment.process(self.channel("job.%d" % number))

    def latency(self):
        return self.environment.timeout(random.uniform(100e-6, 300e-6))

    def publish(self, message):
        yield self.latency()
        self.bindings[message.key].put(message)

    def channel(self, key):
        """One consumer's: as much on its way and unsettled as its prefetch allows."""
        credit = simpy.Container(self.environment, capacity=PREFETCH, init=PREFETCH)
        inbox = simpy.Store(self.environment)
        self.environment.process(self.worker(inbox))
        while True:
            yield credit.get(1)
            message = yield self.bindings[key].get()
            self.delivered += 1
            settled = self.environment.event()
            self.environment.process(self.deliver(message, settled, inbox))
            self.environment.process(self.unacked(message, settled, credit))

    def deliver(self, message, settled, inbox):
        yield self.latency()
        inbox.put((message, settled))

    def worker(self, inbox):
        while True:
            message, settled = yield inbox.get()
            yield self.environment.timeout(random.expovariate(100))
            self.environment.process(self.settle(settled, random.random() >= 0.02))

    def settle(self, settled, done):
        yield self.latency()
        if not settled.triggered:
            settled.succeed(done)

    def unacked(self, message, settled, credit):
        outcome = yield settled | self.environment.timeout(30)
        credit.put(1)
        if settled in outcome and outcome[settled]:
            return
        message.failures += 1
        if message.failures > RETRIES:
            self.dead.append(message)
            return
        yield self.environment.timeout(2 ** (message.failures - 1))
        self.bindings[message.key].put(message)


def source(environment, broker, key, count):
    for _ in range(count):
        yield environment.timeout(random.expovariate(320))
        environment.process(broker.publish(Message(key)))


def main():
    for queues in map(int, sys.argv[1:]):
        random.seed(1)
        environment = simpy.Environment()
        broker = Broker(environment, queues)
        for key in broker.bindings:
            environment.process(source(environment, broker, key, MESSAGES // queues))
        start = time.process_time()
        environment.run()
        print("broker/%d idiomatic %.1f" % (queues, (time.process_time() - start) * 1e9 / broker.delivered))


main()
