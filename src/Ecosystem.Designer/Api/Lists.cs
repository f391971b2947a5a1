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
        var (start, count) = Window(cursor, limit);
        return Cut([.. all.Skip(start).Take(count + 1)], start, count);
    }

    /// <summary>Where a page of a list that is counted through begins, and how long it is.</summary>
    public static (int Start, int Count) Window(string? cursor, int? limit) =>
        (int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0, Page(cursor, limit).Size);

    /// <summary>The page of a window, from its items and the one after it if there is one.</summary>
    public static Page<T> Cut<T>(IReadOnlyList<T> items, int start, int count) =>
        new([.. items.Take(count)], items.Count > count ? (start + count).ToString(CultureInfo.InvariantCulture) : null);
}
