using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>
/// Kills the worker at each step of each shipped process. A definition's scenarios are played on the real worker and service, with as many of them as
/// it takes to run every step; what steps, people and events answer is what the scenario says. The worker remembers nothing from one workflow task to
/// the next, and of every burst it commits it is lost before it tells. What ran must be what runs undisturbed.
/// </summary>
public sealed class ShippedStepKillTests
{
    public static TheoryData<string> Names => ShippedScenarioTests.Names;

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Names))]
    public async Task Worker_KilledAtEachStep_DoesTheSame(string name)
    {
        var catalog = new PlanCatalog(Directory.GetFiles(ShippedDefinitionsTests.Folder, "*.json").Select(file => ProcessPlan.Read(DefinitionDocument.Parse(File.ReadAllText(file)))));
        var plan = catalog.Find(name, null)!;
        var chosen = Covering(plan, catalog);

        var done = await Task.WhenAll(chosen.Select(pair => Task.Run(() => PlayAsync(plan, pair.Scenario)))).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(Steps(plan).Except(chosen.SelectMany(pair => pair.Ran).Select(StepOf)));
        Assert.All(chosen.Zip(done), pair => Assert.Equal(pair.First.Ran, pair.Second));
    }

    // The fewest scenarios, or nearly, that run every step.
    private static List<(JsonObject Scenario, List<string> Ran)> Covering(ProcessPlan plan, PlanCatalog catalog)
    {
        var left = plan.CustomProperty("scenarios")!.AsArray().OfType<JsonObject>()
            .Select(scenario => (Scenario: scenario, Ran: Ran(DefinitionScenarios.Execute(scenario, plan, catalog, StepCatalog.Shipped).Journal.Select(entry => (entry.ActivityId, entry.Type, entry.Status, entry.Outcome))))).ToList();
        var missing = Steps(plan);
        List<(JsonObject, List<string>)> chosen = [];
        while (missing.Count > 0 && left.Count > 0)
        {
            var best = left.MaxBy(pair => pair.Ran.Select(StepOf).Distinct().Count(missing.Contains));
            if (!best.Ran.Select(StepOf).Any(missing.Contains))
            {
                break;
            }

            left.Remove(best);
            missing.ExceptWith(best.Ran.Select(StepOf));
            chosen.Add(best);
        }

        return chosen;
    }

    // What the case's history tells; the rest only leads from one to the next.
    private static bool Counts(string type) => type.StartsWith("Ecosystem.", StringComparison.Ordinal) && type != "Ecosystem.SetStage";

    private static HashSet<string> Steps(ProcessPlan plan) => [.. plan.Nodes.Where(node => Counts(node.Type)).Select(node => node.Id)];

    private static string StepOf(string ran) => ran.Split(' ')[0];

    private static List<string> Ran(IEnumerable<(string Step, string Type, string Status, string? Outcome)> entries) =>
        [.. entries.Where(entry => entry.Status == "Completed" && Counts(entry.Type)).Select(entry => $"{entry.Step} {entry.Outcome}").Order(StringComparer.Ordinal)];

    private static async Task<List<string>> PlayAsync(ProcessPlan plan, JsonObject scenario)
    {
        await using var run = new Run(plan.Document.DefinitionId, (JsonObject)scenario["answers"]!);
        await run.InitializeAsync();
        var entries = await run.PlayAsync((JsonObject)scenario["input"]!);
        Assert.NotEqual(0, run.Losses);
        return Ran(entries.Select(entry => (entry.StepId, entry.Type, entry.Status, entry.Outcome)));
    }

    private sealed record Answer(TimeSpan After, string? Outcome, JsonNode? Data, string? Event)
    {
        public static Answer Of(JsonNode? node) => node is JsonObject json
            ? new Answer(Durations.Parse((string?)json["after"]) ?? TimeSpan.Zero, (string?)json["outcome"], json["data"], (string?)json["event"])
            : new Answer(TimeSpan.Zero, (string?)node, null, null);
    }

    // The answers of a scenario: a list is taken in turn; a step that is repeated hears the same again.
    private sealed class Answers(string definition, JsonObject json)
    {
        private readonly Dictionary<string, Queue<JsonNode?>> lists = json.Where(pair => pair.Value is JsonArray).ToDictionary(pair => pair.Key, pair => new Queue<JsonNode?>(pair.Value!.AsArray()));
        private readonly Dictionary<string, Answer?> given = [];

        public Answer? Take(string step, string key)
        {
            lock (given)
            {
                if (!given.TryGetValue(key, out var known))
                {
                    known = lists.TryGetValue(step, out var list) ? list.TryDequeue(out var next) ? Answer.Of(next) : null : json[step] is { } one ? Answer.Of(one) : null;
                    given.Add(key, known);
                }

                return known;
            }
        }

        public StepEnd Of(StepContext context, WorkflowStepAttribute step)
        {
            var answer = context.DefinitionId == definition ? Take(context.ActivityId, context.StepKey) : null;
            return new StepEnd(answer?.Data?.DeepClone() as JsonObject ?? [], answer?.Outcome ?? step.Outcomes[0]);
        }
    }

    // Stands in for a step of the product.
    private sealed class Played<T>(Answers answers) : WorkflowStep
        where T : WorkflowStep
    {
        internal override Type InputType => typeof(NoOutput);

        internal override Type OutputType => typeof(NoOutput);

        internal override Task<StepEnd> RunAsync(JsonObject input, StepContext context, CancellationToken ct) =>
            Task.FromResult(answers.Of(context, StepCatalog.Shipped.All.Single(step => step.Implementation == typeof(T)).Attribute));
    }

    private sealed class Run(string definition, JsonObject json) : CaseTest
    {
        private static readonly string[] Roles = ["approver", "ops", "finance", "compliance", "channel-manager", "vp", "legal"];
        private static readonly Actor[] Staff = [.. new[] { "u-max", "u-mia", "u-mo" }.Select(id => Actor.Staff(id, id, ActorSource.Web, Roles))];
        private readonly Answers answers = new(definition, json);
        private readonly LostAnswers losses = new();
        private readonly List<(DateTimeOffset At, Func<Task> Do)> coming = [];
        private readonly HashSet<string> seen = [];

        public int Losses => losses.Count;

        protected override int CachedCases => 0;

        public async Task<IReadOnlyList<CaseHistoryEntry>> PlayAsync(JsonObject input)
        {
            var subject = new Subject(definition.Split('-')[0], (string?)input["subjectId"] ?? (string?)input["dealId"] ?? "subject-1");
            var partner = (string?)input["partnerId"] is { } named ? new PartnerId(named) : (PartnerId?)null;
            var id = await Storage.WriteAsync((db, token) => Get<CaseLauncher>().AddAsync(db, definition, subject, partner, input.DeepClone(), cancellationToken: token));
            for (var turn = 0; turn < 500; turn++)
            {
                await DeliverAsync();
                var state = await Client.GetWorkflowHandle(id.Value).QueryAsync<CaseState>("state", []);
                if (state.Status != nameof(ProcessStatus.Running))
                {
                    return await Cases.HistoryAsync(id);
                }

                await ListenAsync(id, state);
                var due = state.Waits.Min(wait => wait.Due);
                var next = coming.OrderBy(one => one.At).FirstOrDefault();
                if (next.Do is null || next.At > due)
                {
                    Assert.True(due is not null, $"{definition}: nothing comes for {string.Join(", ", state.Waits)}");
                    await AdvanceAsync(due.Value - Now);
                    continue;
                }

                coming.Remove(next);
                if (next.At > Now)
                {
                    await AdvanceAsync(next.At - Now);
                }

                await next.Do();
            }

            throw new InvalidOperationException($"{definition} does not end.");
        }

        protected override async Task StartedAsync()
        {
            await base.StartedAsync();
            await Get<DefinitionService>().SeedAsync(ShippedDefinitionsTests.Folder);
        }

        protected override void Configure(IServiceCollection collection, IDictionary<string, string?> settings)
        {
            base.Configure(collection, settings);
            collection.AddSingleton(answers);
            collection.AddSingleton<IInterceptor>(losses);
            collection.AddSingleton(new StepCatalog(StepCatalog.Shipped.All.Select(step => new StepCatalog.StepType(
                new WorkflowStepAttribute(step.Attribute.Type) { Outcomes = step.Attribute.Outcomes, UndoneBy = step.Attribute.UndoneBy },
                typeof(Played<>).MakeGenericType(step.Implementation)))));
        }

        // Notes when people and events answer what the case began to wait for.
        private async Task ListenAsync(CaseId id, CaseState state)
        {
            foreach (var task in (await Tasks.FindAsync(new TaskQuery(CaseId: id), new PageRequest(), Ops)).Items.Where(task => seen.Add(task.Id.Value)))
            {
                if (answers.Take(task.StepId, task.Id.Value) is { } answer)
                {
                    coming.Add((Now + answer.After, () => AnswerAsync(task.Id, answer)));
                }
            }

            var history = await Cases.HistoryAsync(id);
            foreach (var wait in state.Waits.Where(wait => wait.Kind == nameof(RequestKind.Event)))
            {
                var key = $"{wait.StepId}#{history.Count(entry => entry.StepId == wait.StepId && entry.Status == "Completed")}";
                if (seen.Add(key) && answers.Take(wait.StepId, key) is { } answer)
                {
                    coming.Add((Now + answer.After, () => TellAsync(id, answer.Event ?? wait.Name, answer.Data)));
                }
            }
        }

        private async Task AnswerAsync(TaskId id, Answer answer)
        {
            if (await Tasks.GetAsync(id, Ops) is not { State: TaskState.Open or TaskState.Claimed } task)
            {
                return;
            }

            var data = answer.Data?.DeepClone() as JsonObject ?? [];
            foreach (var name in (task.Form?["required"] as JsonArray ?? []).Select(name => (string)name!).Where(name => !data.ContainsKey(name)))
            {
                var field = task.Form!["properties"]![name]!;
                data[name] = (string?)field["type"] == "boolean" ? true : field["pattern"] is null ? "Text" : "DE";
            }

            IEnumerable<Actor> people = task.PartnerId is { } partner ? [Actor.OfPartner("p-ann", "Ann Example", partner)] : Staff;
            Result<TaskView>? result = null;
            foreach (var person in people)
            {
                result = await CompleteAsync(task, answer.Outcome ?? task.Outcomes[0], person, data);
                if (result.IsSuccess)
                {
                    return;
                }
            }

            Assert.Fail($"{task.Title}: {result?.Refusal?.Code} {result?.Refusal?.Message}");
        }
    }
}
