namespace Ecosystem.Workflows.Deals;

/// <summary>What a partner says when it registers a deal.</summary>
public sealed record DealRegistration
{
    /// <summary>The deal's id in an import, so that importing again changes nothing; by default a new one.</summary>
    public DealId? Id { get; init; }

    /// <summary>The partner that registers.</summary>
    public PartnerId PartnerId { get; init; }

    /// <summary>The person of the partner who works on it.</summary>
    public ContactId? SellerId { get; init; }

    /// <summary>The customer. Only an import may leave it out.</summary>
    public CustomerDetails? Customer { get; init; }

    /// <summary>The products it is about: at least one.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>The series of the first product, as in the price book.</summary>
    public string? ProductSeries { get; init; }

    /// <summary>The estimated value.</summary>
    public Money Amount { get; init; }

    /// <summary>When the customer is expected to decide.</summary>
    public DateOnly? ExpectedClose { get; init; }

    /// <summary>What the partner did so far, in words.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>
    /// The id of the opportunity in the partner's own system. Two registrations of one partner with different ids are two opportunities;
    /// without ids, the same customer and product are taken for the same one registered twice.
    /// </summary>
    public string? OpportunityKey { get; init; }

    /// <summary>The sales region the opportunity is limited to, if it is.</summary>
    public string? Territory { get; init; }

    /// <summary>The opportunity is put out to public tender.</summary>
    public bool PublicTender { get; init; }
}
