using System.Security.Cryptography;
using System.Text;

namespace Ecosystem.Temporal.Executions;

/// <content>Messages between runs. Each is taken up again after a restart, and is harmless when it comes twice.</content>
internal sealed partial class Engine
{
    private static readonly TimeSpan DeletionDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts a child that its parent's history initiated.</summary>
    public void StartChild(Execution parent, long initiatedEventId) => InBackground(async () =>
    {
        var parentState = parent.State;
        StartWorkflowExecutionRequest? request = null;
        NamespaceRecord? target = null;
        var known = Under(parent, execution =>
        {
            if (!execution.State.IsRunning || !execution.State.Children.TryGetValue(initiatedEventId, out var child) || child.StartedEventId != 0)
            {
                return false;
            }

            target = Namespaces.FindById(child.Initiated.NamespaceId);
            request = ChildRequest(execution.State, child);
            return true;
        });
        if (!known)
        {
            return;
        }

        if (target is null)
        {
            await ChildFailed(parent, initiatedEventId, StartChildWorkflowExecutionFailedCause.NamespaceNotFound);
            return;
        }

        try
        {
            var (runId, durable) = WithChain(target, request!.WorkflowId, chain =>
            {
                if (chain.Runs!.FindLast(run => run.RequestId == request.RequestId) is { } before)
                {
                    // This start was made before a restart; the child may have gone on in further runs since.
                    return (before.RunId, Task.CompletedTask);
                }

                if (parentState.LastResetTime is not null
                    && chain.Current is { } running
                    && Load(chain, running).State.Started.ParentWorkflowExecution?.WorkflowId == parentState.WorkflowId)
                {
                    // The child was started by the run that was reset, after the point it was reset to.
                    request.WorkflowIdReusePolicy = WorkflowIdReusePolicy.TerminateIfRunning;
                }

                var decision = DecideStart(chain, request);
                if (decision.Execution is not null)
                {
                    return ("", Task.CompletedTask);
                }

                var started = StartedBy(target, request);
                AddParent(started, parentState, initiatedEventId);
                InheritVersion(started, parentState);
                var transaction = CreateRun(chain, TakeRunId(chain), request.RequestId, started, request.UserMetadata);
                if (!transaction.State.InBackoff)
                {
                    transaction.ScheduleTask();
                }

                return (transaction.State.RunId, Commit([.. decision.Transactions, transaction]));
            });
            await durable;
            if (runId.Length == 0)
            {
                await ChildFailed(parent, initiatedEventId, StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists);
                return;
            }

            await ChildStarted(parent, initiatedEventId, runId);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            await ChildFailed(parent, initiatedEventId, StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists);
        }
    });

    /// <summary>Sends a signal that a run's history initiated.</summary>
    public void SendExternalSignal(Execution sender, long initiatedEventId) => InBackground(async () =>
    {
        var senderState = sender.State;
        SignalExternalWorkflowExecutionInitiatedEventAttributes? signal = null;
        if (!Under(sender, execution => execution.State.IsRunning && execution.State.ExternalSignals.TryGetValue(initiatedEventId, out signal)))
        {
            return;
        }

        var cause = Namespaces.FindById(signal!.NamespaceId) is { } target
            ? await DeliverSignalAsync(target, senderState, initiatedEventId, signal)
            : SignalExternalWorkflowExecutionFailedCause.NamespaceNotFound;
        await Reply(sender, state => state.ExternalSignals.ContainsKey(initiatedEventId), cause == SignalExternalWorkflowExecutionFailedCause.Unspecified
            ? new HistoryEvent
            {
                EventType = EventType.ExternalWorkflowExecutionSignaled,
                ExternalWorkflowExecutionSignaledEventAttributes = new ExternalWorkflowExecutionSignaledEventAttributes
                {
                    InitiatedEventId = initiatedEventId,
                    Namespace = NameOf(signal!.NamespaceId),
                    NamespaceId = signal.NamespaceId,
                    WorkflowExecution = signal.WorkflowExecution,
                    Control = signal.Control,
                },
            }
            : new HistoryEvent
            {
                EventType = EventType.SignalExternalWorkflowExecutionFailed,
                SignalExternalWorkflowExecutionFailedEventAttributes = new SignalExternalWorkflowExecutionFailedEventAttributes
                {
                    Cause = cause,
                    InitiatedEventId = initiatedEventId,
                    Namespace = NameOf(signal!.NamespaceId),
                    NamespaceId = signal.NamespaceId,
                    WorkflowExecution = signal.WorkflowExecution,
                    Control = signal.Control,
                },
            });
    });

