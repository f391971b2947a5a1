using System.Text.Json;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Deals;

/// <summary>A deal as pages and the API show it.</summary>
public sealed record DealView
{
    /// <summary>Its id.</summary>
    public required DealId Id { get; init; }

    /// <summary>The partner that registered it.</summary>
    public required PartnerId PartnerId { get; init; }

    /// <summary>The customer.</summary>
    public required CustomerDetails Customer { get; init; }

    /// <summary>The products.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>The series of the first product, or null.</summary>
    public string? ProductSeries { get; init; }

    /// <summary>The estimated value.</summary>
    public Money Amount { get; init; }

    /// <summary>When the customer is expected to decide.</summary>
    public DateOnly? ExpectedClose { get; init; }

    /// <summary>What the partner did so far.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public DealState State { get; init; }

    /// <summary>Why it stands there.</summary>
    public required string StateReason { get; init; }

    /// <summary>What can be done to it in this state.</summary>
    public IReadOnlyList<DealAction> Actions { get; init; } = [];

    /// <summary>When the protection began, or null.</summary>
    public DateTimeOffset? ProtectedFrom { get; init; }

    /// <summary>When the protection ends or ended, or null.</summary>
    public DateTimeOffset? ProtectedUntil { get; init; }

    /// <summary>Where the wish for a longer protection stands.</summary>
    public ExtensionState Extension { get; init; }

    /// <summary>How often the protection was extended.</summary>
    public int Extensions { get; init; }

    /// <summary>Whether others claim it.</summary>
    public DisputeState Dispute { get; init; }

    /// <summary>The conflict about it, or null.</summary>
    public ConflictId? ConflictId { get; init; }

    /// <summary>The case that drives it; its read model knows who is being waited for.</summary>
    public CaseId? CaseId { get; init; }

    /// <summary>The decision that routed it, or null.</summary>
    public DecisionId? DecisionId { get; init; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The day it was won or lost, or null.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>What it was won for, or null.</summary>
    public Money? WonAmount { get; init; }

    /// <summary>The version, for <c>ETag</c> and <c>If-Match</c>.</summary>
    public long Version { get; init; }

    internal static DealView Of(Deal deal) => new()
    {
        Id = deal.Id,
        PartnerId = deal.PartnerId,
        Customer = new CustomerDetails
        {
            LegalName = deal.CustomerName,
            Domain = deal.CustomerDomain,
            Country = deal.CustomerCountry,
            City = deal.CustomerCity,
            Postcode = deal.CustomerPostcode,
            TaxId = deal.CustomerTaxId,
            AccountKey = deal.AccountKey,
            Parent = deal.CustomerParent,
            ContactEmail = deal.CustomerContact,
        },
        Products = deal.Products,
        ProductSeries = deal.ProductSeries,
        Amount = deal.Amount,
        ExpectedClose = deal.ExpectedClose,
        Evidence = JsonSerializer.Deserialize<string[]>(deal.EvidenceJson, StoredJson.Options) ?? [],
        State = deal.State,
        StateReason = deal.StateReason,
        Actions = [.. DealMachine.ActionsIn(deal.State).Where(action => action != DealAction.Resubmit || deal.Resubmittable)],
        ProtectedFrom = deal.ProtectedFrom,
        ProtectedUntil = deal.ProtectedUntil,
        Extension = deal.Extension,
        Extensions = deal.Extensions,
        Dispute = deal.Dispute,
        ConflictId = deal.ConflictId,
        CaseId = deal.CaseId,
        DecisionId = deal.DecisionId,
        SubmittedAt = deal.SubmittedAt,
        ClosedOn = deal.ClosedOn,
        WonAmount = deal.WonAmount is { } won ? new Money(won, deal.Amount.Currency) : null,
        Version = deal.Version,
    };
}
