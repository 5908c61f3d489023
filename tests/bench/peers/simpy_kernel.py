# M/M/1 on SimPy 3, as its manual writes it (Resource) and with bare callbacks: "mm1 variant nanoseconds" each.
import random
import time

import simpy

CUSTOMERS = 50_000


def timed(name, build):
    random.seed(1)
    environment = simpy.Environment()
    build(environment)
    start = time.process_time()
    environment.run()
    print("mm1 %s %.1f" % (name, (time.process_time() - start) * 1e9 / (2 * CUSTOMERS)))


def resource(environment):
    server = simpy.Resource(environment, capacity=1)

    def customer():
        with server.request() as request:
            yield request
            yield environment.timeout(random.expovariate(1 / 0.8))

    def source():
        for _ in range(CUSTOMERS):
            yield environment.timeout(random.expovariate(1))
            environment.process(customer())

    environment.process(source())


def callbacks(environment):
    waiting = [0]
    arrived = [0]

    def serve():
        environment.timeout(random.expovariate(1 / 0.8)).callbacks.append(depart)

    def depart(_):
        waiting[0] -= 1
        if waiting[0]:
            serve()

    def arrive(_):
        arrived[0] += 1
        if arrived[0] < CUSTOMERS:
            environment.timeout(random.expovariate(1)).callbacks.append(arrive)
        waiting[0] += 1
        if waiting[0] == 1:
            serve()

    environment.timeout(random.expovariate(1)).callbacks.append(arrive)


timed("Resource", resource)
timed("callbacks", callbacks)
