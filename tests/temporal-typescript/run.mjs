// node run.mjs HOST:PORT — runs every check against a service there; the last line is "N passed, N failed".
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from './activities.mjs';
import { checks as activities } from './checks/activities.mjs';
import { checks as basics } from './checks/basics.mjs';
import { checks as relations } from './checks/relations.mjs';
import { checks as runs } from './checks/runs.mjs';
import { checks as schedules } from './checks/schedules.mjs';
import { checks as standalone } from './checks/standalone.mjs';

const [address] = process.argv.slice(2);
if (!address) {
  console.error('usage: node run.mjs HOST:PORT');
  process.exit(2);
}

Runtime.install({ logger: new DefaultLogger('ERROR') });
const connection = await Connection.connect({ address });
const native = await NativeConnection.connect({ address });
const client = new Client({ connection });
const taskQueue = `typescript-${randomUUID()}`;
const workflowsPath = fileURLToPath(new URL('./workflows/index.mjs', import.meta.url));
const id = () => `ts-${randomUUID()}`;
const context = {
  connection, native, client, taskQueue, workflowsPath, id,
  execute: (workflow, ...args) => client.workflow.execute(workflow, { taskQueue, workflowId: id(), args }),
  start: (workflow, ...args) => client.workflow.start(workflow, { taskQueue, workflowId: id(), args }),
  until: async (condition) => {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const value = await condition();
      if (value) return value;
      assert.ok(Date.now() < deadline, 'did not come true within 20 s');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  },
  assertRejects: async (promise, type) => {
    try {
      await promise;
    } catch (error) {
      assert.ok(error instanceof type, `expected ${type.name}, got ${error}`);
      return error;
    }
    return assert.fail(`expected ${type.name}, but nothing failed`);
  },
};

const checks = Object.assign({}, ...[basics, activities, relations, runs, schedules, standalone].map((group) => group(context)));
const worker = await Worker.create({
  connection: native, taskQueue, activities: createActivities(client), workflowsPath, maxHeartbeatThrottleInterval: '100ms',
});
const { failed } = await worker.runUntil(async () => {
  const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => {
    try {
      await check();
      console.log(`ok    ${name}`);
      return true;
    } catch (error) {
      console.log(`FAIL  ${name}: ${error?.stack ?? error}`);
      return false;
    }
  }));
  return { failed: results.filter((ok) => !ok).length };
});
await connection.close();
await native.close();
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
