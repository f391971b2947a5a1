using CsCheck;
using Ecosystem.Workflows.Attribution.Models;

namespace Ecosystem.Workflows.Tests.Attribution;

public sealed class JourneyModelsTests
{
    private static readonly Journey[] J1 =
    [
        new(["A", "B", "C"], 1), new(["B", "C"], 1), new(["A", "C"], 0, 1), new(["B"], 0, 1), new(["A"], 1),
    ];

    private static readonly Journey[] J2 =
    [
        new(["A", "B"], 3), new(["A"], 0, 2), new(["B"], 1), new(["B", "C"], 2), new(["C"], 0, 2),
    ];

    private static readonly Gen<Journey[]> Journeys =
        Gen.Select(Gen.Int[0, 4].Select(channel => $"{(char)('A' + channel)}").Array[1, 6], Gen.Int[0, 4], Gen.Int[0, 4], (path, yes, no) => new Journey(path, yes, no))
            .Array[1, 12];

    [Fact]
    public void Markov_FirstExample_IsExact()
    {
        var model = new MarkovModel(J1);
        Assert.Equal(new Fraction(3, 5), model.ConversionProbability());
        Assert.Equal([new(19, 27), new(4, 9), new(2, 3)], model.RemovalEffects());
        Assert.Equal([new(19, 49), new(12, 49), new(18, 49)], model.Credits());
    }

    [Fact]
    public void Markov_SecondExample_IsExact()
    {
        var model = new MarkovModel(J2);
        Assert.Equal(new Fraction(3, 5), model.ConversionProbability());
        Assert.Equal([new(5, 12), new(5, 6), new(1, 3)], model.RemovalEffects());
        Assert.Equal([new(5, 19), new(10, 19), new(4, 19)], model.Credits());
    }

    [Fact]
    public void Shapley_Examples_AreExact()
    {
        Assert.Equal([("A", new(4, 3)), ("B", new(5, 6)), ("C", new Fraction(5, 6))], ShapleyModel.Values(J1));
        Assert.Equal([("A", new(3, 2)), ("B", new(7, 2)), ("C", new Fraction(1, 1))], ShapleyModel.Values(J2));
    }

    [Fact]
    public void Shapley_AnyJourneys_EqualsTheDefinition() => Journeys.Sample(journeys =>
    {
        Assert.Equal(ShapleyModel.ValuesByDefinition(journeys), ShapleyModel.Values(journeys));
    });

    [Fact]
    public void Markov_AnyJourneys_CreditsSumToOne() => Gen.Select(Journeys, Gen.Int[1, 3]).Sample((journeys, order) =>
    {
        var model = new MarkovModel(journeys, order);
        var credits = model.Credits();
        return model.Transitions().GroupBy(edge => string.Join(' ', edge.From)).All(from => from.Aggregate(Fraction.Zero, (so, edge) => so + edge.Probability) == Fraction.One)
            && (credits.Count == 0
                ? model.ConversionProbability().IsZero
                : credits.All(credit => credit >= Fraction.Zero) && credits.Aggregate(Fraction.Zero, (so, credit) => so + credit) == Fraction.One);
    });

    [Fact]
    public void Markov_OrderOutOfRange_IsRefused() => Assert.Throws<ArgumentException>(() => new MarkovModel(J1, 4));
}
