using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecosystem.Workflows;

/// <summary>
/// An amount in a currency. Arithmetic is exact decimal; adding or comparing different currencies throws, because no rate is known here.
/// In JSON it is <c>{"amount":"1234.50","currency":"EUR"}</c>: the amount is text, so that no reader turns it into a binary fraction.
/// </summary>
/// <param name="Amount">The amount, in whole units of the currency.</param>
/// <param name="Currency">The currency.</param>
[JsonConverter(typeof(JsonObjectConverter))]
public readonly record struct Money(decimal Amount, Currency Currency) : IComparable<Money>
{
    /// <summary>Makes an amount from a currency code.</summary>
    /// <param name="amount">The amount, in whole units.</param>
    /// <param name="currency">The ISO 4217 code.</param>
    public Money(decimal amount, string currency)
        : this(amount, new Currency(currency))
    {
    }

    /// <summary>Nothing, in a currency.</summary>
    /// <param name="currency">The currency.</param>
    /// <returns>Zero.</returns>
    public static Money Zero(Currency currency) => new(0m, currency);

    /// <summary>Adds two amounts of one currency.</summary>
    /// <param name="left">One amount.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum.</returns>
    public static Money operator +(Money left, Money right) => new(left.Amount + right.In(left.Currency), left.Currency);

    /// <summary>Subtracts an amount of the same currency.</summary>
    /// <param name="left">The amount.</param>
    /// <param name="right">What is taken away.</param>
    /// <returns>The difference.</returns>
    public static Money operator -(Money left, Money right) => new(left.Amount - right.In(left.Currency), left.Currency);

    /// <summary>Turns an amount round.</summary>
    /// <param name="money">The amount.</param>
    /// <returns>The amount with the other sign.</returns>
    public static Money operator -(Money money) => money with { Amount = -money.Amount };

    /// <summary>Multiplies an amount; the result is not rounded.</summary>
    /// <param name="money">The amount.</param>
    /// <param name="factor">The factor.</param>
    /// <returns>The product.</returns>
    public static Money operator *(Money money, decimal factor) => money with { Amount = money.Amount * factor };

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="left">One amount.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when the left one is less.</returns>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="left">One amount.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when the left one is more.</returns>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="left">One amount.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when the left one is not more.</returns>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="left">One amount.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when the left one is not less.</returns>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>Rounds to the smallest coin of the currency, halves away from zero.</summary>
    /// <returns>The rounded amount.</returns>
    public Money Rounded() => this with { Amount = Math.Round(Amount, Currency.MinorUnits, MidpointRounding.AwayFromZero) };

    /// <summary>
    /// Divides the amount in proportion to weights, in whole coins, by largest remainder: every part is its exact share cut to the
    /// coin, and the coins left over go one each to the largest cut-off remainders, ties to the earlier part. The parts sum to the amount exactly.
    /// </summary>
    /// <param name="weights">The weights: none negative, at least one above zero.</param>
    /// <returns>One part per weight, in the same order.</returns>
    /// <exception cref="ArgumentException">A weight is negative, or none is above zero, or the amount has fractions of a coin.</exception>
    public IReadOnlyList<Money> Allocate(IReadOnlyList<decimal> weights)
    {
        var currency = Currency;
        var coins = Amount * PowerOfTen(currency.MinorUnits);
        if (coins != decimal.Truncate(coins))
        {
            throw new ArgumentException($"{this} has fractions of a coin; round it before dividing it.", nameof(weights));
        }

        var parts = LargestRemainder.Divide(coins, weights);
        return [.. parts.Select(part => new Money(part / PowerOfTen(currency.MinorUnits), currency))];
    }

    /// <inheritdoc/>
    public int CompareTo(Money other) => Amount.CompareTo(other.In(Currency));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{FormatAmount()} {Currency.Code}");

    /// <summary>The amount as text with at least the currency's decimal places, in the invariant culture.</summary>
    /// <returns>For example <c>1234.50</c>.</returns>
    public string FormatAmount()
    {
        var text = Amount.ToString("0.############################", CultureInfo.InvariantCulture);
        var decimals = text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return decimals >= Currency.MinorUnits ? text : Amount.ToString("F" + Currency.MinorUnits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static decimal PowerOfTen(int digits) => digits switch { 0 => 1m, 2 => 100m, 3 => 1000m, _ => 10000m };

    private decimal In(Currency expected) => Currency == expected
        ? Amount
        : throw new InvalidOperationException($"An amount in {Currency.Code} cannot be combined with one in {expected.Code}: convert it first, with a rate and its date.");

    internal sealed class JsonObjectConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("amount", out var amount)
                || !root.TryGetProperty("currency", out var currency)
                || !Currency.IsValid(currency.ValueKind == JsonValueKind.String ? currency.GetString() : null))
            {
                throw new JsonException("""Money must be an object such as {"amount":"1234.50","currency":"EUR"}.""");
            }

            var text = amount.ValueKind == JsonValueKind.String ? amount.GetString() : amount.GetRawText();
            return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                ? new Money(value, new Currency(currency.GetString()!))
                : throw new JsonException($"'{text}' is not an amount: it must be a decimal number such as 1234.50.");
        }

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("amount", value.FormatAmount());
            writer.WriteString("currency", value.Currency.Code);
            writer.WriteEndObject();
        }
    }
}
