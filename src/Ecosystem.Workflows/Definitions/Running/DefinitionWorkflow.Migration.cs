using Temporalio.Workflows;

namespace Ecosystem.Workflows.Definitions;

/// <content>Going on on another version of the definition.</content>
internal sealed partial class DefinitionWorkflow
{
    /// <summary>Tells what stands in the way of going on on another version; nothing when nothing does.</summary>
    [WorkflowQuery(CaseMigration.Query)]
    public IReadOnlyList<string> CheckMigration(CaseMigration migration) =>
        engine is null ? ["The case has not begun."] : StateMigration.Rewrite(engine.Snapshot(), engine.Plan, plans.Get(migration.ContentHash), migration.Activities).Problems;

    /// <summary>Goes on on another version; gives what stood in the way, nothing when it was done.</summary>
    [WorkflowUpdate(CaseMigration.Update)]
    public async Task<IReadOnlyList<string>> MigrateAsync(CaseMigration migration)
    {
        await Workflow.WaitConditionAsync(() => engine is not null);
        var stimulus = new Stimulus { Migration = migration };
        stimuli.Enqueue(stimulus);
        await Workflow.WaitConditionAsync(() => stimulus.Refusals is not null);
        return [.. stimulus.Refusals!.Select(refusal => refusal.Message)];
    }

    private async Task MigrateAsync(Stimulus stimulus, CaseMigration migration)
    {
        var (state, problems) = StateMigration.Rewrite(engine!.Snapshot(), engine.Plan, plans.Get(migration.ContentHash), migration.Activities);
        if (state is null)
        {
            stimulus.Settle([.. problems.Select(problem => new Refusal("case.cannot-migrate", problem))]);
            return;
        }

        await Workflow.ExecuteLocalActivityAsync((CaseActivities activities) => activities.MigratedAsync(start.CaseId, migration, Now), Local);
        start = start with { Version = migration.Version, ContentHash = migration.ContentHash };
        engine = ProcessEngine.Restore(plans.Get(migration.ContentHash), host, CaseEngine.Options, state);
        stimulus.Settle([]);
    }
}
