namespace Ecosystem.Rules.Rulesets;

/// <summary>
/// The life of a version as pure functions: draft → reviewed → published by a second person → retired. Publishing and coming into force
/// are two things: the effective dates stand in the document.
/// </summary>
public static class RulesetLifecycle
{
    /// <summary>Begins a draft.</summary>
    /// <param name="text">The YAML text; may still have mistakes, but must name the ruleset and a version.</param>
    /// <param name="by">The author.</param>
    /// <param name="at">Now, in UTC.</param>
    /// <param name="why">Why the version is needed.</param>
    /// <param name="existing">All versions that exist.</param>
    /// <returns>The draft, or the refusal.</returns>
    public static RulesetVersionDecision Draft(string text, string by, DateTimeOffset at, string why, IEnumerable<RulesetVersion> existing)
    {
        if (Name(text) is not { } id)
        {
            return RulesetVersionDecision.Refuse("no-name", "The text does not name a ruleset and a version.", Findings(text));
        }

        if (existing.Any(v => v.Name == id.Name && v.Version == id.Version))
        {
            return RulesetVersionDecision.Refuse("version-exists", $"Version {id.Version} of {id.Name} exists already; give the draft a new version.");
        }

        return RulesetVersionDecision.Allow(new RulesetVersion(id.Name, id.Version, text, RulesetVersionState.Draft, by, [new("draft", by, at, why)]));
    }

    /// <summary>Changes the text of a draft.</summary>
    /// <param name="version">The draft.</param>
    /// <param name="text">The new text, of the same ruleset and version.</param>
    /// <param name="by">Who edits.</param>
    /// <param name="at">Now, in UTC.</param>
    /// <param name="why">What the edit is for.</param>
    /// <param name="valuesOnly">Whether the person may change cells but not structure.</param>
    /// <returns>The changed draft, or the refusal.</returns>
    public static RulesetVersionDecision Edit(RulesetVersion version, string text, string by, DateTimeOffset at, string why, bool valuesOnly = false)
    {
        if (version.State != RulesetVersionState.Draft)
        {
            return RulesetVersionDecision.Refuse("not-a-draft", $"Version {version.Version} is {Word(version.State)} and can no longer be edited; begin a new version.");
        }

        if (Name(text) is not { } id || id.Name != version.Name || id.Version != version.Version)
        {
            return RulesetVersionDecision.Refuse("other-name", $"The text has to stay {version.Name} {version.Version}.");
        }

        if (valuesOnly)
        {
            Ruleset? before = Ruleset.TryParse(version.Text, out _), after = Ruleset.TryParse(text, out IReadOnlyList<RulesetDiagnostic> findings);
            if (before is null || after is null)
            {
                return RulesetVersionDecision.Refuse("not-valid", "A text with mistakes can only be edited by someone who may change its structure.", findings);
            }

            if (RulesetValueEdit.Check(before, after) is { Count: > 0 } structural)
            {
                return RulesetVersionDecision.Refuse("structure-changed", "Only values may be changed.", structural);
            }
        }

        return RulesetVersionDecision.Allow(version with { Text = text, Author = by, Events = [.. version.Events, new("edited", by, at, why)] });
    }

    /// <summary>Closes a draft for publication. Its tests must pass and the analysis must find no errors.</summary>
    /// <param name="version">The draft.</param>
    /// <param name="by">The reviewer.</param>
    /// <param name="at">Now, in UTC.</param>
    /// <param name="why">What the reviewer says.</param>
    /// <returns>The reviewed version, or the refusal.</returns>
    public static RulesetVersionDecision Review(RulesetVersion version, string by, DateTimeOffset at, string why) =>
        version.State != RulesetVersionState.Draft
            ? RulesetVersionDecision.Refuse("not-a-draft", $"Version {version.Version} is {Word(version.State)}; only a draft can be reviewed.")
            : Checked(version) ?? RulesetVersionDecision.Allow(version with { State = RulesetVersionState.Reviewed, Events = [.. version.Events, new("reviewed", by, at, why)] });

