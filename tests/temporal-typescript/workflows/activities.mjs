// Activities with other options, ends and time-outs.
import {
  ActivityCancellationType, ActivityFailure, CancellationScope, condition, defineQuery, defineSignal, isCancellation, proxyActivities,
  proxyLocalActivities, setHandler, TimeoutFailure,
} from '@temporalio/workflow';

const once = { startToCloseTimeout: '10s', retry: { maximumAttempts: 1 } };
const quick = { startToCloseTimeout: '10s', retry: { initialInterval: '10ms', maximumAttempts: 3 } };

export async function resuming() {
  return proxyActivities({ ...quick, heartbeatTimeout: '5s' }).resumes();
}

/** Keeps what is put into it. */
export async function mailbox() {
  let content = '';
  setHandler(defineSignal('put'), (text) => { content = text; });
  setHandler(defineQuery('content'), () => content);
  await condition(() => false);
}

export async function answeredElsewhere(mailboxId, activityId) {
  const cancellationType = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;
  return proxyActivities({ ...once, heartbeatTimeout: '10s', activityId, cancellationType }).completedElsewhere(mailboxId);
}

/** The kind of time-out by which each of these activities ends. */
export async function timeouts() {
  const kinds = {
    START_TO_CLOSE: proxyActivities({ ...once, startToCloseTimeout: '200ms' }).neverEnds(),
    HEARTBEAT: proxyActivities({ ...once, heartbeatTimeout: '200ms' }).neverEnds(),
    SCHEDULE_TO_START: proxyActivities({ ...once, scheduleToStartTimeout: '200ms', taskQueue: 'nobody' }).neverEnds(),
    SCHEDULE_TO_CLOSE: proxyActivities({ scheduleToCloseTimeout: '500ms' }).neverEnds(),
  };
  return Promise.all(Object.entries(kinds).map(async ([kind, activity]) => {
    try {
      await activity;
      return `${kind}: none`;
    } catch (error) {
      return error instanceof ActivityFailure && error.cause instanceof TimeoutFailure ? `${error.cause.timeoutType} ${error.retryState}` : `${kind}: ${error}`;
    }
  }));
}

export async function backingOff() {
  return proxyActivities({ ...quick, retry: { initialInterval: '1h' } }).backsOff();
}

export async function describedActivities() {
  return [await proxyActivities({ ...once, activityId: 'mine' }).describe(), await proxyLocalActivities(once).describe()];
}

/** A local activity that waits longer between attempts than a workflow task may last. */
export async function slowlyRetriedLocally() {
  return proxyLocalActivities({ startToCloseTimeout: '5s', localRetryThreshold: '50ms', retry: { initialInterval: '300ms', backoffCoefficient: 1 } }).failTwice();
}

export async function abandoned() {
  const scope = new CancellationScope();
  const activity = scope.run(() => proxyActivities({ ...once, cancellationType: ActivityCancellationType.ABANDON, taskQueue: 'nobody' }).neverEnds());
  const tried = scope.run(() => proxyActivities({ ...once, cancellationType: ActivityCancellationType.TRY_CANCEL, taskQueue: 'nobody' }).neverEnds());
  scope.cancel();
  return Promise.all([activity, tried].map((promise) => promise.then(() => 'ended', (error) => isCancellation(error))));
}

export async function toldToStop() {
  return proxyActivities({ ...once, startToCloseTimeout: '60s', heartbeatTimeout: '20s', activityId: 'told' }).toldToStop();
}
