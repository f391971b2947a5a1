using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Integration.Mail;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Writes what a burst did: the case's record and history, human tasks, cases it started, events it published.</summary>
internal sealed class CaseWriter(Outbox outbox, CaseLauncher launcher, PlanSource plans, TaskRouting routing)
{
    // Containers and joints are not steps to anybody who reads a history; the journal has them.
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "Elsa.Flowchart", "Elsa.Sequence", "Elsa.Start", "Elsa.End", "Elsa.FlowJoin", "Elsa.FlowFork", "Elsa.SetVariable", "Elsa.Workflow", "Elsa.FlowNode", "Ecosystem.SetStage",
    };

    // What waits for people is in the history; what waits for time or events is in the journal only.
    private static readonly HashSet<string> People = new(StringComparer.Ordinal) { "Ecosystem.HumanTask", "Ecosystem.Approval", "Elsa.RunTask" };

    private const string Waiting = "Waiting";

    internal async Task WriteAsync(EcosystemDbContext db, Burst burst, ProcessEngine engine, Dictionary<long, RequestKind> before, CaseHost host, CancellationToken cancellationToken)
    {
        var caseId = new CaseId(burst.Case.CaseId);
        var record = await RecordAsync(db, burst, cancellationToken);
        foreach (var request in engine.Requests.Where(request => !before.ContainsKey(request.Id)).ToList())
        {
            if (request.Kind is not (RequestKind.Task or RequestKind.Incident))
            {
                engine.Record(request.Instance, Waiting, null);
            }

            switch (request.Kind)
            {
                case RequestKind.Task:
                    await OpenTaskAsync(db, MakeTask(burst, request), burst.Now, cancellationToken);
                    engine.Record(request.Instance, Waiting, null);
                    break;
                case RequestKind.Event when !request.Flag("case"):
                    db.Add(new EventSubscription { CaseId = caseId, Request = request.Id, Name = request.Name, CorrelationId = engine.CorrelationId });
                    break;
                case RequestKind.Event:
                    db.AddRange(DomainEvents.In(request).Select(name => new EventSubscription { CaseId = caseId, Request = request.Id, Name = name, CorrelationId = engine.CorrelationId }));
                    break;
                case RequestKind.HttpEndpoint:
                    db.Add(new EventSubscription { CaseId = caseId, Request = request.Id, Name = HttpTopic.Of(request).ToString(), CorrelationId = engine.CorrelationId });
                    break;
                case RequestKind.Child:
                    await StartChildAsync(db, burst, request.Name, CaseEngine.TaskId(burst.Case.CaseId, request.Id), request.Data, true, host, cancellationToken);
                    break;
                default:
                    break;
            }
        }

        await CloseAsync(db, burst, before.Where(request => engine.FindRequest(request.Key) is null).ToLookup(request => request.Value, request => request.Key), cancellationToken);
        foreach (var start in engine.Dispatched)
        {
            await StartChildAsync(db, burst, start.Reference, start.InstanceId, new Dictionary<string, object?> { ["input"] = start.Input }, false, host, cancellationToken);
        }

        if (engine.Published.Count > 0)
        {
            // What waits in this case itself is to be found as well.
            await db.SaveChangesAsync(cancellationToken);
        }

        foreach (var (name, payload, local, correlation) in engine.Published)
        {
            await PublishAsync(db, new PublishedEvent(name, Values.ToJson(payload)) { CorrelationIds = correlation is null ? null : [correlation], OnlyCase = local ? caseId : null }, cancellationToken);
        }

        WriteHistory(db, record, engine);
        Describe(record, engine, burst.Now);
    }

    /// <summary>Tells every case that waits for an event, and starts the definitions it triggers.</summary>
    internal async Task PublishAsync(EcosystemDbContext db, PublishedEvent published, CancellationToken cancellationToken)
    {
        var name = published.Name;
        var waiting = db.Set<EventSubscription>().AsNoTracking().Where(subscription => subscription.Name == name);
        if (published.CorrelationIds is { } correlated)
        {
            waiting = waiting.Where(subscription => correlated.Contains(subscription.CorrelationId!));
        }

        if (published.OnlyCase is { } only)
        {
            waiting = waiting.Where(subscription => subscription.CaseId == only);
        }

        foreach (var caseId in await waiting.Select(subscription => subscription.CaseId).Distinct().ToListAsync(cancellationToken))
        {
            var id = published.Key is { } key ? $"{key}/{caseId.Value}" : outbox.NewId();
            outbox.Add(
                db,
                OutboxKind.SignalWorkflow,
                caseId.Value,
                new SignalWorkflow(caseId.Value, CaseEvent.Signal, JsonSerializer.SerializeToElement(new CaseEvent(id, name, published.Payload?.DeepClone()), StepJson.Options)));
        }

        if (published.OnlyCase is not null)
        {
            return;
        }

        foreach (var trigger in await db.Set<TriggerRecord>().AsNoTracking().Where(trigger => trigger.Kind == TriggerKind.Event && trigger.Name == name).ToListAsync(cancellationToken))
        {
            var caseId = published.Key is { } key ? new CaseId($"{key}-{trigger.DefinitionId}") : (CaseId?)null;
            if (caseId is { } known && await db.FindAsync<CaseRecord>([known], cancellationToken) is not null)
            {
                continue;
            }

            await launcher.AddAsync(
                db,
                trigger.DefinitionId,
                published.Subject ?? new Subject("event", name),
                published.Partner,
                input: new JsonObject { ["Payload"] = published.Payload?.DeepClone() },
                caseId: caseId,
                triggerActivityId: trigger.ActivityId,
                cancellationToken: cancellationToken);
        }
    }

    private static async Task<CaseRecord> RecordAsync(EcosystemDbContext db, Burst burst, CancellationToken cancellationToken)
    {
        var start = burst.Case;
        var id = new CaseId(start.CaseId);
        if (await db.FindAsync<CaseRecord>([id], cancellationToken) is { } known)
        {
            return known;
        }

        var record = new CaseRecord
        {
            Id = id,
            Kind = start.DefinitionId,
            SubjectKind = start.SubjectKind,
            SubjectId = start.SubjectId,
            PartnerId = start.PartnerId is null ? null : new PartnerId(start.PartnerId),
            StartedAt = burst.Now,
            DefinitionVersion = start.Version,
            ContentHash = start.ContentHash,
        };
        db.Add(record);
        return record;
    }

    // Those for whom a task is meant by name, or as a partner, are told; a role looks into its inbox.
    private async Task OpenTaskAsync(EcosystemDbContext db, HumanTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.Add(task);
        if (task.Assignee is not null || task.CandidatePeople.Length > 0)
        {
            await routing.PlaceAsync(db, task, now, cancellationToken);
        }

        string[] told = task.Assignee is { } assignee ? [assignee] : task.PartnerId is { } partner ? [partner.Value] : HumanTask.Between(task.CandidatePeople);
        foreach (var recipient in told)
        {
            outbox.Add(db, OutboxKind.Mail, recipient, Notice.OfTask(recipient, "task-for-you", task));
        }
    }

    private static HumanTask MakeTask(Burst burst, EngineRequest request)
    {
        var context = request.Data.GetValueOrDefault("context");
        return new HumanTask
        {
            Id = new TaskId(CaseEngine.TaskId(burst.Case.CaseId, request.Id)),
            CaseId = new CaseId(burst.Case.CaseId),
            StepId = request.Instance.Node.Id,
            Type = request.Name,
            Title = Cut(request.Text("title") ?? request.Name, 300),
            DescriptionText = request.Text("description"),
            SubjectKind = burst.Case.SubjectKind,
            SubjectId = burst.Case.SubjectId,
            FormJson = request.Data.GetValueOrDefault("form") is { } form ? form as string ?? Values.ToJson(form)!.ToJsonString() : null,
            ContextJson = context is null ? null : context as string ?? Values.ToJson(context)!.ToJsonString(),
            OutcomesJson = Values.ToJson(request.Data["outcomes"])!.ToJsonString(),
            CandidateRoles = Bars(request, "roles"),
            CandidatePeople = Bars(request, "people"),
            Excluded = Bars(request, "excluded"),
            Assignee = request.Text("assignee") is { Length: > 0 } assignee ? assignee : null,
            State = request.Text("assignee") is { Length: > 0 } ? TaskState.Claimed : TaskState.Open,
            PartnerId = request.Text("partner") is { Length: > 0 } partner ? new PartnerId(partner) : null,
            Priority = (int)(Values.ToNumber(request.Data.GetValueOrDefault("priority")) ?? 3),
            Calendar = request.Text("calendar") ?? "default",
            Group = request.Text("group"),
            DefaultOutcome = request.Text("defaultOutcome") is { Length: > 0 } outcome ? outcome : null,
            CreatedAt = burst.Now,
            Due = request.Text("due") is { Length: > 0 } due ? DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture) : null,
        };
    }

    private static string Bars(EngineRequest request, string name)
    {
        var values = ProcessEngine.AsList(request.Data.GetValueOrDefault(name)).Select(Values.ToText).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return values.Count == 0 ? "" : $"|{string.Join('|', values)}|";
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    private static async Task CloseAsync(EcosystemDbContext db, Burst burst, ILookup<RequestKind, long> gone, CancellationToken cancellationToken)
    {
        if (gone.Contains(RequestKind.Task))
        {
            var ids = gone[RequestKind.Task].Select(id => new TaskId(CaseEngine.TaskId(burst.Case.CaseId, id))).ToList();
            foreach (var task in await db.Set<HumanTask>().AsTracking().Where(task => ids.Contains(task.Id)).ToListAsync(cancellationToken))
            {
                if (task.State is not (TaskState.Completed or TaskState.Cancelled))
                {
                    task.State = TaskState.Cancelled;
                }
            }
        }

        var listened = gone[RequestKind.Event].Concat(gone[RequestKind.HttpEndpoint]).ToList();
        if (listened.Count > 0)
        {
            var caseId = new CaseId(burst.Case.CaseId);
            db.RemoveRange(await db.Set<EventSubscription>().AsTracking().Where(subscription => subscription.CaseId == caseId && listened.Contains(subscription.Request)).ToListAsync(cancellationToken));
        }
    }

    private async Task StartChildAsync(
        EcosystemDbContext db, Burst burst, string reference, string id, Dictionary<string, object?> data, bool waited, CaseHost host, CancellationToken cancellationToken)
    {
        var plan = host.FindPlan(reference, null) ?? throw new InvalidOperationException($"The definition '{reference}' is not published.");
        var start = CaseStart.Child(burst.Case, plan, id, data);
        var caseId = new CaseId(id);
        if (await db.FindAsync<CaseRecord>([caseId], cancellationToken) is not null)
        {
            return;
        }

        db.Add(new CaseRecord
        {
            Id = caseId,
            Kind = plan.Document.DefinitionId,
            SubjectKind = start.SubjectKind,
            SubjectId = start.SubjectId,
            PartnerId = start.PartnerId is null ? null : new PartnerId(start.PartnerId),
            Status = CaseStatus.Starting,
            StartedAt = burst.Now,
            ChangedAt = burst.Now,
            DefinitionVersion = plan.Document.Version,
            ContentHash = plan.Document.ContentHash,
        });
        if (!waited)
        {
            outbox.Add(db, OutboxKind.StartWorkflow, id, new StartWorkflow(CaseInput.WorkflowType, id, CaseInput.TaskQueue, JsonSerializer.SerializeToElement(start, StepJson.Options)));
        }

        plans.Get(plan.Document.ContentHash);
    }

    private static void WriteHistory(EcosystemDbContext db, CaseRecord record, ProcessEngine engine)
    {
        foreach (var entry in engine.Journal)
        {
            db.Append(new CaseHistoryEntry
            {
                CaseId = record.Id,
                Number = ++record.LastEntry,
                StepId = entry.ActivityId,
                Name = Cut(entry.Name, 300),
                Type = entry.Type,
                Status = entry.Status,
                Outcome = entry.Outcome is null ? null : Cut(entry.Outcome, 300),
                At = entry.At,
                By = entry.By,
                NoteText = entry.Note,
                Execution = entry.Instance,
                Quiet = Silent.Contains(entry.Type) || (entry.Status == Waiting && !People.Contains(entry.Type)),
            });
        }
    }

    private static void Describe(CaseRecord record, ProcessEngine engine, DateTimeOffset now)
    {
        record.Status = engine.Status switch
        {
            ProcessStatus.Finished => CaseStatus.Completed,
            ProcessStatus.Faulted => CaseStatus.Faulted,
            ProcessStatus.Cancelled => CaseStatus.Cancelled,
            _ => engine.Requests.Any(request => request.Kind == RequestKind.Incident) ? CaseStatus.Incident : CaseStatus.Running,
        };
        record.ChangedAt = now;
        record.Stage = engine.Stage ?? record.Stage;
        var (who, what, due) = WaitsFor(engine);
        record.WaitingForWho = who is null ? null : Cut(who, 300);
        record.WaitingForWhat = what is null ? null : Cut(what, 300);
        record.Due = due;
        if (engine.Status is not (ProcessStatus.Running or ProcessStatus.New))
        {
            record.EndedAt = now;
            record.Outcome = engine.Outcomes.Count == 0 ? null : Cut(string.Join(", ", engine.Outcomes), 300);
        }
    }

    // The one thing a case waits for, in the order of who has to act first.
    private static (string? Who, string? What, DateTimeOffset? Due) WaitsFor(ProcessEngine engine)
    {
        if (engine.Status != ProcessStatus.Running)
        {
            return (null, null, null);
        }

        var request = engine.Requests.OrderBy(candidate => candidate.Kind switch
        {
            RequestKind.Incident => 0,
            RequestKind.Task => 1,
            RequestKind.Event => 2,
            RequestKind.Timer => 4,
            _ => 3,
        }).ThenBy(candidate => candidate.Id).FirstOrDefault();
        return request switch
        {
            null => (null, null, null),
            { Kind: RequestKind.Incident } => ("ops", $"Decide what becomes of the failed step '{request.Text("title")}'", null),
            { Kind: RequestKind.Task } => (
                request.Text("partner") is { Length: > 0 } partner ? partner : string.Join(", ", ProcessEngine.AsList(request.Data.GetValueOrDefault("roles")).Select(Values.ToText)),
                request.Text("title"),
                request.Text("due") is { Length: > 0 } due ? DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture) : null),
            { Kind: RequestKind.Event } => (request.Text("waitingFor") ?? engine.WaitingFor.Who ?? "system", request.Text("what") ?? engine.WaitingFor.What ?? request.Name, request.Due),
            { Kind: RequestKind.Timer } => (engine.WaitingFor.Who ?? "system", engine.WaitingFor.What ?? request.Instance.Node.Title, request.Due),
            _ => ("system", request.Instance.Node.Title, request.Due),
        };
    }
}
