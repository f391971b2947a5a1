using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>Which conflict a step is about.</summary>
internal abstract record ConflictStepInput
{
    /// <summary>The conflict; by default the one the case is about.</summary>
    [StepInput(Description = "The conflict; by default the one the case is about.")]
    public ConflictId? ConflictId { get; init; }

    /// <summary>The conflict that is named, or the one the case is about.</summary>
    public ConflictId Resolve(StepContext context) => ConflictId ?? (context.Subject.Kind == "conflict" && EntityId.IsValid(context.Subject.Id)
        ? new ConflictId(context.Subject.Id)
        : throw new StepInputException($"The input 'conflictId' is missing, and the case is about {context.Subject}, not about a conflict."));
}
