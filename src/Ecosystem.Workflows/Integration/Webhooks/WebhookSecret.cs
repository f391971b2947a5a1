namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>A webhook with its secret, which is shown this once.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Secret">What signs: <c>whsec_</c> and base64 of 32 random bytes.</param>
public sealed record WebhookSecret(WebhookView Webhook, string Secret);