    /// <summary>Gives a signal to its target; one that is just closing is asked again until it has closed or goes on.</summary>
    /// <returns>Why it could not be delivered; unspecified if it was.</returns>
    private async Task<SignalExternalWorkflowExecutionFailedCause> DeliverSignalAsync(
        NamespaceRecord target,
        ExecutionState sender,
        long initiatedEventId,
        SignalExternalWorkflowExecutionInitiatedEventAttributes signal)
    {
        while (true)
        {
            try
            {
                await WithChain(target, signal.WorkflowExecution.WorkflowId, chain =>
                {
                    var execution = Resolve(chain, signal.WorkflowExecution.RunId);
                    if (!execution.State.IsRunning || (signal.ChildWorkflowOnly && !IsChildOf(execution.State, sender)))
                    {
                        throw RpcErrors.ExecutionNotFound();
                    }

                    return Signal(execution, new WorkflowExecutionSignaledEventAttributes
                    {
                        SignalName = signal.SignalName,
                        Input = signal.Input,
                        Identity = Transaction.ServiceIdentity,
                        Header = signal.Header,
                        ExternalWorkflowExecution = sender.Execution,
                        RequestId = RequestIdFor(sender, initiatedEventId),
                    });
                });
                return SignalExternalWorkflowExecutionFailedCause.Unspecified;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
            {
                return SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.InvalidArgument)
            {
                return SignalExternalWorkflowExecutionFailedCause.SignalCountLimitExceeded;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.ResourceExhausted)
            {
                await Task.Delay(BusyPause, Stopping);
            }
        }
    }

    /// <summary>Sends a cancel request that a run's history initiated.</summary>
    public void SendExternalCancel(Execution sender, long initiatedEventId) => InBackground(async () =>
    {
        var senderState = sender.State;
        RequestCancelExternalWorkflowExecutionInitiatedEventAttributes? cancel = null;
        if (!Under(sender, execution => execution.State.IsRunning && execution.State.ExternalCancels.TryGetValue(initiatedEventId, out cancel)))
        {
            return;
        }

        var found = true;
        try
        {
            var target = Namespaces.FindById(cancel!.NamespaceId) ?? throw RpcErrors.NamespaceNotFound(cancel.Namespace);
            await WithChain(target, cancel.WorkflowExecution.WorkflowId, chain =>
            {
                var execution = Resolve(chain, cancel.WorkflowExecution.RunId);
                if (cancel.ChildWorkflowOnly && !IsChildOf(execution.State, senderState))
                {
                    throw RpcErrors.ExecutionNotFound();
                }

                if (!execution.State.IsRunning)
                {
                    throw RpcErrors.AlreadyCompleted();
                }

                return RequestCancel(execution, RequestIdFor(senderState, initiatedEventId), new WorkflowExecutionCancelRequestedEventAttributes
                {
                    Cause = cancel.Reason,
                    ExternalInitiatedEventId = initiatedEventId,
                    ExternalWorkflowExecution = senderState.Execution,
                    Identity = Transaction.ServiceIdentity,
                });
            });
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            found = false;
        }

        await Reply(sender, state => state.ExternalCancels.ContainsKey(initiatedEventId), found
            ? new HistoryEvent
            {
                EventType = EventType.ExternalWorkflowExecutionCancelRequested,
                ExternalWorkflowExecutionCancelRequestedEventAttributes = new ExternalWorkflowExecutionCancelRequestedEventAttributes
                {
                    InitiatedEventId = initiatedEventId,
                    Namespace = NameOf(cancel!.NamespaceId),
                    NamespaceId = cancel.NamespaceId,
                    WorkflowExecution = cancel.WorkflowExecution,
                },
            }
            : new HistoryEvent
            {
                EventType = EventType.RequestCancelExternalWorkflowExecutionFailed,
                RequestCancelExternalWorkflowExecutionFailedEventAttributes = new RequestCancelExternalWorkflowExecutionFailedEventAttributes
                {
                    Cause = CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound,
                    InitiatedEventId = initiatedEventId,
                    Namespace = NameOf(cancel!.NamespaceId),
                    NamespaceId = cancel.NamespaceId,
                    WorkflowExecution = cancel.WorkflowExecution,
                    Control = cancel.Control,
                },
            });
    });

    /// <summary>Sends what a closed run owes.</summary>
    private void RunTransfer(Execution execution, TransferKind kind)
    {
        switch (kind)
        {
            case TransferKind.NotifyParent:
                InBackground(() => NotifyParentAsync(execution));
                break;
            case TransferKind.CloseChildren:
                InBackground(() => CloseChildrenAsync(execution));
                break;
            case TransferKind.Delete:
                _ = DeleteSoonAsync(execution.State);
                break;
        }
    }

    private async Task DeleteSoonAsync(ExecutionState state)
    {
        // Lists and waiting calls may still show the end of the run.
        await Task.Delay(DeletionDelay, Stopping).ContinueWith(static _ => { }, TaskScheduler.Default);
        if (!Stopping.IsCancellationRequested)
        {
            ObserveFailure(RemoveAsync(state.Namespace, state.WorkflowId, state.RunId));
        }
    }

    private async Task NotifyParentAsync(Execution execution)
    {
        var state = execution.State;
        var started = state.Started;
        var write = new StoreWrite();
        write.Paid.Add(new Transfer(execution.Key, TransferKind.NotifyParent));
        var ns = Namespaces.FindById(started.ParentWorkflowNamespaceId) ?? state.Namespace;
        try
        {
            await WithChain(ns, started.ParentWorkflowExecution.WorkflowId, chain =>
            {
                var parent = FindRun(chain, started.ParentWorkflowExecution.RunId);
                parent = parent is { State.IsRunning: false, State.ResetRunId.Length: > 0 } ? FindRun(chain, parent.State.ResetRunId) : parent;
                if (parent is not { State.IsRunning: true } || !parent.State.Children.TryGetValue(started.ParentInitiatedEventId, out var child))
                {
                    return Commit(write);
                }

                var transaction = new Transaction(this, parent);
                if (child.StartedEventId == 0)
                {
                    // The child ended before its parent was told that it started.
                    AddChildStarted(transaction, child, started.FirstExecutionRunId);
                }

                transaction.Add(ChildClosed(child, state));
                transaction.ScheduleTaskIfNone();
                return Commit(write, transaction);
            });
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            await Commit(write);
        }
    }

    private async Task CloseChildrenAsync(Execution execution)
    {
        foreach (var child in execution.State.Children.Values.ToList())
        {
            if (child.StartedEventId == 0 || Namespaces.FindById(child.Initiated.NamespaceId) is not { } ns)
            {
                continue;
            }

            await CloseChildAsync(execution.State, child, ns);
        }

        var write = new StoreWrite();
        write.Paid.Add(new Transfer(execution.Key, TransferKind.CloseChildren));
        await Commit(write);
    }

    /// <summary>Does to a child what its parent's closing means for it.</summary>
    private async Task CloseChildAsync(ExecutionState parent, PendingChild child, NamespaceRecord ns)
    {
        try
        {
            await WithChain(ns, child.Initiated.WorkflowId, chain =>
            {
                var current = Resolve(chain, "");
                if (current.State.Started.FirstExecutionRunId != child.RunId || !current.State.IsRunning)
                {
                    return Task.CompletedTask;
                }

                switch (child.Initiated.ParentClosePolicy)
                {
                    case ParentClosePolicy.Terminate:
                        var transaction = new Transaction(this, current);
                        transaction.Terminate("by parent close policy", null, Transaction.ServiceIdentity, []);
                        return Commit(transaction);
                    case ParentClosePolicy.RequestCancel:
                        return RequestCancel(current, RequestIdFor(parent, child.InitiatedEventId), new WorkflowExecutionCancelRequestedEventAttributes
                        {
                            Cause = "by parent close policy",
                            ExternalWorkflowExecution = parent.Execution,
                            Identity = Transaction.ServiceIdentity,
                        });
                    default:
                        return Task.CompletedTask;
                }
            });
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            // It is gone already.
        }
    }

    private static HistoryEvent ChildClosed(PendingChild child, ExecutionState state)
    {
        var execution = state.Execution;
        var type = state.Started.WorkflowType;
        var (ns, nsId) = (child.Initiated.Namespace, child.Initiated.NamespaceId);
        var (initiated, started) = (child.InitiatedEventId, child.StartedEventId);
        var close = state.CloseEvent!;
        return close.AttributesCase switch
        {
            HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes => new HistoryEvent
            {
                EventType = EventType.ChildWorkflowExecutionCompleted,
                ChildWorkflowExecutionCompletedEventAttributes = new ChildWorkflowExecutionCompletedEventAttributes
                {
                    Result = close.WorkflowExecutionCompletedEventAttributes.Result,
                    Namespace = ns,
                    NamespaceId = nsId,
                    WorkflowExecution = execution,
                    WorkflowType = type,
                    InitiatedEventId = initiated,
                    StartedEventId = started,
                },
            },
            HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes => new HistoryEvent
            {
                EventType = EventType.ChildWorkflowExecutionFailed,
                ChildWorkflowExecutionFailedEventAttributes = new ChildWorkflowExecutionFailedEventAttributes
                {
                    Failure = close.WorkflowExecutionFailedEventAttributes.Failure,
                    Namespace = ns,
                    NamespaceId = nsId,
                    WorkflowExecution = execution,
                    WorkflowType = type,
                    InitiatedEventId = initiated,
                    StartedEventId = started,
                    RetryState = close.WorkflowExecutionFailedEventAttributes.RetryState,
                },
            },
            HistoryEvent.AttributesOneofCase.WorkflowExecutionCanceledEventAttributes => new HistoryEvent
            {
                EventType = EventType.ChildWorkflowExecutionCanceled,
                ChildWorkflowExecutionCanceledEventAttributes = new ChildWorkflowExecutionCanceledEventAttributes
                {
                    Details = close.WorkflowExecutionCanceledEventAttributes.Details,
                    Namespace = ns,
                    NamespaceId = nsId,
                    WorkflowExecution = execution,
                    WorkflowType = type,
                    InitiatedEventId = initiated,
                    StartedEventId = started,
                },
            },
            HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes => new HistoryEvent
            {
                EventType = EventType.ChildWorkflowExecutionTimedOut,
                ChildWorkflowExecutionTimedOutEventAttributes = new ChildWorkflowExecutionTimedOutEventAttributes
                {
                    Namespace = ns,
                    NamespaceId = nsId,
                    WorkflowExecution = execution,
                    WorkflowType = type,
                    InitiatedEventId = initiated,
                    StartedEventId = started,
                    RetryState = close.WorkflowExecutionTimedOutEventAttributes.RetryState,
                },
            },
            _ => new HistoryEvent
            {
                EventType = EventType.ChildWorkflowExecutionTerminated,
                ChildWorkflowExecutionTerminatedEventAttributes = new ChildWorkflowExecutionTerminatedEventAttributes
                {
                    Namespace = ns,
                    NamespaceId = nsId,
                    WorkflowExecution = execution,
                    WorkflowType = type,
                    InitiatedEventId = initiated,
                    StartedEventId = started,
                },
            },
        };
    }

    private Task ChildStarted(Execution parent, long initiatedEventId, string runId) => WithChain(parent.State.Namespace, parent.State.WorkflowId, chain =>
    {
        var execution = FindRun(chain, parent.State.RunId);
        if (execution?.State.Children.TryGetValue(initiatedEventId, out var child) != true || child is not { StartedEventId: 0 })
        {
            return Task.CompletedTask;
        }

        if (execution.State is { IsRunning: false, ResetRunId.Length: > 0 })
        {
            return Task.CompletedTask;
        }

        if (!execution.State.IsRunning)
        {
            // The parent closed while the child was started, and does not know that it was.
            child.RunId = runId;
            InBackground(() => CloseChildAsync(execution.State, child, Namespaces.FindById(child.Initiated.NamespaceId)!));
            return Task.CompletedTask;
        }

        var transaction = new Transaction(this, execution);
        AddChildStarted(transaction, child, runId);
        transaction.ScheduleTaskIfNone();
        return Commit(transaction);
    });

    private static void AddChildStarted(Transaction transaction, PendingChild child, string runId) => transaction.Add(new HistoryEvent
    {
        EventType = EventType.ChildWorkflowExecutionStarted,
        ChildWorkflowExecutionStartedEventAttributes = new ChildWorkflowExecutionStartedEventAttributes
        {
            Namespace = child.Initiated.Namespace,
            NamespaceId = child.Initiated.NamespaceId,
            InitiatedEventId = child.InitiatedEventId,
            WorkflowExecution = new WorkflowExecution { WorkflowId = child.Initiated.WorkflowId, RunId = runId },
            WorkflowType = child.Initiated.WorkflowType,
            Header = child.Initiated.Header,
        },
    });

    private async Task ChildFailed(Execution parent, long initiatedEventId, StartChildWorkflowExecutionFailedCause cause)
    {
        StartChildWorkflowExecutionInitiatedEventAttributes? initiated = null;
        if (!Under(parent, execution =>
        {
            if (!execution.State.Children.TryGetValue(initiatedEventId, out var child))
            {
                return false;
            }

            initiated = child.Initiated;
            return true;
        }))
        {
            return;
        }

        await Reply(parent, state => state.Children.ContainsKey(initiatedEventId), new HistoryEvent
        {
            EventType = EventType.StartChildWorkflowExecutionFailed,
            StartChildWorkflowExecutionFailedEventAttributes = new StartChildWorkflowExecutionFailedEventAttributes
            {
                Namespace = initiated!.Namespace,
                NamespaceId = initiated.NamespaceId,
                WorkflowId = initiated.WorkflowId,
                WorkflowType = initiated.WorkflowType,
                Cause = cause,
                Control = initiated.Control,
                InitiatedEventId = initiatedEventId,
                WorkflowTaskCompletedEventId = initiated.WorkflowTaskCompletedEventId,
            },
        });
    }

    /// <summary>Adds the answer to a message to its sender's history, if it still waits for it.</summary>
    private Task Reply(Execution sender, Func<ExecutionState, bool> waits, HistoryEvent answer) =>
        WithChain(sender.State.Namespace, sender.State.WorkflowId, chain =>
        {
            if (FindRun(chain, sender.State.RunId) is not { State.IsRunning: true } execution || !waits(execution.State))
            {
                return Task.CompletedTask;
            }

            var transaction = new Transaction(this, execution);
            transaction.Add(answer);
            transaction.ScheduleTaskIfNone();
            return Commit(transaction);
        });

    private bool Under(Execution execution, Func<Execution, bool> look) => WithChain(
        execution.State.Namespace,
        execution.State.WorkflowId,
        chain => FindRun(chain, execution.State.RunId) is { } found && look(found));

    private static StartWorkflowExecutionRequest ChildRequest(ExecutionState parent, PendingChild child)
    {
        var initiated = child.Initiated;
        return new StartWorkflowExecutionRequest
        {
            Namespace = initiated.Namespace,
            WorkflowId = initiated.WorkflowId,
            WorkflowType = initiated.WorkflowType,
            TaskQueue = initiated.TaskQueue,
            Input = initiated.Input,
            WorkflowExecutionTimeout = initiated.WorkflowExecutionTimeout,
            WorkflowRunTimeout = initiated.WorkflowRunTimeout,
            WorkflowTaskTimeout = initiated.WorkflowTaskTimeout,
            WorkflowIdReusePolicy = initiated.WorkflowIdReusePolicy,
            RetryPolicy = initiated.RetryPolicy,
            CronSchedule = initiated.CronSchedule,
            Header = initiated.Header,
            Memo = initiated.Memo,
            SearchAttributes = initiated.SearchAttributes,
            Priority = Priorities.Merge(parent.Priority, initiated.Priority),
            VersioningOverride = initiated.VersioningOverride,
            UserMetadata = child.UserMetadata,
            RequestId = RequestIdFor(parent, child.InitiatedEventId),
        };
    }

    private static void AddParent(WorkflowExecutionStartedEventAttributes started, ExecutionState parent, long initiatedEventId)
    {
        started.ParentWorkflowNamespace = parent.Namespace.Name;
        started.ParentWorkflowNamespaceId = parent.Namespace.Id;
        started.ParentWorkflowExecution = parent.Execution;
        started.ParentInitiatedEventId = initiatedEventId;
        started.RootWorkflowExecution = parent.Started.RootWorkflowExecution ?? parent.Execution;
    }

    /// <summary>A child that is not told otherwise begins with its parent's version where its queue has that version's workers.</summary>
    private void InheritVersion(WorkflowExecutionStartedEventAttributes started, ExecutionState parent)
    {
        if (started.VersioningOverride is not null)
        {
            return;
        }

        var forced = parent.VersioningOverride?.OneTime?.TargetDeploymentVersion ?? parent.VersioningOverride?.Pinned?.Version;
        if (forced is not null && Serves(forced))
        {
            started.VersioningOverride = parent.VersioningOverride;
        }
        else if (parent.PinnedVersion is { } pinned)
        {
            started.InheritedPinnedVersion = Serves(pinned) ? pinned : null;
        }
        else if (parent is { EffectiveBehavior: VersioningBehavior.AutoUpgrade, DeploymentVersion: { } version } && Serves(version))
        {
            started.InheritedAutoUpgradeInfo = new Temporalio.Api.Deployment.V1.InheritedAutoUpgradeInfo
            {
                SourceDeploymentVersion = version,
                SourceDeploymentRevisionNumber = parent.DeploymentRevision,
            };
        }

        bool Serves(Temporalio.Api.Deployment.V1.WorkerDeploymentVersion version) => started.TaskQueue.Name == parent.Started.TaskQueue.Name
            || Deployments.Has(parent.Namespace, version, started.TaskQueue.Name, TaskQueueType.Workflow);
    }

    private static bool IsChildOf(ExecutionState child, ExecutionState parent) =>
        child.Started.ParentWorkflowExecution is { } of && of.WorkflowId == parent.WorkflowId && of.RunId == parent.RunId;

    /// <summary>A request id that is the same whenever a message is sent again.</summary>
    private static string RequestIdFor(ExecutionState state, long eventId) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{state.RunId}/{eventId}")).AsSpan(0, 16)).ToString();

    private string NameOf(string namespaceId) => Namespaces.FindById(namespaceId)?.Name ?? "";

    /// <summary>Does work that counts as busy; what it could not finish is taken up again after a restart.</summary>
    private void InBackground(Func<Task> work)
    {
        Idle.Add(1);
        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception e) when (e is StoreException or RpcException)
            {
                // The run it was for is loaded anew when next used, or was ended as its history was too long.
            }
            finally
            {
                Idle.Add(-1);
            }
        });
    }
}
