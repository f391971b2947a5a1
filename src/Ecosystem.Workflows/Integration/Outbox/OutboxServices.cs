using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>Registers the outbox.</summary>
internal static class OutboxServices
{
    public static IServiceCollection AddOutbox(this IServiceCollection services) =>
        services.AddSingleton<OutboxSignal>().AddSingleton<Outbox>();
}
