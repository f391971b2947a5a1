using Ecosystem.Temporal.Visibility.Filters;

namespace Ecosystem.Temporal.Executions;

/// <content>What clients ask of runs.</content>
internal sealed partial class Engine
{
    public async Task<StartWorkflowExecutionResponse> StartAsync(NamespaceRecord ns, StartWorkflowExecutionRequest request)
    {
        var (response, durable) = WithChain(ns, request.WorkflowId, chain =>
        {
            var (execution, started, transactions, eager) = Start(chain, request, null);
            var answer = StartResponse(ns, execution.State, started);
            if (execution.State.AttachedRequests.TryGetValue(request.RequestId, out var attached))
            {
                answer.Link = RequestLink(ns, execution.State.WorkflowId, execution.State.RunId, request.RequestId, attached.Type);
            }

            answer.EagerWorkflowTask = eager;
            return (answer, transactions.Count == 0 ? Task.CompletedTask : Commit([.. transactions]));
        });
        await durable;
        return response;
    }

    /// <summary>Starts a run, or finds the one that the policies say; nothing is stored before the transactions are committed.</summary>
    public (Execution Execution, bool Started, List<Transaction> Transactions, PollWorkflowTaskQueueResponse? Eager) Start(
        Chain chain,
        StartWorkflowExecutionRequest request,
        Action<Transaction>? beforeFirstTask)
    {
        var decision = DecideStart(chain, request, existing => AttachRequest(existing, request));
        if (decision.Execution is { } found)
        {
            // Who asks again for the task that comes with a start gets it again, while nobody else could have got it.
            var same = request.RequestEagerExecution && decision is { Started: true, Repeated: true } && found.State.Task is { StartedEventId: 3, Attempt: 1 }
                ? TaskResponse(found, null, newestOnly: false, sendAgain: true)
                : null;
            return (found, decision.Started, decision.Transactions, same);
        }

        var started = StartedBy(chain.Namespace, request);
        var immediate = started.FirstWorkflowTaskBackoff.ToTimeSpan() == TimeSpan.Zero;
        var eager = request.RequestEagerExecution && immediate;
        started.EagerExecutionAccepted = eager;
        var transaction = CreateRun(chain, TakeRunId(chain), request.RequestId, started, request.UserMetadata, request.Links);
        beforeFirstTask?.Invoke(transaction);
        PollWorkflowTaskQueueResponse? task = null;
        if (immediate)
        {
            transaction.ScheduleTask();
            if (eager)
            {
                task = StartTask(transaction, request.Identity, false);
            }
        }

        return (transaction.Execution, true, [.. decision.Transactions, transaction], task);
    }

    public static StartWorkflowExecutionResponse StartResponse(NamespaceRecord ns, ExecutionState state, bool started) => new()
    {
        RunId = state.RunId,
        Started = started,
        Status = state.Status,
        FirstExecutionRunId = state.Started.FirstExecutionRunId,
        Link = new Link
        {
            WorkflowEvent = new Link.Types.WorkflowEvent
            {
                Namespace = ns.Name,
                WorkflowId = state.WorkflowId,
                RunId = state.RunId,
                EventRef = new Link.Types.WorkflowEvent.Types.EventReference { EventId = 1, EventType = EventType.WorkflowExecutionStarted },
            },
        },
    };

    public async Task<SignalWorkflowExecutionResponse> SignalAsync(NamespaceRecord ns, SignalWorkflowExecutionRequest request)
    {
        var target = request.WorkflowExecution;
        var (runId, durable) = WithChain(ns, target.WorkflowId, chain =>
        {
            var execution = Resolve(chain, target.RunId);
            if (!execution.State.IsRunning)
            {
                throw RpcErrors.AlreadyCompleted();
            }

            return (execution.State.RunId, Signal(execution, SignalEvent(request), request.Links));
        });
        await durable;
        return new SignalWorkflowExecutionResponse { Link = RequestLink(ns, target.WorkflowId, runId, request.RequestId, EventType.WorkflowExecutionSignaled) };
    }

    public async Task<SignalWithStartWorkflowExecutionResponse> SignalWithStartAsync(
        NamespaceRecord ns,
        SignalWithStartWorkflowExecutionRequest request,
        StartWorkflowExecutionRequest start)
    {
        var signal = new WorkflowExecutionSignaledEventAttributes
        {
            SignalName = request.SignalName,
            Input = request.SignalInput,
            Identity = request.Identity,
            Header = request.Header,
            RequestId = request.RequestId,
        };
        var (state, started, durable) = WithChain(ns, request.WorkflowId, chain =>
        {
            var terminate = request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.TerminateExisting
                || request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.TerminateIfRunning;
            if (chain.Current is { } current && Load(chain, current) is { State.IsRunning: true } running && !terminate)
            {
                return (running.State, false, Signal(running, signal, request.Links));
            }

            var (execution, isNew, transactions, _) = Start(chain, start, transaction =>
            {
                var e = new HistoryEvent { EventType = EventType.WorkflowExecutionSignaled, WorkflowExecutionSignaledEventAttributes = signal };
                e.Links.AddRange(request.Links);
                transaction.Add(e);
            });
            return (execution.State, isNew, transactions.Count == 0 ? Task.CompletedTask : Commit([.. transactions]));
        });
        await durable;
        return new SignalWithStartWorkflowExecutionResponse
        {
            RunId = state.RunId,
            Started = started,
            FirstExecutionRunId = state.Started.FirstExecutionRunId,
            SignalLink = RequestLink(ns, request.WorkflowId, state.RunId, request.RequestId, EventType.WorkflowExecutionSignaled),
        };
    }

