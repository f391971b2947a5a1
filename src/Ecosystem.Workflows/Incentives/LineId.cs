using System.Text.Json.Serialization;

namespace Ecosystem.Workflows.Incentives;

/// <summary>Names an incentive line.</summary>
[JsonConverter(typeof(EntityIdJsonConverterFactory))]
public readonly record struct LineId : IEntityId<LineId>
{
    private readonly string? value;

    /// <summary>Makes the id from its text.</summary>
    /// <param name="value">1 to 64 visible ASCII characters.</param>
    public LineId(string value) => this.value = EntityId.Require(value, nameof(LineId));

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <inheritdoc/>
    public static LineId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
