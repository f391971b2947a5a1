namespace Ecosystem.Workflows.Definitions;

/// <summary>What to answer an HTTP request with.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Content">The body, or null.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Headers">More headers.</param>
/// <param name="CaseId">The case that was started, when one was.</param>
public sealed record HttpAnswer(int Status, string? Content, string? ContentType, IReadOnlyDictionary<string, string>? Headers, CaseId? CaseId);
