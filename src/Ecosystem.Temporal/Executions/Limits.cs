namespace Ecosystem.Temporal.Executions;

/// <summary>Sizes and counts that the service allows, as the real server does by default.</summary>
internal static class Limits
{
    public const int IdLength = 1000;

    public const int BlobError = 2 * 1024 * 1024;

    public const int BlobWarning = 512 * 1024;

    /// <summary>From this attempt on, a workflow task counts as failing: queries and updates are refused at once.</summary>
    public const int FailingTaskAttempts = 3;

    /// <summary>A failure that is kept while an activity waits for its next attempt: beyond the first it is cut down to the second.</summary>
    public const int KeptFailureError = 4 * 1024;

    public const int KeptFailureWarning = 2 * 1024;

    public const int UpdatesInFlight = 10;

    public const int UpdatesTotal = 2000;

    public const int PendingActivities = 2000;

    public const int PendingChildren = 2000;

    public const int PendingSignals = 2000;

    public const int PendingCancels = 2000;

    public const int Signals = 10_000;

    /// <summary>Events that may wait for a workflow task to end; with more of them its worker is not waited for.</summary>
    public const int BufferedEvents = 100;

    public const int BufferedBytes = 2 * 1024 * 1024;

    public const int Callbacks = 32;

    public const int ResetPoints = 20;

    public const int CallbackUrl = 1000;

    /// <summary>Why the run should continue as new, if it should.</summary>
    public static List<SuggestContinueAsNewReason> SuggestContinueAsNew(ExecutionState state, HistoryLimits history)
    {
        List<SuggestContinueAsNewReason> reasons = [];
        if (state.HistorySize >= history.SuggestContinueAsNewBytes)
        {
            reasons.Add(SuggestContinueAsNewReason.HistorySizeTooLarge);
        }

        if (state.NextEventId > history.SuggestContinueAsNewEvents)
        {
            reasons.Add(SuggestContinueAsNewReason.TooManyHistoryEvents);
        }

        if (state.Updates.Count >= UpdatesTotal * 9 / 10)
        {
            reasons.Add(SuggestContinueAsNewReason.TooManyUpdates);
        }

        return reasons;
    }
}
