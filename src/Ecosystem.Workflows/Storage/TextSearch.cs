using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Storage;

/// <summary>Searches for words as people type them: anywhere in a text, upper and lower case alike, on every provider.</summary>
internal static class TextSearch
{
    /// <summary>Keeps the rows whose text contains <paramref name="words"/>.</summary>
    /// <typeparam name="T">The rows.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="db">Where they come from.</param>
    /// <param name="text">The text that is searched.</param>
    /// <param name="words">What was typed; a per cent sign means itself.</param>
    public static IQueryable<T> WhereContains<T>(this IQueryable<T> rows, EcosystemDbContext db, Expression<Func<T, string>> text, string words)
    {
        var pattern = $"%{words.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

        Expression<Func<string, bool>> matches = db switch
        {
            PostgreSqlEcosystemDbContext => value => EF.Functions.ILike(value, pattern, "\\"),
            SqlServerEcosystemDbContext => value => EF.Functions.Like(EF.Functions.Collate(value, "Latin1_General_100_CI_AS"), pattern, "\\"),
            _ => value => EF.Functions.Like(value, pattern, "\\"),
        };
        return rows.Where(Expression.Lambda<Func<T, bool>>(new Substitution(matches.Parameters[0], text.Body).Visit(matches.Body), text.Parameters));
    }

    private sealed class Substitution(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : base.VisitParameter(node);
    }
}
