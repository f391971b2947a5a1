using System.Text.Json;

namespace Ecosystem.Rules.Rulesets;

/// <summary><c>rulesets diff</c>.</summary>
internal static class DiffCommand
{
    public static async Task<int> RunAsync(CommandLine line, TextWriter output, CancellationToken cancellation)
    {
        string before = line.Word(0, "the earlier file"), after = line.Word(1, "the later file");
        if (!line.Has("words") && !line.Json)
        {
            string oldText = await CommandLine.ReadAsync(before, cancellation).ConfigureAwait(false), newText = await CommandLine.ReadAsync(after, cancellation).ConfigureAwait(false);
            await output.WriteAsync(RulesetDiff.Unified(oldText, newText, before, after)).ConfigureAwait(false);
            return 0;
        }

        IReadOnlyList<RulesetChange> changes = RulesetComparison.Compare(
            (await CommandLine.LoadAsync(before, cancellation).ConfigureAwait(false)).Document, (await CommandLine.LoadAsync(after, cancellation).ConfigureAwait(false)).Document);
        if (line.Json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(changes, CommandJson.Options)).ConfigureAwait(false);
            return 0;
        }

        foreach (RulesetChange change in changes)
        {
            await output.WriteLineAsync(change.Text).ConfigureAwait(false);
        }

        await output.WriteLineAsync(changes.Count == 0 ? "Nothing differs." : $"{changes.Count} differences, {changes.Count(c => c.Structural)} of them in the structure").ConfigureAwait(false);
        return 0;
    }
}
