using System.Collections.Frozen;
using System.Globalization;

namespace Ecosystem.Workflows.Deals;

/// <summary>
/// The life of a deal registration as a pure function: from what is known and what is to be done to what is known afterwards, or to the
/// reason why it cannot be done. Draft → Submitted → Checking → UnderReview ⇄ InfoRequested → PendingApproval (⇄ InfoRequested) → Protected → Won,
/// Lost, Expired, Withdrawn or Revoked; Rejected from any state before protection. Extension and dispute run beside the state.
/// </summary>
public static class DealMachine
{
    private static readonly FrozenDictionary<(DealState From, DealAction Action), DealState> Edges = new Dictionary<(DealState, DealAction), DealState>
    {
        [(DealState.Draft, DealAction.Submit)] = DealState.Submitted,
        [(DealState.Submitted, DealAction.StartChecks)] = DealState.Checking,
        [(DealState.Checking, DealAction.SendToReview)] = DealState.UnderReview,
        [(DealState.Checking, DealAction.RequestInfo)] = DealState.InfoRequested,
        [(DealState.Checking, DealAction.PassOn)] = DealState.PendingApproval,
        [(DealState.Checking, DealAction.Protect)] = DealState.Protected,
        [(DealState.Checking, DealAction.Reject)] = DealState.Rejected,
        [(DealState.UnderReview, DealAction.RequestInfo)] = DealState.InfoRequested,
        [(DealState.UnderReview, DealAction.PassOn)] = DealState.PendingApproval,
        [(DealState.UnderReview, DealAction.Protect)] = DealState.Protected,
        [(DealState.UnderReview, DealAction.Reject)] = DealState.Rejected,
        [(DealState.InfoRequested, DealAction.SupplyInfo)] = DealState.UnderReview,
        [(DealState.InfoRequested, DealAction.Reject)] = DealState.Rejected,
        [(DealState.PendingApproval, DealAction.RequestInfo)] = DealState.InfoRequested,
        [(DealState.PendingApproval, DealAction.Protect)] = DealState.Protected,
        [(DealState.PendingApproval, DealAction.Reject)] = DealState.Rejected,
        [(DealState.Protected, DealAction.RequestExtension)] = DealState.Protected,
        [(DealState.Protected, DealAction.GrantExtension)] = DealState.Protected,
        [(DealState.Protected, DealAction.DenyExtension)] = DealState.Protected,
        [(DealState.Protected, DealAction.Win)] = DealState.Won,
        [(DealState.Protected, DealAction.Lose)] = DealState.Lost,
        [(DealState.Protected, DealAction.Expire)] = DealState.Expired,
        [(DealState.Protected, DealAction.Revoke)] = DealState.Revoked,
        [(DealState.Rejected, DealAction.Resubmit)] = DealState.Submitted,
        [(DealState.Draft, DealAction.Withdraw)] = DealState.Withdrawn,
        [(DealState.Submitted, DealAction.Withdraw)] = DealState.Withdrawn,
        [(DealState.Checking, DealAction.Withdraw)] = DealState.Withdrawn,
        [(DealState.UnderReview, DealAction.Withdraw)] = DealState.Withdrawn,
        [(DealState.InfoRequested, DealAction.Withdraw)] = DealState.Withdrawn,
        [(DealState.PendingApproval, DealAction.Withdraw)] = DealState.Withdrawn,
        [(DealState.Protected, DealAction.Withdraw)] = DealState.Withdrawn,
    }.ToFrozenDictionary();

    /// <summary>Which actions the state allows, whatever the other facts say.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The actions.</returns>
    public static IReadOnlyList<DealAction> ActionsIn(DealState state) => [.. Edges.Keys.Where(edge => edge.From == state).Select(edge => edge.Action).Order()];

