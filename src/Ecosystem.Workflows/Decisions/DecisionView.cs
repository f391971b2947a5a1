using System.Text.Json;

namespace Ecosystem.Workflows.Decisions;

/// <summary>A decision as pages and the API show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Ruleset">The ruleset.</param>
/// <param name="Version">The version that was in force.</param>
/// <param name="AsOf">The day whose rules applied.</param>
/// <param name="Subject">What it was about.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Outputs">The outputs.</param>
/// <param name="Trace">The trace: rows hit, values seen, reasons.</param>
/// <param name="At">When it was evaluated.</param>
public sealed record DecisionView(DecisionId Id, string Ruleset, string Version, DateOnly AsOf, Subject Subject, JsonElement Inputs, JsonElement Outputs, JsonElement Trace, DateTimeOffset At)
{
    internal static DecisionView Of(DecisionRecord record) => new(
        record.Id,
        record.Ruleset,
        record.RulesetVersion,
        record.AsOf,
        new Subject(record.SubjectKind, record.SubjectId),
        JsonElement.Parse(record.InputsJson),
        JsonElement.Parse(record.OutputsJson),
        JsonElement.Parse(record.TraceJson),
        record.At);
}
