using System.Text.Json.Serialization;

namespace Ecosystem.Workflows;

/// <summary>Names a partner.</summary>
[JsonConverter(typeof(EntityIdJsonConverterFactory))]
public readonly record struct PartnerId : IEntityId<PartnerId>
{
    private readonly string? value;

    /// <summary>Makes the id from its text.</summary>
    /// <param name="value">1 to 100 visible ASCII characters.</param>
    public PartnerId(string value) => this.value = EntityId.Require(value, nameof(PartnerId));

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <inheritdoc/>
    public static PartnerId From(string value) => new(value);

    /// <summary>Reads an id, for example from a route.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id.</param>
    /// <returns>False when the text cannot be an id.</returns>
    public static bool TryParse(string? text, out PartnerId id)
    {
        id = EntityId.IsValid(text) ? new PartnerId(text) : default;
        return id.Value.Length > 0;
    }

    /// <summary>Makes a new id that sorts after those made earlier.</summary>
    /// <param name="now">The present time.</param>
    /// <returns>The id.</returns>
    public static PartnerId New(DateTimeOffset now) => new(EntityId.New("ptn-", now));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
