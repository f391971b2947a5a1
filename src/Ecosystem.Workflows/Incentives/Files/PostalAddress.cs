namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>
/// A structured postal address (ISO 20022 PostalAddress24). Since November 2026 banks reject unstructured addresses: town and country
/// are elements of their own; up to two free lines may stand beside them (hybrid form) and must not repeat them.
/// </summary>
/// <param name="Town">Town name, at most 35 characters.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code.</param>
public sealed record PostalAddress(string Town, string Country)
{
    /// <summary>Street name, at most 70 characters.</summary>
    public string? Street { get; init; }

    /// <summary>House number, at most 16 characters.</summary>
    public string? Building { get; init; }

    /// <summary>Postal code, at most 16 characters.</summary>
    public string? PostCode { get; init; }

    /// <summary>State, province or county, at most 35 characters.</summary>
    public string? Subdivision { get; init; }

    /// <summary>At most two further lines of 70 characters (hybrid form).</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
