using System.Buffers.Text;
using System.Text;

namespace Ecosystem.Designer.Api;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">What to send as <c>cursor</c> for the page after this one; null on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Cursors and limits of lists.</summary>
internal static class Page
{
    /// <summary>Items per page when none is asked for.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The most items one page holds.</summary>
    public const int MaxLimit = 200;

    /// <summary>A limit within bounds.</summary>
    public static int Limit(int? asked) => Math.Clamp(asked ?? DefaultLimit, 1, MaxLimit);

    /// <summary>Makes a page from one item more than was asked for, which tells whether there is a next page.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> oneMore, int limit, Func<T, string> keyOfLast) =>
        oneMore.Count > limit ? new Page<T>([.. oneMore.Take(limit)], Encode(keyOfLast(oneMore[limit - 1]))) : new Page<T>(oneMore, null);

    /// <summary>Makes a page of a list that is wholly in memory.</summary>
    public static Page<T> Slice<T>(IReadOnlyList<T> all, string? cursor, int? limit)
    {
        var start = Decode(cursor) is { } text && int.TryParse(text, out var number) && number >= 0 ? number : 0;
        var count = Limit(limit);
        var next = start + count < all.Count ? Encode((start + count).ToString(System.Globalization.CultureInfo.InvariantCulture)) : null;
        return new Page<T>([.. all.Skip(start).Take(count)], next);
    }

    /// <summary>Text of a cursor. Opaque to callers.</summary>
    public static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>The key inside a cursor; null for none and for text that is no cursor of ours.</summary>
    public static string? Decode(string? cursor) =>
        string.IsNullOrEmpty(cursor) || !Base64Url.IsValid(cursor) ? null : Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
}
