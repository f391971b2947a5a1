using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Enablement;

/// <summary>Inputs of <see cref="AssignTrainingStep"/>.</summary>
internal sealed record AssignTrainingInput : PartnerStepInput
{
    /// <summary>The person.</summary>
    [StepInput(Description = "The id of the person; empty when anybody of the partner may take the courses.")]
    public string? Learner { get; init; }

    /// <summary>In how many days it is due.</summary>
    [StepInput(DisplayName = "Due in days", Description = "In how many days the courses are to be taken.")]
    public int DueInDays { get; init; } = 30;
}

/// <summary>Outputs of <see cref="AssignTrainingStep"/>.</summary>
internal sealed record AssignTrainingOutput
{
    /// <summary>The courses.</summary>
    public required IReadOnlyList<string> Courses { get; init; }

    /// <summary>The day by which they are to be taken.</summary>
    public required DateOnly DueOn { get; init; }
}

/// <summary>Assigns the curriculum of a partner's kind.</summary>
[WorkflowStep("Ecosystem.AssignTraining", DisplayName = "Assign training", Category = "Enablement", Icon = "school",
    Description = "Assigns the courses that fit the partner's kind.")]
internal sealed class AssignTrainingStep(EnablementService enablement) : WorkflowStep<AssignTrainingInput, AssignTrainingOutput>
{
    protected override async Task<StepResult<AssignTrainingOutput>> ExecuteAsync(AssignTrainingInput input, StepContext context, CancellationToken ct)
    {
        if (input.DueInDays is < 1 or > 730)
        {
            throw new StepInputException($"The input 'dueInDays' is {input.DueInDays}; it must be 1 to 730.");
        }

        var partner = await input.LoadAsync(context, ct);
        var courses = await enablement.AssignAsync(context.Db, partner, input.Learner, input.DueInDays, context.Actor, ct);
        return StepResult.Done(new AssignTrainingOutput { Courses = courses, DueOn = DateOnly.FromDateTime(context.Now.UtcDateTime).AddDays(input.DueInDays) });
    }
}