    /// <summary>Decides.</summary>
    /// <param name="facts">What is known of the deal.</param>
    /// <param name="command">What is to be done.</param>
    /// <param name="policy">The terms.</param>
    /// <returns>What is known afterwards, or why it cannot be done.</returns>
    public static Result<DealTransition> Decide(DealFacts facts, DealCommand command, ProtectionPolicy policy)
    {
        if (!Edges.TryGetValue((facts.State, command.Action), out var to))
        {
            return NotAllowed(facts, command);
        }

        if (NeedsReason(command.Action) && string.IsNullOrWhiteSpace(command.Reason))
        {
            return new Refusal("deal.reason-missing", $"The reason is missing; say in a sentence why you {Verb(command.Action)} the deal.", "reason");
        }

        return command.Action switch
        {
            DealAction.Protect => Protect(facts, command, policy),
            DealAction.Reject => new DealTransition(facts, facts with { State = to, Resubmittable = command.Resubmittable }, command.Reason!),
            DealAction.Resubmit => Resubmit(facts, command, policy),
            DealAction.RequestExtension => RequestExtension(facts, command, policy),
            DealAction.GrantExtension => GrantExtension(facts, command, policy),
            DealAction.DenyExtension => facts.Extension != ExtensionState.Requested
                ? NothingRequested()
                : new DealTransition(facts, facts with { Extension = ExtensionState.Denied }, command.Reason!),
            DealAction.Expire => Expire(facts, command),
            DealAction.Win or DealAction.Lose when facts.ProtectedUntil is { } until && command.Now > until =>
                new Refusal("deal.protection-over", $"The protection ended on {Day(until)}; the deal is to be expired, not closed."),
            _ => new DealTransition(facts, facts with { State = to }, command.Reason ?? Default(command.Action)),
        };
    }

    private static Result<DealTransition> Protect(DealFacts facts, DealCommand command, ProtectionPolicy policy)
    {
        var days = command.Days ?? policy.ProtectionDays;
        if (days is < 1 or > 730)
        {
            return new Refusal("deal.protection-days", $"{days} days of protection cannot be given; it must be 1 to 730.", "days");
        }

        if (facts.Dispute == DisputeState.Open)
        {
            return new Refusal("deal.in-dispute", "A conflict case is open about this deal; it can be protected once the conflict is ruled on.");
        }

        var until = command.Now.AddDays(days);
        return new DealTransition(
            facts,
            facts with { State = DealState.Protected, ProtectedUntil = until, Extension = ExtensionState.None, Extensions = 0 },
            command.Reason ?? $"Approved: protected for {days} days, until {Day(until)}.");
    }

    private static Result<DealTransition> Resubmit(DealFacts facts, DealCommand command, ProtectionPolicy policy)
    {
        if (!facts.Resubmittable)
        {
            return new Refusal("deal.not-resubmittable", "The reason of the rejection does not allow this deal to be submitted again; register another opportunity instead.");
        }

        return facts.Resubmissions >= policy.MaxResubmissions
            ? new Refusal("deal.resubmissions-used", $"The deal was submitted again {facts.Resubmissions} times already, which is the limit.")
            : new DealTransition(
                facts,
                facts with { State = DealState.Submitted, Resubmittable = false, Resubmissions = facts.Resubmissions + 1 },
                command.Reason ?? $"Submitted again ({facts.Resubmissions + 1} of {policy.MaxResubmissions}).");
    }

    private static Result<DealTransition> RequestExtension(DealFacts facts, DealCommand command, ProtectionPolicy policy)
    {
        var until = facts.ProtectedUntil!.Value;
        if (facts.Extension == ExtensionState.Requested)
        {
            return new Refusal("deal.extension-pending", "A longer protection was asked for already; wait for the answer.");
        }

        if (facts.Extensions >= policy.MaxExtensions)
        {
            return new Refusal("deal.extensions-used", $"The protection was extended {facts.Extensions} times already, which is the limit.");
        }

        if (command.Now > until.AddDays(-policy.AskDaysBefore))
        {
            return new Refusal(
                "deal.extension-late",
                $"A longer protection has to be asked for at least {policy.AskDaysBefore} days before the end; the last day was {Day(until.AddDays(-policy.AskDaysBefore))}.");
        }

        if (facts.LastActivityOn is not { } last || last < DateOnly.FromDateTime(command.Now.UtcDateTime).AddDays(-policy.ActivityDays))
        {
            return new Refusal(
                "deal.no-activity",
                $"A longer protection needs an activity with the customer within the last {policy.ActivityDays} days; record a touchpoint for it first.");
        }

        return command.Days is { } days && (days < policy.MinExtensionDays || days > policy.MaxExtensionDays)
            ? DaysRefused(days, policy)
            : new DealTransition(facts, facts with { Extension = ExtensionState.Requested }, command.Reason!);
    }

