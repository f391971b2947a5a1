// What every application does: activities, signals, queries, updates, children, ends, lists, a schedule.
import assert from 'node:assert/strict';
import { ScheduleOverlapPolicy, WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError, WorkflowFailedError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { Worker } from '@temporalio/worker';

export const checks = ({ client, taskQueue, workflowsPath, id, execute, start, until, assertRejects }) => ({
  'an activity answers': async () => assert.equal(await execute('greeting', 'Ada'), 'Hello, Ada'),
  'an activity is retried': async () => assert.equal(await execute('retries'), 3),
  'a local activity answers': async () => assert.equal(await execute('localActivity', 'Ada'), 'Hello, Ada'),
  'a timer fires': async () => assert.equal(await execute('timer', 100), true),
  'signals and queries': async () => {
    const handle = await start('counter', 5);
    await handle.signal('add', 2);
    assert.equal(await handle.query('total'), 2);
    await handle.signal('add', 3);
    assert.equal(await handle.result(), 5);
    assert.equal(await handle.query('total'), 5);
  },
  'updates answer, and their validators refuse': async () => {
    const handle = await start('counter', 10);
    assert.equal(await handle.executeUpdate('addAndGet', { args: [4] }), 4);
    await assert.rejects(handle.executeUpdate('addAndGet', { args: [-1] }), WorkflowUpdateFailedError);
    assert.equal(await handle.executeUpdate('addAndGet', { args: [6] }), 10);
    assert.equal(await handle.result(), 10);
  },
  'update with start': async () => {
    const startWorkflowOperation = new WithStartWorkflowOperation('counter', { taskQueue, workflowId: id(), args: [3], workflowIdConflictPolicy: 'USE_EXISTING' });
    assert.equal(await client.workflow.executeUpdateWithStart('addAndGet', { startWorkflowOperation, args: [3] }), 3);
    assert.equal(await (await startWorkflowOperation.workflowHandle()).result(), 3);
  },
  'signal with start': async () => {
    const handle = await client.workflow.signalWithStart('counter', { taskQueue, workflowId: id(), args: [7], signal: 'add', signalArgs: [7] });
    assert.equal(await handle.result(), 7);
  },
  'children': async () => assert.equal(await execute('parent', 'Bo'), 'Hello, Bo / Hello, again'),
  'a failure keeps its type and details': async () => {
    const error = await assertRejects(execute('failing'), WorkflowFailedError);
    assert.equal(error.cause.cause.type, 'Broken');
    assert.deepEqual(error.cause.cause.details, ['why']);
  },
  'continue as new': async () => {
    const workflowId = id();
    assert.equal(await client.workflow.execute('countdown', { taskQueue, workflowId, args: [3] }), workflowId);
  },
  'cancellation reaches the activity': async () => {
    const handle = await start('cancellable');
    await until(async () => (await handle.describe()).raw.pendingActivities?.some((activity) => activity.heartbeatDetails));
    await handle.cancel();
    const error = await assertRejects(handle.result(), WorkflowFailedError);
    assert.equal(error.cause.name, 'CancelledFailure');
  },
  'termination': async () => {
    const handle = await start('counter', 1);
    await handle.terminate('enough');
    const error = await assertRejects(handle.result(), WorkflowFailedError);
    assert.equal(error.cause.name, 'TerminatedFailure');
  },
  'patches': async () => assert.equal(await execute('versioned'), 'second'),
  'an id in use is refused': async () => {
    const options = { taskQueue, workflowId: id(), args: [1] };
    const handle = await client.workflow.start('counter', options);
    await assert.rejects(client.workflow.start('counter', options), WorkflowExecutionAlreadyStartedError);
    await handle.terminate();
  },
  'an unknown workflow is not found': async () => assert.rejects(client.workflow.getHandle(id()).describe(), WorkflowNotFoundError),
  'a history replays': async () => {
    const handle = await start('greeting', 'Cy');
    await handle.result();
    await Worker.runReplayHistory({ workflowsPath: workflowsPath }, await handle.fetchHistory());
  },
  'lists and counts': async () => {
    const workflowId = id();
    await client.workflow.execute('greeting', { taskQueue, workflowId, args: ['Di'] });
    await until(async () => (await client.workflow.count(`WorkflowId = '${workflowId}' AND ExecutionStatus = 'Completed'`)).count === 1);
    const found = [];
    for await (const info of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) found.push(info.workflowId);
    assert.deepEqual(found, [workflowId]);
  },
  'schedules': async () => {
    const scheduleId = id();
    const handle = await client.schedule.create({
      scheduleId,
      spec: { intervals: [{ every: '1d' }] },
      policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL },
      action: { type: 'startWorkflow', workflowType: 'greeting', args: ['Ed'], taskQueue, workflowId: id() },
    });
    await handle.trigger();
    await until(async () => (await handle.describe()).info.recentActions.length === 1);
    const action = (await handle.describe()).info.recentActions[0].action;
    assert.equal(await client.workflow.getHandle(action.workflow.workflowId).result(), 'Hello, Ed');
    await handle.delete();
  },
});
