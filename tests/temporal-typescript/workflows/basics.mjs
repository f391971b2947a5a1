// What every application does.
import {
  ApplicationFailure, CancellationScope, condition, continueAsNew, defineQuery, defineSignal, defineUpdate, executeChild,
  isCancellation, patched, proxyActivities, proxyLocalActivities, setHandler, sleep, startChild, workflowInfo,
} from '@temporalio/workflow';

const { greet, failTwice, beatUntilCancelled, alwaysFails } = proxyActivities({
  startToCloseTimeout: '10s',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '10ms', maximumAttempts: 3 },
});
const local = proxyLocalActivities({ startToCloseTimeout: '5s' });

export const add = defineSignal('add');
export const total = defineQuery('total');
export const addAndGet = defineUpdate('addAndGet');

export async function greeting(name) {
  return greet(name);
}

export async function retries() {
  return failTwice();
}

export async function localActivity(name) {
  return local.greet(name);
}

export async function timer(milliseconds) {
  const start = Date.now();
  await sleep(milliseconds);
  return Date.now() - start >= milliseconds;
}

export async function counter(limit) {
  let sum = 0;
  setHandler(add, (n) => { sum += n; });
  setHandler(total, () => sum);
  setHandler(addAndGet, (n) => { sum += n; return sum; }, {
    validator: (n) => { if (n < 0) throw ApplicationFailure.nonRetryable('only positive numbers', 'Negative'); },
  });
  await condition(() => sum >= limit);
  return sum;
}

export async function parent(name) {
  const child = await startChild(greeting, { args: [name] });
  return `${await child.result()} / ${await executeChild(greeting, { args: ['again'] })}`;
}

export async function failing() {
  await alwaysFails();
}

export async function countdown(n) {
  if (n > 0) {
    await continueAsNew(n - 1);
  }
  return workflowInfo().workflowId;
}

export async function cancellable() {
  try {
    await beatUntilCancelled();
  } catch (error) {
    if (!isCancellation(error)) {
      throw error;
    }
    await CancellationScope.nonCancellable(() => greet('cleanup'));
    throw error;
  }
}

export async function versioned() {
  return patched('second') ? 'second' : 'first';
}
