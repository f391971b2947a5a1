using System.Globalization;
using System.Text.Json;
using Ecosystem.Rules.Rulesets;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Decisions;

/// <summary>
/// Rulesets and their versions for the people who own them: reading, writing drafts, checking, publishing by a second person, retiring.
/// Publishing and coming into force are two things: the first day stands in the text.
/// </summary>
/// <param name="storage">The database.</param>
/// <param name="catalog">The rulesets that decide.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed partial class RulesetService(StorageSession storage, RulesetCatalog catalog, Audit audit, TimeProvider clock)
{
    private const string ShippedBy = "system:shipped";
    private const string StructureRole = "ops";
    private const string ValuesRole = "rule-editor";
    private const int MostTold = 3;

    /// <summary>All rulesets by name.</summary>
    /// <param name="asOf">The day for which the version in force is told; today when null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The rulesets.</returns>
    public async Task<IReadOnlyList<RulesetSummary>> ListAsync(DateOnly? asOf = null, CancellationToken cancellationToken = default)
    {
        var day = asOf ?? Today;
        var open = (await storage.ReadAsync((db, token) => Open(db).ToListAsync(token), cancellationToken)).ToLookup(row => row.Name, StringComparer.Ordinal);
        return
        [
            .. catalog.Library.Names.Union(open.Select(rows => rows.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name =>
            {
                var versions = catalog.Library.Versions(name);
                var now = versions.LastOrDefault(ruleset => ruleset.Document.IsInForce(day))?.Document;
                var next = versions.FirstOrDefault(ruleset => ruleset.Document.EffectiveFrom > day)?.Document;
                var draft = open[name].MaxBy(row => row.ChangedAt);
                var shown = now ?? next ?? (versions.Count > 0 ? versions[^1].Document : null);
                return new RulesetSummary(
                    name, shown?.Title is { Length: > 0 } title ? title : name, shown?.Description, shown?.Owner ?? "", now?.Version, now?.EffectiveFrom, next?.Version, next?.EffectiveFrom, draft?.RulesetVersion, draft?.State);
            }),
        ];
    }

    /// <summary>The version in force on a day, or a version by its number.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="asOf">The day; today when null.</param>
    /// <param name="version">The version; null for the one in force on the day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version, or null when there is none.</returns>
    public Task<RulesetView?> GetAsync(string name, DateOnly? asOf = null, string? version = null, CancellationToken cancellationToken = default) =>
        storage.ReadAsync<RulesetView?>(
            async (db, token) =>
            {
                var number = version ?? catalog.Library.Versions(name).LastOrDefault(ruleset => ruleset.Document.IsInForce(asOf ?? Today))?.Document.Version;
                return number is not null && await FindAsync(db, name, number, token) is { } found ? await ViewAsync(db, found.Version, found.Row?.Version ?? 0, token) : null;
            },
            cancellationToken);

    /// <summary>
    /// Writes a draft: a new version, or a new text of one that is still a draft. People with the role <c>ops</c> may change everything,
    /// with <c>rule-editor</c> values only.
    /// </summary>
    /// <param name="name">The ruleset the text has to be of.</param>
    /// <param name="text">The YAML text; it may still have mistakes, but must name the ruleset and a version.</param>
    /// <param name="why">Why it is changed.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The draft, or why it is refused.</returns>
    public Task<Result<RulesetView>> SaveDraftAsync(string name, string text, string? why, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync(
            async (db, token) =>
            {
                if (!actor.Has(StructureRole) && !actor.Has(ValuesRole))
                {
                    return Refusal.Forbidden("change rulesets", StructureRole);
                }

                var now = clock.GetUtcNow();
                var decision = RulesetLifecycle.Draft(text, actor.Id, now, why ?? "", []);
                if (decision.Version is not { } draft)
                {
                    return Refused(decision, "text");
                }

                if (draft.Name != name)
                {
                    return new Refusal("ruleset.other-name", $"The text is of '{draft.Name}', not of '{name}'; the name of a ruleset is the same in all versions.", "text");
                }

                var row = await db.Set<StoredRuleset>().AsTracking().FirstOrDefaultAsync(stored => stored.Id == StoredRuleset.IdOf(name, draft.Version), token);
                if (row is null && catalog.Find(name, draft.Version) is not null)
                {
                    return new Refusal("ruleset.version-exists", $"Version {draft.Version} of {name} exists already; give the draft a new version.", "text");
                }

                var valuesOnly = !actor.Has(StructureRole);
                decision = row is not null
                    ? RulesetLifecycle.Edit(row.ToVersion(), text, actor.Id, now, why ?? "", valuesOnly)
                    : valuesOnly ? ValuesOnly(decision) : decision;
                if (decision.Version is not { } saved)
                {
                    return Refused(decision, "text");
                }

                return await KeepAsync(db, row, saved, row is null ? "ruleset.drafted" : "ruleset.edited", why, actor, token);
            },
            cancellationToken);

    /// <summary>Begins a draft from the version in force, under the next version number and with a first day after today.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="why">Why the version is needed.</param>
    /// <param name="actor">Who begins it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The draft, or why it is refused.</returns>
    public async Task<Result<RulesetView>> BeginDraftAsync(string name, string? why, Actor actor, CancellationToken cancellationToken = default)
    {
        var published = catalog.Library.Versions(name);
        var from = published.LastOrDefault(ruleset => ruleset.Document.IsInForce(Today)) ?? (published.Count > 0 ? published[^1] : null);
        if (from is null)
        {
            return Refusal.NotFound("ruleset", name);
        }

        var known = await storage.ReadAsync((db, token) => db.Set<StoredRuleset>().Where(row => row.Name == name).Select(row => row.RulesetVersion).ToListAsync(token), cancellationToken);
        var text = RulesetTextEdit.Set(from.Text, "version", Next(from.Document.Version, [.. known, .. published.Select(ruleset => ruleset.Document.Version)]));
        var first = new DateOnly(Today.Year, Today.Month, 1).AddMonths(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        text = from.Text.Contains("\neffective:", StringComparison.Ordinal) ? RulesetTextEdit.Set(text, "effective/from", first) : RulesetTextEdit.Set(text, "effective", $"{{ from: {first} }}");
        return await SaveDraftAsync(name, text, why, actor, cancellationToken);
    }

    /// <summary>Changes one cell of a draft.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="version">The draft.</param>
    /// <param name="path">The cell, such as <c>sections/earned/rows/gold/score</c>; see <see cref="RulesetTextEdit.Set"/>.</param>
    /// <param name="value">What it says from now on.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The draft, or why it is refused.</returns>
    public Task<Result<RulesetView>> SetCellAsync(string name, string version, string path, string? value, Actor actor, CancellationToken cancellationToken = default) =>
        EditAsync(name, version, text => RulesetTextEdit.Set(text, path, value), null, actor, cancellationToken);

    /// <summary>Changes the text of a draft.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="version">The draft.</param>
    /// <param name="change">The change of the text.</param>
    /// <param name="why">What is changed, or why; null to have the differences told in words.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The draft, or why it is refused.</returns>
    public async Task<Result<RulesetView>> EditAsync(string name, string version, Func<string, string> change, string? why, Actor actor, CancellationToken cancellationToken = default)
    {
        if (await GetAsync(name, null, version, cancellationToken) is not { } draft)
        {
            return Refusal.NotFound("ruleset version", $"{name} {version}");
        }

        try
        {
            var text = change(draft.Text);
            return await SaveDraftAsync(name, text, why ?? Told(draft.Text, text), actor, cancellationToken);
        }
        catch (RulesetException failure)
        {
            return Result<RulesetView>.Refused([.. failure.Diagnostics.Select(found => new Refusal("ruleset." + found.Code, found.Message, "path"))]);
        }
    }

    /// <summary>Evaluates the version in force on a day without keeping a decision record: to try something out.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="asOf">The day; today when null.</param>
    /// <param name="version">A version to try instead, in any state.</param>
    /// <param name="inputs">The inputs as a JSON object.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it answers, or which input is missing or does not fit.</returns>
    public async Task<Result<RulesetAnswer>> EvaluateAsync(string name, DateOnly? asOf, string? version, JsonElement inputs, CancellationToken cancellationToken = default)
    {
        if (await GetAsync(name, asOf, version, cancellationToken) is not { } found)
        {
            return Refusal.NotFound("ruleset", version is null ? $"{name} in force on {(asOf ?? Today).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : $"{name} {version}");
        }

        try
        {
            var ruleset = catalog.Find(found.Name, found.Version) ?? Ruleset.Parse(found.Text, name);
            return RulesetCatalog.Answer(ruleset, RulesetInputs.Of(inputs));
        }
        catch (RulesetException failure)
        {
            return Result<RulesetAnswer>.Refused([.. failure.Diagnostics.Select(problem => new Refusal("ruleset." + problem.Code, Sentence(problem), $"inputs.{problem.Path}"))]);
        }
    }

    /// <summary>Compares two versions.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="from">The earlier version; the one in force when null.</param>
    /// <param name="to">The later version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The differences, or why they cannot be told.</returns>
    public async Task<Result<RulesetVersionComparison>> CompareAsync(string name, string? from, string to, CancellationToken cancellationToken = default)
    {
        if (await GetAsync(name, null, from, cancellationToken) is not { } before)
        {
            return Refusal.NotFound("ruleset version", $"{name} {from}", "from");
        }

        if (await GetAsync(name, null, to, cancellationToken) is not { } after)
        {
            return Refusal.NotFound("ruleset version", $"{name} {to}", "to");
        }

        var (old, current) = (Ruleset.TryParse(before.Text, out _), Ruleset.TryParse(after.Text, out var findings));
        return old is null || current is null
            ? Result<RulesetVersionComparison>.Refused([.. findings.Where(Stops).Select(found => new Refusal("ruleset.not-valid", found.Format(null), "to"))])
            : new RulesetVersionComparison(before.Version, after.Version, RulesetComparison.Compare(old.Document, current.Document), RulesetDiff.Unified(before.Text, after.Text, before.Version, after.Version));
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static IQueryable<StoredRuleset> Open(EcosystemDbContext db) =>
        db.Set<StoredRuleset>().Where(row => row.State == RulesetVersionState.Draft || row.State == RulesetVersionState.Reviewed);

    private static bool Stops(RulesetDiagnostic found) => found.Severity == RulesetSeverity.Error;

    /// <summary>What an edit changed, in the words of the comparison.</summary>
    private static string Told(string before, string after)
    {
        if (RulesetDocument.Read(before) is not { } old || RulesetDocument.Read(after) is not { } now)
        {
            return "The text was changed.";
        }

        var changes = RulesetComparison.Compare(old, now);
        return changes.Count switch
        {
            0 => "Nothing of what it says was changed.",
            <= MostTold => string.Join(" ", changes.Select(found => found.Text)),
            _ => string.Create(CultureInfo.InvariantCulture, $"{string.Join(" ", changes.Take(MostTold).Select(found => found.Text))} And {changes.Count - MostTold} more."),
        };
    }

    private static string Sentence(RulesetDiagnostic problem) => problem.Fix is null ? problem.Message + "." : $"{problem.Message}: {problem.Fix}.";

    private static string Next(string version, IReadOnlyCollection<string> known)
    {
        var parts = version.Split('.');
        for (var i = 1; ; i++)
        {
            var next = parts.Length >= 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
                ? string.Create(CultureInfo.InvariantCulture, $"{parts[0]}.{minor + i}.0")
                : string.Create(CultureInfo.InvariantCulture, $"{version}.{i}");
            if (!known.Contains(next))
            {
                return next;
            }
        }
    }

    private static Result<RulesetView> Refused(RulesetVersionDecision decision, string? field) => Result<RulesetView>.Refused(
    [
        new Refusal("ruleset." + decision.Code, decision.Message!, field),
        .. decision.Findings.Select(found => new Refusal("ruleset." + found.Code, found.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"Line {found.Line}: {Sentence(found)}") : Sentence(found), field)),
    ]);

    /// <summary>A new draft of someone who may change values only is held against the version in force.</summary>
    private RulesetVersionDecision ValuesOnly(RulesetVersionDecision draft)
    {
        var before = catalog.Library.Versions(draft.Version!.Name).LastOrDefault(ruleset => ruleset.Document.IsInForce(Today));
        var after = Ruleset.TryParse(draft.Version.Text, out var findings);
        if (before is null || after is null)
        {
            return new RulesetVersionDecision(null, "not-valid", "Only values may be changed, of a ruleset that is in force and without mistakes.", findings);
        }

        return RulesetValueEdit.Check(before, after) is { Count: > 0 } structural
            ? new RulesetVersionDecision(null, "structure-changed", "Only values may be changed.", structural)
            : draft;
    }

    private async Task<(RulesetVersion Version, StoredRuleset? Row)?> FindAsync(EcosystemDbContext db, string name, string version, CancellationToken cancellationToken)
    {
        if (await db.Set<StoredRuleset>().FirstOrDefaultAsync(row => row.Id == StoredRuleset.IdOf(name, version), cancellationToken) is { } row)
        {
            return (row.ToVersion(), row);
        }

        return catalog.Shipped.TryGetValue((name, version), out var shipped)
            ? (new RulesetVersion(name, version, shipped.Text, RulesetVersionState.Published, ShippedBy, []), null)
            : null;
    }

    private async Task<RulesetView> ViewAsync(EcosystemDbContext db, RulesetVersion version, long tag, CancellationToken cancellationToken)
    {
        var rows = await db.Set<StoredRuleset>().AsNoTracking().Where(row => row.Name == version.Name).ToListAsync(cancellationToken);
        var stored = rows.Where(row => row.RulesetVersion != version.Version).Select(row => (Version: row.ToVersion(), At: (DateTimeOffset?)row.ChangedAt)).ToList();
        stored.Add((version, version.Events.Count > 0 ? version.Events[^1].At : null));
        stored.AddRange(catalog.Shipped.Values
            .Where(ruleset => ruleset.Document.Name == version.Name && stored.TrueForAll(known => known.Version.Version != ruleset.Document.Version))
            .Select(ruleset => (new RulesetVersion(version.Name, ruleset.Document.Version, ruleset.Text, RulesetVersionState.Published, ShippedBy, []), (DateTimeOffset?)null)));
        var document = DocumentOf(version);
        return new RulesetView(
            version.Name,
            version.Version,
            document?.Title is { Length: > 0 } title ? title : version.Name,
            version.State,
            document?.EffectiveFrom,
            document?.EffectiveTo,
            version.Text,
            version.Author,
            version.Events,
            tag,
            [.. stored.OrderByDescending(known => known.Version.Version, RulesetVersionOrder.Instance).Select(known =>
            {
                var written = DocumentOf(known.Version);
                return new RulesetVersionSummary(known.Version.Version, known.Version.State, written?.EffectiveFrom, written?.EffectiveTo, known.Version.Author, known.At);
            })]);
    }

    private RulesetDocument? DocumentOf(RulesetVersion version) => (catalog.Find(version.Name, version.Version) ?? Ruleset.TryParse(version.Text, out _))?.Document;

    private async Task<Result<RulesetView>> KeepAsync(
        EcosystemDbContext db, StoredRuleset? row, RulesetVersion version, string action, string? why, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (row is null)
        {
            row = StoredRuleset.From(version, now);
            db.Add(row);
        }
        else
        {
            row.Take(version, now);
        }

        audit.Add(db, actor, action, new Subject("ruleset", version.Name), why, new { version = version.Version, state = version.State });
        await db.SaveChangesAsync(cancellationToken);
        return await ViewAsync(db, version, row.Version, cancellationToken);
    }
}
