using System.Globalization;
using Ecosystem.Workflows;

namespace Ecosystem.Designer.Api;

/// <summary>Cursors and limits of lists.</summary>
internal static class Lists
{
    /// <summary>Items per page when none is asked for.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The page a caller asks for.</summary>
    public static PageRequest Page(string? cursor, int? limit) => new(cursor, limit ?? DefaultLimit);

    /// <summary>A page of a list that is wholly in memory; its cursor is the number of the first item.</summary>
    public static Page<T> Slice<T>(IReadOnlyList<T> all, string? cursor, int? limit)
    {
        var start = int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var count = Page(cursor, limit).Size;
        var next = start + count < all.Count ? (start + count).ToString(CultureInfo.InvariantCulture) : null;
        return new Page<T>([.. all.Skip(start).Take(count)], next);
    }
}
