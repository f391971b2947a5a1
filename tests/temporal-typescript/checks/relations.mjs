// Workflows and others: signals and cancellation between them, children and what becomes of them.
import assert from 'node:assert/strict';
import { WorkflowFailedError } from '@temporalio/client';

export const checks = ({ client, id, execute, start, taskQueue, until, assertRejects }) => ({
  'a workflow signals another': async () => {
    const other = await start('counter', 5);
    await execute('signalsExternal', other.workflowId);
    assert.equal(await other.result(), 5);
  },
  'a workflow cancels another': async () => {
    const other = await start('waitsForever');
    await execute('cancelsExternal', other.workflowId);
    assert.equal((await assertRejects(other.result(), WorkflowFailedError)).cause.name, 'CancelledFailure');
  },
  'a workflow that is not there cannot be signalled or cancelled': async () => {
    const workflowId = id();
    const errors = await execute('asksForNobody', workflowId);
    assert.equal(errors.length, 2);
    for (const error of errors) assert.match(error, /external workflow/i);
  },
  'children follow their policy when the parent closes': async () => {
    const prefix = id();
    await execute('leavesChildren', prefix);
    for (const [policy, status] of Object.entries({ TERMINATE: 'TERMINATED', ABANDON: 'RUNNING', REQUEST_CANCEL: 'CANCELLED' })) {
      await until(async () => (await client.workflow.getHandle(`${prefix}-${policy}`).describe()).status.name === status);
    }
    await client.workflow.getHandle(`${prefix}-ABANDON`).terminate();
  },
  'a child is cancelled with its scope': async () => assert.deepEqual(await execute('cancelsChild'), ['ChildWorkflowFailure', 'CancelledFailure', true]),
  'a child failure keeps its causes': async () => assert.deepEqual(await execute('childFails'), ['ChildWorkflowFailure', 'ActivityFailure', 'Broken']),
  'a child id in use is refused': async () => assert.equal(await execute('childTwice', id()), 'WorkflowExecutionAlreadyStartedError'),
  'a child times out': async () => assert.deepEqual(await execute('childTimesOut'), ['ChildWorkflowFailure', 'TimeoutFailure']),
  'a child is signalled': async () => assert.equal(await execute('signalsChild'), 3),
  'everybody knows parent and root': async () => {
    const workflowId = id();
    const [own, child, grandchild] = await client.workflow.execute('tellsItsFamily', { taskQueue, workflowId, args: [2] });
    assert.deepEqual(own, { workflowId });
    assert.deepEqual(child, { workflowId: `${workflowId}-child`, parent: workflowId, root: workflowId });
    assert.deepEqual(grandchild, { workflowId: `${workflowId}-child-child`, parent: `${workflowId}-child`, root: workflowId });
    const described = await client.workflow.getHandle(`${workflowId}-child-child`).describe();
    assert.deepEqual([described.parentExecution.workflowId, described.rootExecution.workflowId], [`${workflowId}-child`, workflowId]);
  },
});
