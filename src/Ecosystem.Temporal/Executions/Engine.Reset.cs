using Temporalio.Api.Workflow.V1;

namespace Ecosystem.Temporal.Executions;

/// <content>Reset: a run goes on, as a new one, from an earlier workflow task.</content>
internal sealed partial class Engine
{
    public async Task<ResetWorkflowExecutionResponse> ResetAsync(NamespaceRecord ns, ResetWorkflowExecutionRequest request)
    {
        var target = request.WorkflowExecution;
        var (runId, durable) = WithChain(ns, target.WorkflowId, chain =>
        {
            var from = Resolve(chain, target.RunId);
            var finish = request.WorkflowTaskFinishEventId;
            if (finish <= 1 || finish >= from.State.NextEventId)
            {
                throw RpcErrors.InvalidArgument("Workflow task finish ID must be > 1 && <= workflow last event ID.");
            }

            foreach (var operation in request.PostResetOperations)
            {
                if (operation.UpdateWorkflowOptions is null)
                {
                    throw RpcErrors.InvalidArgument($"unsupported post reset operation: *workflow.PostResetOperation_{operation.VariantCase}_");
                }

                CheckOverride(ns, from.State, operation.UpdateWorkflowOptions.WorkflowExecutionOptions?.VersioningOverride);
            }

            var current = Load(chain, chain.Current!);
            if (current.State.StartRequestId == request.RequestId)
            {
                return (current.State.RunId, Task.CompletedTask);
            }

            var (reset, batches) = Rebuild(chain, from, EventsBefore(from, finish));
            List<Transaction> transactions = [];
            if (current.State.IsRunning)
            {
                var end = new Transaction(this, current);
                end.Terminate(request.Reason, null, Transaction.ResetterIdentity, []);
                transactions.Add(end);
            }

            var write = new StoreWrite();
            write.History.AddRange(batches);
            FailResetTask(reset, from, request.Reason);
            foreach (var operation in request.PostResetOperations)
            {
                ChangeOptions(reset, operation.UpdateWorkflowOptions.WorkflowExecutionOptions, operation.UpdateWorkflowOptions.UpdateMask, "");
            }

            Reapply(reset, chain, from, finish, Excluded(request));
            reset.State.EndBackoff();
            reset.ScheduleTaskIfNone();
            from.State.ResetRunId = reset.State.RunId;
            if (from != current || !transactions.Exists(transaction => transaction.Execution == from))
            {
                transactions.Add(new Transaction(this, from));
            }

            transactions.Add(reset);
            return (reset.State.RunId, Commit(write, [.. transactions]));
        });
        await durable;
        return new ResetWorkflowExecutionResponse { RunId = runId };
    }

    /// <summary>Changes options of a run.</summary>
    public async Task<UpdateWorkflowExecutionOptionsResponse> UpdateOptionsAsync(NamespaceRecord ns, UpdateWorkflowExecutionOptionsRequest request)
    {
        var target = request.WorkflowExecution;
        var (options, durable) = WithChain(ns, target.WorkflowId, chain =>
        {
            var execution = Resolve(chain, target.RunId);
            if (!execution.State.IsRunning)
            {
                throw RpcErrors.AlreadyCompleted();
            }

            CheckOverride(ns, execution.State, request.WorkflowExecutionOptions?.VersioningOverride);
            var transaction = new Transaction(this, execution);
            var changed = ChangeOptions(transaction, request.WorkflowExecutionOptions, request.UpdateMask, request.Identity);
            var merged = new WorkflowExecutionOptions
            {
                VersioningOverride = execution.State.VersioningOverride,
                Priority = execution.State.Priority,
            };
            return (merged, changed ? Commit(transaction) : Task.CompletedTask);
        });
        await durable;
        return new UpdateWorkflowExecutionOptionsResponse { WorkflowExecutionOptions = options };
    }

    /// <summary>Refuses an override that pins a run to a version its queue does not know.</summary>
    public void CheckOverride(NamespaceRecord ns, ExecutionState? state, VersioningOverride? versioning, string taskQueue = "")
    {
        if (versioning is not { Pinned: not null } and not { OneTime: not null })
        {
            return;
        }

        if ((versioning.OneTime?.TargetDeploymentVersion ?? versioning.Pinned?.Version) is not { } version)
        {
            throw RpcErrors.FailedPrecondition(
                $"must specify a specific pinned override version because workflow with id {state?.WorkflowId} has behavior Unspecified and is not yet pinned to any version");
        }

        var queue = state?.Started.TaskQueue.Name ?? taskQueue;
        var known = Deployments.Has(ns, version, queue, TaskQueueType.Workflow);
        if (!known)
        {
            throw RpcErrors.FailedPrecondition(
                $"Pinned version '{version.DeploymentName}:{version.BuildId}' is not present in task queue '{queue}' of type 'Workflow'");
        }
    }