    /// <summary>Sends a reviewed version back to its author.</summary>
    /// <param name="version">The reviewed version.</param>
    /// <param name="by">Who sends it back.</param>
    /// <param name="at">Now, in UTC.</param>
    /// <param name="why">What has to change.</param>
    /// <returns>The draft, or the refusal.</returns>
    public static RulesetVersionDecision Return(RulesetVersion version, string by, DateTimeOffset at, string why) =>
        version.State != RulesetVersionState.Reviewed
            ? RulesetVersionDecision.Refuse("not-reviewed", $"Version {version.Version} is {Word(version.State)}; only a reviewed version can be sent back.")
            : RulesetVersionDecision.Allow(version with { State = RulesetVersionState.Draft, Events = [.. version.Events, new("returned", by, at, why)] });

    /// <summary>Publishes a reviewed version. Nobody publishes what they wrote.</summary>
    /// <param name="version">The reviewed version.</param>
    /// <param name="by">The publisher.</param>
    /// <param name="at">Now, in UTC.</param>
    /// <param name="why">Why it is published.</param>
    /// <returns>The published version, or the refusal.</returns>
    public static RulesetVersionDecision Publish(RulesetVersion version, string by, DateTimeOffset at, string why)
    {
        if (version.State != RulesetVersionState.Reviewed)
        {
            return RulesetVersionDecision.Refuse("not-reviewed", $"Version {version.Version} is {Word(version.State)}; only a reviewed version can be published.");
        }

        return version.Authors.Contains(by)
            ? RulesetVersionDecision.Refuse("same-person", $"{by} wrote on version {version.Version}; a second person has to publish it.")
            : Checked(version) ?? RulesetVersionDecision.Allow(version with { State = RulesetVersionState.Published, Events = [.. version.Events, new("published", by, at, why)] });
    }

    /// <summary>Takes a published version back.</summary>
    /// <param name="version">The published version.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="at">Now, in UTC.</param>
    /// <param name="why">Why.</param>
    /// <returns>The retired version, or the refusal.</returns>
    public static RulesetVersionDecision Retire(RulesetVersion version, string by, DateTimeOffset at, string why) =>
        version.State != RulesetVersionState.Published
            ? RulesetVersionDecision.Refuse("not-published", $"Version {version.Version} is {Word(version.State)}; only a published version can be retired.")
            : RulesetVersionDecision.Allow(version with { State = RulesetVersionState.Retired, Events = [.. version.Events, new("retired", by, at, why)] });

    /// <summary>The rulesets that published versions make: what evaluations may use.</summary>
    /// <param name="versions">Versions in any state.</param>
    /// <returns>A library of the published ones.</returns>
    /// <exception cref="RulesetException">A published text does not parse.</exception>
    public static RulesetLibrary Published(IEnumerable<RulesetVersion> versions)
    {
        var library = new RulesetLibrary();
        foreach (RulesetVersion version in versions.Where(v => v.State == RulesetVersionState.Published))
        {
            library.Add(Ruleset.Parse(version.Text, version.Name));
        }

        return library;
    }

    private static RulesetVersionDecision? Checked(RulesetVersion version)
    {
        if (Ruleset.TryParse(version.Text, out IReadOnlyList<RulesetDiagnostic> findings) is not { } ruleset)
        {
            return RulesetVersionDecision.Refuse("not-valid", "The text has mistakes.", findings);
        }

        RulesetDiagnostic[] errors = [.. RulesetAnalysis.Analyze(ruleset).Where(f => f.Severity == RulesetSeverity.Error)];
        if (errors.Length > 0)
        {
            return RulesetVersionDecision.Refuse("analysis", "The analysis found errors.", errors);
        }

        RulesetTestReport report = RulesetTestRunner.Run(ruleset);
        return report.Failed == 0
            ? null
            : RulesetVersionDecision.Refuse("tests", $"{report.Failed} of {report.Cases.Count} test cases fail.",
                [.. report.Cases.Where(c => !c.Passed).Select(c => new RulesetDiagnostic(RulesetSeverity.Error, "test-failed", $"tests/{c.Name}", c.Line, 1, string.Join("; ", c.Failures)))]);
    }

    private static (string Name, string Version)? Name(string text)
    {
        RulesetDocument? document = Documents.DocumentReader.Read(text, new Documents.DiagnosticList());
        return document is { Name.Length: > 0, Version.Length: > 0 } ? (document.Name, document.Version) : null;
    }

    private static IReadOnlyList<RulesetDiagnostic> Findings(string text)
    {
        Ruleset.TryParse(text, out IReadOnlyList<RulesetDiagnostic> findings);
        return findings;
    }

    private static string Word(RulesetVersionState state) => state.ToString().ToLowerInvariant();
}