    public Task CancelAsync(NamespaceRecord ns, RequestCancelWorkflowExecutionRequest request)
    {
        var target = request.WorkflowExecution;
        return WithChain(ns, target.WorkflowId, chain =>
        {
            var execution = ResolveInChain(chain, target.RunId, request.FirstExecutionRunId);
            if (!execution.State.IsRunning)
            {
                return Task.CompletedTask;
            }

            return RequestCancel(
                execution,
                request.RequestId,
                new WorkflowExecutionCancelRequestedEventAttributes { Cause = request.Reason, Identity = request.Identity },
                request.Links);
        });
    }

    public Task TerminateAsync(NamespaceRecord ns, TerminateWorkflowExecutionRequest request)
    {
        var target = request.WorkflowExecution;
        return WithChain(ns, target.WorkflowId, chain =>
        {
            var execution = ResolveInChain(chain, target.RunId, request.FirstExecutionRunId);
            if (!execution.State.IsRunning)
            {
                throw RpcErrors.AlreadyCompleted();
            }

            var transaction = new Transaction(this, execution);
            transaction.Terminate(
                request.Reason.Length == 0 ? "terminated by user via frontend" : request.Reason,
                request.Details,
                request.Identity.Length == 0 ? "frontend-service" : request.Identity,
                request.Links);
            return Commit(transaction);
        });
    }

    /// <summary>Removes a run with all it has, some time after the request is stored; a running one is terminated first.</summary>
    public Task DeleteAsync(NamespaceRecord ns, WorkflowExecution target) => WithChain(ns, target.WorkflowId, chain =>
    {
        var execution = Resolve(chain, target.RunId);
        var transaction = new Transaction(this, execution);
        if (execution.State.IsRunning)
        {
            transaction.Terminate("Delete workflow execution", null, Transaction.ServiceIdentity, []);
        }

        transaction.Owed.Add(TransferKind.Delete);
        return Commit(transaction);
    });

    /// <summary>Removes a run that was asked to be deleted, or whose retention is over.</summary>
    public async Task RemoveAsync(NamespaceRecord ns, string workflowId, string runId)
    {
        var (chain, removed, durable) = WithChain<(Chain, RunRef?, Task)>(ns, workflowId, chain =>
        {
            if (chain.Runs!.FindLast(run => run.RunId == runId) is not { } reference)
            {
                return (chain, null, Task.CompletedTask);
            }

            var write = new StoreWrite();
            write.Deleted.Add(reference.Key);
            if (chain.Current == reference)
            {
                Supersede(chain.Runs.Where(run => run != reference), write);
            }

            chain.Runs.Remove(reference);
            chain.Removals++;
            reference.Execution?.SignalChanged();
            return (chain, reference, Commit(write));
        });
        if (removed is null)
        {
            return;
        }

        var stored = false;
        try
        {
            await durable;
            stored = true;
        }
        finally
        {
            lock (chain.Lock)
            {
                if (!stored)
                {
                    chain.Runs!.Add(removed);
                    chain.Runs.Sort(static (one, other) => one.Key.CompareTo(other.Key));
                }

                chain.Removals--;
                DropIfEmpty(chain);
            }
        }
    }

    /// <summary>Lets no earlier run take the place of one that goes.</summary>
    private void Supersede(IEnumerable<RunRef> earlier, StoreWrite write)
    {
        foreach (var run in earlier)
        {
            run.Superseded = true;
            if (run.Execution is { } loaded)
            {
                loaded.Superseded = true;
            }

            if (Store.Find(run.Key) is { } row)
            {
                write.Executions.Add(row with { Superseded = true });
            }
        }
    }

    /// <summary>Ends and removes all runs of a namespace that was deleted.</summary>
    private async Task ClearAsync(NamespaceRecord ns)
    {
        const int page = 200;
        var everything = FilterBinder.Bind("", ns.SearchAttributes);
        while (Store.Visibility.List(ns.Name, everything, page, null) is { Count: > 0 } runs)
        {
            foreach (var run in runs)
            {
                if (run.Status == WorkflowExecutionStatus.Running)
                {
                    await TerminateAsync(ns, new TerminateWorkflowExecutionRequest
                    {
                        WorkflowExecution = new WorkflowExecution { WorkflowId = run.WorkflowId, RunId = run.RunId },
                        Reason = "Delete namespace",
                        Identity = Transaction.ServiceIdentity,
                    });
                }

                await RemoveAsync(ns, run.WorkflowId, run.RunId);
            }
        }
    }