    /// <summary>The events that stay: up to the one before the reset point, which has to end a batch.</summary>
    private List<List<HistoryEvent>> EventsBefore(Execution from, long finish)
    {
        var batches = new List<List<HistoryEvent>>();
        foreach (var batch in HistoryReader.AllBatches(this, from))
        {
            if (batch[0].EventId >= finish)
            {
                break;
            }

            batches.Add(batch);
        }

        if (batches[^1][^1].EventId != finish - 1)
        {
            throw RpcErrors.InvalidArgument(
                $"StateRebuilder unable to Rebuild mutable state to event ID: {finish - 1}, version: 0, this event must be at the boundary");
        }

        return batches;
    }

    private (Transaction Reset, List<HistoryBatch> Batches) Rebuild(Chain chain, Execution from, List<List<HistoryEvent>> kept)
    {
        var key = NextKey();
        var runId = Guid.NewGuid().ToString();
        var state = NewState(chain, key, runId, from.State.StartRequestId);
        var execution = new Execution(chain, state, SlotFor(key, chain.Namespace, chain.WorkflowId)) { StoredStatus = (int)WorkflowExecutionStatus.Running };
        var batches = new List<HistoryBatch>();
        foreach (var batch in kept)
        {
            execution.BatchStarts.Add(batch[0].EventId);
            var history = new History();
            history.Events.AddRange(batch);
            batches.Add(new HistoryBatch(key, batch[0].EventId, batch.Count, history.ToByteArray()));
            foreach (var e in batch)
            {
                state.Replay(e);
                execution.Events.Add(e);
            }
        }

        if (state.Task is null)
        {
            throw RpcErrors.InvalidArgument(
                $"Can only reset workflow to event ID in range [WorkflowTaskScheduled +1, WorkflowTaskStarted + 1]: {state.NextEventId}");
        }

        state.LastResetTime = Now;
        chain.Runs!.Add(new RunRef { Key = key, RunId = runId, RequestId = state.StartRequestId, Execution = execution });
        var transaction = new Transaction(this, execution) { IsNew = true };
        foreach (var activity in state.Activities.Values)
        {
            activity.FirstScheduledTime = transaction.Now;
            activity.ScheduledTime = transaction.Now;
            activity.Dispatched = true;
            transaction.AfterCommit.Add(() => PublishActivity(state, activity));
        }

        foreach (var child in state.Children.Values.Where(child => child.StartedEventId == 0))
        {
            transaction.AfterCommit.Add(() => StartChild(execution, child.InitiatedEventId));
        }

        foreach (var initiated in state.ExternalSignals.Keys)
        {
            transaction.AfterCommit.Add(() => SendExternalSignal(execution, initiated));
        }

        foreach (var initiated in state.ExternalCancels.Keys)
        {
            transaction.AfterCommit.Add(() => SendExternalCancel(execution, initiated));
        }

        return (transaction, batches);
    }

