using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>Inputs of <see cref="OffboardStep"/>.</summary>
internal sealed record OffboardInput : PartnerStepInput
{
    /// <summary>Pause or end.</summary>
    [StepInput(UIHint = "dropdown", Options = ["offboard", "pause"], Description = "pause: suspended for a time; offboard: the partnership ends and open deals are withdrawn.")]
    public string Mode { get; init; } = "offboard";

    /// <summary>Why, in words.</summary>
    [StepInput(UIHint = "multiline", Description = "Why, in words that the partner reads.")]
    public string? Reason { get; init; }
}

/// <summary>Outputs of <see cref="OffboardStep"/>.</summary>
internal sealed record OffboardOutput
{
    /// <summary>Where the partnership stands now.</summary>
    public required PartnerStatus Status { get; init; }

    /// <summary>How many open deals were withdrawn.</summary>
    public required int WithdrawnDeals { get; init; }
}

/// <summary>Pauses or ends a partnership.</summary>
[WorkflowStep("Ecosystem.Offboard", DisplayName = "Off-board partner", Category = "Partners", Icon = "logout",
    Description = "Pauses or ends a partnership: access is taken back, open deals are withdrawn; what was earned stays.")]
internal sealed class OffboardStep(OnboardingService onboarding, DealService deals) : WorkflowStep<OffboardInput, OffboardOutput>
{
    protected override async Task<StepResult<OffboardOutput>> ExecuteAsync(OffboardInput input, StepContext context, CancellationToken ct)
    {
        if (input.Mode is not ("offboard" or "pause"))
        {
            throw new StepInputException($"The input 'mode' is '{input.Mode}'; it must be offboard or pause.");
        }

        var partner = await input.LoadAsync(context, ct);
        var reason = string.IsNullOrWhiteSpace(input.Reason) ? "Decided by the programme." : input.Reason;
        await onboarding.EndAsync(context.Db, partner, input.Mode == "pause", reason, context.Actor, ct);
        var withdrawn = 0;
        if (input.Mode == "offboard")
        {
            foreach (var id in await deals.OpenOfAsync(context.Db, partner.Id, ct))
            {
                withdrawn += await deals.WithdrawAsync(context.Db, id, "The partnership ended: " + reason, context.Actor, ct) ? 1 : 0;
            }
        }

        return StepResult.Done(new OffboardOutput { Status = partner.Status, WithdrawnDeals = withdrawn });
    }
}
