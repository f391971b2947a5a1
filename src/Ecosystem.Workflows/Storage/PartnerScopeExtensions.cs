using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Storage;

/// <summary>Says which rows of an entity a partner may see, where the entity does not simply belong to one partner.</summary>
internal static class PartnerScopeExtensions
{
    internal const string Annotation = "Ecosystem:PartnerScope";

    /// <summary>Restricts what partners see of this entity.</summary>
    /// <typeparam name="T">The entity.</typeparam>
    /// <param name="builder">Its builder.</param>
    /// <param name="belongsTo">Of a row and the partner in scope: whether that partner may see the row.</param>
    /// <returns>The builder.</returns>
    public static EntityTypeBuilder<T> HasPartnerScope<T>(this EntityTypeBuilder<T> builder, Expression<Func<T, PartnerId?, bool>> belongsTo)
        where T : class
    {
        builder.Metadata.SetAnnotation(Annotation, belongsTo);
        return builder;
    }
}
