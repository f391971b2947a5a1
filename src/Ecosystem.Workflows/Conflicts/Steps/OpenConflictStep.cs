using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>Inputs of <see cref="OpenConflictStep"/>.</summary>
internal sealed record OpenConflictInput
{
    /// <summary>The deal; by default the one the case is about.</summary>
    [StepInput(Description = "The deal; by default the one the case is about.")]
    public DealId? DealId { get; init; }

    /// <summary>The decision of DetectConflict.</summary>
    [StepInput(Description = "The output decisionId of Detect conflict; empty to look for conflicts again.")]
    public DecisionId? DecisionId { get; init; }

    /// <summary>Whether a case of its own resolves it.</summary>
    [StepInput(UIHint = "checkbox", Description = "Start the process conflict-resolution for it. It ends with the event conflictRuled for this case.")]
    public bool StartCase { get; init; } = true;
}

/// <summary>Outputs of <see cref="OpenConflictStep"/>.</summary>
internal sealed record OpenConflictOutput
{
    /// <summary>The conflict.</summary>
    public required ConflictId ConflictId { get; init; }

    /// <summary>The case that resolves it; null when none was started.</summary>
    public CaseId? CaseId { get; init; }

    /// <summary>How many partners contest the deal.</summary>
    public required int Parties { get; init; }
}

/// <summary>Opens a conflict about a deal.</summary>
[WorkflowStep("Ecosystem.OpenConflict", DisplayName = "Open conflict", Category = "Deals", Icon = "gavel",
    Description = "Opens a conflict about a deal; the deal cannot be protected until it is ruled on.")]
internal sealed class OpenConflictStep(ConflictService conflicts) : DealStep<OpenConflictInput, OpenConflictOutput>
{
    protected override async Task<StepResult<OpenConflictOutput>> ExecuteAsync(OpenConflictInput input, StepContext context, CancellationToken ct)
    {
        var deal = await DealAsync(context, input.DealId, ct);
        var finding = input.DecisionId is { } decision
            ? await ConflictDetector.RecallAsync(context.Db, decision, ct)
            : await conflicts.DetectAsync(context.Db, deal, context.Actor, ct);
        var conflict = await conflicts.OpenAsync(context.Db, deal, finding, context.Actor, input.StartCase, ct);
        return StepResult.Done(new OpenConflictOutput { ConflictId = conflict.Id, CaseId = input.StartCase ? conflict.CaseId : null, Parties = conflict.Parties.Count });
    }
}
