using System.Text.Json.Nodes;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ecosystem.Workflows.Definitions;

/// <content>From one wait to the next.</content>
internal sealed partial class DefinitionWorkflow
{
    private static readonly RetryPolicy LongRetries = new() { InitialInterval = TimeSpan.FromSeconds(1), MaximumInterval = TimeSpan.FromMinutes(5) };

    private bool HasDueStep() =>
        engine!.Requests.Any(request => request.Kind == RequestKind.Step && steps.Find(request.Name) is { Attribute: { LongRunning: false, ChildWorkflow: null } });

    private async Task HandleAsync(Stimulus stimulus)
    {
        do
        {
            if (stimulus.Request is { } id && engine!.FindRequest(id) is null)
            {
                stimulus.Refuse("task.not-open", "It was answered, or is no longer needed.");
                return;
            }

            if (stimulus.Migration is { } migration)
            {
                await MigrateAsync(stimulus, migration);
                return;
            }
        }
        while (!await BurstAsync(stimulus));
    }

    // False when the case heard instead of what was done before without its knowledge: a worker was lost between doing it and telling of it, and what
    // it answered, an update, was lost with it.
    private async Task<bool> BurstAsync(Stimulus stimulus)
    {
        var fresh = bursts == 0;
        var answer = stimulus.Answer;
        var reply = answer is null
            ? stimulus.Reply
            : new ReplyRecord { Request = stimulus.Request!.Value, Outcome = answer.Outcome, Output = answer.Data, By = answer.Actor.Id, Note = answer.Comment };
        var burst = new Burst
        {
            Case = start,
            RunId = runId,
            Number = ++bursts,
            Now = Now,
            State = fresh ? null : engine!.Snapshot(),
            Reply = reply,
            Answer = answer,
            Cancel = stimulus.Cancel,
            OnlyKnown = stimulus.CatchUp,
            Pinned = host.Pinned,
            Tried = tried,
        };
        bursting = true;
        var result = await Workflow.ExecuteLocalActivityAsync((CaseActivities activities) => activities.BurstAsync(burst), Local);
        bursting = false;
        if (result.Nothing)
        {
            bursts--;
        }
        else if (result.Refusals.Count == 0)
        {
            Apply(burst, fresh, result);
        }

        if (result.MissedFor is not null && !stimulus.CatchUp)
        {
            return false;
        }

        stimulus.Settle(result.Refusals);
        return true;
    }

    private void Apply(Burst burst, bool fresh, BurstResult result)
    {
        host.Now = result.DoneAt ?? burst.Now;
        tried = result.Tried;
        foreach (var pair in result.Pinned ?? [])
        {
            host.Pinned[pair.Key] = pair.Value;
        }

        if (fresh)
        {
            engine!.Start(CaseEngine.Inputs(start), start.TriggerActivityId);
        }

        if (result.MissedFor is { } answered ? answered == Burst.ForCancel : burst.Cancel)
        {
            engine!.Cancel();
        }

        foreach (var reply in result.Replies)
        {
            engine!.Reply(reply.Request, reply.ToReply());
        }

        engine!.Journal.Clear();
        engine.Published.Clear();
        engine.Dispatched.Clear();
        engine.Withdrawn.Clear();
        engine.Incidents.Clear();
        host.Lines.Clear();
        foreach (var (id, source) in started.Where(pair => engine.FindRequest(pair.Key) is null).ToList())
        {
            started.Remove(id);
            source.Cancel();
        }
    }

    // Starts what takes long: its answer comes as a stimulus.
    private void StartLong()
    {
        foreach (var request in engine!.Requests)
        {
            if (started.ContainsKey(request.Id))
            {
                continue;
            }

            Func<CancellationToken, Task<ReplyRecord>>? work = request.Kind switch
            {
                RequestKind.Child => token => ChildAsync(request, token),
                RequestKind.Http => token => HttpAsync(request, token),
                RequestKind.Step when steps.Find(request.Name) is { Attribute.ChildWorkflow: { } type } => token => ChildStepAsync(request, type, token),
                RequestKind.Step => token => LongStepAsync(request, token),
                _ => null,
            };
            if (work is not null)
            {
                var source = new CancellationTokenSource();
                started.Add(request.Id, source);
                _ = AnswerLaterAsync(request.Id, work, source.Token);
            }
        }
    }

    // What is no longer wanted is cancelled, and its answer not taken.
    private async Task AnswerLaterAsync(long request, Func<CancellationToken, Task<ReplyRecord>> work, CancellationToken cancellationToken)
    {
        ReplyRecord reply;
        try
        {
            reply = await work(cancellationToken);
        }
        catch (Exception exception) when (exception is FailureException or OperationCanceledException)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            reply = new ReplyRecord { Request = request, Error = (exception.InnerException ?? exception).Message };
        }

