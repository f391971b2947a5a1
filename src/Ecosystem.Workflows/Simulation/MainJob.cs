using System.Diagnostics;
using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Scheduling;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Simulation;

/// <summary>
/// Replays a CRM history through the whole lifecycle in simulated time. It goes through the doors everybody uses: services, definitions,
/// human tasks. Everything it does has an id made from the export, and the simulated time is written down before it moves, so that it
/// goes on where it was after the process was killed, and does nothing when all was done.
/// </summary>
public sealed class MainJob
{
    private readonly StorageSession session;
    private readonly PartnerService partners;
    private readonly DealService deals;
    private readonly TouchpointService touchpoints;
    private readonly PayoutCalendar calendar;
    private readonly MainJobTasks tasks;
    private readonly MainJobSummarizer summarizer;
    private readonly ProtectionPolicy protection;

    internal MainJob(
        StorageSession session, PartnerService partners, DealService deals, TouchpointService touchpoints, PayoutCalendar calendar,
        MainJobTasks tasks, MainJobSummarizer summarizer, ProtectionPolicy protection)
    {
        this.session = session;
        this.partners = partners;
        this.deals = deals;
        this.touchpoints = touchpoints;
        this.calendar = calendar;
        this.tasks = tasks;
        this.summarizer = summarizer;
        this.protection = protection;
    }

    /// <summary>
    /// Where simulated time has to start: at the beginning of the plan, or where an earlier run of this plan on this data folder was when it
    /// ended or was killed. To be asked before clocks and workflow services are started.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The time, or why the data folder cannot take this plan.</returns>
    public Task<Result<DateTimeOffset>> StartTimeAsync(MainJobPlan plan, CancellationToken cancellationToken = default) => session.ReadAsync<Result<DateTimeOffset>>(
        async (db, token) =>
        {
            var position = await db.Set<MainJobPosition>().SingleOrDefaultAsync(token);
            if (position is null)
            {
                return await db.Set<Partner>().AnyAsync(token)
                    ? new Refusal("main-job.in-use", "The data folder holds partners that no main job made; give another one with Ecosystem__DataDirectory.", "data")
                    : plan.Start;
            }

            return position.SourceHash == plan.Data.Hash ? position.Now : new Refusal(
                "main-job.other-export", "The data folder holds the history of another CRM export; give another one with Ecosystem__DataDirectory, or the same export.", "data");
        },
        cancellationToken);

