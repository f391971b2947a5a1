using System.Text.Json;
using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tiering;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>Conflicts: finding, opening, proposing how to split, ruling.</summary>
public sealed class ConflictService
{
    private readonly StorageSession storage;
    private readonly DecisionService decisions;
    private readonly ConflictDetector detector;
    private readonly CaseLauncher cases;
    private readonly CaseEvents events;
    private readonly Audit audit;
    private readonly TimeProvider clock;

    /// <summary>Made by dependency injection.</summary>
    /// <param name="storage">The database.</param>
    /// <param name="decisions">Asks rulesets.</param>
    /// <param name="cases">Starts processes.</param>
    /// <param name="events">Tells running processes what happened.</param>
    /// <param name="audit">The audit trail.</param>
    /// <param name="clock">The time.</param>
    public ConflictService(StorageSession storage, DecisionService decisions, CaseLauncher cases, CaseEvents events, Audit audit, TimeProvider clock)
    {
        this.storage = storage;
        this.decisions = decisions;
        this.cases = cases;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
        detector = new ConflictDetector(decisions);
    }

    /// <summary>Looks a conflict up.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="actor">Who looks; an actor of a partner sees conflicts it is a party of, and of them its own side.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The conflict, or null when there is none or the actor may not see it.</returns>
    public Task<ConflictView?> GetAsync(ConflictId id, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) =>
        {
            var found = await db.Set<Conflict>().Include(conflict => conflict.Parties).FirstOrDefaultAsync(conflict => conflict.Id == id, token);
            return found is null ? null : ConflictView.Of(found, await CountAsync(db, id, token), actor);
        },
        cancellationToken);

    /// <summary>Lists conflicts by id.</summary>
    /// <param name="query">Which.</param>
    /// <param name="page">Which page.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page.</returns>
    public Task<Page<ConflictView>> FindAsync(ConflictQuery query, PageRequest page, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) =>
        {
            var conflicts = db.Set<Conflict>().Include(conflict => conflict.Parties).AsQueryable();
            if (query.Status is { } status)
            {
                conflicts = conflicts.Where(conflict => conflict.Status == status);
            }

            if (query.DealId is { } deal)
            {
                conflicts = conflicts.Where(conflict => conflict.DealId == deal);
            }

            var found = await conflicts.PageById(conflict => conflict.Id, page).ToListAsync(token);
            ConflictId[] ids = [.. found.Select(conflict => conflict.Id)];
            var counts = await db.Set<ConflictParty>().IgnoreQueryFilters().Where(party => ids.Contains(party.ConflictId))
                .GroupBy(party => party.ConflictId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, token);
            return found.ToPage(page, conflict => ConflictView.Of(conflict, counts[conflict.Id], actor), view => view.Id.Value);
        },
        cancellationToken);

    /// <summary>Rules on a conflict: fixes who gets which share of the deal. Ruling again the same way changes nothing.</summary>
    /// <param name="id">The conflict.</param>
    /// <param name="ruling">The ruling.</param>
    /// <param name="actor">Who rules; needs the role approver or ops.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The conflict, or why it cannot be ruled so.</returns>
    public Task<Result<ConflictView>> RuleAsync(ConflictId id, ConflictRuling ruling, Actor actor, CancellationToken cancellationToken = default) => storage.WriteAsync<Result<ConflictView>>(
        async (db, token) =>
        {
            var ruled = await RuleAsync(db, id, ruling, actor, token);
            return ruled.TryGet(out var conflict) ? ConflictView.Of(conflict, conflict.Parties.Count, actor) : Result<ConflictView>.Refused(ruled.Refusals);
        },
        cancellationToken);

    /// <summary>Searches for conflicts of a deal, inside a unit of work.</summary>
    internal Task<ConflictFinding> DetectAsync(EcosystemDbContext db, Deal deal, Actor actor, CancellationToken cancellationToken) =>
        detector.DetectAsync(db, deal, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), actor, cancellationToken);

    /// <summary>Opens a conflict about a deal and starts the case that resolves it; again gives the open one.</summary>
    internal async Task<Conflict> OpenAsync(EcosystemDbContext db, Deal deal, ConflictFinding finding, Actor actor, bool startCase, CancellationToken cancellationToken)
    {
        if (deal.ConflictId is { } known)
        {
            return await LoadAsync(db, known, cancellationToken) ?? throw new InvalidOperationException($"Deal {deal.Id} names a conflict {known} that does not exist.");
        }

        var now = clock.GetUtcNow();
        var id = ConflictId.New(now);
        var caseId = new CaseId($"conflict-{id}");
        var conflict = new Conflict
        {
            Id = id,
            DealId = deal.Id,
            Level = finding.Level,
            Score = finding.Score,
            Kind = finding.Kind,
            MatchesJson = JsonSerializer.Serialize(finding.Matches, StoredJson.Options),
            DecisionId = finding.DecisionId,
            CaseId = startCase ? caseId : deal.CaseId,
            OpenedAt = now,
        };
        conflict.Parties.Add(new ConflictParty { ConflictId = id, PartnerId = deal.PartnerId, DealId = deal.Id, SubmittedAt = deal.SubmittedAt });
        var others = finding.Matches.Where(match => match.PartnerId is { } partner && partner != deal.PartnerId)
            .OrderBy(match => match.DealId is null).DistinctBy(match => match.PartnerId).ToList();
        DealId[] dealIds = [.. others.Select(match => match.DealId).OfType<DealId>()];
        var submitted = await db.Set<Deal>().AsNoTracking().Where(other => dealIds.Contains(other.Id)).ToDictionaryAsync(other => other.Id, other => other.SubmittedAt, cancellationToken);
        conflict.Parties.AddRange(others.Select(match => new ConflictParty { ConflictId = id, PartnerId = match.PartnerId!.Value, DealId = match.DealId, SubmittedAt = match.DealId is { } other ? submitted[other] : now }));
        db.Add(conflict);
        deal.ConflictId = id;
        deal.Dispute = DisputeState.Open;
        audit.Add(db, actor, "conflict.opened", id, finding.Reason, new { dealId = deal.Id, finding.Score, finding.Kind, decisionId = finding.DecisionId, parties = conflict.Parties.Count });
        if (startCase)
        {
            var input = new { conflictId = id, dealId = deal.Id, dealCaseId = deal.CaseId, score = finding.Score, kind = finding.Kind };
            await cases.AddAsync(db, "conflict-resolution", id, deal.PartnerId, input, caseId, cancellationToken: cancellationToken);
        }

        return conflict;
    }

    /// <summary>Proposes how to split, inside a unit of work; again gives what was proposed, unless it is told of a partner that the customer chose in writing.</summary>
    internal async Task<Conflict> ProposeAsync(EcosystemDbContext db, ConflictId id, PartnerId? customerChoice, Actor actor, CancellationToken cancellationToken)
    {
        var conflict = await LoadAsync(db, id, cancellationToken) ?? throw new InvalidOperationException($"There is no conflict {id}.");
        if (conflict.SplitDecisionId is not null && (customerChoice is null || conflict.Status != ConflictStatus.Open))
        {
            return conflict;
        }

        if (customerChoice is { } chosen && !conflict.Parties.Exists(party => party.PartnerId == chosen))
        {
            throw new StepInputException($"The input 'customerChoice' names the partner '{chosen}', which is no party of the conflict; name one of {string.Join(", ", conflict.Parties.Select(party => party.PartnerId))}.");
        }

        if (conflict.Parties.Count < 2)
        {
            // Nobody else to share with: the registrant's own earlier deal, or a tender.
            conflict.Leader = conflict.Parties[0].PartnerId;
            return conflict;
        }

        var deal = await db.Set<Deal>().AsNoTracking().FirstAsync(row => row.Id == conflict.DealId, cancellationToken);
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["amount"] = deal.Amount.Amount,
            ["parties"] = await PartiesAsync(db, conflict, deal, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), customerChoice, cancellationToken),
        };
        var decision = decisions.Decide(db, "conflict-split", DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), inputs, conflict.Id, actor);
        SplitProposal[] proposals = [.. decision.Records("proposals").Select(proposal => new SplitProposal(
            (string)proposal["kind"]!,
            (string)proposal["title"]!,
            [.. Decision.ToRecords(proposal["shares"])!.Select(share => new ProposedShare(
                new PartnerId((string)share["partner"]!),
                Enum.Parse<CreditRole>((string)share["role"]!, ignoreCase: true),
                Decision.ToNumber(share["share"])!.Value,
                new Money(Decision.ToNumber(share["amount"])!.Value, deal.Amount.Currency),
                share.TryGetValue("reason", out var reason) ? reason as string : null))]))];
        conflict.ProposalsJson = JsonSerializer.Serialize(proposals, StoredJson.Options);
        conflict.SplitDecisionId = decision.Id;
        conflict.Leader = new PartnerId(decision.Text("leader"));
        conflict.Precedence = decision.Text("precedence");
        audit.Add(db, actor, "conflict.proposed", id, decision.Reason, new { decisionId = decision.Id, leader = conflict.Leader, conflict.Precedence, proposals = proposals.Select(proposal => proposal.Kind) });
        return conflict;
    }

    /// <summary>Rules on a conflict, inside a unit of work.</summary>
    internal async Task<Result<Conflict>> RuleAsync(EcosystemDbContext db, ConflictId id, ConflictRuling ruling, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsSystem && (actor.Partner is not null || !(actor.Has("approver") || actor.Has("ops"))))
        {
            return Refusal.Forbidden("rule on a conflict", "approver");
        }

        if (await LoadAsync(db, id, cancellationToken) is not { } conflict)
        {
            return Refusal.NotFound("conflict", id, "conflictId");
        }

        var chosen = Choose(conflict, ruling);
        if (!chosen.TryGet(out var split))
        {
            return Result<Conflict>.Refused(chosen.Refusals);
        }

        if (conflict.Status == ConflictStatus.Ruled)
        {
            return conflict.Outcome == split.Kind
                ? conflict
                : new Refusal("conflict.ruled", $"The conflict was ruled on already ({conflict.Outcome}); a ruling is changed by a dispute, not by another ruling.");
        }

        if (conflict.Status == ConflictStatus.Dismissed)
        {
            return new Refusal("conflict.dismissed", "The conflict was dismissed; there is nothing to rule on.");
        }

        // A deal that was submitted again may have been ruled on before.
        var deal = (await db.FindAsync<Deal>([conflict.DealId], cancellationToken))!;
        await db.Set<SplitShare>().Where(share => share.DealId == deal.Id).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(split.Shares.Where(share => share.Share > 0m).Select(share => new SplitShare
        {
            DealId = deal.Id,
            PartnerId = share.PartnerId,
            Role = share.Role,
            Share = share.Share,
            ConflictId = id,
        }));
        conflict.Status = ConflictStatus.Ruled;
        conflict.Outcome = split.Kind;
        End(conflict, deal, DisputeState.Ruled, ruling.Reason ?? split.Title, actor);
        var shares = split.Shares.Select(share => new { share.PartnerId, share.Share, share.Role });
        audit.Add(db, actor, "conflict.ruled", id, conflict.ReasonText, new { outcome = split.Kind, shares });
        if (deal.CaseId is { } caseId)
        {
            events.Add(db, caseId, "conflictRuled", new { conflictId = id, outcome = split.Kind, registrantShare = split.Shares.Where(share => share.PartnerId == deal.PartnerId).Sum(share => share.Share) });
        }

        return conflict;
    }

    /// <summary>Closes a conflict that was none, inside a unit of work.</summary>
    internal async Task<Conflict> DismissAsync(EcosystemDbContext db, ConflictId id, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var conflict = await LoadAsync(db, id, cancellationToken) ?? throw new InvalidOperationException($"There is no conflict {id}.");
        if (conflict.Status == ConflictStatus.Open)
        {
            var deal = (await db.FindAsync<Deal>([conflict.DealId], cancellationToken))!;
            conflict.Status = ConflictStatus.Dismissed;
            End(conflict, deal, DisputeState.None, reason, actor);
            audit.Add(db, actor, "conflict.dismissed", id, reason);
            if (deal.CaseId is { } caseId)
            {
                events.Add(db, caseId, "conflictRuled", new { conflictId = id, outcome = "dismissed", registrantShare = 100m });
            }
        }

        return conflict;
    }

    /// <summary>Checks shares that somebody wants to rule: each party at most once, above zero, summing to exactly 100.00.</summary>
    internal static IReadOnlyList<Refusal> CheckShares(IReadOnlyList<ProposedShare> shares, IReadOnlyCollection<PartnerId> parties)
    {
        List<Refusal> refusals = [];
        if (shares.Sum(share => share.Share) is var sum && sum != 100m)
        {
            refusals.Add(new Refusal("conflict.shares-sum", $"The shares sum to {sum} %; they must sum to exactly 100.00 %.", "shares"));
        }

        foreach (var (share, i) in shares.Select((share, i) => (share, i)))
        {
            if (share.Share is <= 0m or > 100m || Math.Round(share.Share, 2) != share.Share)
            {
                refusals.Add(new Refusal("conflict.share-invalid", $"A share of {share.Share} % is not possible; it must be above 0, at most 100, with two decimals.", $"shares[{i}].share"));
            }

            if (!parties.Contains(share.PartnerId))
            {
                refusals.Add(new Refusal("conflict.not-a-party", $"The partner '{share.PartnerId}' is no party of the conflict; name one of {string.Join(", ", parties)}.", $"shares[{i}].partnerId"));
            }
        }

        if (shares.Select(share => share.PartnerId).Distinct().Count() != shares.Count)
        {
            refusals.Add(new Refusal("conflict.partner-twice", "A partner is named twice; give each partner one share.", "shares"));
        }

        return refusals;
    }

    private static Result<SplitProposal> Choose(Conflict conflict, ConflictRuling ruling)
    {
        if (ruling.Shares is { } own)
        {
            var refusals = CheckShares(own, [.. conflict.Parties.Select(party => party.PartnerId)]);
            if (string.IsNullOrWhiteSpace(ruling.Reason))
            {
                refusals = [.. refusals, new Refusal("conflict.reason-missing", "The reason is missing; say why the shares differ from the proposals.", "reason")];
            }

            return refusals.Count == 0 ? new SplitProposal("own", "Ruled otherwise", own) : Result<SplitProposal>.Refused(refusals);
        }

        var proposals = JsonSerializer.Deserialize<SplitProposal[]>(conflict.ProposalsJson, StoredJson.Options) ?? [];
        if (proposals.Length == 0 && conflict.Parties.Count == 1)
        {
            return new SplitProposal("sole", "Nobody else contests the deal", [new ProposedShare(conflict.Parties[0].PartnerId, CreditRole.Sole, 100m)]);
        }

        if (proposals.Length == 0)
        {
            return new Refusal("conflict.not-proposed", "No proposals were computed yet; wait for them, or give shares of your own.");
        }

        var chosen = string.IsNullOrEmpty(ruling.Proposal) ? proposals[0] : Array.Find(proposals, proposal => proposal.Kind == ruling.Proposal);
        return chosen is not null
            ? chosen
            : new Refusal("conflict.proposal-unknown", $"There is no proposal '{ruling.Proposal}'; choose one of {string.Join(", ", proposals.Select(proposal => proposal.Kind))}.", "proposal");
    }

    private static Task<Conflict?> LoadAsync(EcosystemDbContext db, ConflictId id, CancellationToken cancellationToken) =>
        db.Set<Conflict>().AsTracking().Include(conflict => conflict.Parties).FirstOrDefaultAsync(conflict => conflict.Id == id, cancellationToken);

    private static Task<int> CountAsync(EcosystemDbContext db, ConflictId id, CancellationToken cancellationToken) =>
        db.Set<ConflictParty>().IgnoreQueryFilters().CountAsync(party => party.ConflictId == id, cancellationToken);

    private static async Task<List<object?>> PartiesAsync(EcosystemDbContext db, Conflict conflict, Deal contested, DateOnly day, PartnerId? customerChoice, CancellationToken cancellationToken)
    {
        DealId[] dealIds = [.. conflict.Parties.Select(party => party.DealId).OfType<DealId>()];
        var deals = await db.Set<Deal>().AsNoTracking().Where(deal => dealIds.Contains(deal.Id)).ToDictionaryAsync(deal => deal.Id, cancellationToken);
        var touches = await db.Set<Touchpoint>().AsNoTracking().Where(touch => dealIds.Contains(touch.DealId) && !touch.SelfReferral).ToListAsync(cancellationToken);
        var claims = await AccountClaim.OnAsync(db, contested, day, cancellationToken);
        var incumbent = await IncumbentAsync(db, contested, claims, cancellationToken);
        var scores = await ScoresAsync(db, [.. conflict.Parties.Select(party => party.PartnerId)], cancellationToken);
        List<ConflictParty> ordered = [.. conflict.Parties.OrderBy(party => party.SubmittedAt).ThenBy(party => party.DealId is null).ThenBy(party => party.DealId?.Value, StringComparer.Ordinal)];
        return ordered.ConvertAll(object? (party) =>
        {
            var deal = party.DealId is { } id ? deals[id] : null;
            var mine = touches.Where(touch => touch.PartnerId == party.PartnerId).ToLookup(touch => touch.Role);
            decimal Evidence(TouchRole role) => mine[role].Select(touch => touch.Confidence).DefaultIfEmpty(0m).Max();
            return new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["partner"] = party.PartnerId.Value,
                ["registeredOn"] = DateOnly.FromDateTime(party.SubmittedAt.UtcDateTime),
                ["customerChoice"] = party.PartnerId == customerChoice,
                ["protected"] = deal?.State == DealState.Protected,
                ["namedAccount"] = claims.Any(claim => claim.Kind == AccountClaimKind.Named && claim.PartnerId == party.PartnerId),
                ["incumbent"] = party.PartnerId == incumbent,
                ["capability"] = scores.GetValueOrDefault(party.PartnerId),
                // Who registered first found the opportunity, as far as nobody proves otherwise.
                ["sourced"] = Math.Max(Evidence(TouchRole.Sourced), party.PartnerId == ordered[0].PartnerId ? 1m : 0m),
                // A registration that names evidence of work with the customer proves that much by itself.
                ["qualified"] = Math.Max(Evidence(TouchRole.Qualified), deal is null or { EvidenceJson: "[]" } ? 0m : 1m),
                ["technicalWin"] = Evidence(TouchRole.Technical),
                ["commercialClose"] = Evidence(TouchRole.Resell),
                ["implementation"] = Evidence(TouchRole.Implementation),
            };
        });
    }

    /// <summary>Who holds the contract for the products: by the contracts we were told of, else who last won a deal for one of them.</summary>
    private static async Task<PartnerId?> IncumbentAsync(EcosystemDbContext db, Deal contested, IReadOnlyList<AccountClaim> claims, CancellationToken cancellationToken)
    {
        if (claims.Where(claim => claim.Kind == AccountClaimKind.Contract).OrderByDescending(claim => claim.From).FirstOrDefault() is { } contract)
        {
            return contract.PartnerId;
        }

        if (contested.AccountKey is not { } account)
        {
            return null;
        }

        var products = contested.Products;
        await foreach (var won in db.Set<Deal>().AsNoTracking().Where(deal => deal.AccountKey == account && deal.State == DealState.Won)
            .OrderByDescending(deal => deal.ClosedOn).ThenBy(deal => deal.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (ProductScope.Overlap(products, won.Products) > 0m)
            {
                return won.PartnerId;
            }
        }

        return null;
    }

    /// <summary>The capability scores of the partners' last reviews.</summary>
    private static async Task<Dictionary<PartnerId, decimal>> ScoresAsync(EcosystemDbContext db, IReadOnlyList<PartnerId> partners, CancellationToken cancellationToken)
    {
        Dictionary<PartnerId, decimal> scores = [];
        foreach (var partner in partners)
        {
            scores[partner] = (await TieringService.LastReviewAsync(db, partner, cancellationToken))?.Score ?? 0m;
        }

        return scores;
    }

    private void End(Conflict conflict, Deal deal, DisputeState dispute, string reason, Actor actor)
    {
        conflict.ReasonText = reason;
        conflict.EndedAt = clock.GetUtcNow();
        conflict.EndedBy = actor.Id;
        deal.Dispute = dispute;
    }
}
