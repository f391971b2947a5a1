using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>How far a case has come with an HTTP request.</summary>
/// <param name="Settled">Whether it has gone as far as it goes by itself: it ended, or waits for somebody or for a time.</param>
/// <param name="Running">Whether it goes on.</param>
/// <param name="Failed">Whether a step has failed and waits for a decision, or ended the case.</param>
/// <param name="Response">What it answers; null while it has not.</param>
internal sealed record HttpProgress(bool Settled, bool Running, bool Failed, JsonObject? Response);
