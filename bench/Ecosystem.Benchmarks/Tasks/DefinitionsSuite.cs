using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Temporalio.Worker;

namespace Ecosystem.Benchmarks.Tasks;

/// <summary>What interpreting costs: a definition of ten pure steps and one human task beside the same process written by hand, in the same run.</summary>
internal sealed class DefinitionsSuite : IBenchmarkSuite
{
    private const string Queue = "bench-hand-written";
    private const int Cases = 300;
    private const int Rounds = 5;
    private const int AtOnce = 16;
    private static readonly Actor Anna = Actor.Staff("u-1", "Anna", ActorSource.Api, "approver", "ops");

    public string Name => "definitions";

    public string Description => "a case of ten pure steps and one human task, interpreted, beside the same written by hand";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var application = await BenchApplication.StartAsync(withWorker: true, cancellationToken);
        var folder = Directory.CreateDirectory(Path.Combine(application.Folder, "definitions"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "ten-steps.json"), Definition(), cancellationToken);
        await application.Get<DefinitionService>().SeedAsync(folder.FullName, cancellationToken);
        using var worker = new TemporalWorker(
            application.Client!,
            new TemporalWorkerOptions(Queue) { MaxConcurrentWorkflowTasks = 64, MaxConcurrentLocalActivities = 64 }.AddWorkflow<HandWrittenWorkflow>()
                .AddAllActivities(new HandWrittenActivities(application.Get<StorageSession>(), application.Get<TaskAnswers>(), application.Get<TimeProvider>())));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = worker.ExecuteAsync(stop.Token);

