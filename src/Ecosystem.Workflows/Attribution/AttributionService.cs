using Ecosystem.Workflows.Attribution.Models;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Attribution;

/// <summary>Who earned a deal: what is paid (the ruleset <c>attribution-split</c>) and what other models say.</summary>
/// <param name="storage">The database.</param>
/// <param name="decisions">Asks rulesets.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed class AttributionService(StorageSession storage, DecisionService decisions, Audit audit, TimeProvider clock)
{
    /// <summary>Days back from the present in which closed deals count for Shapley and Markov.</summary>
    public const int JourneyDays = 365;

    /// <summary>The credits of a won deal.</summary>
    /// <param name="deal">The deal.</param>
    /// <param name="actor">Who looks; an actor of a partner sees that partner's only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The credits by partner id; none before the deal is won.</returns>
    public Task<IReadOnlyList<DealCredit>> CreditsAsync(DealId deal, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<DealCredit>>(
        actor,
        async (db, token) => await db.Set<DealCredit>().Where(credit => credit.DealId == deal).OrderBy(credit => credit.PartnerId).ToListAsync(token),
        cancellationToken);

    /// <summary>Divides a deal by a model.</summary>
    /// <param name="deal">The deal.</param>
    /// <param name="model">The model.</param>
    /// <param name="actor">Who asks; an actor of a partner sees its own share only.</param>
    /// <param name="options">What the path models need to know besides the touches.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The shares, or why there are none.</returns>
    public Task<Result<AttributionView>> ExplainAsync(DealId deal, AttributionModel model, Actor actor, PathOptions? options = null, CancellationToken cancellationToken = default) =>
        storage.ReadAsync<Result<AttributionView>>(
            async (db, token) =>
            {
                if (await db.Set<Deal>().FirstOrDefaultAsync(row => row.Id == deal, token) is not { } found)
                {
                    return Refusal.NotFound("deal", deal, "id");
                }

                var touches = await TouchesAsync(db, deal, token);
                if (!actor.MaySee(found.PartnerId) && !touches.Any(touch => actor.MaySee(touch.PartnerId)))
                {
                    return Refusal.NotFound("deal", deal, "id");
                }

                var amount = new Money(found.WonAmount ?? found.Amount.Amount, found.Amount.Currency);
                var view = model == AttributionModel.Rules
                    ? await ByRulesAsync(db, found, amount, token)
                    : await ByModelAsync(db, found, amount, model, touches, options, token);
                return actor.Partner is null || view.Shares.All(share => actor.MaySee(share.PartnerId))
                    ? view
                    : view with { Shares = [.. view.Shares.Where(share => actor.MaySee(share.PartnerId))], DecisionId = null };
            },
            cancellationToken);

    /// <summary>Credits a won deal, once: asks the ruleset and stores what it says. Again gives the stored credits.</summary>
    internal async Task<IReadOnlyList<DealCredit>> CreditAsync(EcosystemDbContext db, Deal deal, Actor actor, CancellationToken cancellationToken)
    {
        var existing = await db.Set<DealCredit>().Where(credit => credit.DealId == deal.Id).ToListAsync(cancellationToken);
        if (existing.Count > 0)
        {
            return existing;
        }

        if (deal is not { State: DealState.Won, ClosedOn: { } closedOn, WonAmount: { } won })
        {
            throw new InvalidOperationException($"Deal {deal.Id} is {deal.State}; only a won deal is credited.");
        }

        var ruled = await db.Set<SplitShare>().Where(share => share.DealId == deal.Id).OrderBy(share => share.PartnerId).ToListAsync(cancellationToken);
        var touches = await TouchesAsync(db, deal.Id, cancellationToken);
        var inputs = Inputs(deal, won, closedOn, touches, ruled);

        // The record names everybody who is considered; a partner may read it only where that is nobody else.
        var alone = touches.All(touch => touch.PartnerId == deal.PartnerId) && ruled.TrueForAll(split => split.PartnerId == deal.PartnerId);
        var decision = decisions.Decide(db, "attribution-split", closedOn, inputs, deal.Id, actor, alone ? deal.PartnerId : null);
        var basis = decision.Text("basis");
        var now = clock.GetUtcNow();
        var rows = decision.Records("credits");
        List<DealCredit> credits = [];
        foreach (var row in rows)
        {
            var partner = new PartnerId((string)row["partner"]!);
            var share = Decision.ToNumber(row["share"])!.Value;
            if (share > 0m)
            {
                credits.Add(new DealCredit
                {
                    DealId = deal.Id,
                    PartnerId = partner,
                    Role = ruled.FirstOrDefault(split => split.PartnerId == partner)?.Role ?? (share == 100m ? CreditRole.Sole : CreditRole.Contributor),
                    Share = share,
                    Amount = new Money(Decision.ToNumber(row["amount"])!.Value, deal.Amount.Currency),
                    Basis = basis,
                    DecisionId = decision.Id,
                    At = now,
                });
            }
        }

        // The ruleset is business's to edit; that the parts make the whole is ours to guarantee.
        if (credits.Sum(credit => credit.Amount.Amount) != won || credits.Sum(credit => credit.Share) != 100m)
        {
            throw new InvalidOperationException(
                $"The ruleset 'attribution-split' version {decision.Answer.Version} divided {won} into parts of {credits.Sum(credit => credit.Amount.Amount)} and {credits.Sum(credit => credit.Share)} %.");
        }

        db.AddRange(credits);
        audit.Add(db, actor, "deal.credited", deal.Id, decision.Reason, new { basis, decisionId = decision.Id, credits = credits.Select(credit => new { credit.PartnerId, credit.Share, amount = credit.Amount.Amount }) });
        return credits;
    }

    private static Dictionary<string, object?> Inputs(Deal deal, decimal amount, DateOnly closedOn, IReadOnlyList<Touchpoint> touches, IReadOnlyList<SplitShare> ruled) => new(StringComparer.Ordinal)
    {
        ["amount"] = amount,
        ["registrant"] = deal.PartnerId.Value,
        ["closedOn"] = closedOn,
        ["touches"] = touches.Select(object? (touch) => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = touch.Id.Value,
            ["partner"] = touch.PartnerId.Value,
            ["role"] = touch.Role.ToString().ToLowerInvariant(),
            ["occurredOn"] = touch.OccurredOn,
            ["confidence"] = touch.Confidence,
            ["selfReferral"] = touch.SelfReferral,
        }).ToList(),
        ["ruling"] = ruled.Select(object? (share) => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["partner"] = share.PartnerId.Value,
            ["share"] = share.Share,
        }).ToList(),
    };

    private static Task<List<Touchpoint>> TouchesAsync(EcosystemDbContext db, DealId deal, CancellationToken cancellationToken) =>
        db.Set<Touchpoint>().AsNoTracking().Where(touch => touch.DealId == deal).OrderBy(touch => touch.OccurredOn).ThenBy(touch => touch.Id).ToListAsync(cancellationToken);

    private static async Task<AttributionView> ByRulesAsync(EcosystemDbContext db, Deal deal, Money amount, CancellationToken cancellationToken)
    {
        var credits = await db.Set<DealCredit>().Where(credit => credit.DealId == deal.Id).ToListAsync(cancellationToken);
        return new AttributionView(
            deal.Id,
            AttributionModel.Rules,
            amount,
            [.. credits.OrderByDescending(credit => credit.Share).ThenBy(credit => credit.PartnerId.Value, StringComparer.Ordinal).Select(credit => new AttributionShare(credit.PartnerId, credit.Share, null, credit.Amount))],
            credits.Count == 0 ? null : credits[0].DecisionId,
            credits.Count == 0 ? "The deal is not won yet; the ruleset 'attribution-split' is asked on the win." : $"The ruleset 'attribution-split' rested on: {credits[0].Basis}.");
    }

    private async Task<AttributionView> ByModelAsync(
        EcosystemDbContext db, Deal deal, Money amount, AttributionModel model, IReadOnlyList<Touchpoint> touches, PathOptions? options, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var closed = deal.ClosedOn ?? today;
        PathTouch[] path = [.. touches.Where(touch => !touch.SelfReferral && touch.OccurredOn <= closed)
            .Select(touch => new PathTouch(touch.PartnerId.Value, closed.DayNumber - touch.OccurredOn.DayNumber, touch.Confidence))];
        IReadOnlyList<(string Channel, Fraction Share)> shares;
        string basis;
        if (model is AttributionModel.Shapley or AttributionModel.Markov)
        {
            var journeys = await JourneysAsync(db, today.AddDays(-JourneyDays), cancellationToken);
            HashSet<string> members = [.. path.Select(touch => touch.Channel)];
            var values = model == AttributionModel.Shapley ? ShapleyModel.Values(journeys) : Effects(journeys);
            // Over all deals the model says what each partner's presence is worth; this deal is divided in that proportion among those who were present.
            (string Channel, Fraction Share)[] present = [.. values.Where(value => members.Contains(value.Channel))];
            var normalised = PathModels.Normalised([.. present.Select(value => value.Share)]);
            shares = normalised.Count == 0
                ? PathModels.ByChannel(path, PathModels.Shares(AttributionModel.Linear, path))
                : [.. present.Select((value, i) => (value.Channel, normalised[i])).Where(value => !value.Item2.IsZero)];
            basis = $"{journeys.Count} different paths of deals closed in the last {JourneyDays} days; divided among the partners with touches on this deal.";
        }
        else
        {
            shares = PathModels.ByChannel(path, PathModels.Shares(model, path, options));
            basis = $"{path.Length} touches until {closed:yyyy-MM-dd}.";
        }

        return shares.Count == 0
            ? new AttributionView(deal.Id, model, amount, [], null, "No touchpoint counts.")
            : new AttributionView(deal.Id, model, amount, ToShares(amount, shares), null, basis);
    }

    private static IReadOnlyList<AttributionShare> ToShares(Money amount, IReadOnlyList<(string Channel, Fraction Share)> shares)
    {
        Fraction[] fractions = [.. shares.Select(share => share.Share)];
        var parts = PathModels.Divide(amount, fractions);
        var percents = PathModels.Divide(new Money(100m, Currency.Eur), fractions);
        return [.. shares
            .Select((share, i) => new AttributionShare(new PartnerId(share.Channel), percents[i].Amount, share.Share.ToString(), parts[i]))
            .OrderByDescending(share => share.Share).ThenBy(share => share.PartnerId.Value, StringComparer.Ordinal)];
    }

    private static IReadOnlyList<(string Channel, Fraction Value)> Effects(IReadOnlyList<Journey> journeys)
    {
        if (journeys.Count == 0)
        {
            return [];
        }

        var model = new MarkovModel(journeys);
        return [.. model.Channels.Zip(model.RemovalEffects())];
    }

    private static async Task<IReadOnlyList<Journey>> JourneysAsync(EcosystemDbContext db, DateOnly since, CancellationToken cancellationToken)
    {
        var rows = await (
            from deal in db.Set<Deal>()
            where (deal.State == DealState.Won || deal.State == DealState.Lost) && deal.ClosedOn >= since
            join touch in db.Set<Touchpoint>() on deal.Id equals touch.DealId
            where !touch.SelfReferral && touch.OccurredOn <= deal.ClosedOn
            orderby touch.DealId, touch.OccurredOn, touch.Id
            select new { touch.DealId, touch.PartnerId, deal.State }).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => row.DealId)
            .Select(group => (Path: group.Select(row => row.PartnerId.Value).ToArray(), Won: group.First().State == DealState.Won))
            .GroupBy(journey => string.Join('\n', journey.Path), StringComparer.Ordinal)
            .Select(group => new Journey(group.First().Path, group.Count(journey => journey.Won), group.Count(journey => !journey.Won)))];
    }
}
