using System.Text.Json;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners.Matching;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>
/// Finds open deals that may be the same opportunity, and what others hold of its customer without a deal: looks them up by blocking keys
/// and account, computes the signals, and lets the ruleset <c>conflict-detection</c> weigh them.
/// </summary>
/// <param name="decisions">Asks rulesets.</param>
internal sealed class ConflictDetector(DecisionService decisions)
{
    /// <summary>Searches, and stores the decision.</summary>
    public async Task<ConflictFinding> DetectAsync(EcosystemDbContext db, Deal deal, DateOnly asOf, Actor actor, CancellationToken cancellationToken)
    {
        List<Candidate> candidates = [.. await DealsAsync(db, deal, cancellationToken), .. await ClaimsAsync(db, deal, asOf, cancellationToken)];
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["partner"] = deal.PartnerId.Value,
            ["publicTender"] = deal.PublicTender,
            ["candidates"] = candidates.Select(object? (candidate) => candidate.Inputs).ToList(),
        };
        // The decision names other partners' deals: only the vendor may see it.
        var decision = decisions.Decide(db, "conflict-detection", asOf, inputs, deal.Id, actor);
        var byId = candidates.ToDictionary(candidate => (string)candidate.Inputs["deal"]!, StringComparer.Ordinal);
        ConflictMatch[] matches = [.. decision.Records("matches").Select(row =>
        {
            var candidate = byId[(string)row["deal"]!];
            return new ConflictMatch(
                candidate.DealId,
                candidate.PartnerId,
                Decision.ToNumber(row["score"])!.Value,
                Enum.Parse<ConflictLevel>((string)row["level"]!, ignoreCase: true),
                (string)row["kind"]!,
                row["keys"] is IEnumerable<object?> keys ? [.. keys.OfType<string>()] : []);
        })];
        return new ConflictFinding(
            Enum.Parse<ConflictLevel>(decision.Text("level"), ignoreCase: true),
            decision.Number("score"),
            decision.TextOrNull("against") is { } against ? byId.GetValueOrDefault(against)?.DealId : null,
            decision.Text("kind"),
            matches,
            decision.Id,
            decision.Reason);
    }

    /// <summary>Reads a finding back from its stored decision.</summary>
    public static async Task<ConflictFinding> RecallAsync(EcosystemDbContext db, DecisionId id, CancellationToken cancellationToken)
    {
        var record = await db.FindAsync<DecisionRecord>([id], cancellationToken);
        if (record is not { Ruleset: "conflict-detection" })
        {
            throw new StepInputException($"The input 'decisionId' names '{id}', which is no decision of the ruleset conflict-detection.");
        }

        var outputs = JsonElement.Parse(record.OutputsJson);
        List<JsonElement> rows = [.. outputs.GetProperty("matches").EnumerateArray()];
        DealId[] ids = [.. rows.Select(row => row.GetProperty("deal").GetString()).Where(EntityId.IsValid).Select(id => new DealId(id!))];
        var deals = await db.Set<Deal>().AsNoTracking().Where(deal => ids.Contains(deal.Id)).Select(deal => new { deal.Id, deal.PartnerId }).ToDictionaryAsync(deal => deal.Id.Value, StringComparer.Ordinal, cancellationToken);
        return new ConflictFinding(
            Enum.Parse<ConflictLevel>(outputs.GetProperty("level").GetString()!, ignoreCase: true),
            outputs.GetProperty("score").GetDecimal(),
            TextOf(outputs, "against") is { } against ? deals.GetValueOrDefault(against)?.Id : null,
            outputs.GetProperty("kind").GetString()!,
            [.. rows.Select(row =>
            {
                var deal = deals.GetValueOrDefault(row.GetProperty("deal").GetString()!);
                return new ConflictMatch(
                    deal?.Id,
                    deal?.PartnerId ?? (TextOf(row, "partner") is { } holder ? new PartnerId(holder) : null),
                    row.GetProperty("score").GetDecimal(),
                    Enum.Parse<ConflictLevel>(row.GetProperty("level").GetString()!, ignoreCase: true),
                    row.GetProperty("kind").GetString()!,
                    [.. row.GetProperty("keys").EnumerateArray().Select(key => key.GetString()!)]);
            })],
            id,
            string.Join("; ", JsonElement.Parse(record.TraceJson).GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString())));
    }

    private static string? TextOf(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static async Task<List<Candidate>> DealsAsync(EcosystemDbContext db, Deal deal, CancellationToken cancellationToken)
    {
        var identity = deal.Customer();
        var keys = identity.BlockingKeys();
        if (keys.Count == 0)
        {
            return [];
        }

        var ids = db.Set<DealKey>().Where(key => keys.Contains(key.Key) && key.DealId != deal.Id).Select(key => key.DealId);
        var others = await db.Set<Deal>().AsNoTracking().Where(other => ids.Contains(other.Id)).OrderBy(other => other.SubmittedAt).ThenBy(other => other.Id).ToListAsync(cancellationToken);
        var products = deal.Products;
        List<Candidate> candidates = [];
        foreach (var other in others.Where(other => other.State.IsOpen() && !AreTwoOpportunitiesOfOnePartner(deal, other)))
        {
            var overlap = ProductScope.Overlap(products, other.Products);
            var match = CompanyMatch.Of(identity, other.Customer());
            if (overlap > 0m && match.Score > 0m)
            {
                candidates.Add(new Candidate(other.Id, other.PartnerId, new Dictionary<string, object?>(StringComparer.Ordinal)
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

    private static async Task<IEnumerable<Candidate>> ClaimsAsync(EcosystemDbContext db, Deal deal, DateOnly asOf, CancellationToken cancellationToken)
    {
        var claims = await AccountClaim.OnAsync(db, deal, asOf, cancellationToken);
        return claims.Where(claim => claim.PartnerId != deal.PartnerId && (claim.Kind != AccountClaimKind.Contract || claim.IsUpForRenewal(asOf)))
            .Select(claim => new Candidate(null, claim.PartnerId, new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["deal"] = claim.Id,
                ["partner"] = claim.PartnerId?.Value,
                ["source"] = claim.Kind switch
                {
                    AccountClaimKind.Named => "named-account",
                    AccountClaimKind.Contract => "renewal",
                    _ => claim.PartnerId is null ? "direct-opportunity" : "registration",
                },
                ["sameAccount"] = true,
                ["nameSimilarity"] = 1m,
                ["productOverlap"] = claim.Overlap(deal.Products),
                ["territoryOverlap"] = 1m,
                ["timeOverlap"] = 1m,
            }));
    }

    // A partner that gives its own numbers to opportunities says by that that they are two.
    private static bool AreTwoOpportunitiesOfOnePartner(Deal one, Deal other) =>
        one.PartnerId == other.PartnerId && one.OpportunityKey is not null && other.OpportunityKey is not null && one.OpportunityKey != other.OpportunityKey;

    private static decimal TerritoryOverlap(string? one, string? other) =>
        one is null || other is null || string.Equals(one, other, StringComparison.OrdinalIgnoreCase) ? 1m : 0m;

    private sealed record Candidate(DealId? DealId, PartnerId? PartnerId, Dictionary<string, object?> Inputs);
}
