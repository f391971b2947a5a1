namespace Ecosystem.Rules.Rulesets;

/// <summary>Which rulesets build on which, and whether they fit together.</summary>
public static class RulesetDependencies
{
    /// <summary>Lists the dependencies of the versions in force on a day.</summary>
    /// <param name="library">The rulesets.</param>
    /// <param name="asOf">The day.</param>
    /// <returns>The dependencies by ruleset and input.</returns>
    public static IReadOnlyList<RulesetDependency> Of(RulesetLibrary library, DateOnly asOf) =>
        [.. InForce(library, asOf).SelectMany(r => r.Document.Inputs.Select(input => Parse(r.Document.Name, input)).OfType<RulesetDependency>())];

    /// <summary>Checks that what one ruleset takes the other gives: existence, type, allowed texts, no circles.</summary>
    /// <param name="library">The rulesets.</param>
    /// <param name="asOf">The day.</param>
    /// <returns>The findings (<c>dependency-missing</c>, <c>dependency-type</c>, <c>dependency-circle</c>).</returns>
    public static IReadOnlyList<RulesetDiagnostic> Check(RulesetLibrary library, DateOnly asOf)
    {
        Dictionary<string, Ruleset> rulesets = InForce(library, asOf).ToDictionary(r => r.Document.Name, StringComparer.Ordinal);
        var findings = new List<RulesetDiagnostic>();
        foreach (Ruleset ruleset in rulesets.Values)
        {
            foreach (RulesetField input in ruleset.Document.Inputs.Where(i => i.From is not null))
            {
                if (Problem(rulesets, ruleset, input) is { } problem)
                {
                    findings.Add(problem);
                }
            }

            if (Circle(rulesets, ruleset.Document.Name) is { } circle)
            {
                findings.Add(new RulesetDiagnostic(RulesetSeverity.Error, "dependency-circle", ruleset.Document.Name, 0, 0, $"{circle} need each other", "take one 'from' away"));
            }
        }

        return findings;
    }

    private static IEnumerable<Ruleset> InForce(RulesetLibrary library, DateOnly asOf) =>
        library.Names.SelectMany(n => library.Versions(n).Where(v => v.Document.IsInForce(asOf)).TakeLast(1));

    private static RulesetDependency? Parse(string ruleset, RulesetField input)
    {
        string[] parts = input.From?.Split('.') ?? [];
        return parts.Length == 2 ? new RulesetDependency(ruleset, input.Name, parts[0], parts[1]) : null;
    }

    private static RulesetDiagnostic? Problem(Dictionary<string, Ruleset> rulesets, Ruleset ruleset, RulesetField input)
    {
        string path = $"{ruleset.Document.Name}/inputs/{input.Name}";
        RulesetDependency? dependency = Parse(ruleset.Document.Name, input);
        RulesetField? output = dependency is not null && rulesets.TryGetValue(dependency.FromRuleset, out Ruleset? source)
            ? source.Document.Outputs.FirstOrDefault(o => o.Name == dependency.FromOutput)
            : null;
        if (output is null)
        {
            return new RulesetDiagnostic(RulesetSeverity.Error, "dependency-missing", path, input.Line, input.Column, $"There is no output '{input.From}' in force", "from: ruleset.output");
        }

        if (output.Type.Kind != input.Type.Kind)
        {
            return new RulesetDiagnostic(RulesetSeverity.Error, "dependency-type", path, input.Line, input.Column, $"'{input.From}' is a {output.Type}, but '{input.Name}' is a {input.Type}", $"type: {output.Type}");
        }

        string[] refused = input.OneOf.Count == 0 ? [] : [.. output.OneOf.Except(input.OneOf, StringComparer.Ordinal)];
        return refused.Length == 0
            ? null
            : new RulesetDiagnostic(RulesetSeverity.Error, "dependency-type", path, input.Line, input.Column, $"'{input.From}' can be {string.Join(", ", refused)}, which '{input.Name}' does not accept", "add it to oneOf");
    }

    private static string? Circle(Dictionary<string, Ruleset> rulesets, string start)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out string? name))
        {
            foreach (RulesetField input in rulesets.TryGetValue(name, out Ruleset? ruleset) ? ruleset.Document.Inputs : [])
            {
                if (Parse(name, input) is not { } dependency)
                {
                    continue;
                }

                if (dependency.FromRuleset == start)
                {
                    return start == name ? start : $"{start} and {name}";
                }

                if (seen.Add(dependency.FromRuleset))
                {
                    open.Enqueue(dependency.FromRuleset);
                }
            }
        }

        return null;
    }
}
