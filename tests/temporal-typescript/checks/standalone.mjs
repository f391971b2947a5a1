// Activities without a workflow.
import assert from 'node:assert/strict';

export const checks = ({ client, id, taskQueue, until }) => {
  const options = (args = []) => ({ id: id(), taskQueue, args, startToCloseTimeout: '30s', heartbeatTimeout: '10s' });

  return {
    'an activity without a workflow answers': async () => {
      const handle = await client.activity.start('greet', options(['Hal']));
      assert.equal(await handle.result(), 'Hello, Hal');
      const described = await handle.describe({ includeOutcome: true });
      assert.deepEqual([described.activityId, described.activityType, described.status], [handle.activityId, 'greet', 'COMPLETED']);
      await until(async () => (await client.activity.count(`ActivityId = '${handle.activityId}'`)).count === 1);
      const found = [];
      for await (const info of client.activity.list(`ActivityId = '${handle.activityId}'`)) found.push(info.activityId);
      assert.deepEqual(found, [handle.activityId]);
    },
    'an activity without a workflow fails': async () => {
      const error = await client.activity.execute('alwaysFails', options()).catch((e) => e);
      assert.deepEqual([error.name, error.cause.type], ['ActivityExecutionFailedError', 'Broken']);
    },
    'an activity id in use is refused': async () => {
      const same = { ...options(), taskQueue: 'nobody' };
      const handle = await client.activity.start('greet', same);
      const error = await client.activity.start('greet', same).catch((e) => e);
      assert.equal(error.name, 'ActivityExecutionAlreadyStartedError');
      await handle.terminate('enough');
      const failed = await handle.result().catch((e) => e);
      assert.equal(failed.cause.name, 'TerminatedFailure');
    },
    'an activity without a workflow is cancelled': async () => {
      const handle = await client.activity.start('toldToStop', options());
      await until(async () => (await handle.describe()).lastHeartbeatTime);
      await handle.cancel('no need');
      assert.equal(await handle.result(), 'cancelRequested');
    },
    'an activity without a workflow is paused, changed and goes on': async () => {
      const handle = await client.activity.start('greet', { ...options(['Ida']), taskQueue: `${taskQueue}-later` });
      await handle.pause({ reason: 'wait' });
      const updated = await handle.updateOptions({ taskQueue, heartbeatTimeout: '20s' });
      assert.deepEqual([updated.taskQueue, updated.heartbeatTimeout], [taskQueue, 20_000]);
      await handle.unpause();
      assert.equal(await handle.result(), 'Hello, Ida');
    },
  };
};
