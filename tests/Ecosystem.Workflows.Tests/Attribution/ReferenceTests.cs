using System.Globalization;
using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Attribution.Models;

namespace Ecosystem.Workflows.Tests.Attribution;

/// <summary>Our models against the answers of ChannelAttribution 2.2.5 on 1,848 paths.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData(AttributionModel.First, "first_touch")]
    [InlineData(AttributionModel.Last, "last_touch")]
    [InlineData(AttributionModel.Linear, "linear_touch")]
    public void PathModels_Reference_AreEqual(AttributionModel model, string column)
    {
        var paths = Paths();
        Dictionary<string, (Fraction Conversions, Fraction Value)> sums = new(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            PathTouch[] touches = [.. path.Journey.Channels.Select(channel => new PathTouch(channel))];
            foreach (var (channel, share) in PathModels.ByChannel(touches, PathModels.Shares(model, touches)))
            {
                var so = sums.GetValueOrDefault(channel);
                sums[channel] = (so.Conversions + (share * path.Journey.Conversions), so.Value + (share * path.Value));
            }
        }

        foreach (var row in Read("heuristics.csv"))
        {
            var (conversions, value) = sums[row["channel_name"]];
            AssertNear(Number(row[$"{column}_conversions"]), conversions.ToDecimal(10), 0.000001m);
            AssertNear(Number(row[$"{column}_value"]), value.ToDecimal(10), 0.000001m);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Markov_Transitions_AreEqual(int order)
    {
        var model = new MarkovModel([.. Paths().Select(path => path.Journey)], order);
        var ours = model.Transitions().ToDictionary(
            edge => (Name(edge.From, null), Name(edge.To, edge.End)),
            edge => edge.Probability.ToDecimal(15));
        var rows = Read($"transitions-order-{order}.csv");
        Assert.Equal(rows.Count, ours.Count);
        Assert.All(rows, row => AssertNear(Number(row["transition_probability"]), ours[(row["channel_from"], row["channel_to"])], 0.000000001m));

        string Name(IReadOnlyList<string> channels, bool? end) => (channels.Count, end) switch
        {
            (0, null) => "(start)",
            (0, true) => "(conversion)",
            (0, false) => "(null)",
            (1, _) => channels[0],
            _ => string.Join(' ', channels.Select(channel => model.Channels.ToList().IndexOf(channel) + 1)),
        };
    }

    [Theory]
    [InlineData(1, 1.3)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    public void Markov_Credits_LieWithinTheReferencesSimulation(int order, double percent)
    {
        var paths = Paths();
        var model = new MarkovModel([.. paths.Select(path => path.Journey)], order);
        var total = paths.Sum(path => path.Journey.Conversions);
        var credits = model.Channels.Zip(model.Credits()).ToDictionary(pair => pair.First, pair => pair.Second.ToDecimal() * total);
        foreach (var row in Read($"markov-order-{order}.csv"))
        {
            var reference = Number(row["total_conversions"]);
            AssertNear(1m, credits[row["channel_name"]] / reference, (decimal)percent / 100m);
        }
    }

    private static List<(Journey Journey, decimal Value)> Paths() =>
    [
        .. Read("paths.csv").Select(row => (
            new Journey(row["path"].Split(" > "), Number(row["total_conversions"]), Number(row["total_null"])),
            Number(row["total_conversion_value"]))),
    ];

    private static List<Dictionary<string, string>> Read(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(SharedData.Folder("attribution"), file));
        var names = lines[0].Split(';');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(';')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static void AssertNear(decimal expected, decimal actual, decimal tolerance) => Assert.InRange(actual, expected - tolerance, expected + tolerance);

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
