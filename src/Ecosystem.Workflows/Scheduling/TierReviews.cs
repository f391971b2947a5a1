using Ecosystem.Workflows.Tiering;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Reviews the tier of every partner whose review is due.</summary>
/// <param name="tiering">Reviews.</param>
public sealed class TierReviews(TieringService tiering)
{
    private static readonly Actor Caller = Actor.System("tier-review");

    /// <summary>Reviews once.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many partners were reviewed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        var reviewed = 0;
        foreach (var partner in await tiering.DueAsync(cancellationToken))
        {
            if ((await tiering.ReviewAsync(partner, scheduled: true, Caller, cancellationToken)).IsSuccess)
            {
                reviewed++;
            }
        }

        return reviewed;
    }
}
