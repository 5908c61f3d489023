// BullMQ's queues and workers that do as they are told. A worker's job is open until it is told how it ends; what workers
// were given is kept until it is asked for.
'use strict';

const { Queue, Worker, UnrecoverableError } = require('bullmq');
const answer = require('./lines');

let connection;
const settings = {}; // by queue
const queues = {};
const workers = {}; // by consumer
const takers = {}; // workers by queue that take one job at a time
const open = new Map(); // by message: its latest delivery
let given = [];

function workerOptions(name) {
  const { lock, timeouts, limiter } = settings[name];
  return { connection, lockDuration: lock, stalledInterval: 100, maxStalledCount: timeouts, limiter };
}

function seen(consumer, job) {
  return { consumer, message: job.data.message, count: job.attemptsStarted };
}

function ending(how) {
  if (how === 'ack') return null;
  return how === 'reject' ? new UnrecoverableError('refused') : new Error('failed');
}

// Settled when it is told how the job ends; `moved` is settled when the job has gone where that leads.
function process(consumer) {
  return (job) =>
    new Promise((done, fail) => {
      let arrived;
      const moved = new Promise((resolve) => (arrived = resolve));
      const end = (how) => {
        const error = ending(how);
        if (error) fail(error);
        else done();
        return moved;
      };
      open.set(job.data.message, { end, arrived });
      given.push(seen(consumer, job));
    });
}

function hasMoved(job) {
  open.get(job.data.message)?.arrived?.();
}

async function taker(name) {
  if (!takers[name]) {
    takers[name] = new Worker(name, null, { ...workerOptions(name), autorun: false });
    takers[name].on('error', () => {});
    await takers[name].waitUntilReady();
    await takers[name].startStalledCheckTimer();
  }
  return takers[name];
}

let tokens = 0;

answer({
  async open({ port, queues: all }) {
    connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
    for (const queue of all) {
      settings[queue.name] = queue;
      queues[queue.name] = new Queue(queue.name, { connection });
      await queues[queue.name].waitUntilReady();
    }
    await (await Object.values(queues)[0].client).flushall();
  },
  // Whether it is a job of its own, or stands for one that was here.
  async add({ queue, message, delay, priority, id, jobId, keep = true }) {
    const { attempts, backoff, lifo, dedup } = settings[queue];
    const job = await queues[queue].add(
      'job',
      { message },
      {
        attempts,
        backoff,
        lifo,
        delay,
        priority,
        jobId,
        removeOnComplete: !keep,
        deduplication: dedup && id ? { id, ...dedup } : undefined,
      },
    );
    const kept = await queues[queue].getJob(job.id);
    return !kept || kept.data.message === message ? 'ack' : 'repeated';
  },
  async attach({ consumer, queue, concurrency }) {
    if (workers[consumer]) {
      workers[consumer].resume();
      return;
    }
    workers[consumer] = new Worker(queue, process(consumer), { ...workerOptions(queue), concurrency });
    workers[consumer].on('completed', hasMoved);
    workers[consumer].on('failed', hasMoved);
    workers[consumer].on('error', () => {});
    await workers[consumer].waitUntilReady();
  },
  async retire({ consumer }) {
    await workers[consumer].pause(true);
  },
  // Its process is gone: nobody renews its locks.
  async crash({ consumer }) {
    await workers[consumer].close(true);
    delete workers[consumer];
  },
  async take({ queue }) {
    const worker = await taker(queue);
    const token = `taker ${++tokens}`;
    const job = await worker.getNextJob(token, { block: false });
    if (!job) return null;
    const end = (how) =>
      how === 'ack' ? job.moveToCompleted(0, token, false) : job.moveToFailed(ending(how), token, false);
    open.set(job.data.message, { end });
    return seen('taker', job);
  },
  async settle({ message, how }) {
    await open.get(message).end(how);
  },
  // How long it waits now, in milliseconds; then it waits no longer.
  async hurry({ queue }) {
    const [job] = await queues[queue].getDelayed();
    const { delay } = job;
    await job.promote();
    return delay;
  },
  async redrive({ queue }) {
    for (const job of await queues[queue].getJobs(['failed'], 0, -1, true))
      await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
  },
  async pause({ queue }) {
    await queues[queue].pause();
  },
  async resume({ queue }) {
    await queues[queue].resume();
  },
  async ready({ queue }) {
    const { waiting = 0, prioritized = 0, paused = 0 } = await queues[queue].getJobCounts('waiting', 'prioritized', 'paused');
    return waiting + prioritized + paused;
  },
  calls() {
    return given.splice(0);
  },
});
