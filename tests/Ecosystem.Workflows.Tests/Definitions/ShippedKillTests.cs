using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Incentives.Ledger;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>
/// Runs each shipped process twice: undisturbed, and with every burst's answer lost between its commit and telling of it, by a worker that remembers
/// nothing, as one after another that is killed: it has nothing but the history at every workflow task. Both must have done the same.
/// </summary>
public sealed class ShippedKillTests
{
    public static TheoryData<string> Processes =>
    [
        nameof(ShippedProcessTests.PartnerOnboarding_EveryStep_ActivatesThePartner),
        nameof(ShippedProcessTests.DealRegistration_ApprovedAndWon_Accrues),
        nameof(ShippedProcessTests.ConflictResolution_SecondPartnerCollides_IsRuledAndBothGoOn),
        nameof(ShippedProcessTests.ReEnablement_NobodyHelps_EndsWithADecision),
        nameof(ShippedProcessTests.IncentivePayout_NothingToPay_EndsWithTheRun),
    ];

    // Takes seconds. A step done twice is refused by the database and tried for ever, which the time limit ends.
    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Processes))]
    public async Task Worker_LostAtEveryStep_EndsAsUndisturbed(string process)
    {
        await using var calm = new Run(null);
        var expected = await calm.DoneAsync(process);
        var losses = new LostAnswers();
        await using var disturbed = new Run(losses);

        var done = await disturbed.DoneAsync(process).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, done);
        Assert.NotEqual(0, losses.Count);
    }

    private sealed class Run(LostAnswers? losses) : ShippedProcessTests
    {
        protected override int CachedCases => losses is null ? base.CachedCases : 0;

        /// <summary>Runs a process; gives everything that is left of it.</summary>
        public async Task<IReadOnlyList<string>> DoneAsync(string process)
        {
            await InitializeAsync();
            await (Task)typeof(ShippedProcessTests).GetMethod(process)!.Invoke(this, null)!;
            return await Storage.ReadAsync(async (db, token) =>
            {
                var cases = await db.Set<CaseRecord>().ToDictionaryAsync(record => record.Id, record => record.Kind, token);
                var journal = await db.Set<CaseHistoryEntry>().OrderBy(entry => entry.Number).ToListAsync(token);
                var tasks = await db.Set<HumanTask>().Select(task => new { task.Title, task.State, task.Outcome }).ToListAsync(token);
                var audit = await db.Set<AuditEntry>().Select(entry => new { entry.Action, entry.ActorId }).ToListAsync(token);
                var posted = await db.Set<JournalPosting>().Select(line => new { line.Account, line.Debit, line.Credit }).ToListAsync(token);
                return (IReadOnlyList<string>)
                [
                    .. journal.GroupBy(entry => entry.CaseId)
                        .Select(one => $"{cases[one.Key]}: {string.Join(", ", one.Select(entry => $"{entry.StepId} {entry.Status} {entry.Outcome}"))}").Order(StringComparer.Ordinal),
                    .. tasks.Select(task => $"task {task.Title} {task.State} {task.Outcome}").Order(StringComparer.Ordinal),
                    .. audit.Select(entry => $"audit {entry.Action} by {entry.ActorId}").Order(StringComparer.Ordinal),
                    .. posted.Select(line => $"ledger {line.Account} {line.Debit} {line.Credit}").Order(StringComparer.Ordinal),
                ];
            });
        }

        protected override void Configure(IServiceCollection collection, IDictionary<string, string?> settings)
        {
            base.Configure(collection, settings);
            if (losses is not null)
            {
                collection.AddSingleton<IInterceptor>(losses);
            }
        }
    }
}
