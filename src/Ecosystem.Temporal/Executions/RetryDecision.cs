namespace Ecosystem.Temporal.Executions;

/// <summary>Whether and when something that failed is tried again.</summary>
/// <param name="State">In progress if it is; else why not.</param>
/// <param name="Delay">How long to wait before the next attempt.</param>
internal readonly record struct RetryDecision(RetryState State, TimeSpan Delay)
{
    public bool Retries => State == RetryState.InProgress;

    /// <summary>Decides by a retry policy.</summary>
    /// <param name="now">The present time.</param>
    /// <param name="policy">The policy, or null.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="failure">How it failed.</param>
    /// <param name="expiration">By when the next attempt has to have begun.</param>
    public static RetryDecision Decide(DateTimeOffset now, RetryPolicy? policy, int attempt, Failure failure, DateTimeOffset? expiration)
    {
        if (policy is null)
        {
            return new RetryDecision(RetryState.RetryPolicyNotSet, default);
        }

        if (!IsRetryable(failure, policy.NonRetryableErrorTypes))
        {
            return new RetryDecision(RetryState.NonRetryableFailure, default);
        }

        if (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts)
        {
            return new RetryDecision(RetryState.MaximumAttemptsReached, default);
        }

        var delay = failure.ApplicationFailureInfo?.NextRetryDelay?.ToTimeSpan() ?? Interval(policy, attempt);
        if (expiration is { } end && now + delay > end)
        {
            return new RetryDecision(RetryState.Timeout, default);
        }

        return new RetryDecision(RetryState.InProgress, delay);
    }

    /// <summary>The failure that a run which timed out hands to the next one.</summary>
    public static Failure RunTimeout() => new()
    {
        Message = "workflow timeout",
        Source = "Server",
        TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = TimeoutType.StartToClose },
    };

    /// <summary>How long a policy waits after an attempt, from 1, that failed.</summary>
    public static TimeSpan Interval(RetryPolicy policy, int attempt)
    {
        var first = policy.InitialInterval?.ToTimeSpan() ?? TimeSpan.FromSeconds(1);
        var coefficient = policy.BackoffCoefficient == 0 ? 2 : policy.BackoffCoefficient;
        var interval = first.TotalSeconds * Math.Pow(coefficient, attempt - 1);
        var max = policy.MaximumInterval?.ToTimeSpan() ?? TimeSpan.Zero;
        if (max > TimeSpan.Zero && (interval > max.TotalSeconds || double.IsInfinity(interval)))
        {
            return max;
        }

        return interval > TimeSpan.MaxValue.TotalSeconds / 4 ? TimeSpan.FromDays(36500) : TimeSpan.FromSeconds(interval);
    }

    private static bool IsRetryable(Failure failure, IEnumerable<string> nonRetryable)
    {
        switch (failure.FailureInfoCase)
        {
            case Failure.FailureInfoOneofCase.TerminatedFailureInfo:
            case Failure.FailureInfoOneofCase.CanceledFailureInfo:
                return false;
            case Failure.FailureInfoOneofCase.TimeoutFailureInfo:
                return failure.TimeoutFailureInfo.TimeoutType is TimeoutType.StartToClose or TimeoutType.Heartbeat
                    && !nonRetryable.Contains("TemporalTimeout:" + failure.TimeoutFailureInfo.TimeoutType);
            case Failure.FailureInfoOneofCase.ServerFailureInfo:
                return !failure.ServerFailureInfo.NonRetryable;
            case Failure.FailureInfoOneofCase.ApplicationFailureInfo:
                return !failure.ApplicationFailureInfo.NonRetryable && !nonRetryable.Contains(failure.ApplicationFailureInfo.Type);
            default:
                return true;
        }
    }
}