        // In turns, so that what else the machine does meets all alike; the first round warms up.
        var costs = new Dictionary<Kind, List<(double Wall, double Processor)>>();
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var kind in Enum.GetValues<Kind>())
            {
                var cost = await RunAsync(application, kind, round, cancellationToken);
                if (round > 0)
                {
                    costs.TryAdd(kind, []);
                    costs[kind].Add(cost);
                }
            }
        }

        await stop.CancelAsync();
        try
        {
            await working;
        }
        catch (OperationCanceledException)
        {
        }

        foreach (var (peer, name) in new[] { (Kind.Activities, "written by hand, activities"), (Kind.LocalActivities, "written by hand, local activities") })
        {
            yield return new BenchmarkRow(Name, "processor time of an interpreted case", Median(costs[Kind.Definition], cost => cost.Processor), "ms", name, Median(costs[Kind.Definition], cost => cost.Processor) / Median(costs[peer], cost => cost.Processor));
            yield return new BenchmarkRow(Name, $"time of an interpreted case, {AtOnce} at once", Median(costs[Kind.Definition], cost => cost.Wall), "ms", name, Median(costs[Kind.Definition], cost => cost.Wall) / Median(costs[peer], cost => cost.Wall));
        }
    }

    private static double Median(List<(double Wall, double Processor)> costs, Func<(double Wall, double Processor), double> of)
    {
        var values = costs.Select(of).Order().ToList();
        return values[values.Count / 2];
    }

    private static async Task<(double Wall, double Processor)> RunAsync(BenchApplication application, Kind kind, int round, CancellationToken cancellationToken)
    {
        var storage = application.Get<StorageSession>();
        var tasks = application.Get<TaskService>();
        using var process = Process.GetCurrentProcess();
        var (watch, processor) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        for (var i = 0; i < Cases; i += 50)
        {
            await storage.WriteAsync(
                async (db, token) =>
                {
                    for (var n = i; n < i + 50; n++)
                    {
                        await StartAsync(application, db, kind, $"{kind}-{round}-{n}", token);
                    }
                },
                cancellationToken);
        }

        List<TaskView> open = [];
        while (open.Count < Cases)
        {
            await Task.Delay(20, cancellationToken);
            open = [];
            for (string? cursor = null, next = ""; next is not null; cursor = next)
            {
                var page = await tasks.FindAsync(new TaskQuery(Role: "approver"), new PageRequest(cursor, 200), Anna, cancellationToken);
                open.AddRange(page.Items);
                next = page.Next;
            }
        }

        await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (task, token) =>
        {
            var answered = await tasks.CompleteAsync(task.Id, "Approve", null, null, Anna, token);
            if (!answered.IsSuccess)
            {
                throw new InvalidOperationException(answered.Refusal!.Message);
            }
        });
        process.Refresh();
        return (Stopwatch.GetElapsedTime(watch).TotalMilliseconds / Cases, (process.TotalProcessorTime - processor).TotalMilliseconds / Cases);
    }

    private static async Task StartAsync(BenchApplication application, EcosystemDbContext db, Kind kind, string name, CancellationToken cancellationToken)
    {
        if (kind == Kind.Definition)
        {
            await application.Get<CaseLauncher>().AddAsync(db, "ten-steps", new Subject("bench", name), input: new { amount = 2400 }, caseId: new CaseId(name), cancellationToken: cancellationToken);
            return;
        }

        var now = application.Get<TimeProvider>().GetUtcNow();
        db.Add(new CaseRecord { Id = new CaseId(name), Kind = "hand-written", SubjectKind = "bench", SubjectId = name, Status = CaseStatus.Starting, StartedAt = now, ChangedAt = now, ContentHash = "" });
        application.Get<Outbox>().Add(
            db,
            OutboxKind.StartWorkflow,
            name,
            new StartWorkflow(nameof(HandWrittenWorkflow), name, Queue, JsonSerializer.SerializeToElement(new HandWrittenInput(name, 2400, kind == Kind.LocalActivities), JsonSerializerOptions.Web)));
    }

    private static string Definition()
    {
        var (activities, connections) = (new JsonArray(), new JsonArray());
        string? before = null;
        void Add(string id, string type, string port, params (string Name, JsonNode Value)[] properties)
        {
            var activity = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1 };
            foreach (var (name, value) in properties)
            {
                activity[name] = value;
            }

            activities.Add(activity);
            if (before is not null)
            {
                var ends = before.Split('.');
                connections.Add(new JsonObject { ["source"] = new JsonObject { ["activity"] = ends[0], ["port"] = ends[1] }, ["target"] = new JsonObject { ["activity"] = id, ["port"] = "In" } });
            }

            before = $"{id}.{port}";
        }

        static JsonObject Expression(string language, string text) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = language, ["value"] = text } };
        void Set(string variable, string language, string text) => Add("set-" + variable, "Elsa.SetVariable", "Done", ("variable", new JsonObject { ["id"] = variable }), ("value", Expression(language, text)));
        Set("net", "FEEL", "amount / 1.19");
        Set("discount", "JavaScript", "getNet() > 1000 ? 0.1 : 0.05");
        Set("due", "FEEL", "net * (1 - discount)");
        Set("tier", "JavaScript", "getDue() > 5000 ? 'gold' : 'silver'");
        Set("title", "JavaScript", "`Approve ${getDue().toFixed(2)} for ${getTier()}`");
        Set("share", "FEEL", "decimal(due * 0.6, 2)");
        Set("rest", "FEEL", "due - share");
        Add("large", "Elsa.FlowDecision", "True", ("condition", Expression("FEEL", "rest > 100")));
        Set("label", "Literal", "large");
        Add("stage", "Ecosystem.SetStage", "Done", ("stage", Expression("JavaScript", "`Approval (${getLabel()})`")));
        Add("approve", "Ecosystem.HumanTask", "Approve", ("taskType", Expression("Literal", "bench-approval")), ("title", Expression("Variable", "title")), ("roles", Expression("Object", "[\"approver\"]")), ("outcomes", Expression("Object", "[\"Approve\",\"Reject\"]")), ("due", Expression("Literal", "P2D")));
        return new JsonObject
        {
            ["definitionId"] = "ten-steps",
            ["name"] = "Ten steps",
            ["version"] = 1,
            ["inputs"] = new JsonArray(new JsonObject { ["name"] = "amount", ["type"] = "Decimal" }),
            ["variables"] = new JsonArray([.. new[] { "net", "discount", "due", "tier", "title", "share", "rest", "label" }.Select(name => (JsonNode)new JsonObject { ["id"] = name, ["name"] = name, ["typeName"] = "Object" })]),
            ["root"] = new JsonObject { ["type"] = "Elsa.Flowchart", ["version"] = 1, ["id"] = "root", ["activities"] = activities, ["connections"] = connections },
        }.ToJsonString();
    }

    private enum Kind
    {
        Definition,
        Activities,
        LocalActivities,
    }
}
