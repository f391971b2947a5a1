using System.Text.Json;
using CsCheck;

namespace Ecosystem.Workflows.Tests.Kernel;

public sealed class MoneyTests
{
    [Fact]
    public void Allocate_ThreeEqual_GivesTheOddCoinToTheFirst()
    {
        Assert.Equal([333.34m, 333.33m, 333.33m], new Money(1000m, "EUR").Allocate([1, 1, 1]).Select(part => part.Amount));
        Assert.Equal([0.02m, 0.02m, 0.01m], new Money(0.05m, "EUR").Allocate([1, 1, 1]).Select(part => part.Amount));
        Assert.Equal([-0.02m, -0.02m, -0.01m], new Money(-0.05m, "EUR").Allocate([1, 1, 1]).Select(part => part.Amount));
    }

    [Fact]
    public void Allocate_AnyWeights_SumsExactlyAndStaysWithinOneCoin() =>
        Gen.Select(Gen.Long[-10_000_000, 10_000_000], Gen.Int[0, 1_000_000].Select(weight => weight / 1000m).Array[1, 12], Gen.Int[0, 2].Select(i => new[] { "EUR", "JPY", "KWD" }[i]))
            .Where(sample => sample.Item2.Sum() > 0)
            .Sample((coins, weights, code) =>
            {
                var coin = code switch { "JPY" => 1m, "KWD" => 0.001m, _ => 0.01m };
                var total = new Money(coins * coin, code);
                var parts = total.Allocate(weights);
                var sum = weights.Sum();
                return parts.Sum(part => part.Amount) == total.Amount
                    && parts.Zip(weights).All(pair => Math.Abs(pair.First.Amount - (total.Amount * pair.Second / sum)) < coin);
            });

    [Fact]
    public void Allocate_NoPositiveWeight_Throws()
    {
        Assert.Throws<ArgumentException>(() => new Money(1m, "EUR").Allocate([0, 0]));
        Assert.Throws<ArgumentException>(() => new Money(1m, "EUR").Allocate([1, -1]));
        Assert.Throws<ArgumentException>(() => new Money(0.001m, "EUR").Allocate([1]));
    }

    [Fact]
    public void Arithmetic_DifferentCurrencies_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => new Money(1m, "EUR") + new Money(1m, "USD"));
        Assert.Throws<InvalidOperationException>(() => new Money(1m, "EUR") < new Money(1m, "USD"));
        Assert.Equal(new Money(3m, "EUR"), new Money(1m, "EUR") + new Money(2m, "EUR"));
    }

    [Fact]
    public void Json_RoundTrip_KeepsTheAmountAsText()
    {
        var json = JsonSerializer.Serialize(new Money(1234.5m, "EUR"));
        Assert.Equal("""{"amount":"1234.50","currency":"EUR"}""", json);
        Assert.Equal(new Money(1234.5m, "EUR"), JsonSerializer.Deserialize<Money>(json));
        Assert.Contains("EUR", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>("""{"amount":"1","currency":"eur"}""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_Json_AreText()
    {
        var json = JsonSerializer.Serialize(new Dictionary<DealId, PartnerId?> { [new DealId("d-1")] = new PartnerId("p-1") });
        Assert.Equal("""{"d-1":"p-1"}""", json);
        Assert.Equal(new PartnerId("p-1"), JsonSerializer.Deserialize<Dictionary<DealId, PartnerId?>>(json)![new DealId("d-1")]);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DealId>("\"a b\""));
    }

    [Fact]
    public void Ids_MadeLater_SortLater()
    {
        var early = DealId.New(TestClock.DefaultStart);
        var late = DealId.New(TestClock.DefaultStart.AddMilliseconds(1));
        Assert.True(string.CompareOrdinal(early.Value, late.Value) < 0);
    }
}
