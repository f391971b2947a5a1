using System.Text.Json;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners.Matching;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>
/// Finds open deals that may be the same opportunity: looks them up by blocking keys, computes the signals, and lets the ruleset
/// <c>conflict-detection</c> weigh them.
/// </summary>
/// <param name="decisions">Asks rulesets.</param>
internal sealed class ConflictDetector(DecisionService decisions)
{
    /// <summary>Searches, and stores the decision.</summary>
    public async Task<ConflictFinding> DetectAsync(EcosystemDbContext db, Deal deal, DateOnly asOf, Actor actor, CancellationToken cancellationToken)
    {
        var candidates = await CandidatesAsync(db, deal, cancellationToken);
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["partner"] = deal.PartnerId.Value,
            ["publicTender"] = deal.PublicTender,
            ["candidates"] = candidates.Select(object? (candidate) => candidate.Inputs).ToList(),
        };
        // The decision names other partners' deals: only the vendor may see it.
        var decision = decisions.Decide(db, "conflict-detection", asOf, inputs, deal.Id, actor);
        var partners = candidates.ToDictionary(candidate => candidate.Deal.Id, candidate => candidate.Deal.PartnerId);
        ConflictMatch[] matches = [.. decision.Records("matches").Select(row =>
        {
            var id = new DealId((string)row["deal"]!);
            return new ConflictMatch(
                id,
                partners[id],
                Decision.ToNumber(row["score"])!.Value,
                Enum.Parse<ConflictLevel>((string)row["level"]!, ignoreCase: true),
                (string)row["kind"]!,
                row["keys"] is IEnumerable<object?> keys ? [.. keys.OfType<string>()] : []);
        })];
        return new ConflictFinding(
            Enum.Parse<ConflictLevel>(decision.Text("level"), ignoreCase: true),
            decision.Number("score"),
            decision.TextOrNull("against") is { } against ? new DealId(against) : null,
            decision.Text("kind"),
            matches,
            decision.Id,
            decision.Reason);
    }

    /// <summary>Reads a finding back from its stored decision.</summary>
    public static async Task<ConflictFinding> RecallAsync(EcosystemDbContext db, DecisionId id, CancellationToken cancellationToken)
    {
        var record = await db.Set<DecisionRecord>().FindAsync([id], cancellationToken);
        if (record is not { Ruleset: "conflict-detection" })
        {
            throw new StepInputException($"The input 'decisionId' names '{id}', which is no decision of the ruleset conflict-detection.");
        }

        var outputs = JsonElement.Parse(record.OutputsJson);
        List<(DealId Deal, JsonElement Row)> rows = [.. outputs.GetProperty("matches").EnumerateArray().Select(row => (new DealId(row.GetProperty("deal").GetString()!), row))];
        DealId[] ids = [.. rows.Select(row => row.Deal)];
        var partners = await db.Set<Deal>().AsNoTracking().Where(deal => ids.Contains(deal.Id)).ToDictionaryAsync(deal => deal.Id, deal => deal.PartnerId, cancellationToken);
        return new ConflictFinding(
            Enum.Parse<ConflictLevel>(outputs.GetProperty("level").GetString()!, ignoreCase: true),
            outputs.GetProperty("score").GetDecimal(),
            outputs.TryGetProperty("against", out var against) && against.GetString() is { } deal ? new DealId(deal) : null,
            outputs.GetProperty("kind").GetString()!,
            [.. rows.Select(row => new ConflictMatch(
                row.Deal,
                partners[row.Deal],
                row.Row.GetProperty("score").GetDecimal(),
                Enum.Parse<ConflictLevel>(row.Row.GetProperty("level").GetString()!, ignoreCase: true),
                row.Row.GetProperty("kind").GetString()!,
                [.. row.Row.GetProperty("keys").EnumerateArray().Select(key => key.GetString()!)]))],
            id,
            string.Join("; ", JsonElement.Parse(record.TraceJson).GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString())));
    }

    /// <summary>Share of the smaller product set that both have, 0 to 1.</summary>
    internal static decimal ProductOverlap(IReadOnlyCollection<string> one, IReadOnlyCollection<string> other)
    {
        if (one.Count == 0 || other.Count == 0)
        {
            return 0m;
        }

        HashSet<string> keys = [.. one.Select(CompanyName.Key)];
        var common = other.Select(CompanyName.Key).Distinct(StringComparer.Ordinal).Count(keys.Contains);
        return Math.Round((decimal)common / Math.Min(one.Count, other.Count), 4);
    }

    private static async Task<List<Candidate>> CandidatesAsync(EcosystemDbContext db, Deal deal, CancellationToken cancellationToken)
    {
        var identity = deal.Customer();
        var keys = identity.BlockingKeys();
        if (keys.Count == 0)
        {
            return [];
        }

        var ids = db.Set<DealKey>().Where(key => keys.Contains(key.Key) && key.DealId != deal.Id).Select(key => key.DealId);
        var others = await db.Set<Deal>().AsNoTracking().Where(other => ids.Contains(other.Id)).OrderBy(other => other.SubmittedAt).ThenBy(other => other.Id).ToListAsync(cancellationToken);
        var products = Products(deal);
        List<Candidate> candidates = [];
        foreach (var other in others.Where(other => other.State.IsOpen() && !AreTwoOpportunitiesOfOnePartner(deal, other)))
        {
            var overlap = ProductOverlap(products, Products(other));
            var match = CompanyMatch.Of(identity, other.Customer());
            if (overlap > 0m && match.Score > 0m)
            {
                candidates.Add(new Candidate(other, new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["deal"] = other.Id.Value,
                    ["partner"] = other.PartnerId.Value,
                    ["source"] = "registration",
                    ["sameAccount"] = match.SameAccount,
                    ["sameTaxId"] = match.SameTaxId,
                    ["sameDomain"] = match.SameDomain,
                    ["nameSimilarity"] = match.NameSimilarity,
                    ["sameCity"] = match.SameCity,
                    ["sameContact"] = match.SameContact,
                    ["parentChild"] = match.ParentChild,
                    ["productOverlap"] = overlap,
                    ["territoryOverlap"] = TerritoryOverlap(deal.Territory, other.Territory),
                    ["timeOverlap"] = 1m,
                }));
            }
        }

        return candidates;
    }

    // A partner that gives its own numbers to opportunities says by that that they are two.
    private static bool AreTwoOpportunitiesOfOnePartner(Deal one, Deal other) =>
        one.PartnerId == other.PartnerId && one.OpportunityKey is not null && other.OpportunityKey is not null && one.OpportunityKey != other.OpportunityKey;

    private static decimal TerritoryOverlap(string? one, string? other) =>
        one is null || other is null || string.Equals(one, other, StringComparison.OrdinalIgnoreCase) ? 1m : 0m;

    private static string[] Products(Deal deal) => JsonSerializer.Deserialize<string[]>(deal.ProductsJson, StoredJson.Options) ?? [];

    private sealed record Candidate(Deal Deal, Dictionary<string, object?> Inputs);
}
