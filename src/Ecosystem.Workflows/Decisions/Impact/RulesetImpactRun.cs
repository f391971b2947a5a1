using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Workflows.Decisions;

/// <summary>A comparison of two versions over stored decisions, under way or done. Safe to read from other threads.</summary>
public sealed class RulesetImpactRun : IProgress<long>
{
    private long done;
    private volatile ImpactReport? report;
    private volatile string? error;

    internal RulesetImpactRun(string id, string name, string from, string to, DateOnly first, DateOnly last, long total) =>
        (Id, Ruleset, FromVersion, ToVersion, FirstDay, LastDay, Total) = (id, name, from, to, first, last, total);

    /// <summary>Its id, good for as long as the process lives.</summary>
    public string Id { get; }

    /// <summary>The ruleset.</summary>
    public string Ruleset { get; }

    /// <summary>The version the decisions are compared with.</summary>
    public string FromVersion { get; }

    /// <summary>The version that may take its place.</summary>
    public string ToVersion { get; }

    /// <summary>First day of the period.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>Last day of the period.</summary>
    public DateOnly LastDay { get; }

    /// <summary>How many decisions the period has.</summary>
    public long Total { get; }

    /// <summary>How many are done.</summary>
    public long Done => Interlocked.Read(ref done);

    /// <summary>The result; null while it runs.</summary>
    public ImpactReport? Report => report;

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error => error;

    /// <summary><c>running</c>, <c>done</c> or <c>failed</c>.</summary>
    public string State => report is not null ? "done" : error is not null ? "failed" : "running";

    internal Task Work { get; set; } = Task.CompletedTask;

    void IProgress<long>.Report(long value) => Interlocked.Exchange(ref done, value);

    internal void End(ImpactReport result)
    {
        Interlocked.Exchange(ref done, result.Total);
        report = result;
    }

    internal void Fail(string why) => error = why;
}
