using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Benchmarks.Tasks;

/// <summary>Inboxes among 100,000 open tasks, on SQLite in a file; and how soon the next step of a case is visible after a task is answered.</summary>
internal sealed class TasksSuite : IBenchmarkSuite
{
    private const int Open = 100_000;
    private const int Few = 1_000;
    private static readonly Actor Anna = Actor.Staff("u-1", "Anna", ActorSource.Api, "approver", "ops");
    private static readonly Actor Rare = Actor.Staff("u-rare", "Rita", ActorSource.Api, "legal");
    private static readonly Actor Pia = Actor.OfPartner("u-pia", "Pia", new PartnerId("p-7"));

    public string Name => "tasks";

    public string Description => "a page of the inbox among 100,000 open tasks by each filter, beside the same among 1,000; answering a task until the next step is visible";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (median, worst) = await AnswerAsync(cancellationToken);
        yield return new BenchmarkRow(Name, "answer a task until the next task is in the inbox, median", median, "ms");
        yield return new BenchmarkRow(Name, "answer a task until the next task is in the inbox, slowest of 100", worst, "ms");

        var few = new Dictionary<string, double>(StringComparer.Ordinal);
        await foreach (var (name, time, _) in InboxAsync(Few, cancellationToken))
        {
            few[name] = time;
        }

