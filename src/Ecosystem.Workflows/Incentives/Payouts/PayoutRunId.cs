using System.Text.Json.Serialization;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Names a payout run.</summary>
[JsonConverter(typeof(EntityIdJsonConverterFactory))]
public readonly record struct PayoutRunId : IEntityId<PayoutRunId>
{
    private readonly string? value;

    /// <summary>Makes the id from its text.</summary>
    /// <param name="value">1 to 64 visible ASCII characters.</param>
    public PayoutRunId(string value) => this.value = EntityId.Require(value, nameof(PayoutRunId));

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <inheritdoc/>
    public static PayoutRunId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
