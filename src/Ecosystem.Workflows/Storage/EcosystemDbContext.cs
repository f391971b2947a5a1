using System.Linq.Expressions;
using System.Reflection;
using Ecosystem.Workflows.Integration.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// The facts. It has no properties per entity: each room keeps an <see cref="IEntityTypeConfiguration{TEntity}"/> beside each of its
/// entities, found in this assembly, and uses <see cref="DbContext.Set{TEntity}()"/>. Use it through <see cref="StorageSession"/>.
/// </summary>
/// <param name="options">The options of the derived context of the provider.</param>
public abstract class EcosystemDbContext(DbContextOptions options) : DbContext(options)
{
    private const string ScopeFilter = "PartnerScope";
    private readonly List<IAppendOnly> appended = [];

    /// <summary>
    /// The partner to whose rows queries are restricted, or null for all rows. Entities that are <see cref="IPartnerOwned"/> are
    /// filtered by it, and so are those whose configuration calls <c>HasPartnerScope</c>.
    /// </summary>
    public PartnerId? PartnerScope { get; internal set; }

    /// <summary>True once an outbox message was saved in this unit of work.</summary>
    internal bool HasNewOutboxMessages { get; set; }

    /// <summary>What the save under way adds to the audit trail, for interceptors.</summary>
    internal IReadOnlyList<AuditEntry> NewAuditEntries { get; private set; } = [];

    /// <summary>Adds a row of a history to the unit of work: it is written by the next save, in its transaction, and not tracked.</summary>
    /// <param name="row">The row. A key that the database gives is not read back.</param>
    public void Append(IAppendOnly row) => appended.Add(row);

    /// <summary>Drops what a unit of work left that was not saved, before the context serves another.</summary>
    internal void Reset()
    {
        (PartnerScope, HasNewOutboxMessages, NewAuditEntries) = (null, false, []);
        appended.Clear();
    }

    /// <summary>Saving is asynchronous only.</summary>
    /// <param name="acceptAllChangesOnSuccess">Not used.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save with SaveChangesAsync: audit entries are sealed while saving, which reads the database.");

    /// <summary>Finds an entity by its key; see <see cref="KeyLookup{TEntity}"/>.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="keyValues">The parts of its key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entity, or null.</returns>
    public override ValueTask<TEntity?> FindAsync<TEntity>(object?[]? keyValues, CancellationToken cancellationToken)
        where TEntity : class
    {
        return keyValues is [{ } key] && ChangeTracker.QueryTrackingBehavior == QueryTrackingBehavior.TrackAll && KeyLookup<TEntity>.In(Model) is { } lookup
            ? lookup.FindAsync(this, key, cancellationToken)
            : base.FindAsync<TEntity>(keyValues, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (PartnerScope is not null)
        {
            throw new InvalidOperationException("A context that is restricted to one partner is for reading; write with StorageSession.WriteAsync.");
        }

        // Looking at all entries is dear, and once is enough: what is changed from here on says so itself.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            if (!ChangeTracker.HasChanges() && appended.Count == 0)
            {
                return 0;
            }

            await CompleteAsync(cancellationToken);
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            await RowAppender.WriteAsync(this, appended, cancellationToken);
            saved += appended.Count;
            appended.Clear();
            return saved;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    // What a unit of work has to have beside what the work itself made: versions, kept rows, events, the audit chain.
    private async Task CompleteAsync(CancellationToken cancellationToken)
    {
        List<(IKeepsRows Entity, bool IsNew)>? keepers = null;
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.Entity is IKeepsRows keeper
                && (entry.State == EntityState.Added || (entry.State == EntityState.Modified && entry.Properties.Any(property => property.IsModified && keeper.Concerns(property.Metadata.Name)))))
            {
                (keepers ??= []).Add((keeper, entry.State == EntityState.Added));
            }

            switch (entry.State)
            {
                case EntityState.Added when entry.Entity is OutboxMessage:
                    HasNewOutboxMessages = true;
                    break;
                case EntityState.Added when entry.Entity is IVersioned fresh:
                    fresh.Version = 1;
                    break;
                case EntityState.Modified when entry.Entity is IVersioned:
                    var version = entry.Property(nameof(IVersioned.Version));
                    version.CurrentValue = (long)version.OriginalValue! + 1;
                    break;
                case not EntityState.Unchanged when entry.Entity is IAppendOnly:
                    throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} is a history: its rows are appended, never changed or removed.");
                default:
                    break;
            }
        }

