namespace Ecosystem.Workflows.Incentives;

/// <summary>What a line is for.</summary>
public enum LineKind
{
    /// <summary>Earned on a deal.</summary>
    Commission,

    /// <summary>The difference between what a period should have earned and what was posted for it.</summary>
    TrueUp,

    /// <summary>Taken back because a customer was refunded after payment.</summary>
    Clawback,

    /// <summary>Takes back a line that was not paid yet.</summary>
    Reversal,

    /// <summary>Written by a person, with a reason and a second person's approval.</summary>
    Adjustment,
}
