namespace Ecosystem.Temporal.Executions;

/// <summary>Checks retry policies and completes them with defaults.</summary>
internal static class RetryPolicies
{
    private const string TimeoutPrefix = "TemporalTimeout:";
    private const int MaximumOfInitial = 100;

    /// <summary>The longest duration that a message can hold.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(315_576_000_000);

    public static RetryPolicy WithDefaults(RetryPolicy? policy)
    {
        var complete = policy?.Clone() ?? new RetryPolicy();
        if (IsZero(complete.InitialInterval))
        {
            complete.InitialInterval = Duration.FromTimeSpan(TimeSpan.FromSeconds(1));
        }

        if (complete.BackoffCoefficient == 0)
        {
            complete.BackoffCoefficient = 2;
        }

        if (IsZero(complete.MaximumInterval))
        {
            var interval = complete.InitialInterval.ToTimeSpan();
            complete.MaximumInterval = Duration.FromTimeSpan(interval.Duration() > Longest / MaximumOfInitial ? Longest * Math.Sign(interval.Ticks) : interval * MaximumOfInitial);
        }

        return complete;
    }

    /// <summary>What is wrong with a policy, or null.</summary>
    public static string? Problem(RetryPolicy? policy)
    {
        if (policy is null || policy.MaximumAttempts == 1)
        {
            // With one attempt nothing else in the policy matters.
            return null;
        }

        if (IsNegative(policy.InitialInterval))
        {
            return "invalid InitialInterval set on retry policy: negative duration";
        }

        if (policy.BackoffCoefficient is not 0 and < 1)
        {
            return "BackoffCoefficient cannot be less than 1 on retry policy.";
        }

        if (IsNegative(policy.MaximumInterval))
        {
            return "invalid MaximumInterval set on retry policy: negative duration";
        }

        if (!IsZero(policy.MaximumInterval) && policy.InitialInterval is not null && policy.MaximumInterval.ToTimeSpan() < policy.InitialInterval.ToTimeSpan())
        {
            return "MaximumInterval cannot be less than InitialInterval on retry policy.";
        }

        if (policy.MaximumAttempts < 0)
        {
            return "MaximumAttempts cannot be negative on retry policy.";
        }

        foreach (var type in policy.NonRetryableErrorTypes)
        {
            if (type.StartsWith(TimeoutPrefix, StringComparison.Ordinal)
                && type[TimeoutPrefix.Length..] is not ("StartToClose" or "ScheduleToStart" or "ScheduleToClose" or "Heartbeat"))
            {
                return $"Invalid timeout type value: {type[TimeoutPrefix.Length..]}.";
            }
        }

        return null;
    }

    private static bool IsZero(Duration? duration) => duration is null or { Seconds: 0, Nanos: 0 };

    private static bool IsNegative(Duration? duration) => duration is { Seconds: < 0 } or { Nanos: < 0 };
}
