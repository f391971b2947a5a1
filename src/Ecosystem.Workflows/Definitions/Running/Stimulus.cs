using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Something that makes a case go on.</summary>
internal sealed class Stimulus
{
    internal long? Request { get; init; }

    internal ReplyRecord? Reply { get; init; }

    internal TaskAnswer? Answer { get; init; }

    internal bool Cancel { get; init; }

    /// <summary>True: the case is to hear of what was done without its knowledge.</summary>
    internal bool CatchUp { get; init; }

    /// <summary>Where the case is to go on.</summary>
    internal CaseMigration? Migration { get; init; }

    /// <summary>Why it was not taken; empty once it was, null before.</summary>
    internal IReadOnlyList<Refusal>? Refusals { get; private set; }

    internal void Settle(IReadOnlyList<Refusal> refusals) => Refusals = refusals;

    internal void Refuse(string code, string message) => Settle([new Refusal(code, message)]);
}
