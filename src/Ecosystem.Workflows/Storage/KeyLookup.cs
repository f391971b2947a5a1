using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// Finds a tracked entity by its key, in the unit of work or in the database. The question is translated once per model; EF Core's own lookup
/// translates it at each call, which costs several times as much as the answer.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
internal abstract class KeyLookup<TEntity>
    where TEntity : class
{
    private const string Annotation = "Ecosystem:KeyLookup";

    /// <summary>The lookup of an entity of a model, or null where its key has several parts.</summary>
    public static KeyLookup<TEntity>? In(IModel model) =>
        model.FindEntityType(typeof(TEntity)) is { } type ? type.GetOrAddRuntimeAnnotationValue(Annotation, Make, type) : null;

    /// <summary>Looks up a key.</summary>
    public abstract ValueTask<TEntity?> FindAsync(EcosystemDbContext db, object key, CancellationToken cancellationToken);

    private static KeyLookup<TEntity>? Make(IEntityType? type) => type!.FindPrimaryKey()!.Properties is [var key]
        ? (KeyLookup<TEntity>)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(typeof(TEntity), key.ClrType), key)!
        : null;

    private sealed class Typed<TKey>(IProperty property) : KeyLookup<TEntity>
        where TKey : notnull
    {
        private readonly Func<EcosystemDbContext, TKey, CancellationToken, Task<TEntity?>> query = EF.CompileAsyncQuery(Question(property));

        public override ValueTask<TEntity?> FindAsync(EcosystemDbContext db, object key, CancellationToken cancellationToken) =>
            Tracked(db, (TKey)key) is { } tracked ? new(tracked) : new(query(db, (TKey)key, cancellationToken));

        // Keys do not change, so there is no need to look for changes first.
        private static TEntity? Tracked(EcosystemDbContext db, TKey key)
        {
            var detects = db.ChangeTracker.AutoDetectChangesEnabled;
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            var entry = db.Set<TEntity>().Local.FindEntry(key);
            db.ChangeTracker.AutoDetectChangesEnabled = detects;
            return entry?.Entity;
        }

        // (db, key, _) => db.Set<TEntity>().AsTracking().FirstOrDefault(entity => entity.Id == key)
        private static Expression<Func<EcosystemDbContext, TKey, CancellationToken, TEntity?>> Question(IProperty property)
        {
            Expression<Func<EcosystemDbContext, IQueryable<TEntity>>> rows = db => db.Set<TEntity>().AsTracking();
            var (key, entity) = (Expression.Parameter(typeof(TKey), "key"), Expression.Parameter(typeof(TEntity), "entity"));
            var isIt = Expression.Lambda<Func<TEntity, bool>>(Expression.Equal(Expression.Property(entity, property.PropertyInfo!), key), entity);
            return Expression.Lambda<Func<EcosystemDbContext, TKey, CancellationToken, TEntity?>>(
                Expression.Call(typeof(Queryable), nameof(Queryable.FirstOrDefault), [typeof(TEntity)], rows.Body, isIt),
                rows.Parameters[0], key, Expression.Parameter(typeof(CancellationToken), "_"));
        }
    }
}