    private static Result<DealTransition> GrantExtension(DealFacts facts, DealCommand command, ProtectionPolicy policy)
    {
        if (facts.Extension != ExtensionState.Requested)
        {
            return NothingRequested();
        }

        var days = command.Days ?? policy.ExtensionDays;
        if (days < policy.MinExtensionDays || days > policy.MaxExtensionDays)
        {
            return DaysRefused(days, policy);
        }

        var until = facts.ProtectedUntil!.Value.AddDays(days);
        return new DealTransition(
            facts,
            facts with { Extension = ExtensionState.Granted, Extensions = facts.Extensions + 1, ProtectedUntil = until },
            command.Reason ?? $"Extended by {days} days, until {Day(until)} ({facts.Extensions + 1} of {policy.MaxExtensions}).");
    }

    private static Result<DealTransition> Expire(DealFacts facts, DealCommand command) => facts.ProtectedUntil is { } until && command.Now < until
        ? new Refusal("deal.still-protected", $"The protection runs until {Day(until)}; it cannot expire before.")
        : new DealTransition(facts, facts with { State = DealState.Expired }, command.Reason ?? $"The protection ended on {Day(facts.ProtectedUntil!.Value)} without a result.");

    private static Refusal NotAllowed(DealFacts facts, DealCommand command)
    {
        var from = Edges.Keys.Where(edge => edge.Action == command.Action).Select(edge => edge.From.ToString()).Order(StringComparer.Ordinal);
        return new Refusal(
            "deal.wrong-state",
            $"You cannot {Verb(command.Action)} a deal that is {facts.State}; it would have to be {string.Join(" or ", from)}.");
    }

    private static Refusal NothingRequested() => new("deal.no-extension-requested", "No longer protection was asked for, so there is nothing to answer.");

    private static Refusal DaysRefused(int days, ProtectionPolicy policy) =>
        new("deal.extension-days", $"An extension of {days} days is not possible; it must be {policy.MinExtensionDays} to {policy.MaxExtensionDays}.", "days");

    private static bool NeedsReason(DealAction action) =>
        action is DealAction.Reject or DealAction.RequestInfo or DealAction.RequestExtension or DealAction.DenyExtension or DealAction.Withdraw or DealAction.Revoke;

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Default(DealAction action) => action switch
    {
        DealAction.Submit => "Submitted.",
        DealAction.StartChecks => "The automatic checks began.",
        DealAction.SendToReview => "A person has to look at it.",
        DealAction.SupplyInfo => "The partner answered.",
        DealAction.PassOn => "The review passed; the last approval is due.",
        DealAction.Win => "The customer bought.",
        DealAction.Lose => "The customer did not buy.",
        _ => action.ToString(),
    };

    private static string Verb(DealAction action) => action switch
    {
        DealAction.Submit => "submit",
        DealAction.StartChecks => "check",
        DealAction.SendToReview => "review",
        DealAction.RequestInfo => "ask the partner about",
        DealAction.SupplyInfo => "answer questions about",
        DealAction.PassOn => "pass on for approval",
        DealAction.Protect => "protect",
        DealAction.Reject => "reject",
        DealAction.RequestExtension => "ask for a longer protection of",
        DealAction.GrantExtension => "extend",
        DealAction.DenyExtension => "deny a longer protection of",
        DealAction.Win => "win",
        DealAction.Lose => "lose",
        DealAction.Expire => "expire",
        DealAction.Withdraw => "withdraw",
        DealAction.Revoke => "revoke the protection of",
        _ => "submit again",
    };
}
