using System.Text.Json.Serialization;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>Names a webhook.</summary>
[JsonConverter(typeof(EntityIdJsonConverterFactory))]
public readonly record struct WebhookId : IEntityId<WebhookId>
{
    private readonly string? value;

    /// <summary>Makes the id from its text.</summary>
    /// <param name="value">1 to 100 visible ASCII characters.</param>
    public WebhookId(string value) => this.value = EntityId.Require(value, nameof(WebhookId));

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <inheritdoc/>
    public static WebhookId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
