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
        if (stimulus.Request is { } id && engine!.FindRequest(id) is null)
        {
            stimulus.Refuse("task.not-open", "It was answered, or is no longer needed.");
            return;
        }

        await BurstAsync(stimulus);
    }

    private async Task BurstAsync(Stimulus stimulus)
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
            Pinned = host.Pinned,
        };
        var result = await Workflow.ExecuteLocalActivityAsync((CaseActivities activities) => activities.BurstAsync(burst), Local);
        if (result.Refusals.Count == 0)
        {
            Apply(burst, fresh, result);
        }

        stimulus.Settle(result.Refusals);
    }

    private void Apply(Burst burst, bool fresh, BurstResult result)
    {
        host.Now = burst.Now;
        foreach (var pair in result.Pinned ?? [])
        {
            host.Pinned[pair.Key] = pair.Value;
        }

        if (fresh)
        {
            engine!.Start(CaseEngine.Inputs(start), start.TriggerActivityId);
        }

        if (burst.Cancel)
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
        started.RemoveWhere(id => engine.FindRequest(id) is null);
    }

    // Starts what takes long: its answer comes as a stimulus.
    private void StartLong()
    {
        foreach (var request in engine!.Requests)
        {
            if (started.Contains(request.Id))
            {
                continue;
            }

            Func<Task<ReplyRecord>>? work = request.Kind switch
            {
                RequestKind.Child => () => ChildAsync(request),
                RequestKind.Http => () => HttpAsync(request),
                RequestKind.Step when steps.Find(request.Name) is { Attribute.ChildWorkflow: { } type } => () => ChildStepAsync(request, type),
                RequestKind.Step => () => LongStepAsync(request),
                _ => null,
            };
            if (work is not null)
            {
                started.Add(request.Id);
                _ = AnswerLaterAsync(request.Id, work);
            }
        }
    }

    private async Task AnswerLaterAsync(long request, Func<Task<ReplyRecord>> work)
    {
        ReplyRecord reply;
        try
        {
            reply = await work();
        }
        catch (FailureException failure)
        {
            reply = new ReplyRecord { Request = request, Error = (failure.InnerException ?? failure).Message };
        }

        stimuli.Enqueue(new Stimulus { Request = request, Reply = reply });
    }

    private Task<ReplyRecord> LongStepAsync(EngineRequest request)
    {
        var attribute = steps.Find(request.Name)?.Attribute;
        var burst = new Burst { Case = start, RunId = runId, Number = 0, Now = Now, State = engine!.Snapshot(), Pinned = host.Pinned };
        return Workflow.ExecuteActivityAsync((CaseActivities activities) => activities.LongStepAsync(burst, request.Id), new ActivityOptions
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(attribute?.TimeoutSeconds ?? 30),
            RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromSeconds(1), MaximumInterval = TimeSpan.FromMinutes(5), MaximumAttempts = attribute?.MaxAttempts ?? 5 },
        });
    }

    private static Task<ReplyRecord> HttpAsync(EngineRequest request)
    {
        var call = Values.ToJsonObject(request.Data);
        return Workflow.ExecuteActivityAsync((CaseActivities activities) => activities.HttpCallAsync(request.Id, call), new ActivityOptions
        {
            StartToCloseTimeout = TimeSpan.FromMinutes(2),
            RetryPolicy = new RetryPolicy { InitialInterval = LongRetries.InitialInterval, MaximumInterval = LongRetries.MaximumInterval, MaximumAttempts = 3 },
        });
    }

    private async Task<ReplyRecord> ChildAsync(EngineRequest request)
    {
        var id = CaseEngine.TaskId(start.CaseId, request.Id);
        var plan = host.FindPlan(request.Name, null)!;
        var input = CaseStart.Child(start, plan, id, request.Data);
        var child = await Workflow.StartChildWorkflowAsync(
            (DefinitionWorkflow workflow) => workflow.RunAsync(input),
            new ChildWorkflowOptions { Id = id, ParentClosePolicy = request.Flag("wait") ? ParentClosePolicy.RequestCancel : ParentClosePolicy.Abandon });
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

    private async Task<ReplyRecord> ChildStepAsync(EngineRequest request, string type)
    {
        var input = Values.ToJsonObject(request.Data);
        var output = await Workflow.ExecuteChildWorkflowAsync<JsonObject>(type, [input], new ChildWorkflowOptions { Id = CaseEngine.TaskId(start.CaseId, request.Id) });
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
                candidate.Kind == RequestKind.Event
                && !stimuli.Any(stimulus => stimulus.Request == candidate.Id)
                && (candidate.Name == item.Name || (candidate.Data.GetValueOrDefault("names") is List<object?> names && names.Contains(item.Name))));
            if (request is null)
            {
                i++;
                continue;
            }

            events.RemoveAt(i);
            stimuli.Enqueue(new Stimulus
            {
                Request = request.Id,
                Reply = new ReplyRecord { Request = request.Id, Output = new JsonObject { ["name"] = item.Name, ["result"] = item.Data?.DeepClone() } },
            });
        }
    }

    // Sleeps on one timer: that of the request that is due first.
    private async Task WaitAsync()
    {
        var arrived = events.Count;
        bool Stirred() => stimuli.Count > 0 || events.Count != arrived || cancelRequested || Workflow.CancellationToken.IsCancellationRequested;
        var due = engine!.Requests.Where(request => request.Due is not null && request.Kind is RequestKind.Timer or RequestKind.Event or RequestKind.Task).MinBy(request => request.Due);
        var stirred = true;
        if (due is null)
        {
            await Workflow.WaitConditionAsync(Stirred, CancellationToken.None);
        }
        else if (due.Due!.Value - Now is var left && left > TimeSpan.Zero)
        {
            stirred = await Workflow.WaitConditionAsync(Stirred, left, CancellationToken.None);
        }
        else
        {
            stirred = false;
        }

        if (cancelRequested || Workflow.CancellationToken.IsCancellationRequested)
        {
            stimuli.Enqueue(new Stimulus { Cancel = true });
        }
        else if (!stirred)
        {
            stimuli.Enqueue(new Stimulus { Request = due!.Id, Reply = new ReplyRecord { Request = due.Id, TimedOut = due.Kind != RequestKind.Timer } });
        }
    }
}