        stimuli.Enqueue(new Stimulus { Request = request, Reply = reply });
    }

    private Task<ReplyRecord> LongStepAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        var limits = StepLimits.Of(request.Instance.Node, steps.Find(request.Name)?.Attribute);
        var burst = new Burst { Case = start, RunId = runId, Number = 0, Now = Now, State = engine!.Snapshot(), Pinned = host.Pinned };
        return Workflow.ExecuteActivityAsync((CaseActivities activities) => activities.LongStepAsync(burst, request.Id), new ActivityOptions
        {
            StartToCloseTimeout = limits.Timeout,
            CancellationToken = cancellationToken,
            RetryPolicy = new RetryPolicy { InitialInterval = LongRetries.InitialInterval, MaximumInterval = LongRetries.MaximumInterval, MaximumAttempts = limits.MaxAttempts },
        });
    }

    private static Task<ReplyRecord> HttpAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        var call = Values.ToJsonObject(request.Data);
        var limits = StepLimits.Of(request.Instance.Node, null);
        return Workflow.ExecuteActivityAsync((CaseActivities activities) => activities.HttpCallAsync(request.Id, call), new ActivityOptions
        {
            StartToCloseTimeout = limits.Timeout,
            CancellationToken = cancellationToken,
            RetryPolicy = new RetryPolicy { InitialInterval = LongRetries.InitialInterval, MaximumInterval = LongRetries.MaximumInterval, MaximumAttempts = limits.MaxAttempts },
        });
    }

    private async Task<ReplyRecord> ChildAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        var id = CaseEngine.TaskId(start.CaseId, request.Id);
        var plan = host.FindPlan(request.Name, null)!;
        var input = CaseStart.Child(start, plan, id, request.Data);
        var child = await Workflow.StartChildWorkflowAsync(
            (DefinitionWorkflow workflow) => workflow.RunAsync(input),
            new ChildWorkflowOptions { Id = id, ParentClosePolicy = request.Flag("wait") ? ParentClosePolicy.RequestCancel : ParentClosePolicy.Abandon, CancellationToken = cancellationToken });
        var end = request.Flag("wait") ? await child.GetResultAsync<CaseEnd>() : null;
        return new ReplyRecord
        {
            Request = request.Id,
            Output = new JsonObject
            {
                ["instanceId"] = id,
                ["status"] = end is null ? "Running" : "Finished",
                ["subStatus"] = end?.Status ?? "Executing",
                ["output"] = end?.Output?.DeepClone(),
            },
        };
    }

    private async Task<ReplyRecord> ChildStepAsync(EngineRequest request, string type, CancellationToken cancellationToken)
    {
        var input = Values.ToJsonObject(request.Data);
        var output = await Workflow.ExecuteChildWorkflowAsync<JsonObject>(type, [input], new ChildWorkflowOptions { Id = CaseEngine.TaskId(start.CaseId, request.Id), CancellationToken = cancellationToken });
        var outcome = output.Text("outcome");
        return new ReplyRecord { Request = request.Id, Outcome = outcome, Output = output };
    }

    // An event goes to whoever waits for it first; one of the case itself that nobody waits for stays.
    private void TakeEvents()
    {
        for (var i = 0; i < events.Count;)
        {
            var item = events[i];
            var request = engine!.Requests.FirstOrDefault(candidate =>
                candidate.Kind is RequestKind.Event or RequestKind.HttpEndpoint
                && !stimuli.Any(stimulus => stimulus.Request == candidate.Id)
                && (EventNameOf(candidate) == item.Name || (candidate.Data.GetValueOrDefault("names") is List<object?> names && names.Contains(item.Name))));
            if (request is null)
            {
                i++;
                continue;
            }

            events.RemoveAt(i);
            if (request.Kind == RequestKind.HttpEndpoint)
            {
                engine.HttpResponse = null;
            }

            stimuli.Enqueue(new Stimulus
            {
                Request = request.Id,
                Reply = new ReplyRecord { Request = request.Id, Output = OutputOf(request, item) },
            });
        }
    }

    private static string EventNameOf(EngineRequest request) => request.Kind == RequestKind.HttpEndpoint ? HttpTopic.Of(request).ToString() : request.Name;

    private static JsonObject OutputOf(EngineRequest request, CaseEvent item) => request.Kind == RequestKind.HttpEndpoint
        ? item.Data?.DeepClone() as JsonObject ?? []
        : new JsonObject { ["name"] = item.Name, ["result"] = item.Data?.DeepClone() };

    private bool IsToBeCancelled => !engine!.IsUndoing && (cancelRequested || Workflow.CancellationToken.IsCancellationRequested);

    // Sleeps on one timer: that of the request that is due first.
    private async Task WaitAsync()
    {
        var arrived = events.Count;
        bool Stirred() => stimuli.Count > 0 || events.Count != arrived || IsToBeCancelled;
        var due = engine!.Requests.Where(request => request.Due is not null && request.Kind is RequestKind.Timer or RequestKind.Event or RequestKind.Task).MinBy(request => request.Due);
        var stirred = true;
        var cancelled = engine.IsUndoing ? CancellationToken.None : Workflow.CancellationToken;
        try
        {
            if (due is null)
            {
                await Workflow.WaitConditionAsync(Stirred, cancelled);
            }
            else if (due.Due!.Value - Now is var left && left > TimeSpan.Zero)
            {
                stirred = await Workflow.WaitConditionAsync(Stirred, left, cancelled);
            }
            else
            {
                stirred = false;
            }
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            // Seen below.
        }

        if (IsToBeCancelled)
        {
            stimuli.Enqueue(new Stimulus { Cancel = true });
        }
        else if (!stirred)
        {
            stimuli.Enqueue(new Stimulus { Request = due!.Id, Reply = new ReplyRecord { Request = due.Id, TimedOut = due.Kind != RequestKind.Timer } });
        }
    }
}
