// Workflows that start, signal and cancel others.
import {
  CancellationScope, ChildWorkflowCancellationType, condition, executeChild, getExternalWorkflowHandle, isCancellation, ParentClosePolicy,
  startChild, WorkflowIdReusePolicy, workflowInfo,
} from '@temporalio/workflow';
import { counter, failing, greeting } from './basics.mjs';

export async function signalsExternal(workflowId) {
  await getExternalWorkflowHandle(workflowId).signal('add', 5);
}

export async function cancelsExternal(workflowId) {
  await getExternalWorkflowHandle(workflowId).cancel();
}

/** What asking for a workflow that is not there ends with. */
export async function asksForNobody(workflowId) {
  const errors = [];
  for (const ask of [(handle) => handle.signal('add', 1), (handle) => handle.cancel()]) {
    try {
      await ask(getExternalWorkflowHandle(workflowId));
    } catch (error) {
      errors.push(`${error.name}: ${error.message}`);
    }
  }
  return errors;
}

export async function waitsForever() {
  await condition(() => false);
}

/** Ends while children of every policy are open. */
export async function leavesChildren(prefix) {
  for (const policy of [ParentClosePolicy.TERMINATE, ParentClosePolicy.ABANDON, ParentClosePolicy.REQUEST_CANCEL]) {
    await startChild(waitsForever, { workflowId: `${prefix}-${policy}`, parentClosePolicy: policy });
  }
}

export async function cancelsChild() {
  const scope = new CancellationScope();
  const child = await scope.run(() => startChild(waitsForever, { cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED }));
  scope.cancel();
  try {
    await child.result();
  } catch (error) {
    return [error.name, error.cause?.name, isCancellation(error)];
  }
  return ['ended'];
}

export async function childFails() {
  try {
    await executeChild(failing);
  } catch (error) {
    return [error.name, error.cause.name, error.cause.cause.type];
  }
  return [];
}

export async function childTwice(workflowId) {
  await executeChild(greeting, { workflowId, args: ['once'] });
  try {
    await executeChild(greeting, { workflowId, args: ['twice'], workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE });
  } catch (error) {
    return error.name;
  }
  return 'started';
}

export async function childTimesOut() {
  try {
    await executeChild(waitsForever, { workflowRunTimeout: '1s' });
  } catch (error) {
    return [error.name, error.cause.name];
  }
  return [];
}

export async function signalsChild() {
  const child = await startChild(counter, { args: [3] });
  await child.signal('add', 1);
  await child.signal('add', 2);
  return child.result();
}

export async function tellsItsFamily(depth) {
  const { parent, root, workflowId } = workflowInfo();
  const own = { workflowId, parent: parent?.workflowId, root: root?.workflowId };
  return depth === 0 ? [own] : [own, ...await executeChild(tellsItsFamily, { workflowId: `${workflowId}-child`, args: [depth - 1] })];
}