        foreach (var (keeper, isNew) in keepers ?? [])
        {
            await keeper.KeepAsync(this, isNew, cancellationToken);
        }

        NewAuditEntries = [.. appended.OfType<AuditEntry>()];
        if (NewAuditEntries.Count > 0)
        {
            await AuditChain.SealAsync(this, NewAuditEntries, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<decimal>().HavePrecision(28, 10);
        configurationBuilder.Properties<Currency>().HaveConversion<ValueConverters.ForCurrency>().HaveMaxLength(3).AreUnicode(false).AreFixedLength();
        configurationBuilder.ComplexProperties<Money>();
        foreach (var id in EntityIdTypes.All)
        {
            configurationBuilder.Properties(id)
                .HaveConversion(typeof(ValueConverters.ForId<>).MakeGenericType(id))
                .HaveMaxLength(EntityId.MaxLength)
                .AreUnicode(false);
        }
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(EcosystemDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            if (typeof(IVersioned).IsAssignableFrom(entity.ClrType))
            {
                entity.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
            }

            if (typeof(IPartnerOwned).IsAssignableFrom(entity.ClrType))
            {
                modelBuilder.Entity(entity.ClrType).HasQueryFilter(ScopeFilter, OwnedBy(entity.ClrType));
            }
            else if (entity.FindAnnotation(PartnerScopeExtensions.Annotation)?.Value is LambdaExpression belongsTo)
            {
                entity.RemoveAnnotation(PartnerScopeExtensions.Annotation);
                modelBuilder.Entity(entity.ClrType).HasQueryFilter(ScopeFilter, Scoped(belongsTo));
            }

            LimitTexts(entity);
        }
    }

    // Texts are limited so that every provider can index them; JSON and free text are not.
    private static void LimitTexts(IMutableEntityType entity)
    {
        foreach (var property in entity.GetProperties().Where(property => property.ClrType == typeof(string) && property.GetMaxLength() is null))
        {
            if (!property.Name.EndsWith("Json", StringComparison.Ordinal) && !property.Name.EndsWith("Text", StringComparison.Ordinal))
            {
                property.SetMaxLength(300);
            }
        }
    }

    // entity => this.PartnerScope == null || entity.PartnerId == this.PartnerScope
    private LambdaExpression OwnedBy(Type type)
    {
        var entity = Expression.Parameter(type, "entity");
        var owner = Expression.Property(entity, type.GetProperty(nameof(IPartnerOwned.PartnerId), BindingFlags.Public | BindingFlags.Instance)
            ?? throw new InvalidOperationException($"{type.Name} is IPartnerOwned but has no public property PartnerId."));
        var scope = Expression.Property(Expression.Constant(this), nameof(PartnerScope));
        return Expression.Lambda(
            Expression.OrElse(
                Expression.Equal(scope, Expression.Constant(null, typeof(PartnerId?))),
                Expression.Equal(Expression.Convert(owner, typeof(PartnerId?)), scope)),
            entity);
    }

    // (entity, scope) => body becomes entity => this.PartnerScope == null || body
    private LambdaExpression Scoped(LambdaExpression belongsTo)
    {
        var scope = Expression.Property(Expression.Constant(this), nameof(PartnerScope));
        var body = new Replace(belongsTo.Parameters[1], scope).Visit(belongsTo.Body)!;
        return Expression.Lambda(Expression.OrElse(Expression.Equal(scope, Expression.Constant(null, typeof(PartnerId?))), body), belongsTo.Parameters[0]);
    }

    private sealed class Replace(Expression from, Expression to) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
    }
}
