namespace Ecosystem.Rules.Rulesets;

/// <summary>Divides 100 % and, where given, an amount of money by weights with floors and caps. Both sums are exact.</summary>
/// <param name="Id">Identifier, unique in the ruleset.</param>
/// <param name="Over">The parties: their name and list.</param>
/// <param name="Key">Stable identifier of a party; decides ties and must be unique.</param>
/// <param name="Weight">Weight of a party, zero or more.</param>
public sealed record AllocationSection(string Id, RulesetIteration Over, RulesetSourceText Key, RulesetSourceText Weight) : RulesetSection(Id)
{
    /// <summary>Name of the variable that takes the list of records with key, weight, share, amount and the kept fields.</summary>
    public string Into { get; init; } = "shares";

    /// <summary>Smallest share in per cent; null for none.</summary>
    public RulesetSourceText? Floor { get; init; }

    /// <summary>Largest share in per cent; null for none.</summary>
    public RulesetSourceText? Cap { get; init; }

    /// <summary>Amount to divide; null when only shares are wanted.</summary>
    public RulesetSourceText? Amount { get; init; }

    /// <summary>Smallest unit of the amount, such as 0.01.</summary>
    public decimal Unit { get; init; } = 0.01m;

    /// <summary>Decimal places of the shares in per cent.</summary>
    public int Decimals { get; init; } = 2;

    /// <summary>What happens when every weight is zero: <c>error</c>, <c>equal</c> or <c>first</c> (everything to the first party).</summary>
    public string Zero { get; init; } = "error";

    /// <summary>Reason in plain words for each party; sees the party, <c>weight</c>, <c>share</c> in per cent and <c>part</c>, the money.</summary>
    public RulesetSourceText? Because { get; init; }
}
