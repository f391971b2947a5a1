using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ecosystem.Workflows;

namespace Ecosystem.Designer.Api;

/// <summary>
/// An amount in a request: <c>"1234.50"</c> or <c>1234.50</c> with the currency in a field beside it, or <c>{"amount":"1234.50","currency":"EUR"}</c>.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="Currency">The currency when the amount carried it.</param>
[JsonConverter(typeof(Converter))]
internal sealed record Amount(decimal Value, string? Currency)
{
    /// <summary>The money this is, with the currency of the field beside it.</summary>
    public Result<Money> In(string? besides)
    {
        if (Currency is not null && besides is not null && besides != Currency)
        {
            return new Refusal("amount.two-currencies", $"The amount says {Currency} and the field beside it {besides}; give one currency.", "currency");
        }

        var code = Currency ?? besides;
        return Workflows.Currency.IsValid(code)
            ? new Money(Value, code!)
            : new Refusal("amount.currency", $"'{code}' is not a currency: it must be an ISO 4217 code of three capital letters, for example EUR.", "currency");
    }

    internal sealed class Converter : JsonConverter<Amount>
    {
        public override Amount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                var money = JsonSerializer.Deserialize<Money>(ref reader, options);
                return new Amount(money.Amount, money.Currency.Code);
            }

            var text = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
                _ => null,
            };
            return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                ? new Amount(value, null)
                : throw new JsonException($"'{text}' is not an amount: it must be a decimal number such as \"1234.50\".");
        }

        public override void Write(Utf8JsonWriter writer, Amount value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value.ToString(CultureInfo.InvariantCulture));
    }
}
