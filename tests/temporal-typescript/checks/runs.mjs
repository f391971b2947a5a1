// One run: scopes, policies of its id, retries, time-outs, attributes, updates, reset, metadata, replay.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  Client, QueryNotRegisteredError, QueryRejectedError, WorkflowExecutionAlreadyStartedError, WorkflowFailedError, WorkflowUpdateFailedError,
  WorkflowUpdateStage,
} from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { Worker } from '@temporalio/worker';

export const checks = ({ client, connection, id, execute, start, taskQueue, until, workflowsPath, assertRejects }) => ({
  'scopes time out and are cancelled': async () => assert.deepEqual(await execute('scopes'), [true, true, false]),
  'random values are the same in a replay': async () => {
    const handle = await start('random');
    const values = await handle.result();
    await Worker.runReplayHistory({ workflowsPath }, await handle.fetchHistory(), handle.workflowId);
    await client.workflowService.resetStickyTaskQueue({ namespace: 'default', execution: { workflowId: handle.workflowId } }).catch(() => {});
    assert.deepEqual(await handle.query('values'), values);
  },
  'a workflow is retried': async () => {
    const options = { taskQueue, workflowId: id(), retry: { initialInterval: '10ms', maximumAttempts: 3 } };
    assert.equal(await client.workflow.execute('retriedWorkflow', options), 3);
  },
  'a workflow times out': async () => {
    const handle = await client.workflow.start('waitsForever', { taskQueue, workflowId: id(), workflowExecutionTimeout: '1s' });
    const error = await assertRejects(handle.result(), WorkflowFailedError);
    assert.deepEqual([error.cause.name, error.cause.timeoutType, (await handle.describe()).status.name], ['TimeoutFailure', 'START_TO_CLOSE', 'TIMED_OUT']);
  },
  'policies of an id': async () => {
    const options = { taskQueue, workflowId: id() };
    const first = await client.workflow.start('waitsForever', options);
    const second = await client.workflow.start('waitsForever', { ...options, workflowIdConflictPolicy: 'USE_EXISTING' });
    assert.equal(second.firstExecutionRunId, first.firstExecutionRunId);
    const third = await client.workflow.start('waitsForever', { ...options, workflowIdConflictPolicy: 'TERMINATE_EXISTING' });
    assert.notEqual(third.firstExecutionRunId, first.firstExecutionRunId);
    assert.equal((await client.workflow.getHandle(options.workflowId, first.firstExecutionRunId).describe()).status.name, 'TERMINATED');
    await third.terminate();
    await assert.rejects(client.workflow.start('waitsForever', { ...options, workflowIdReusePolicy: 'REJECT_DUPLICATE' }), WorkflowExecutionAlreadyStartedError);
    const failedOnly = await client.workflow.start('waitsForever', { ...options, workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY' });
    await failedOnly.terminate();
  },
  'search attributes and memo are kept and changed': async () => {
    const region = defineSearchAttributeKey('Region', 'KEYWORD');
    await connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes: { Region: 2, Amount: 3 } });
    await until(async () => 'Region' in (await connection.operatorService.listSearchAttributes({ namespace: 'default' })).customAttributes);
    const handle = await client.workflow.start('keepsAttributes', {
      taskQueue, workflowId: id(), memo: { first: 1, kept: true }, typedSearchAttributes: new TypedSearchAttributes([{ key: region, value: 'north' }]),
    });
    assert.deepEqual(await handle.result(), [1, 'north', { kept: true, second: { deep: [1] } }, 'south']);
    const described = await handle.describe();
    assert.equal(described.typedSearchAttributes.get(region), 'south');
    assert.deepEqual(described.memo, { kept: true, second: { deep: [1] } });
    await until(async () => (await client.workflow.count(`Region = 'south' AND Amount > 6 AND WorkflowId = '${handle.workflowId}'`)).count === 1);
  },
  'updates are waited for in stages': async () => {
    const handle = await start('updated');
    const update = await handle.startUpdate('wait', { args: ['x'], waitForStage: WorkflowUpdateStage.ACCEPTED, updateId: 'mine' });
    const again = await handle.startUpdate('wait', { args: ['y'], waitForStage: WorkflowUpdateStage.ACCEPTED, updateId: 'mine' });
    assert.equal(again.updateId, update.updateId);
    await handle.signal('finish');
    assert.equal(await handle.getUpdateHandle('mine').result(), 'mine x');
    assert.equal(await again.result(), 'mine x');
    assert.deepEqual(await handle.result(), ['mine']);
    assert.equal(await update.result(), 'mine x');
  },
  'an update fails after its acceptance': async () => {
    const handle = await start('updated');
    const error = await assertRejects(handle.executeUpdate('fails'), WorkflowUpdateFailedError);
    assert.deepEqual([error.cause.message, error.cause.type], ['refused late', 'Late']);
    const unknown = await assertRejects(handle.executeUpdate('unheard of'), WorkflowUpdateFailedError);
    assert.match(unknown.cause.message, /unheard of/);
    await handle.terminate();
  },
  'queries are refused': async () => {
    const handle = await start('counter', 1);
    await assert.rejects(handle.query('unheard of'), QueryNotRegisteredError);
    await handle.signal('add', 1);
    await handle.result();
    const strict = new Client({ connection, workflow: { queryRejectCondition: 'NOT_OPEN' } });
    const error = await assertRejects(strict.workflow.getHandle(handle.workflowId).query('total'), QueryRejectedError);
    assert.equal(error.status, 2);
  },
  'a run is reset': async () => {
    const handle = await start('counter', 5);
    await handle.signal('add', 2);
    assert.equal(await handle.query('total'), 2);
    const { runId } = await client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: handle.workflowId, runId: handle.firstExecutionRunId },
      reason: 'again', requestId: randomUUID(), workflowTaskFinishEventId: 4,
    });
    const next = client.workflow.getHandle(handle.workflowId, runId);
    assert.equal(await next.query('total'), 2);
    await next.signal('add', 3);
    assert.equal(await next.result(), 5);
    assert.equal((await client.workflow.getHandle(handle.workflowId, handle.firstExecutionRunId).describe()).status.name, 'TERMINATED');
  },
  'what people say about a run': async () => {
    const handle = await client.workflow.start('detailed', { taskQueue, workflowId: id(), staticSummary: 'short', staticDetails: 'long' });
    const described = await handle.describe();
    assert.deepEqual([await described.staticSummary(), await described.staticDetails()], ['short', 'long']);
    const metadata = await until(async () => {
      const found = await handle.query('__temporal_workflow_metadata');
      return found.definition.signalDefinitions?.length && found;
    });
    assert.equal(metadata.currentDetails, 'half done');
    assert.equal(metadata.definition.type, 'detailed');
    await handle.terminate();
  },
  'a run knows itself': async () => {
    const known = await client.workflow.execute('knowsItself', {
      taskQueue, workflowId: id(), workflowTaskTimeout: '7s', priority: { priorityKey: 2, fairnessKey: 'f', fairnessWeight: 2 },
    });
    assert.ok(known.historySize > 100);
    assert.deepEqual({ ...known, historySize: 0 }, {
      workflowType: 'knowsItself', attempt: 1, historyLength: 3, historySize: 0, isFirst: true, taskTimeoutMs: 7000, continueAsNewSuggested: false,
      priority: { priorityKey: 2, fairnessKey: 'f', fairnessWeight: 2 },
    });
  },
  'a run goes on with other options': async () => {
    const options = { taskQueue, workflowId: id(), args: [true], memo: { first: true }, workflowRunTimeout: '20s' };
    assert.deepEqual(await client.workflow.execute('goesOn', options), { memo: { next: true }, runTimeoutMs: 30_000, isFirst: true });
  },
  'a start is delayed': async () => {
    const handle = await client.workflow.start('countsTasks', { taskQueue, workflowId: id(), startDelay: '1h' });
    await handle.signal('finish');
    await handle.signal('finish');
    const { raw } = await handle.describe();
    assert.ok(Number(raw.workflowExecutionInfo.executionTime.seconds) - Number(raw.workflowExecutionInfo.startTime.seconds) >= 3599);
    await handle.terminate();
  },
  'an update does not wait for a delayed start': async () => {
    const handle = await client.workflow.start('counter', { taskQueue, workflowId: id(), args: [4], startDelay: '10000 days' });
    assert.equal(await handle.executeUpdate('addAndGet', { args: [4] }), 4);
    assert.equal(await handle.result(), 4);
  },
  'a description names the builds of the workers': async () => {
    const handle = await start('scopes');
    await handle.result();
    const { searchAttributes, raw } = await handle.describe();
    const build = raw.workflowExecutionInfo.autoResetPoints.points[0].buildId;
    assert.match(build, /^@temporalio\/worker@\d/);
    assert.deepEqual(searchAttributes.BuildIds, ['unversioned', `unversioned:${build}`]);
  },
  'cron runs hand their result on': async () => {
    const handle = await client.workflow.start('carriesResult', { taskQueue, workflowId: id(), cronSchedule: '@every 1s' });
    await until(async () => {
      const run = await client.workflow.getHandle(handle.workflowId).describe();
      return run.runId !== handle.firstExecutionRunId;
    });
    const first = client.workflow.getHandle(handle.workflowId, handle.firstExecutionRunId, { followRuns: false });
    const end = (await first.fetchHistory()).events.at(-1).workflowExecutionCompletedEventAttributes;
    assert.ok(end.newExecutionRunId);
    await client.workflow.getHandle(handle.workflowId).terminate();
  },
  'histories are listed and replayed': async () => {
    const handle = await start('scopes');
    await handle.result();
    await until(async () => (await client.workflow.count(`WorkflowId = '${handle.workflowId}'`)).count === 1);
    const histories = client.workflow.list({ query: `WorkflowId = '${handle.workflowId}'` }).intoHistories();
    const replayed = [];
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowsPath }, histories)) replayed.push([workflowId, error]);
    assert.deepEqual(replayed, [[handle.workflowId, undefined]]);
  },
  'counts by status': async () => {
    const { count, groups } = await client.workflow.count('GROUP BY ExecutionStatus');
    assert.equal(groups.reduce((sum, group) => sum + group.count, 0), count);
  },
});
