// Activities of the conformance run.
import { ApplicationFailure, CompleteAsyncError, Context, heartbeat } from '@temporalio/activity';

export const createActivities = (client) => ({
  greet: async (name) => `Hello, ${name}`,
  failTwice: async () => {
    if (Context.current().info.attempt < 3) throw new Error('not yet');
    return Context.current().info.attempt;
  },
  alwaysFails: async () => { throw ApplicationFailure.create({ message: 'broken', type: 'Broken', nonRetryable: true, details: ['why'] }); },
  beatUntilCancelled: async () => {
    for (;;) {
      heartbeat('alive');
      await Context.current().sleep(200);
    }
  },
  // Leaves word of how far it came for its next attempt.
  resumes: async () => {
    const { attempt, heartbeatDetails } = Context.current().info;
    if (attempt === 1) {
      heartbeat({ done: 41 });
      throw new Error('interrupted');
    }
    return heartbeatDetails.done + attempt;
  },
  // Puts its token into a mailbox and leaves the answer to somebody else.
  completedElsewhere: async (mailboxId) => {
    await client.workflow.getHandle(mailboxId).signal('put', Buffer.from(Context.current().info.taskToken).toString('base64'));
    throw new CompleteAsyncError();
  },
  neverEnds: async () => { await Context.current().cancelled; },
  backsOff: async () => {
    if (Context.current().info.attempt === 1) throw ApplicationFailure.create({ message: 'later', nextRetryDelay: '50ms' });
    return Context.current().info.attempt;
  },
  describe: async () => {
    const { activityId, activityType, attempt, taskQueue, workflowType, isLocal } = Context.current().info;
    return { activityId, activityType, attempt, taskQueue, workflowType, isLocal };
  },
  toldToStop: async () => {
    try {
      for (;;) {
        heartbeat();
        await Context.current().sleep(50);
      }
    } catch {
      const details = Context.current().cancellationDetails;
      return Object.entries(details).filter(([, value]) => value).map(([name]) => name).sort().join();
    }
  },
});
