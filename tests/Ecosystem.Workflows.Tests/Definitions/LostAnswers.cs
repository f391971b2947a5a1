using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Temporalio.Activities;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>A worker that is lost with each burst: its first attempt commits, and nobody hears of it.</summary>
internal sealed class LostAnswers : DbTransactionInterceptor
{
    private int count;

    public int Count => count;

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (ActivityExecutionContext.HasCurrent && ActivityExecutionContext.Current.Info is { ActivityType: "CaseBurst", Attempt: 1 })
        {
            Interlocked.Increment(ref count);
            throw new IOException("The worker is gone.");
        }

        return Task.CompletedTask;
    }
}
