namespace Ecosystem.Benchmarks.Rules.Production;

/// <summary>Facts of the rule benchmarks, made as the yardstick says.</summary>
internal static class BenchFacts
{
    public static Partner[] Partners(int count) => [.. Enumerable.Range(0, count).Select(i => new Partner
    {
        Id = i,
        Region = i % 3 == 0 ? "EMEA" : "APAC",
        Score = i % 100,
    })];

    public static Deal[] Deals(int count, int partners) => [.. Enumerable.Range(0, count).Select(i => new Deal
    {
        Id = i,
        PartnerId = i % partners,
        Amount = (int)((long)i * 7919 % 50000),
        Stage = i % 2 == 0 ? "Won" : "Lost",
    })];

    public sealed class Partner
    {
        public int Id { get; set; }

        public string Region { get; set; } = string.Empty;

        public int Score { get; set; }
    }

    public sealed class Deal
    {
        public int Id { get; set; }

        public int PartnerId { get; set; }

        public int Amount { get; set; }

        public string Stage { get; set; } = string.Empty;
    }

    public sealed class Note
    {
        public int Id { get; set; }

        public int PartnerId { get; set; }
    }
}
