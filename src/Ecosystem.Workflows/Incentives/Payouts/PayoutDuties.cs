using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Who may do what in a payout run, by the matrix of <see cref="SegregationOfDuties"/> over what the run itself keeps; pure.</summary>
public static class PayoutDuties
{
    /// <summary>Why an actor may not approve a run; null when it may.</summary>
    /// <param name="run">The run.</param>
    /// <param name="actor">Who wants to approve.</param>
    public static Refusal? MayApprove(PayoutRun run, Actor actor) =>
        run.Status != PayoutRunStatus.Calculated ? WrongStatus(run, "approved")
        : NotFinance(actor, "approve a payout run", Duty.ApprovePayout)
        ?? (Had(actor.Id == run.CreatedBy, Duty.Create, Duty.ApprovePayout) ? Same("asked for the run", "approve it") : null)
        ?? (actor.Id == run.FirstApprovedBy ? Same("gave the first approval", "give the second") : null);

    /// <summary>Why an actor may not release a run; null when it may.</summary>
    /// <param name="run">The run.</param>
    /// <param name="payments">Its payments.</param>
    /// <param name="actor">Who wants to release.</param>
    public static Refusal? MayRelease(PayoutRun run, IReadOnlyList<PayoutPayment> payments, Actor actor) =>
        run.Status != PayoutRunStatus.Approved ? WrongStatus(run, "released")
        : NotFinance(actor, "release a payout run", Duty.ReleasePayment)
        ?? (Had(actor.Id == run.CreatedBy, Duty.Create, Duty.ReleasePayment) ? Same("asked for the run", "release it") : null)
        ?? (Had(actor.Id == run.ApprovedBy || actor.Id == run.FirstApprovedBy, Duty.ApprovePayout, Duty.ReleasePayment) ? Same("approved the run", "release it") : null)
        ?? (Had(payments.Any(payment => payment.DetailsBy.Contains($"|{actor.Id}|", StringComparison.Ordinal)), Duty.VerifyBankDetails, Duty.ReleasePayment)
            ? Same("entered or verified bank details of a payee", "release a payment to it")
            : null);

    /// <summary>The refusal of a step that the run's standing does not allow.</summary>
    /// <param name="run">The run.</param>
    /// <param name="done">What was to be done to it, as a participle.</param>
    public static Refusal WrongStatus(PayoutRun run, string done) =>
        new("payout.wrong-status", $"The payout run {run.Id} is {run.Status} and cannot be {done} now.");

    /// <summary>The refusal of an approval by who wrote the rules that a run is the first to pay by.</summary>
    public static Refusal WroteItsRules() => Same("wrote the rules this run is the first to pay by", "approve it");

    private static bool Had(bool did, Duty earlier, Duty next) => did && SegregationOfDuties.MustBeApart(earlier, next);

    private static Refusal? NotFinance(Actor actor, string action, Duty duty) =>
        !actor.Has("finance") ? Refusal.Forbidden(action, "finance") : SegregationOfDuties.CheckAdministrator(duty, actor.Roles);

    private static Refusal Same(string did, string cannot) =>
        new("payout.same-person", $"Segregation of duties: who {did} may not {cannot}; another person has to.");
}
