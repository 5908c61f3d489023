// An emitter that does as it is told. What its listeners are called with is kept, in the order of the calls, until it is
// asked for.
'use strict';

const { EventEmitter2 } = require('eventemitter2');
const answer = require('./lines');

let emitter;
let listeners = {}; // by name: functions with their patterns
let calls = [];

function outcome(emit) {
  try {
    return { returned: emit() };
  } catch (error) {
    return { threw: error.message };
  }
}

answer({
  open({ options }) {
    emitter = new EventEmitter2({ wildcard: true, ...options });
    listeners = {};
    calls = [];
  },
  // how: on, once, prependListener, prependOnceListener, many or prependMany (with times), onAny.
  listen({ name, pattern, how, times, throws }) {
    const listener = function (...given) {
      const [key, message] = how === 'onAny' ? given : [this.event, given[0]];
      calls.push({ listener: name, key: String(key), message: Number(message) || 0 });
      if (throws) throw new Error(throws);
    };
    (listeners[name] ??= []).push({ pattern, listener });
    if (how === 'onAny') emitter.onAny(listener);
    else if (how === 'many' || how === 'prependMany') emitter[how](pattern, times, listener);
    else emitter[how](pattern, listener);
  },
  // The same function once more.
  listenAgain({ name, pattern }) {
    const { listener } = listeners[name][0];
    listeners[name].push({ pattern, listener });
    emitter.on(pattern, listener);
  },
  leave({ name }) {
    for (const { pattern, listener } of listeners[name] ?? []) emitter.off(pattern, listener);
    delete listeners[name];
  },
  emit({ key, message }) {
    return outcome(() => emitter.emit(key, message));
  },
  emitError({ text }) {
    return outcome(() => emitter.emit('error', new Error(text)));
  },
  async emitAsync({ key, message }) {
    return (await emitter.emitAsync(key, message)).length;
  },
  // As many as are listed, and whether a warning was said meanwhile.
  async listenMany({ pattern, count }) {
    const warnings = [];
    const heard = (warning) => warnings.push(warning.name);
    process.on('warning', heard);
    for (let i = 0; i < count; i++) emitter.on(pattern, () => {});
    await new Promise((done) => setTimeout(done, 20));
    process.off('warning', heard);
    return { listeners: emitter.listeners(pattern).length, warnings };
  },
  async calls() {
    await new Promise(setImmediate); // what an asynchronous emitter has put off
    return calls.splice(0);
  },
});
