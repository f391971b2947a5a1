namespace Ecosystem.Temporal.Executions;

/// <summary>Priorities of activities and children within their workflow's.</summary>
internal static class Priorities
{
    /// <summary>The priority that counts: what is not given is the workflow's, each part for itself.</summary>
    public static Priority? Merge(Priority? workflow, Priority? own) => (workflow, own) switch
    {
        (null, _) => own,
        (_, null) => workflow,
        _ => new Priority
        {
            PriorityKey = own.PriorityKey != 0 ? own.PriorityKey : workflow.PriorityKey,
            FairnessKey = own.FairnessKey.Length > 0 ? own.FairnessKey : workflow.FairnessKey,
            FairnessWeight = own.FairnessWeight != 0 ? own.FairnessWeight : workflow.FairnessWeight,
        },
    };
}
