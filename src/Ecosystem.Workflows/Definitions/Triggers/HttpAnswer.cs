namespace Ecosystem.Workflows.Definitions;

/// <summary>What to answer an HTTP request with.</summary>
/// <param name="Status">
/// The status code: what the definition answers; without an answer of its own 200 when the case ended, 202 when it goes on, 500 when a step
/// failed or when more than one process or case listens, 401 when the caller must be known, 404 when nobody listens.
/// </param>
/// <param name="Content">The body, or null.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Headers">More headers.</param>
/// <param name="CaseId">The case that was started or resumed, when one was.</param>
public sealed record HttpAnswer(int Status, string? Content = null, string? ContentType = null, IReadOnlyDictionary<string, string>? Headers = null, CaseId? CaseId = null);
