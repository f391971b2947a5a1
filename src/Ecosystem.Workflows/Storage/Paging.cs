using System.Linq.Expressions;

namespace Ecosystem.Workflows.Storage;

/// <summary>Pages by id: the cursor is the last id of the page before, so that rows added or removed meanwhile shift nothing.</summary>
internal static class Paging
{
    /// <summary>Orders by id, goes on after the cursor and takes one more than the page has, to see whether there is a next one.</summary>
    public static IQueryable<T> PageById<T, TId>(this IQueryable<T> rows, Expression<Func<T, TId>> id, PageRequest page)
        where TId : struct, IEntityId<TId>
    {
        if (EntityId.IsValid(page.Cursor))
        {
            // Ids are compared as the text they are stored as.
            var after = Expression.Call(
                typeof(string),
                nameof(string.Compare),
                null,
                Expression.Convert(Expression.Convert(id.Body, typeof(object)), typeof(string)),
                Expression.Constant(page.Cursor));
            rows = rows.Where(Expression.Lambda<Func<T, bool>>(Expression.GreaterThan(after, Expression.Constant(0)), id.Parameters));
        }

        return rows.OrderBy(id).Take(page.Size + 1);
    }

    /// <summary>Makes the page of what <see cref="PageById"/> found.</summary>
    public static Page<TView> ToPage<T, TView>(this List<T> found, PageRequest page, Func<T, TView> view, Func<TView, string> cursor)
    {
        List<TView> items = [.. found.Take(page.Size).Select(view)];
        return new Page<TView>(items, found.Count > page.Size ? cursor(items[^1]) : null);
    }
}
