// Schedules: description, change, pause, filling back, listing.
import assert from 'node:assert/strict';
import { ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';

export const checks = ({ client, id, taskQueue, until, assertRejects }) => {
  const action = () => ({ type: 'startWorkflow', workflowType: 'greeting', args: ['Flo'], taskQueue, workflowId: id() });
  const spec = { intervals: [{ every: '1d' }] };

  return {
    'a schedule is described as it was made': async () => {
      const scheduleId = id();
      const options = {
        scheduleId,
        spec: { calendars: [{ dayOfWeek: ['MONDAY', 'TUESDAY'], hour: 12, comment: 'noon' }], jitter: '2s', timezone: 'Europe/Berlin' },
        policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '2m', pauseOnFailure: true },
        state: { paused: true, note: 'made', remainingActions: 5 },
        memo: { why: 'test' },
        action: action(),
      };
      const handle = await client.schedule.create(options);
      await assert.rejects(client.schedule.create(options), ScheduleAlreadyRunning);
      const described = await handle.describe();
      assert.deepEqual([described.state.paused, described.state.note, described.state.remainingActions], [true, 'made', 5]);
      assert.deepEqual(described.policies, { overlap: 'BUFFER_ONE', catchupWindow: 120_000, pauseOnFailure: true });
      assert.deepEqual([described.spec.jitter, described.spec.timezone, described.spec.calendars[0].comment], [2000, 'Europe/Berlin', 'noon']);
      assert.deepEqual(described.memo, { why: 'test' });
      assert.equal(described.action.args[0], 'Flo');
      await handle.unpause('go');
      assert.deepEqual([(await handle.describe()).state.paused, (await handle.describe()).state.note], [false, 'go']);
      assert.ok((await handle.describe()).info.nextActionTimes.length > 0);
      await handle.pause('stop');
      assert.equal((await handle.describe()).state.paused, true);
      await handle.delete();
      await assert.rejects(handle.describe(), ScheduleNotFoundError);
    },
    'a schedule is changed': async () => {
      const handle = await client.schedule.create({ scheduleId: id(), spec, action: action() });
      await handle.update((previous) => ({ ...previous, spec: { intervals: [{ every: '2h', offset: '1m' }] }, action: { ...previous.action, args: ['Gus'] } }));
      const described = await handle.describe();
      assert.deepEqual(described.spec.intervals, [{ every: 7_200_000, offset: 60_000 }]);
      await handle.trigger();
      const done = await until(async () => (await handle.describe()).info.recentActions[0]);
      assert.equal(await client.workflow.getHandle(done.action.workflow.workflowId).result(), 'Hello, Gus');
      await handle.delete();
    },
    'a schedule is filled back': async () => {
      const handle = await client.schedule.create({ scheduleId: id(), spec: { intervals: [{ every: '1h' }] }, action: action() });
      const end = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 86_400_000 + 60_000);
      await handle.backfill({ start: new Date(end - 3 * 3_600_000), end, overlap: ScheduleOverlapPolicy.ALLOW_ALL });
      await until(async () => (await handle.describe()).info.numActionsTaken === 3);
      await handle.delete();
    },
    'schedules are listed': async () => {
      const handle = await client.schedule.create({ scheduleId: id(), spec, action: action(), state: { note: 'listed' } });
      await until(async () => {
        for await (const listed of client.schedule.list()) {
          if (listed.scheduleId === handle.scheduleId) {
            assert.deepEqual([listed.state.note, listed.action.workflowType], ['listed', 'greeting']);
            return true;
          }
        }
        return false;
      });
      await handle.delete();
    },
    'an unknown schedule is not found': async () => {
      await assertRejects(client.schedule.getHandle(id()).describe(), ScheduleNotFoundError);
    },
  };
};
