using System.Globalization;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// What a case asks of <see cref="CaseActivities"/>: to go on from a state with a stimulus until it waits again, in one transaction.
/// It is the argument of a local activity, so it is not written to histories.
/// </summary>
internal sealed record Burst
{
    public required CaseInput Case { get; init; }

    /// <summary>The run the case began with; step keys begin with it.</summary>
    public required string RunId { get; init; }

    /// <summary>Numbers the bursts of the case.</summary>
    public required int Number { get; init; }

    /// <summary>The time of the burst: the workflow's.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The state to go on from; null to start.</summary>
    public JsonObject? State { get; init; }

    /// <summary>The answer to a request; null to start, or to go on with steps that are due.</summary>
    public ReplyRecord? Reply { get; init; }

    /// <summary>For the answer to a human task: what was answered, by whom.</summary>
    public TaskAnswer? Answer { get; init; }

    /// <summary>True: the case is called off.</summary>
    public bool Cancel { get; init; }

    /// <summary>Which content references to other definitions stand for.</summary>
    public Dictionary<string, string> Pinned { get; init; } = [];

    /// <summary>The request whose step was tried once already, in the burst before.</summary>
    public long? Tried { get; init; }

    /// <summary>True: only what was done already is told again; nothing new is done.</summary>
    public bool OnlyKnown { get; init; }

    /// <summary>What it answers. A case that did not hear of a burst may ask for the same number again with something else to answer.</summary>
    internal string For => Cancel ? ForCancel : Reply is { } reply ? string.Create(CultureInfo.InvariantCulture, $"{reply.Request}{(reply.TimedOut ? "/due" : "")}") : "";

    /// <summary><see cref="For"/> of a burst that calls the case off.</summary>
    internal const string ForCancel = "cancel";

    /// <summary>How many steps at most; 1 after a step further on failed, so that those before it are kept.</summary>
    public int MaxSteps { get; init; } = 50;
}

/// <summary>What became of a <see cref="Burst"/>. This is what histories keep.</summary>
internal sealed record BurstResult
{
    /// <summary>What the engine was told, in order; telling it the same gives the same state.</summary>
    public IReadOnlyList<ReplyRecord> Replies { get; init; } = [];

    /// <summary>References that were resolved meanwhile.</summary>
    public Dictionary<string, string>? Pinned { get; init; }

    /// <summary>The request whose step failed, so that what came before it was kept and it is to be tried again.</summary>
    public long? Tried { get; init; }

    /// <summary>
    /// What the burst of this number answered (<see cref="Burst.For"/>), when that is not what was asked: it was done before, and the case has not
    /// heard of it. What was asked is still to be done.
    /// </summary>
    public string? MissedFor { get; init; }

    /// <summary>The time of the burst, when it was done before.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>True: only what was done already was asked for, and there is nothing.</summary>
    public bool Nothing { get; init; }

    /// <summary>Why nothing was done.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = [];
}
