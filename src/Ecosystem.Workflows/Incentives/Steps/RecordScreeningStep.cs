using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Incentives.Payouts;

namespace Ecosystem.Workflows.Incentives.Steps;

/// <summary>Inputs of <see cref="RecordScreeningStep"/>.</summary>
internal sealed record RecordScreeningInput
{
    [StepInput(Description = "The partners that were compared with the list: their ids.")]
    public IReadOnlyList<PartnerId> Compared { get; init; } = [];

    [StepInput(Description = "Those of them that are the ones on the list; they stay held, the others are free.")]
    public IReadOnlyList<PartnerId>? Same { get; init; }

    [StepInput(UIHint = "multiline", Description = "Why, in words.")]
    public string? Reason { get; init; }

    [StepInput(DisplayName = "Compared by", Description = "The id of the person who compared them.")]
    public string? ComparedBy { get; init; }
}

/// <summary>Outputs of <see cref="RecordScreeningStep"/>.</summary>
/// <param name="Held">How many stay held.</param>
internal sealed record RecordScreeningOutput(int Held);

/// <summary>Records what comparing payees with the sanctions list gave.</summary>
[WorkflowStep(
    "Ecosystem.RecordScreening",
    DisplayName = "Record screening",
    Category = "Incentives",
    Icon = "fact_check",
    Description = "Records which payees are the ones on the sanctions list; the others are free until the list or their bank details change.")]
internal sealed class RecordScreeningStep(PayeeScreenings screenings) : WorkflowStep<RecordScreeningInput, RecordScreeningOutput>
{
    protected override async Task<StepResult<RecordScreeningOutput>> ExecuteAsync(RecordScreeningInput input, StepContext context, CancellationToken ct)
    {
        var actor = input.ComparedBy is { Length: > 0 } person ? Actor.Staff(person, person, ActorSource.System, "compliance") : context.Actor;
        var same = input.Same ?? [];
        await screenings.RecordAsync(context.Db, input.Compared, same, input.Reason ?? "Compared with the list.", actor, ct);
        return StepResult.Done(new RecordScreeningOutput(same.Intersect(input.Compared).Count()));
    }
}
