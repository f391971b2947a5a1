namespace Ecosystem.Rules.Rulesets;

/// <summary>How an impact run works.</summary>
public sealed record ImpactOptions
{
    /// <summary>How many threads work; by default one per processor.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>How many changed decisions are kept in detail. All of them are counted.</summary>
    public int KeepChanges { get; init; } = 10_000;

    /// <summary>Told how many decisions are done, about every thousand.</summary>
    public IProgress<long>? Progress { get; init; }
}
