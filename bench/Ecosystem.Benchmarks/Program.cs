using System.Globalization;
using System.Text.Json;
using Ecosystem.Benchmarks;
using Ecosystem.Benchmarks.Rules.Production;

if (args is [ProductionRulesSuite.ColdCompileArgument, var count])
{
    ProductionRulesSuite.CompileCold(int.Parse(count, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["serve-temporal", .. var rest])
{
    return await Ecosystem.Temporal.TemporalCommand.RunAsync(rest, Console.Out, Console.Error);
}

var suites = typeof(IBenchmarkSuite).Assembly.GetTypes()
    .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBenchmarkSuite)))
    .Select(type => (IBenchmarkSuite)Activator.CreateInstance(type)!)
    .OrderBy(suite => suite.Name, StringComparer.Ordinal)
    .ToList();

var names = new List<string>();
string? jsonFile = null;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--list" or "--help" or "-h":
            suites.ForEach(suite => Console.WriteLine($"{suite.Name,-12} {suite.Description}"));
            return 0;
        case "--json" when i + 1 < args.Length:
            jsonFile = args[++i];
            break;
        case var name when suites.Exists(suite => suite.Name == name):
            names.Add(name);
            break;
        case var unknown:
            await Console.Error.WriteLineAsync($"bench.sh: '{unknown}' is no suite; there are: {string.Join(", ", suites.Select(suite => suite.Name))}");
            return 2;
    }
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

var rows = new List<BenchmarkRow>();
foreach (var suite in suites.Where(suite => names.Count == 0 || names.Contains(suite.Name)))
{
    await foreach (var row in suite.RunAsync(stop.Token))
    {
        Console.WriteLine(row);
        rows.Add(row);
    }
}

if (jsonFile is not null)
{
    await File.WriteAllTextAsync(jsonFile, JsonSerializer.Serialize(rows, JsonSerializerOptions.Web));
}

return 0;
