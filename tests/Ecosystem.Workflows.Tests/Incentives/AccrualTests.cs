using CsCheck;
using Ecosystem.Workflows.Incentives;

namespace Ecosystem.Workflows.Tests.Incentives;

public class AccrualTests
{
    [Fact]
    public void Divide_AnyShares_SumToTheAmountWhateverTheOrder() => Gen.Select(Gen.Long[0, 10_000_000_000], Gen.Int[1, 9999].Array[0, 5]).Sample((coins, cuts) =>
    {
        var points = cuts.Append(0).Append(10_000).Distinct().Order().ToList();
        var credits = points.Zip(points.Skip(1), (from, to) => (to - from) / 100m).Select((share, i) => new PartnerCredit(new PartnerId($"ptn-{i}"), share, "sole", "silver", true)).ToList();
        var accrual = new Accrual(new DealId("deal-1"), "won", new DateOnly(2026, 1, 1), new Money(coins / 100m, Currency.Usd), "GTX", credits);
        var parts = accrual.Divide();
        Assert.Equal(accrual.Amount.Amount, parts.Sum(part => part.Base.Amount));
        Assert.Equal(parts, (accrual with { Credits = [.. credits.AsEnumerable().Reverse()] }).Divide());
        Assert.All(parts, part => Assert.True(Math.Abs(part.Base.Amount - (accrual.Amount.Amount * part.Credit.SharePercent / 100m)) < 0.01m));
    });

    [Fact]
    public void Divide_SharesNotOneHundred_Throws()
    {
        var accrual = new Accrual(
            new DealId("deal-1"), "won", new DateOnly(2026, 1, 1), new Money(10m, Currency.Usd), "GTX", [new PartnerCredit(new PartnerId("a"), 99.99m, "sole", "silver", true)]);
        Assert.Contains("99.99", Assert.Throws<ArgumentException>(accrual.Divide).Message, StringComparison.Ordinal);
    }
}
