using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>Inputs of <see cref="ApplySplitStep"/>.</summary>
internal sealed record ApplySplitInput : ConflictStepInput
{
    /// <summary>The accepted proposal.</summary>
    [StepInput(UIHint = "dropdown", Options = ["sole", "contribution", "co-sell", "dismiss"],
        Description = "The accepted proposal; empty for the recommended one; dismiss when there is no conflict after all.")]
    public string? Proposal { get; init; }

    /// <summary>Shares of the ruler's own.</summary>
    [StepInput(Description = "Shares that differ from the proposals: a list of partnerId, role and share; they sum to 100.")]
    public IReadOnlyList<ProposedShare>? Shares { get; init; }

    /// <summary>Why, in words.</summary>
    [StepInput(UIHint = "multiline", Description = "Why, in words; needed when the shares differ from the proposals.")]
    public string? Reason { get; init; }
}

/// <summary>A share in the output of <see cref="ApplySplitStep"/>.</summary>
internal sealed record ShareOutput(PartnerId PartnerId, CreditRole Role, decimal Share);

/// <summary>Outputs of <see cref="ApplySplitStep"/>.</summary>
internal sealed record ApplySplitOutput
{
    /// <summary>The accepted proposal, <c>own</c> or <c>dismissed</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The shares; they sum to 100.00 exactly. None when dismissed.</summary>
    public IReadOnlyList<ShareOutput> Shares { get; init; } = [];

    /// <summary>The share of the partner whose registration was contested.</summary>
    public decimal RegistrantShare { get; init; }

    /// <summary>Why a ruling was refused.</summary>
    public string? Reason { get; init; }
}

/// <summary>Puts a ruling on a conflict into force.</summary>
[WorkflowStep("Ecosystem.ApplySplit", DisplayName = "Apply split", Category = "Deals", Icon = "balance", Outcomes = ["Done", "Dismissed", "Refused"],
    Description = "Fixes the shares of a contested deal as ruled, and tells the deal's case with the event conflictRuled.")]
internal sealed class ApplySplitStep(ConflictService conflicts) : WorkflowStep<ApplySplitInput, ApplySplitOutput>
{
    protected override async Task<StepResult<ApplySplitOutput>> ExecuteAsync(ApplySplitInput input, StepContext context, CancellationToken ct)
    {
        var id = input.Resolve(context);
        if (input.Proposal == "dismiss")
        {
            await conflicts.DismissAsync(context.Db, id, input.Reason ?? "No conflict after all.", context.Actor, ct);
            return StepResult.Done(new ApplySplitOutput { Outcome = "dismissed", RegistrantShare = 100m }, "Dismissed");
        }

        var ruled = await conflicts.RuleAsync(context.Db, id, new ConflictRuling { Proposal = input.Proposal, Shares = input.Shares, Reason = input.Reason }, context.Actor, ct);
        if (!ruled.TryGet(out var conflict))
        {
            return StepResult.Done(new ApplySplitOutput { Outcome = "refused", Reason = string.Join(" ", ruled.Refusals.Select(refusal => refusal.Message)) }, "Refused");
        }

        await context.Db.SaveChangesAsync(ct);
        var shares = await context.Db.Set<SplitShare>().AsNoTracking().Where(share => share.ConflictId == id).OrderBy(share => share.PartnerId).ToListAsync(ct);
        var registrant = conflict.Parties.Single(party => party.DealId == conflict.DealId).PartnerId;
        return StepResult.Done(new ApplySplitOutput
        {
            Outcome = conflict.Outcome!,
            Shares = [.. shares.Select(share => new ShareOutput(share.PartnerId, share.Role, share.Share))],
            RegistrantShare = shares.Where(share => share.PartnerId == registrant).Sum(share => share.Share),
        });
    }
}
