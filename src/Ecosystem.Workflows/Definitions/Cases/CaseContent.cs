using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>What a case holds.</summary>
/// <param name="Inputs">The definition's inputs.</param>
/// <param name="Outputs">The definition's outputs so far.</param>
/// <param name="Variables">The definition's variables.</param>
/// <param name="ActivityOutputs">What each activity put out last, by activity id, then by output.</param>
public sealed record CaseContent(JsonObject Inputs, JsonObject Outputs, IReadOnlyList<CaseVariable> Variables, IReadOnlyDictionary<string, JsonObject> ActivityOutputs)
{
    /// <summary>The name of the workflow query.</summary>
    internal const string Query = "content";

    /// <summary>That of a case which has not begun.</summary>
    internal static CaseContent Empty => new([], [], [], new Dictionary<string, JsonObject>());
}
