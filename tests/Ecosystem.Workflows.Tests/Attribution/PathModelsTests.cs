using CsCheck;
using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Attribution.Models;

namespace Ecosystem.Workflows.Tests.Attribution;

public sealed class PathModelsTests
{
    private static readonly AttributionModel[] Models =
    [
        AttributionModel.First, AttributionModel.Last, AttributionModel.Linear, AttributionModel.U, AttributionModel.W, AttributionModel.Full,
        AttributionModel.TimeDecay, AttributionModel.J, AttributionModel.InverseJ,
    ];

    [Theory]
    [InlineData(AttributionModel.First, 3, "1/1 0/1 0/1")]
    [InlineData(AttributionModel.Last, 3, "0/1 0/1 1/1")]
    [InlineData(AttributionModel.Linear, 3, "1/3 1/3 1/3")]
    [InlineData(AttributionModel.U, 1, "1/1")]
    [InlineData(AttributionModel.U, 2, "1/2 1/2")]
    [InlineData(AttributionModel.U, 4, "2/5 1/10 1/10 2/5")]
    [InlineData(AttributionModel.J, 3, "1/5 1/5 3/5")]
    [InlineData(AttributionModel.InverseJ, 3, "3/5 1/5 1/5")]
    [InlineData(AttributionModel.J, 2, "1/4 3/4")]
    [InlineData(AttributionModel.W, 2, "3/4 1/4")]
    [InlineData(AttributionModel.Full, 1, "1/1")]
    public void Shares_PlainPath_AreTheModels(AttributionModel model, int length, string shares) =>
        Assert.Equal(shares, string.Join(' ', PathModels.Shares(model, Path(length))));

    [Fact]
    public void Shares_WithAnchors_AreTheModels()
    {
        var options = new PathOptions { LeadTouch = 2, OpportunityTouch = 4 };
        Assert.Equal("3/10 1/30 3/10 1/30 3/10 1/30", string.Join(' ', PathModels.Shares(AttributionModel.W, Path(6), options)));
        Assert.Equal("9/40 1/20 9/40 1/20 9/40 9/40", string.Join(' ', PathModels.Shares(AttributionModel.Full, Path(6), options)));
        Assert.Equal("2/5 1/20 2/5 1/20 1/20 1/20", string.Join(' ', PathModels.Shares(AttributionModel.U, Path(6), options)));
        // Two anchors on one touch add up.
        Assert.Equal("2/3 1/3", string.Join(' ', PathModels.Shares(AttributionModel.W, Path(2), new PathOptions { LeadTouch = 0, OpportunityTouch = 1 })));
    }

    [Fact]
    public void TimeDecay_WholeHalfLives_IsExact()
    {
        PathTouch[] touches = [new("a", 21), new("b", 14), new("c", 7), new("d", 0)];
        Assert.Equal("1/15 2/15 4/15 8/15", string.Join(' ', PathModels.Shares(AttributionModel.TimeDecay, touches, new PathOptions { HalfLifeDays = 7 })));
    }

    [Fact]
    public void TimeDecay_FractionsOfHalfLives_IsRightToSixDigits()
    {
        PathTouch[] touches = [new("a", 60), new("b", 30), new("c", 5)];
        Assert.Equal([0.152356m, 0.304711m, 0.542933m], PathModels.Shares(AttributionModel.TimeDecay, touches).Select(share => share.ToDecimal(6)));
    }

    [Fact]
    public void Shares_AnyPath_SumToOneAndMoneyToTheAmount() =>
        Gen.Select(
                Gen.Int[0, Models.Length - 1],
                Gen.Select(Gen.Int[0, 5], Gen.Int[0, 4000], Gen.Int[0, 10], (channel, days, confidence) => new PathTouch($"p{channel}", days / 10m, confidence / 10m)).Array[1, 9],
                Gen.Int[-1, 8],
                Gen.Int[-1, 8],
                Gen.Long[0, 100_000_000])
            .Where(sample => sample.Item2.Any(touch => touch.Confidence > 0))
            .Sample((model, touches, lead, opportunity, cents) =>
            {
                var options = new PathOptions
                {
                    LeadTouch = lead >= 0 && lead < touches.Length ? lead : null,
                    OpportunityTouch = opportunity >= 0 && opportunity < touches.Length ? opportunity : null,
                };
                var shares = PathModels.Shares(Models[model], touches, options);
                if (shares.Count == 0)
                {
                    // First or last touch alone counts, and it is not proven.
                    return Models[model] is AttributionModel.First or AttributionModel.Last;
                }

                var byChannel = PathModels.ByChannel(touches, shares);
                var amount = new Money(cents / 100m, "EUR");
                return shares.Aggregate(Fraction.Zero, (so, share) => so + share) == Fraction.One
                    && shares.All(share => share >= Fraction.Zero)
                    && byChannel.Aggregate(Fraction.Zero, (so, entry) => so + entry.Share) == Fraction.One
                    && PathModels.Divide(amount, [.. byChannel.Select(entry => entry.Share)]).Sum(part => part.Amount) == amount.Amount;
            });

    [Fact]
    public void Shares_EarlyTouch_EarnsInEveryModelButLast() =>
        Assert.All(Models, model => Assert.Equal(model != AttributionModel.Last, PathModels.Shares(model, Path(4))[0] > Fraction.Zero));

    [Fact]
    public void Shares_LowerConfidence_EarnsLess()
    {
        PathTouch[] touches = [new("a", 0, 0.5m), new("b")];
        Assert.Equal("1/3 2/3", string.Join(' ', PathModels.Shares(AttributionModel.Linear, touches)));
        Assert.Empty(PathModels.Shares(AttributionModel.First, [new("a", 0, 0m), new("b")]));
    }

    [Fact]
    public void Shares_PositionOutside_IsRefused() =>
        Assert.Contains("0 to 1", Assert.Throws<ArgumentException>(() => PathModels.Shares(AttributionModel.U, Path(2), new PathOptions { LeadTouch = 2 })).Message, StringComparison.Ordinal);

    private static PathTouch[] Path(int length) => [.. Enumerable.Range(0, length).Select(i => new PathTouch($"p{i}", length - i))];
}
