namespace Ecosystem.Rules.Tests.Production;

public class Partner
{
    public int Id { get; set; }

    public string Region { get; set; } = "EMEA";

    public int Score { get; set; }

    public string? Name { get; set; }

    public override string ToString() => $"Partner {Id}";
}

public class Deal
{
    public int Id { get; set; }

    public int PartnerId { get; set; }

    public int Amount { get; set; }

    public string Stage { get; set; } = "Won";

    public List<string> Tags { get; set; } = [];

    public override string ToString() => $"Deal {Id}";
}

public sealed class StrategicDeal : Deal;

public sealed record Tier(int PartnerId, string Name);

public sealed record Alert(string Text);
