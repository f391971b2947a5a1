using Microsoft.Extensions.Configuration;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>How webhooks leave the house. Configuration section <c>Webhooks</c>.</summary>
internal sealed record WebhookOptions
{
    /// <summary>
    /// Whether addresses of this machine and of private networks may be called, also without TLS. Off outside demos: whoever may add a
    /// webhook could otherwise make the product call what only it can reach.
    /// </summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>How long a receiver has to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    public static WebhookOptions Read(IConfiguration configuration)
    {
        var text = configuration["Webhooks:AllowPrivateNetworks"];
        return string.IsNullOrWhiteSpace(text)
            ? new WebhookOptions()
            : bool.TryParse(text, out var allowed)
                ? new WebhookOptions { AllowPrivateNetworks = allowed }
                : throw new InvalidOperationException($"Webhooks:AllowPrivateNetworks is '{text}'; it must be true or false.");
    }
}
