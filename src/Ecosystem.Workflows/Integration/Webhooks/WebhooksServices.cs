using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>Registers webhooks; workers send.</summary>
internal static class WebhooksServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(WebhookOptions.Read(configuration))
        .AddSingleton<WebhookSender>()
        .AddSingleton(provider => new WebhookService(
            provider.GetRequiredService<StorageSession>(), provider.GetRequiredService<WebhookSender>(), provider.GetRequiredService<WebhookOptions>(),
            provider.GetRequiredService<Audit>(), provider.GetRequiredService<TimeProvider>()));
}
