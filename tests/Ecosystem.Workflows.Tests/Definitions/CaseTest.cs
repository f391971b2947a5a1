using System.Text.Json.Nodes;
using Ecosystem.Temporal;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>Base of tests that run cases on the embedded service, in virtual time, with the real worker.</summary>
public abstract class CaseTest : EcosystemTest
{
    private readonly VirtualClock clock = new(TestClock.DefaultStart);
    private EmbeddedTemporal? temporal;
    private ITemporalClient? client;
    private TemporalWorker? worker;
    private CancellationTokenSource? stop;
    private Task? running;

    protected static Actor Approver { get; } = Actor.Staff("u-anna", "Anna Approver", ActorSource.Web, "approver");

    protected static Actor SecondApprover { get; } = Actor.Staff("u-ben", "Ben Approver", ActorSource.Web, "approver");

    protected TaskService Tasks => Get<TaskService>();

    protected CaseQueries Cases => Get<CaseQueries>();

    protected ITemporalClient Client => client!;

    protected DateTimeOffset Now => clock.GetUtcNow();

    protected override void Configure(IServiceCollection collection, IDictionary<string, string?> settings)
    {
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddSingleton<ITemporalClient>(_ => client!);
        collection.AddSingleton(new StepCatalog(typeof(StepCatalog).Assembly.GetTypes().Concat(typeof(CaseTest).Assembly.GetTypes())));
        collection.AddSingleton<TestSteps>();
        collection.AddSingleton<TriggerSchedules>();
    }

    protected override async Task StartedAsync()
    {
        temporal = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions { Clock = clock, DataFile = TemporalFile });
        client = await EcosystemTemporal.ConnectAsync(temporal.Address);
        StartWorker();
    }

    /// <summary>Where the service keeps what it must not forget; null for a test that never loses it.</summary>
    protected virtual string? TemporalFile => null;

    /// <summary>Loses worker and service, as a killed process does, and starts the service again where it was.</summary>
    protected async Task LoseAllAsync()
    {
        var stopping = StopWorkerAsync();
        var at = temporal!.Address;
        await temporal.DisposeAsync();
        await stopping;
        temporal = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions { Clock = clock, DataFile = TemporalFile, Listen = at, InProcessWorkers = EcosystemTemporal.InProcess });
    }

    /// <summary>How many cases the worker remembers between workflow tasks.</summary>
    protected virtual int CachedCases => 10_000;

    protected void StartWorker()
    {
        stop = new CancellationTokenSource();
        worker = EcosystemWorker.Create(client!, Services, cached: CachedCases);
        running = worker.ExecuteAsync(stop.Token);
    }

    protected async Task StopWorkerAsync()
    {
        await stop!.CancelAsync();
        try
        {
            await running!;
        }
        catch (OperationCanceledException)
        {
        }

        worker!.Dispose();
        stop.Dispose();
    }

    protected override async ValueTask StoppedAsync()
    {
        await StopWorkerAsync();
        await temporal!.DisposeAsync();
    }

    /// <summary>Publishes a definition as it is, without checks.</summary>
    protected Task PublishAsync(DefinitionDocument document) => Storage.WriteAsync((db, _) =>
    {
        db.Add(new DefinitionVersion
        {
            Id = $"{document.DefinitionId}-v{document.Version}",
            DefinitionId = document.DefinitionId,
            Number = document.Version,
            Name = document.Name,
            State = VersionState.Published,
            IsLatest = true,
            ContentHash = document.ContentHash,
            Json = document.ToJson(),
            CreatedAt = Now,
            ChangedAt = Now,
            ChangedBy = "test",
        });
        return Task.CompletedTask;
    });

    protected async Task<CaseId> StartAsync(string definitionId, object? input = null, Subject? subject = null)
    {
        var id = await Storage.WriteAsync((db, token) => Get<CaseLauncher>().AddAsync(db, definitionId, subject ?? new Subject("deal", "deal-1"), input: input, cancellationToken: token));
        await DeliverAsync();
        return id;
    }

    protected async Task TellAsync(CaseId id, string name, object? data = null)
    {
        await Storage.WriteAsync((db, _) =>
        {
            Get<CaseEvents>().Add(db, id, name, data);
            return Task.CompletedTask;
        });
        await DeliverAsync();
    }

    protected async Task AdvanceAsync(TimeSpan by)
    {
        clock.Advance(by);
        await SettleAsync();
    }

    /// <summary>Waits for what the worker does in its own time.</summary>
    protected async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var turn = 0; turn < 2_000; turn++)
        {
            if (await condition())
            {
                return;
            }

            await SettleAsync();
            await Client.Connection.WorkflowService.GetSystemInfoAsync(new());
        }

        Assert.Fail("What was waited for did not come.");
    }

    protected Task SettleAsync() => temporal!.WaitUntilIdleAsync(TestContext.Current.CancellationToken);

    protected async Task<CaseRecord> CaseAsync(CaseId id) => (await Cases.GetAsync(id, Ops))!;

    protected async Task<string[]> HistoryAsync(CaseId id) => [.. (await Cases.HistoryAsync(id)).Select(entry => $"{entry.StepId} {entry.Status}{(entry.Outcome is null ? "" : " " + entry.Outcome)}")];

    protected async Task<TaskView> OnlyTaskAsync(CaseId id) => Assert.Single((await Tasks.FindAsync(new TaskQuery(CaseId: id), new PageRequest(), Ops)).Items);

    protected async Task<Result<TaskView>> CompleteAsync(TaskView task, string outcome, Actor actor, JsonObject? data = null)
    {
        var result = await Tasks.CompleteAsync(task.Id, outcome, data, null, actor, TestContext.Current.CancellationToken);
        await SettleAsync();
        return result;
    }

    /// <summary>Replays what a case did and gives its history.</summary>
    protected async Task<WorkflowHistory> ReplayAsync(CaseId id)
    {
        var history = await Client.GetWorkflowHandle(id.Value).FetchHistoryAsync();
        var options = new WorkflowReplayerOptions { DataConverter = EcosystemTemporal.Data };
        foreach (var workflow in EcosystemWorker.Workflows(Services))
        {
            options.AddWorkflow(workflow);
        }

        var result = await new WorkflowReplayer(options).ReplayWorkflowAsync(history);
        Assert.Null(result.ReplayFailure);
        return history;
    }

    // Plays the outbox's dispatcher: starts and signals workflows in order, until nothing is left.
    protected async Task DeliverAsync()
    {
        for (var again = true; again;)
        {
            again = false;
            foreach (var message in await Storage.ReadAsync((db, token) => db.Set<OutboxMessage>().OrderBy(message => message.Sequence).ToListAsync(token)))
            {
                var payload = JsonNode.Parse(message.PayloadJson)!;
                if (message.Kind == OutboxKind.StartWorkflow)
                {
                    await Client.StartWorkflowAsync(
                        (string)payload["workflowType"]!,
                        [payload["input"]!.AsObject()],
                        new WorkflowOptions((string)payload["workflowId"]!, (string)payload["taskQueue"]!));
                }
                else if (message.Kind == OutboxKind.SignalWorkflow)
                {
                    await Client.GetWorkflowHandle((string)payload["workflowId"]!).SignalAsync((string)payload["signal"]!, [payload["input"]!.AsObject()]);
                }

                await Storage.WriteAsync((db, token) => db.Set<OutboxMessage>().Where(row => row.Sequence == message.Sequence).ExecuteDeleteAsync(token));
                again = true;
            }

            await SettleAsync();
        }
    }
}
