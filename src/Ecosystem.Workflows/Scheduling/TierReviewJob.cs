using Quartz;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Reviews tiers that are due.</summary>
/// <param name="reviews">Does it.</param>
[DisallowConcurrentExecution]
public sealed class TierReviewJob(TierReviews reviews) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await reviews.RunAsync(cancellationToken);
}
