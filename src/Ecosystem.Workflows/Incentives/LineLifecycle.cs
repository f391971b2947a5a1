using Ecosystem.Workflows.Incentives.Payouts;

namespace Ecosystem.Workflows.Incentives;

/// <summary>The moves an incentive line may make; pure.</summary>
public static class LineLifecycle
{
    /// <summary>Whether a line may go from one standing to another.</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="to">Where it is to go.</param>
    public static bool Allows(LineStatus from, LineStatus to) => (from, to) switch
    {
        (LineStatus.Calculated, LineStatus.OnHold or LineStatus.Approvable) => true,
        (LineStatus.OnHold, LineStatus.Approvable or LineStatus.Reversed) => true,
        (LineStatus.Approvable, LineStatus.Approved or LineStatus.OnHold or LineStatus.Reversed) => true,

        // Back to approvable: the run was cancelled, or the bank rejected the payment.
        (LineStatus.Approved, LineStatus.InBatch or LineStatus.Approvable) => true,
        (LineStatus.InBatch, LineStatus.Paid or LineStatus.Approvable) => true,
        _ => false,
    };

    /// <summary>Moves a line and gives the record of the step.</summary>
    /// <param name="line">The line.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="at">When.</param>
    /// <param name="actor">Who moves it.</param>
    /// <param name="reason">Why; null where the step says it all.</param>
    /// <param name="run">The payout run that moves it.</param>
    /// <exception cref="InvalidOperationException">The line may not make this move.</exception>
    public static LineTransition Move(IncentiveLine line, LineStatus to, DateTimeOffset at, Actor actor, string? reason = null, PayoutRunId? run = null)
    {
        if (!Allows(line.Status, to))
        {
            throw new InvalidOperationException($"The line {line.Id} is {line.Status} and cannot become {to}.");
        }

        var on = DateOnly.FromDateTime(at.UtcDateTime);
        var step = new LineTransition
        {
            LineId = line.Id,
            Number = line.Moves + 1,
            PartnerId = line.PartnerId,
            From = line.Status,
            To = to,
            At = at,
            On = on,
            ActorId = actor.Id,
            ReasonText = reason,
            RunId = run,
        };
        line.Moves++;
        line.Status = to;
        line.RunId = to is LineStatus.Approved or LineStatus.InBatch or LineStatus.Paid ? run ?? line.RunId : null;
        line.PaidOn = to == LineStatus.Paid ? on : null;
        return step;
    }

    /// <summary>Keeps an approvable line for a run, so that no other run takes it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="run">The run; null gives the line free.</param>
    /// <exception cref="InvalidOperationException">The line is not approvable, or another run keeps it.</exception>
    public static void Reserve(IncentiveLine line, PayoutRunId? run)
    {
        if (line.Status != LineStatus.Approvable || (run is not null && line.RunId is not null && line.RunId != run))
        {
            throw new InvalidOperationException($"The line {line.Id} is {line.Status} and kept by run '{line.RunId}'; it cannot be kept by '{run}'.");
        }

        line.RunId = run;
    }

    /// <summary>Where a line stood at the end of a day.</summary>
    /// <param name="steps">The line's steps, in any order.</param>
    /// <param name="day">The day.</param>
    public static LineStatus StatusOn(IEnumerable<LineTransition> steps, DateOnly day) =>
        steps.Where(step => step.On <= day).MaxBy(step => step.Number)?.To ?? LineStatus.Calculated;
}
