using System.Globalization;
using System.Text.Json.Nodes;

namespace Ecosystem.Rules.Rulesets;

/// <summary><c>rulesets evaluate</c>.</summary>
internal static class EvaluateCommand
{
    public static async Task<int> RunAsync(CommandLine line, TextWriter output, CancellationToken cancellation)
    {
        Ruleset ruleset = await ChooseAsync(line, cancellation).ConfigureAwait(false);
        string input = line.Needed("input", "'{\"amount\": 100}'");
        if (input == "-" || input.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            input = await CommandLine.ReadAsync(input, cancellation).ConfigureAwait(false);
        }

        RulesetResult result = ruleset.Evaluate(CommandJson.Inputs(input, "--input"), new RulesetOptions { IgnoreUnknownInputs = line.Has("ignore-unknown") });
        var node = new JsonObject
        {
            ["ruleset"] = result.Trace.Ruleset,
            ["version"] = result.Trace.Version,
            ["result"] = CommandJson.Outputs(result.Outputs),
            ["trace"] = JsonNode.Parse(result.Trace.ToJson()),
        };
        await output.WriteLineAsync(node.ToJsonString(CommandJson.Options)).ConfigureAwait(false);
        return 0;
    }

    private static async Task<Ruleset> ChooseAsync(CommandLine line, CancellationToken cancellation)
    {
        string word = line.Word(0, "the ruleset's file");
        DateOnly? asOf = line.Option("as-of") is { } text
            ? DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
                ? day
                : throw new CommandLineException($"--as-of has to be a date such as 2026-01-31, not '{text}'")
            : null;
        if (Directory.Exists(word))
        {
            return RulesetLibrary.LoadFolder(word).InForce(line.Needed("name", "partner-tiering"), asOf ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        }

        Ruleset ruleset = await CommandLine.LoadAsync(word, cancellation).ConfigureAwait(false);
        if (asOf is { } date && !ruleset.Document.IsInForce(date))
        {
            var library = new RulesetLibrary();
            library.Add(ruleset);
            return library.InForce(ruleset.Document.Name, date);
        }

        return ruleset;
    }
}
