using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>Registers the outbox.</summary>
public static class OutboxServices
{
    /// <summary>
    /// Adds the hosted services that deliver the outbox and webhooks. For processes that have a Temporal client registered: workers, and everything in one.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddOutboxDispatcher(this IServiceCollection services) => services
        .AddSingleton<TemporalDelivery>()
        .AddSingleton<IOutboxDelivery, TemporalStartDelivery>()
        .AddSingleton<IOutboxDelivery, TemporalSignalDelivery>()
        .AddSingleton<IOutboxDelivery, Mail.MailDelivery>()
        .AddSingleton<IOutboxDelivery, Webhooks.WebhookFanOut>()
        .AddHostedService(provider => provider.GetRequiredService<Webhooks.WebhookSender>())
        .AddSingleton<OutboxDispatcher>()
        .AddSingleton<IOutboxDispatcher>(provider => provider.GetRequiredService<OutboxDispatcher>())
        .AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());

    internal static IServiceCollection AddOutbox(this IServiceCollection services) =>
        services.AddSingleton<WorkSignal>().AddSingleton<Outbox>();
}
