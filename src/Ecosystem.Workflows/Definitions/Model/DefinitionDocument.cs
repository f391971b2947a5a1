using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// A workflow definition in Elsa 3's JSON, kept as written: what this product does not know survives reading and writing.
/// Not safe for use by several threads while <see cref="Json"/> is being changed.
/// </summary>
public sealed class DefinitionDocument
{
    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private DefinitionDocument(JsonObject json) => Json = json;

    /// <summary>The whole definition.</summary>
    public JsonObject Json { get; }

    /// <summary>The id all versions share.</summary>
    public string DefinitionId => Json.Text("definitionId") is { Length: > 0 } id ? id : Name;

    /// <summary>The id of this version, when it has one.</summary>
    public string? VersionId => Json.Text("id");

    /// <summary>The number of this version.</summary>
    public int Version => (int)(Json.Number("version") ?? 1);

    /// <summary>The name people see.</summary>
    public string Name => Json.Text("name") ?? "";

    /// <summary>What the process is for.</summary>
    public string Description => Json.Text("description") ?? "";

    /// <summary>Whether other definitions may use this one as an activity.</summary>
    public bool UsableAsActivity => (Json["options"] is JsonObject options && options.Flag("usableAsActivity")) || Json.Flag("usableAsActivity");

    /// <summary>The root activity.</summary>
    public JsonObject Root => Json["root"] as JsonObject ?? [];

    /// <summary>
    /// Identifies what the definition does: the SHA-256 of its JSON without what changes from save to save (dates, latest and
    /// published marks, links). A running case is pinned to it.
    /// </summary>
    public string ContentHash { get; private set; } = "";

    /// <summary>Reads a definition.</summary>
    /// <param name="json">The text; a leading byte order mark, comments and trailing commas are accepted.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="DefinitionException">The text is not a workflow definition.</exception>
    public static DefinitionDocument Parse(string json)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(
                json.TrimStart('\uFEFF'),
                documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 256 });
        }
        catch (JsonException exception)
        {
            throw new DefinitionException("definition.not-json", $"This is not JSON: {exception.Message}");
        }

        return From(node as JsonObject ?? throw new DefinitionException("definition.not-an-object", "A workflow definition is a JSON object; this is something else."));
    }

    /// <summary>Takes a JSON object as a definition.</summary>
    /// <param name="json">The object; the definition keeps it.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="DefinitionException">It is not a workflow definition.</exception>
    public static DefinitionDocument From(JsonObject json)
    {
        if (json["root"] is not JsonObject root || root.Text("type") is not { Length: > 0 })
        {
            throw new DefinitionException("definition.no-root", "A workflow definition needs a 'root' activity with a 'type', usually a flowchart ('Elsa.Flowchart').");
        }

        return new DefinitionDocument(json) { ContentHash = Hash(json) };
    }

    /// <summary>Writes the definition as it is, indented.</summary>
    /// <returns>The JSON.</returns>
    public string ToJson() => Json.ToJsonString(Writing);

    /// <summary>Copies the definition.</summary>
    /// <returns>A copy that can be changed on its own.</returns>
    public DefinitionDocument Clone() => From((JsonObject)Json.DeepClone());

    private static string Hash(JsonObject json)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var pair in json)
        {
            if (pair.Key is "createdAt" or "isLatest" or "isPublished" or "links" or "toolVersion" or "id" or "$schema" or "isReadonly" or "isSystem")
            {
                continue;
            }

            hash.AppendData(Encoding.UTF8.GetBytes($"{pair.Key}:{pair.Value?.ToJsonString() ?? "null"}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
