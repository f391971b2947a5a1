using System.Globalization;
using System.Text.Json;
using Ecosystem.Rules.Rulesets;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Decisions;

/// <content>Checking, reviewing, publishing and retiring versions.</content>
public sealed partial class RulesetService
{
    private const int EvidenceDays = 90;
    private const int EvidenceLimit = 20_000;
    private static readonly string[] PublisherRoles = ["ops", "approver", "finance"];

    /// <summary>Checks a version: reading, analysis, test cases with row coverage, dependencies, rows that applied to no decision of the last 90 days.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="version">The version; null for the one in force.</param>
    /// <param name="text">A text to check instead of a stored version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found, or null when there is no such version.</returns>
    public async Task<RulesetCheck?> CheckAsync(string name, string? version, string? text = null, CancellationToken cancellationToken = default)
    {
        if (text is null)
        {
            if (await GetAsync(name, null, version, cancellationToken) is not { } found)
            {
                return null;
            }

            (text, version) = (found.Text, found.Version);
        }

        var ruleset = Ruleset.TryParse(text, out var findings);
        if (ruleset is null)
        {
            return new RulesetCheck(name, version ?? "", false, findings, null, null, []);
        }

        var tests = RulesetTestRunner.Run(ruleset, cancellationToken);
        var all = new List<RulesetDiagnostic>(RulesetAnalysis.Analyze(ruleset));
        all.AddRange(Dependencies(ruleset));
        all.AddRange(tests.Uncovered.Select(row => new RulesetDiagnostic(RulesetSeverity.Warning, "not-covered", row, 0, 0, $"No test case reaches '{row}'", "add a case whose 'rows' names it")));
        var before = catalog.Library.Versions(name).LastOrDefault(known => known.Document.IsInForce(Today) && known.Document.Version != ruleset.Document.Version);
        if (ruleset.Document.EffectiveFrom < Today && before is not null && catalog.Find(name, ruleset.Document.Version) is null)
        {
            all.Add(new RulesetDiagnostic(RulesetSeverity.Warning, "backdated", "effective/from", 0, 0,
                $"The first day, {Day(ruleset.Document.EffectiveFrom)}, has passed: decisions as of days since then will come out by this version", $"from: {Day(Today.AddDays(1))}"));
        }

        all.AddRange(await NeverHitAsync(ruleset.Document, cancellationToken));
        return new RulesetCheck(
            name,
            ruleset.Document.Version,
            tests.Failed == 0 && !all.Exists(Stops),
            [.. all.OrderBy(found => found.Severity != RulesetSeverity.Error).ThenBy(found => found.Severity != RulesetSeverity.Warning)],
            tests,
            before?.Document.Version,
            before is null ? [] : RulesetComparison.Compare(before.Document, ruleset.Document));
    }

    /// <summary>Closes a draft for publication: its tests must pass and the analysis must find no errors.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="version">The draft.</param>
    /// <param name="why">What is said about it.</param>
    /// <param name="actor">Who closes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version, or why it is refused.</returns>
    public Task<Result<RulesetView>> ReviewAsync(string name, string version, string? why, Actor actor, CancellationToken cancellationToken = default) =>
        StepAsync(name, version, "ruleset.reviewed", why, actor, [StructureRole, ValuesRole, .. PublisherRoles], (row, now) => RulesetLifecycle.Review(row, actor.Id, now, why ?? ""), cancellationToken);

    /// <summary>Sends a reviewed version back to its author.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="version">The version.</param>
    /// <param name="why">What has to change.</param>
    /// <param name="actor">Who sends it back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The draft, or why it is refused.</returns>
    public Task<Result<RulesetView>> ReturnAsync(string name, string version, string? why, Actor actor, CancellationToken cancellationToken = default) =>
        StepAsync(name, version, "ruleset.returned", why, actor, [StructureRole, ValuesRole, .. PublisherRoles], (row, now) => RulesetLifecycle.Return(row, actor.Id, now, why ?? ""), cancellationToken);

    /// <summary>
    /// Publishes a version: it decides from its first day on. Nobody publishes what they wrote; a second person who publishes a draft has
    /// reviewed it.
    /// </summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="version">The version.</param>
    /// <param name="why">Why it is published.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version, or why it is refused.</returns>
    public async Task<Result<RulesetView>> PublishAsync(string name, string version, string? why, Actor actor, CancellationToken cancellationToken = default)
    {
        var result = await StepAsync(
            name,
            version,
            "ruleset.published",
            why,
            actor,
            PublisherRoles,
            (row, now) =>
            {
                if (row.Authors.Contains(actor.Id))
                {
                    return new RulesetVersionDecision(null, "same-person", $"You wrote on version {version}; a second person has to publish it.", []);
                }

                if (row.State == RulesetVersionState.Draft)
                {
                    var reviewed = RulesetLifecycle.Review(row, actor.Id, now, why ?? "");
                    if (reviewed.Version is null)
                    {
                        return reviewed;
                    }

                    row = reviewed.Version;
                }

                var broken = Ruleset.TryParse(row.Text, out _) is { } ruleset ? Dependencies(ruleset).Where(Stops).ToList() : [];
                return broken.Count > 0
                    ? new RulesetVersionDecision(null, "dependencies", "It does not fit the rulesets that work with it.", broken)
                    : RulesetLifecycle.Publish(row, actor.Id, now, why ?? "");
            },
            cancellationToken);
        return await RefreshedAsync(result, cancellationToken);
    }

