using System.Text.Json.Serialization;

namespace Ecosystem.Workflows;

/// <summary>Names a touchpoint: something a partner did for a deal.</summary>
[JsonConverter(typeof(EntityIdJsonConverterFactory))]
public readonly record struct TouchpointId : IEntityId<TouchpointId>
{
    private readonly string? value;

    /// <summary>Makes the id from its text.</summary>
    /// <param name="value">1 to 100 visible ASCII characters.</param>
    public TouchpointId(string value) => this.value = EntityId.Require(value, nameof(TouchpointId));

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <inheritdoc/>
    public static TouchpointId From(string value) => new(value);

    /// <summary>Reads an id, for example from a route.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id.</param>
    /// <returns>False when the text cannot be an id.</returns>
    public static bool TryParse(string? text, out TouchpointId id)
    {
        id = EntityId.IsValid(text) ? new TouchpointId(text) : default;
        return id.Value.Length > 0;
    }

    /// <summary>Makes a new id that sorts after those made earlier.</summary>
    /// <param name="now">The present time.</param>
    /// <returns>The id.</returns>
    public static TouchpointId New(DateTimeOffset now) => new(EntityId.New("tch-", now));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
