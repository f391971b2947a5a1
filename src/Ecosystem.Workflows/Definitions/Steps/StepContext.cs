using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Definitions;

/// <summary>In which case, run and transaction a step runs.</summary>
internal sealed class StepContext
{
    /// <summary>The case.</summary>
    public required CaseId CaseId { get; init; }

    /// <summary>The definition the case runs, for example <c>deal-registration</c>.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The Temporal run the case's present chain of runs began with; it does not change on continue-as-new.</summary>
    public required string RunId { get; init; }

    /// <summary>The id of the activity in the definition.</summary>
    public required string ActivityId { get; init; }

    /// <summary>What makes the step idempotent: run id, activity id and how often the activity has run. Use it as the key of what the step creates.</summary>
    public required string StepKey { get; init; }

    /// <summary>What the case is about, for example deal <c>deal-01j…</c>.</summary>
    public required Subject Subject { get; init; }

    /// <summary>The partner the case belongs to; null when none.</summary>
    public PartnerId? Partner { get; init; }

    /// <summary>The one transaction in which the step, its journal and its result are committed. Do not save or commit.</summary>
    public required EcosystemDbContext Db { get; init; }

    /// <summary>The present time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Who acts: the process itself.</summary>
    public required Actor Actor { get; init; }
}