    /// <summary>Takes a published version back: it decides nothing new. Past decisions are still replayed with it.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="version">The version.</param>
    /// <param name="why">Why.</param>
    /// <param name="actor">Who takes it back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version, or why it is refused.</returns>
    public async Task<Result<RulesetView>> RetireAsync(string name, string version, string? why, Actor actor, CancellationToken cancellationToken = default)
    {
        var result = await StepAsync(
            name,
            version,
            "ruleset.retired",
            why,
            actor,
            [StructureRole],
            (row, now) => !catalog.Library.Versions(name).Any(known => known.Document.Version != version && known.Document.IsInForce(Today))
                ? new RulesetVersionDecision(null, "last-in-force", $"No other version of {name} is in force; publish one before this one is retired.", [])
                : RulesetLifecycle.Retire(row, actor.Id, now, why ?? ""),
            cancellationToken);
        return await RefreshedAsync(result, cancellationToken);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task<Result<RulesetView>> StepAsync(
        string name, string version, string action, string? why, Actor actor, IReadOnlyCollection<string> roles, Func<RulesetVersion, DateTimeOffset, RulesetVersionDecision> step, CancellationToken cancellationToken) =>
        storage.WriteAsync(
            async (db, token) =>
            {
                if (!roles.Any(actor.Has))
                {
                    return Refusal.Forbidden("do this with rulesets", string.Join("' or '", roles));
                }

                var row = await db.Set<StoredRuleset>().AsTracking().FirstOrDefaultAsync(stored => stored.Id == StoredRuleset.IdOf(name, version), token);
                var present = row?.ToVersion() ?? (await FindAsync(db, name, version, token))?.Version;
                if (present is null)
                {
                    return Refusal.NotFound("ruleset version", $"{name} {version}");
                }

                var decision = step(present, clock.GetUtcNow());
                return decision.Version is { } after ? await KeepAsync(db, row, after, action, why, actor, token) : Refused(decision, null);
            },
            cancellationToken);

    private async Task<Result<RulesetView>> RefreshedAsync(Result<RulesetView> result, CancellationToken cancellationToken)
    {
        if (result.TryGet(out _))
        {
            await catalog.RefreshAsync(storage, cancellationToken);
        }

        return result;
    }

    /// <summary>Whether the ruleset fits those that take from it or give to it on its first day.</summary>
    private IReadOnlyList<RulesetDiagnostic> Dependencies(Ruleset ruleset)
    {
        var day = ruleset.Document.EffectiveFrom > Today ? ruleset.Document.EffectiveFrom : Today;
        var library = new RulesetLibrary();
        foreach (var other in catalog.Library.Names.Where(known => known != ruleset.Document.Name).SelectMany(catalog.Library.Versions))
        {
            library.Add(other);
        }

        library.Add(ruleset);
        return RulesetDependencies.Check(library, day);
    }

    /// <summary>Rows without hits among the newest decisions of the period; nothing when there were no decisions.</summary>
    private async Task<IReadOnlyList<RulesetDiagnostic>> NeverHitAsync(RulesetDocument document, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow().AddDays(-EvidenceDays);
        var traces = await storage.ReadAsync(
            (db, token) => db.Set<DecisionRecord>()
                .Where(record => record.Ruleset == document.Name && record.At >= since)
                .OrderByDescending(record => record.At)
                .Take(EvidenceLimit)
                .Select(record => record.TraceJson)
                .ToListAsync(token),
            cancellationToken);
        if (traces.Count == 0)
        {
            return [];
        }

        var hits = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var trace in traces)
        {
            using var json = JsonDocument.Parse(trace);
            foreach (var hit in json.RootElement.TryGetProperty("hits", out var list) ? list.EnumerateArray() : default)
            {
                var row = $"{hit.GetProperty("section").GetString()}/{hit.GetProperty("row").GetString()}";
                hits[row] = hits.GetValueOrDefault(row) + 1;
            }
        }

        return RulesetAnalysis.NeverHit(document, hits, string.Create(CultureInfo.InvariantCulture, $"the last {EvidenceDays} days ({traces.Count:#,0})"));
    }
}