        await foreach (var (name, time, slowest) in InboxAsync(Open, cancellationToken))
        {
            yield return new BenchmarkRow(Name, $"{name}, {Open:N0} open tasks, median", time, "ms", $"{Few:N0} tasks", time / few[name]);
            yield return new BenchmarkRow(Name, $"{name}, {Open:N0} open tasks, slowest of {Rounds}", slowest, "ms");
        }
    }

    private const int Rounds = 41;

    // Each row as soon as it is measured, so that a run that is stopped has said what it knew.
    private static async IAsyncEnumerable<(string Name, double Median, double Worst)> InboxAsync(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var application = await BenchApplication.StartAsync(withWorker: false, cancellationToken);
        var storage = application.Get<StorageSession>();
        var now = application.Get<TimeProvider>().GetUtcNow();
        var watch = Stopwatch.GetTimestamp();
        for (var from = 0; from < count; from += 5_000)
        {
            await storage.WriteAsync(
                (db, _) =>
                {
                    for (var i = from; i < Math.Min(count, from + 5_000); i++)
                    {
                        db.Add(Make(i, now));
                    }

                    return Task.CompletedTask;
                },
                cancellationToken);
        }

        var written = Stopwatch.GetElapsedTime(watch).TotalMilliseconds / count;
        yield return ("write a task, 5,000 at a time", written, written);

        var tasks = application.Get<TaskService>();
        var middle = (await tasks.FindAsync(new TaskQuery(), new PageRequest(Limit: 50), Anna, cancellationToken)).Next;
        for (var page = 0; page < Math.Min(200, count / 200); page++)
        {
            middle = (await tasks.FindAsync(new TaskQuery(), new PageRequest(middle, 200), Anna, cancellationToken)).Next ?? middle;
        }

        (string Name, Func<Task> Read)[] reads =
        [
            ("all open, first page", () => tasks.FindAsync(new TaskQuery(), new PageRequest(), Anna, cancellationToken)),
            ("all open, a page in the middle", () => tasks.FindAsync(new TaskQuery(), new PageRequest(middle), Anna, cancellationToken)),
            ("mine, two roles", () => tasks.FindAsync(new TaskQuery(MineOnly: true), new PageRequest(), Anna, cancellationToken)),
            ("mine, a page in the middle", () => tasks.FindAsync(new TaskQuery(MineOnly: true), new PageRequest(middle), Anna, cancellationToken)),
            ("mine, a role with few tasks", () => tasks.FindAsync(new TaskQuery(MineOnly: true), new PageRequest(), Rare, cancellationToken)),
            ("mine of one kind", () => tasks.FindAsync(new TaskQuery(MineOnly: true, Type: "kind-3"), new PageRequest(), Anna, cancellationToken)),
            ("mine with words few titles have", () => tasks.FindAsync(new TaskQuery(MineOnly: true, Text: "number 777"), new PageRequest(), Anna, cancellationToken)),
            ("mine with words no title has", () => tasks.FindAsync(new TaskQuery(MineOnly: true, Text: "unheard of"), new PageRequest(), Anna, cancellationToken)),
            ("all open with words no title has", () => tasks.FindAsync(new TaskQuery(Text: "unheard of"), new PageRequest(), Anna, cancellationToken)),
            ("of a role", () => tasks.FindAsync(new TaskQuery(Role: "finance"), new PageRequest(), Anna, cancellationToken)),
            ("of a role and kind", () => tasks.FindAsync(new TaskQuery(Role: "finance", Type: "kind-9"), new PageRequest(), Anna, cancellationToken)),
            ("with a person", () => tasks.FindAsync(new TaskQuery(Assignee: "u-3"), new PageRequest(), Anna, cancellationToken)),
            ("overdue", () => tasks.FindAsync(new TaskQuery(DueBefore: now), new PageRequest(), Anna, cancellationToken)),
            ("claimed ones", () => tasks.FindAsync(new TaskQuery(State: TaskState.Claimed), new PageRequest(), Anna, cancellationToken)),
            ("of a case", () => tasks.FindAsync(new TaskQuery(CaseId: new CaseId("case-77")), new PageRequest(), Anna, cancellationToken)),
            ("of a partner", () => tasks.FindAsync(new TaskQuery(), new PageRequest(), Pia, cancellationToken)),
            ("how many are mine", () => tasks.CountAsync(new TaskQuery(MineOnly: true), Anna, cancellationToken)),
            ("how many of one kind are mine", () => tasks.CountAsync(new TaskQuery(MineOnly: true, Type: "kind-3"), Anna, cancellationToken)),
            ("how many of a role there are", () => tasks.CountAsync(new TaskQuery(Role: "finance"), Anna, cancellationToken)),
        ];
        foreach (var (name, read) in reads)
        {
            var (median, worst) = await MeasureAsync(read, Rounds);
            yield return (name, median, worst);
        }
    }

    private static async Task<(double Median, double Worst)> AnswerAsync(CancellationToken cancellationToken)
    {
        await using var application = await BenchApplication.StartAsync(withWorker: true, cancellationToken);
        var json = """
            {"definitionId":"two-tasks","name":"Two tasks","version":1,"root":{"type":"Elsa.Flowchart","version":1,"id":"root","activities":[
              {"id":"one","type":"Ecosystem.HumanTask","version":1,"title":{"typeName":"String","expression":{"type":"Literal","value":"One"}},"roles":{"typeName":"Object","expression":{"type":"Object","value":"[\"approver\"]"}}},
              {"id":"two","type":"Ecosystem.HumanTask","version":1,"title":{"typeName":"String","expression":{"type":"Literal","value":"Two"}},"roles":{"typeName":"Object","expression":{"type":"Object","value":"[\"ops\"]"}}}],
             "connections":[{"source":{"activity":"one","port":"Done"},"target":{"activity":"two","port":"In"}}]}}
            """;
        var folder = Directory.CreateDirectory(Path.Combine(application.Folder, "definitions"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "two-tasks.json"), json, cancellationToken);
        await application.Get<DefinitionService>().SeedAsync(folder.FullName, cancellationToken);
        var storage = application.Get<StorageSession>();
        var tasks = application.Get<TaskService>();
        for (var i = 0; i < 110; i++)
        {
            await storage.WriteAsync((db, token) => application.Get<CaseLauncher>().AddAsync(db, "two-tasks", new Subject("bench", $"b-{i}"), cancellationToken: token), cancellationToken);
        }

        List<TaskView> open = [];
        while (open.Count < 110)
        {
            open = [.. (await tasks.FindAsync(new TaskQuery(Role: "approver"), new PageRequest(Limit: 200), Anna, cancellationToken)).Items];
            await Task.Delay(20, cancellationToken);
        }

        var next = 0;
        var times = new List<double>();
        foreach (var task in open)
        {
            var watch = Stopwatch.GetTimestamp();
            var answered = await tasks.CompleteAsync(task.Id, "Done", null, null, Anna, cancellationToken);
            var shown = await tasks.FindAsync(new TaskQuery(CaseId: task.CaseId), new PageRequest(), Anna, cancellationToken);
            var time = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
            if (!answered.IsSuccess || shown.Items is not [{ Title: "Two" }])
            {
                throw new InvalidOperationException("The next step was not there when the answer came back.");
            }

            if (next++ >= 10)
            {
                times.Add(time);
            }
        }

        times.Sort();
        return (times[times.Count / 2], times[^1]);
    }

    private static HumanTask Make(int i, DateTimeOffset now) => new()
    {
        Id = new TaskId($"task-{i * 7919 % 1_000_003:D7}"),
        CaseId = new CaseId($"case-{i / 3}"),
        StepId = "approve",
        Type = $"kind-{i % 20}",
        Title = $"Approve the registration number {i} of a customer with a name of usual length",
        DescriptionText = "The deal is larger than what is approved without a person; look at the evidence and at what else is open with the customer.",
        SubjectKind = "deal",
        SubjectId = $"deal-{i}",
        FormJson = """{"type":"object","properties":{"reason":{"type":"string","title":"Reason","maxLength":2000,"format":"textarea"}},"required":[],"additionalProperties":false}""",
        ContextJson = """{"amount":{"amount":"125000.00","currency":"EUR"},"products":["A","B"],"customer":"A customer","evidence":["meeting","quote"]}""",
        OutcomesJson = """["Approve","Reject"]""",
        CandidateRoles = i % 10_000 == 1 ? "|legal|" : i % 5 == 0 ? "|finance|" : i % 3 == 0 ? "|approver|ops|" : "|approver|",
        CandidatePeople = i % 50 == 0 ? "|u-1|" : "",
        Assignee = i % 4 == 0 ? $"u-{i % 200}" : null,
        State = i % 4 == 0 ? TaskState.Claimed : TaskState.Open,
        PartnerId = i % 9 == 8 ? new PartnerId($"p-{i % 500}") : null,
        Priority = 1 + (i % 5),
        CreatedAt = now.AddMinutes(-i % 10_000),
        Due = i % 17 == 0 ? null : now.AddMinutes((i * 7919L % 40_000) - 4_000),
    };

    private static async Task<(double Median, double Worst)> MeasureAsync(Func<Task> read, int rounds)
    {
        for (var i = 0; i < 5; i++)
        {
            await read();
        }

        var times = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var watch = Stopwatch.GetTimestamp();
            await read();
            times[i] = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[rounds / 2], times[^1]);
    }
}
