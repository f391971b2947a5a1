using System.Text.Json;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Payout runs: asking for them, looking at them, their files. Approving, releasing and settling are tasks of the run.</summary>
/// <param name="session">The database.</param>
/// <param name="cases">Starts the process that a run is part of.</param>
/// <param name="outbox">Starts the run's workflow.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed class PayoutRunService(StorageSession session, CaseLauncher cases, Outbox outbox, Audit audit, TimeProvider clock)
{
    /// <summary>The definition of the process that a run is part of.</summary>
    public const string Definition = "incentive-payout";

    /// <summary>Asks for a run. Asking again while one for the same period and currency is under way gives that one.</summary>
    /// <param name="period">The month up to whose end lines are paid, as <c>yyyy-MM</c>; not a future one.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="actor">Who asks: finance, ops or the system.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<PayoutRun>> RequestAsync(string period, Currency currency, Actor actor, CancellationToken cancellationToken = default) =>
        session.WriteAsync<Result<PayoutRun>>(
            async (db, token) =>
            {
                var asked = await AskAsync(db, period, currency, actor, null, token);
                if (asked.TryGet(out var run) && db.Entry(run).State == EntityState.Added)
                {
                    run.CallerCaseId = await cases.AddAsync(
                        db, Definition, PayoutRunBook.Subject(run.Id), null, new { runId = run.Id, period, currency = currency.Code }, new CaseId($"case-{run.Id}"), cancellationToken: token);
                }

                return asked;
            },
            cancellationToken);

    /// <summary>A run; null when there is none or the actor may not see it.</summary>
    /// <param name="id">The run.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<PayoutRun?> GetAsync(PayoutRunId id, Actor actor, CancellationToken cancellationToken = default) => actor.Partner is not null
        ? Task.FromResult<PayoutRun?>(null)
        : session.ReadAsync((db, token) => db.Set<PayoutRun>().SingleOrDefaultAsync(run => run.Id == id, token), cancellationToken);

    /// <summary>All runs, newest period first.</summary>
    /// <param name="actor">Who reads; partners see none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<List<PayoutRun>> ListAsync(Actor actor, CancellationToken cancellationToken = default) => actor.Partner is not null
        ? Task.FromResult(new List<PayoutRun>())
        : session.ReadAsync((db, token) => db.Set<PayoutRun>().OrderByDescending(run => run.Period).ThenBy(run => run.Id).ToListAsync(token), cancellationToken);

    /// <summary>The payments of a run, in the order of the file; of a partner's actor only its own.</summary>
    /// <param name="id">The run.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<List<PayoutPayment>> PaymentsAsync(PayoutRunId id, Actor actor, CancellationToken cancellationToken = default) => session.ReadAsync(
        actor,
        (db, token) => db.Set<PayoutPayment>().Where(payment => payment.RunId == id).OrderBy(payment => payment.Number).ToListAsync(token),
        cancellationToken);

    /// <summary>The lines of a run; of a partner's actor only its own.</summary>
    /// <param name="id">The run.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<List<IncentiveLine>> LinesAsync(PayoutRunId id, Actor actor, CancellationToken cancellationToken = default) => session.ReadAsync(
        actor,
        (db, token) => db.Set<IncentiveLine>().Where(line => line.RunId == id).OrderBy(line => line.PartnerId).ThenBy(line => line.Id).ToListAsync(token),
        cancellationToken);

    /// <summary>Partners that a run left out, with the reason.</summary>
    /// <param name="run">The run.</param>
    public static IReadOnlyList<SkippedPartner> Skipped(PayoutRun run) => JsonSerializer.Deserialize<SkippedPartner[]>(run.SkippedJson, StoredJson.Options) ?? [];

    /// <summary>The files written when the run was released.</summary>
    /// <param name="id">The run.</param>
    /// <param name="actor">Who reads; partners see none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<List<PayoutFile>> FilesAsync(PayoutRunId id, Actor actor, CancellationToken cancellationToken = default) => actor.Partner is not null
        ? Task.FromResult(new List<PayoutFile>())
        : session.ReadAsync((db, token) => db.Set<PayoutFile>().Where(file => file.RunId == id).OrderBy(file => file.Format).ToListAsync(token), cancellationToken);

    /// <summary>Writes a file of a released run again; the bytes are those of the release, which is checked by the hash.</summary>
    /// <param name="id">The run.</param>
    /// <param name="format">The format.</param>
    /// <param name="actor">Who asks; the download is audited.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<PaymentFile>> FileAsync(PayoutRunId id, PaymentFileFormat format, Actor actor, CancellationToken cancellationToken = default) =>
        session.WriteAsync<Result<PaymentFile>>(
            async (db, token) =>
            {
                if (!actor.Has("finance") && !actor.IsSystem)
                {
                    return Refusal.Forbidden("download a payment file", "finance");
                }

                if (await db.Set<PayoutRun>().AsNoTracking().SingleOrDefaultAsync(run => run.Id == id, token) is not { } run)
                {
                    return Refusal.NotFound("payout run", id);
                }

                var known = await db.Set<PayoutFile>().AsNoTracking().SingleOrDefaultAsync(file => file.RunId == id && file.Format == format, token);
                if (known is null)
                {
                    return run.ReleasedAt is null
                        ? PayoutDuties.WrongStatus(run, "downloaded")
                        : new Refusal("payout.file-format", $"The run {id} was not written as {format.ToName()}.", "format");
                }

                var file = PaymentFile.Write(PayoutFiles.Batch(run, await PayoutRunBook.PaymentsAsync(db, id, token)), format);
                if (file.TryGet(out var written) && written.Sha256 != known.Sha256)
                {
                    throw new InvalidOperationException($"The file {known.Name} cannot be written as it was released: its hash is {written.Sha256} instead of {known.Sha256}.");
                }

                audit.Add(db, actor, "payout.file-downloaded", PayoutRunBook.Subject(id), null, new { known.Name, known.Sha256 });
                return file;
            },
            cancellationToken);

    /// <summary>Writes a run down, without starting it.</summary>
    internal async Task<Result<PayoutRun>> AskAsync(
        EcosystemDbContext db, string period, Currency currency, Actor actor, CaseId? caller, CancellationToken cancellationToken)
    {
        if (!actor.Has("finance") && !actor.Has("ops") && !actor.IsSystem)
        {
            return Refusal.Forbidden("ask for a payout run", "finance");
        }

        var now = clock.GetUtcNow();
        if (!PayoutPeriod.IsValid(period) || PayoutPeriod.Start(period) > DateOnly.FromDateTime(now.UtcDateTime))
        {
            return new Refusal("payout.period", $"'{period}' is not a month that has begun: write it as yyyy-MM, for example {PayoutPeriod.Of(DateOnly.FromDateTime(now.UtcDateTime))}.", "period");
        }

        var runs = await db.Set<PayoutRun>().AsTracking().Where(run => run.Currency == currency).ToListAsync(cancellationToken);
        if (runs.Find(run => !run.IsEnded) is { } open)
        {
            return open.Period == period ? open : new Refusal(
                "payout.run-open", $"The run {open.Id} is {open.Status}; one run per currency is under way at a time, so settle or cancel it first.", "currency");
        }

        var earlier = runs.Count(run => run.Period == period);
        var run = new PayoutRun
        {
            Id = new PayoutRunId($"payout-{period}-{currency}{(earlier == 0 ? "" : $"-{earlier + 1}")}"),
            Period = period,
            Currency = currency,
            CreatedBy = actor.Id,
            CreatedAt = now,
            CallerCaseId = caller,
        };
        db.Add(run);
        PayoutCases.Open(db, run);
        audit.Add(db, actor, "payout.requested", PayoutRunBook.Subject(run.Id));
        return run;
    }

    /// <summary>Starts the workflow of a run that was written down. Starting one that was started before is harmless.</summary>
    internal async Task StartAsync(EcosystemDbContext db, PayoutRunId id, CancellationToken cancellationToken)
    {
        var run = await db.FindAsync<PayoutRun>([id], cancellationToken) ?? throw new InvalidOperationException($"There is no payout run '{id}'.");
        outbox.Add(
            db,
            OutboxKind.StartWorkflow,
            run.Id.Value,
            new StartWorkflow(PayoutRunWorkflow.TypeName, run.Id.Value, CaseInput.TaskQueue, JsonSerializer.SerializeToElement(new PayoutRunInput(run.Id.Value), StoredJson.Options)));
    }
}
