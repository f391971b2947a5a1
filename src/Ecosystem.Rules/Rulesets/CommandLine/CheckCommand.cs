using System.Text.Json;

namespace Ecosystem.Rules.Rulesets;

/// <summary><c>rulesets check</c>.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(CommandLine line, TextWriter output, CancellationToken cancellation)
    {
        var all = new List<(string File, IReadOnlyList<RulesetDiagnostic> Findings)>();
        var library = new RulesetLibrary();
        foreach (string file in line.Files())
        {
            Ruleset? ruleset = Ruleset.TryParse(await CommandLine.ReadAsync(file, cancellation).ConfigureAwait(false), out IReadOnlyList<RulesetDiagnostic> findings);
            all.Add((file, ruleset is null ? findings : RulesetAnalysis.Analyze(ruleset)));
            if (ruleset is not null)
            {
                library.Add(ruleset);
            }
        }

        // A single file says nothing about the rulesets it depends on.
        if (all.Count > 1 && RulesetDependencies.Check(library, DateOnly.MaxValue) is { Count: > 0 } dependencies)
        {
            all.Add(("dependencies", dependencies));
        }

        int errors = all.Sum(f => f.Findings.Count(d => d.Severity == RulesetSeverity.Error)), warnings = all.Sum(f => f.Findings.Count(d => d.Severity == RulesetSeverity.Warning));
        if (line.Json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(all.Select(f => new { f.File, f.Findings }), CommandJson.Options)).ConfigureAwait(false);
        }
        else
        {
            foreach ((string file, IReadOnlyList<RulesetDiagnostic> findings) in all)
            {
                foreach (RulesetDiagnostic finding in findings)
                {
                    await output.WriteLineAsync(finding.Format(file)).ConfigureAwait(false);
                }
            }

            await output.WriteLineAsync($"{all.Count(f => f.File != "dependencies")} rulesets, {errors} errors, {warnings} warnings").ConfigureAwait(false);
        }

        return errors == 0 ? 0 : 1;
    }
}
