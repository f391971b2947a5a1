namespace Ecosystem.Workflows.Conflicts;

/// <summary>A way to divide a contested deal.</summary>
/// <param name="Kind"><c>sole</c>, <c>contribution</c> or <c>co-sell</c>.</param>
/// <param name="Title">In plain words.</param>
/// <param name="Shares">The shares; they sum to exactly 100.00 per cent and to the deal's value.</param>
public sealed record SplitProposal(string Kind, string Title, IReadOnlyList<ProposedShare> Shares);
