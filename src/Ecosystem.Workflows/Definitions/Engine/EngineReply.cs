namespace Ecosystem.Workflows.Definitions;

/// <summary>The world's answer to an <see cref="EngineRequest"/>.</summary>
internal sealed record EngineReply
{
    /// <summary>The outcome to go on with; null for the activity's usual one.</summary>
    internal string? Outcome { get; init; }

    /// <summary>Outputs by name.</summary>
    internal IReadOnlyDictionary<string, object?> Output { get; init; } = new Dictionary<string, object?>();

    /// <summary>Why it failed; null when it did not.</summary>
    internal string? Error { get; init; }

    /// <summary>Who answered.</summary>
    internal string? By { get; init; }

    /// <summary>What was said with it.</summary>
    internal string? Note { get; init; }

    /// <summary>True when what was waited for did not come in time.</summary>
    internal bool TimedOut { get; init; }
}