    private static void FailResetTask(Transaction reset, Execution from, string reason)
    {
        var task = reset.State.Task!;
        if (!task.IsStarted)
        {
            reset.Add(new HistoryEvent
            {
                EventType = EventType.WorkflowTaskStarted,
                WorkflowTaskStartedEventAttributes = new WorkflowTaskStartedEventAttributes
                {
                    ScheduledEventId = task.ScheduledEventId,
                    Identity = Transaction.ServiceIdentity,
                    HistorySizeBytes = reset.State.HistorySize,
                },
            });
        }

        reset.Add(new HistoryEvent
        {
            EventType = EventType.WorkflowTaskFailed,
            WorkflowTaskFailedEventAttributes = new WorkflowTaskFailedEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                StartedEventId = task.StartedEventId,
                Cause = WorkflowTaskFailedCause.ResetWorkflow,
                Failure = new Failure { Message = reason, ResetWorkflowFailureInfo = new ResetWorkflowFailureInfo() },
                Identity = Transaction.ServiceIdentity,
                BaseRunId = from.State.RunId,
                NewRunId = reset.State.RunId,
            },
        });
    }

    /// <summary>Signals and updates that came after the reset point are given to the new run, unless they are excluded.</summary>
    private void Reapply(Transaction reset, Chain chain, Execution from, long finish, HashSet<ResetReapplyExcludeType> excluded)
    {
        var run = from;
        var first = finish;
        while (run is not null)
        {
            var nextRunId = "";
            foreach (var e in AllEvents(run).Where(e => e.EventId >= first).ToList())
            {
                switch (e.AttributesCase)
                {
                    case HistoryEvent.AttributesOneofCase.WorkflowExecutionSignaledEventAttributes when !excluded.Contains(ResetReapplyExcludeType.Signal):
                        var signal = e.WorkflowExecutionSignaledEventAttributes.Clone();
                        signal.RequestId = "";
                        var copy = new HistoryEvent { EventType = e.EventType, WorkflowExecutionSignaledEventAttributes = signal };
                        copy.Links.AddRange(e.Links);
                        reset.Add(copy);
                        break;
                    case HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAdmittedEventAttributes when !excluded.Contains(ResetReapplyExcludeType.Update):
                        Admit(e.WorkflowExecutionUpdateAdmittedEventAttributes.Request);
                        break;
                    case HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAcceptedEventAttributes when !excluded.Contains(ResetReapplyExcludeType.Update):
                        Admit(e.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest);
                        break;
                    case HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes:
                        nextRunId = e.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId;
                        break;
                }
            }

            run = nextRunId.Length == 0 ? null : FindRun(chain, nextRunId);
            first = 1;
        }

        reset.Execution.Updates.ReviveAdmitted();

        void Admit(Temporalio.Api.Update.V1.Request? request)
        {
            if (request is null || reset.State.Updates.ContainsKey(request.Meta.UpdateId))
            {
                return;
            }

            reset.Add(new HistoryEvent
            {
                EventType = EventType.WorkflowExecutionUpdateAdmitted,
                WorkflowExecutionUpdateAdmittedEventAttributes = new WorkflowExecutionUpdateAdmittedEventAttributes
                {
                    Request = request,
                    Origin = UpdateAdmittedEventOrigin.Reapply,
                },
            });
        }
    }

    private static HashSet<ResetReapplyExcludeType> Excluded(ResetWorkflowExecutionRequest request)
    {
        HashSet<ResetReapplyExcludeType> excluded = [.. request.ResetReapplyExcludeTypes];
#pragma warning disable CS0612 // Older clients still say it this way.
        if (request.ResetReapplyType is ResetReapplyType.Signal or ResetReapplyType.None)
        {
            excluded.Add(ResetReapplyExcludeType.Update);
        }

        if (request.ResetReapplyType == ResetReapplyType.None)
        {
            excluded.Add(ResetReapplyExcludeType.Signal);
        }
#pragma warning restore CS0612

        return excluded;
    }

    /// <summary>Takes the options that the mask names; returns whether any is new.</summary>
    private static bool ChangeOptions(
        Transaction transaction,
        WorkflowExecutionOptions? options,
        Google.Protobuf.WellKnownTypes.FieldMask mask,
        string identity)
    {
        var state = transaction.State;
        var merged = new WorkflowExecutionOptions { VersioningOverride = state.VersioningOverride, Priority = state.Priority };
        mask.Merge(options ?? new WorkflowExecutionOptions(), merged, new Google.Protobuf.WellKnownTypes.FieldMask.MergeOptions { ReplaceMessageFields = true });
        if (Equals(merged.VersioningOverride, state.VersioningOverride) && Equals(merged.Priority, state.Priority))
        {
            return false;
        }

        var pinned = state.PinnedVersion;
        transaction.VisibilityChanged = true;
        transaction.Add(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionOptionsUpdated,
            WorkerMayIgnore = true,
            WorkflowExecutionOptionsUpdatedEventAttributes = new WorkflowExecutionOptionsUpdatedEventAttributes
            {
                VersioningOverride = merged.VersioningOverride,
                UnsetVersioningOverride = merged.VersioningOverride is null,
                Priority = merged.Priority,
                Identity = identity,
            },
        });
        if (!Equals(state.PinnedVersion, pinned))
        {
            transaction.PublishTask();
        }

        return true;
    }
}
