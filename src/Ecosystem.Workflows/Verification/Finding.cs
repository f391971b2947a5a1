namespace Ecosystem.Workflows.Verification;

/// <summary>Something that does not fit.</summary>
/// <param name="Check">Which check found it.</param>
/// <param name="What">Where and what, with both values.</param>
public sealed record Finding(string Check, string What);
