namespace Ecosystem.Workflows.Incentives;

/// <summary>An event that earns incentives: a won deal, a renewal, an expansion.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Event"><c>won</c>, <c>renewal</c> or <c>expansion</c>.</param>
/// <param name="On">The day it happened; the rules in force on it apply.</param>
/// <param name="Amount">The amount that is divided among the credited partners.</param>
/// <param name="ProductSeries">The series of the product, as in the price book.</param>
/// <param name="Credits">Who is credited; the shares sum to 100.</param>
public sealed record Accrual(DealId Deal, string Event, DateOnly On, Money Amount, string ProductSeries, IReadOnlyList<PartnerCredit> Credits)
{
    /// <summary>
    /// The amount divided by the shares in whole coins, unless it was divided already; the parts sum to the amount exactly. The order of equal remainders is that of the
    /// partner ids, so that the same credits give the same parts whatever order they come in.
    /// </summary>
    /// <exception cref="ArgumentException">There is no credit, the shares do not sum to 100, or given amounts do not sum to the whole.</exception>
    public IReadOnlyList<(PartnerCredit Credit, Money Base)> Divide()
    {
        var ordered = Credits.OrderBy(credit => credit.Partner.Value, StringComparer.Ordinal).ToList();
        var sum = ordered.Sum(credit => credit.SharePercent);
        if (sum != 100m)
        {
            throw new ArgumentException($"The shares of deal {Deal} sum to {sum} % instead of 100 %.");
        }

        var parts = ordered.TrueForAll(credit => credit.Amount is not null)
            ? [.. ordered.Select(credit => credit.Amount!.Value)]
            : Amount.Allocate([.. ordered.Select(credit => credit.SharePercent)]);
        var total = parts.Aggregate(Money.Zero(Amount.Currency), (all, part) => all + part);
        return total == Amount
            ? [.. ordered.Zip(parts)]
            : throw new ArgumentException($"The credited amounts of deal {Deal} sum to {total} instead of {Amount}.");
    }
}
