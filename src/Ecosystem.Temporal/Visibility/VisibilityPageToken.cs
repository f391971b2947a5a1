using System.Text.Json;

namespace Ecosystem.Temporal.Visibility;

/// <summary>Where a page of a list ended. Rows are ordered by close time (open runs first), start time, then run id.</summary>
internal sealed record VisibilityPageToken(long Listed, long StartTime, string RunId)
{
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Reads a token; null where it is none of ours.</summary>
    public static VisibilityPageToken? Decode(ReadOnlySpan<byte> token)
    {
        try
        {
            return JsonSerializer.Deserialize<VisibilityPageToken>(token) is { RunId: not null } decoded ? decoded : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
