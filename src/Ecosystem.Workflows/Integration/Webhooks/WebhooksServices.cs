using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>Registers webhooks; workers send.</summary>
internal static class WebhooksServices
{
    /// <summary>The sender's own signal, beside the outbox's.</summary>
    public const string Key = "webhooks";

    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(WebhookOptions.Read(configuration))
        .AddKeyedSingleton<WorkSignal>(Key)
        .AddSingleton<WebhookSender>()
        .AddSingleton(provider => new WebhookService(
            provider.GetRequiredService<StorageSession>(), provider.GetRequiredService<WebhookSender>(), provider.GetRequiredService<WebhookOptions>(),
            provider.GetRequiredService<Audit>(), provider.GetRequiredService<TimeProvider>()));
}
