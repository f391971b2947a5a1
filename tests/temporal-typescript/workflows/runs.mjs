// One run: scopes, time-outs, retries, attributes, updates, what it knows of itself.
import {
  allHandlersFinished, ApplicationFailure, CancellationScope, condition, currentUpdateInfo, defineQuery, defineSignal, defineUpdate,
  isCancellation, makeContinueAsNewFunc, setCurrentDetails, setHandler, sleep, upsertMemo, upsertSearchAttributes, uuid4, workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';

const finish = defineSignal('finish');

export async function scopes() {
  const answers = [];
  try {
    await CancellationScope.withTimeout('50ms', () => sleep('1h'));
  } catch (error) {
    answers.push(isCancellation(error));
  }
  const scope = new CancellationScope();
  const timer = scope.run(() => sleep('1h'));
  scope.cancel();
  answers.push(await timer.then(() => false, isCancellation));
  answers.push(await condition(() => false, '20ms'));
  return answers;
}

export async function random() {
  const values = [uuid4(), Math.random()];
  setHandler(defineQuery('values'), () => values);
  await sleep('10ms');
  return values;
}

/** Fails until its third attempt. */
export async function retriedWorkflow() {
  if (workflowInfo().attempt < 3) {
    throw ApplicationFailure.create({ message: 'not yet', nonRetryable: false });
  }
  return workflowInfo().attempt;
}

export async function keepsAttributes() {
  const { memo, typedSearchAttributes } = workflowInfo();
  const region = defineSearchAttributeKey('Region', 'KEYWORD');
  const before = [memo.first, typedSearchAttributes.get(region)];
  upsertSearchAttributes([{ key: region, value: 'south' }, { key: defineSearchAttributeKey('Amount', 'INT'), value: 7 }]);
  upsertMemo({ first: null, second: { deep: [1] } });
  return [...before, workflowInfo().memo, workflowInfo().typedSearchAttributes.get(region)];
}

export async function updated() {
  let open = false;
  const handled = [];
  setHandler(finish, () => { open = true; });
  setHandler(defineUpdate('wait'), async (value) => {
    const { id } = currentUpdateInfo();
    await condition(() => open);
    handled.push(id);
    return `${id} ${value}`;
  });
  setHandler(defineUpdate('fails'), async () => { throw ApplicationFailure.create({ message: 'refused late', type: 'Late' }); });
  await condition(() => open);
  await condition(allHandlersFinished);
  return handled;
}

export async function detailed() {
  setCurrentDetails('half done');
  await sleep('10ms');
  setHandler(finish, () => {}, { description: 'ends it' });
  await condition(() => false);
}

export async function knowsItself() {
  const { workflowType, attempt, historyLength, historySize, firstExecutionRunId, runId, taskTimeoutMs, continueAsNewSuggested, priority } = workflowInfo();
  return { workflowType, attempt, historyLength, historySize, isFirst: firstExecutionRunId === runId, taskTimeoutMs, continueAsNewSuggested, priority };
}

/** Goes on with another memo, queue and time-out, and tells what the next run knows. */
export async function goesOn(again) {
  const { memo, runTimeoutMs, continuedFromExecutionRunId, firstExecutionRunId } = workflowInfo();
  if (again) {
    await makeContinueAsNewFunc({ memo: { next: true }, workflowRunTimeout: '30s' })(false);
  }
  return { memo, runTimeoutMs, isFirst: continuedFromExecutionRunId === firstExecutionRunId };
}

export async function countsTasks() {
  let tasks = 0;
  setHandler(finish, () => { tasks += 1; });
  await condition(() => tasks === 2);
  return tasks;
}

export async function carriesResult() {
  return (workflowInfo().lastResult ?? 0) + 1;
}
