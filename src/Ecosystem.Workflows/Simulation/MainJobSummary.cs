using System.Text.Json.Serialization;

namespace Ecosystem.Workflows.Simulation;

/// <summary>What a main job did. Amounts are sums over everything in the data folder, so a second run that changes nothing gives the same.</summary>
public sealed record MainJobSummary
{
    /// <summary>Whether the history was replayed to its end.</summary>
    public required bool Finished { get; init; }

    /// <summary>Whether this run found everything done already.</summary>
    public required bool Unchanged { get; init; }

    /// <summary>The folder of the export, or <c>made up</c>.</summary>
    public required string Source { get; init; }

    /// <summary>First and last day of the export, and the simulated time at the end.</summary>
    public required SummaryPeriod Period { get; init; }

    /// <summary>What the export does not say and was assumed.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>Partners.</summary>
    public required int Partners { get; init; }

    /// <summary>Partners by status.</summary>
    public required IReadOnlyDictionary<string, int> PartnersByStatus { get; init; }

    /// <summary>Registered deals.</summary>
    public required int Deals { get; init; }

    /// <summary>Deals by state.</summary>
    public required IReadOnlyDictionary<string, int> DealsByState { get; init; }

    /// <summary>Rows of the export, and what became of them.</summary>
    public required SummaryRows Rows { get; init; }

    /// <summary>Conflict cases.</summary>
    public required int Conflicts { get; init; }

    /// <summary>Conflict cases by outcome.</summary>
    public required IReadOnlyDictionary<string, int> ConflictsByOutcome { get; init; }

    /// <summary>The sum of the won deals.</summary>
    public required Money WonAmount { get; init; }

    /// <summary>The sum credited to partners; equals the won amount.</summary>
    public required Money CreditedAmount { get; init; }

    /// <summary>Won deals whose credited amounts do not sum to the deal; always zero.</summary>
    public required int DealsCreditedWrongly { get; init; }

    /// <summary>What partners earned.</summary>
    public required Money Accrued { get; init; }

    /// <summary>What was paid.</summary>
    public required Money Paid { get; init; }

    /// <summary>What is on hold, approvable or on its way.</summary>
    public required Money Held { get; init; }

    /// <summary>Debits and credits of the ledger, by currency.</summary>
    public required IReadOnlyList<SummaryLedger> Ledger { get; init; }

    /// <summary>Payout runs.</summary>
    public required IReadOnlyList<SummaryRun> PayoutRuns { get; init; }

    /// <summary>How many payment files were written.</summary>
    public required int PayoutFiles { get; init; }

    /// <summary>Cases that were run as workflows, payout runs among them.</summary>
    public required int WorkflowsRun { get; init; }

    /// <summary>Cases by kind.</summary>
    public required IReadOnlyDictionary<string, int> CasesByKind { get; init; }

    /// <summary>Human tasks.</summary>
    public required int HumanTasks { get; init; }

    /// <summary>Human tasks by type.</summary>
    public required IReadOnlyDictionary<string, int> HumanTasksByType { get; init; }

    /// <summary>The simulated people who answered them.</summary>
    public required IReadOnlyList<SummaryPerson> SimulatedPeople { get; init; }

    /// <summary>Decision records, and how replaying all of them came out.</summary>
    public required SummaryDecisions Decisions { get; init; }

    /// <summary>Whether the audit chain is whole, and how long it is.</summary>
    public required SummaryAudit Audit { get; init; }

    /// <summary>Real seconds this run took.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>The most memory the process held, in mebibytes.</summary>
    [JsonPropertyName("peakMemoryMiB")]
    public required double PeakMemory { get; init; }
}
