// Activities: heartbeats, answers by token and id, time-outs, cancellation, operators.
import assert from 'node:assert/strict';
import { WorkflowFailedError } from '@temporalio/client';

export const checks = ({ client, id, taskQueue, execute, start, until, assertRejects }) => {
  /** A workflow whose activity somebody else answers, and the activity's token. */
  async function elsewhere() {
    const mailbox = await start('mailbox');
    const activityId = 'elsewhere';
    const handle = await start('answeredElsewhere', mailbox.workflowId, activityId);
    const token = await until(() => mailbox.query('content'));
    await mailbox.terminate();
    return { handle, token: Buffer.from(token, 'base64'), byId: { workflowId: handle.workflowId, activityId } };
  }

  return {
    'heartbeat details reach the next attempt': async () => assert.equal(await execute('resuming'), 43),
    'an activity is completed by its token': async () => {
      const { handle, token } = await elsewhere();
      await client.activity.heartbeat(token, 'on it');
      assert.ok((await handle.describe()).raw.pendingActivities[0].heartbeatDetails);
      await client.activity.complete(token, 'done');
      assert.equal(await handle.result(), 'done');
    },
    'an activity is completed by its id': async () => {
      const { handle, byId } = await elsewhere();
      await client.activity.heartbeat(byId, 'on it');
      await client.activity.complete(byId, 'done');
      assert.equal(await handle.result(), 'done');
    },
    'an activity is failed by its token': async () => {
      const { handle, token } = await elsewhere();
      await client.activity.fail(token, new Error('not today'));
      const error = await assertRejects(handle.result(), WorkflowFailedError);
      assert.equal(error.cause.cause.message, 'not today');
    },
    'an activity that was cancelled says so by its id': async () => {
      const { handle, byId } = await elsewhere();
      await handle.cancel();
      const beat = await until(() => client.activity.heartbeat(byId).then(() => null, (error) => error));
      assert.equal(beat.name, 'ActivityCancelledError');
      await client.activity.reportCancellation(byId, 'stopped');
      const error = await assertRejects(handle.result(), WorkflowFailedError);
      assert.equal(error.cause.name, 'CancelledFailure');
    },
    'an activity nobody knows is not found': async () => {
      const error = await client.activity.complete({ workflowId: id(), activityId: 'none' }, 1).catch((e) => e);
      assert.equal(error.name, 'ActivityNotFoundError');
    },
    'activities time out in every way': async () => assert.deepEqual(await execute('timeouts'), [
      'START_TO_CLOSE MAXIMUM_ATTEMPTS_REACHED', 'HEARTBEAT MAXIMUM_ATTEMPTS_REACHED', 'SCHEDULE_TO_START TIMEOUT', 'SCHEDULE_TO_CLOSE TIMEOUT',
    ]),
    'an activity chooses its next delay': async () => assert.equal(await execute('backingOff'), 2),
    'an activity knows itself': async () => assert.deepEqual(await execute('describedActivities'), [
      { activityId: 'mine', activityType: 'describe', attempt: 1, taskQueue, workflowType: 'describedActivities', isLocal: false },
      { activityId: '2', activityType: 'describe', attempt: 1, taskQueue, workflowType: 'describedActivities', isLocal: true },
    ]),
    'a local activity waits by a timer': async () => {
      const handle = await start('slowlyRetriedLocally');
      assert.equal(await handle.result(), 3);
      assert.ok((await handle.fetchHistory()).events.some((event) => event.timerFiredEventAttributes));
    },
    'cancelled activities that nobody waits for': async () => assert.deepEqual(await execute('abandoned'), [true, true]),
    'an activity hears that it is paused, and is not lost': async () => {
      const handle = await start('toldToStop');
      const execution = { workflowId: handle.workflowId };
      await until(async () => (await handle.describe()).raw.pendingActivities?.[0]?.lastStartedTime);
      await client.workflowService.pauseActivity({ namespace: 'default', execution, id: 'told' });
      assert.equal(await handle.result(), 'paused');
    },
    'an activity hears that it is paused and reset': async () => {
      const handle = await start('toldToStop');
      const request = { namespace: 'default', execution: { workflowId: handle.workflowId }, id: 'told' };
      await until(async () => (await handle.describe()).raw.pendingActivities?.[0]?.lastStartedTime);
      await Promise.all([client.workflowService.pauseActivity(request), client.workflowService.resetActivity(request)]);
      assert.equal(await handle.result(), 'paused,reset');
    },
    'an activity hears that it is reset': async () => {
      const handle = await start('toldToStop');
      await until(async () => (await handle.describe()).raw.pendingActivities?.[0]?.lastStartedTime);
      await client.workflowService.resetActivity({ namespace: 'default', execution: { workflowId: handle.workflowId }, id: 'told' });
      assert.equal(await handle.result(), 'reset');
    },
  };
};
