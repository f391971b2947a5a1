namespace Ecosystem.Workflows.Deals;

/// <summary>What every step that moves a deal gives.</summary>
internal record DealStepOutput
{
    /// <summary>Where the deal stands now.</summary>
    public required DealState State { get; init; }

    /// <summary>Why: of the state, or why the step was not possible.</summary>
    public required string Reason { get; init; }
}
