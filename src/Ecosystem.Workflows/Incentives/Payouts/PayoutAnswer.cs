using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>The argument of the update that answers a task of a payout run.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Outcome">The outcome chosen.</param>
/// <param name="Data">What the form gave.</param>
/// <param name="Comment">What was said with it.</param>
/// <param name="Actor">Who answers.</param>
internal sealed record PayoutAnswer(string TaskId, string Outcome, JsonObject? Data, string? Comment, PayoutActor Actor);