    /// <summary>Whether the plan was replayed to its end on this data folder; then no clock and no workflow service is needed for <see cref="RunAsync"/>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<bool> IsFinishedAsync(MainJobPlan plan, CancellationToken cancellationToken = default) => session.ReadAsync(
        (db, token) => db.Set<MainJobPosition>().AnyAsync(position => position.SourceHash == plan.Data.Hash && position.FinishedAt != null, token),
        cancellationToken);

    /// <summary>Replays the plan to its end, from wherever it was left, and sums up.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="time">Simulated time; its present is what <see cref="StartTimeAsync"/> gave, or later. May be null when the plan is finished.</param>
    /// <param name="progress">Told once per simulated day; may be null.</param>
    /// <param name="cancellationToken">Gives up; the next run goes on.</param>
    /// <returns>The summary, or what went wrong with a row, a command or a task.</returns>
    public async Task<Result<MainJobSummary>> RunAsync(
        MainJobPlan plan, ISimulatedTime? time, IProgress<MainJobProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        var finished = await IsFinishedAsync(plan, cancellationToken);
        if (!finished)
        {
            ArgumentNullException.ThrowIfNull(time);
            var run = new Run(this, plan, time, progress, cancellationToken);
            if (await run.ReplayAsync() is { } refusal)
            {
                return refusal;
            }
        }

        return await summarizer.SumUpAsync(plan, finished, watch, cancellationToken);
    }

    private sealed class Run(MainJob job, MainJobPlan plan, ISimulatedTime time, IProgress<MainJobProgress>? progress, CancellationToken cancellationToken)
    {
        private readonly SimulatedPeople people = new(plan.Partners, plan.Options);
        private int registered;
        private int closed;
        private int answered;

        public async Task<Refusal?> ReplayAsync()
        {
            await MoveToAsync(time.UtcNow);
            var refusal = await OnboardAsync();
            for (var day = plan.FirstDay; refusal is null; day = day.AddDays(1))
            {
                if (day > plan.LastDay && await NothingLeftAsync())
                {
                    await FinishAsync();
                    return null;
                }

                refusal = await DayAsync(day);
            }

            return refusal;
        }

        private async Task<Refusal?> OnboardAsync()
        {
            foreach (var partner in plan.Partners)
            {
                var applied = await job.partners.ApplyAsync(
                    new PartnerApplication
                    {
                        Id = partner.Id,
                        LegalName = partner.Name,
                        Country = plan.Options.PartnerCountry,
                        Region = partner.Region,
                        RegistryVerified = true,
                    },
                    SimulatedPeople.Importer,
                    cancellationToken);
                if (applied.Refusal is { } refusal)
                {
                    return refusal;
                }

                foreach (var (id, name) in partner.Contacts)
                {
                    _ = await job.partners.AddContactAsync(partner.Id, new Partners.ContactDetails { Id = id, Name = name, Role = "seller" }, SimulatedPeople.Importer, cancellationToken);
                }
            }

            // Onboarding waits for people, and between them for dates: go from due time to due time until every partner is active.
            var limit = MainJobPlan.At(plan.FirstDay);
            while (true)
            {
                if (await SettleDownAsync() is { } refusal)
                {
                    return refusal;
                }

                if (await AllActiveAsync())
                {
                    return null;
                }

                if (time.UtcNow >= limit || time.NextDueTime is not { } due || due > limit)
                {
                    return new Refusal("main-job.onboarding", $"Not every partner was active by {limit:yyyy-MM-dd}; look at the open cases of kind partner-onboarding.");
                }

                await MoveToAsync(due);
            }
        }

        private async Task<Refusal?> DayAsync(DateOnly day)
        {
            var at = MainJobPlan.At(day);
            if (at < time.UtcNow.AddHours(-12))
            {
                return null;
            }

            await MoveToAsync(at > time.UtcNow ? at : time.UtcNow);
            var refusal = await ActAsync(day) ?? await SettleDownAsync();
            progress?.Report(new MainJobProgress(day > plan.LastDay ? "payouts" : "history", day, Fraction(day), registered, closed, answered));
            return refusal;
        }

        // One transaction for all that the export tells of a day: closes first, so that what ended yesterday evening is not in today's way.
        private async Task<Refusal?> ActAsync(DateOnly day)
        {
            var refusal = await ExecuteAsync((db, token) => ActAsync(db, day, token));
            if (refusal is null)
            {
                await AskForPayoutsAsync(day);
            }

            return refusal;
        }

        private async Task<Refusal?> ActAsync(EcosystemDbContext db, DateOnly day, CancellationToken token)
        {
            foreach (var deal in plan.ClosedOn[day])
            {
                if ((await job.deals.CloseAsync(db, deal.Id, deal.Close!, SimulatedPeople.Importer, token)).Refusal is { } refusal)
                {
                    return About(deal, "closed", refusal);
                }

                closed++;
            }

            foreach (var deal in plan.RegisteredOn[day])
            {
                if ((await job.deals.RegisterAsync(db, deal.Registration, SimulatedPeople.Importer, token)).Refusal is { } refusal)
                {
                    return About(deal, "registered", refusal);
                }

                registered++;
            }

            return await AskForExtensionsAsync(db, day, token);
        }

        // While the CRM shows a deal as still engaging ten days before its protection ends, its partner asks for more time.
        private async Task<Refusal?> AskForExtensionsAsync(EcosystemDbContext db, DateOnly day, CancellationToken token)
        {
            if (day > plan.LastDay)
            {
                return null;
            }

            var soon = MainJobPlan.At(day.AddDays(job.protection.AskDaysBefore + 3)).AddHours(12);
            var ending = await db.Set<Deal>().AsNoTracking().Where(deal => deal.State == DealState.Protected && deal.ProtectedUntil < soon && deal.Extensions < job.protection.MaxExtensions && deal.Extension != ExtensionState.Requested)
                .Select(deal => deal.Id).ToListAsync(token);
            foreach (var id in ending)
            {
                if (!plan.ById.TryGetValue(id, out var planned) || planned.Close?.ClosedOn <= day)
                {
                    continue;
                }

                var touch = new TouchpointRegistration
                {
                    Id = new TouchpointId($"{id}-{day:yyyyMMdd}"),
                    PartnerId = planned.Registration.PartnerId,
                    Role = TouchRole.Influence,
                    OccurredOn = day,
                    Evidence = $"The CRM shows opportunity {planned.Registration.OpportunityKey} as engaging on {day:yyyy-MM-dd}",
                };
                if ((await job.touchpoints.RecordAsync(db, id, touch, SimulatedPeople.Importer, token)).Refusal is { } refusal)
                {
                    return About(planned, "touched", refusal);
                }

                if ((await job.deals.RequestExtensionAsync(db, id, null, "Still engaging according to the CRM", SimulatedPeople.Importer, token)).Refusal is { } refused)
                {
                    return About(planned, "extended", refused);
                }
            }

            return null;
        }

        private async Task AskForPayoutsAsync(DateOnly day)
        {
            if (MainJobPlan.PayoutPeriodOn(day) is { } period && string.CompareOrdinal(period, PayoutPeriod.Of(plan.FirstDay)) >= 0)
            {
                await job.calendar.RunAsync(cancellationToken);
            }
        }

        // Until nobody has anything to do at the present time.
        private async Task<Refusal?> SettleDownAsync()
        {
            while (true)
            {
                await time.WaitUntilIdleAsync(cancellationToken);
                var round = await job.tasks.AnswerOpenAsync(people, plan.Options.Parallelism, cancellationToken);
                answered += round.Answered;
                if (round.Refusal is not null || round.Answered == 0)
                {
                    return round.Refusal;
                }
            }
        }

        // Written down before time moves: after a kill no clock starts behind a time that a workflow has seen.
        private async Task MoveToAsync(DateTimeOffset to)
        {
            await job.session.WriteAsync(
                async (db, token) =>
                {
                    var position = await db.Set<MainJobPosition>().AsTracking().SingleOrDefaultAsync(token);
                    if (position is null)
                    {
                        db.Add(position = new MainJobPosition { SourceHash = plan.Data.Hash });
                    }

                    position.Now = to;
                },
                cancellationToken);
            if (to > time.UtcNow)
            {
                await time.AdvanceToAsync(to, cancellationToken);
            }
        }

        private Task FinishAsync() => job.session.WriteAsync(
            async (db, token) =>
            {
                var position = await db.Set<MainJobPosition>().AsTracking().SingleAsync(token);
                position.FinishedAt = time.UtcNow;
            },
            cancellationToken);

        private Task<bool> AllActiveAsync() => job.session.ReadAsync(
            async (db, token) => await db.Set<Partner>().CountAsync(partner => partner.Status == PartnerStatus.Active, token) == plan.Partners.Count,
            cancellationToken);

        // After the export's last day only money is left to do: every hold has run out and every line is paid, but for those that the last run in their
        // currency left, having nothing else to pay: no later one would pay them, as where the partner has no account in that currency.
        private Task<bool> NothingLeftAsync() => job.session.ReadAsync(
            async (db, token) =>
            {
                if (await db.Set<PayoutRun>().AnyAsync(run => run.Status != PayoutRunStatus.Settled && run.Status != PayoutRunStatus.Empty && run.Status != PayoutRunStatus.Cancelled, token))
                {
                    return false;
                }

                var unpaid = await db.Set<IncentiveLine>().Where(line => line.Status != LineStatus.Paid && line.Status != LineStatus.Reversed)
                    .Select(line => new { line.Amount.Currency, line.BookedOn, line.HoldUntil }).ToListAsync(token);
                var currencies = unpaid.Select(line => line.Currency).Distinct().ToList();
                var empty = (await db.Set<PayoutRun>().Where(run => currencies.Contains(run.Currency) && run.Status == PayoutRunStatus.Empty).Select(run => new { run.Currency, run.Period }).ToListAsync(token))
                    .GroupBy(run => run.Currency).ToDictionary(runs => runs.Key, runs => PayoutPeriod.End(runs.Max(run => run.Period)!));
                return unpaid.TrueForAll(line => empty.TryGetValue(line.Currency, out var end) && line.BookedOn <= end && line.HoldUntil <= end);
            },
            cancellationToken);

        private async Task<Refusal?> ExecuteAsync(Func<EcosystemDbContext, CancellationToken, Task<Refusal?>> work)
        {
            var result = await job.session.WriteAsync<Result<bool>>(async (db, token) => await work(db, token) is { } refusal ? refusal : true, cancellationToken);
            return result.Refusal;
        }

        private double Fraction(DateOnly day) =>
            Math.Min(1d, (day.DayNumber - plan.FirstDay.DayNumber) / (double)Math.Max(1, plan.LastDay.DayNumber - plan.FirstDay.DayNumber));

        private static Refusal About(PlannedDeal deal, string done, Refusal refusal) =>
            refusal with { Message = $"The deal {deal.Id} could not be {done}: {refusal.Message}" };
    }
}
