using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>What a case listens to that waits for an HTTP request. Written as text it is the name of the event the request comes as.</summary>
/// <param name="Methods">The methods, in capitals.</param>
/// <param name="Path">The path below where definitions listen; <c>{name}</c> stands for any part.</param>
/// <param name="Authorize">Whether only callers who are known are heard.</param>
internal sealed record HttpTopic(IReadOnlyList<string> Methods, string Path, bool Authorize)
{
    internal const string Prefix = "http:";
    private const string Known = "known,";

    internal static HttpTopic Of(EngineRequest request)
    {
        var methods = ProcessEngine.AsList(request.Data.GetValueOrDefault("methods")).Select(value => Values.ToText(value).ToUpperInvariant()).Order(StringComparer.Ordinal).ToList();
        return new HttpTopic(methods.Count == 0 ? ["GET"] : methods, request.Name.Trim('/'), request.Flag("authorize"));
    }

    internal static HttpTopic Parse(string text)
    {
        var rest = text[Prefix.Length..];
        var authorize = rest.StartsWith(Known, StringComparison.Ordinal);
        var parts = (authorize ? rest[Known.Length..] : rest).Split(':', 2);
        return new HttpTopic(parts[0].Split(','), parts[1], authorize);
    }

    /// <summary>The values of a path's variable parts (<c>orders/{id}</c>); null when the path is another one.</summary>
    internal static JsonObject? Match(string template, string path)
    {
        var (wanted, given) = (template.Trim('/').Split('/'), path.Split('/'));
        if (wanted.Length != given.Length)
        {
            return null;
        }

        var values = new JsonObject();
        for (var i = 0; i < wanted.Length; i++)
        {
            if (IsVariable(wanted[i]) && given[i].Length > 0)
            {
                values[wanted[i][1..^1].Split(':')[0]] = Uri.UnescapeDataString(given[i]);
            }
            else if (!string.Equals(wanted[i], given[i], StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return values;
    }

    /// <summary>Whether two paths take the same requests: equal but for the names of their variable parts.</summary>
    internal static bool AreSame(string one, string other)
    {
        var (left, right) = (one.Trim('/').Split('/'), other.Trim('/').Split('/'));
        return left.Length == right.Length && left.Zip(right).All(pair => (IsVariable(pair.First) && IsVariable(pair.Second)) || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsVariable(string part) => part.StartsWith('{') && part.EndsWith('}');

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}{(Authorize ? Known : "")}{string.Join(',', Methods)}:{Path}";
}
