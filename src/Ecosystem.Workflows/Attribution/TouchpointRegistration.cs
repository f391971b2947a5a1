namespace Ecosystem.Workflows.Attribution;

/// <summary>A touchpoint, as given by who records it.</summary>
public sealed record TouchpointRegistration
{
    /// <summary>The touchpoint's id in an import, so that importing again changes nothing; by default a new one.</summary>
    public TouchpointId? Id { get; init; }

    /// <summary>The partner that did it.</summary>
    public PartnerId PartnerId { get; init; }

    /// <summary>What the partner did.</summary>
    public TouchRole Role { get; init; }

    /// <summary>When it happened.</summary>
    public DateOnly OccurredOn { get; init; }

    /// <summary>The evidence, in words.</summary>
    public string? Evidence { get; init; }

    /// <summary>
    /// How well it is proven, 0 to 1. Only the vendor's own people, imports and processes may state it; otherwise 0.8 with evidence and 0.4 without.
    /// </summary>
    public decimal? Confidence { get; init; }

    /// <summary>The partner referred itself; such a touchpoint is kept and does not count.</summary>
    public bool SelfReferral { get; init; }
}
