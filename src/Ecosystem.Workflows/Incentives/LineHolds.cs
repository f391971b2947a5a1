using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives;

/// <summary>Frees lines whose hold has run out.</summary>
internal static class LineHolds
{
    /// <summary>The reason of a hold that a date alone does not end.</summary>
    public const string TaxForm = "tax-form";

    /// <summary>Moves every line whose hold ended by <paramref name="today"/> to approvable. A line that waits for a tax form is freed once one is on file.</summary>
    public static async Task<int> ReleaseAsync(EcosystemDbContext db, DateOnly today, DateTimeOffset now, Actor actor, CancellationToken cancellationToken)
    {
        var due = await db.Set<IncentiveLine>().AsTracking().Where(line => line.Status == LineStatus.OnHold && line.HoldUntil <= today).ToListAsync(cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        var withForm = (await db.Set<Payouts.PayeeProfile>().AsNoTracking().ToListAsync(cancellationToken))
            .Where(payee => payee.Details.TaxFormOnFile).Select(payee => (payee.PartnerId, payee.Currency)).ToHashSet();
        var freed = 0;
        foreach (var line in due.Where(line => line.HoldReason != TaxForm || withForm.Contains((line.PartnerId, line.Amount.Currency))))
        {
            db.Append(LineLifecycle.Move(line, LineStatus.Approvable, now, actor, $"hold until {line.HoldUntil:yyyy-MM-dd} is over"));
            freed++;
        }

        return freed;
    }
}
