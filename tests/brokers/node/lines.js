// One end of stdin and stdout: a line of JSON names a step, the line that answers has its value or its error. What has no
// parent any more ends.
'use strict';

const readline = require('node:readline');

module.exports = async function answer(steps) {
  const lines = readline.createInterface({ input: process.stdin });
  lines.on('close', () => process.exit(0));
  for await (const line of lines) {
    const step = JSON.parse(line);
    let answered;
    try {
      answered = { value: (await steps[step.do](step)) ?? null };
    } catch (error) {
      answered = { error: String(error && error.stack) };
    }
    process.stdout.write(JSON.stringify(answered) + '\n');
  }
};
