using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Deals;

/// <summary>What steps of deals have in common: which deal it is, and what happens when the machine says no.</summary>
internal abstract class DealStep<TInput, TOutput> : WorkflowStep<TInput, TOutput>
    where TInput : class
    where TOutput : class
{
    /// <summary>The outcome when the deal's state does not allow the step, for example because the partner withdrew it meanwhile.</summary>
    protected const string NotPossible = "NotPossible";

    /// <summary>The deal that is named, or the one the case is about.</summary>
    protected static async Task<Deal> DealAsync(StepContext context, DealId? named, CancellationToken ct)
    {
        var id = named ?? (context.Subject.Kind == "deal" && EntityId.IsValid(context.Subject.Id)
            ? new DealId(context.Subject.Id)
            : throw new StepInputException($"The input 'dealId' is missing, and the case is about {context.Subject}, not about a deal."));
        return await context.Db.FindAsync<Deal>([id], ct)
            ?? throw new StepInputException($"The input 'dealId' names the deal '{id}', which does not exist.");
    }
}
