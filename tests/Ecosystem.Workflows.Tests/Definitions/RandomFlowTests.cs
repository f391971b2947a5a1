using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>Random definitions: the same whatever is written and read between two waits, the same on replay, the same when the worker dies.</summary>
public sealed class RandomFlowTests : CaseTest
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("ECOSYSTEM_FUZZ_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 6;

    [Fact]
    public void Engine_WrittenAndReadAtEveryWait_DoesTheSame() => Gen.Int[0, int.MaxValue - 1].Sample(
        seed =>
        {
            var plan = ProcessPlan.Read(new RandomFlow(new Random(seed), false).Make("random"));

            var whole = Play(plan, seed, false);
            var broken = Play(plan, seed, true);

            Assert.Equal(whole, broken);
        },
        iter: 300);

    [Fact]
    public void Document_AnyJson_SurvivesReadingAndWriting() => Gen.Int[0, int.MaxValue - 1].Sample(
        seed =>
        {
            var random = new Random(seed);
            var json = new RandomFlow(random, true).Make("random").Json;
            foreach (var activity in json["root"]!["activities"]!.AsArray().OfType<JsonObject>().Where(_ => random.Next(2) == 0))
            {
                activity["unknown" + random.Next(9)] = RandomJson(random, 0);
            }

            json["custom" + random.Next(9)] = RandomJson(random, 0);
            var text = json.ToJsonString();

            var document = DefinitionDocument.Parse(text);
            _ = ProcessPlan.Read(document);

            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(DefinitionDocument.Parse(document.ToJson()).ToJson())), text);
        },
        iter: 300);

    [Fact]
    public async Task Case_WorkerDiesBetweenTasks_EndsAndReplays()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var seed = 7_000 + round;
            var random = new Random(seed);
            var document = new RandomFlow(new Random(seed), true).Make($"random-{seed}");
            await PublishAsync(document);
            var id = await StartAsync(document.DefinitionId);

            for (var turn = 0; turn < 60 && (await CaseAsync(id)).Status == CaseStatus.Running; turn++)
            {
                if (random.Next(4) == 0)
                {
                    await StopWorkerAsync();
                    StartWorker();
                }

                var open = (await Tasks.FindAsync(new TaskQuery(CaseId: id), new PageRequest(), Ops)).Items;
                if (open.Count > 0)
                {
                    var done = await CompleteAsync(open[random.Next(open.Count)], "Done", Approver);
                    Assert.True(done.IsSuccess, $"{seed}: {done.Refusal?.Message}");
                }
                else if (random.Next(3) == 0)
                {
                    await TellAsync(id, "tick");
                }
                else
                {
                    await AdvanceAsync(TimeSpan.FromMinutes(random.Next(1, 60)));
                }
            }

            await SettleAsync();
            var record = await CaseAsync(id);
            Assert.True(record.Status == CaseStatus.Completed || IsStuckOnPurpose(document), $"{seed}: {record.Status}, waits for {record.WaitingForWhat}");
            await ReplayAsync(id);
        }
    }

    // A join that waits for all where a race or a choice took a way off never runs; publishing refuses it.
    private static bool IsStuckOnPurpose(DefinitionDocument document) => document.ToJson().Contains("\"Merge\"", StringComparison.Ordinal);

    private static string Play(ProcessPlan plan, int seed, bool broken)
    {
        var run = new HeadlessRun(new PlanCatalog([plan]), StepCatalog.Shipped, new HeadlessAnswers(null), Start);
        var host = new HeadlessHost(run, "i");
        var engine = new ProcessEngine(plan, host);
        var random = new Random(seed);
        var journal = new List<string>();
        engine.Start(new Dictionary<string, object?>());
        for (var turn = 0; engine.Status == ProcessStatus.Running && engine.Requests.Any() && turn < 500; turn++)
        {
            Take(engine, journal);
            if (broken)
            {
                engine = ProcessEngine.Restore(plan, host, new EngineOptions(), (JsonObject)JsonNode.Parse(engine.Snapshot().ToJsonString())!);
            }

            var requests = engine.Requests.ToList();
            var request = requests[random.Next(requests.Count)];
            engine.Reply(request.Id, request.Kind switch
            {
                RequestKind.Event => random.Next(2) == 0 ? new EngineReply { TimedOut = true } : new EngineReply { Output = new Dictionary<string, object?> { ["name"] = "tick" } },
                RequestKind.Task => new EngineReply { Outcome = "Done", By = "anna" },
                _ => new EngineReply(),
            });
        }

        Take(engine, journal);
        return $"{engine.Status}\n{string.Join('\n', run.Lines)}\n{string.Join('\n', journal)}";
    }

    private static void Take(ProcessEngine engine, List<string> journal)
    {
        journal.AddRange(engine.Journal.Select(entry => $"{entry.Instance} {entry.ActivityId} {entry.Status} {entry.Outcome}"));
        engine.Journal.Clear();
    }

    private static JsonNode? RandomJson(Random random, int depth) => random.Next(depth > 3 ? 5 : 7) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.NextInt64()),
        3 => JsonNode.Parse(random.Next(2) == 0 ? "1.50" : "-0.0000000000000000000001"),
        4 => JsonValue.Create("ä\"\\\u2028 <&> " + random.Next()),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomJson(random, depth + 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(index => KeyValuePair.Create($"k{index}", RandomJson(random, depth + 1)))),
    };
}
