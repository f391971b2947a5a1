using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Storage;

/// <summary>Gives pooled contexts of the configured provider under the one name the rooms know.</summary>
/// <typeparam name="TContext">The context of the provider.</typeparam>
/// <param name="pool">The pool.</param>
internal sealed class ContextFactory<TContext>(IDbContextFactory<TContext> pool) : IDbContextFactory<EcosystemDbContext>
    where TContext : EcosystemDbContext
{
    public EcosystemDbContext CreateDbContext() => Reset(pool.CreateDbContext());

    public async Task<EcosystemDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        Reset(await pool.CreateDbContextAsync(cancellationToken));

    // The pool resets what it knows; what we added comes back as the last user left it.
    private static TContext Reset(TContext context)
    {
        context.Reset();
        return context;
    }
}
