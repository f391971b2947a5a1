using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>
/// Makes random definitions that end: blocks one after the other, each a line, a step, a task, a wait, an event, a choice, a fork with a join of any
/// mode, a loop with a counter or a container with blocks inside. Whatever is decided hangs on variables, so that a run is the same again.
/// </summary>
internal sealed class RandomFlow(Random random, bool steps)
{
    private const string Both = "|both";
    private static readonly string[] Joins = ["Stream", "Merge", "Race", "Cascade", "WaitAll", "WaitAllActive", "WaitAny"];
    private FlowBuilder flow = null!;
    private int count;

    internal DefinitionDocument Make(string id)
    {
        flow = new FlowBuilder(id).Variable("n", "Int32", 0).Variable("m", "Int32", random.Next(5));
        flow.Add("start", "Elsa.Start");
        var last = Blocks("start", 1 + random.Next(4), 0);
        flow.Line("last").Arrows(last + "->last");
        return flow.Build();
    }

    // Adds blocks after an exit ("activity" or "activity.Outcome"); gives the exit of the last.
    private string Blocks(string from, int number, int depth)
    {
        for (var i = 0; i < number; i++)
        {
            from = random.Next(depth > 2 ? 6 : 10) switch
            {
                0 => After(from, "Elsa.WriteLine", ("text", "js:'line ' + getN()")),
                1 => After(from, "Elsa.SetVariable", ("@variable", Reference("n")), ("value", random.Next(2) == 0 ? "js:getN() + 1" : "feel:n + m")),
                2 => After(from, "Elsa.Delay", ("timeSpan", $"00:0{random.Next(1, 9)}:00")),
                3 => steps ? After(from, "Test.Note", ("text", "js:'note ' + getN()")) : After(from, "Elsa.WriteLine", ("text", "liquid:n is {{ Variables.n }}")),
                4 => After(from, "Ecosystem.HumanTask", ("title", "Decide"), ("roles", new[] { "approver" }), ("outcomes", new[] { "Done" })),
                5 => After(from, "Ecosystem.WaitForEvent", ("events", new[] { "tick" }), ("timeout", $"00:{random.Next(10, 59)}:00")) + Both,
                6 => Choice(from, depth),
                7 => Fork(from, depth),
                8 => Loop(from, depth),
                _ => Container(from),
            };
            if (from.EndsWith(Both, StringComparison.Ordinal))
            {
                // Whether the event comes or not, the flow goes on.
                var source = from[..^Both.Length];
                var next = Name("WriteLine");
                flow.Line(next).Arrows($"{source}.Done->{next}", $"{source}.Timeout->{next}", $"{source}.tick->{next}");
                from = next;
            }
        }

        return from;
    }

    private string Choice(string from, int depth)
    {
        var (decision, end) = (Name("FlowDecision"), Name("WriteLine"));
        flow.Add(decision, "Elsa.FlowDecision", ("condition", random.Next(2) == 0 ? "js:getN() % 2 == 0" : "feel:m > 2")).Arrows($"{from}->{decision}");
        var yes = Blocks(decision + ".True", 1 + random.Next(2), depth + 1);
        var no = random.Next(3) == 0 ? decision + ".False" : Blocks(decision + ".False", 1, depth + 1);
        flow.Line(end).Arrows($"{yes}->{end}", $"{no}->{end}");
        return end;
    }

    private string Fork(string from, int depth)
    {
        var (fork, end) = (Name("FlowFork"), Name("Join"));
        var branches = Enumerable.Range(0, random.Next(2, 4)).Select(index => $"b{index}").ToArray();
        flow.Add(fork, "Elsa.FlowFork", ("branches", branches)).Arrows($"{from}->{fork}");
        var exits = branches.Select(branch => Blocks($"{fork}.{branch}", 1 + random.Next(2), depth + 1)).ToList();
        var mode = Joins[random.Next(Joins.Length)];
        _ = mode.StartsWith("Wait", StringComparison.Ordinal)
            ? flow.Add(end, "Elsa.FlowJoin", ("mode", mode))
            : flow.Add(end, "Elsa.WriteLine", ("text", "joined"), ("mergeMode", mode));
        flow.Arrows([.. exits.Select(exit => $"{exit}->{end}")]);
        return end;
    }

    private string Loop(string from, int depth)
    {
        var (counter, begin, more) = ($"i{count}", Name("Begin"), Name("FlowDecision"));
        flow.Variable(counter, "Int32", 0);
        if (random.Next(2) == 0)
        {
            flow.Add(begin, "Elsa.Delay", ("timeSpan", "00:01:00")).Arrows($"{from}->{begin}");
        }
        else
        {
            flow.Line(begin).Arrows($"{from}->{begin}");
        }

        var last = After(Blocks(begin, 1 + random.Next(2), depth + 1), "Elsa.SetVariable", ("@variable", Reference(counter)), ("value", $"feel:{counter} + 1"));
        flow.Add(more, "Elsa.FlowDecision", ("condition", $"feel:{counter} < {random.Next(1, 4)}")).Arrows($"{last}->{more}", $"{more}.True->{begin}");
        return more + ".False";
    }

    private string Container(string from)
    {
        var line = FlowBuilder.Activity(Name("Body"), "Elsa.WriteLine", ("text", "js:'in ' + getN()"));
        var wait = FlowBuilder.Activity(Name("Body"), "Elsa.Delay", ("timeSpan", $"00:00:{random.Next(10, 59)}"));
        var sequence = new JsonObject { ["id"] = Name("Sequence"), ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray(line, wait) };
        return random.Next(4) switch
        {
            0 => After(from, "Elsa.ForEach", ("items", "js:[1, 2]"), ("@body", sequence)),
            1 => After(from, "Elsa.ParallelForEach", ("items", "js:['a', 'b', 'c']"), ("@body", sequence)),
            2 => After(from, "Elsa.Fork", ("@joinMode", random.Next(2) == 0 ? "WaitAny" : "WaitAll"), ("@branches", new JsonArray(sequence, FlowBuilder.Activity(Name("Body"), "Elsa.Delay", ("timeSpan", "00:00:30"))))),
            _ => After(from, "Elsa.If", ("condition", "js:getN() > 0"), ("@then", sequence), ("@else", FlowBuilder.Activity(Name("Body"), "Elsa.WriteLine", ("text", "else")))),
        };
    }

    private string After(string from, string type, params (string Name, object? Value)[] properties)
    {
        var name = Name(type[(type.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        flow.Add(name, type, properties).Arrows($"{from}->{name}");
        return name;
    }

    private static JsonObject Reference(string variable) => new() { ["id"] = variable, ["name"] = variable };

    private string Name(string stem) => $"{stem}{++count}";
}