    public Task Signal(Execution execution, WorkflowExecutionSignaledEventAttributes signal, IEnumerable<Link>? links = null)
    {
        var state = execution.State;
        if (signal.RequestId.Length > 0 && state.SignalRequestIds.Contains(signal.RequestId))
        {
            return Task.CompletedTask;
        }

        if (state is { CloseAttempted: true, HasStartedTask: true })
        {
            throw RpcErrors.Busy();
        }

        if (state.SignalCount >= Limits.Signals)
        {
            throw RpcErrors.InvalidArgument("exceeded workflow execution limit for signal events");
        }

        var transaction = new Transaction(this, execution);
        var e = new HistoryEvent { EventType = EventType.WorkflowExecutionSignaled, WorkflowExecutionSignaledEventAttributes = signal };
        e.Links.AddRange(links ?? []);
        transaction.Add(e);
        if (!signal.SkipGenerateWorkflowTask)
        {
            transaction.ScheduleTaskIfNone();
        }

        return Commit(transaction);
    }

    public Task RequestCancel(
        Execution execution,
        string requestId,
        WorkflowExecutionCancelRequestedEventAttributes request,
        IEnumerable<Link>? links = null)
    {
        var state = execution.State;
        if (state.CancelRequested)
        {
            return Task.CompletedTask;
        }

        var transaction = new Transaction(this, execution);
        state.CancelRequestId = requestId;
        var e = new HistoryEvent { EventType = EventType.WorkflowExecutionCancelRequested, WorkflowExecutionCancelRequestedEventAttributes = request };
        e.Links.AddRange(links ?? []);
        transaction.Add(e);

        // A start that was put off is over: the worker has to hear of this at once.
        state.EndBackoff();
        transaction.ScheduleTaskIfNone();
        return Commit(transaction);
    }

    /// <summary>Ends a run whose time is over.</summary>
    private void TimeOutRun(Transaction transaction)
    {
        var state = transaction.State;
        if (state.ExecutionExpiration <= transaction.Now)
        {
            transaction.Close(TimedOut(RetryState.Timeout, ""));
            ObserveFailure(Commit(transaction));
            return;
        }

        var next = transaction.CloseAndFollow(RetryDecision.RunTimeout(), null, TimedOut);
        ObserveFailure(next is null ? Commit(transaction) : Commit(transaction, next));
    }

    private static HistoryEvent TimedOut(RetryState retryState, string nextRunId) => new()
    {
        EventType = EventType.WorkflowExecutionTimedOut,
        WorkflowExecutionTimedOutEventAttributes = new WorkflowExecutionTimedOutEventAttributes
        {
            RetryState = retryState,
            NewExecutionRunId = nextRunId,
        },
    };

    /// <summary>The run of that id, or the current one, if it belongs to the chain of runs that began with the given one.</summary>
    public Execution ResolveInChain(Chain chain, string runId, string firstRunId)
    {
        var execution = Resolve(chain, runId);
        if (firstRunId.Length > 0 && execution.State.Started.FirstExecutionRunId != firstRunId)
        {
            throw RpcErrors.ExecutionNotFound();
        }

        return execution;
    }

    private Transaction? AttachRequest(Execution execution, StartWorkflowExecutionRequest request)
    {
        if (request.OnConflictOptions is not { } options)
        {
            return null;
        }

        var transaction = new Transaction(this, execution);
        var attributes = new WorkflowExecutionOptionsUpdatedEventAttributes
        {
            AttachedRequestId = options.AttachRequestId ? request.RequestId : "",
        };
        if (options.AttachCompletionCallbacks)
        {
            var present = execution.State.Callbacks.Count;
            if (present + request.CompletionCallbacks.Count > Limits.Callbacks)
            {
                throw RpcErrors.FailedPrecondition($"cannot attach more than {Limits.Callbacks} callbacks to a workflow ({present} callbacks already attached)");
            }

            attributes.AttachedCompletionCallbacks.AddRange(request.CompletionCallbacks);
        }

        var e = new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionOptionsUpdated,
            WorkerMayIgnore = true,
            WorkflowExecutionOptionsUpdatedEventAttributes = attributes,
        };
        if (options.AttachLinks)
        {
            e.Links.AddRange(request.Links);
        }

        transaction.Add(e);
        return transaction;
    }

    private static WorkflowExecutionSignaledEventAttributes SignalEvent(SignalWorkflowExecutionRequest request) => new()
    {
        SignalName = request.SignalName,
        Input = request.Input,
        Identity = request.Identity,
        Header = request.Header,
        RequestId = request.RequestId,
    };

    private static Link RequestLink(NamespaceRecord ns, string workflowId, string runId, string requestId, EventType type) => new()
    {
        WorkflowEvent = new Link.Types.WorkflowEvent
        {
            Namespace = ns.Name,
            WorkflowId = workflowId,
            RunId = runId,
            RequestIdRef = new Link.Types.WorkflowEvent.Types.RequestIdReference { RequestId = requestId, EventType = type },
        },
    };
}
