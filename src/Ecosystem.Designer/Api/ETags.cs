using System.Globalization;
using Ecosystem.Workflows;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary>Entity tags of things with a version, and <c>If-Match</c> on writes.</summary>
internal static class ETags
{
    /// <summary>Sets the tag of the answer.</summary>
    public static void Tag(this HttpContext http, long version) => http.Response.Headers.ETag = Text(version);

    /// <summary>Null when the caller sent no <c>If-Match</c>, or the present version's; else the refusal to send.</summary>
    public static ProblemHttpResult? Stale(this HttpContext http, long version)
    {
        var match = http.Request.Headers.IfMatch;
        return match.Count == 0 || match.Contains("*") || match.SelectMany(tags => tags!.Split(',', StringSplitOptions.TrimEntries)).Contains(Text(version))
            ? null
            : ApiProblem.From(new Refusal("version.stale", $"This was changed meanwhile: its version is {Text(version)}. Read it again and repeat with that If-Match."));
    }

    /// <summary>The version the caller says in <c>If-Match</c> that its change is based on; null when it says none.</summary>
    public static long? Seen(this HttpContext http) =>
        long.TryParse(http.Request.Headers.IfMatch.ToString().Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static string Text(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";
}
