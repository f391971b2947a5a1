using System.Text.Json;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Partners.Matching;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Deals;

/// <summary>Deal registrations: taking them in, moving them, looking them up.</summary>
/// <param name="storage">The database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="cases">Starts processes.</param>
/// <param name="events">Tells running processes what happened.</param>
/// <param name="policy">The terms of protection.</param>
/// <param name="clock">The time.</param>
public sealed class DealService(StorageSession storage, Audit audit, CaseLauncher cases, CaseEvents events, ProtectionPolicy policy, TimeProvider clock)
{
    private static readonly DealRegistrationValidator Rules = new();

    /// <summary>
    /// Takes in a registration and starts its case. With an id given and known, nothing happens and the answer is the one given the first time.
    /// </summary>
    /// <param name="registration">The registration.</param>
    /// <param name="actor">Who registers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deal and its case, or why the registration cannot be taken in.</returns>
    public Task<Result<DealRegistered>> RegisterAsync(DealRegistration registration, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync((db, token) => RegisterAsync(db, registration, actor, token), cancellationToken);

    /// <summary>Asks for a longer protection. The case puts the wish to who may grant it.</summary>
    /// <param name="id">The deal.</param>
    /// <param name="days">How many days, or null for the programme's usual number.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deal, or why it cannot be asked.</returns>
    public Task<Result<DealView>> RequestExtensionAsync(DealId id, int? days, string? reason, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync((db, token) => RequestExtensionAsync(db, id, days, reason, actor, token), cancellationToken);

    /// <summary>Takes a deal back. Its case ends.</summary>
    /// <param name="id">The deal.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="actor">Who takes it back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deal, or why it cannot be taken back.</returns>
    public Task<Result<DealView>> WithdrawAsync(DealId id, string? reason, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, DealAction.Withdraw, reason, actor, null, null, "withdrawn", deal => new { dealId = deal.Id, reason }, cancellationToken);

    /// <summary>Takes the protection of a deal back, for the vendor: because the customer chose somebody else in writing, or the registration was not true. Its case ends.</summary>
    /// <param name="id">The deal.</param>
    /// <param name="reason">Why, in words that the partner reads.</param>
    /// <param name="actor">Who takes it back; needs the role approver or ops.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deal, or why its protection cannot be taken back.</returns>
    public async Task<Result<DealView>> RevokeAsync(DealId id, string? reason, Actor actor, CancellationToken cancellationToken = default) =>
        actor.IsSystem || (actor.Partner is null && (actor.Has("approver") || actor.Has("ops")))
            ? await ChangeAsync(id, DealAction.Revoke, reason, actor, null, null, "withdrawn", deal => new { dealId = deal.Id, reason, revoked = true }, cancellationToken)
            : Refusal.Forbidden("take a protection back", "approver");

    /// <summary>Submits a rejected deal again. A new case checks it as if it were new: who was first is who was first complete.</summary>
    /// <param name="id">The deal.</param>
    /// <param name="reason">What is different now, in words; added to the evidence.</param>
    /// <param name="actor">Who submits it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deal and its new case, or why it cannot be submitted again.</returns>
    public Task<Result<DealRegistered>> ResubmitAsync(DealId id, string? reason, Actor actor, CancellationToken cancellationToken = default) => storage.WriteAsync<Result<DealRegistered>>(
        async (db, token) =>
        {
            if (!(await FindAsync(db, id, actor, token)).TryGet(out var deal))
            {
                return Refusal.NotFound("deal", id, "dealId");
            }

            if (await RefuseInactiveAsync(db, deal.PartnerId, token) is { } inactive)
            {
                return inactive;
            }

            var applied = await ApplyAsync(db, deal, new DealCommand(DealAction.Resubmit, clock.GetUtcNow(), Trimmed(reason)), actor, cancellationToken: token);
            if (!applied.IsSuccess)
            {
                return applied.Refusal!;
            }

            if (Trimmed(reason) is { } news)
            {
                AddEvidence(deal, news);
            }

            deal.SubmittedAt = clock.GetUtcNow();
            deal.RejectCode = null;
            deal.ConflictId = null;
            deal.Dispute = DisputeState.None;
            deal.CaseId = new CaseId($"deal-{id}-{deal.Resubmissions + 1}");
            await StartCaseAsync(db, deal, token);
            return new DealRegistered(id, deal.CaseId.Value);
        },
        cancellationToken);

    /// <summary>Answers the question that was asked about a deal.</summary>
    /// <param name="id">The deal.</param>
    /// <param name="answer">The answer, in words; added to the evidence.</param>
    /// <param name="actor">Who answers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deal, or why it cannot be answered.</returns>
    public Task<Result<DealView>> SupplyInfoAsync(DealId id, string answer, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            id,
            DealAction.SupplyInfo,
            null,
            actor,
            null,
            deal => AddEvidence(deal, answer),
            "infoSupplied",
            deal => new { dealId = deal.Id },
            cancellationToken);

    /// <summary>Closes a deal as won or lost. Its case goes on to credit the partners. Closing it again the same way changes nothing.</summary>
    /// <param name="id">The deal.</param>
    /// <param name="close">How.</param>
    /// <param name="actor">Who closes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deal, or why it cannot be closed.</returns>
    public Task<Result<DealView>> CloseAsync(DealId id, DealClose close, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync((db, token) => CloseAsync(db, id, close, actor, token), cancellationToken);

    /// <summary>Looks a deal up.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deal, or null when there is none or the actor may not see it.</returns>
    public Task<DealView?> GetAsync(DealId id, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) => await db.Set<Deal>().FirstOrDefaultAsync(deal => deal.Id == id, token) is { } found ? DealView.Of(found) : null,
        cancellationToken);

    /// <summary>Lists deals by id.</summary>
    /// <param name="query">Which.</param>
    /// <param name="page">Which page.</param>
    /// <param name="actor">Who looks; an actor of a partner sees that partner's only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page.</returns>
    public Task<Page<DealView>> FindAsync(DealQuery query, PageRequest page, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) =>
        {
            var deals = db.Set<Deal>().AsQueryable();
            if (query.PartnerId is { } partner)
            {
                deals = deals.Where(deal => deal.PartnerId == partner);
            }

            if (query.State is { } state)
            {
                deals = deals.Where(deal => deal.State == state);
            }

            if (!string.IsNullOrWhiteSpace(query.Text))
            {
                deals = deals.WhereContains(db, deal => deal.CustomerName, query.Text);
            }

            return (await deals.PageById(deal => deal.Id, page).ToListAsync(token)).ToPage(page, DealView.Of, view => view.Id.Value);
        },
        cancellationToken);

    /// <summary>The edges a deal went, oldest first.</summary>
    /// <param name="id">The deal.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The edges; none when the actor may not see the deal.</returns>
    public Task<IReadOnlyList<DealHistoryEntry>> HistoryAsync(DealId id, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<DealHistoryEntry>>(
        actor,
        async (db, token) => await db.Set<DealHistoryEntry>().Where(entry => entry.DealId == id).OrderBy(entry => entry.Sequence).ToListAsync(token),
        cancellationToken);

    /// <summary>Protected deals whose protection has ended, for the sweep that expires what no running case does.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Their ids, the longest ended first.</returns>
    public Task<IReadOnlyList<DealId>> OverdueAsync(int limit, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<DealId>>(
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            return await db.Set<Deal>().Where(deal => deal.State == DealState.Protected && deal.ProtectedUntil < now)
                .OrderBy(deal => deal.ProtectedUntil).Take(limit).Select(deal => deal.Id).ToListAsync(token);
        },
        cancellationToken);

    /// <summary>Expires a deal whose protection has ended.</summary>
    /// <param name="id">The deal.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deal, or why it cannot expire.</returns>
    public Task<Result<DealView>> ExpireAsync(DealId id, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, DealAction.Expire, null, actor, null, null, "expired", deal => new { dealId = deal.Id }, cancellationToken);

    /// <summary>Asks for a longer protection inside a unit of work.</summary>
    internal Task<Result<DealView>> RequestExtensionAsync(EcosystemDbContext db, DealId id, int? days, string? reason, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(db, id, DealAction.RequestExtension, reason, actor, command => command with { Days = days }, deal => deal.ExtensionDays = days, "extensionRequested", deal => new { dealId = deal.Id, days, reason }, cancellationToken);

    /// <summary>Closes a deal inside a unit of work and tells its case.</summary>
    internal async Task<Result<DealView>> CloseAsync(EcosystemDbContext db, DealId id, DealClose close, Actor actor, CancellationToken cancellationToken)
    {
        var found = await FindAsync(db, id, actor, cancellationToken);
        if (!found.TryGet(out var deal))
        {
            return found.Refusal!;
        }

        if (IsClosedAs(deal, close))
        {
            return DealView.Of(deal);
        }

        var closed = await CloseAsync(db, deal, close, actor, cancellationToken);
        if (!closed.IsSuccess)
        {
            return closed.Refusal!;
        }

        if (deal.CaseId is { } caseId)
        {
            events.Add(db, caseId, "closed", new
            {
                dealId = id,
                result = close.Result == DealResult.Won ? "won" : "lost",
                amount = close.Amount?.Amount,
                currency = deal.Amount.Currency.Code,
                closedOn = close.ClosedOn,
            });
        }

        return DealView.Of(deal);
    }

    /// <summary>Registers inside a unit of work.</summary>
    internal async Task<Result<DealRegistered>> RegisterAsync(EcosystemDbContext db, DealRegistration registration, Actor actor, CancellationToken cancellationToken)
    {
        if (registration.Id is { } known
            && await db.Set<Deal>().AsNoTracking().Where(deal => deal.Id == known).Select(deal => new { deal.CaseId, deal.PartnerId }).FirstOrDefaultAsync(cancellationToken) is { } existing)
        {
            return actor.MaySee(existing.PartnerId)
                ? new DealRegistered(known, existing.CaseId!.Value)
                : new Refusal("deal.id-taken", $"The id '{known}' is taken; leave it out to get a new one.", "id");
        }

        var refusals = Rules.Check(registration);
        if (registration.Customer is null && actor.Source != ActorSource.Import)
        {
            refusals = [.. refusals, new Refusal("deal.customer-missing", "The customer is missing; give its registered name, domain and country.", "customer")];
        }

        if (refusals.Count > 0)
        {
            return Result<DealRegistered>.Refused(refusals);
        }

        if (!actor.MaySee(registration.PartnerId))
        {
            return Refusal.NotFound("partner", registration.PartnerId, "partnerId");
        }

        if (await RefuseInactiveAsync(db, registration.PartnerId, cancellationToken) is { } inactive)
        {
            return inactive;
        }

        var now = clock.GetUtcNow();
        var id = registration.Id ?? DealId.New(now);
        var caseId = new CaseId($"deal-{id}");
        var customer = await CustomerAccounts.RecognizeAsync(db, registration.Customer ?? new CustomerDetails(), cancellationToken);
        var deal = new Deal
        {
            Id = id,
            PartnerId = registration.PartnerId,
            SellerId = registration.SellerId,
            CustomerName = customer.LegalName?.Trim() ?? "",
            CustomerDomain = RegistrableDomain.Of(customer.Domain),
            CustomerCountry = Trimmed(customer.Country)?.ToUpperInvariant(),
            CustomerCity = Trimmed(customer.City),
            CustomerPostcode = Trimmed(customer.Postcode),
            CustomerTaxId = Trimmed(customer.TaxId),
            AccountKey = Trimmed(customer.AccountKey),
            CustomerParent = Trimmed(customer.Parent),
            CustomerContact = Trimmed(customer.ContactEmail)?.ToLowerInvariant(),
            OpportunityKey = Trimmed(registration.OpportunityKey),
            Territory = Trimmed(registration.Territory),
            ProductsJson = JsonSerializer.Serialize(registration.Products.Select(product => product.Trim()).Distinct(StringComparer.Ordinal), StoredJson.Options),
            ProductSeries = Trimmed(registration.ProductSeries),
            Amount = registration.Amount,
            ExpectedClose = registration.ExpectedClose,
            EvidenceJson = JsonSerializer.Serialize(registration.Evidence, StoredJson.Options),
            PublicTender = registration.PublicTender,
            State = DealState.Draft,
            CaseId = caseId,
            SubmittedAt = now,
            LastActivityOn = registration.Evidence.Count > 0 ? DateOnly.FromDateTime(now.UtcDateTime) : null,
        };
        db.Add(deal);
        db.AddRange(deal.Customer().BlockingKeys().Select(key => new DealKey { Key = key, DealId = id }));
        _ = (await ApplyAsync(db, deal, new DealCommand(DealAction.Submit, now), actor, cancellationToken: cancellationToken)).Value;
        await StartCaseAsync(db, deal, cancellationToken);
        return new DealRegistered(id, caseId);
    }

    /// <summary>Loads a deal for changing.</summary>
    internal static async Task<Result<Deal>> FindAsync(EcosystemDbContext db, DealId id, Actor actor, CancellationToken cancellationToken) =>
        await db.FindAsync<Deal>([id], cancellationToken) is { } deal && actor.MaySee(deal.PartnerId) ? deal : Refusal.NotFound("deal", id, "dealId");

    /// <summary>Closes a deal inside a unit of work.</summary>
    internal async Task<Result<Deal>> CloseAsync(EcosystemDbContext db, Deal deal, DealClose close, Actor actor, CancellationToken cancellationToken)
    {
        if (close.Result == DealResult.Won)
        {
            if (close.Amount is not { } amount)
            {
                return new Refusal("deal.amount-missing", "The amount is missing; say what the deal was won for.", "amount");
            }

            if (amount.Amount < 0 || amount != amount.Rounded())
            {
                return new Refusal("deal.amount-invalid", $"{amount} cannot be what a deal was won for; give zero or more, in whole cents.", "amount");
            }

            if (amount.Currency != deal.Amount.Currency)
            {
                return new Refusal("deal.currency-differs", $"The deal was registered in {deal.Amount.Currency}; give the amount in that currency, not in {amount.Currency}.", "currency");
            }
        }

        var now = clock.GetUtcNow();
        if (close.ClosedOn > DateOnly.FromDateTime(now.UtcDateTime).AddDays(1))
        {
            return new Refusal("deal.closed-in-future", $"The day {close.ClosedOn:yyyy-MM-dd} is in the future; give the day on which the customer decided.", "closedOn");
        }

        if (close.ClosedOn < DateOnly.FromDateTime(deal.SubmittedAt.UtcDateTime).AddDays(-1))
        {
            return new Refusal("deal.closed-before-registered", $"The deal was registered on {deal.SubmittedAt:yyyy-MM-dd} and cannot have been decided on {close.ClosedOn:yyyy-MM-dd}; give the day on which the customer decided.", "closedOn");
        }

        var command = new DealCommand(close.Result == DealResult.Won ? DealAction.Win : DealAction.Lose, now, close.Reason);
        var applied = await ApplyAsync(db, deal, command, actor, cancellationToken: cancellationToken);
        if (applied.IsSuccess)
        {
            deal.ClosedOn = close.ClosedOn;
            deal.WonAmount = close.Result == DealResult.Won ? close.Amount!.Value.Amount : null;
        }

        return applied;
    }

    /// <summary>The deals of a partner that are open or protected.</summary>
    internal async Task<IReadOnlyList<DealId>> OpenOfAsync(EcosystemDbContext db, PartnerId partner, CancellationToken cancellationToken) =>
        [.. (await db.Set<Deal>().AsNoTracking().Where(deal => deal.PartnerId == partner).Select(deal => new { deal.Id, deal.State }).ToListAsync(cancellationToken))
            .Where(deal => deal.State.IsOpen()).Select(deal => deal.Id).OrderBy(id => id.Value, StringComparer.Ordinal)];

    /// <summary>Takes a deal back inside a unit of work, and tells its case.</summary>
    internal async Task<bool> WithdrawAsync(EcosystemDbContext db, DealId id, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var deal = (await db.FindAsync<Deal>([id], cancellationToken))!;
        var applied = await ApplyAsync(db, deal, new DealCommand(DealAction.Withdraw, clock.GetUtcNow(), reason), actor, cancellationToken: cancellationToken);
        if (applied.IsSuccess && deal.CaseId is { } caseId)
        {
            events.Add(db, caseId, "withdrawn", new { dealId = id, reason });
        }

        return applied.IsSuccess;
    }

    /// <summary>Tells whether a deal was closed exactly so already.</summary>
    internal static bool IsClosedAs(Deal deal, DealClose close) => close.Result == DealResult.Won
        ? deal.State == DealState.Won && deal.WonAmount == close.Amount?.Amount && deal.ClosedOn == close.ClosedOn
        : deal.State == DealState.Lost && deal.ClosedOn == close.ClosedOn;

    /// <summary>Applies a command to a deal: asks the machine, changes the row, writes history and audit. The one place where states change.</summary>
    internal async Task<Result<Deal>> ApplyAsync(
        EcosystemDbContext db,
        Deal deal,
        DealCommand command,
        Actor actor,
        DecisionId? decision = null,
        CancellationToken cancellationToken = default)
    {
        var result = DealMachine.Decide(deal.Facts, command, policy);
        if (!result.TryGet(out var transition))
        {
            return result.Refusal!;
        }

        var (before, after) = (transition.Before, transition.After);
        deal.State = after.State;
        deal.StateReason = transition.Reason;
        deal.Extension = after.Extension;
        deal.Extensions = after.Extensions;
        deal.Resubmissions = after.Resubmissions;
        deal.Resubmittable = after.Resubmittable;
        deal.ProtectedUntil = after.ProtectedUntil;
        deal.DecisionId = decision ?? deal.DecisionId;
        if (command.Action == DealAction.Protect)
        {
            deal.ProtectedFrom = command.Now;
        }

        if (command.Action == DealAction.Reject)
        {
            deal.RejectCode = command.ReasonCode;
        }

        if (before.State.IsOpen() && !after.State.IsOpen())
        {
            await db.Set<DealKey>().Where(key => key.DealId == deal.Id).ExecuteDeleteAsync(cancellationToken);
        }
        else if (command.Action == DealAction.Resubmit)
        {
            db.AddRange(deal.Customer().BlockingKeys().Select(key => new DealKey { Key = key, DealId = deal.Id }));
        }

        db.Append(new DealHistoryEntry
        {
            DealId = deal.Id,
            PartnerId = deal.PartnerId,
            Action = command.Action,
            From = before.State,
            To = after.State,
            ReasonText = transition.Reason,
            At = command.Now,
            ActorId = actor.Id,
            DecisionId = decision,
        });
        audit.Add(db, actor, ActionName(command.Action), deal.Id, transition.Reason, new { from = before.State, to = after.State, decisionId = decision, partnerId = deal.PartnerId });
        return deal;
    }

    private static async Task<Refusal?> RefuseInactiveAsync(EcosystemDbContext db, PartnerId id, CancellationToken cancellationToken) =>
        await db.Set<Partner>().AsNoTracking().Where(row => row.Id == id).Select(row => (PartnerStatus?)row.Status).FirstOrDefaultAsync(cancellationToken) switch
        {
            PartnerStatus.Active => null,
            null => Refusal.NotFound("partner", id, "partnerId"),
            { } status => new Refusal("partner.not-active", $"The partner is {status}; only an active partner may register deals.", "partnerId"),
        };

    private static void AddEvidence(Deal deal, string text) =>
        deal.EvidenceJson = JsonSerializer.Serialize<string[]>([.. JsonSerializer.Deserialize<string[]>(deal.EvidenceJson, StoredJson.Options)!, text], StoredJson.Options);

    private Task<CaseId> StartCaseAsync(EcosystemDbContext db, Deal deal, CancellationToken cancellationToken)
    {
        var input = new
        {
            dealId = deal.Id,
            partnerId = deal.PartnerId,
            amount = deal.Amount.Amount,
            currency = deal.Amount.Currency.Code,
        };
        return cases.AddAsync(db, "deal-registration", deal.Id, deal.PartnerId, input, deal.CaseId, cancellationToken: cancellationToken);
    }

    private static string ActionName(DealAction action) => action switch
    {
        DealAction.Submit => "deal.submitted",
        DealAction.StartChecks => "deal.checking",
        DealAction.SendToReview => "deal.under-review",
        DealAction.RequestInfo => "deal.info-requested",
        DealAction.SupplyInfo => "deal.info-supplied",
        DealAction.PassOn => "deal.pending-approval",
        DealAction.Protect => "deal.protected",
        DealAction.Reject => "deal.rejected",
        DealAction.RequestExtension => "deal.extension-requested",
        DealAction.GrantExtension => "deal.extended",
        DealAction.DenyExtension => "deal.extension-denied",
        DealAction.Win => "deal.won",
        DealAction.Lose => "deal.lost",
        DealAction.Expire => "deal.expired",
        DealAction.Withdraw => "deal.withdrawn",
        DealAction.Revoke => "deal.revoked",
        _ => "deal.resubmitted",
    };

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private Task<Result<DealView>> ChangeAsync(
        DealId id,
        DealAction action,
        string? reason,
        Actor actor,
        Func<DealCommand, DealCommand>? refine,
        Action<Deal>? change,
        string eventName,
        Func<Deal, object> eventData,
        CancellationToken cancellationToken) =>
        storage.WriteAsync((db, token) => ChangeAsync(db, id, action, reason, actor, refine, change, eventName, eventData, token), cancellationToken);

    private async Task<Result<DealView>> ChangeAsync(
        EcosystemDbContext db,
        DealId id,
        DealAction action,
        string? reason,
        Actor actor,
        Func<DealCommand, DealCommand>? refine,
        Action<Deal>? change,
        string eventName,
        Func<Deal, object> eventData,
        CancellationToken cancellationToken)
    {
        var found = await FindAsync(db, id, actor, cancellationToken);
        if (!found.TryGet(out var deal))
        {
            return found.Refusal!;
        }

        var command = new DealCommand(action, clock.GetUtcNow(), reason);
        var applied = await ApplyAsync(db, deal, refine?.Invoke(command) ?? command, actor, cancellationToken: cancellationToken);
        if (!applied.IsSuccess)
        {
            return applied.Refusal!;
        }

        change?.Invoke(deal);
        if (deal.CaseId is { } caseId)
        {
            events.Add(db, caseId, eventName, eventData(deal));
        }

        return DealView.Of(deal);
    }
}
