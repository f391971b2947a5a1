namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>What a run pays to whom; a pure function of the approvable lines and the payees.</summary>
public static class PayoutCalculation
{
    /// <summary>What one partner is paid, or why not.</summary>
    /// <param name="Partner">The partner.</param>
    /// <param name="Lines">The lines taken.</param>
    /// <param name="Gross">The sum of the positive lines.</param>
    /// <param name="Netted">The sum of the negative lines, as a positive amount.</param>
    /// <param name="TaxWithheld">Tax withheld.</param>
    /// <param name="Net">What is paid.</param>
    /// <param name="SkippedBecause">Why nothing is paid; null when something is.</param>
    public sealed record PartnerPayout(
        PartnerId Partner, IReadOnlyList<IncentiveLine> Lines, Money Gross, Money Netted, Money TaxWithheld, Money Net, string? SkippedBecause);

    /// <summary>Computes the payouts of a run, one per partner with approvable lines, in the order of partner ids.</summary>
    /// <param name="lines">Approvable lines of the run's currency, booked up to the period's end.</param>
    /// <param name="payees">Payees by partner; a partner without one, or with an unverified one, is left out with the reason.</param>
    /// <param name="currency">The run's currency.</param>
    /// <param name="minimum">The smallest amount that is paid; less is carried forward.</param>
    /// <param name="now">When the run is made: bank details changed shortly before are not paid to yet.</param>
    /// <param name="held">Payees that the screening holds, with the reason; null for none.</param>
    public static IReadOnlyList<PartnerPayout> Compute(
        IEnumerable<IncentiveLine> lines,
        IReadOnlyDictionary<PartnerId, PayeeProfile> payees,
        Currency currency,
        decimal minimum,
        DateTimeOffset now,
        IReadOnlyDictionary<PartnerId, string>? held = null) =>
        [.. lines.GroupBy(line => line.PartnerId).OrderBy(group => group.Key.Value, StringComparer.Ordinal).Select(group => Compute(group, payees, currency, minimum, now, held?.GetValueOrDefault(group.Key)))];

    private static PartnerPayout Compute(
        IGrouping<PartnerId, IncentiveLine> group, IReadOnlyDictionary<PartnerId, PayeeProfile> payees, Currency currency, decimal minimum, DateTimeOffset now, string? held)
    {
        var lines = group.OrderBy(line => line.Id.Value, StringComparer.Ordinal).ToList();
        var zero = Money.Zero(currency);
        var gross = lines.Where(line => line.Amount.Amount > 0).Aggregate(zero, (sum, line) => sum + line.Amount);
        var netted = lines.Where(line => line.Amount.Amount < 0).Aggregate(zero, (sum, line) => sum - line.Amount);
        var due = gross - netted;
        var payee = payees.GetValueOrDefault(group.Key);
        var reason =
            due.Amount <= 0 ? $"nothing is due: {netted} of corrections are carried forward against {gross} earned"
            : due.Amount < minimum ? $"{due} is less than the smallest payment of {new Money(minimum, currency)} and is carried forward"
            : held is not null ? held
            : payee is null ? $"no bank details in {currency} are on file"
            : payee.VerifiedBy is null ? $"the bank details in {currency} are not verified"
            : payee.CoolsUntil > now ? $"the bank details in {currency} were changed; they are paid to from {payee.CoolsUntil:yyyy-MM-dd}"
            : null;
        if (reason is not null)
        {
            return new PartnerPayout(group.Key, lines, gross, netted, zero, zero, reason);
        }

        var tax = (due * (payee!.Details.WithholdingPercent / 100m)).Rounded();
        return new PartnerPayout(group.Key, lines, gross, netted, tax, due - tax, due > tax ? null : "the whole amount would be withheld");
    }
}
